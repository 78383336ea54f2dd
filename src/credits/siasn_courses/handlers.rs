use actix_web::get;
use actix_web::web::Data;

use super::dto::{SiasnExportPage, SiasnFilter};
use super::service;
use crate::credits::policy;
use crate::kernel::csv;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::Rendered;
use crate::kernel::page::{Listing, Query};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(list_siasn_courses).service(download_siasn_courses);
}

/// List credit as SIASN takes it
///
/// What ended in a year and stands, of PNS and PPPK, with SIASN's field names; each row says what it lacks to be taken.
#[utoipa::path(params(Listing<SiasnFilter>), responses((status = OK, description = "A page of courses", body = SiasnExportPage)))]
#[get("/siasn-courses", wrap = "policy::LIST_SIASN_COURSES")]
pub async fn list_siasn_courses(_access: Access, db: Data<Db>, list: Listing<SiasnFilter>) -> Result<SiasnExportPage> {
    service::list(&db, &list).await
}

/// Download credit as SIASN takes it
///
/// The complete rows of a year as a table; the list says what the others lack.
#[utoipa::path(params(SiasnFilter), responses((status = OK, description = "The table", body = String, content_type = "text/csv")))]
#[get("/siasn-courses.csv", wrap = "policy::DOWNLOAD_SIASN_COURSES")]
pub async fn download_siasn_courses(
    _access: Access,
    db: Data<Db>,
    Query(filter): Query<SiasnFilter>,
) -> Result<Rendered> {
    let body = service::table(&db, filter).await?;
    let file_name = Some(format!("siasn-courses-{}.csv", filter.year));
    Ok(Rendered { media_type: csv::MEDIA_TYPE, body, file_name })
}
