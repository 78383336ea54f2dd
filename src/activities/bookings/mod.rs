//! Bookings (pemakaian tempat): which session has which venue when, and that no two have one at once.
//!
//! The key is the venue: it is a room or another place already, and a session's `room` is no more than words. A session has its venue
//! from its beginning until just before its end. Sessions of drafts have theirs too, so that a plan does not lose its room while it is
//! being prepared and announcing one never fails for it; what is called off or archived gives its venues up.
//!
//! Whoever takes a venue holds its row first and looks then: of several who ask at once, one finds it free.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod service;
