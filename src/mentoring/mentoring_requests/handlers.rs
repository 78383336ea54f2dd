use actix_web::web::Data;
use actix_web::{get, patch, post};
use uuid::Uuid;

use super::content::{MentoringRequestChanges, NewMentoringRequest};
use super::dto::{MentoringRequest, MentoringRequestFilter, MentoringRequestPage, RequestClosure};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::mentoring::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_mentoring_requests)
        .service(create_mentoring_request)
        .service(read_mentoring_request)
        .service(update_mentoring_request)
        .service(withdraw_mentoring_request)
        .service(close_mentoring_request);
}

/// List mentoring requests
///
/// One's own, for admins all; the newest first (`created_at`). What waits for a mentor: `status=open`.
#[utoipa::path(params(Listing<MentoringRequestFilter>), responses((status = OK, description = "A page of requests", body = MentoringRequestPage)))]
#[get("/mentoring-requests", wrap = "policy::LIST_MENTORING_REQUESTS")]
pub async fn list_mentoring_requests(
    access: Access,
    db: Data<Db>,
    list: Listing<MentoringRequestFilter>,
) -> Result<MentoringRequestPage> {
    service::list(&db, &access, &list).await
}

/// Read a mentoring request
///
/// With the pair that came of it, or with what stood in the way when a round of matching found nobody.
#[utoipa::path(responses((status = OK, description = "The request", body = MentoringRequest)))]
#[get("/mentoring-requests/{mentoring_request_id}", wrap = "policy::READ_MENTORING_REQUEST")]
pub async fn read_mentoring_request(
    access: Access,
    db: Data<Db>,
    mentoring_request_id: Path<Uuid>,
) -> Result<Tagged<MentoringRequest>> {
    service::read(&db, &access, *mentoring_request_id).await.map(Tagged)
}

/// Ask for a mentor
///
/// It waits for the next round of matching. One open request a person (`mentoring_request_open`).
#[utoipa::path(responses((status = CREATED, description = "The new request", body = MentoringRequest)))]
#[post("/mentoring-requests", wrap = "policy::CREATE_MENTORING_REQUEST")]
pub async fn create_mentoring_request(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewMentoringRequest>,
) -> Result<Created<MentoringRequest>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a mentoring request
///
/// By the person or an admin, while it is open.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The request", body = MentoringRequest)))]
#[patch("/mentoring-requests/{mentoring_request_id}", wrap = "policy::UPDATE_MENTORING_REQUEST")]
pub async fn update_mentoring_request(
    access: Access,
    db: Data<Db>,
    mentoring_request_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<MentoringRequestChanges>,
) -> Result<Tagged<MentoringRequest>> {
    service::update(&db, &access, *mentoring_request_id, expected, changes).await.map(Tagged)
}

/// Withdraw a mentoring request
///
/// By the person or an admin, while it is open. A pair that a round has found for it, but not published, comes to nothing.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The request", body = MentoringRequest)))]
#[post("/mentoring-requests/{mentoring_request_id}/withdrawal", wrap = "policy::WITHDRAW_MENTORING_REQUEST")]
pub async fn withdraw_mentoring_request(
    access: Access,
    db: Data<Db>,
    mentoring_request_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<MentoringRequest>> {
    service::withdraw(&db, &access, *mentoring_request_id, expected).await.map(Tagged)
}

/// Close a mentoring request
///
/// Without a mentor, with a reason for the person.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The request", body = MentoringRequest)))]
#[post("/mentoring-requests/{mentoring_request_id}/closure", wrap = "policy::CLOSE_MENTORING_REQUEST")]
pub async fn close_mentoring_request(
    access: Access,
    db: Data<Db>,
    mentoring_request_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(closure): Json<RequestClosure>,
) -> Result<Tagged<MentoringRequest>> {
    service::close(&db, &access, *mentoring_request_id, expected, closure).await.map(Tagged)
}
