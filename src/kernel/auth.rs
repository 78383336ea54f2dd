//! Who is calling: access tokens (JWT, EdDSA, RFC 9068) and the sessions behind them.
//!
//! A token tells which session it belongs to; the session, looked up at most every five seconds, tells who that is today:
//! signing out, a changed role or a deactivated account count at once, not when the token expires.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::LocalBoxFuture;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::error::{Error, INVALID_TOKEN, Result};
use super::gate::Gate;
use super::secret::sha256;

/// How long an access token is good for.
pub const TOKEN_LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// How long a process may go on believing what it knows of a session.
const SESSION_MEMORY: Duration = Duration::from_secs(5);
/// How many checked tokens and sessions a process remembers.
const REMEMBERED: u64 = 10_000;
/// The audience of our tokens.
const AUDIENCE: &str = "bina";
/// The media type of access tokens (RFC 9068, 2.1).
const TOKEN_TYPE: &str = "at+jwt";
/// How far clocks may differ.
const LEEWAY_SECONDS: u64 = 5;

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, not states of one")]
pub struct Caller {
    /// The account.
    pub user_id: Uuid,
    /// The session.
    pub session_id: Uuid,
    /// The professional record of the person, if the account has one.
    pub librarian_id: Option<Uuid>,
    /// Whether they mentor.
    pub is_mentor: bool,
    /// Whether they run the programme.
    pub is_admin: bool,
    /// When they last proved who they are.
    pub signed_in_at: DateTime<Utc>,
    /// Whether they proved it with a second factor too.
    pub second_factor: bool,
    /// Whether the account has a second factor to prove it with.
    pub has_second_factor: bool,
}

/// What an access token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued it.
    pub iss: String,
    /// Whom it is for.
    pub aud: String,
    /// The account.
    pub sub: Uuid,
    /// The session.
    pub sid: Uuid,
    /// The token.
    pub jti: Uuid,
    /// Issued at, seconds.
    pub iat: i64,
    /// Not before, seconds.
    pub nbf: i64,
    /// Expires at, seconds.
    pub exp: i64,
    /// When the person last signed in, seconds.
    pub auth_time: i64,
    /// How: `pwd`, and `otp` where a second factor was asked.
    pub amr: Vec<String>,
    /// Their roles.
    pub roles: Vec<String>,
}

/// Looks up who is behind a session now.
pub trait SessionDirectory: Send + Sync {
    /// The caller, or nothing when the session has ended or the account is not active.
    fn caller(&self, session_id: Uuid) -> LocalBoxFuture<'_, Result<Option<Caller>>>;
}

/// The keys of a moment: one signs, several verify.
pub struct KeyRing {
    /// The id of the signing key.
    pub signing_id: String,
    /// The signing key.
    pub signing: EncodingKey,
    /// Every key that may still have signed a living token, by id.
    pub verifying: HashMap<String, DecodingKey>,
    /// The public keys as a JWK set (RFC 7517).
    pub jwks: serde_json::Value,
}

/// Issues and checks access tokens.
pub struct Tokens {
    issuer: String,
    keys: RwLock<Arc<KeyRing>>,
    checked: moka::sync::Cache<[u8; 32], Arc<Claims>>,
    callers: moka::sync::Cache<Uuid, Caller>,
}

impl Tokens {
    /// Starts with these keys.
    pub fn new(issuer: String, keys: KeyRing) -> Self {
        Self {
            issuer,
            keys: RwLock::new(Arc::new(keys)),
            checked: moka::sync::Cache::builder()
                .max_capacity(REMEMBERED)
                .time_to_live(Duration::from_mins(11))
                .build(),
            callers: moka::sync::Cache::builder().max_capacity(REMEMBERED).time_to_live(SESSION_MEMORY).build(),
        }
    }

