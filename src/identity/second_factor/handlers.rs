use actix_web::web::Data;
use actix_web::{delete, post};
use uuid::Uuid;

use super::dto::{RecoveryCodes, TotpConfirmation, TotpEnrolment};
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
    config.service(enrol_totp).service(confirm_totp).service(remove_totp).service(remove_user_totp);
}

/// Begin to enrol a second factor
///
/// Gives the secret for an authenticator app, this once; it counts after `confirmation` with a code from the app. Asked again
/// before that, it gives another secret. An enrolled factor must be removed first.
#[utoipa::path(responses((status = OK, description = "The secret", body = TotpEnrolment)))]
#[post("/me/totp", wrap = "policy::ENROL_TOTP")]
pub async fn enrol_totp(access: Access, db: Data<Db>) -> Result<Secret<TotpEnrolment>> {
    service::enrol(&db, &access).await.map(Secret)
}

/// Confirm the second factor
///
/// From now on sign-in asks for a code. Gives ten recovery codes, this once. The session that confirms counts as signed in with both.
#[utoipa::path(responses((status = OK, description = "The recovery codes", body = RecoveryCodes)))]
#[post("/me/totp/confirmation", wrap = "policy::CONFIRM_TOTP")]
pub async fn confirm_totp(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    Json(confirmation): Json<TotpConfirmation>,
) -> Result<Secret<RecoveryCodes>> {
    service::confirm(&db, &gate, &access, confirmation).await.map(Secret)
}

/// Remove own second factor
///
/// Needs a sign-in of the last five minutes with that factor. Its recovery codes go with it, other sessions end; 409 without one.
#[utoipa::path(responses((status = NO_CONTENT, description = "The second factor is removed")))]
#[delete("/me/totp", wrap = "policy::REMOVE_TOTP")]
pub async fn remove_totp(access: Access, db: Data<Db>, gate: Data<Gate>) -> Result<NoContent> {
    let user_id = access.signed_in()?.user_id;
    service::remove(&db, &gate, &access, user_id).await.map(|()| NoContent)
}

/// Remove somebody's second factor
///
/// For who lost both the app and the recovery codes; make sure who it is that asks. Ends all sessions of the account.
#[utoipa::path(responses((status = NO_CONTENT, description = "The second factor is removed")))]
#[delete("/users/{user_id}/totp", wrap = "policy::REMOVE_USER_TOTP")]
pub async fn remove_user_totp(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    user_id: Path<Uuid>,
) -> Result<NoContent> {
    service::remove(&db, &gate, &access, *user_id).await.map(|()| NoContent)
}
