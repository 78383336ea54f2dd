use actix_web::get;
use actix_web::web::Data;
use uuid::Uuid;

use super::dto::{CalculationQuery, CreditPointCalculation, CreditPointQuery, CreditPointStatement};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Path};
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::staff::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_credit_points).service(calculate_credit_points);
}

/// Read credit points
///
/// What a person has gathered in their level (angka kredit), by the rates and rules of the days of each appraisal, and the years to
/// the next grade and level.
#[utoipa::path(params(CreditPointQuery), responses((status = OK, description = "The statement", body = CreditPointStatement)))]
#[get("/librarians/{librarian_id}/credit-points", wrap = "policy::READ_CREDIT_POINTS")]
pub async fn read_credit_points(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    Query(query): Query<CreditPointQuery>,
) -> Result<Computed<CreditPointStatement>> {
    service::read(&db, &access, *librarian_id, &query).await.map(Computed)
}

/// Calculate credit points
///
/// What some months in a position give with a predicate (predikat kinerja), by the rate and the rule of a day.
#[utoipa::path(params(CalculationQuery), responses((status = OK, description = "The points", body = CreditPointCalculation)))]
#[get("/positions/{position_id}/credit-points", wrap = "policy::CALCULATE_CREDIT_POINTS")]
pub async fn calculate_credit_points(
    access: Access,
    db: Data<Db>,
    position_id: Path<Uuid>,
    Query(query): Query<CalculationQuery>,
) -> Result<Computed<CreditPointCalculation>> {
    service::calculate(&db, &access, *position_id, &query).await.map(Computed)
}
