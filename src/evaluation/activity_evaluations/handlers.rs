use actix_web::get;
use actix_web::web::Data;
use uuid::Uuid;

use super::dto::ActivityEvaluation;
use super::service;
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Path};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_activity_evaluation);
}

/// Read the evaluation of an activity
///
/// On four levels (Kirkpatrick): reaction by the closed surveys about it, learning by its tests (N-gain, pass rate), behaviour by what
/// participants, superiors and colleagues say from 90 days after its end on, results by the linked indicators before and since. To
/// whom is no admin, figures of fewer than five people are held back.
#[utoipa::path(responses((status = OK, description = "The evaluation", body = ActivityEvaluation)))]
#[get("/activities/{activity_id}/evaluation", wrap = "policy::READ_ACTIVITY_EVALUATION")]
pub async fn read_activity_evaluation(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
) -> Result<Computed<ActivityEvaluation>> {
    service::read(&db, &access, *activity_id).await.map(Computed)
}
