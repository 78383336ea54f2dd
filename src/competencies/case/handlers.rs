use actix_web::body::BoxBody;
use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder, get};
use serde_json::{Value, json};
use uuid::Uuid;

use super::dto::{
    CaseAssociation, CaseAssociationSet, CaseCodeMinor, CaseCodeMinorField, CaseConceptSet, CaseDefinition,
    CaseDocument, CaseDocumentSet, CaseItem, CaseItemTypeSet, CaseListQuery, CasePackage, CaseRubric, CaseStatusInfo,
    CaseSubjectSet, CaseVersion,
};
use super::render::Renderer;
use super::service;
use crate::competencies::policy;
use crate::kernel::db::Db;
use crate::kernel::error::{Error, INVALID_PARAMETER, Result};
use crate::kernel::front::OwnWords;
use crate::kernel::gate::Gate;
use crate::kernel::http::{Path, tagged};
use crate::kernel::language::Language;
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of CASE, at the root.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_case_documents)
        .service(read_case_document)
        .service(read_case_package)
        .service(read_case_item)
        .service(read_case_item_associations)
        .service(read_case_association)
        .service(read_case_rubric)
        .service(read_case_item_type)
        .service(read_case_subject)
        .service(read_case_concept)
        .service(read_case_license);
}

/// Links name the service by its public address.
pub(crate) fn renderer(gate: &Gate) -> Renderer {
    Renderer { base: gate.tokens.issuer().trim_end_matches('/').to_owned() }
}

/// An answer in CASE's own form, errors too.
pub struct CaseAnswer {
    outcome: Result<(Value, Option<i64>)>,
    language: Language,
}

impl CaseAnswer {
    fn new(access: &Access, outcome: Result<Value>) -> Self {
        Self { outcome: outcome.map(|body| (body, None)), language: access.language() }
    }
}

impl Responder for CaseAnswer {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match self.outcome {
            Ok((body, total)) => {
                let mut answer = tagged(request, None, body.to_string().into_bytes(), "application/json");
                if let Some(total) = total {
                    answer.headers_mut().insert(header::HeaderName::from_static("x-total-count"), total.into());
                }
                answer
            }
            Err(error) => refusal(&error, self.language).unwrap_or_else(|| HttpResponse::from_error(error)),
        }
    }
}

/// A refusal of this chapter in the words of 1EdTech; all others are told as everywhere.
fn refusal(error: &Error, language: Language) -> Option<HttpResponse> {
    let refused = error.refused();
    let (status, code) = match refused.refusal.code {
        "not_found" => (StatusCode::NOT_FOUND, "unknownobject"),
        "invalid_uuid" => (StatusCode::BAD_REQUEST, "invalid_uuid"),
        "invalid_parameter" => (StatusCode::BAD_REQUEST, "invalid_query_parameter"),
        _ => return None,
    };
    let details: Vec<_> = refused.violations.iter().map(|violation| violation.detail(language)).collect();
    let title = language.pick(refused.refusal.id, refused.refusal.en);
    let description = if details.is_empty() { title.to_owned() } else { format!("{title}: {}", details.join("; ")) };
    let field = CaseCodeMinorField { name: "TargetEndSystem", value: code };
    let body = CaseStatusInfo {
        code_major: "failure",
        severity: "error",
        description,
        code_minor: CaseCodeMinor { fields: vec![field] },
    };
    let mut answer = HttpResponse::build(status).insert_header((header::CONTENT_LANGUAGE, language.tag())).json(body);
    answer.extensions_mut().insert(OwnWords);
    Some(answer)
}

/// The version of CASE and the identifier of a path; a version that nobody knows is told in CASE's own form, too.
fn place(path: Result<Path<(CaseVersion, String)>>) -> Result<(CaseVersion, Uuid)> {
    let Path((version, identifier)) = path?;
    let identifier = identifier.parse().map_err(|_| Error::from(super::INVALID_UUID))?;
    Ok((version, identifier))
}

