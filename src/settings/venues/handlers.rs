use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{NewVenue, Venue, VenueChanges, VenueFilter, VenuePage};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::settings::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_venues)
        .service(create_venue)
        .service(read_venue)
        .service(update_venue)
        .service(archive_venue)
        .service(restore_venue);
}

/// List venues
///
/// Rooms and other places for activities, by code unless sorted otherwise (`code`, `name`).
#[utoipa::path(params(Listing<VenueFilter>), responses((status = OK, description = "A page of venues", body = VenuePage)))]
#[get("/venues", wrap = "policy::LIST_VENUES")]
pub async fn list_venues(access: Access, db: Data<Db>, list: Listing<VenueFilter>) -> Result<VenuePage> {
    service::list(&db, &access, &list).await
}

/// Read a venue
///
/// Archived venues are shown to admins alone.
#[utoipa::path(responses((status = OK, description = "The venue", body = Venue)))]
#[get("/venues/{venue_id}", wrap = "policy::READ_VENUE")]
pub async fn read_venue(access: Access, db: Data<Db>, venue_id: Path<Uuid>) -> Result<Tagged<Venue>> {
    service::read(&db, &access, *venue_id).await.map(Tagged)
}

/// Enter a venue
///
/// A room or another place with its capacity. The code must be new to the library; archived venues keep theirs.
#[utoipa::path(responses((status = CREATED, description = "The new venue", body = Venue)))]
#[post("/venues", wrap = "policy::CREATE_VENUE")]
pub async fn create_venue(access: Access, db: Data<Db>, Json(new): Json<NewVenue>) -> Result<Created<Venue>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a venue
///
/// Fields that are absent stay as they are; null clears address and equipment.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The venue", body = Venue)))]
#[patch("/venues/{venue_id}", wrap = "policy::UPDATE_VENUE")]
pub async fn update_venue(
    access: Access,
    db: Data<Db>,
    venue_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<VenueChanges>,
) -> Result<Tagged<Venue>> {
    service::update(&db, &access, *venue_id, expected, changes).await.map(Tagged)
}

/// Archive a venue
///
/// It leaves the lists; what takes place there stays. `restoration` undoes it.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The venue is archived")))]
#[delete("/venues/{venue_id}", wrap = "policy::ARCHIVE_VENUE")]
pub async fn archive_venue(
    access: Access,
    db: Data<Db>,
    venue_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::archive(&db, &access, *venue_id, expected).await.map(|()| NoContent)
}

/// Restore a venue
///
/// Takes an archived venue back into use.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The venue", body = Venue)))]
#[post("/venues/{venue_id}/restoration", wrap = "policy::RESTORE_VENUE")]
pub async fn restore_venue(
    access: Access,
    db: Data<Db>,
    venue_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Venue>> {
    service::restore(&db, &access, *venue_id, expected).await.map(Tagged)
}
