use actix_web::web::Data;
use actix_web::{get, patch, post};
use uuid::Uuid;

use super::dto::{Mentorship, MentorshipChanges, MentorshipFilter, MentorshipPage, NewMentorship};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::staff::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(list_mentorships).service(create_mentorship).service(read_mentorship).service(update_mentorship);
}

/// List mentorships
///
/// Those that the caller is part of; for admins all. Newest first (`starts_on`).
#[utoipa::path(params(Listing<MentorshipFilter>), responses((status = OK, description = "A page of mentorships", body = MentorshipPage)))]
#[get("/mentorships", wrap = "policy::LIST_MENTORSHIPS")]
pub async fn list_mentorships(access: Access, db: Data<Db>, list: Listing<MentorshipFilter>) -> Result<MentorshipPage> {
    service::list(&db, &access, &list).await
}

/// Read a mentorship
///
/// For the two who are part of it, and admins.
#[utoipa::path(responses((status = OK, description = "The mentorship", body = Mentorship)))]
#[get("/mentorships/{mentorship_id}", wrap = "policy::READ_MENTORSHIP")]
pub async fn read_mentorship(access: Access, db: Data<Db>, mentorship_id: Path<Uuid>) -> Result<Tagged<Mentorship>> {
    service::read(&db, &access, *mentorship_id).await.map(Tagged)
}

/// Pair a mentor with a mentee
///
/// As long as it lasts, the mentor reads the mentee's records and assesses them. One pair, one time.
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
/// When it ends; the mentor's access ends with it.
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