    /// The address under which clients reach the service.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Takes other keys from now on.
    pub fn replace_keys(&self, keys: KeyRing) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }

    fn keys(&self) -> Arc<KeyRing> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The public keys.
    pub fn jwks(&self) -> serde_json::Value {
        self.keys().jwks.clone()
    }

    /// Signs a token for a caller.
    pub fn issue(&self, caller: &Caller, id: Uuid, now: DateTime<Utc>) -> Result<String> {
        let roles = [(true, "librarian"), (caller.is_mentor, "mentor"), (caller.is_admin, "admin")];
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: caller.user_id,
            sid: caller.session_id,
            jti: id,
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: (now + TOKEN_LIFETIME).timestamp(),
            auth_time: caller.signed_in_at.timestamp(),
            amr: if caller.second_factor { vec!["pwd".to_owned(), "otp".to_owned()] } else { vec!["pwd".to_owned()] },
            roles: roles.iter().filter(|(has, _)| *has).map(|(_, name)| (*name).to_owned()).collect(),
        };
        self.sign(&claims)
    }

    /// Signs claims with the key of the moment.
    pub fn sign(&self, claims: &Claims) -> Result<String> {
        let keys = self.keys();
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TOKEN_TYPE.to_owned());
        header.kid = Some(keys.signing_id.clone());
        jsonwebtoken::encode(&header, claims, &keys.signing).map_err(Error::internal)
    }

    /// Checks a token. The same token coming again costs a hash, no signature check.
    pub fn check(&self, token: &str, now: DateTime<Utc>) -> Result<Arc<Claims>> {
        let fingerprint = sha256(token.as_bytes());
        let claims = if let Some(claims) = self.checked.get(&fingerprint) {
            claims
        } else {
            let claims = Arc::new(self.verify(token)?);
            self.checked.insert(fingerprint, Arc::clone(&claims));
            claims
        };
        let (seconds, leeway) = (now.timestamp(), LEEWAY_SECONDS.cast_signed());
        if claims.exp + leeway < seconds || claims.nbf - leeway > seconds {
            return Err(INVALID_TOKEN.into());
        }
        Ok(claims)
    }

    fn verify(&self, token: &str) -> Result<Claims> {
        let refuse = |_| Error::from(INVALID_TOKEN);
        let header = jsonwebtoken::decode_header(token).map_err(refuse)?;
        // Keys come from our own store by `kid` alone; a token that brings its own key or asks for more is not ours.
        let foreign = header.jku.is_some() || header.jwk.is_some() || header.x5u.is_some() || header.x5c.is_some();
        if foreign || header.alg != Algorithm::EdDSA || header.typ.as_deref() != Some(TOKEN_TYPE) {
            return Err(INVALID_TOKEN.into());
        }
        let keys = self.keys();
        let key =
            header.kid.as_deref().and_then(|id| keys.verifying.get(id)).ok_or_else(|| Error::from(INVALID_TOKEN))?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        // The instants are compared with the service's own clock, which tests can move.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        jsonwebtoken::decode::<Claims>(token, key, &validation).map(|data| data.claims).map_err(refuse)
    }

    /// Forgets what is known of a session: it changed.
    pub fn forget(&self, session_id: Uuid) {
        self.callers.invalidate(&session_id);
    }

    /// Forgets what is known of an account's sessions: it changed.
    pub fn forget_user(&self, user_id: Uuid) {
        let sessions: Vec<_> =
            self.callers.iter().filter(|(_, caller)| caller.user_id == user_id).map(|(session, _)| *session).collect();
        for session in sessions {
            self.callers.invalidate(&session);
        }
    }

    /// Forgets every session.
    pub fn forget_all(&self) {
        self.callers.invalidate_all();
    }
}

/// Finds out who calls: nobody without a token; a token that does not hold is an error.
pub(super) async fn identify(headers: &HeaderMap, gate: &Gate) -> Result<Option<Caller>> {
    let Some(header) = headers.get(AUTHORIZATION) else { return Ok(None) };
    let header = header.to_str().map_err(|_| Error::from(INVALID_TOKEN))?;
    let (scheme, token) = header.split_once(' ').ok_or_else(|| Error::from(INVALID_TOKEN))?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(INVALID_TOKEN.into());
    }
    let claims = gate.tokens.check(token.trim(), gate.db.now())?;
    // A token that knows of a later sign-in than this process does was issued by another one: look again.
    let known = gate.tokens.callers.get(&claims.sid);
    if let Some(caller) = known.filter(|caller| caller.signed_in_at.timestamp() >= claims.auth_time) {
        return if caller.user_id == claims.sub { Ok(Some(caller)) } else { Err(INVALID_TOKEN.into()) };
    }
    match gate.sessions.caller(claims.sid).await? {
        Some(caller) if caller.user_id == claims.sub => {
            gate.tokens.callers.insert(claims.sid, caller.clone());
            Ok(Some(caller))
        }
        _ => Err(INVALID_TOKEN.into()),
    }
}
