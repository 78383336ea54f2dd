use actix_web::post;
use actix_web::web::Data;
use uuid::Uuid;

use super::dto::NewProgrammeCopy;
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, Json, Path};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::programmes::policy;
use crate::programmes::programmes::dto::Programme;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(copy_programme);
}

/// Copy a programme
///
/// Into the draft of another year, in one step: what it aims at, its open and achieved milestones as open ones, and its activities
/// as drafts with sessions and materials. Dates move by whole years; people who left, rooms, speakers and participants stay behind.
#[utoipa::path(responses((status = CREATED, description = "The new draft", body = Programme)))]
#[post("/programmes/{programme_id}/copies", wrap = "policy::COPY_PROGRAMME")]
pub async fn copy_programme(
    access: Access,
    db: Data<Db>,
    programme_id: Path<Uuid>,
    Json(new): Json<NewProgrammeCopy>,
) -> Result<Created<Programme>> {
    service::copy(&db, &access, *programme_id, new).await.map(Created)
}
