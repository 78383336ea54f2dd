use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::content::{ChangeInitiativeChanges, InitiativeReason, NewChangeInitiative};
use super::dto::{ChangeInitiative, ChangeInitiativeFilter, ChangeInitiativePage};
use super::report::{self, ChangeEvaluation};
use super::{lifecycle, service};
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_change_initiatives)
        .service(create_change_initiative)
        .service(read_change_initiative)
        .service(update_change_initiative)
        .service(delete_change_initiative)
        .service(start_change_initiative)
        .service(complete_change_initiative)
        .service(cancel_change_initiative)
        .service(read_change_evaluation);
}

/// List change initiatives
///
/// New techniques and tools, the latest to go live first unless sorted otherwise (`go_live_on`, `created_at`).
#[utoipa::path(params(Listing<ChangeInitiativeFilter>), responses((status = OK, description = "A page of change initiatives", body = ChangeInitiativePage)))]
#[get("/change-initiatives", wrap = "policy::LIST_CHANGE_INITIATIVES")]
pub async fn list_change_initiatives(
    access: Access,
    db: Data<Db>,
    list: Listing<ChangeInitiativeFilter>,
) -> Result<ChangeInitiativePage> {
    service::list(&db, &access, &list).await
}

/// Read a change initiative
///
/// What changes, from when on, and whom it concerns.
#[utoipa::path(responses((status = OK, description = "The change initiative", body = ChangeInitiative)))]
#[get("/change-initiatives/{change_initiative_id}", wrap = "policy::READ_CHANGE_INITIATIVE")]
pub async fn read_change_initiative(
    access: Access,
    db: Data<Db>,
    change_initiative_id: Path<Uuid>,
) -> Result<Tagged<ChangeInitiative>> {
    service::read(&db, &access, *change_initiative_id).await.map(Tagged)
}

/// Plan a change initiative
///
/// Surveys of readiness and ADKAR are linked to it as campaigns whose subject it is.
#[utoipa::path(responses((status = CREATED, description = "The new change initiative", body = ChangeInitiative)))]
#[post("/change-initiatives", wrap = "policy::CREATE_CHANGE_INITIATIVE")]
pub async fn create_change_initiative(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewChangeInitiative>,
) -> Result<Created<ChangeInitiative>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a change initiative
///
/// Until it is over.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The change initiative", body = ChangeInitiative)))]
#[patch("/change-initiatives/{change_initiative_id}", wrap = "policy::UPDATE_CHANGE_INITIATIVE")]
pub async fn update_change_initiative(
    access: Access,
    db: Data<Db>,
    change_initiative_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<ChangeInitiativeChanges>,
) -> Result<Tagged<ChangeInitiative>> {
    service::update(&db, &access, *change_initiative_id, expected, changes).await.map(Tagged)
}

/// Remove a change initiative
///
/// For good, where it was never begun and nothing belongs to it. Else it is given up.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The change initiative is gone")))]
#[delete("/change-initiatives/{change_initiative_id}", wrap = "policy::DELETE_CHANGE_INITIATIVE")]
pub async fn delete_change_initiative(
    access: Access,
    db: Data<Db>,
    change_initiative_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *change_initiative_id, expected).await.map(|()| NoContent)
}

/// Begin a change initiative
///
/// From planned to running.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The change initiative", body = ChangeInitiative)))]
#[post("/change-initiatives/{change_initiative_id}/start", wrap = "policy::START_CHANGE_INITIATIVE")]
pub async fn start_change_initiative(
    access: Access,
    db: Data<Db>,
    change_initiative_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<ChangeInitiative>> {
    lifecycle::start(&db, &access, *change_initiative_id, expected).await.map(Tagged)
}

/// Complete a change initiative
///
/// The new way is the usual one now; what was recorded stands still.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The change initiative", body = ChangeInitiative)))]
#[post("/change-initiatives/{change_initiative_id}/completion", wrap = "policy::COMPLETE_CHANGE_INITIATIVE")]
pub async fn complete_change_initiative(
    access: Access,
    db: Data<Db>,
    change_initiative_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<ChangeInitiative>> {
    lifecycle::complete(&db, &access, *change_initiative_id, expected).await.map(Tagged)
}

/// Give a change initiative up
///
/// With a reason for everybody to read.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The change initiative", body = ChangeInitiative)))]
#[post("/change-initiatives/{change_initiative_id}/cancellation", wrap = "policy::CANCEL_CHANGE_INITIATIVE")]
pub async fn cancel_change_initiative(
    access: Access,
    db: Data<Db>,
    change_initiative_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<InitiativeReason>,
) -> Result<Tagged<ChangeInitiative>> {
    lifecycle::cancel(&db, &access, *change_initiative_id, expected, reason).await.map(Tagged)
}

/// Read what stands in the way of a change, and what helped
///
/// What the surveys of readiness and ADKAR that are closed say, the first against the last; and for each step that was taken the
/// adoption rate and the barrier before it and after it. That one followed the other is told, not that it caused it.
#[utoipa::path(responses((status = OK, description = "The evaluation", body = ChangeEvaluation)))]
#[get("/change-initiatives/{change_initiative_id}/evaluation", wrap = "policy::READ_CHANGE_EVALUATION")]
pub async fn read_change_evaluation(
    access: Access,
    db: Data<Db>,
    change_initiative_id: Path<Uuid>,
) -> Result<Computed<ChangeEvaluation>> {
    report::read(&db, &access, *change_initiative_id).await.map(Computed)
}
