use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{NewPosition, Position, PositionChanges, PositionFilter, PositionPage};
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
        .service(list_positions)
        .service(create_position)
        .service(read_position)
        .service(update_position)
        .service(archive_position)
        .service(restore_position);
}

/// List positions
///
/// The reference table, lowest level first unless sorted otherwise (`level`, `code`).
#[utoipa::path(params(Listing<PositionFilter>), responses((status = OK, description = "A page of positions", body = PositionPage)))]
#[get("/positions", wrap = "policy::LIST_POSITIONS")]
pub async fn list_positions(access: Access, db: Data<Db>, list: Listing<PositionFilter>) -> Result<PositionPage> {
    service::list(&db, &access, &list).await
}

/// Read a position
///
/// Archived positions are shown to admins alone.
#[utoipa::path(responses((status = OK, description = "The position", body = Position)))]
#[get("/positions/{position_id}", wrap = "policy::READ_POSITION")]
pub async fn read_position(access: Access, db: Data<Db>, position_id: Path<Uuid>) -> Result<Tagged<Position>> {
    service::read(&db, &access, *position_id).await.map(Tagged)
}

/// Enter a position
///
/// The code must be new to the library; archived positions keep theirs. What it asks is its standard.
#[utoipa::path(responses((status = CREATED, description = "The new position", body = Position)))]
#[post("/positions", wrap = "policy::CREATE_POSITION")]
pub async fn create_position(access: Access, db: Data<Db>, Json(new): Json<NewPosition>) -> Result<Created<Position>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a position
///
/// Fields that are absent stay as they are. Another retirement age moves the coverage to come at once.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The position", body = Position)))]
#[patch("/positions/{position_id}", wrap = "policy::UPDATE_POSITION")]
pub async fn update_position(
    access: Access,
    db: Data<Db>,
    position_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<PositionChanges>,
) -> Result<Tagged<Position>> {
    service::update(&db, &access, *position_id, expected, changes).await.map(Tagged)
}

/// Archive a position
///
/// Nobody is appointed to it any more; who holds it keeps it. `restoration` undoes it.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The position is archived")))]
#[delete("/positions/{position_id}", wrap = "policy::ARCHIVE_POSITION")]
pub async fn archive_position(
    access: Access,
    db: Data<Db>,
    position_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::archive(&db, &access, *position_id, expected).await.map(|()| NoContent)
}

/// Restore a position
///
/// Takes an archived position back into use.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The position", body = Position)))]
#[post("/positions/{position_id}/restoration", wrap = "policy::RESTORE_POSITION")]
pub async fn restore_position(
    access: Access,
    db: Data<Db>,
    position_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Position>> {
    service::restore(&db, &access, *position_id, expected).await.map(Tagged)
}
