use actix_web::get;
use actix_web::web::Data;
use uuid::Uuid;

use super::dto::PromotionChecklist;
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Path};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::staff::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_promotion_readiness);
}

/// Read the readiness for promotion
///
/// Points, predicate, time in the level, an open position (formasi), the competency test (uji kompetensi) and mandatory training
/// for the next level, each with what is there, what is asked, and where it is written.
#[utoipa::path(responses((status = OK, description = "The checklist", body = PromotionChecklist)))]
#[get("/librarians/{librarian_id}/promotion-readiness", wrap = "policy::READ_PROMOTION_READINESS")]
pub async fn read_promotion_readiness(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
) -> Result<Computed<PromotionChecklist>> {
    service::read(&db, &access, *librarian_id).await.map(Computed)
}
