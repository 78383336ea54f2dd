use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::content::{ActionCompletion, DevelopmentPlanChanges, NewDevelopmentPlan, PlanOutcome, PlanReturnReason};
use super::dto::{DevelopmentPlan, DevelopmentPlanFilter, DevelopmentPlanPage};
use super::{actions, lifecycle, service};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::learning::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_development_plans)
        .service(create_development_plan)
        .service(read_development_plan)
        .service(update_development_plan)
        .service(delete_development_plan)
        .service(submit_development_plan)
        .service(approve_development_plan)
        .service(return_development_plan)
        .service(close_development_plan)
        .service(complete_plan_action)
        .service(reopen_plan_action);
}

/// List development plans
///
/// One's own, those of one's mentees and of the people whose superior one is; admins see all. Newest first unless sorted otherwise
/// (`created_at`, `year`).
#[utoipa::path(params(Listing<DevelopmentPlanFilter>), responses((status = OK, description = "A page of plans", body = DevelopmentPlanPage)))]
#[get("/development-plans", wrap = "policy::LIST_DEVELOPMENT_PLANS")]
pub async fn list_development_plans(
    access: Access,
    db: Data<Db>,
    list: Listing<DevelopmentPlanFilter>,
) -> Result<DevelopmentPlanPage> {
    service::list(&db, &access, &list).await
}

/// Read a development plan
///
/// With its goals and actions, planned against achieved, and what the caller may do next in `actions`.
#[utoipa::path(responses((status = OK, description = "The plan", body = DevelopmentPlan)))]
#[get("/development-plans/{development_plan_id}", wrap = "policy::READ_DEVELOPMENT_PLAN")]
pub async fn read_development_plan(
    access: Access,
    db: Data<Db>,
    development_plan_id: Path<Uuid>,
) -> Result<Tagged<DevelopmentPlan>> {
    service::read(&db, &access, *development_plan_id).await.map(Tagged)
}

/// Write a development plan
///
/// A draft, one for each person and year (`plan_exists`). With `from_gaps` its goals are the largest gaps, and its actions open
/// activities, colleagues at the level and things to read that close them.
#[utoipa::path(responses((status = CREATED, description = "The new draft", body = DevelopmentPlan)))]
#[post("/development-plans", wrap = "policy::CREATE_DEVELOPMENT_PLAN")]
pub async fn create_development_plan(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewDevelopmentPlan>,
) -> Result<Created<DevelopmentPlan>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a development plan
///
/// By the person or an admin, while it is a draft or was returned.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The plan", body = DevelopmentPlan)))]
#[patch("/development-plans/{development_plan_id}", wrap = "policy::UPDATE_DEVELOPMENT_PLAN")]
pub async fn update_development_plan(
    access: Access,
    db: Data<Db>,
    development_plan_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<DevelopmentPlanChanges>,
) -> Result<Tagged<DevelopmentPlan>> {
    service::update(&db, &access, *development_plan_id, expected, changes).await.map(Tagged)
}

/// Remove a draft plan
///
/// For good. What was handed in once is mended or closed instead.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The draft is gone")))]
#[delete("/development-plans/{development_plan_id}", wrap = "policy::DELETE_DEVELOPMENT_PLAN")]
pub async fn delete_development_plan(
    access: Access,
    db: Data<Db>,
    development_plan_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *development_plan_id, expected).await.map(|()| NoContent)
}

/// Submit a development plan
///
/// By the person or an admin, once it has a goal (`plan_empty`); from now on it waits for a decision.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The plan", body = DevelopmentPlan)))]
#[post("/development-plans/{development_plan_id}/submission", wrap = "policy::SUBMIT_DEVELOPMENT_PLAN")]
pub async fn submit_development_plan(
    access: Access,
    db: Data<Db>,
    development_plan_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<DevelopmentPlan>> {
    lifecycle::submit(&db, &access, *development_plan_id, expected).await.map(Tagged)
}

/// Approve a development plan
///
/// By the direct superior (atasan langsung), a current mentor or an admin, never by the person (`own_plan`). From now on it moves
/// forward by itself: with credit, attendance, readings and confirmed levels.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The plan", body = DevelopmentPlan)))]
#[post("/development-plans/{development_plan_id}/approval", wrap = "policy::APPROVE_DEVELOPMENT_PLAN")]
pub async fn approve_development_plan(
    access: Access,
    db: Data<Db>,
    development_plan_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<DevelopmentPlan>> {
    lifecycle::approve(&db, &access, *development_plan_id, expected).await.map(Tagged)
}

/// Return a development plan
///
/// By those who may approve it, with a reason for the person, who may change and submit it again.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The plan", body = DevelopmentPlan)))]
#[post("/development-plans/{development_plan_id}/return", wrap = "policy::RETURN_DEVELOPMENT_PLAN")]
pub async fn return_development_plan(
    access: Access,
    db: Data<Db>,
    development_plan_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<PlanReturnReason>,
) -> Result<Tagged<DevelopmentPlan>> {
    lifecycle::send_back(&db, &access, *development_plan_id, expected, reason).await.map(Tagged)
}

/// Close a development plan
///
/// By those who may approve it, with what came of it. It stands still from now on.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The plan", body = DevelopmentPlan)))]
#[post("/development-plans/{development_plan_id}/closure", wrap = "policy::CLOSE_DEVELOPMENT_PLAN")]
pub async fn close_development_plan(
    access: Access,
    db: Data<Db>,
    development_plan_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(outcome): Json<PlanOutcome>,
) -> Result<Tagged<DevelopmentPlan>> {
    lifecycle::close(&db, &access, *development_plan_id, expected, outcome).await.map(Tagged)
}

/// Say that an action was done
///
/// By the person or an admin, in a plan under way. An action that names an activity of the library is done by attending it
/// (`action_follows_activity`). If-Match is the plan's.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The plan", body = DevelopmentPlan)))]
#[post("/plan-actions/{plan_action_id}/completion", wrap = "policy::COMPLETE_PLAN_ACTION")]
pub async fn complete_plan_action(
    access: Access,
    db: Data<Db>,
    plan_action_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(completion): Json<ActionCompletion>,
) -> Result<Tagged<DevelopmentPlan>> {
    actions::complete(&db, &access, *plan_action_id, expected, completion).await.map(Tagged)
}

/// Say that an action was not done after all
///
/// Takes back what the person said of it; what credit or a reading shows stays. If-Match is the plan's.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The plan", body = DevelopmentPlan)))]
#[post("/plan-actions/{plan_action_id}/reopening", wrap = "policy::REOPEN_PLAN_ACTION")]
pub async fn reopen_plan_action(
    access: Access,
    db: Data<Db>,
    plan_action_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<DevelopmentPlan>> {
    actions::reopen(&db, &access, *plan_action_id, expected).await.map(Tagged)
}
