use actix_web::web::Data;
use actix_web::{get, patch, post};
use uuid::Uuid;

use super::dto::{
    MatchingRound, MatchingRoundChanges, MatchingRoundFilter, MatchingRoundPage, NewMatchingRound, UnmatchedFilter,
    UnmatchedRequestPage,
};
use super::{execution, publication, service};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, Path, Tagged};
use crate::kernel::jobs::{Accepted, Job};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::mentoring::matching_proposals::service as proposals;
use crate::mentoring::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_matching_rounds)
        .service(create_matching_round)
        .service(read_matching_round)
        .service(update_matching_round)
        .service(execute_matching_round)
        .service(list_unmatched_requests)
        .service(accept_matching_proposals)
        .service(publish_matching_round)
        .service(cancel_matching_round);
}

/// List matching rounds
///
/// The newest first unless sorted otherwise (`created_at`, `starts_on`).
#[utoipa::path(params(Listing<MatchingRoundFilter>), responses((status = OK, description = "A page of rounds", body = MatchingRoundPage)))]
#[get("/matching-rounds", wrap = "policy::LIST_MATCHING_ROUNDS")]
pub async fn list_matching_rounds(
    _access: Access,
    db: Data<Db>,
    list: Listing<MatchingRoundFilter>,
) -> Result<MatchingRoundPage> {
    service::list(&db, &list).await
}

/// Read a matching round
///
/// With the figures of its last execution, and what may be done next in `actions`.
#[utoipa::path(responses((status = OK, description = "The round", body = MatchingRound)))]
#[get("/matching-rounds/{matching_round_id}", wrap = "policy::READ_MATCHING_ROUND")]
pub async fn read_matching_round(
    _access: Access,
    db: Data<Db>,
    matching_round_id: Path<Uuid>,
) -> Result<Tagged<MatchingRound>> {
    service::read(&db, *matching_round_id).await.map(Tagged)
}

/// Prepare a matching round
///
/// What each term of a score counts, and who is kept apart, stand in `parameters`; what is left out is as usual.
#[utoipa::path(responses((status = CREATED, description = "The new round", body = MatchingRound)))]
#[post("/matching-rounds", wrap = "policy::CREATE_MATCHING_ROUND")]
pub async fn create_matching_round(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewMatchingRound>,
) -> Result<Created<MatchingRound>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a matching round
///
/// While it is not published or cancelled. With other parameters it is a draft again, to be executed anew.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The round", body = MatchingRound)))]
#[patch("/matching-rounds/{matching_round_id}", wrap = "policy::UPDATE_MATCHING_ROUND")]
pub async fn update_matching_round(
    access: Access,
    db: Data<Db>,
    matching_round_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<MatchingRoundChanges>,
) -> Result<Tagged<MatchingRound>> {
    service::update(&db, &access, *matching_round_id, expected, changes).await.map(Tagged)
}

/// Execute a matching round
///
/// A job finds the best pairs for all open requests at once: most people matched, then the greatest total score, then the smaller
/// ids, so that the same people and parameters always give the same pairs. As often as wanted: accepted pairs stay, those turned
/// down do not come again, all others are replaced. One execution at a time (`matching_under_way`); at most 4,000 requests and
/// 4,000 mentors (`matching_too_large`).
#[utoipa::path(params(MaybeIfMatch), responses((status = ACCEPTED, description = "The job that finds the pairs", body = Job)))]
#[post("/matching-rounds/{matching_round_id}/execution", wrap = "policy::EXECUTE_MATCHING_ROUND")]
pub async fn execute_matching_round(
    access: Access,
    db: Data<Db>,
    matching_round_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Accepted> {
    execution::execute(&db, &access, *matching_round_id, expected).await
}

/// List who found no mentor in a round
///
/// Each with the rule that stood in the way and the cheapest thing that would help, as the last execution found it.
#[utoipa::path(params(Listing<UnmatchedFilter>), responses((status = OK, description = "A page of people", body = UnmatchedRequestPage)))]
#[get("/matching-rounds/{matching_round_id}/unmatched", wrap = "policy::LIST_UNMATCHED_REQUESTS")]
pub async fn list_unmatched_requests(
    _access: Access,
    db: Data<Db>,
    matching_round_id: Path<Uuid>,
    list: Listing<UnmatchedFilter>,
) -> Result<UnmatchedRequestPage> {
    service::unmatched(&db, *matching_round_id, &list).await
}

/// Accept all pairs of a round
///
/// Those on which nothing was decided.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The round", body = MatchingRound)))]
#[post("/matching-rounds/{matching_round_id}/acceptance", wrap = "policy::ACCEPT_MATCHING_PROPOSALS")]
pub async fn accept_matching_proposals(
    access: Access,
    db: Data<Db>,
    matching_round_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<MatchingRound>> {
    proposals::accept_all(&db, &access, *matching_round_id, expected).await.map(Tagged)
}

/// Publish a matching round
///
/// Accepted pairs become mentorships that both are to accept, and their requests are matched, all at once; the others are told what stood in the way, and
/// their requests stay open. Refused where a mentor would get more mentees than they take (`mentors_overloaded`). Pairs that came
/// to nothing meanwhile, because a request was withdrawn or the two are a pair already, are turned down.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The round", body = MatchingRound)))]
#[post("/matching-rounds/{matching_round_id}/publication", wrap = "policy::PUBLISH_MATCHING_ROUND")]
pub async fn publish_matching_round(
    access: Access,
    db: Data<Db>,
    matching_round_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<MatchingRound>> {
    publication::publish(&db, &access, *matching_round_id, expected).await.map(Tagged)
}

/// Cancel a matching round
///
/// Before it is published. Requests stay open.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The round", body = MatchingRound)))]
#[post("/matching-rounds/{matching_round_id}/cancellation", wrap = "policy::CANCEL_MATCHING_ROUND")]
pub async fn cancel_matching_round(
    access: Access,
    db: Data<Db>,
    matching_round_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<MatchingRound>> {
    service::cancel(&db, &access, *matching_round_id, expected).await.map(Tagged)
}
