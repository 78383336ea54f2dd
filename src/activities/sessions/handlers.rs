use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{
    ActivitySession, ActivitySessionChanges, ActivitySessionFilter, ActivitySessionPage, NewActivitySession,
};
use super::service;
use crate::activities::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_activity_sessions)
        .service(create_activity_session)
        .service(read_activity_session)
        .service(update_activity_session)
        .service(delete_activity_session);
}

/// List the sessions of an activity
///
/// By time.
#[utoipa::path(params(Listing<ActivitySessionFilter>), responses((status = OK, description = "A page of sessions", body = ActivitySessionPage)))]
#[get("/activities/{activity_id}/sessions", wrap = "policy::LIST_ACTIVITY_SESSIONS")]
pub async fn list_activity_sessions(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    list: Listing<ActivitySessionFilter>,
) -> Result<ActivitySessionPage> {
    service::list(&db, &access, *activity_id, &list).await
}

/// Read a session
///
/// Those of drafts are shown to admins alone.
#[utoipa::path(responses((status = OK, description = "The session", body = ActivitySession)))]
#[get("/activity-sessions/{activity_session_id}", wrap = "policy::READ_ACTIVITY_SESSION")]
pub async fn read_activity_session(
    access: Access,
    db: Data<Db>,
    activity_session_id: Path<Uuid>,
) -> Result<Tagged<ActivitySession>> {
    service::read(&db, &access, *activity_session_id).await.map(Tagged)
}

/// Plan a session
///
/// Refused where the venue is taken then, or where somebody with a confirmed seat has another session. On a holiday it is allowed, and
/// `warnings` name it.
#[utoipa::path(responses((status = CREATED, description = "The new session", body = ActivitySession)))]
#[post("/activities/{activity_id}/sessions", wrap = "policy::CREATE_ACTIVITY_SESSION")]
pub async fn create_activity_session(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    Json(new): Json<NewActivitySession>,
) -> Result<Created<ActivitySession>> {
    service::create(&db, &access, *activity_id, new).await.map(Created)
}

/// Change a session
///
/// Refused where the venue is taken then, or where somebody with a confirmed seat has another session.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The session", body = ActivitySession)))]
#[patch("/activity-sessions/{activity_session_id}", wrap = "policy::UPDATE_ACTIVITY_SESSION")]
pub async fn update_activity_session(
    access: Access,
    db: Data<Db>,
    activity_session_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<ActivitySessionChanges>,
) -> Result<Tagged<ActivitySession>> {
    service::update(&db, &access, *activity_session_id, expected, changes).await.map(Tagged)
}

/// Remove a session
///
/// As long as nobody was checked in at it.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The session is removed")))]
#[delete("/activity-sessions/{activity_session_id}", wrap = "policy::DELETE_ACTIVITY_SESSION")]
pub async fn delete_activity_session(
    access: Access,
    db: Data<Db>,
    activity_session_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *activity_session_id, expected).await.map(|()| NoContent)
}
