use actix_web::web::Data;
use actix_web::{get, put};
use uuid::Uuid;

use super::dto::{NewPositionStandard, PositionStandard};
use super::service;
use crate::competencies::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{IfMatch, Json, Path, Tagged};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_position_standard).service(replace_position_standard);
}

/// Read a position's standard
///
/// The level that the position asks of each competency, and how much a gap counts.
#[utoipa::path(responses((status = OK, description = "The standard", body = PositionStandard)))]
#[get("/positions/{position_id}/standard", wrap = "policy::READ_POSITION_STANDARD")]
pub async fn read_position_standard(
    access: Access,
    db: Data<Db>,
    position_id: Path<Uuid>,
) -> Result<Tagged<PositionStandard>> {
    service::read(&db, &access, *position_id).await.map(Tagged)
}

/// Replace a position's standard
///
/// The whole list. It has a version of its own, beside that of the position; gaps and profiles follow at once.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The standard", body = PositionStandard)))]
#[put("/positions/{position_id}/standard", wrap = "policy::REPLACE_POSITION_STANDARD")]
pub async fn replace_position_standard(
    access: Access,
    db: Data<Db>,
    position_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(new): Json<NewPositionStandard>,
) -> Result<Tagged<PositionStandard>> {
    service::replace(&db, &access, *position_id, expected, new).await.map(Tagged)
}
