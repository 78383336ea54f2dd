use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{NewQuestionnaire, Questionnaire, QuestionnaireChanges, QuestionnaireFilter, QuestionnairePage};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::surveys::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_questionnaires)
        .service(create_questionnaire)
        .service(read_questionnaire)
        .service(update_questionnaire)
        .service(delete_questionnaire)
        .service(publish_questionnaire)
        .service(begin_questionnaire_edition)
        .service(retire_questionnaire);
}

/// List questionnaires
///
/// Every edition, by code unless sorted otherwise (`code`, `created_at`). Drafts are shown to admins alone.
#[utoipa::path(params(Listing<QuestionnaireFilter>), responses((status = OK, description = "A page of editions", body = QuestionnairePage)))]
#[get("/questionnaires", wrap = "policy::LIST_QUESTIONNAIRES")]
pub async fn list_questionnaires(
    access: Access,
    db: Data<Db>,
    list: Listing<QuestionnaireFilter>,
) -> Result<QuestionnairePage> {
    service::list(&db, &access, &list).await
}

/// Read a questionnaire
///
/// One edition, with all its questions in both languages.
#[utoipa::path(responses((status = OK, description = "The edition", body = Questionnaire)))]
#[get("/questionnaires/{questionnaire_id}", wrap = "policy::READ_QUESTIONNAIRE")]
pub async fn read_questionnaire(
    access: Access,
    db: Data<Db>,
    questionnaire_id: Path<Uuid>,
) -> Result<Tagged<Questionnaire>> {
    service::read(&db, &access, *questionnaire_id).await.map(Tagged)
}

/// Write a questionnaire
///
/// The first edition of a new code, as a draft. Elements of the SKM, the recommendation (NPS) and what is said of the respondent are
/// measured by one question each.
#[utoipa::path(responses((status = CREATED, description = "The new draft", body = Questionnaire)))]
#[post("/questionnaires", wrap = "policy::CREATE_QUESTIONNAIRE")]
pub async fn create_questionnaire(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewQuestionnaire>,
) -> Result<Created<Questionnaire>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a draft
///
/// Until it is published. Questions are replaced as a whole.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The draft", body = Questionnaire)))]
#[patch("/questionnaires/{questionnaire_id}", wrap = "policy::UPDATE_QUESTIONNAIRE")]
pub async fn update_questionnaire(
    access: Access,
    db: Data<Db>,
    questionnaire_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<QuestionnaireChanges>,
) -> Result<Tagged<Questionnaire>> {
    service::update(&db, &access, *questionnaire_id, expected, changes).await.map(Tagged)
}

/// Remove a draft
///
/// For good. What was published once is retired instead.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The draft is gone")))]
#[delete("/questionnaires/{questionnaire_id}", wrap = "policy::DELETE_QUESTIONNAIRE")]
pub async fn delete_questionnaire(
    access: Access,
    db: Data<Db>,
    questionnaire_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *questionnaire_id, expected).await.map(|()| NoContent)
}

/// Publish a questionnaire
///
/// It never changes from now on. The edition of the same code that was in use is retired with it.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The edition", body = Questionnaire)))]
#[post("/questionnaires/{questionnaire_id}/publication", wrap = "policy::PUBLISH_QUESTIONNAIRE")]
pub async fn publish_questionnaire(
    access: Access,
    db: Data<Db>,
    questionnaire_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Questionnaire>> {
    service::publish(&db, &access, *questionnaire_id, expected).await.map(Tagged)
}

/// Begin a new edition
///
/// A draft with the content of this edition, which may then be changed. Codes of questions that stay keep their figures comparable.
#[utoipa::path(responses((status = CREATED, description = "The new draft", body = Questionnaire)))]
#[post("/questionnaires/{questionnaire_id}/editions", wrap = "policy::BEGIN_QUESTIONNAIRE_EDITION")]
pub async fn begin_questionnaire_edition(
    access: Access,
    db: Data<Db>,
    questionnaire_id: Path<Uuid>,
) -> Result<Created<Questionnaire>> {
    service::begin_edition(&db, &access, *questionnaire_id).await.map(Created)
}

/// Retire a questionnaire
///
/// No new campaign asks it; those under way go on.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The edition", body = Questionnaire)))]
#[post("/questionnaires/{questionnaire_id}/retirement", wrap = "policy::RETIRE_QUESTIONNAIRE")]
pub async fn retire_questionnaire(
    access: Access,
    db: Data<Db>,
    questionnaire_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Questionnaire>> {
    service::retire(&db, &access, *questionnaire_id, expected).await.map(Tagged)
}
