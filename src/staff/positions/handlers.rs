use actix_web::get;
use actix_web::web::Data;
use uuid::Uuid;

use super::dto::{Position, PositionFilter, PositionPage};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::staff::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(list_positions).service(read_position);
}

/// List positions
///
/// The reference table, lowest level first unless sorted otherwise (`level`, `code`).
#[utoipa::path(params(Listing<PositionFilter>), responses((status = OK, description = "A page of positions", body = PositionPage)))]
#[get("/positions", wrap = "policy::LIST_POSITIONS")]
pub async fn list_positions(_access: Access, db: Data<Db>, list: Listing<PositionFilter>) -> Result<PositionPage> {
    service::list(&db, &list).await
}

/// Read a position
///
/// With the credit points that its level asks.
#[utoipa::path(responses((status = OK, description = "The position", body = Position)))]
#[get("/positions/{position_id}", wrap = "policy::READ_POSITION")]
pub async fn read_position(_access: Access, db: Data<Db>, position_id: Path<Uuid>) -> Result<Tagged<Position>> {
    service::read(&db, *position_id).await.map(Tagged)
}
