//! What registrations wait for, for the list of everybody's tasks.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, ExprTrait, Query, SelectStatement};

use super::activities::entity::{self as activity, ActivityStatus, ApprovalStages};
use super::registrations::entity::{self as registration, Column, RegistrationStatus};
use crate::staff::librarians::entity as librarian;
use crate::tasks::source::{Asking, Find, TaskKind, TaskSource, Waiting, of};

/// Registrations that wait for approval: the superior's where two stages ask for it, then an admin's.
pub static REGISTRATIONS_TO_DECIDE: TaskSource = TaskSource {
    kind: TaskKind::RegistrationDecision,
    title: ["Putuskan pendaftaran", "Decide on a registration"],
    collection: "registrations",
    action: None,
    find: Find::AtOnce(to_decide),
};

/// Seats that are offered to the person, for a while.
pub static SEATS_TO_ACCEPT: TaskSource = TaskSource {
    kind: TaskKind::SeatOffer,
    title: ["Terima kursi yang ditawarkan", "Accept the seat that is offered"],
    collection: "registrations",
    action: Some("acceptance"),
    find: Find::AtOnce(offered),
};

fn to_decide(asking: &Asking<'_>) -> Option<Waiting> {
    let superior_first = Condition::all()
        .add(activity::Column::ApprovalStages.eq(ApprovalStages::Two))
        .add(Column::SupervisorApprovedAt.is_null());
    let led = asking.access.own_librarian().map(|own| {
        Condition::all()
            .add(superior_first.clone())
            .add(librarian::Column::SupervisorId.eq(own))
            .add(Column::LibrarianId.ne(own))
    });
    let mine = Condition::any().add_option(led).add_option(asking.access.is_admin().then(|| superior_first.not()));
    if mine.is_empty() {
        return None;
    }
    let mut rows = registrations(RegistrationStatus::Requested);
    rows.inner_join(librarian::Entity, of(librarian::Column::Id).equals((registration::Entity, Column::LibrarianId)))
        .cond_where(mine);
    Some(waiting(rows))
}

fn offered(asking: &Asking<'_>) -> Option<Waiting> {
    let mut rows = registrations(RegistrationStatus::Offered);
    rows.and_where(Column::LibrarianId.eq(asking.access.own_librarian()?))
        .and_where(Column::OfferExpiresAt.gt(asking.now));
    Some(waiting(rows).due_at(Column::OfferExpiresAt))
}

/// Registrations in this state for activities that can still change.
fn registrations(status: RegistrationStatus) -> SelectStatement {
    let open = [ActivityStatus::Draft, ActivityStatus::Published];
    Query::select()
        .from(registration::Entity)
        .inner_join(activity::Entity, of(activity::Column::Id).equals((registration::Entity, Column::ActivityId)))
        .and_where(Column::Status.eq(status))
        .and_where(activity::Column::Status.is_in(open))
        .and_where(activity::Column::ArchivedAt.is_null())
        .to_owned()
}

fn waiting(rows: SelectStatement) -> Waiting {
    Waiting::new(rows, Column::Id, of(activity::Column::Title), of(Column::UpdatedAt)).about(Column::LibrarianId)
}
