//! What matching waits for, for the list of everybody's tasks.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{ExprTrait, Query};

use super::matching_proposals::entity::{self as proposal, Column, MatchingProposalStatus};
use super::matching_rounds::entity::{self as round, MatchingRoundStatus};
use crate::staff::librarians::entity as librarian;
use crate::tasks::source::{Asking, TaskSource, Waiting, of};

/// Pairs of an executed round on which nothing was decided.
pub static PAIRS_TO_DECIDE: TaskSource = TaskSource {
    kind: "matching_decision",
    title: ["Putuskan usulan pasangan", "Decide on a proposed pair"],
    collection: "matching-proposals",
    action: None,
    find: to_decide,
};

fn to_decide(asking: &Asking<'_>) -> Option<Waiting> {
    if !asking.access.is_admin() {
        return None;
    }
    let rows = Query::select()
        .from(proposal::Entity)
        .inner_join(round::Entity, of(round::Column::Id).equals((proposal::Entity, Column::MatchingRoundId)))
        .inner_join(librarian::Entity, of(librarian::Column::Id).equals((proposal::Entity, Column::MenteeId)))
        .and_where(Column::Status.eq(MatchingProposalStatus::Proposed))
        .and_where(round::Column::Status.eq(MatchingRoundStatus::Executed))
        .to_owned();
    Some(Waiting::new(rows, Column::Id, Column::MenteeId, of(librarian::Column::Name), of(Column::UpdatedAt)))
}