/// List CASE documents
///
/// The frameworks in use and those that were, as CASE 1.0 or 1.1 lists them: `limit` (at most 500), `offset`, `sort`, `orderBy`.
#[utoipa::path(
    params(("case_version" = inline(CaseVersion), Path, description = "The version of CASE"), CaseListQuery),
    responses(
        (status = OK, description = "The frameworks", body = CaseDocumentSet),
        (status = BAD_REQUEST, description = "A parameter is wrong", body = CaseStatusInfo, content_type = "application/json"),
        (status = NOT_FOUND, description = "There is no such version", body = CaseStatusInfo, content_type = "application/json"),
    )
)]
#[get("/ims/case/{case_version}/CFDocuments", wrap = "policy::LIST_CASE_DOCUMENTS")]
pub async fn list_case_documents(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    case_version: Result<Path<CaseVersion>>,
    query: Result<Query<CaseListQuery>, Error>,
) -> CaseAnswer {
    let outcome = async {
        let Query(query) = query?;
        let in_range = query.limit.is_none_or(|limit| (1..=500).contains(&limit))
            && query.offset.is_none_or(|offset| offset <= 100_000);
        if !in_range {
            return Err(INVALID_PARAMETER.into());
        }
        service::documents(&db, &renderer(&gate), case_version?.0, &query).await
    };
    let outcome = outcome.await.map(|(body, total)| (body, Some(total)));
    CaseAnswer { outcome, language: access.language() }
}

/// Read a CASE document
///
/// A framework without its content.
#[utoipa::path(
    params(
        ("case_version" = inline(CaseVersion), Path, description = "The version of CASE"),
        ("identifier" = Uuid, Path, description = "The identifier"),
    ),
    responses(
        (status = OK, description = "As CASE has it", body = CaseDocument),
        (status = BAD_REQUEST, description = "The identifier is no UUID", body = CaseStatusInfo, content_type = "application/json"),
        (status = NOT_FOUND, description = "There is none, or it is not public", body = CaseStatusInfo, content_type = "application/json"),
    )
)]
#[get("/ims/case/{case_version}/CFDocuments/{identifier}", wrap = "policy::READ_CASE_DOCUMENT")]
pub async fn read_case_document(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    path: Result<Path<(CaseVersion, String)>>,
) -> CaseAnswer {
    let outcome = async {
        let (version, id) = place(path)?;
        service::one_document(&db, &renderer(&gate), version, id).await
    };
    CaseAnswer::new(&access, outcome.await)
}

/// Read a CASE package
///
/// All of a framework: competencies, associations, definitions, level descriptors.
#[utoipa::path(
    params(
        ("case_version" = inline(CaseVersion), Path, description = "The version of CASE"),
        ("identifier" = Uuid, Path, description = "The identifier"),
    ),
    responses(
        (status = OK, description = "As CASE has it", body = CasePackage),
        (status = BAD_REQUEST, description = "The identifier is no UUID", body = CaseStatusInfo, content_type = "application/json"),
        (status = NOT_FOUND, description = "There is none, or it is not public", body = CaseStatusInfo, content_type = "application/json"),
    )
)]
#[get("/ims/case/{case_version}/CFPackages/{identifier}", wrap = "policy::READ_CASE_PACKAGE")]
pub async fn read_case_package(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    path: Result<Path<(CaseVersion, String)>>,
) -> CaseAnswer {
    let outcome = async {
        let (version, id) = place(path)?;
        service::package(&db, &renderer(&gate), version, id).await
    };
    CaseAnswer::new(&access, outcome.await)
}

/// Read a CASE item
///
/// A competency.
#[utoipa::path(
    params(
        ("case_version" = inline(CaseVersion), Path, description = "The version of CASE"),
        ("identifier" = Uuid, Path, description = "The identifier"),
    ),
    responses(
        (status = OK, description = "As CASE has it", body = CaseItem),
        (status = BAD_REQUEST, description = "The identifier is no UUID", body = CaseStatusInfo, content_type = "application/json"),
        (status = NOT_FOUND, description = "There is none, or it is not public", body = CaseStatusInfo, content_type = "application/json"),
    )
)]
#[get("/ims/case/{case_version}/CFItems/{identifier}", wrap = "policy::READ_CASE_ITEM")]
pub async fn read_case_item(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    path: Result<Path<(CaseVersion, String)>>,
) -> CaseAnswer {
    let outcome = async {
        let (_, id) = place(path)?;
        service::item(&db, &renderer(&gate), id).await
    };
    CaseAnswer::new(&access, outcome.await)
}

