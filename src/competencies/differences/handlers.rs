use actix_web::get;
use actix_web::web::Data;
use uuid::Uuid;

use super::dto::{FrameworkDifferences, OlderFramework};
use super::service;
use crate::competencies::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Path};
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_framework_differences);
}

/// Compare a framework with an older one
///
/// With the version that it was made from, unless another is named: what was added, removed, changed, moved and replaced.
/// Competencies belong together when a link says so, else by their code.
#[utoipa::path(params(OlderFramework), responses((status = OK, description = "The differences", body = FrameworkDifferences)))]
#[get("/frameworks/{framework_id}/differences", wrap = "policy::READ_FRAMEWORK_DIFFERENCES")]
pub async fn read_framework_differences(
    access: Access,
    db: Data<Db>,
    framework_id: Path<Uuid>,
    Query(query): Query<OlderFramework>,
) -> Result<Computed<FrameworkDifferences>> {
    service::read(&db, &access, *framework_id, query).await.map(Computed)
}
