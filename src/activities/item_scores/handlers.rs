use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::{ItemScoreQuery, ItemScores, NewItemScores};
use super::service;
use crate::activities::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Json, Path};
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_item_scores).service(record_item_scores);
}

/// Read the item statistics of a test
///
/// How hard each item is (tingkat kesukaran) and how well it tells who knows more (daya pembeda); for the activity's staff and admins.
#[utoipa::path(params(ItemScoreQuery), responses((status = OK, description = "The statistics", body = ItemScores)))]
#[get("/activities/{activity_id}/item-scores", wrap = "policy::READ_ITEM_SCORES")]
pub async fn read_item_scores(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    Query(query): Query<ItemScoreQuery>,
) -> Result<Computed<ItemScores>> {
    service::read(&db, &access, *activity_id, query.test.unwrap_or_default()).await
}

/// Enter the points of a test, item by item
///
/// Of people with a seat, until the activity is completed, in place of all that was entered of this test. The scores of the whole
/// test are entered by themselves (`activities/{activity_id}/scores`).
#[utoipa::path(responses((status = OK, description = "The statistics", body = ItemScores)))]
#[post("/activities/{activity_id}/item-scores", wrap = "policy::RECORD_ITEM_SCORES")]
pub async fn record_item_scores(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    Json(new): Json<NewItemScores>,
) -> Result<Computed<ItemScores>> {
    service::record(&db, &access, *activity_id, new).await
}
