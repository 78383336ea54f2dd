use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::{FrameworkRemap, RemapOrder};
use super::service;
use crate::competencies::differences::dto::OlderFramework;
use crate::competencies::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Json, Path};
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(preview_framework_remap).service(apply_framework_remap);
}

/// Preview what is carried over
///
/// From the version that this framework was made from, unless another is named: how many assessments, levels and position
/// standards follow the links between both, which competencies nothing takes the place of, what is split and what is merged.
/// Drafts have a preview too.
#[utoipa::path(params(OlderFramework), responses((status = OK, description = "The preview", body = FrameworkRemap)))]
#[get("/frameworks/{framework_id}/remap", wrap = "policy::PREVIEW_FRAMEWORK_REMAP")]
pub async fn preview_framework_remap(
    access: Access,
    db: Data<Db>,
    framework_id: Path<Uuid>,
    Query(query): Query<OlderFramework>,
) -> Result<Computed<FrameworkRemap>> {
    service::preview(&db, &access, *framework_id, query).await.map(Computed)
}

/// Carry assessments and standards over
///
/// To a published framework, just as its preview says; `remap_changed` when something happened since. Every confirmed assessment
/// gets a new one for each successor, with the same level and days, confirmed today, which names the old one in
/// `carried_from_id`; the old ones stay as they are. Positions ask for the successors at the same level; of several that are
/// merged the highest level and weight count. Nothing is carried over twice, however often this is called.
#[utoipa::path(params(OlderFramework), responses((status = OK, description = "What was carried over", body = FrameworkRemap)))]
#[post("/frameworks/{framework_id}/remap", wrap = "policy::APPLY_FRAMEWORK_REMAP")]
pub async fn apply_framework_remap(
    access: Access,
    db: Data<Db>,
    framework_id: Path<Uuid>,
    Query(query): Query<OlderFramework>,
    Json(order): Json<RemapOrder>,
) -> Result<Computed<FrameworkRemap>> {
    service::apply(&db, &access, *framework_id, query, &order).await.map(Computed)
}
