use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{NewUnit, Unit, UnitChanges, UnitFilter, UnitPage};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::staff::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_units)
        .service(create_unit)
        .service(read_unit)
        .service(update_unit)
        .service(archive_unit)
        .service(restore_unit);
}

/// List units
///
/// The library's departments and branches, by code unless sorted otherwise (`code`, `name`, `created_at`).
#[utoipa::path(params(Listing<UnitFilter>), responses((status = OK, description = "A page of units", body = UnitPage)))]
#[get("/units", wrap = "policy::LIST_UNITS")]
pub async fn list_units(access: Access, db: Data<Db>, list: Listing<UnitFilter>) -> Result<UnitPage> {
    service::list(&db, &access, &list).await
}

/// Read a unit
///
/// Archived units are shown to admins alone.
#[utoipa::path(responses((status = OK, description = "The unit", body = Unit)))]
#[get("/units/{unit_id}", wrap = "policy::READ_UNIT")]
pub async fn read_unit(access: Access, db: Data<Db>, unit_id: Path<Uuid>) -> Result<Tagged<Unit>> {
    service::read(&db, &access, *unit_id).await.map(Tagged)
}

/// Enter a unit
///
/// The code must be new to the library; archived units keep theirs.
#[utoipa::path(responses((status = CREATED, description = "The new unit", body = Unit)))]
#[post("/units", wrap = "policy::CREATE_UNIT")]
pub async fn create_unit(access: Access, db: Data<Db>, Json(new): Json<NewUnit>) -> Result<Created<Unit>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a unit
///
/// Fields that are absent stay as they are; null clears the address.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The unit", body = Unit)))]
#[patch("/units/{unit_id}", wrap = "policy::UPDATE_UNIT")]
pub async fn update_unit(
    access: Access,
    db: Data<Db>,
    unit_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<UnitChanges>,
) -> Result<Tagged<Unit>> {
    service::update(&db, &access, *unit_id, expected, changes).await.map(Tagged)
}

/// Archive a unit
///
/// It leaves the lists; who works in it stays there. `restoration` undoes it.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The unit is archived")))]
#[delete("/units/{unit_id}", wrap = "policy::ARCHIVE_UNIT")]
pub async fn archive_unit(
    access: Access,
    db: Data<Db>,
    unit_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::archive(&db, &access, *unit_id, expected).await.map(|()| NoContent)
}

/// Restore a unit
///
/// Takes an archived unit back into use.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The unit", body = Unit)))]
#[post("/units/{unit_id}/restoration", wrap = "policy::RESTORE_UNIT")]
pub async fn restore_unit(
    access: Access,
    db: Data<Db>,
    unit_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Unit>> {
    service::restore(&db, &access, *unit_id, expected).await.map(Tagged)
}
