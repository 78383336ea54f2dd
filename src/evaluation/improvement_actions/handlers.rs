use actix_web::web::Data;
use actix_web::{get, patch, post};
use uuid::Uuid;

use super::content::{
    ImprovementActionChanges, ImprovementOutcome, ImprovementReason, NewImprovementAction, NewRecheck,
};
use super::dto::{ImprovementAction, ImprovementActionFilter, ImprovementActionPage};
use super::{lifecycle, service};
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_improvement_actions)
        .service(create_improvement_action)
        .service(read_improvement_action)
        .service(update_improvement_action)
        .service(start_improvement_action)
        .service(complete_improvement_action)
        .service(recheck_improvement_action)
        .service(verify_improvement_action)
        .service(reopen_improvement_action)
        .service(cancel_improvement_action);
}

/// List improvement actions
///
/// The tracker of what was agreed (rencana tindak lanjut): what is due first comes first unless sorted otherwise (`due_on`,
/// `created_at`). What an object led to: `need_id`; what is late: `overdue_only=true`.
#[utoipa::path(params(Listing<ImprovementActionFilter>), responses((status = OK, description = "A page of actions", body = ImprovementActionPage)))]
#[get("/improvement-actions", wrap = "policy::LIST_IMPROVEMENT_ACTIONS")]
pub async fn list_improvement_actions(
    access: Access,
    db: Data<Db>,
    list: Listing<ImprovementActionFilter>,
) -> Result<ImprovementActionPage> {
    service::list(&db, &access, &list).await
}

/// Read an improvement action
///
/// With every recheck, and with what the last one shows against the value before.
#[utoipa::path(responses((status = OK, description = "The action", body = ImprovementAction)))]
#[get("/improvement-actions/{improvement_action_id}", wrap = "policy::READ_IMPROVEMENT_ACTION")]
pub async fn read_improvement_action(
    access: Access,
    db: Data<Db>,
    improvement_action_id: Path<Uuid>,
) -> Result<Tagged<ImprovementAction>> {
    service::read(&db, &access, *improvement_action_id).await.map(Tagged)
}

/// Agree on an improvement action
///
/// With an owner, a last day, and what showed the need. With an indicator its last measurement is the value before.
#[utoipa::path(responses((status = CREATED, description = "The new action", body = ImprovementAction)))]
#[post("/improvement-actions", wrap = "policy::CREATE_IMPROVEMENT_ACTION")]
pub async fn create_improvement_action(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewImprovementAction>,
) -> Result<Created<ImprovementAction>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change an improvement action
///
/// Until it is done. What showed the need and the indicator stay.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The action", body = ImprovementAction)))]
#[patch("/improvement-actions/{improvement_action_id}", wrap = "policy::UPDATE_IMPROVEMENT_ACTION")]
pub async fn update_improvement_action(
    access: Access,
    db: Data<Db>,
    improvement_action_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<ImprovementActionChanges>,
) -> Result<Tagged<ImprovementAction>> {
    service::update(&db, &access, *improvement_action_id, expected, changes).await.map(Tagged)
}

/// Begin an improvement action
///
/// By its owner or an admin.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The action", body = ImprovementAction)))]
#[post("/improvement-actions/{improvement_action_id}/start", wrap = "policy::START_IMPROVEMENT_ACTION")]
pub async fn start_improvement_action(
    access: Access,
    db: Data<Db>,
    improvement_action_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<ImprovementAction>> {
    lifecycle::start(&db, &access, *improvement_action_id, expected).await.map(Tagged)
}

/// Say that an improvement action is done
///
/// By its owner or an admin. Whether it worked is seen by a recheck.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The action", body = ImprovementAction)))]
#[post("/improvement-actions/{improvement_action_id}/completion", wrap = "policy::COMPLETE_IMPROVEMENT_ACTION")]
pub async fn complete_improvement_action(
    access: Access,
    db: Data<Db>,
    improvement_action_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(outcome): Json<ImprovementOutcome>,
) -> Result<Tagged<ImprovementAction>> {
    lifecycle::complete(&db, &access, *improvement_action_id, expected, outcome).await.map(Tagged)
}

/// Measure again
///
/// After an action was done, up to a hundred times (`too_many_rechecks`): the latest day shows the effect, and nothing earlier is
/// overwritten.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The action", body = ImprovementAction)))]
#[post("/improvement-actions/{improvement_action_id}/recheck", wrap = "policy::RECHECK_IMPROVEMENT_ACTION")]
pub async fn recheck_improvement_action(
    access: Access,
    db: Data<Db>,
    improvement_action_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(new): Json<NewRecheck>,
) -> Result<Tagged<ImprovementAction>> {
    lifecycle::check_again(&db, &access, *improvement_action_id, expected, new).await.map(Tagged)
}

/// Close an improvement action
///
/// By an admin who is not its owner (`own_improvement`), after a recheck (`not_rechecked`).
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The action", body = ImprovementAction)))]
#[post("/improvement-actions/{improvement_action_id}/verification", wrap = "policy::VERIFY_IMPROVEMENT_ACTION")]
pub async fn verify_improvement_action(
    access: Access,
    db: Data<Db>,
    improvement_action_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<ImprovementAction>> {
    lifecycle::verify(&db, &access, *improvement_action_id, expected).await.map(Tagged)
}

/// Take an improvement action up again
///
/// Where the recheck shows that it did not work yet; it has to be done and measured again.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The action", body = ImprovementAction)))]
#[post("/improvement-actions/{improvement_action_id}/reopening", wrap = "policy::REOPEN_IMPROVEMENT_ACTION")]
pub async fn reopen_improvement_action(
    access: Access,
    db: Data<Db>,
    improvement_action_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<ImprovementReason>,
) -> Result<Tagged<ImprovementAction>> {
    lifecycle::reopen(&db, &access, *improvement_action_id, expected, reason).await.map(Tagged)
}

/// Give an improvement action up
///
/// With a reason. A finding that has no other action then needs one, or a reason why not, before its review is closed.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The action", body = ImprovementAction)))]
#[post("/improvement-actions/{improvement_action_id}/cancellation", wrap = "policy::CANCEL_IMPROVEMENT_ACTION")]
pub async fn cancel_improvement_action(
    access: Access,
    db: Data<Db>,
    improvement_action_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<ImprovementReason>,
) -> Result<Tagged<ImprovementAction>> {
    lifecycle::cancel(&db, &access, *improvement_action_id, expected, reason).await.map(Tagged)
}
