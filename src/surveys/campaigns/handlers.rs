use actix_web::web::Data;
use actix_web::{get, patch, post};
use uuid::Uuid;

use super::content::{CampaignChanges, CampaignPublication, CampaignReason, NewCampaign, NewCampaignTokens};
use super::dto::{Campaign, CampaignFilter, CampaignLink, CampaignPage, CampaignTokens};
use super::{lifecycle, service, tokens};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, Path, Secret, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::surveys::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_campaigns)
        .service(create_campaign)
        .service(read_campaign)
        .service(update_campaign)
        .service(open_campaign)
        .service(close_campaign)
        .service(cancel_campaign)
        .service(publish_campaign)
        .service(issue_campaign_tokens)
        .service(renew_campaign_link);
}

/// List campaigns
///
/// Newest first unless sorted otherwise (`created_at`, `closes_on`). Drafts are shown to admins alone.
#[utoipa::path(params(Listing<CampaignFilter>), responses((status = OK, description = "A page of campaigns", body = CampaignPage)))]
#[get("/campaigns", wrap = "policy::LIST_CAMPAIGNS")]
pub async fn list_campaigns(access: Access, db: Data<Db>, list: Listing<CampaignFilter>) -> Result<CampaignPage> {
    service::list(&db, &access, &list).await
}

/// Read a campaign
///
/// With the number of answers so far; what was answered stands in its results.
#[utoipa::path(responses((status = OK, description = "The campaign", body = Campaign)))]
#[get("/campaigns/{campaign_id}", wrap = "policy::READ_CAMPAIGN")]
pub async fn read_campaign(access: Access, db: Data<Db>, campaign_id: Path<Uuid>) -> Result<Tagged<Campaign>> {
    service::read(&db, &access, *campaign_id).await.map(Tagged)
}

/// Prepare a campaign
///
/// A draft, until it is opened. Anonymous ones are answered through one-time tokens or an open link, the others by the staff under
/// their names. What should be reached (`target_sample`) follows from the population by Krejcie and Morgan.
#[utoipa::path(responses((status = CREATED, description = "The new draft", body = Campaign)))]
#[post("/campaigns", wrap = "policy::CREATE_CAMPAIGN")]
pub async fn create_campaign(access: Access, db: Data<Db>, Json(new): Json<NewCampaign>) -> Result<Created<Campaign>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a campaign
///
/// Title, days and population, until it is closed or cancelled.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The campaign", body = Campaign)))]
#[patch("/campaigns/{campaign_id}", wrap = "policy::UPDATE_CAMPAIGN")]
pub async fn update_campaign(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<CampaignChanges>,
) -> Result<Tagged<Campaign>> {
    service::update(&db, &access, *campaign_id, expected, changes).await.map(Tagged)
}

/// Open a campaign
///
/// It takes answers from its first day to its last.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The campaign", body = Campaign)))]
#[post("/campaigns/{campaign_id}/opening", wrap = "policy::OPEN_CAMPAIGN")]
pub async fn open_campaign(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Campaign>> {
    lifecycle::open(&db, &access, *campaign_id, expected).await.map(Tagged)
}

/// Close a campaign
///
/// It takes no more answers; they are written anew in random order and counted, and tokens that nobody used are forgotten. More than
/// 1,000 answers are counted by a job (`job_id`); the results are there once `results_frozen_at` says when. The day after its last one
/// it closes by itself.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The campaign", body = Campaign)))]
#[post("/campaigns/{campaign_id}/closing", wrap = "policy::CLOSE_CAMPAIGN")]
pub async fn close_campaign(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Campaign>> {
    lifecycle::close(&db, &access, *campaign_id, expected).await.map(Tagged)
}

/// Call a campaign off
///
/// With a reason. What was answered is removed for good.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The campaign", body = Campaign)))]
#[post("/campaigns/{campaign_id}/cancellation", wrap = "policy::CANCEL_CAMPAIGN")]
pub async fn cancel_campaign(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<CampaignReason>,
) -> Result<Tagged<Campaign>> {
    lifecycle::cancel(&db, &access, *campaign_id, expected, reason).await.map(Tagged)
}

/// Publish the results of a campaign
///
/// After it was closed. With fewer answers than the target sample a reason is asked for (`sample_too_small`), which is told with them.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The campaign", body = Campaign)))]
#[post("/campaigns/{campaign_id}/publication", wrap = "policy::PUBLISH_CAMPAIGN")]
pub async fn publish_campaign(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(publication): Json<CampaignPublication>,
) -> Result<Tagged<Campaign>> {
    lifecycle::publish(&db, &access, *campaign_id, expected, publication).await.map(Tagged)
}

/// Make one-time tokens
///
/// Each answers once, without an account. They are shown this once, and nothing says who gets which: print them, mix them, hand them out.
#[utoipa::path(responses((status = OK, description = "The tokens, shown this once", body = CampaignTokens)))]
#[post("/campaigns/{campaign_id}/tokens", wrap = "policy::ISSUE_CAMPAIGN_TOKENS")]
pub async fn issue_campaign_tokens(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
    Json(new): Json<NewCampaignTokens>,
) -> Result<Secret<CampaignTokens>> {
    tokens::issue(&db, &access, *campaign_id, new.count).await.map(Secret)
}

/// Make the open link of a campaign
///
/// Anybody who has it may answer, as often as the limits allow. One that was made before leads nowhere from now on.
#[utoipa::path(responses((status = OK, description = "The link, shown this once", body = CampaignLink)))]
#[post("/campaigns/{campaign_id}/link", wrap = "policy::RENEW_CAMPAIGN_LINK")]
pub async fn renew_campaign_link(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
) -> Result<Secret<CampaignLink>> {
    tokens::renew_link(&db, &access, *campaign_id).await.map(Secret)
}
