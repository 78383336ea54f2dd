use actix_web::web::Data;
use actix_web::{delete, get, post};
use uuid::Uuid;

use super::dto::{ActivityIndicator, ActivityIndicatorPage, NewActivityIndicator};
use super::service;
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::{Listing, NoFilter};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_activity_indicators)
        .service(create_activity_indicator)
        .service(read_activity_indicator)
        .service(delete_activity_indicator);
}

/// List the indicators of an activity
///
/// Those that it is meant to move, in the order in which they were linked (`created_at`).
#[utoipa::path(params(Listing<NoFilter>), responses((status = OK, description = "A page of links", body = ActivityIndicatorPage)))]
#[get("/activities/{activity_id}/indicators", wrap = "policy::LIST_ACTIVITY_INDICATORS")]
pub async fn list_activity_indicators(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    list: Listing<NoFilter>,
) -> Result<ActivityIndicatorPage> {
    service::list(&db, &access, *activity_id, &list).await
}

/// Link an indicator to an activity
///
/// Its measurements before and after stand in the activity's evaluation (level 4). At most 20 an activity (`too_many_activity_indicators`), each once.
#[utoipa::path(responses((status = CREATED, description = "The new link", body = ActivityIndicator)))]
#[post("/activities/{activity_id}/indicators", wrap = "policy::CREATE_ACTIVITY_INDICATOR")]
pub async fn create_activity_indicator(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    Json(new): Json<NewActivityIndicator>,
) -> Result<Created<ActivityIndicator>> {
    service::create(&db, &access, *activity_id, new).await.map(Created)
}

/// Read the link of an indicator to an activity
///
/// With what is expected.
#[utoipa::path(responses((status = OK, description = "The link", body = ActivityIndicator)))]
#[get("/activity-indicators/{activity_indicator_id}", wrap = "policy::READ_ACTIVITY_INDICATOR")]
pub async fn read_activity_indicator(
    access: Access,
    db: Data<Db>,
    activity_indicator_id: Path<Uuid>,
) -> Result<Tagged<ActivityIndicator>> {
    service::read(&db, &access, *activity_indicator_id).await.map(Tagged)
}

/// Take the link of an indicator away
///
/// The indicator and its measurements stay.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The link is gone")))]
#[delete("/activity-indicators/{activity_indicator_id}", wrap = "policy::DELETE_ACTIVITY_INDICATOR")]
pub async fn delete_activity_indicator(
    access: Access,
    db: Data<Db>,
    activity_indicator_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *activity_indicator_id, expected).await.map(|()| NoContent)
}
