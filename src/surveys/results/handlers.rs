use actix_web::get;
use actix_web::web::Data;
use uuid::Uuid;

use super::dto::{CampaignResults, ResultQuery, ResultVerification, SurveyCommentFilter, SurveyCommentPage};
use super::{comments, picture, service, table};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Path, Rendered, Represented, Wanted};
use crate::kernel::page::{Listing, Query};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::kernel::{csv, svg};
use crate::surveys::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(read_campaign_results)
        .service(read_campaign_results_csv)
        .service(read_campaign_results_svg)
        .service(verify_campaign_results)
        .service(list_campaign_comments)
        .service(read_published_results)
        .service(read_published_results_csv)
        .service(read_published_results_svg);
}

fn as_table(results: &CampaignResults, access: &Access) -> Result<Rendered> {
    let body = table::table(results, access.language())?;
    Ok(Rendered { media_type: csv::MEDIA_TYPE, body, file_name: Some("campaign-results.csv".to_owned()) })
}

fn as_picture(results: &CampaignResults, access: &Access) -> Rendered {
    Rendered { media_type: svg::MEDIA_TYPE, body: picture::picture(results, access.language()), file_name: None }
}

fn represented(
    results: CampaignResults,
    access: &Access,
    wanted: &Wanted,
) -> Result<Represented<Computed<CampaignResults>>> {
    if wanted.is(csv::MEDIA_TYPE) {
        return as_table(&results, access).map(Represented::Other);
    }
    if wanted.is(svg::MEDIA_TYPE) {
        return Ok(Represented::Other(as_picture(&results, access)));
    }
    Ok(Represented::Json(Computed(results)))
}

/// Read the results of a campaign
///
/// Counted and frozen when it closed (`results_not_frozen` before), broken down by one dimension of its respondents with `by`. Nothing
/// is told of fewer than 5 people (10 where minors or sensitive matters are asked about), nor anything from which that could be worked
/// out: small groups are told together or not at all. As a table with `Accept: text/csv` or `.csv`, as a picture with
/// `Accept: image/svg+xml` or `.svg`.
#[utoipa::path(params(ResultQuery), responses((status = OK, description = "The results",
    content((CampaignResults = "application/json"), (String = "text/csv"), (String = "image/svg+xml")))))]
#[get("/campaigns/{campaign_id}/results", wrap = "policy::READ_CAMPAIGN_RESULTS")]
pub async fn read_campaign_results(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
    Query(query): Query<ResultQuery>,
    wanted: Wanted,
) -> Result<Represented<Computed<CampaignResults>>> {
    represented(service::read(&db, &access, *campaign_id, &query).await?, &access, &wanted)
}

/// Download the results of a campaign
///
/// A row a value of each question, for everybody and for each group.
#[utoipa::path(params(ResultQuery), responses((status = OK, description = "The table", body = String, content_type = "text/csv")))]
#[get("/campaigns/{campaign_id}/results.csv", wrap = "policy::READ_CAMPAIGN_RESULTS_CSV")]
pub async fn read_campaign_results_csv(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
    Query(query): Query<ResultQuery>,
) -> Result<Rendered> {
    as_table(&service::read(&db, &access, *campaign_id, &query).await?, &access)
}

/// Draw the results of a campaign
///
/// How the answers to each question on a scale spread; broken down, a heat map of means by group.
#[utoipa::path(params(ResultQuery), responses((status = OK, description = "The picture", body = String, content_type = "image/svg+xml")))]
#[get("/campaigns/{campaign_id}/results.svg", wrap = "policy::READ_CAMPAIGN_RESULTS_SVG")]
pub async fn read_campaign_results_svg(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
    Query(query): Query<ResultQuery>,
) -> Result<Rendered> {
    Ok(as_picture(&service::read(&db, &access, *campaign_id, &query).await?, &access))
}

/// Verify the results of a campaign
///
/// Counts its answers anew, by the method and formula of the day on which it closed, and says whether that gives what was frozen, bit
/// for bit.
#[utoipa::path(responses((status = OK, description = "What came out", body = ResultVerification)))]
#[get("/campaigns/{campaign_id}/results/verification", wrap = "policy::VERIFY_CAMPAIGN_RESULTS")]
pub async fn verify_campaign_results(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
) -> Result<Computed<ResultVerification>> {
    service::verify(&db, &access, *campaign_id).await.map(Computed)
}

/// List the comments of a campaign
///
/// What people wrote, once it is closed: in no order, without anything else that they answered, and only for questions that enough
/// people wrote to.
#[utoipa::path(params(Listing<SurveyCommentFilter>), responses((status = OK, description = "A page of comments", body = SurveyCommentPage)))]
#[get("/campaigns/{campaign_id}/comments", wrap = "policy::LIST_CAMPAIGN_COMMENTS")]
pub async fn list_campaign_comments(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
    list: Listing<SurveyCommentFilter>,
) -> Result<SurveyCommentPage> {
    comments::list(&db, &access, *campaign_id, &list).await
}

/// Read published results
///
/// The results of a campaign that the library published, without an account. Nothing is told of fewer than 10 people. As a table with
/// `Accept: text/csv` or `.csv`, as a picture with `Accept: image/svg+xml` or `.svg`.
#[utoipa::path(params(ResultQuery), responses((status = OK, description = "The results",
    content((CampaignResults = "application/json"), (String = "text/csv"), (String = "image/svg+xml")))))]
#[get("/public/campaigns/{campaign_id}/results", wrap = "policy::READ_PUBLISHED_RESULTS")]
pub async fn read_published_results(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
    Query(query): Query<ResultQuery>,
    wanted: Wanted,
) -> Result<Represented<Computed<CampaignResults>>> {
    represented(service::read_published(&db, *campaign_id, &query).await?, &access, &wanted)
}

/// Download published results
///
/// A row a value of each question, for everybody and for each group.
#[utoipa::path(params(ResultQuery), responses((status = OK, description = "The table", body = String, content_type = "text/csv")))]
#[get("/public/campaigns/{campaign_id}/results.csv", wrap = "policy::READ_PUBLISHED_RESULTS_CSV")]
pub async fn read_published_results_csv(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
    Query(query): Query<ResultQuery>,
) -> Result<Rendered> {
    as_table(&service::read_published(&db, *campaign_id, &query).await?, &access)
}

/// Draw published results
///
/// How the answers to each question on a scale spread; broken down, a heat map of means by group.
#[utoipa::path(params(ResultQuery), responses((status = OK, description = "The picture", body = String, content_type = "image/svg+xml")))]
#[get("/public/campaigns/{campaign_id}/results.svg", wrap = "policy::READ_PUBLISHED_RESULTS_SVG")]
pub async fn read_published_results_svg(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
    Query(query): Query<ResultQuery>,
) -> Result<Rendered> {
    Ok(as_picture(&service::read_published(&db, *campaign_id, &query).await?, &access))
}
