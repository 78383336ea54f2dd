use actix_web::web::Data;
use actix_web::{delete, get, post};
use uuid::Uuid;

use super::dto::{AccessToken, Credentials, Jwks, Reauthentication, RefreshRequest, SessionPage, TokenPair};
use super::service;
use crate::identity::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::gate::Gate;
use crate::kernel::http::{Computed, Json, NoContent, Path, Secret};
use crate::kernel::page::{Listing, NoFilter};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(sign_in)
        .service(refresh_tokens)
        .service(prove_identity)
        .service(sign_out)
        .service(list_sessions)
        .service(end_sessions)
        .service(end_session);
}

/// The routes at the root.
pub(crate) fn root_routes(config: &mut ServiceConfig) {
    config.service(read_jwks);
}

/// Sign in
///
/// Wrong address and wrong password are answered alike. After five failures an account waits: 1 second, then 2, 4 … 15 minutes.
/// An address may try 30 times in 15 minutes. Where a second factor is enrolled, 401 `second_factor_required` asks for its code.
#[utoipa::path(responses((status = OK, description = "Signed in", body = TokenPair)))]
#[post("/auth/login", wrap = "policy::SIGN_IN")]
pub async fn sign_in(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    Json(credentials): Json<Credentials>,
) -> Result<Secret<TokenPair>> {
    service::login(&db, &gate, &access, credentials).await.map(Secret)
}

/// Stay signed in
///
/// A refresh token is good for one use; a retry within ten seconds gets the same answer. Used again later it ends the session.
#[utoipa::path(responses((status = OK, description = "The next pair of tokens", body = TokenPair)))]
#[post("/auth/refresh", wrap = "policy::REFRESH_TOKENS")]
pub async fn refresh_tokens(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    Json(request): Json<RefreshRequest>,
) -> Result<Secret<TokenPair>> {
    service::refresh(&db, &gate, &access, &request.refresh_token).await.map(Secret)
}

/// Prove again who you are
///
/// What is sensitive needs a sign-in of the last five minutes (403 `sign_in_again`). This renews it within the same session: the
/// password, and the second factor where one is enrolled. The refresh token stays as it is.
#[utoipa::path(responses((status = OK, description = "A fresh access token", body = AccessToken)))]
#[post("/auth/reauthentication", wrap = "policy::PROVE_IDENTITY")]
pub async fn prove_identity(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    Json(proof): Json<Reauthentication>,
) -> Result<Secret<AccessToken>> {
    service::reauthenticate(&db, &gate, &access, proof).await.map(Secret)
}

/// Sign out
///
/// Ends the session that asks; its tokens count no longer.
#[utoipa::path(responses((status = NO_CONTENT, description = "Signed out")))]
#[post("/auth/logout", wrap = "policy::SIGN_OUT")]
pub async fn sign_out(access: Access, db: Data<Db>, gate: Data<Gate>) -> Result<NoContent> {
    service::logout(&db, &gate, &access).await.map(|()| NoContent)
}

/// List own sessions
///
/// The devices on which the caller is signed in, newest first.
#[utoipa::path(params(Listing<NoFilter>), responses((status = OK, description = "A page of sessions", body = SessionPage)))]
#[get("/auth/sessions", wrap = "policy::LIST_SESSIONS")]
pub async fn list_sessions(access: Access, db: Data<Db>, list: Listing<NoFilter>) -> Result<SessionPage> {
    service::list(&db, &access, &list).await
}

/// End a session
///
/// One of the caller's own; an admin may end anybody's.
#[utoipa::path(responses((status = NO_CONTENT, description = "The session is over")))]
#[delete("/auth/sessions/{session_id}", wrap = "policy::END_SESSION")]
pub async fn end_session(access: Access, db: Data<Db>, gate: Data<Gate>, session_id: Path<Uuid>) -> Result<NoContent> {
    service::end(&db, &gate, &access, *session_id).await.map(|()| NoContent)
}

/// Sign out everywhere
///
/// Ends all of the caller's sessions, this one too.
#[utoipa::path(responses((status = NO_CONTENT, description = "All sessions are over")))]
#[delete("/auth/sessions", wrap = "policy::END_SESSIONS")]
pub async fn end_sessions(access: Access, db: Data<Db>, gate: Data<Gate>) -> Result<NoContent> {
    service::end_all(&db, &gate, &access).await.map(|()| NoContent)
}

/// Read the public keys
///
/// With these another service can verify our access tokens (RFC 7517). The next key is published a day before it signs.
#[utoipa::path(responses((status = OK, description = "The JWK set", body = Jwks)))]
#[get("/.well-known/jwks.json", wrap = "policy::READ_JWKS")]
pub async fn read_jwks(gate: Data<Gate>) -> Computed<serde_json::Value> {
    Computed(gate.tokens.jwks())
}
