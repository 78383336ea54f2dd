use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::{Adoption, AdoptionFilter, AdoptionPage, AdoptionQuery, AdoptionReport, NewAdoption};
use super::{report, service};
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Created, Json, Path, Rendered, Represented, Tagged, Wanted};
use crate::kernel::page::{Listing, Query};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::kernel::svg;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_adoptions)
        .service(read_adoption)
        .service(create_adoption)
        .service(read_adoption_report)
        .service(read_adoption_report_svg);
}

/// List adoptions
///
/// How far oneself, one's mentees, or as an admin everybody has taken changes up, from day to day; the latest day first unless
/// sorted otherwise (`reached_on`, `created_at`).
#[utoipa::path(params(Listing<AdoptionFilter>), responses((status = OK, description = "A page of adoptions", body = AdoptionPage)))]
#[get("/adoptions", wrap = "policy::LIST_ADOPTIONS")]
pub async fn list_adoptions(access: Access, db: Data<Db>, list: Listing<AdoptionFilter>) -> Result<AdoptionPage> {
    service::list(&db, &access, &list).await
}

/// Read an adoption
///
/// A stage that somebody reached on a day.
#[utoipa::path(responses((status = OK, description = "The adoption", body = Adoption)))]
#[get("/adoptions/{adoption_id}", wrap = "policy::READ_ADOPTION")]
pub async fn read_adoption(access: Access, db: Data<Db>, adoption_id: Path<Uuid>) -> Result<Tagged<Adoption>> {
    service::read(&db, &access, *adoption_id).await.map(Tagged)
}

/// Record how far somebody has taken a change up
///
/// One's own stage, or as an admin anybody's, while the change is not over. Nothing is overwritten: of one day the row entered last
/// holds. What holds already is not recorded twice (`stage_recorded`).
#[utoipa::path(responses((status = CREATED, description = "The new row", body = Adoption)))]
#[post("/change-initiatives/{change_initiative_id}/adoptions", wrap = "policy::CREATE_ADOPTION")]
pub async fn create_adoption(
    access: Access,
    db: Data<Db>,
    change_initiative_id: Path<Uuid>,
    Json(new): Json<NewAdoption>,
) -> Result<Created<Adoption>> {
    service::create(&db, &access, *change_initiative_id, new).await.map(Created)
}

/// Read how far a change has spread
///
/// Adoption rate, stages, time from go-live to first use and Rogers' groups among the people whom it concerns today, also as of a past
/// day. Held back where it concerns fewer than five people. Who is no admin is told how many use it at the ends of months, rounded down
/// to fives. As a picture with `Accept: image/svg+xml` or `.svg`.
#[utoipa::path(params(AdoptionQuery), responses((status = OK, description = "The report",
    content((AdoptionReport = "application/json"), (String = "image/svg+xml")))))]
#[get("/change-initiatives/{change_initiative_id}/adoption", wrap = "policy::READ_ADOPTION_REPORT")]
pub async fn read_adoption_report(
    access: Access,
    db: Data<Db>,
    change_initiative_id: Path<Uuid>,
    Query(query): Query<AdoptionQuery>,
    wanted: Wanted,
) -> Result<Represented<Computed<AdoptionReport>>> {
    let (initiative, report) = report::read(&db, &access, *change_initiative_id, &query).await?;
    if wanted.is(svg::MEDIA_TYPE) {
        let body = report::picture(&initiative, &report, access.language());
        return Ok(Represented::Other(Rendered { media_type: svg::MEDIA_TYPE, body, file_name: None }));
    }
    Ok(Represented::Json(Computed(report)))
}

/// Draw how far a change has spread
///
/// The share of people who use the new way: from week to week to admins, at the ends of months and rounded down to everybody else.
#[utoipa::path(params(AdoptionQuery), responses((status = OK, description = "The picture", body = String, content_type = "image/svg+xml")))]
#[get("/change-initiatives/{change_initiative_id}/adoption.svg", wrap = "policy::READ_ADOPTION_REPORT_SVG")]
pub async fn read_adoption_report_svg(
    access: Access,
    db: Data<Db>,
    change_initiative_id: Path<Uuid>,
    Query(query): Query<AdoptionQuery>,
) -> Result<Rendered> {
    let (initiative, report) = report::read(&db, &access, *change_initiative_id, &query).await?;
    let body = report::picture(&initiative, &report, access.language());
    Ok(Rendered { media_type: svg::MEDIA_TYPE, body, file_name: None })
}
