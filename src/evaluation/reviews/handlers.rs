use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::content::{NewReview, ReviewChanges};
use super::dto::{Review, ReviewFilter, ReviewPage};
use super::{lifecycle, service};
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_reviews)
        .service(create_review)
        .service(read_review)
        .service(update_review)
        .service(delete_review)
        .service(hold_review)
        .service(close_review);
}

/// List reviews
///
/// Evaluation meetings, the latest first unless sorted otherwise (`held_on`, `created_at`).
#[utoipa::path(params(Listing<ReviewFilter>), responses((status = OK, description = "A page of reviews", body = ReviewPage)))]
#[get("/reviews", wrap = "policy::LIST_REVIEWS")]
pub async fn list_reviews(access: Access, db: Data<Db>, list: Listing<ReviewFilter>) -> Result<ReviewPage> {
    service::list(&db, &access, &list).await
}

/// Read a review
///
/// Agenda, minutes and decisions; what was found stands in its findings.
#[utoipa::path(responses((status = OK, description = "The review", body = Review)))]
#[get("/reviews/{review_id}", wrap = "policy::READ_REVIEW")]
pub async fn read_review(access: Access, db: Data<Db>, review_id: Path<Uuid>) -> Result<Tagged<Review>> {
    service::read(&db, &access, *review_id).await.map(Tagged)
}

/// Plan a review
///
/// With a day, an agenda and participants.
#[utoipa::path(responses((status = CREATED, description = "The new review", body = Review)))]
#[post("/reviews", wrap = "policy::CREATE_REVIEW")]
pub async fn create_review(access: Access, db: Data<Db>, Json(new): Json<NewReview>) -> Result<Created<Review>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a review
///
/// Until it is closed: minutes and decisions are written here.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The review", body = Review)))]
#[patch("/reviews/{review_id}", wrap = "policy::UPDATE_REVIEW")]
pub async fn update_review(
    access: Access,
    db: Data<Db>,
    review_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<ReviewChanges>,
) -> Result<Tagged<Review>> {
    service::update(&db, &access, *review_id, expected, changes).await.map(Tagged)
}

/// Remove a review
///
/// For good, where it was never held and nothing was found.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The review is gone")))]
#[delete("/reviews/{review_id}", wrap = "policy::DELETE_REVIEW")]
pub async fn delete_review(
    access: Access,
    db: Data<Db>,
    review_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *review_id, expected).await.map(|()| NoContent)
}

/// Say that a review was held
///
/// On its day or later.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The review", body = Review)))]
#[post("/reviews/{review_id}/holding", wrap = "policy::HOLD_REVIEW")]
pub async fn hold_review(
    access: Access,
    db: Data<Db>,
    review_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Review>> {
    lifecycle::hold_meeting(&db, &access, *review_id, expected).await.map(Tagged)
}

/// Close a review
///
/// When each finding has an improvement action that was not given up, or a reason why not (else `findings_open`).
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The review", body = Review)))]
#[post("/reviews/{review_id}/closure", wrap = "policy::CLOSE_REVIEW")]
pub async fn close_review(
    access: Access,
    db: Data<Db>,
    review_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Review>> {
    lifecycle::close(&db, &access, *review_id, expected).await.map(Tagged)
}
