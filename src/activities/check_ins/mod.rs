//! Check-ins (presensi): who was seen at the door, by a code that changes every half minute, or by hand.
//!
//! A device at the door may be without a network: it knows the session's verifiers beforehand, judges codes as the service
//! does, and sends its scans later. The state in the end depends on the scans alone, never on the order in which they arrive:
//! of several good scans of one person in one session, the earliest stands.

pub(crate) mod attendance;
pub(crate) mod code;
pub(crate) mod desk;
pub(crate) mod door;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
