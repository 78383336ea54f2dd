use actix_web::get;
use actix_web::web::Data;

use super::dto::{MentoringReport, MentoringReportQuery};
use super::service;
use crate::kernel::csv;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Rendered, Represented, Wanted};
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::mentoring::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_mentoring_report).service(read_mentoring_report_csv);
}

fn table(report: &MentoringReport) -> Result<Rendered> {
    let body = service::table(report)?;
    Ok(Rendered { media_type: csv::MEDIA_TYPE, body, file_name: Some("mentoring-report.csv".to_owned()) })
}

/// Read the mentoring report
///
/// The pairs that stand: meetings held against planned, who has gone quiet for 30 days, how far the goals have come, by how many levels
/// mentees have grown since. Of all pairs for admins, of one's own for a mentor. As a table with `Accept: text/csv` or `.csv`.
#[utoipa::path(params(MentoringReportQuery), responses((status = OK, description = "The report",
    content((MentoringReport = "application/json"), (String = "text/csv")))))]
#[get("/mentoring-report", wrap = "policy::READ_MENTORING_REPORT")]
pub async fn read_mentoring_report(
    access: Access,
    db: Data<Db>,
    Query(query): Query<MentoringReportQuery>,
    wanted: Wanted,
) -> Result<Represented<Computed<MentoringReport>>> {
    let report = service::read(&db, &access, &query).await?;
    if wanted.is(csv::MEDIA_TYPE) {
        return table(&report).map(Represented::Other);
    }
    Ok(Represented::Json(Computed(report)))
}

/// Download the mentoring report
///
/// A row a pair, the quiet ones first.
#[utoipa::path(params(MentoringReportQuery), responses((status = OK, description = "The table", body = String, content_type = "text/csv")))]
#[get("/mentoring-report.csv", wrap = "policy::READ_MENTORING_REPORT_CSV")]
pub async fn read_mentoring_report_csv(
    access: Access,
    db: Data<Db>,
    Query(query): Query<MentoringReportQuery>,
) -> Result<Rendered> {
    table(&service::read(&db, &access, &query).await?)
}
