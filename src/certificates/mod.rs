//! Certificates (sertifikat): what is handed to somebody who completed an activity, and how others know that it is true.
//!
//! A certificate is issued in the transaction that completes the activity, once. It says for ever what it said on that day; a
//! mistake is made good by another that takes its place. Whoever has the code on the paper learns whether it holds.

#[expect(clippy::module_inception, reason = "the folder of a resource has the name of its path")]
pub(crate) mod certificates;
pub(crate) mod credentials;
pub(crate) mod paper;
pub(crate) mod policy;
pub(crate) mod verify;
pub(crate) mod words;

pub use certificates::entity;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "certificates",
    tags: &[
        ("certificates", "Certificates (sertifikat) of those who completed an activity."),
        (
            "credentials",
            "Credentials: certificates as Open Badges 3.0, signed, for other systems to verify by themselves.",
        ),
        ("credential-status-lists", "Status lists: which credentials were taken back."),
        ("credential-issuer", "The library as an issuer of credentials."),
        ("credential-keys", "The keys that sign credentials."),
        ("verify", "Verification (verifikasi): whether a certificate holds, for everybody who has the code on it."),
    ],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[certificates::service::CERTIFICATE_REPLACED],
    faults: &[],
    hooks: &[],
    contributions: &[],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(certificates::handlers::routes)
        .configure(credentials::handlers::routes)
        .configure(verify::handlers::routes);
}
