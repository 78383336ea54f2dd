//! What readers do without an account.

use actix_web::web::Data;
use actix_web::{get, post};

use super::dto::{FeedbackReceipt, NewReaderFeedback, PublicFeedback};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::gate::Gate;
use crate::kernel::http::{Json, Path, Secret};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::surveys::policy;

/// What the limit of those who write to the library is counted by.
const INTAKE: &[u8] = b"reader feedback";

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(send_public_feedback).service(read_public_feedback);
}

/// Write to the library
///
/// A suggestion, a complaint, praise. The code in the answer finds what the library says to it; it is shown this once. Limited by
/// address.
#[utoipa::path(responses((status = OK, description = "It came in; with the code", body = FeedbackReceipt)))]
#[post("/public/reader-feedback", wrap = "policy::SEND_PUBLIC_FEEDBACK")]
pub async fn send_public_feedback(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    Json(new): Json<NewReaderFeedback>,
) -> Result<Secret<FeedbackReceipt>> {
    gate.limits.charge_sending(INTAKE, access.request().and_then(|request| request.address))?;
    service::receive(&db, new).await.map(Secret)
}

/// Follow what one wrote to the library
///
/// By the code, read as people write it: without hyphens, in small letters, with O for 0.
#[utoipa::path(
    params(("code" = String, Path, description = "The code that came with the receipt", max_length = 100, example = "7Q2M-0VXG-4KZC-91TD-RY5B-3HNE-8WA")),
    responses((status = OK, description = "What was said, and what the library says to it", body = PublicFeedback))
)]
#[get("/public/reader-feedback/{code}", wrap = "policy::READ_PUBLIC_FEEDBACK")]
pub async fn read_public_feedback(_access: Access, db: Data<Db>, code: Path<String>) -> Result<Secret<PublicFeedback>> {
    service::follow(&db, &code).await.map(Secret)
}
