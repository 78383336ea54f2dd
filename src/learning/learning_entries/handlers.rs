use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::content::{LearningEntryChanges, NewLearningEntry};
use super::dto::{LearningEntry, LearningEntryCorrection, LearningEntryFilter, LearningEntryPage, LearningReason};
use super::{lifecycle, service};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::learning::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_learning_entries)
        .service(create_learning_entry)
        .service(read_learning_entry)
        .service(update_learning_entry)
        .service(delete_learning_entry)
        .service(submit_learning_entry)
        .service(verify_learning_entry)
        .service(return_learning_entry)
        .service(correct_learning_entry)
        .service(withdraw_learning_entry);
}

/// List learning entries
///
/// Of oneself, of one's mentees, or as an admin of everybody; newest first unless sorted otherwise (`created_at`, `ends_on`).
/// What waits for a decision: `status=submitted`.
#[utoipa::path(params(Listing<LearningEntryFilter>), responses((status = OK, description = "A page of entries", body = LearningEntryPage)))]
#[get("/learning-entries", wrap = "policy::LIST_LEARNING_ENTRIES")]
pub async fn list_learning_entries(
    access: Access,
    db: Data<Db>,
    list: Listing<LearningEntryFilter>,
) -> Result<LearningEntryPage> {
    service::list(&db, &access, &list).await
}

/// Read a learning entry
///
/// With what the ledger made of it, and what the caller may do next in `actions`.
#[utoipa::path(responses((status = OK, description = "The entry", body = LearningEntry)))]
#[get("/learning-entries/{learning_entry_id}", wrap = "policy::READ_LEARNING_ENTRY")]
pub async fn read_learning_entry(
    access: Access,
    db: Data<Db>,
    learning_entry_id: Path<Uuid>,
) -> Result<Tagged<LearningEntry>> {
    service::read(&db, &access, *learning_entry_id).await.map(Tagged)
}

/// Write down what one learned
///
/// A draft, until it is submitted. The certificate of a number and organiser can be claimed once (`certificate_claimed`).
#[utoipa::path(responses((status = CREATED, description = "The new draft", body = LearningEntry)))]
#[post("/learning-entries", wrap = "policy::CREATE_LEARNING_ENTRY")]
pub async fn create_learning_entry(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewLearningEntry>,
) -> Result<Created<LearningEntry>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a learning entry
///
/// By the person or an admin, while it is a draft or was returned.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The entry", body = LearningEntry)))]
#[patch("/learning-entries/{learning_entry_id}", wrap = "policy::UPDATE_LEARNING_ENTRY")]
pub async fn update_learning_entry(
    access: Access,
    db: Data<Db>,
    learning_entry_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<LearningEntryChanges>,
) -> Result<Tagged<LearningEntry>> {
    service::update(&db, &access, *learning_entry_id, expected, changes).await.map(Tagged)
}

/// Remove a draft
///
/// For good. What was handed in once is withdrawn instead.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The draft is gone")))]
#[delete("/learning-entries/{learning_entry_id}", wrap = "policy::DELETE_LEARNING_ENTRY")]
pub async fn delete_learning_entry(
    access: Access,
    db: Data<Db>,
    learning_entry_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *learning_entry_id, expected).await.map(|()| NoContent)
}

/// Submit a learning entry
///
/// By the person or an admin; from now on it waits for a decision.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The entry", body = LearningEntry)))]
#[post("/learning-entries/{learning_entry_id}/submission", wrap = "policy::SUBMIT_LEARNING_ENTRY")]
pub async fn submit_learning_entry(
    access: Access,
    db: Data<Db>,
    learning_entry_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<LearningEntry>> {
    lifecycle::submit(&db, &access, *learning_entry_id, expected).await.map(Tagged)
}

/// Verify a learning entry
///
/// By a current mentor or an admin, never by the person (`own_learning`). It is credited at once, by the rule of its last day and
/// within its caps; a certificate that the ledger knows is refused (`certificate_credited`).
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The entry", body = LearningEntry)))]
#[post("/learning-entries/{learning_entry_id}/verification", wrap = "policy::VERIFY_LEARNING_ENTRY")]
pub async fn verify_learning_entry(
    access: Access,
    db: Data<Db>,
    learning_entry_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<LearningEntry>> {
    lifecycle::verify(&db, &access, *learning_entry_id, expected).await.map(Tagged)
}

/// Return a learning entry
///
/// With a reason for the person, who may change and submit it again.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The entry", body = LearningEntry)))]
#[post("/learning-entries/{learning_entry_id}/return", wrap = "policy::RETURN_LEARNING_ENTRY")]
pub async fn return_learning_entry(
    access: Access,
    db: Data<Db>,
    learning_entry_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<LearningReason>,
) -> Result<Tagged<LearningEntry>> {
    lifecycle::send_back(&db, &access, *learning_entry_id, expected, reason).await.map(Tagged)
}

/// Correct a learning entry
///
/// After it was verified, by a current mentor or an admin, never by the person: the ledger takes the former credit back and credits
/// what is right, by the rule of that day.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The entry", body = LearningEntry)))]
#[post("/learning-entries/{learning_entry_id}/correction", wrap = "policy::CORRECT_LEARNING_ENTRY")]
pub async fn correct_learning_entry(
    access: Access,
    db: Data<Db>,
    learning_entry_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(correction): Json<LearningEntryCorrection>,
) -> Result<Tagged<LearningEntry>> {
    lifecycle::correct(&db, &access, *learning_entry_id, expected, correction).await.map(Tagged)
}

/// Withdraw a learning entry
///
/// By the person or an admin, after it was handed in. Its credit is taken back, its certificate may be claimed again.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The entry", body = LearningEntry)))]
#[post("/learning-entries/{learning_entry_id}/withdrawal", wrap = "policy::WITHDRAW_LEARNING_ENTRY")]
pub async fn withdraw_learning_entry(
    access: Access,
    db: Data<Db>,
    learning_entry_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<LearningReason>,
) -> Result<Tagged<LearningEntry>> {
    lifecycle::withdraw(&db, &access, *learning_entry_id, expected, reason).await.map(Tagged)
}
