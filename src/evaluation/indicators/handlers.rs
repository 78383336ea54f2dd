use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::calculation::{self, CalculationQuery, IndicatorCalculation};
use super::dto::{Indicator, IndicatorChanges, IndicatorFilter, IndicatorPage, NewIndicator};
use super::service;
use super::trend::{self, IndicatorSeries, SeriesQuery};
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{
    Computed, Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Rendered, Represented, Tagged, Wanted,
};
use crate::kernel::page::{Listing, Query};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::kernel::{csv, svg};

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_indicators)
        .service(create_indicator)
        .service(read_indicator)
        .service(update_indicator)
        .service(archive_indicator)
        .service(restore_indicator)
        .service(read_indicator_calculation)
        .service(read_indicator_trend)
        .service(read_indicator_trend_csv)
        .service(read_indicator_trend_svg);
}

/// List indicators
///
/// What tells whether the programme works, by code, each with the method of today.
#[utoipa::path(params(Listing<IndicatorFilter>), responses((status = OK, description = "A page of indicators", body = IndicatorPage)))]
#[get("/indicators", wrap = "policy::LIST_INDICATORS")]
pub async fn list_indicators(access: Access, db: Data<Db>, list: Listing<IndicatorFilter>) -> Result<IndicatorPage> {
    service::list(&db, &access, &list).await
}

/// Read an indicator
///
/// Archived ones are shown to admins alone.
#[utoipa::path(responses((status = OK, description = "The indicator", body = Indicator)))]
#[get("/indicators/{indicator_id}", wrap = "policy::READ_INDICATOR")]
pub async fn read_indicator(access: Access, db: Data<Db>, indicator_id: Path<Uuid>) -> Result<Tagged<Indicator>> {
    service::read(&db, &access, *indicator_id).await.map(Tagged)
}

/// Enter an indicator
///
/// With its first method: values that are entered with evidence, library figures put together, or something that the service reckons
/// from its own records. The code must be new to the library; archived indicators keep theirs.
#[utoipa::path(responses((status = CREATED, description = "The new indicator", body = Indicator)))]
#[post("/indicators", wrap = "policy::CREATE_INDICATOR")]
pub async fn create_indicator(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewIndicator>,
) -> Result<Created<Indicator>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change an indicator
///
/// What it is called, its tolerance, its origin, its programme. How it is reckoned changes by a new method; decimals, direction and
/// length of periods stay.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The indicator", body = Indicator)))]
#[patch("/indicators/{indicator_id}", wrap = "policy::UPDATE_INDICATOR")]
pub async fn update_indicator(
    access: Access,
    db: Data<Db>,
    indicator_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<IndicatorChanges>,
) -> Result<Tagged<Indicator>> {
    service::update(&db, &access, *indicator_id, expected, changes).await.map(Tagged)
}

/// Archive an indicator
///
/// It leaves the lists and the dashboard; what was measured stays. `restoration` undoes it.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The indicator is archived")))]
#[delete("/indicators/{indicator_id}", wrap = "policy::ARCHIVE_INDICATOR")]
pub async fn archive_indicator(
    access: Access,
    db: Data<Db>,
    indicator_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::archive(&db, &access, *indicator_id, expected).await.map(|()| NoContent)
}

/// Restore an indicator
///
/// Takes an archived indicator back into use.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The indicator", body = Indicator)))]
#[post("/indicators/{indicator_id}/restoration", wrap = "policy::RESTORE_INDICATOR")]
pub async fn restore_indicator(
    access: Access,
    db: Data<Db>,
    indicator_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Indicator>> {
    service::restore(&db, &access, *indicator_id, expected).await.map(Tagged)
}

/// Reckon an indicator
///
/// What it comes to in a period as things stand now, with what that is made of; kept nowhere. Where it cannot be reckoned the answer
/// says what is missing. To keep it, measure the period.
#[utoipa::path(params(CalculationQuery), responses((status = OK, description = "The value", body = IndicatorCalculation)))]
#[get("/indicators/{indicator_id}/calculation", wrap = "policy::READ_INDICATOR_CALCULATION")]
pub async fn read_indicator_calculation(
    access: Access,
    db: Data<Db>,
    indicator_id: Path<Uuid>,
    Query(query): Query<CalculationQuery>,
) -> Result<Computed<IndicatorCalculation>> {
    calculation::read(&db, &access, *indicator_id, &query).await.map(Computed)
}

fn table(series: &IndicatorSeries) -> Result<Rendered> {
    let file_name = Some(format!("{}.csv", series.code.to_lowercase()));
    Ok(Rendered { media_type: csv::MEDIA_TYPE, body: trend::table(series)?, file_name })
}

fn picture(series: &IndicatorSeries, access: &Access) -> Rendered {
    Rendered { media_type: svg::MEDIA_TYPE, body: trend::picture(series, access.language()), file_name: None }
}

/// Read an indicator over time
///
/// Value, target and status of each period, the earliest first, with the bands; as a table with `Accept: text/csv` or `.csv`, as a
/// picture with `Accept: image/svg+xml` or `.svg`. That two indicators move alike (sejalan) does not show that one causes the
/// other.
#[utoipa::path(params(SeriesQuery), responses((status = OK, description = "The series",
    content((IndicatorSeries = "application/json"), (String = "text/csv"), (String = "image/svg+xml")))))]
#[get("/indicators/{indicator_id}/trend", wrap = "policy::READ_INDICATOR_TREND")]
pub async fn read_indicator_trend(
    access: Access,
    db: Data<Db>,
    indicator_id: Path<Uuid>,
    Query(query): Query<SeriesQuery>,
    wanted: Wanted,
) -> Result<Represented<Computed<IndicatorSeries>>> {
    let series = trend::read(&db, &access, *indicator_id, &query).await?;
    if wanted.is(csv::MEDIA_TYPE) {
        return table(&series).map(Represented::Other);
    }
    if wanted.is(svg::MEDIA_TYPE) {
        return Ok(Represented::Other(picture(&series, &access)));
    }
    Ok(Represented::Json(Computed(series)))
}

/// Download an indicator over time
///
/// A row a period.
#[utoipa::path(params(SeriesQuery), responses((status = OK, description = "The table", body = String, content_type = "text/csv")))]
#[get("/indicators/{indicator_id}/trend.csv", wrap = "policy::READ_INDICATOR_TREND_CSV")]
pub async fn read_indicator_trend_csv(
    access: Access,
    db: Data<Db>,
    indicator_id: Path<Uuid>,
    Query(query): Query<SeriesQuery>,
) -> Result<Rendered> {
    table(&trend::read(&db, &access, *indicator_id, &query).await?)
}

/// Draw an indicator over time
///
/// The line of the values over their bands, with the steps of the targets.
#[utoipa::path(params(SeriesQuery), responses((status = OK, description = "The picture", body = String, content_type = "image/svg+xml")))]
#[get("/indicators/{indicator_id}/trend.svg", wrap = "policy::READ_INDICATOR_TREND_SVG")]
pub async fn read_indicator_trend_svg(
    access: Access,
    db: Data<Db>,
    indicator_id: Path<Uuid>,
    Query(query): Query<SeriesQuery>,
) -> Result<Rendered> {
    Ok(picture(&trend::read(&db, &access, *indicator_id, &query).await?, &access))
}
