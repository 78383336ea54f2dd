use actix_web::web::Data;
use actix_web::{delete, get, put};
use uuid::Uuid;

use super::dto::{NewPredecessor, Predecessor, Predecessors};
use super::service;
use crate::competencies::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Json, NoContent, Path};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(list_predecessors).service(link_predecessor).service(unlink_predecessor);
}

/// List predecessors
///
/// The competencies of other frameworks whose place this one takes, all of them, by code.
#[utoipa::path(responses((status = OK, description = "The predecessors", body = Predecessors)))]
#[get("/competencies/{competency_id}/predecessors", wrap = "policy::LIST_PREDECESSORS")]
pub async fn list_predecessors(
    access: Access,
    db: Data<Db>,
    competency_id: Path<Uuid>,
) -> Result<Computed<Predecessors>> {
    service::list(&db, &access, *competency_id).await.map(Computed)
}

/// Link a predecessor
///
/// Says that a competency of a draft takes the place of one that was published in another framework, of the same kind. Several
/// successors of one competency split it, several predecessors of one are merged. A second call changes how both relate.
#[utoipa::path(responses((status = OK, description = "The predecessor", body = Predecessor)))]
#[put("/competencies/{competency_id}/predecessors/{predecessor_id}", wrap = "policy::LINK_PREDECESSOR")]
pub async fn link_predecessor(
    access: Access,
    db: Data<Db>,
    path: Path<(Uuid, Uuid)>,
    Json(new): Json<NewPredecessor>,
) -> Result<Computed<Predecessor>> {
    let (competency_id, predecessor_id) = *path;
    service::link(&db, &access, competency_id, predecessor_id, new).await.map(Computed)
}

/// Unlink a predecessor
///
/// The competency of the draft no longer takes the place of the other.
#[utoipa::path(responses((status = NO_CONTENT, description = "The link is gone")))]
#[delete("/competencies/{competency_id}/predecessors/{predecessor_id}", wrap = "policy::UNLINK_PREDECESSOR")]
pub async fn unlink_predecessor(access: Access, db: Data<Db>, path: Path<(Uuid, Uuid)>) -> Result<NoContent> {
    let (competency_id, predecessor_id) = *path;
    service::unlink(&db, &access, competency_id, predecessor_id).await.map(|()| NoContent)
}
