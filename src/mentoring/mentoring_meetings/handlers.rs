use actix_web::web::Data;
use actix_web::{get, patch, post};
use uuid::Uuid;

use super::content::{MeetingCancelReason, MentoringMeetingChanges, NewMentoringMeeting};
use super::dto::{MentoringMeeting, MentoringMeetingFilter, MentoringMeetingPage};
use super::{lifecycle, service};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::mentoring::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_mentoring_meetings)
        .service(create_mentoring_meeting)
        .service(read_mentoring_meeting)
        .service(update_mentoring_meeting)
        .service(complete_mentoring_meeting)
        .service(cancel_mentoring_meeting);
}

/// List the meetings of a mentorship
///
/// For the mentee, the mentor as long as the mentorship stands, and admins; the latest first (`starts_at`).
#[utoipa::path(params(Listing<MentoringMeetingFilter>), responses((status = OK, description = "A page of meetings", body = MentoringMeetingPage)))]
#[get("/mentorships/{mentorship_id}/meetings", wrap = "policy::LIST_MENTORING_MEETINGS")]
pub async fn list_mentoring_meetings(
    access: Access,
    db: Data<Db>,
    mentorship_id: Path<Uuid>,
    list: Listing<MentoringMeetingFilter>,
) -> Result<MentoringMeetingPage> {
    service::list(&db, &access, *mentorship_id, &list).await
}

/// Read a meeting
///
/// For the mentees who take part, the mentor as long as one of the pairs stands, and admins.
#[utoipa::path(responses((status = OK, description = "The meeting", body = MentoringMeeting)))]
#[get("/mentoring-meetings/{mentoring_meeting_id}", wrap = "policy::READ_MENTORING_MEETING")]
pub async fn read_mentoring_meeting(
    access: Access,
    db: Data<Db>,
    mentoring_meeting_id: Path<Uuid>,
) -> Result<Tagged<MentoringMeeting>> {
    service::read(&db, &access, *mentoring_meeting_id).await.map(Tagged)
}

/// Plan a meeting
///
/// By either of the two or an admin, on a day of the mentorship, past or to come. The mentor plans one for several of their pairs with
/// `other_mentorship_ids`.
#[utoipa::path(responses((status = CREATED, description = "The new meeting", body = MentoringMeeting)))]
#[post("/mentorships/{mentorship_id}/meetings", wrap = "policy::CREATE_MENTORING_MEETING")]
pub async fn create_mentoring_meeting(
    access: Access,
    db: Data<Db>,
    mentorship_id: Path<Uuid>,
    Json(new): Json<NewMentoringMeeting>,
) -> Result<Created<MentoringMeeting>> {
    service::create(&db, &access, *mentorship_id, new).await.map(Created)
}

/// Change a meeting
///
/// By those who take part or an admin. Once it was held, notes and action items alone.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The meeting", body = MentoringMeeting)))]
#[patch("/mentoring-meetings/{mentoring_meeting_id}", wrap = "policy::UPDATE_MENTORING_MEETING")]
pub async fn update_mentoring_meeting(
    access: Access,
    db: Data<Db>,
    mentoring_meeting_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<MentoringMeetingChanges>,
) -> Result<Tagged<MentoringMeeting>> {
    service::update(&db, &access, *mentoring_meeting_id, expected, changes).await.map(Tagged)
}

/// Say that a meeting was held
///
/// By the mentor or an admin, once it has begun. It is credited at once to mentor and mentees, a session each by the rule of its day
/// (`jenis_diklat` 15, or 14 for coaching: 2 JP, at most 4 a month); the mentor of a group is credited once. Nobody was in two meetings
/// at the same time (`meeting_overlaps`). Where a mentorship ended before, an admin says it.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The meeting", body = MentoringMeeting)))]
#[post("/mentoring-meetings/{mentoring_meeting_id}/completion", wrap = "policy::COMPLETE_MENTORING_MEETING")]
pub async fn complete_mentoring_meeting(
    access: Access,
    db: Data<Db>,
    mentoring_meeting_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<MentoringMeeting>> {
    lifecycle::complete(&db, &access, *mentoring_meeting_id, expected).await.map(Tagged)
}

/// Call a meeting off
///
/// By those who take part or an admin. One that was held is taken back by the mentor or an admin, and its credit with it.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The meeting", body = MentoringMeeting)))]
#[post("/mentoring-meetings/{mentoring_meeting_id}/cancellation", wrap = "policy::CANCEL_MENTORING_MEETING")]
pub async fn cancel_mentoring_meeting(
    access: Access,
    db: Data<Db>,
    mentoring_meeting_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<MeetingCancelReason>,
) -> Result<Tagged<MentoringMeeting>> {
    lifecycle::cancel(&db, &access, *mentoring_meeting_id, expected, reason).await.map(Tagged)
}
