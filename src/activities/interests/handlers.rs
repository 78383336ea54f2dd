use actix_web::web::Data;
use actix_web::{delete, get, post};
use uuid::Uuid;

use super::dto::{Interest, InterestFilter, InterestPage, NewInterest};
use super::service;
use crate::activities::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(list_interests).service(create_interest).service(read_interest).service(delete_interest);
}

/// List interests
///
/// One's own and one's mentees'; admins see all. The latest first. How many there are stands with each activity.
#[utoipa::path(params(Listing<InterestFilter>), responses((status = OK, description = "A page of interests", body = InterestPage)))]
#[get("/interests", wrap = "policy::LIST_INTERESTS")]
pub async fn list_interests(access: Access, db: Data<Db>, list: Listing<InterestFilter>) -> Result<InterestPage> {
    service::list(&db, &access, &list).await
}

/// Read an interest
///
/// One's own, a mentee's, or as an admin anybody's.
#[utoipa::path(responses((status = OK, description = "The interest", body = Interest)))]
#[get("/interests/{interest_id}", wrap = "policy::READ_INTEREST")]
pub async fn read_interest(access: Access, db: Data<Db>, interest_id: Path<Uuid>) -> Result<Tagged<Interest>> {
    service::read(&db, &access, *interest_id).await.map(Tagged)
}

/// Say that one would take part
///
/// In an announced activity without a date; once for each person.
#[utoipa::path(responses((status = CREATED, description = "The interest", body = Interest)))]
#[post("/activities/{activity_id}/interests", wrap = "policy::CREATE_INTEREST")]
pub async fn create_interest(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    Json(new): Json<NewInterest>,
) -> Result<Created<Interest>> {
    service::create(&db, &access, *activity_id, new).await.map(Created)
}

/// Take an interest back
///
/// One's own, or as an admin anybody's.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The interest is removed")))]
#[delete("/interests/{interest_id}", wrap = "policy::DELETE_INTEREST")]
pub async fn delete_interest(
    access: Access,
    db: Data<Db>,
    interest_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *interest_id, expected).await.map(|()| NoContent)
}
