//! Bina Pustaka ("nurturing the library"): the service on which a city library runs the development of its librarians.
//!
//! # The map
//! - [`kernel`]: HTTP, databases and policy; it knows nothing about libraries.
//! - The chapters, each a folder with a policy table and a folder per resource (`entity`, `dto`, `service`, `handlers`):
//!   [`identity`] (who may come in), [`files`] (what people bring along), [`staff`] (the professional record),
//!   [`competencies`] (what good looks like, and who is where), [`settings`] (what the rules are read from), [`credits`] (the
//!   ledger of credit hours), [`certificates`] (what is handed to people, and how others know that it is true), [`programmes`] (the
//!   yearly frame), [`activities`] (trainings, from the plan to the credit), [`surveys`] (what people are asked), [`mentoring`] (who
//!   helps whom, how they find one another, and what comes of it), [`learning`] (what people plan, and what they learn on their
//!   own), [`evaluation`] (whether it works), [`calendars`] (activities in everybody's own calendar), [`events`] (the log, for those
//!   who read it), [`jobs`] (what goes on after the answer).
//! - [`app`]: the table of contents; [`cli`]: the commands; [`config`]: every setting.
//!
//! # The road of a request
//! [`kernel::front::front`] gives it an id -> the guard of its route ([`kernel::policy::Rule`]) finds out who calls and how far
//! they reach -> the handler takes checked input -> the service asks [`kernel::db::Db::reader`] or changes things in
//! [`kernel::db::Db::write`], which leaves an event -> the answer passes the front again, where an error becomes a problem.

// Examples of objects with many fields are one `json!` each.
#![recursion_limit = "256"]

pub mod activities;
pub mod app;
pub mod calendars;
pub mod certificates;
pub mod cli;
pub mod competencies;
pub mod config;
pub mod credits;
pub mod demo;
pub mod evaluation;
pub mod events;
pub mod files;
pub mod health;
pub mod identity;
pub mod jobs;
pub mod kernel;
pub mod learning;
pub mod mentoring;
pub mod problems;
pub mod programmes;
pub mod security_contact;
pub mod settings;
pub mod staff;
pub mod surveys;
pub mod tasks;