/// Read the associations of a CASE item
///
/// A competency, and every association that begins or ends at it.
#[utoipa::path(
    params(
        ("case_version" = inline(CaseVersion), Path, description = "The version of CASE"),
        ("identifier" = Uuid, Path, description = "The identifier"),
    ),
    responses(
        (status = OK, description = "As CASE has it", body = CaseAssociationSet),
        (status = BAD_REQUEST, description = "The identifier is no UUID", body = CaseStatusInfo, content_type = "application/json"),
        (status = NOT_FOUND, description = "There is none, or it is not public", body = CaseStatusInfo, content_type = "application/json"),
    )
)]
#[get("/ims/case/{case_version}/CFItemAssociations/{identifier}", wrap = "policy::READ_CASE_ITEM_ASSOCIATIONS")]
pub async fn read_case_item_associations(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    path: Result<Path<(CaseVersion, String)>>,
) -> CaseAnswer {
    let outcome = async {
        let (_, id) = place(path)?;
        service::item_associations(&db, &renderer(&gate), id).await
    };
    CaseAnswer::new(&access, outcome.await)
}

/// Read a CASE association
///
/// What a competency is part of, or what takes its place.
#[utoipa::path(
    params(
        ("case_version" = inline(CaseVersion), Path, description = "The version of CASE"),
        ("identifier" = Uuid, Path, description = "The identifier"),
    ),
    responses(
        (status = OK, description = "As CASE has it", body = CaseAssociation),
        (status = BAD_REQUEST, description = "The identifier is no UUID", body = CaseStatusInfo, content_type = "application/json"),
        (status = NOT_FOUND, description = "There is none, or it is not public", body = CaseStatusInfo, content_type = "application/json"),
    )
)]
#[get("/ims/case/{case_version}/CFAssociations/{identifier}", wrap = "policy::READ_CASE_ASSOCIATION")]
pub async fn read_case_association(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    path: Result<Path<(CaseVersion, String)>>,
) -> CaseAnswer {
    let outcome = async {
        let (_, id) = place(path)?;
        service::association(&db, &renderer(&gate), id).await
    };
    CaseAnswer::new(&access, outcome.await)
}

/// Read a CASE rubric
///
/// What the five levels of a framework's units look like.
#[utoipa::path(
    params(
        ("case_version" = inline(CaseVersion), Path, description = "The version of CASE"),
        ("identifier" = Uuid, Path, description = "The identifier"),
    ),
    responses(
        (status = OK, description = "As CASE has it", body = CaseRubric),
        (status = BAD_REQUEST, description = "The identifier is no UUID", body = CaseStatusInfo, content_type = "application/json"),
        (status = NOT_FOUND, description = "There is none, or it is not public", body = CaseStatusInfo, content_type = "application/json"),
    )
)]
#[get("/ims/case/{case_version}/CFRubrics/{identifier}", wrap = "policy::READ_CASE_RUBRIC")]
pub async fn read_case_rubric(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    path: Result<Path<(CaseVersion, String)>>,
) -> CaseAnswer {
    let outcome = async {
        let (_, id) = place(path)?;
        service::rubric(&db, &renderer(&gate), id).await
    };
    CaseAnswer::new(&access, outcome.await)
}

