//! What matching, pairs and meetings wait for, for the list of everybody's tasks.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, ExprTrait, Query};

use super::matching_proposals::entity::{self as proposal, MatchingProposalStatus};
use super::matching_rounds::entity::{self as round, MatchingRoundStatus};
use super::mentoring_meetings::entity::{self as meeting, MentoringMeetingStatus};
use super::mentoring_meetings::people::meetings_of;
use crate::staff::librarians::entity as librarian;
use crate::staff::mentorships::entity::{self as mentorship, MentorshipStage, standing};
use crate::tasks::source::{Asking, TaskSource, Waiting, of};

/// Pairs of an executed round on which nothing was decided.
pub static PAIRS_TO_DECIDE: TaskSource = TaskSource {
    kind: "matching_decision",
    title: ["Putuskan usulan pasangan", "Decide on a proposed pair"],
    collection: "matching-proposals",
    action: None,
    find: to_decide,
};

/// Pairs that were proposed, for whichever of the two has yet to answer.
pub static PAIRS_TO_ANSWER: TaskSource = TaskSource {
    kind: "mentorship_answer",
    title: ["Jawab usulan pembimbingan", "Answer a proposed mentorship"],
    collection: "mentorships",
    action: None,
    find: proposals,
};

/// Meetings whose time has come, for the mentor to say that they were held.
pub static MEETINGS_TO_COMPLETE: TaskSource = TaskSource {
    kind: "mentoring_meeting_completion",
    title: ["Catat bahwa pertemuan terlaksana", "Say that a meeting was held"],
    collection: "mentoring-meetings",
    action: None,
    find: meetings,
};

/// Meetings whose time has come and whose pairs have all ended: the mentor no longer reaches them.
pub static MEETINGS_LEFT_OPEN: TaskSource = TaskSource {
    kind: "mentoring_meeting_left_open",
    title: [
        "Putuskan apakah pertemuan dari pembimbingan yang sudah berakhir terlaksana",
        "Decide whether a meeting of a mentorship that has ended was held",
    ],
    collection: "mentoring-meetings",
    action: None,
    find: left_open,
};

fn to_decide(asking: &Asking<'_>) -> Option<Waiting> {
    use proposal::Column;
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

fn proposals(asking: &Asking<'_>) -> Option<Waiting> {
    use mentorship::Column;
    let own = asking.access.own_librarian()?;
    let as_mentor = Condition::all().add(Column::MentorId.eq(own)).add(Column::MentorAcceptedAt.is_null());
    let as_mentee = Condition::all().add(Column::MenteeId.eq(own)).add(Column::MenteeAcceptedAt.is_null());
    let rows = Query::select()
        .from(mentorship::Entity)
        .and_where(Column::Stage.eq(MentorshipStage::Proposed))
        .cond_where(Condition::any().add(as_mentor).add(as_mentee))
        .to_owned();
    let label = of(Column::StartsOn).cast_as("text");
    Some(Waiting::new(rows, Column::Id, Column::MenteeId, label, of(Column::CreatedAt)))
}

fn left_open(asking: &Asking<'_>) -> Option<Waiting> {
    use meeting::Column;
    if !asking.access.is_admin() {
        return None;
    }
    // Nobody says what counts for themself as a mentee.
    let own = asking.access.own_librarian();
    let as_mentee = own.map(|own| Column::Id.not_in_subquery(meetings_of(mentorship::Column::MenteeId.eq(own))));
    let rows = Query::select()
        .from(meeting::Entity)
        .and_where(Column::Status.eq(MentoringMeetingStatus::Planned))
        .and_where(Column::StartsAt.lte(asking.now))
        .and_where(Column::Id.not_in_subquery(meetings_of(standing(asking.today))))
        .and_where_option(as_mentee)
        .to_owned();
    Some(Waiting::new(rows, Column::Id, Column::MentorId, of(Column::Kind), of(Column::StartsAt)))
}

fn meetings(asking: &Asking<'_>) -> Option<Waiting> {
    use meeting::Column;
    let own = asking.access.own_librarian()?;
    let pairs = standing(asking.today).add(mentorship::Column::MentorId.eq(own));
    let rows = Query::select()
        .from(meeting::Entity)
        .and_where(Column::MentorId.eq(own))
        .and_where(Column::Status.eq(MentoringMeetingStatus::Planned))
        .and_where(Column::StartsAt.lte(asking.now))
        .and_where(Column::Id.in_subquery(meetings_of(pairs)))
        .to_owned();
    Some(Waiting::new(rows, Column::Id, Column::MentorId, of(Column::Kind), of(Column::StartsAt)))
}
