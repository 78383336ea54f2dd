use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::{
    FeedbackAnswer, FeedbackAssignment, FeedbackRejection, NewReaderFeedback, ReaderFeedback, ReaderFeedbackFilter,
    ReaderFeedbackPage,
};
use super::{lifecycle, service};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, Json, MaybeIfMatch, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::surveys::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_reader_feedback)
        .service(create_reader_feedback)
        .service(read_reader_feedback)
        .service(assign_reader_feedback)
        .service(answer_reader_feedback)
        .service(close_reader_feedback)
        .service(reject_reader_feedback);
}

/// List reader feedback
///
/// What one is to answer or wrote down, or as an admin all of it; newest first unless sorted otherwise (`created_at`, `due_at`).
#[utoipa::path(params(Listing<ReaderFeedbackFilter>), responses((status = OK, description = "A page of feedback", body = ReaderFeedbackPage)))]
#[get("/reader-feedback", wrap = "policy::LIST_READER_FEEDBACK")]
pub async fn list_reader_feedback(
    access: Access,
    db: Data<Db>,
    list: Listing<ReaderFeedbackFilter>,
) -> Result<ReaderFeedbackPage> {
    service::list(&db, &access, &list).await
}

/// Read reader feedback
///
/// With how long the answer took, and whether it is late.
#[utoipa::path(responses((status = OK, description = "What was said", body = ReaderFeedback)))]
#[get("/reader-feedback/{reader_feedback_id}", wrap = "policy::READ_READER_FEEDBACK")]
pub async fn read_reader_feedback(
    access: Access,
    db: Data<Db>,
    reader_feedback_id: Path<Uuid>,
) -> Result<Tagged<ReaderFeedback>> {
    service::read(&db, &access, *reader_feedback_id).await.map(Tagged)
}

/// Write down what a reader said
///
/// By anybody on the staff. Until when it should be answered follows from its kind (`survey-settings`).
#[utoipa::path(responses((status = CREATED, description = "What was said", body = ReaderFeedback)))]
#[post("/reader-feedback", wrap = "policy::CREATE_READER_FEEDBACK")]
pub async fn create_reader_feedback(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewReaderFeedback>,
) -> Result<Created<ReaderFeedback>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Assign reader feedback
///
/// To the librarian who is to answer; also to another one, until it is answered.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "What was said", body = ReaderFeedback)))]
#[post("/reader-feedback/{reader_feedback_id}/assignment", wrap = "policy::ASSIGN_READER_FEEDBACK")]
pub async fn assign_reader_feedback(
    access: Access,
    db: Data<Db>,
    reader_feedback_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(to): Json<FeedbackAssignment>,
) -> Result<Tagged<ReaderFeedback>> {
    lifecycle::assign(&db, &access, *reader_feedback_id, expected, to).await.map(Tagged)
}

/// Answer reader feedback
///
/// By who is to, or an admin. The reader finds the answer by their code; the time until then is measured.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "What was said", body = ReaderFeedback)))]
#[post("/reader-feedback/{reader_feedback_id}/answer", wrap = "policy::ANSWER_READER_FEEDBACK")]
pub async fn answer_reader_feedback(
    access: Access,
    db: Data<Db>,
    reader_feedback_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(answer): Json<FeedbackAnswer>,
) -> Result<Tagged<ReaderFeedback>> {
    lifecycle::answer(&db, &access, *reader_feedback_id, expected, answer).await.map(Tagged)
}

/// Close reader feedback
///
/// After it was answered. How the reader can be reached is removed.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "What was said", body = ReaderFeedback)))]
#[post("/reader-feedback/{reader_feedback_id}/closure", wrap = "policy::CLOSE_READER_FEEDBACK")]
pub async fn close_reader_feedback(
    access: Access,
    db: Data<Db>,
    reader_feedback_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<ReaderFeedback>> {
    lifecycle::close(&db, &access, *reader_feedback_id, expected).await.map(Tagged)
}

/// Reject reader feedback
///
/// With a reason, which the reader finds by their code. How they can be reached is removed.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "What was said", body = ReaderFeedback)))]
#[post("/reader-feedback/{reader_feedback_id}/rejection", wrap = "policy::REJECT_READER_FEEDBACK")]
pub async fn reject_reader_feedback(
    access: Access,
    db: Data<Db>,
    reader_feedback_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(rejection): Json<FeedbackRejection>,
) -> Result<Tagged<ReaderFeedback>> {
    lifecycle::reject(&db, &access, *reader_feedback_id, expected, rejection).await.map(Tagged)
}
