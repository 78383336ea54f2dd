//! What tests stand on.

pub mod app;
pub mod client;
pub mod credit;
pub mod database;
pub mod document;
pub mod files;
pub mod jobs;
pub mod people;

pub use app::{TestApp, each_database};
pub use client::Client;
pub use serde_json::json;
