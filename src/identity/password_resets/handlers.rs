use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{Responder, post};
use uuid::Uuid;

use super::dto::{IssuedPasswordReset, PasswordReset, PasswordResetReceipt, PasswordResetRequest};
use super::service;
use crate::identity::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::gate::Gate;
use crate::kernel::http::{Json, NoContent, Path, Secret};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(request_password_reset).service(reset_password).service(issue_password_reset);
}

/// Ask for a link to choose a new password
///
/// Answers alike, and as fast, whether there is such an account or not. One link a minute is queued as mail to an active account.
#[utoipa::path(responses((status = ACCEPTED, description = "If there is such an account, a link is on its way", body = PasswordResetReceipt)))]
#[post("/auth/password-reset-requests", wrap = "policy::REQUEST_PASSWORD_RESET")]
pub async fn request_password_reset(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    Json(request): Json<PasswordResetRequest>,
) -> Result<impl Responder> {
    let receipt = service::request(&db, &gate, &access, request)?;
    Ok(Secret(receipt).customize().with_status(StatusCode::ACCEPTED))
}

/// Choose a new password by a link
///
/// Ends all sessions of the account. A second factor stays: the next sign-in asks for it.
#[utoipa::path(responses((status = NO_CONTENT, description = "The password is changed")))]
#[post("/auth/password-resets", wrap = "policy::RESET_PASSWORD")]
pub async fn reset_password(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    Json(reset): Json<PasswordReset>,
) -> Result<NoContent> {
    service::reset(&db, &gate, &access, reset).await.map(|()| NoContent)
}

/// Make a link to choose a new password
///
/// For an admin to hand over to the owner of an active account; make sure who it is that asks. Shown this once.
#[utoipa::path(responses((status = OK, description = "The link", body = IssuedPasswordReset)))]
#[post("/users/{user_id}/password-reset", wrap = "policy::ISSUE_PASSWORD_RESET")]
pub async fn issue_password_reset(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    user_id: Path<Uuid>,
) -> Result<Secret<IssuedPasswordReset>> {
    service::issue(&db, &gate, &access, *user_id).await.map(Secret)
}
