//! Behaviour, told through the HTTP API, on every database. The folders mirror `src/`.

mod support;

mod competencies;
mod identity;
mod kernel;
mod rules;
mod staff;
