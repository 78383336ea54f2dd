//! Behaviour, told through the HTTP API, on every database. The folders mirror `src/`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod support;

mod activities;
mod calendars;
mod certificates;
mod competencies;
mod credits;
mod evaluation;
mod events;
mod files;
mod identity;
mod kernel;
mod learning;
mod mentoring;
mod programmes;
mod rules;
mod settings;
mod staff;
mod surveys;
mod tasks;
