use actix_web::web::Data;
use actix_web::{delete, get, post};

use super::dto::{CalendarLink, NewCalendarLink};
use super::service;
use crate::calendars::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::gate::Gate;
use crate::kernel::http::{Computed, NoContent, Secret};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_calendar_link).service(renew_calendar_link).service(delete_calendar_link);
}

/// Look for one's calendar link
///
/// Whether there is one, and since when. The link itself is shown once, when it is made.
#[utoipa::path(responses((status = OK, description = "Whether there is one", body = CalendarLink)))]
#[get("/me/calendar", wrap = "policy::READ_CALENDAR_LINK")]
pub async fn read_calendar_link(access: Access, db: Data<Db>) -> Result<Computed<CalendarLink>> {
    service::read(&db, &access).await.map(Computed)
}

/// Make one's calendar link
///
/// A secret link under which a calendar application finds what the caller is registered for. One that was made before leads
/// nowhere from now on.
#[utoipa::path(responses((status = OK, description = "The link, shown this once", body = NewCalendarLink)))]
#[post("/me/calendar", wrap = "policy::RENEW_CALENDAR_LINK")]
pub async fn renew_calendar_link(access: Access, db: Data<Db>, gate: Data<Gate>) -> Result<Secret<NewCalendarLink>> {
    service::renew(&db, &access, gate.tokens.issuer().trim_end_matches('/')).await.map(Secret)
}

/// Give up one's calendar link
///
/// It leads nowhere from now on.
#[utoipa::path(responses((status = NO_CONTENT, description = "The link is given up")))]
#[delete("/me/calendar", wrap = "policy::DELETE_CALENDAR_LINK")]
pub async fn delete_calendar_link(access: Access, db: Data<Db>) -> Result<NoContent> {
    service::delete(&db, &access).await.map(|()| NoContent)
}
