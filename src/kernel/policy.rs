//! Who may do what: one row an operation, and the row is the guard of its route.
//!
//! A role that may never do it gets 403 before the body is read. How far a role reaches ([`Reach`]) is for the query to apply:
//! a row out of reach is 404, as if it were not there.

use std::future::{Ready, ready};
use std::rc::Rc;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use chrono::TimeDelta;
use futures_util::future::LocalBoxFuture;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::auth::{self, Caller};
use super::error::{Error, FORBIDDEN, INVALID_TOKEN, NOT_ACCEPTABLE, Refusal, Result, UNAUTHENTICATED};
use super::gate::Gate;
use super::idempotency::IdempotencyKey;
use super::language::Language;
use super::query;
use super::routes::UnreadQuery;

/// How recent a sign-in must be for a sensitive change.
const FRESH: TimeDelta = TimeDelta::minutes(5);

/// A sensitive change needs a sign-in of the last five minutes, with the second factor where one is enrolled.
pub const SIGN_IN_AGAIN: Refusal = Refusal {
    code: "sign_in_again",
    status: 403,
    id: "Masuk kembali dahulu: langkah ini memerlukan login dalam lima menit terakhir",
    en: "Sign in again first: this step needs a sign-in of the last five minutes",
};

/// Where admins must have a second factor, one who signed in without it has no admin's rights.
pub const SECOND_FACTOR_ENROLMENT_REQUIRED: Refusal = Refusal {
    code: "second_factor_enrolment_required",
    status: 403,
    id: "Admin wajib memakai faktor kedua: daftarkan TOTP di /api/v1/me/totp, atau masuk dengan kodenya",
    en: "Admins need a second factor: enrol TOTP at /api/v1/me/totp, or sign in with its code",
};

/// How far a caller reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reach {
    /// Not at all: 403.
    No,
    /// Their own record.
    Own,
    /// Their own record and those of their present mentees.
    Mentees,
    /// Every row.
    All,
}

/// The policy of one operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The operation, as the OpenAPI and the handler call it.
    pub operation: &'static str,
    /// The reach of librarian, mentor and admin.
    pub reach: [Reach; 3],
    /// Whether nobody needs to sign in.
    pub open: bool,
    /// Whether the caller must have signed in within the last five minutes.
    pub fresh: bool,
    /// Representations besides JSON.
    pub formats: &'static [&'static str],
    /// What the list can be sorted by, where it is one.
    pub sorts: &'static [&'static str],
}

/// A row for those who are signed in: the reach of librarian, mentor and admin.
pub const fn rule(operation: &'static str, reach: [Reach; 3]) -> Rule {
    Rule { operation, reach, open: false, fresh: false, formats: &[], sorts: &[] }
}

/// A row for everybody, signed in or not.
pub const fn open(operation: &'static str) -> Rule {
    Rule { operation, reach: [Reach::All; 3], open: true, fresh: false, formats: &[], sorts: &[] }
}

impl Rule {
    /// The caller must have signed in within the last five minutes (step-up).
    #[must_use]
    pub const fn fresh(self) -> Self {
        Self { fresh: true, ..self }
    }

    /// Answers in these media types too.
    #[must_use]
    pub const fn also(self, formats: &'static [&'static str]) -> Self {
        Self { formats, ..self }
    }

    /// The list can be sorted by these names: those of the service's `SORTABLE`.
    #[must_use]
    pub const fn sorted_by(self, sorts: &'static [&'static str]) -> Self {
        Self { sorts, ..self }
    }

    /// How far this caller reaches: the widest of their roles.
    pub fn reach_of(&self, caller: &Caller) -> Reach {
        let [librarian, mentor, admin] = self.reach;
        let mut reach = librarian;
        if caller.is_mentor {
            reach = reach.max(mentor);
        }
        if caller.is_admin {
            reach = reach.max(admin);
        }
        reach
    }
}

/// What is known of a request before anybody looks at its content.
#[derive(Clone, Debug)]
pub struct RequestContext {
    /// The request's id, in the answer, the logs and the events.
    pub id: Uuid,
    /// The caller's language.
    pub language: Language,
    /// Where it comes from.
    pub address: Option<std::net::IpAddr>,
    /// What the client calls itself, cut to what is kept.
    pub user_agent: Option<String>,
    /// Whether it wants to be done once.
    pub idempotency: Option<IdempotencyKey>,
}

/// A right to act: who, and how far. Services demand one; only a [`Rule`] makes it.
#[derive(Clone, Debug)]
pub struct Access {
    caller: Option<Caller>,
    reach: Reach,
    request: Option<Arc<RequestContext>>,
}

impl Access {
    /// The service itself: jobs, the command line, the demonstration data.
    pub const fn system() -> Self {
        Self { caller: None, reach: Reach::All, request: None }
    }

    /// The right of a caller outside a request: for jobs that go on in somebody's name.
    pub const fn of(caller: Caller, reach: Reach) -> Self {
        Self { caller: Some(caller), reach, request: None }
    }

    /// The same caller's right under another row of the table; none where their roles may never. For answers that gather what
    /// the caller may do elsewhere.
    pub fn under(&self, rule: &Rule) -> Option<Self> {
        let reach = rule.reach_of(self.caller.as_ref()?);
        (reach != Reach::No).then(|| Self { reach, ..self.clone() })
    }

    /// Who acts; nobody on public operations and for the service itself.
    pub const fn caller(&self) -> Option<&Caller> {
        self.caller.as_ref()
    }

