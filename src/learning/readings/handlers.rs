use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{NewReading, Reading, ReadingChanges, ReadingFilter, ReadingPage};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::learning::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_readings)
        .service(create_reading)
        .service(read_reading)
        .service(update_reading)
        .service(delete_reading);
}

/// List readings
///
/// Who read what, with stars and words, the latest first unless sorted otherwise (`created_at`, `read_on`): of a resource, of a
/// person. Everybody sees them, for that is what they are for.
#[utoipa::path(params(Listing<ReadingFilter>), responses((status = OK, description = "A page of readings", body = ReadingPage)))]
#[get("/readings", wrap = "policy::LIST_READINGS")]
pub async fn list_readings(_access: Access, db: Data<Db>, list: Listing<ReadingFilter>) -> Result<ReadingPage> {
    service::list(&db, &list).await
}

/// Read a reading
///
/// Anybody's.
#[utoipa::path(responses((status = OK, description = "The reading", body = Reading)))]
#[get("/readings/{reading_id}", wrap = "policy::READ_READING")]
pub async fn read_reading(_access: Access, db: Data<Db>, reading_id: Path<Uuid>) -> Result<Tagged<Reading>> {
    service::read(&db, *reading_id).await.map(Tagged)
}

/// Say that one read something
///
/// Once for each resource, with stars from 1 to 5 if one likes.
#[utoipa::path(responses((status = CREATED, description = "The reading", body = Reading)))]
#[post("/learning-resources/{learning_resource_id}/readings", wrap = "policy::CREATE_READING")]
pub async fn create_reading(
    access: Access,
    db: Data<Db>,
    learning_resource_id: Path<Uuid>,
    Json(new): Json<NewReading>,
) -> Result<Created<Reading>> {
    service::create(&db, &access, *learning_resource_id, new).await.map(Created)
}

/// Change a reading
///
/// One's own, or as an admin anybody's. The mean of the stars follows at once.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The reading", body = Reading)))]
#[patch("/readings/{reading_id}", wrap = "policy::UPDATE_READING")]
pub async fn update_reading(
    access: Access,
    db: Data<Db>,
    reading_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<ReadingChanges>,
) -> Result<Tagged<Reading>> {
    service::update(&db, &access, *reading_id, expected, changes).await.map(Tagged)
}

/// Take a reading back
///
/// One's own, or as an admin anybody's.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The reading is removed")))]
#[delete("/readings/{reading_id}", wrap = "policy::DELETE_READING")]
pub async fn delete_reading(
    access: Access,
    db: Data<Db>,
    reading_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *reading_id, expected).await.map(|()| NoContent)
}
