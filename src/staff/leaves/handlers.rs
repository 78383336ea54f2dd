use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{Leave, LeaveChanges, LeaveFilter, LeavePage, NewLeave};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::staff::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(list_leaves).service(create_leave).service(read_leave).service(update_leave).service(delete_leave);
}

/// List leave
///
/// Within reach: one's own, for mentors that of their mentees, for admins all; the latest first (`starts_on`). Who is away: `on`.
#[utoipa::path(params(Listing<LeaveFilter>), responses((status = OK, description = "A page of leave", body = LeavePage)))]
#[get("/leaves", wrap = "policy::LIST_LEAVES")]
pub async fn list_leaves(access: Access, db: Data<Db>, list: Listing<LeaveFilter>) -> Result<LeavePage> {
    service::list(&db, &access, &list).await
}

/// Enter leave
///
/// Nobody is away twice on one day.
#[utoipa::path(responses((status = CREATED, description = "The new leave", body = Leave)))]
#[post("/librarians/{librarian_id}/leaves", wrap = "policy::CREATE_LEAVE")]
pub async fn create_leave(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    Json(new): Json<NewLeave>,
) -> Result<Created<Leave>> {
    service::create(&db, &access, *librarian_id, new).await.map(Created)
}

/// Read leave
///
/// For the person, their present mentors, and admins.
#[utoipa::path(responses((status = OK, description = "The leave", body = Leave)))]
#[get("/leaves/{leave_id}", wrap = "policy::READ_LEAVE")]
pub async fn read_leave(access: Access, db: Data<Db>, leave_id: Path<Uuid>) -> Result<Tagged<Leave>> {
    service::read(&db, &access, *leave_id).await.map(Tagged)
}

/// Change leave
///
/// Fields that are absent stay as they are.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The leave", body = Leave)))]
#[patch("/leaves/{leave_id}", wrap = "policy::UPDATE_LEAVE")]
pub async fn update_leave(
    access: Access,
    db: Data<Db>,
    leave_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<LeaveChanges>,
) -> Result<Tagged<Leave>> {
    service::update(&db, &access, *leave_id, expected, changes).await.map(Tagged)
}

/// Remove leave
///
/// For what was entered by mistake, or was not taken.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The leave is removed")))]
#[delete("/leaves/{leave_id}", wrap = "policy::DELETE_LEAVE")]
pub async fn delete_leave(
    access: Access,
    db: Data<Db>,
    leave_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *leave_id, expected).await.map(|()| NoContent)
}