/// Read a CASE item type
///
/// A kind of competencies: fungsi kunci, unit kompetensi, elemen kompetensi, or one of an imported framework.
#[utoipa::path(
    params(
        ("case_version" = inline(CaseVersion), Path, description = "The version of CASE"),
        ("identifier" = Uuid, Path, description = "The identifier"),
    ),
    responses(
        (status = OK, description = "As CASE has it", body = CaseItemTypeSet),
        (status = BAD_REQUEST, description = "The identifier is no UUID", body = CaseStatusInfo, content_type = "application/json"),
        (status = NOT_FOUND, description = "There is none, or it is not public", body = CaseStatusInfo, content_type = "application/json"),
    )
)]
#[get("/ims/case/{case_version}/CFItemTypes/{identifier}", wrap = "policy::READ_CASE_ITEM_TYPE")]
pub async fn read_case_item_type(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    path: Result<Path<(CaseVersion, String)>>,
) -> CaseAnswer {
    let outcome = async {
        let (_, id) = place(path)?;
        let found = service::definition(&db, &renderer(&gate), "CFItemTypes", id).await?;
        Ok(json!({"CFItemTypes": [found]}))
    };
    CaseAnswer::new(&access, outcome.await)
}

/// Read a CASE subject
///
/// A subject of an imported framework; the service itself has none.
#[utoipa::path(
    params(
        ("case_version" = inline(CaseVersion), Path, description = "The version of CASE"),
        ("identifier" = Uuid, Path, description = "The identifier"),
    ),
    responses(
        (status = OK, description = "As CASE has it", body = CaseSubjectSet),
        (status = BAD_REQUEST, description = "The identifier is no UUID", body = CaseStatusInfo, content_type = "application/json"),
        (status = NOT_FOUND, description = "There is none, or it is not public", body = CaseStatusInfo, content_type = "application/json"),
    )
)]
#[get("/ims/case/{case_version}/CFSubjects/{identifier}", wrap = "policy::READ_CASE_SUBJECT")]
pub async fn read_case_subject(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    path: Result<Path<(CaseVersion, String)>>,
) -> CaseAnswer {
    let outcome = async {
        let (_, id) = place(path)?;
        let found = service::definition(&db, &renderer(&gate), "CFSubjects", id).await?;
        Ok(json!({"CFSubjects": [found]}))
    };
    CaseAnswer::new(&access, outcome.await)
}

/// Read a CASE concept
///
/// A concept of an imported framework; the service itself has none.
#[utoipa::path(
    params(
        ("case_version" = inline(CaseVersion), Path, description = "The version of CASE"),
        ("identifier" = Uuid, Path, description = "The identifier"),
    ),
    responses(
        (status = OK, description = "As CASE has it", body = CaseConceptSet),
        (status = BAD_REQUEST, description = "The identifier is no UUID", body = CaseStatusInfo, content_type = "application/json"),
        (status = NOT_FOUND, description = "There is none, or it is not public", body = CaseStatusInfo, content_type = "application/json"),
    )
)]
#[get("/ims/case/{case_version}/CFConcepts/{identifier}", wrap = "policy::READ_CASE_CONCEPT")]
pub async fn read_case_concept(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    path: Result<Path<(CaseVersion, String)>>,
) -> CaseAnswer {
    let outcome = async {
        let (_, id) = place(path)?;
        let found = service::definition(&db, &renderer(&gate), "CFConcepts", id).await?;
        Ok(json!({"CFConcepts": [found]}))
    };
    CaseAnswer::new(&access, outcome.await)
}

/// Read a CASE licence
///
/// A licence of an imported framework; the service itself has none.
#[utoipa::path(
    params(
        ("case_version" = inline(CaseVersion), Path, description = "The version of CASE"),
        ("identifier" = Uuid, Path, description = "The identifier"),
    ),
    responses(
        (status = OK, description = "As CASE has it", body = CaseDefinition),
        (status = BAD_REQUEST, description = "The identifier is no UUID", body = CaseStatusInfo, content_type = "application/json"),
        (status = NOT_FOUND, description = "There is none, or it is not public", body = CaseStatusInfo, content_type = "application/json"),
    )
)]
#[get("/ims/case/{case_version}/CFLicenses/{identifier}", wrap = "policy::READ_CASE_LICENSE")]
pub async fn read_case_license(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    path: Result<Path<(CaseVersion, String)>>,
) -> CaseAnswer {
    let outcome = async {
        let (_, id) = place(path)?;
        service::definition(&db, &renderer(&gate), "CFLicenses", id).await
    };
    CaseAnswer::new(&access, outcome.await)
}
