//! What a chapter of the programme gives to the house.

use super::error::Refusal;
use super::hook::{Contribution, Hook};
use super::policy::Rule;
use super::routes::ServiceConfig;
use super::validation::Fault;

/// A chapter: its routes, who may use them, and how it says no.
#[derive(Clone, Copy)]
pub struct Slice {
    /// The folder's name.
    pub name: &'static str,
    /// The resources, in the order in which they are read: the first path segment after `/api/v1` (or the root), and what it is.
    pub tags: &'static [(&'static str, &'static str)],
    /// The routes under `/api/v1`.
    pub routes: fn(&mut ServiceConfig),
    /// The routes at the root.
    pub root_routes: Option<fn(&mut ServiceConfig)>,
    /// One row for each operation.
    pub rules: &'static [Rule],
    /// Reasons to say no.
    pub refusals: &'static [Refusal],
    /// Kinds of mistakes beyond the kernel's.
    pub faults: &'static [&'static Fault],
    /// What it does when something happens in a chapter below.
    pub hooks: &'static [Hook],
    /// What it gives to an answer of a chapter below, or to the kernel (kinds of jobs, chores): whoever takes it says by its type
    /// what it takes.
    pub contributions: &'static [Contribution],
}
