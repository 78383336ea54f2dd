//! What every slice stands on: HTTP, databases and policy. It knows nothing about libraries.

pub mod auth;
pub mod clock;
pub mod csv;
pub mod db;
pub mod error;
pub mod event;
pub mod front;
pub mod gate;
pub mod hook;
pub mod http;
pub mod id;
pub mod idempotency;
pub mod language;
pub mod limits;
pub mod openapi;
pub mod page;
pub mod patch;
pub mod policy;
pub mod problem;
pub mod routes;
pub mod schema;
pub mod secret;
pub mod slice;
pub mod svg;
pub mod text;
mod traffic;
pub mod validation;
