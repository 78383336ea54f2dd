use actix_web::get;
use actix_web::web::Data;

use super::dto::{CompetencyGaps, Coverage, CoverageQuery, GapQuery};
use super::{coverage, service};
use crate::competencies::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Rendered, Represented, Wanted};
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::kernel::{csv, svg};

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(read_competency_gaps)
        .service(read_competency_gaps_csv)
        .service(read_competency_gaps_svg)
        .service(read_coverage);
}

fn table(gaps: &CompetencyGaps, access: &Access) -> Result<Rendered> {
    let body = service::table(gaps, access.language())?;
    Ok(Rendered { media_type: csv::MEDIA_TYPE, body, file_name: Some("competency-gaps.csv".to_owned()) })
}

fn picture(gaps: &CompetencyGaps, access: &Access) -> Rendered {
    Rendered { media_type: svg::MEDIA_TYPE, body: service::picture(gaps, access.language()), file_name: None }
}

/// Read competency gaps
///
/// The ranked training needs (AKPK) of everybody within reach, with the data of a heat map competency x unit; as a table with
/// `Accept: text/csv` or `.csv`, as a picture with `Accept: image/svg+xml` or `.svg`. Mentors see their mentees and themselves.
#[utoipa::path(params(GapQuery), responses((status = OK, description = "The gaps",
    content((CompetencyGaps = "application/json"), (String = "text/csv"), (String = "image/svg+xml")))))]
#[get("/competency-gaps", wrap = "policy::READ_COMPETENCY_GAPS")]
pub async fn read_competency_gaps(
    access: Access,
    db: Data<Db>,
    Query(query): Query<GapQuery>,
    wanted: Wanted,
) -> Result<Represented<Computed<CompetencyGaps>>> {
    let gaps = service::read(&db, &access, &query).await?;
    if wanted.is(csv::MEDIA_TYPE) {
        return table(&gaps, &access).map(Represented::Other);
    }
    if wanted.is(svg::MEDIA_TYPE) {
        return Ok(Represented::Other(picture(&gaps, &access)));
    }
    Ok(Represented::Json(Computed(gaps)))
}

/// Download competency gaps
///
/// The ranked training needs as a table: a row a competency, a column a unit with its missing levels.
#[utoipa::path(params(GapQuery), responses((status = OK, description = "The table", body = String, content_type = "text/csv")))]
#[get("/competency-gaps.csv", wrap = "policy::READ_COMPETENCY_GAPS_CSV")]
pub async fn read_competency_gaps_csv(access: Access, db: Data<Db>, Query(query): Query<GapQuery>) -> Result<Rendered> {
    table(&service::read(&db, &access, &query).await?, &access)
}

/// Draw competency gaps
///
/// A heat map: the share of people who reach what is asked, by competency and unit.
#[utoipa::path(params(GapQuery), responses((status = OK, description = "The picture", body = String, content_type = "image/svg+xml")))]
#[get("/competency-gaps.svg", wrap = "policy::READ_COMPETENCY_GAPS_SVG")]
pub async fn read_competency_gaps_svg(access: Access, db: Data<Db>, Query(query): Query<GapQuery>) -> Result<Rendered> {
    Ok(picture(&service::read(&db, &access, &query).await?, &access))
}

/// Read coverage
///
/// How many people of each unit reach what is asked, now and on a later day when some have retired or their levels have ended;
/// with an alert where only one person can.
#[utoipa::path(params(CoverageQuery), responses((status = OK, description = "The coverage", body = Coverage)))]
#[get("/coverage", wrap = "policy::READ_COVERAGE")]
pub async fn read_coverage(
    access: Access,
    db: Data<Db>,
    Query(query): Query<CoverageQuery>,
) -> Result<Computed<Coverage>> {
    coverage::read(&db, &access, &query).await.map(Computed)
}
