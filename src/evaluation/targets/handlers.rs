use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{
    IndicatorTarget, IndicatorTargetChanges, IndicatorTargetFilter, IndicatorTargetPage, NewIndicatorTarget,
};
use super::service;
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_targets)
        .service(create_target)
        .service(read_target)
        .service(update_target)
        .service(delete_target);
}

/// List targets
///
/// What indicators should reach, the latest period first.
#[utoipa::path(params(Listing<IndicatorTargetFilter>), responses((status = OK, description = "A page of targets", body = IndicatorTargetPage)))]
#[get("/targets", wrap = "policy::LIST_TARGETS")]
pub async fn list_targets(
    _access: Access,
    db: Data<Db>,
    list: Listing<IndicatorTargetFilter>,
) -> Result<IndicatorTargetPage> {
    service::list(&db, &list).await
}

/// Read a target
///
/// With where it was set.
#[utoipa::path(responses((status = OK, description = "The target", body = IndicatorTarget)))]
#[get("/targets/{target_id}", wrap = "policy::READ_TARGET")]
pub async fn read_target(_access: Access, db: Data<Db>, target_id: Path<Uuid>) -> Result<Tagged<IndicatorTarget>> {
    service::read(&db, *target_id).await.map(Tagged)
}

/// Set a target
///
/// One a period of an indicator, in its unit and with no more decimals than it has. A closed period takes none.
#[utoipa::path(responses((status = CREATED, description = "The new target", body = IndicatorTarget)))]
#[post("/targets", wrap = "policy::CREATE_TARGET")]
pub async fn create_target(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewIndicatorTarget>,
) -> Result<Created<IndicatorTarget>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a target
///
/// Until its period is closed.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The target", body = IndicatorTarget)))]
#[patch("/targets/{target_id}", wrap = "policy::UPDATE_TARGET")]
pub async fn update_target(
    access: Access,
    db: Data<Db>,
    target_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<IndicatorTargetChanges>,
) -> Result<Tagged<IndicatorTarget>> {
    service::update(&db, &access, *target_id, expected, changes).await.map(Tagged)
}

/// Delete a target
///
/// Until its period is closed.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The target is gone")))]
#[delete("/targets/{target_id}", wrap = "policy::DELETE_TARGET")]
pub async fn delete_target(
    access: Access,
    db: Data<Db>,
    target_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *target_id, expected).await.map(|()| NoContent)
}
