use actix_web::get;
use actix_web::web::Data;

use super::dto::{CultureQuery, LearningCulture};
use super::{render, service};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Rendered, Represented, Wanted};
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::kernel::{csv, svg};
use crate::learning::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_learning_culture).service(read_learning_culture_csv).service(read_learning_culture_svg);
}

fn table(culture: &LearningCulture, access: &Access) -> Result<Rendered> {
    let body = render::table(culture, access.language())?;
    Ok(Rendered { media_type: csv::MEDIA_TYPE, body, file_name: Some("learning-culture.csv".to_owned()) })
}

fn picture(culture: &LearningCulture, access: &Access) -> Rendered {
    Rendered { media_type: svg::MEDIA_TYPE, body: render::picture(culture, access.language()), file_name: None }
}

/// Read the learning culture
///
/// How many learned something this month, how steadily (streaks), the middle of their JP, and how many reach the 20 JP of their
/// duty; for everybody within reach and each unit, also as of a past day. Units of fewer than five people are held back, and
/// whatever would give them away; mentors see their mentees and themselves as they are. As a table with `Accept: text/csv` or
/// `.csv`, as a picture with `Accept: image/svg+xml` or `.svg`.
#[utoipa::path(params(CultureQuery), responses((status = OK, description = "The report",
    content((LearningCulture = "application/json"), (String = "text/csv"), (String = "image/svg+xml")))))]
#[get("/learning-culture", wrap = "policy::READ_LEARNING_CULTURE")]
pub async fn read_learning_culture(
    access: Access,
    db: Data<Db>,
    Query(query): Query<CultureQuery>,
    wanted: Wanted,
) -> Result<Represented<Computed<LearningCulture>>> {
    let culture = service::read(&db, &access, &query).await?;
    if wanted.is(csv::MEDIA_TYPE) {
        return table(&culture, &access).map(Represented::Other);
    }
    if wanted.is(svg::MEDIA_TYPE) {
        return Ok(Represented::Other(picture(&culture, &access)));
    }
    Ok(Represented::Json(Computed(culture)))
}

/// Download the learning culture
///
/// A row a unit, the whole first.
#[utoipa::path(params(CultureQuery), responses((status = OK, description = "The table", body = String, content_type = "text/csv")))]
#[get("/learning-culture.csv", wrap = "policy::READ_LEARNING_CULTURE_CSV")]
pub async fn read_learning_culture_csv(
    access: Access,
    db: Data<Db>,
    Query(query): Query<CultureQuery>,
) -> Result<Rendered> {
    table(&service::read(&db, &access, &query).await?, &access)
}

/// Draw the learning culture
///
/// A heat map: the share of people who learned something, by unit and month.
#[utoipa::path(params(CultureQuery), responses((status = OK, description = "The picture", body = String, content_type = "image/svg+xml")))]
#[get("/learning-culture.svg", wrap = "policy::READ_LEARNING_CULTURE_SVG")]
pub async fn read_learning_culture_svg(
    access: Access,
    db: Data<Db>,
    Query(query): Query<CultureQuery>,
) -> Result<Rendered> {
    Ok(picture(&service::read(&db, &access, &query).await?, &access))
}
