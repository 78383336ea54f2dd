use actix_web::get;
use actix_web::web::Data;
use uuid::Uuid;

use super::dto::ProgrammeProgress;
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Path};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::programmes::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_programme_progress);
}

/// Read the progress of a programme
///
/// Activities by state, participants, credit hours, milestones, and the share of the target group that reached each target.
/// Shares of small groups are shown to admins alone.
#[utoipa::path(responses((status = OK, description = "The progress", body = ProgrammeProgress)))]
#[get("/programmes/{programme_id}/progress", wrap = "policy::READ_PROGRAMME_PROGRESS")]
pub async fn read_programme_progress(
    access: Access,
    db: Data<Db>,
    programme_id: Path<Uuid>,
) -> Result<Computed<ProgrammeProgress>> {
    service::read(&db, &access, *programme_id).await.map(Computed)
}
