use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{NewStrategicGoal, StrategicGoal, StrategicGoalChanges, StrategicGoalFilter, StrategicGoalPage};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::programmes::outcome::{OutcomeReason, Step};
use crate::programmes::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_strategic_goals)
        .service(create_strategic_goal)
        .service(read_strategic_goal)
        .service(update_strategic_goal)
        .service(archive_strategic_goal)
        .service(restore_strategic_goal)
        .service(achieve_strategic_goal)
        .service(miss_strategic_goal)
        .service(cancel_strategic_goal)
        .service(reopen_strategic_goal);
}

/// List strategic goals
///
/// By due day unless sorted otherwise (`due_on`, `title`, `created_at`).
#[utoipa::path(params(Listing<StrategicGoalFilter>), responses((status = OK, description = "A page of strategic goals", body = StrategicGoalPage)))]
#[get("/strategic-goals", wrap = "policy::LIST_STRATEGIC_GOALS")]
pub async fn list_strategic_goals(
    access: Access,
    db: Data<Db>,
    list: Listing<StrategicGoalFilter>,
) -> Result<StrategicGoalPage> {
    service::list(&db, &access, &list).await
}

/// Read a strategic goal
///
/// Archived ones are shown to admins alone.
#[utoipa::path(responses((status = OK, description = "The strategic goal", body = StrategicGoal)))]
#[get("/strategic-goals/{strategic_goal_id}", wrap = "policy::READ_STRATEGIC_GOAL")]
pub async fn read_strategic_goal(
    access: Access,
    db: Data<Db>,
    strategic_goal_id: Path<Uuid>,
) -> Result<Tagged<StrategicGoal>> {
    service::read(&db, &access, *strategic_goal_id).await.map(Tagged)
}

/// Enter a strategic goal
///
/// It is open until somebody says what became of it.
#[utoipa::path(responses((status = CREATED, description = "The new strategic goal", body = StrategicGoal)))]
#[post("/strategic-goals", wrap = "policy::CREATE_STRATEGIC_GOAL")]
pub async fn create_strategic_goal(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewStrategicGoal>,
) -> Result<Created<StrategicGoal>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a strategic goal
///
/// While it is open.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The strategic goal", body = StrategicGoal)))]
#[patch("/strategic-goals/{strategic_goal_id}", wrap = "policy::UPDATE_STRATEGIC_GOAL")]
pub async fn update_strategic_goal(
    access: Access,
    db: Data<Db>,
    strategic_goal_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<StrategicGoalChanges>,
) -> Result<Tagged<StrategicGoal>> {
    service::update(&db, &access, *strategic_goal_id, expected, changes).await.map(Tagged)
}

/// Archive a strategic goal
///
/// It leaves the lists and is counted no longer. `restoration` undoes it.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The strategic goal is archived")))]
#[delete("/strategic-goals/{strategic_goal_id}", wrap = "policy::ARCHIVE_STRATEGIC_GOAL")]
pub async fn archive_strategic_goal(
    access: Access,
    db: Data<Db>,
    strategic_goal_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::archive(&db, &access, *strategic_goal_id, expected).await.map(|()| NoContent)
}

/// Restore a strategic goal
///
/// Takes it back from the archive.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The strategic goal", body = StrategicGoal)))]
#[post("/strategic-goals/{strategic_goal_id}/restoration", wrap = "policy::RESTORE_STRATEGIC_GOAL")]
pub async fn restore_strategic_goal(
    access: Access,
    db: Data<Db>,
    strategic_goal_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<StrategicGoal>> {
    service::restore(&db, &access, *strategic_goal_id, expected).await.map(Tagged)
}

/// Say that a strategic goal is achieved
///
/// Today is the day that counts.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The strategic goal", body = StrategicGoal)))]
#[post("/strategic-goals/{strategic_goal_id}/achievement", wrap = "policy::ACHIEVE_STRATEGIC_GOAL")]
pub async fn achieve_strategic_goal(
    access: Access,
    db: Data<Db>,
    strategic_goal_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<StrategicGoal>> {
    service::settle(&db, &access, *strategic_goal_id, expected, Step::Achieve).await.map(Tagged)
}

/// Say that a strategic goal was missed
///
/// With the reason, for everybody to read.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The strategic goal", body = StrategicGoal)))]
#[post("/strategic-goals/{strategic_goal_id}/lapse", wrap = "policy::MISS_STRATEGIC_GOAL")]
pub async fn miss_strategic_goal(
    access: Access,
    db: Data<Db>,
    strategic_goal_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<OutcomeReason>,
) -> Result<Tagged<StrategicGoal>> {
    service::settle(&db, &access, *strategic_goal_id, expected, Step::Miss(reason.reason)).await.map(Tagged)
}

/// Give a strategic goal up
///
/// With the reason, for everybody to read.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The strategic goal", body = StrategicGoal)))]
#[post("/strategic-goals/{strategic_goal_id}/cancellation", wrap = "policy::CANCEL_STRATEGIC_GOAL")]
pub async fn cancel_strategic_goal(
    access: Access,
    db: Data<Db>,
    strategic_goal_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<OutcomeReason>,
) -> Result<Tagged<StrategicGoal>> {
    service::settle(&db, &access, *strategic_goal_id, expected, Step::Cancel(reason.reason)).await.map(Tagged)
}

/// Reopen a strategic goal
///
/// Day and reason are forgotten; the log keeps them.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The strategic goal", body = StrategicGoal)))]
#[post("/strategic-goals/{strategic_goal_id}/reopening", wrap = "policy::REOPEN_STRATEGIC_GOAL")]
pub async fn reopen_strategic_goal(
    access: Access,
    db: Data<Db>,
    strategic_goal_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<StrategicGoal>> {
    service::settle(&db, &access, *strategic_goal_id, expected, Step::Reopen).await.map(Tagged)
}
