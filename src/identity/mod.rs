//! Identity (akun dan masuk): who may come in.
//!
//! People sign in with email and password, and a second factor if they have one. They get a short access token (JWT) and a
//! refresh token that is good for one use. A refresh token that comes twice ends its session; a changed role or a deactivated
//! account counts within seconds. The last active admin stays one. Values follow NIST SP 800-63B-4 and OWASP ASVS 5.0.

pub mod accounts;
pub(crate) mod attempts;
pub(crate) mod directory;
pub(crate) mod housekeeping;
pub(crate) mod invitations;
pub(crate) mod keys;
pub(crate) mod mails;
pub(crate) mod one_time;
pub(crate) mod password_resets;
pub(crate) mod passwords;
pub(crate) mod policy;
pub(crate) mod second_factor;
pub(crate) mod sessions;
pub(crate) mod setup;
pub(crate) mod users;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "identity",
    tags: &[
        ("auth", "Sign in, stay signed in, sign out; own sessions; first password, forgotten password, first start."),
        ("me", "The caller's own account."),
        ("users", "Accounts, for admins."),
        ("invitations", "Who may join, for admins."),
        ("well-known", "What other services need in order to trust ours."),
    ],
    routes,
    root_routes: Some(root_routes),
    rules: policy::RULES,
    refusals: &[
        sessions::service::INVALID_CREDENTIALS,
        sessions::service::INVALID_REFRESH_TOKEN,
        sessions::service::REFRESH_TOKEN_REUSED,
        attempts::TOO_MANY_ATTEMPTS,
        one_time::INVALID_ONE_TIME_TOKEN,
        second_factor::service::SECOND_FACTOR_REQUIRED,
        second_factor::service::INVALID_SECOND_FACTOR,
        setup::service::ALREADY_SET_UP,
        users::service::EMAIL_TAKEN,
        users::service::LIBRARIAN_HAS_ACCOUNT,
        users::service::LAST_ADMIN,
        crate::kernel::policy::SIGN_IN_AGAIN,
        crate::kernel::policy::SECOND_FACTOR_ENROLMENT_REQUIRED,
    ],
    faults: passwords::FAULTS,
    hooks: &[],
    contributions: &[&housekeeping::FORGET_OLD],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(sessions::handlers::routes)
        .configure(setup::handlers::routes)
        .configure(password_resets::handlers::routes)
        .configure(users::handlers::routes)
        .configure(second_factor::handlers::routes)
        .configure(invitations::handlers::routes);
}

fn root_routes(config: &mut ServiceConfig) {
    config.configure(sessions::handlers::root_routes);
}
