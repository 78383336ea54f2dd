//! Learning (pembelajaran): what people plan to learn, what they learn on their own, what they read, and how alive that is.
//!
//! Credit itself is kept below, in the ledger. Locks are taken in one order: the entry or the resource, the person, the plan.

pub(crate) mod development_plans;
pub(crate) mod learning_culture;
pub(crate) mod learning_entries;
pub(crate) mod learning_resources;
pub(crate) mod policy;
pub(crate) mod readings;
pub(crate) mod tasks;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "learning",
    tags: &[
        (
            "development-plans",
            "Development plans (rencana pengembangan kompetensi individu): goals, actions, planned against achieved.",
        ),
        ("plan-actions", "Actions (tindakan) of development plans: what the person says of them."),
        (
            "learning-entries",
            "Learning entries (catatan belajar): what somebody learned on their own, from the claim to the credit.",
        ),
        ("learning-resources", "Learning resources (bahan belajar): the reading list, tagged with what it helps with."),
        ("learning-culture", "Learning culture (budaya belajar): how many learn, how steadily, how much."),
        ("readings", "Readings (bacaan): who read what, and how good they found it."),
    ],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[
        development_plans::service::PLAN_CLOSED,
        development_plans::service::PLAN_EXISTS,
        development_plans::lifecycle::OWN_PLAN,
        development_plans::lifecycle::PLAN_EMPTY,
        development_plans::actions::ACTION_FOLLOWS,
        learning_entries::service::LEARNING_ENTRY_CLOSED,
        learning_entries::service::CERTIFICATE_CLAIMED,
        learning_entries::lifecycle::OWN_LEARNING,
        readings::service::ALREADY_READ,
    ],
    faults: &[],
    hooks: &[development_plans::progress::FOLLOW_CREDIT, development_plans::progress::FOLLOW_ATTENDANCE],
    contributions: &[
        &learning_resources::recommendations::READING_LIST,
        &development_plans::progress::FOLLOW_LEVELS,
        &learning_entries::service::FILES_OF_ENTRIES,
        &tasks::PLANS_TO_DECIDE,
        &tasks::PLANS_TO_MEND,
        &tasks::ENTRIES_TO_VERIFY,
        &tasks::ENTRIES_TO_MEND,
    ],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(development_plans::handlers::routes)
        .configure(learning_entries::handlers::routes)
        .configure(learning_resources::handlers::routes)
        .configure(readings::handlers::routes)
        .configure(learning_culture::handlers::routes);
}
