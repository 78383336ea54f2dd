use actix_web::get;
use actix_web::web::Data;

use super::dto::{FeedEventPage, FeedQuery};
use super::service;
use crate::events::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(list_events);
}

/// Follow the changes
///
/// In commit order, oldest first, as far as the caller may know: their own record, their present mentees', what all may see.
/// Every page has a `next_cursor`, the last one too (`has_more: false`): keep it and come again with it. A cursor serves the
/// `types` that it was made for. When events after it are no longer kept, the answer is 410 `cursor_expired`: load all anew.
#[utoipa::path(params(FeedQuery), responses(
    (status = OK, description = "A page of the feed", body = FeedEventPage),
))]
#[get("/events", wrap = "policy::LIST_EVENTS")]
pub async fn list_events(access: Access, db: Data<Db>, Query(query): Query<FeedQuery>) -> Result<FeedEventPage> {
    service::list(&db, &access, query).await
}
