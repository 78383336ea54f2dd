//! The second factor: one-time codes from an app (TOTP, RFC 6238) and ten recovery codes for the day the app is lost.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod recovery_code;
pub(crate) mod service;
pub(crate) mod totp;
