//! What assessments wait for, for the list of everybody's tasks.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{ExprTrait, Query, SelectStatement};

use super::assessments::entity::{self as assessment, AssessmentStatus, Column};
use super::items::entity as item;
use super::policy;
use crate::kernel::policy::Access;
use crate::staff::reach;
use crate::tasks::source::{Asking, Find, TaskKind, TaskSource, Waiting, either, of};

/// Assessments that somebody handed in, for those who may decide on them.
pub static ASSESSMENTS_TO_DECIDE: TaskSource = TaskSource {
    kind: TaskKind::AssessmentDecision,
    title: ["Putuskan asesmen", "Decide on an assessment"],
    collection: "assessments",
    action: None,
    find: Find::AtOnce(to_decide),
};

/// Assessments that came back to their author.
pub static ASSESSMENTS_TO_MEND: TaskSource = TaskSource {
    kind: TaskKind::AssessmentCorrection,
    title: ["Perbaiki asesmen yang dikembalikan", "Mend an assessment that was returned"],
    collection: "assessments",
    action: Some("submission"),
    find: Find::AtOnce(to_mend),
};

/// As `may_decide` has it: never the subject; the author only as an admin.
fn to_decide(asking: &Asking<'_>) -> Option<Waiting> {
    let access = asking.access.under(&policy::CONFIRM_ASSESSMENT)?;
    let mut rows = assessments(asking, &access, AssessmentStatus::Submitted);
    if let Some(own) = access.own_librarian() {
        rows.and_where(Column::LibrarianId.ne(own));
    }
    if !access.is_admin() {
        let user = access.caller()?.user_id;
        rows.and_where(Column::AuthorId.is_null().or(Column::AuthorId.ne(user)));
    }
    Some(waiting(rows, Column::SubmittedAt))
}

fn to_mend(asking: &Asking<'_>) -> Option<Waiting> {
    let access = asking.access.under(&policy::SUBMIT_ASSESSMENT)?;
    let mut rows = assessments(asking, &access, AssessmentStatus::Returned);
    rows.and_where(Column::AuthorId.eq(access.caller()?.user_id));
    Some(waiting(rows, Column::DecidedAt))
}

fn assessments(asking: &Asking<'_>, access: &Access, status: AssessmentStatus) -> SelectStatement {
    Query::select()
        .from(assessment::Entity)
        .inner_join(item::Entity, of(item::Column::Id).equals((assessment::Entity, Column::CompetencyId)))
        .and_where(Column::Status.eq(status))
        .and_where(Column::ArchivedAt.is_null())
        .cond_where(reach::within(access, Column::LibrarianId, asking.today))
        .to_owned()
}

fn waiting(rows: SelectStatement, since: Column) -> Waiting {
    let since = either(since, Column::UpdatedAt);
    Waiting::new(rows, Column::Id, of(item::Column::Code), since).about(Column::LibrarianId)
}
