use actix_web::web::Data;
use actix_web::{delete, get, put};
use uuid::Uuid;

use super::dto::{NewPrivateNote, PrivateNote};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::mentoring::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_private_note).service(keep_private_note).service(delete_private_note);
}

/// Read one's private note
///
/// The caller's own of this meeting. Nobody else reads it, and no admin; no event, report or export holds it. It stays the author's
/// when the mentorship has ended.
#[utoipa::path(responses((status = OK, description = "The note", body = PrivateNote)))]
#[get("/mentoring-meetings/{mentoring_meeting_id}/private-note", wrap = "policy::READ_PRIVATE_NOTE")]
pub async fn read_private_note(
    access: Access,
    db: Data<Db>,
    mentoring_meeting_id: Path<Uuid>,
) -> Result<Tagged<PrivateNote>> {
    service::read(&db, &access, *mentoring_meeting_id).await.map(Tagged)
}

/// Keep a private note
///
/// In place of the caller's own that was there, of a meeting that they take part in. With `If-Match` only where it has not changed
/// meanwhile.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The note", body = PrivateNote)))]
#[put("/mentoring-meetings/{mentoring_meeting_id}/private-note", wrap = "policy::KEEP_PRIVATE_NOTE")]
pub async fn keep_private_note(
    access: Access,
    db: Data<Db>,
    mentoring_meeting_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(new): Json<NewPrivateNote>,
) -> Result<Tagged<PrivateNote>> {
    service::keep(&db, &access, *mentoring_meeting_id, expected, new).await.map(Tagged)
}

/// Remove one's private note
///
/// For good.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The note is gone")))]
#[delete("/mentoring-meetings/{mentoring_meeting_id}/private-note", wrap = "policy::DELETE_PRIVATE_NOTE")]
pub async fn delete_private_note(
    access: Access,
    db: Data<Db>,
    mentoring_meeting_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *mentoring_meeting_id, expected).await.map(|()| NoContent)
}
