use actix_web::get;
use actix_web::web::Data;
use uuid::Uuid;

use super::dto::{VenueBookingFilter, VenueBookingPage};
use super::service;
use crate::activities::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::Path;
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(list_venue_bookings);
}

/// List the bookings of a venue
///
/// The sessions that have it to themselves, by time: `from` and `until` cut out the time of a plan. Drafts have their venues too, and
/// are shown to admins alone; what is called off or archived has none.
#[utoipa::path(params(Listing<VenueBookingFilter>), responses((status = OK, description = "A page of bookings", body = VenueBookingPage)))]
#[get("/venues/{venue_id}/bookings", wrap = "policy::LIST_VENUE_BOOKINGS")]
pub async fn list_venue_bookings(
    access: Access,
    db: Data<Db>,
    venue_id: Path<Uuid>,
    list: Listing<VenueBookingFilter>,
) -> Result<VenueBookingPage> {
    service::list(&db, &access, *venue_id, &list).await
}
