use actix_web::web::Data;
use actix_web::{get, patch, post};
use uuid::Uuid;

use super::dto::{Mentorship, MentorshipChanges, MentorshipFilter, MentorshipPage, NewMentorship, TerminationReason};
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
        .service(list_mentorships)
        .service(create_mentorship)
        .service(read_mentorship)
        .service(update_mentorship)
        .service(accept_mentorship)
        .service(decline_mentorship)
        .service(complete_mentorship)
        .service(terminate_mentorship);
}

/// List mentorships
///
/// Those that the caller is part of; for admins all. Newest first (`starts_on`). What waits for an answer: `status=proposed`.
#[utoipa::path(params(Listing<MentorshipFilter>), responses((status = OK, description = "A page of mentorships", body = MentorshipPage)))]
#[get("/mentorships", wrap = "policy::LIST_MENTORSHIPS")]
pub async fn list_mentorships(access: Access, db: Data<Db>, list: Listing<MentorshipFilter>) -> Result<MentorshipPage> {
    service::list(&db, &access, &list).await
}

/// Read a mentorship
///
/// For the two who are part of it, and admins, also when it is over.
#[utoipa::path(responses((status = OK, description = "The mentorship", body = Mentorship)))]
#[get("/mentorships/{mentorship_id}", wrap = "policy::READ_MENTORSHIP")]
pub async fn read_mentorship(access: Access, db: Data<Db>, mentorship_id: Path<Uuid>) -> Result<Tagged<Mentorship>> {
    service::read(&db, &access, *mentorship_id).await.map(Tagged)
}

/// Pair a mentor with a mentee
///
/// Agreed at once, or with `is_proposal` once both have accepted. As long as it lasts, the mentor reads the mentee's records and
/// assesses them. One pair, one time (`mentorship_exists`); no mentor has more mentees at once than they take (`mentor_full`).
#[utoipa::path(responses((status = CREATED, description = "The new mentorship", body = Mentorship)))]
#[post("/mentorships", wrap = "policy::CREATE_MENTORSHIP")]
pub async fn create_mentorship(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewMentorship>,
) -> Result<Created<Mentorship>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a mentorship
///
/// When it ends; the mentor's access ends with it, and meetings planned for later are called off.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The mentorship", body = Mentorship)))]
#[patch("/mentorships/{mentorship_id}", wrap = "policy::UPDATE_MENTORSHIP")]
pub async fn update_mentorship(
    access: Access,
    db: Data<Db>,
    mentorship_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<MentorshipChanges>,
) -> Result<Tagged<Mentorship>> {
    service::update(&db, &access, *mentorship_id, expected, changes).await.map(Tagged)
}

/// Accept a mentorship
///
/// By the mentor and by the mentee, each for themself; an admin who is neither accepts for both. With the second of the two it is
/// agreed, unless the mentor has as many mentees as they take (`mentor_full`).
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The mentorship", body = Mentorship)))]
#[post("/mentorships/{mentorship_id}/acceptance", wrap = "policy::ACCEPT_MENTORSHIP")]
pub async fn accept_mentorship(
    access: Access,
    db: Data<Db>,
    mentorship_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Mentorship>> {
    lifecycle::accept(&db, &access, *mentorship_id, expected).await.map(Tagged)
}

/// Decline a mentorship
///
/// By the mentor, the mentee or an admin, as long as it is not agreed.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The mentorship", body = Mentorship)))]
#[post("/mentorships/{mentorship_id}/decline", wrap = "policy::DECLINE_MENTORSHIP")]
pub async fn decline_mentorship(
    access: Access,
    db: Data<Db>,
    mentorship_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Mentorship>> {
    lifecycle::decline(&db, &access, *mentorship_id, expected).await.map(Tagged)
}

/// Complete a mentorship
///
/// By the mentor or an admin, while it is active. Today is its last day; the mentor's access ends at once, meetings planned for later
/// are called off. Both may still give their final feedback.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The mentorship", body = Mentorship)))]
#[post("/mentorships/{mentorship_id}/completion", wrap = "policy::COMPLETE_MENTORSHIP")]
pub async fn complete_mentorship(
    access: Access,
    db: Data<Db>,
    mentorship_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Mentorship>> {
    lifecycle::complete(&db, &access, *mentorship_id, expected).await.map(Tagged)
}

/// Break a mentorship off
///
/// By the mentor, the mentee or an admin, with a reason that both read. The mentor's access ends at once, meetings planned for later
/// are called off.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The mentorship", body = Mentorship)))]
#[post("/mentorships/{mentorship_id}/termination", wrap = "policy::TERMINATE_MENTORSHIP")]
pub async fn terminate_mentorship(
    access: Access,
    db: Data<Db>,
    mentorship_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<TerminationReason>,
) -> Result<Tagged<Mentorship>> {
    lifecycle::terminate(&db, &access, *mentorship_id, expected, reason).await.map(Tagged)
}
