use actix_web::web::Data;
use actix_web::{get, patch, post};
use uuid::Uuid;

use super::dto::{
    MentorshipFeedback, MentorshipFeedbackChanges, MentorshipFeedbackFilter, MentorshipFeedbackPage,
    NewMentorshipFeedback,
};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::mentoring::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_mentorship_feedback)
        .service(create_mentorship_feedback)
        .service(read_mentorship_feedback)
        .service(update_mentorship_feedback);
}

/// List the feedback of a mentorship
///
/// For both, also when it is over, and admins. What the other side said is hidden until both sides of a stage are in: till then it
/// shows only that it is there, to admins too.
#[utoipa::path(params(Listing<MentorshipFeedbackFilter>), responses((status = OK, description = "A page of feedback", body = MentorshipFeedbackPage)))]
#[get("/mentorships/{mentorship_id}/feedback", wrap = "policy::LIST_MENTORSHIP_FEEDBACK")]
pub async fn list_mentorship_feedback(
    access: Access,
    db: Data<Db>,
    mentorship_id: Path<Uuid>,
    list: Listing<MentorshipFeedbackFilter>,
) -> Result<MentorshipFeedbackPage> {
    service::list(&db, &access, *mentorship_id, &list).await
}

/// Read feedback of a mentorship
///
/// One's own, or that it is there; what it says once both sides are in.
#[utoipa::path(responses((status = OK, description = "The feedback", body = MentorshipFeedback)))]
#[get("/mentorship-feedback/{mentorship_feedback_id}", wrap = "policy::READ_MENTORSHIP_FEEDBACK")]
pub async fn read_mentorship_feedback(
    access: Access,
    db: Data<Db>,
    mentorship_feedback_id: Path<Uuid>,
) -> Result<Tagged<MentorshipFeedback>> {
    service::read(&db, &access, *mentorship_feedback_id).await.map(Tagged)
}

/// Give feedback on a mentorship
///
/// By mentor or mentee, once a stage, also after the end.
#[utoipa::path(responses((status = CREATED, description = "The new feedback", body = MentorshipFeedback)))]
#[post("/mentorships/{mentorship_id}/feedback", wrap = "policy::CREATE_MENTORSHIP_FEEDBACK")]
pub async fn create_mentorship_feedback(
    access: Access,
    db: Data<Db>,
    mentorship_id: Path<Uuid>,
    Json(new): Json<NewMentorshipFeedback>,
) -> Result<Created<MentorshipFeedback>> {
    service::create(&db, &access, *mentorship_id, new).await.map(Created)
}

/// Change one's feedback
///
/// Until the other side is in (`feedback_closed`).
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The feedback", body = MentorshipFeedback)))]
#[patch("/mentorship-feedback/{mentorship_feedback_id}", wrap = "policy::UPDATE_MENTORSHIP_FEEDBACK")]
pub async fn update_mentorship_feedback(
    access: Access,
    db: Data<Db>,
    mentorship_feedback_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<MentorshipFeedbackChanges>,
) -> Result<Tagged<MentorshipFeedback>> {
    service::update(&db, &access, *mentorship_feedback_id, expected, changes).await.map(Tagged)
}
