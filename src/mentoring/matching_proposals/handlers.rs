use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::{MatchingProposal, MatchingProposalFilter, MatchingProposalPage, NewMatchingProposal};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, Json, MaybeIfMatch, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::mentoring::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_matching_proposals)
        .service(create_matching_proposal)
        .service(read_matching_proposal)
        .service(accept_matching_proposal)
        .service(reject_matching_proposal);
}

/// List the pairs of a round
///
/// Each with its score, term by term; the best first unless sorted otherwise (`score`, `mentee_id`).
#[utoipa::path(params(Listing<MatchingProposalFilter>), responses((status = OK, description = "A page of pairs", body = MatchingProposalPage)))]
#[get("/matching-rounds/{matching_round_id}/proposals", wrap = "policy::LIST_MATCHING_PROPOSALS")]
pub async fn list_matching_proposals(
    _access: Access,
    db: Data<Db>,
    matching_round_id: Path<Uuid>,
    list: Listing<MatchingProposalFilter>,
) -> Result<MatchingProposalPage> {
    service::list(&db, *matching_round_id, &list).await
}

/// Propose a pair oneself
///
/// It is accepted with that, in place of what the round proposed for the request. Competencies, languages and former decisions are
/// for the admin to judge; the same person, a pair that is there already and a direct superior stay refused (`never_a_pair`).
#[utoipa::path(responses((status = CREATED, description = "The new pair", body = MatchingProposal)))]
#[post("/matching-rounds/{matching_round_id}/proposals", wrap = "policy::CREATE_MATCHING_PROPOSAL")]
pub async fn create_matching_proposal(
    access: Access,
    db: Data<Db>,
    matching_round_id: Path<Uuid>,
    Json(new): Json<NewMatchingProposal>,
) -> Result<Created<MatchingProposal>> {
    service::create(&db, &access, *matching_round_id, new).await.map(Created)
}

/// Read a pair of a round
///
/// With its score, term by term. An execution replaces pairs on which nothing was decided.
#[utoipa::path(responses((status = OK, description = "The pair", body = MatchingProposal)))]
#[get("/matching-proposals/{matching_proposal_id}", wrap = "policy::READ_MATCHING_PROPOSAL")]
pub async fn read_matching_proposal(
    _access: Access,
    db: Data<Db>,
    matching_proposal_id: Path<Uuid>,
) -> Result<Tagged<MatchingProposal>> {
    service::read(&db, *matching_proposal_id).await.map(Tagged)
}

/// Accept a pair
///
/// Also one that was turned down. It stays when the round is executed anew, and takes a place of its mentor. A request has one
/// accepted pair in a round (`request_has_pair`).
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The pair", body = MatchingProposal)))]
#[post("/matching-proposals/{matching_proposal_id}/acceptance", wrap = "policy::ACCEPT_MATCHING_PROPOSAL")]
pub async fn accept_matching_proposal(
    access: Access,
    db: Data<Db>,
    matching_proposal_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<MatchingProposal>> {
    service::accept(&db, &access, *matching_proposal_id, expected).await.map(Tagged)
}

/// Turn a pair down
///
/// Also one that was accepted. It does not come again when the round is executed anew.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The pair", body = MatchingProposal)))]
#[post("/matching-proposals/{matching_proposal_id}/rejection", wrap = "policy::REJECT_MATCHING_PROPOSAL")]
pub async fn reject_matching_proposal(
    access: Access,
    db: Data<Db>,
    matching_proposal_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<MatchingProposal>> {
    service::reject(&db, &access, *matching_proposal_id, expected).await.map(Tagged)
}
