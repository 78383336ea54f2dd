use actix_web::get;
use actix_web::web::Data;
use uuid::Uuid;

use super::dto::{IndexQuery, ProfessionalismIndex};
use super::service;
use crate::credits::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Path};
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_professionalism_index);
}

/// Simulate the professionalism index
///
/// The four dimensions of the IP ASN by the formula of the year: training from the ledger, education, appraisal and discipline from
/// the record unless the query supposes otherwise; and the training that lifts the index with the fewest hours. Not an official
/// figure.
#[utoipa::path(params(IndexQuery), responses((status = OK, description = "The index", body = ProfessionalismIndex)))]
#[get("/librarians/{librarian_id}/professionalism-index", wrap = "policy::READ_PROFESSIONALISM_INDEX")]
pub async fn read_professionalism_index(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    Query(query): Query<IndexQuery>,
) -> Result<Computed<ProfessionalismIndex>> {
    service::read(&db, &access, *librarian_id, &query).await.map(Computed)
}
