use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::content::{ActivityChanges, NewActivity};
use super::dto::{Activity, ActivityFilter, ActivityPage};
use super::lifecycle::{self, CancelReason};
use super::{completion, service};
use crate::activities::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_activities)
        .service(create_activity)
        .service(read_activity)
        .service(update_activity)
        .service(archive_activity)
        .service(restore_activity)
        .service(publish_activity)
        .service(cancel_activity)
        .service(complete_activity);
}

/// List activities
///
/// By date unless sorted otherwise (`starts_at`, `created_at`, `title`, `interest_count`); those without a date come last. Drafts
/// are shown to admins alone.
#[utoipa::path(params(Listing<ActivityFilter>), responses((status = OK, description = "A page of activities", body = ActivityPage)))]
#[get("/activities", wrap = "policy::LIST_ACTIVITIES")]
pub async fn list_activities(access: Access, db: Data<Db>, list: Listing<ActivityFilter>) -> Result<ActivityPage> {
    service::list(&db, &access, &list).await
}

/// Read an activity
///
/// Drafts and archived ones are shown to admins alone.
#[utoipa::path(responses((status = OK, description = "The activity", body = Activity)))]
#[get("/activities/{activity_id}", wrap = "policy::READ_ACTIVITY")]
pub async fn read_activity(access: Access, db: Data<Db>, activity_id: Path<Uuid>) -> Result<Tagged<Activity>> {
    service::read(&db, &access, *activity_id).await.map(Tagged)
}

/// Enter an activity
///
/// As a draft without sessions; `publication` announces it.
#[utoipa::path(responses((status = CREATED, description = "The new draft", body = Activity)))]
#[post("/activities", wrap = "policy::CREATE_ACTIVITY")]
pub async fn create_activity(access: Access, db: Data<Db>, Json(new): Json<NewActivity>) -> Result<Created<Activity>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change an activity
///
/// Until it is over or called off. More seats go to the first on the waiting list in the same step.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The activity", body = Activity)))]
#[patch("/activities/{activity_id}", wrap = "policy::UPDATE_ACTIVITY")]
pub async fn update_activity(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<ActivityChanges>,
) -> Result<Tagged<Activity>> {
    service::update(&db, &access, *activity_id, expected, changes).await.map(Tagged)
}

/// Archive an activity
///
/// A draft, or one that is over or called off. `restoration` undoes it.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The activity is archived")))]
#[delete("/activities/{activity_id}", wrap = "policy::ARCHIVE_ACTIVITY")]
pub async fn archive_activity(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::archive(&db, &access, *activity_id, expected).await.map(|()| NoContent)
}

/// Restore an activity
///
/// Takes an archived activity back. Refused where another activity has one of its venues meanwhile.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The activity", body = Activity)))]
#[post("/activities/{activity_id}/restoration", wrap = "policy::RESTORE_ACTIVITY")]
pub async fn restore_activity(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Activity>> {
    lifecycle::restore(&db, &access, *activity_id, expected).await.map(Tagged)
}

/// Announce an activity
///
/// From now on everybody sees it. Without a session it gathers interest; with one people register.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The activity", body = Activity)))]
#[post("/activities/{activity_id}/publication", wrap = "policy::PUBLISH_ACTIVITY")]
pub async fn publish_activity(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Activity>> {
    lifecycle::publish(&db, &access, *activity_id, expected).await.map(Tagged)
}

/// Call an activity off
///
/// Cancels every registration in the same step, and leaves an event for each person.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The activity", body = Activity)))]
#[post("/activities/{activity_id}/cancellation", wrap = "policy::CANCEL_ACTIVITY")]
pub async fn cancel_activity(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<CancelReason>,
) -> Result<Tagged<Activity>> {
    lifecycle::cancel(&db, &access, *activity_id, expected, reason).await.map(Tagged)
}

/// Complete an activity
///
/// After its last session: attendance and scores decide who completed it. Credit hours and assessment evidence for those who did
/// are part of the same step, once, however often it is asked for; each event names what caused it.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The activity", body = Activity)))]
#[post("/activities/{activity_id}/completion", wrap = "policy::COMPLETE_ACTIVITY")]
pub async fn complete_activity(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Activity>> {
    completion::complete(&db, &access, *activity_id, expected).await.map(Tagged)
}