    /// Who acts, where somebody must be signed in.
    pub fn signed_in(&self) -> Result<&Caller> {
        self.caller.as_ref().ok_or_else(|| UNAUTHENTICATED.into())
    }

    /// How far.
    pub const fn reach(&self) -> Reach {
        self.reach
    }

    /// The librarian record of who acts.
    pub fn own_librarian(&self) -> Option<Uuid> {
        self.caller.as_ref().and_then(|caller| caller.librarian_id)
    }

    /// Whether this person's record is the caller's own.
    pub fn is_own(&self, librarian_id: Uuid) -> bool {
        self.own_librarian() == Some(librarian_id)
    }

    /// Whether the caller runs the programme.
    pub fn is_admin(&self) -> bool {
        self.caller.as_ref().is_none_or(|caller| caller.is_admin)
    }

    /// The request's id.
    pub fn request_id(&self) -> Option<Uuid> {
        self.request.as_ref().map(|request| request.id)
    }

    /// The request, where there is one.
    pub fn request(&self) -> Option<&RequestContext> {
        self.request.as_deref()
    }

    /// The caller's language.
    pub fn language(&self) -> Language {
        self.request.as_ref().map_or_else(Language::default, |request| request.language)
    }

    /// The key of a request that wants to be done once.
    pub fn idempotency(&self) -> Option<&IdempotencyKey> {
        self.request.as_ref().and_then(|request| request.idempotency.as_ref())
    }
}

impl FromRequest for Access {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // A handler without a guard gets none.
        ready(request.extensions().get::<Self>().cloned().ok_or_else(|| FORBIDDEN.into()))
    }
}

impl<S, B> Transform<S, ServiceRequest> for Rule
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = actix_web::Error;
    type InitError = ();
    type Transform = Guard<S>;
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        ready(Ok(Guard { rule: *self, service: Rc::new(service) }))
    }
}

/// A route's guard.
pub struct Guard<S> {
    rule: Rule,
    service: Rc<S>,
}

impl<S, B> Service<ServiceRequest> for Guard<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self::Response, Self::Error>>;

    actix_web::dev::forward_ready!(service);

    fn call(&self, mut request: ServiceRequest) -> Self::Future {
        let (rule, service) = (self.rule, Rc::clone(&self.service));
        Box::pin(async move {
            match admit(rule, &mut request).await {
                Ok(()) => service.call(request).await.map(ServiceResponse::map_into_boxed_body),
                Err(error) => Ok(request.error_response(error)),
            }
        })
    }
}

/// Lets a request pass, with the right that it carries from now on.
async fn admit(rule: Rule, request: &mut ServiceRequest) -> Result<()> {
    let gate = request
        .app_data::<actix_web::web::Data<Gate>>()
        .cloned()
        .ok_or_else(|| Error::internal("the application has no gate"))?;
    let caller = match auth::identify(request.headers(), &gate).await {
        Err(Error::Refused(_)) if rule.open => None,
        outcome => outcome?,
    };
    let mut context = request
        .extensions()
        .get::<Arc<RequestContext>>()
        .cloned()
        .ok_or_else(|| Error::internal("the request did not come through the front"))?;
    let (allowance, verdict) = gate.limits.charge(caller.as_ref(), context.address);
    if let Some(allowance) = allowance {
        request.extensions_mut().insert(allowance);
    }
    verdict?;
    let (caller, lacks_second_factor) = match caller {
        Some(caller) if gate.require_admin_mfa && caller.is_admin && !caller.second_factor => {
            (Some(Caller { is_admin: false, ..caller }), true)
        }
        caller => (caller, false),
    };
    let reach = match (&caller, rule.open) {
        (Some(caller), false) => rule.reach_of(caller),
        (_, true) => Reach::All,
        (None, false) => {
            let bearer = request.headers().contains_key(actix_web::http::header::AUTHORIZATION);
            return Err(if bearer { INVALID_TOKEN } else { UNAUTHENTICATED }.into());
        }
    };
    if reach == Reach::No {
        return Err(if lacks_second_factor { SECOND_FACTOR_ENROLMENT_REQUIRED } else { FORBIDDEN }.into());
    }
    if rule.fresh
        && let Some(caller) = &caller
        && (gate.db.now() - caller.signed_in_at > FRESH || caller.has_second_factor && !caller.second_factor)
    {
        return Err(SIGN_IN_AGAIN.into());
    }
    if !accepts(request, rule.formats) {
        return Err(NOT_ACCEPTABLE.into());
    }
    if request.extensions().contains::<UnreadQuery>() {
        return Err(query::unread(request.query_string()));
    }
    if let Some(key) = super::http::idempotency_key(request, caller.as_ref()).await? {
        Arc::make_mut(&mut context).idempotency = Some(key);
    }
    request.extensions_mut().insert(Access { caller, reach, request: Some(context) });
    Ok(())
}

/// Whether the client takes one of the representations that the operation has.
fn accepts(request: &ServiceRequest, formats: &[&str]) -> bool {
    let Some(header) = request.headers().get(actix_web::http::header::ACCEPT) else { return true };
    let Ok(header) = header.to_str() else { return false };
    header.split(',').any(|range| {
        let range = range.split(';').next().unwrap_or_default().trim();
        let known = |format: &str| {
            format.eq_ignore_ascii_case(range)
                || range.strip_suffix("/*").is_some_and(|family| {
                    format.split('/').next().is_some_and(|known| known.eq_ignore_ascii_case(family))
                })
        };
        range == "*/*" || range.is_empty() || known("application/json") || formats.iter().copied().any(known)
    })
}
