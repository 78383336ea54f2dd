use actix_web::body::BoxBody;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder, get};

use super::service;
use crate::calendars::links::service::owner;
use crate::calendars::{ical, policy};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Path, tagged};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_personal_calendar).service(read_public_calendar);
}

/// A calendar, with how long it may be kept.
pub struct Calendar {
    text: String,
    caching: &'static str,
}

impl Responder for Calendar {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut answer = tagged(request, None, self.text.into_bytes(), ical::MEDIA_TYPE);
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(self.caching));
        answer
    }
}

/// Subscribe to one's own calendar
///
/// What the owner of the link is registered for: confirmed, tentative while waiting for a seat, cancelled; and the meetings of
/// their mentorships, with whom and where, not what about. Found by the secret in the link alone; 304 where nothing changed.
#[utoipa::path(
    params(("token" = String, Path, description = "The secret in the link", max_length = 100, example = "2Jd0mWfB0cX6m8yqk2d9vGQqV7xB8Tt5u1Z3s4R6a7c")),
    responses((status = OK, description = "The calendar", body = String, content_type = "text/calendar"))
)]
#[get("/calendars/{token}.ics", wrap = "policy::READ_PERSONAL_CALENDAR")]
pub async fn read_personal_calendar(_access: Access, db: Data<Db>, token: Path<String>) -> Result<Calendar> {
    let text = service::personal(&db, owner(&db, &token).await?).await?;
    Ok(Calendar { text, caching: "private, no-cache" })
}

/// Subscribe to the calendar of activities
///
/// All that was announced, from three months ago on; what is called off stays as cancelled. 304 where nothing changed.
#[utoipa::path(responses((status = OK, description = "The calendar", body = String, content_type = "text/calendar")))]
#[get("/public/calendar.ics", wrap = "policy::READ_PUBLIC_CALENDAR")]
pub async fn read_public_calendar(_access: Access, db: Data<Db>) -> Result<Calendar> {
    Ok(Calendar { text: service::public(&db).await?, caching: "public, max-age=300" })
}
