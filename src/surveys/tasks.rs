//! What readers wait for, for the list of everybody's tasks.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Expr, Func, Query};

use super::reader_feedback::entity::{Column, Entity, FeedbackStatus};
use crate::tasks::source::{Asking, TaskSource, Waiting, either, of};

/// The most characters of a message that stand for it.
const LABEL: i32 = 200;

/// What readers said and this librarian is to answer.
pub static FEEDBACK_TO_ANSWER: TaskSource = TaskSource {
    kind: "reader_feedback_answer",
    title: ["Jawab masukan pemustaka", "Answer a reader"],
    collection: "reader-feedback",
    action: Some("answer"),
    find: assigned,
};

fn assigned(asking: &Asking<'_>) -> Option<Waiting> {
    let rows = Query::select()
        .from(Entity)
        .and_where(Column::Status.eq(FeedbackStatus::Assigned))
        .and_where(Column::AssigneeId.eq(asking.access.own_librarian()?))
        .to_owned();
    let label = Func::cust("substr").args([of(Column::Message), Expr::val(1), Expr::val(LABEL)]);
    let since = either(Column::AssignedAt, Column::UpdatedAt);
    Some(Waiting::new(rows, Column::Id, Column::AssigneeId, label.into(), since).due_at(Column::DueAt))
}
