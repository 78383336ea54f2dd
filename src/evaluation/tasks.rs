//! What improvement actions and questions about behaviour wait for, for the list of everybody's tasks.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::behaviour_evaluations::entity as behaviour;
use super::improvement_actions::entity::{self as improvement, ImprovementStatus};
use crate::activities::activities::entity as activity;
use crate::tasks::source::{Asking, TaskSource, Waiting, of};

/// What somebody agreed to do.
pub static IMPROVEMENTS_TO_MAKE: TaskSource = TaskSource {
    kind: "improvement_action",
    title: ["Kerjakan tindak lanjut", "Carry out an improvement action"],
    collection: "improvement-actions",
    action: Some("completion"),
    find: improvements,
};

/// What somebody is asked about a participant of a training, or about themself.
pub static BEHAVIOUR_TO_RATE: TaskSource = TaskSource {
    kind: "behaviour_evaluation",
    title: ["Jawab evaluasi pascapelatihan", "Answer a question about behaviour after a training"],
    collection: "behaviour-evaluations",
    action: Some("answer"),
    find: behaviour,
};

fn improvements(asking: &Asking<'_>) -> Option<Waiting> {
    use improvement::Column;
    let rows = Query::select()
        .from(improvement::Entity)
        .and_where(Column::OwnerId.eq(asking.access.own_librarian()?))
        .and_where(Column::Status.is_in([ImprovementStatus::Open, ImprovementStatus::InProgress]))
        .to_owned();
    let waiting = Waiting::new(rows, Column::Id, Column::OwnerId, of(Column::Title), of(Column::CreatedAt));
    Some(waiting.due_on(Column::DueOn))
}

fn behaviour(asking: &Asking<'_>) -> Option<Waiting> {
    use behaviour::Column;
    let about = Expr::col((activity::Entity, activity::Column::Id)).equals((behaviour::Entity, Column::ActivityId));
    let rows = Query::select()
        .from(behaviour::Entity)
        .inner_join(activity::Entity, about)
        .and_where(Column::RespondentId.eq(asking.access.own_librarian()?))
        .and_where(Column::AnsweredAt.is_null())
        .to_owned();
    let title = of(activity::Column::Title);
    Some(Waiting::new(rows, Column::Id, Column::LibrarianId, title, of(Column::CreatedAt)).due_on(Column::LateAfter))
}
