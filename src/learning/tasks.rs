//! What plans and learning entries wait for, for the list of everybody's tasks.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{ExprTrait, Query};

use super::development_plans::entity::{self as plan, PlanStatus};
use super::learning_entries::entity::{self as entry, LearningEntryStatus};
use super::policy;
use crate::staff::reach;
use crate::tasks::source::{Asking, Find, TaskKind, TaskSource, Waiting, either, of};

/// Plans that somebody handed in, for superiors, mentors and admins.
pub static PLANS_TO_DECIDE: TaskSource = TaskSource {
    kind: TaskKind::DevelopmentPlanDecision,
    title: ["Putuskan rencana pengembangan", "Decide on a development plan"],
    collection: "development-plans",
    action: None,
    find: Find::AtOnce(|asking| plans(asking, PlanStatus::Submitted)),
};

/// Plans that came back to the person.
pub static PLANS_TO_MEND: TaskSource = TaskSource {
    kind: TaskKind::DevelopmentPlanCorrection,
    title: ["Perbaiki rencana pengembangan yang dikembalikan", "Mend a development plan that was returned"],
    collection: "development-plans",
    action: Some("submission"),
    find: Find::AtOnce(|asking| plans(asking, PlanStatus::Returned)),
};

/// Learning entries that somebody handed in, for mentors and admins.
pub static ENTRIES_TO_VERIFY: TaskSource = TaskSource {
    kind: TaskKind::LearningEntryVerification,
    title: ["Verifikasi catatan belajar", "Verify a learning entry"],
    collection: "learning-entries",
    action: None,
    find: Find::AtOnce(|asking| entries(asking, LearningEntryStatus::Submitted)),
};

/// Learning entries that came back to the person.
pub static ENTRIES_TO_MEND: TaskSource = TaskSource {
    kind: TaskKind::LearningEntryCorrection,
    title: ["Perbaiki catatan belajar yang dikembalikan", "Mend a learning entry that was returned"],
    collection: "learning-entries",
    action: None,
    find: Find::AtOnce(|asking| entries(asking, LearningEntryStatus::Returned)),
};

/// What was submitted waits for others, what was returned for the person.
fn plans(asking: &Asking<'_>, status: PlanStatus) -> Option<Waiting> {
    use plan::Column;
    let mut rows = Query::select().from(plan::Entity).and_where(Column::Status.eq(status)).to_owned();
    if status == PlanStatus::Submitted {
        let access = asking.access.under(&policy::APPROVE_DEVELOPMENT_PLAN)?;
        rows.cond_where(reach::within_or_led(&access, Column::LibrarianId, asking.today));
        if let Some(own) = access.own_librarian() {
            rows.and_where(Column::LibrarianId.ne(own));
        }
    } else {
        rows.and_where(Column::LibrarianId.eq(asking.access.own_librarian()?));
    }
    let since = if status == PlanStatus::Submitted { Column::SubmittedAt } else { Column::DecidedAt };
    let label = of(Column::Year).cast_as("text");
    Some(Waiting::new(rows, Column::Id, label, either(since, Column::UpdatedAt)).about(Column::LibrarianId))
}

fn entries(asking: &Asking<'_>, status: LearningEntryStatus) -> Option<Waiting> {
    use entry::Column;
    let mut rows = Query::select().from(entry::Entity).and_where(Column::Status.eq(status)).to_owned();
    if status == LearningEntryStatus::Submitted {
        let access = asking.access.under(&policy::VERIFY_LEARNING_ENTRY)?;
        rows.cond_where(reach::within(&access, Column::LibrarianId, asking.today));
        if let Some(own) = access.own_librarian() {
            rows.and_where(Column::LibrarianId.ne(own));
        }
    } else {
        rows.and_where(Column::LibrarianId.eq(asking.access.own_librarian()?));
    }
    let since = if status == LearningEntryStatus::Submitted { Column::SubmittedAt } else { Column::DecidedAt };
    let since = either(since, Column::UpdatedAt);
    Some(Waiting::new(rows, Column::Id, of(Column::Title), since).about(Column::LibrarianId))
}
