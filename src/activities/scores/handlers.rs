use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::{ActivityScores, NewScores};
use super::service;
use crate::activities::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Json, Path};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_activity_scores).service(record_activity_scores);
}

/// Read the scores of an activity
///
/// Pre-test, post-test and gain (N-gain) of each person and of the group; for its staff and admins.
#[utoipa::path(responses((status = OK, description = "The scores", body = ActivityScores)))]
#[get("/activities/{activity_id}/scores", wrap = "policy::READ_ACTIVITY_SCORES")]
pub async fn read_activity_scores(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
) -> Result<Computed<ActivityScores>> {
    service::read(&db, &access, *activity_id).await
}

/// Enter scores
///
/// For people with a seat, until the activity is completed: all of them or none. What is not named stays.
#[utoipa::path(responses((status = OK, description = "The scores", body = ActivityScores)))]
#[post("/activities/{activity_id}/scores", wrap = "policy::RECORD_ACTIVITY_SCORES")]
pub async fn record_activity_scores(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    Json(new): Json<NewScores>,
) -> Result<Computed<ActivityScores>> {
    service::record(&db, &access, *activity_id, new).await
}
