use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{Assessment, AssessmentChanges, AssessmentFilter, AssessmentPage, NewAssessment, ReturnReason};
use super::service;
use crate::competencies::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_assessments)
        .service(create_assessment)
        .service(read_assessment)
        .service(update_assessment)
        .service(archive_assessment)
        .service(restore_assessment)
        .service(submit_assessment)
        .service(confirm_assessment)
        .service(return_assessment);
}

/// List assessments
///
/// Of oneself, of one's mentees, or as an admin of everybody; newest first unless sorted otherwise (`assessed_on`, `created_at`).
#[utoipa::path(params(Listing<AssessmentFilter>), responses((status = OK, description = "A page of assessments", body = AssessmentPage)))]
#[get("/assessments", wrap = "policy::LIST_ASSESSMENTS")]
pub async fn list_assessments(access: Access, db: Data<Db>, list: Listing<AssessmentFilter>) -> Result<AssessmentPage> {
    service::list(&db, &access, &list).await
}

/// Read an assessment
///
/// With what the caller may do next in `actions`.
#[utoipa::path(responses((status = OK, description = "The assessment", body = Assessment)))]
#[get("/assessments/{assessment_id}", wrap = "policy::READ_ASSESSMENT")]
pub async fn read_assessment(access: Access, db: Data<Db>, assessment_id: Path<Uuid>) -> Result<Tagged<Assessment>> {
    service::read(&db, &access, *assessment_id).await.map(Tagged)
}

/// Write an assessment
///
/// A draft, until it is submitted. `self` about oneself; any other method by a mentor about a mentee, or by an admin.
#[utoipa::path(responses((status = CREATED, description = "The new draft", body = Assessment)))]
#[post("/assessments", wrap = "policy::CREATE_ASSESSMENT")]
pub async fn create_assessment(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewAssessment>,
) -> Result<Created<Assessment>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change an assessment
///
/// By its author or an admin, while it is a draft or was returned.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The assessment", body = Assessment)))]
#[patch("/assessments/{assessment_id}", wrap = "policy::UPDATE_ASSESSMENT")]
pub async fn update_assessment(
    access: Access,
    db: Data<Db>,
    assessment_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<AssessmentChanges>,
) -> Result<Tagged<Assessment>> {
    service::update(&db, &access, *assessment_id, expected, changes).await.map(Tagged)
}

/// Archive an assessment
///
/// A draft by its author, any by an admin; what was confirmed counts no longer.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The assessment is archived")))]
#[delete("/assessments/{assessment_id}", wrap = "policy::ARCHIVE_ASSESSMENT")]
pub async fn archive_assessment(
    access: Access,
    db: Data<Db>,
    assessment_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::archive(&db, &access, *assessment_id, expected).await.map(|()| NoContent)
}

/// Restore an assessment
///
/// Takes it back from the archive; what was confirmed counts again.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The assessment", body = Assessment)))]
#[post("/assessments/{assessment_id}/restoration", wrap = "policy::RESTORE_ASSESSMENT")]
pub async fn restore_assessment(
    access: Access,
    db: Data<Db>,
    assessment_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Assessment>> {
    service::restore(&db, &access, *assessment_id, expected).await.map(Tagged)
}

/// Submit an assessment
///
/// By its author or an admin; from now on it waits for a decision.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The assessment", body = Assessment)))]
#[post("/assessments/{assessment_id}/submission", wrap = "policy::SUBMIT_ASSESSMENT")]
pub async fn submit_assessment(
    access: Access,
    db: Data<Db>,
    assessment_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Assessment>> {
    service::submit(&db, &access, *assessment_id, expected).await.map(Tagged)
}

/// Confirm an assessment
///
/// It counts at once. Never by the subject; by the author only when that is an admin.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The assessment", body = Assessment)))]
#[post("/assessments/{assessment_id}/confirmation", wrap = "policy::CONFIRM_ASSESSMENT")]
pub async fn confirm_assessment(
    access: Access,
    db: Data<Db>,
    assessment_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Assessment>> {
    service::confirm(&db, &access, *assessment_id, expected).await.map(Tagged)
}

/// Return an assessment
///
/// With a reason for its author, who may change and submit it again.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The assessment", body = Assessment)))]
#[post("/assessments/{assessment_id}/return", wrap = "policy::RETURN_ASSESSMENT")]
pub async fn return_assessment(
    access: Access,
    db: Data<Db>,
    assessment_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<ReturnReason>,
) -> Result<Tagged<Assessment>> {
    service::send_back(&db, &access, *assessment_id, expected, reason).await.map(Tagged)
}
