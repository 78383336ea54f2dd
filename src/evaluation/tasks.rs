//! What reviews, improvement actions and questions about behaviour wait for, for the list of everybody's tasks.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::behaviour_evaluations::entity as behaviour;
use super::improvement_actions::entity::{self as improvement, ImprovementStatus};
use super::reviews::entity::{self as review, ReviewStatus};
use crate::activities::activities::entity as activity;
use crate::tasks::source::{Asking, Find, TaskKind, TaskSource, Waiting, either, of};

/// Reviews whose day has come, for admins to say that they were held.
pub static REVIEWS_TO_HOLD: TaskSource = TaskSource {
    kind: TaskKind::ReviewHolding,
    title: ["Laksanakan evaluasi yang direncanakan", "Hold a planned review"],
    collection: "reviews",
    action: Some("holding"),
    find: Find::AtOnce(reviews),
};

/// What somebody agreed to do.
pub static IMPROVEMENTS_TO_MAKE: TaskSource = TaskSource {
    kind: TaskKind::ImprovementAction,
    title: ["Kerjakan tindak lanjut", "Carry out an improvement action"],
    collection: "improvement-actions",
    action: Some("completion"),
    find: Find::AtOnce(improvements),
};

/// What is done, for its owner to look whether it worked.
pub static IMPROVEMENTS_TO_RECHECK: TaskSource = TaskSource {
    kind: TaskKind::ImprovementRecheck,
    title: ["Ukur ulang hasil tindak lanjut", "Measure what an improvement action changed"],
    collection: "improvement-actions",
    action: Some("recheck"),
    find: Find::AtOnce(unmeasured),
};

/// What was measured again, for an admin who did not do it to close it or have it taken up again.
pub static IMPROVEMENTS_TO_VERIFY: TaskSource = TaskSource {
    kind: TaskKind::ImprovementVerification,
    title: ["Verifikasi tindak lanjut", "Verify an improvement action"],
    collection: "improvement-actions",
    action: None,
    find: Find::AtOnce(measured),
};

/// What somebody is asked about a participant of a training, or about themself.
pub static BEHAVIOUR_TO_RATE: TaskSource = TaskSource {
    kind: TaskKind::BehaviourEvaluation,
    title: ["Jawab evaluasi pascapelatihan", "Answer a question about behaviour after a training"],
    collection: "behaviour-evaluations",
    action: Some("answer"),
    find: Find::AtOnce(behaviour),
};

/// Questions for which nobody was found, for admins to name somebody before they are due.
pub static BEHAVIOUR_TO_ASSIGN: TaskSource = TaskSource {
    kind: TaskKind::BehaviourRespondent,
    title: ["Tentukan penjawab evaluasi pascapelatihan", "Name who is asked about behaviour after a training"],
    collection: "behaviour-evaluations",
    action: Some("reassignment"),
    find: Find::AtOnce(unasked),
};

fn reviews(asking: &Asking<'_>) -> Option<Waiting> {
    use review::Column;
    if !asking.access.is_admin() {
        return None;
    }
    let rows = Query::select()
        .from(review::Entity)
        .and_where(Column::Status.eq(ReviewStatus::Planned))
        .and_where(Column::HeldOn.lte(asking.today))
        .to_owned();
    Some(Waiting::new(rows, Column::Id, of(Column::Title), of(Column::CreatedAt)).due_on(of(Column::HeldOn)))
}

fn improvements(asking: &Asking<'_>) -> Option<Waiting> {
    use improvement::Column;
    let rows = Query::select()
        .from(improvement::Entity)
        .and_where(Column::OwnerId.eq(asking.access.own_librarian()?))
        .and_where(Column::Status.is_in([ImprovementStatus::Open, ImprovementStatus::InProgress]))
        .to_owned();
    let waiting = Waiting::new(rows, Column::Id, of(Column::Title), of(Column::CreatedAt));
    Some(waiting.about(Column::OwnerId).due_on(of(Column::DueOn)))
}

fn unmeasured(asking: &Asking<'_>) -> Option<Waiting> {
    use improvement::Column;
    let mut rows = done();
    rows.and_where(Column::OwnerId.eq(asking.access.own_librarian()?)).and_where(Column::CheckedOn.is_null());
    Some(of_done(rows))
}

/// As `verify` has it: measured again, and never by an admin what they did themself.
fn measured(asking: &Asking<'_>) -> Option<Waiting> {
    use improvement::Column;
    if !asking.access.is_admin() {
        return None;
    }
    let mut rows = done();
    rows.and_where(Column::CheckedOn.is_not_null());
    if let Some(own) = asking.access.own_librarian() {
        rows.and_where(Column::OwnerId.ne(own));
    }
    Some(of_done(rows))
}

fn done() -> SelectStatement {
    Query::select()
        .from(improvement::Entity)
        .and_where(improvement::Column::Status.eq(ImprovementStatus::Done))
        .to_owned()
}

fn of_done(rows: SelectStatement) -> Waiting {
    use improvement::Column;
    let since = either(Column::DoneAt, Column::UpdatedAt);
    Waiting::new(rows, Column::Id, of(Column::Title), since).about(Column::OwnerId)
}

fn behaviour(asking: &Asking<'_>) -> Option<Waiting> {
    use behaviour::Column;
    let mut rows = unanswered();
    rows.and_where(Column::RespondentId.eq(asking.access.own_librarian()?));
    Some(of_unanswered(rows).due_on(of(Column::LateAfter)))
}

fn unasked(asking: &Asking<'_>) -> Option<Waiting> {
    use behaviour::Column;
    if !asking.access.is_admin() {
        return None;
    }
    let mut rows = unanswered();
    rows.and_where(Column::RespondentId.is_null());
    Some(of_unanswered(rows).due_on(of(Column::DueOn)))
}

fn unanswered() -> SelectStatement {
    use behaviour::Column;
    let about = Expr::col((activity::Entity, activity::Column::Id)).equals((behaviour::Entity, Column::ActivityId));
    Query::select()
        .from(behaviour::Entity)
        .inner_join(activity::Entity, about)
        .and_where(Column::AnsweredAt.is_null())
        .to_owned()
}

fn of_unanswered(rows: SelectStatement) -> Waiting {
    use behaviour::Column;
    Waiting::new(rows, Column::Id, of(activity::Column::Title), of(Column::CreatedAt)).about(Column::LibrarianId)
}
