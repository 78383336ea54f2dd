//! What requests, matching, pairs and meetings wait for, for the list of everybody's tasks.

use chrono::NaiveDate;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, DbBackend};
use uuid::Uuid;

use super::matching_proposals::entity::{self as proposal, MatchingProposalStatus};
use super::matching_rounds::entity::{self as round, MatchingRoundStatus};
use super::mentoring_meetings::entity::{self as meeting, MentoringMeetingStatus};
use super::mentoring_meetings::people::meetings_of;
use super::mentoring_requests::entity::{self as request, MentoringRequestStatus};
use super::mentorship_feedback::entity::{self as feedback, FeedbackStage};
use crate::staff::librarians::entity as librarian;
use crate::staff::mentorships::entity::{self as mentorship, MentorshipStage, standing, under_way};
use crate::tasks::source::{Asking, Find, TaskKind, TaskSource, Waiting, day, field, of};

/// Requests for which no mentor was found yet, by a round or otherwise.
pub static REQUESTS_TO_MATCH: TaskSource = TaskSource {
    kind: TaskKind::MentoringRequest,
    title: ["Carikan mentor", "Find a mentor for a request"],
    collection: "mentoring-requests",
    action: None,
    find: Find::AtOnce(requests),
};

/// Pairs of an executed round on which nothing was decided.
pub static PAIRS_TO_DECIDE: TaskSource = TaskSource {
    kind: TaskKind::MatchingDecision,
    title: ["Putuskan usulan pasangan", "Decide on a proposed pair"],
    collection: "matching-proposals",
    action: None,
    find: Find::AtOnce(to_decide),
};

/// Pairs that were proposed, for whichever of the two has yet to answer.
pub static PAIRS_TO_ANSWER: TaskSource = TaskSource {
    kind: TaskKind::MentorshipAnswer,
    title: ["Jawab usulan pembimbingan", "Answer a proposed mentorship"],
    collection: "mentorships",
    action: None,
    find: Find::AtOnce(proposals),
};

/// Meetings whose time has come, for the mentor to say that they were held.
pub static MEETINGS_TO_COMPLETE: TaskSource = TaskSource {
    kind: TaskKind::MentoringMeetingCompletion,
    title: ["Catat bahwa pertemuan terlaksana", "Say that a meeting was held"],
    collection: "mentoring-meetings",
    action: None,
    find: Find::AtOnce(meetings),
};

/// Meetings whose time has come and whose pairs have all ended: the mentor no longer reaches them.
pub static MEETINGS_LEFT_OPEN: TaskSource = TaskSource {
    kind: TaskKind::MentoringMeetingLeftOpen,
    title: [
        "Putuskan apakah pertemuan dari pembimbingan yang sudah berakhir terlaksana",
        "Decide whether a meeting of a mentorship that has ended was held",
    ],
    collection: "mentoring-meetings",
    action: None,
    find: Find::AtOnce(left_open),
};

/// What was agreed in a meeting, for whoever is to do it.
pub static ACTION_ITEMS_TO_DO: TaskSource = TaskSource {
    kind: TaskKind::MeetingActionItem,
    title: ["Kerjakan tindak lanjut pertemuan", "Do what was agreed in a meeting"],
    collection: "mentoring-meetings",
    action: None,
    find: Find::AtOnce(action_items),
};

/// Pairs that are halfway, for either side to say what they think of it.
pub static MID_TERM_FEEDBACK_TO_GIVE: TaskSource = TaskSource {
    kind: TaskKind::MidTermFeedback,
    title: ["Beri umpan balik tengah waktu", "Give mid-term feedback on a mentorship"],
    collection: "mentorships",
    action: None,
    find: Find::AtOnce(mid_term),
};

/// Pairs that are over, for either side to say what they think of it.
pub static FINAL_FEEDBACK_TO_GIVE: TaskSource = TaskSource {
    kind: TaskKind::FinalFeedback,
    title: ["Beri umpan balik akhir", "Give final feedback on a mentorship"],
    collection: "mentorships",
    action: None,
    find: Find::AtOnce(in_the_end),
};

fn requests(asking: &Asking<'_>) -> Option<Waiting> {
    use request::Column;
    if !asking.access.is_admin() {
        return None;
    }
    let rows = Query::select()
        .from(request::Entity)
        .inner_join(librarian::Entity, of(librarian::Column::Id).equals((request::Entity, Column::LibrarianId)))
        .and_where(Column::Status.eq(MentoringRequestStatus::Open))
        .to_owned();
    let waiting = Waiting::new(rows, Column::Id, of(librarian::Column::Name), of(Column::CreatedAt));
    Some(waiting.about(Column::LibrarianId))
}

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
    let waiting = Waiting::new(rows, Column::Id, of(librarian::Column::Name), of(Column::UpdatedAt));
    Some(waiting.about(Column::MenteeId))
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
    Some(of_pairs(rows))
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
    Some(Waiting::new(rows, Column::Id, of(Column::Kind), of(Column::StartsAt)).about(Column::MentorId))
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
    Some(Waiting::new(rows, Column::Id, of(Column::Kind), of(Column::StartsAt)).about(Column::MentorId))
}

/// What is not done, of the meetings of one's pairs that stand: of those that are over nobody but an admin can say that it is.
fn action_items(asking: &Asking<'_>) -> Option<Waiting> {
    use meeting::Column;
    let own = asking.access.own_librarian()?;
    let either = Condition::any().add(mentorship::Column::MentorId.eq(own)).add(mentorship::Column::MenteeId.eq(own));
    let items = match asking.db.backend() {
        DbBackend::Sqlite => "json_each",
        _ => "jsonb_array_elements",
    };
    let item = |name| field(Expr::col(("item", "value")), name);
    let assignee = item("assignee_id");
    let rows = Query::select()
        .from(meeting::Entity)
        .from_function(Func::cust(items).arg(of(Column::ActionItems)), "item")
        .and_where(Column::Status.ne(MentoringMeetingStatus::Cancelled))
        .and_where(Column::Id.in_subquery(meetings_of(standing(asking.today).add(either))))
        .and_where(item("is_done").cast_as("text").is_in(["false", "0"]))
        .cond_where(Condition::any().add(assignee.clone().is_null()).add(assignee.eq(own.to_string())))
        .to_owned();
    let waiting = Waiting::new(rows, Column::Id, item("what"), of(Column::CreatedAt));
    Some(waiting.about(Column::MentorId).due_on(day(item("due_on"))))
}

/// From the middle of its days, or as soon as the other side's is in, until the pair is over.
fn mid_term(asking: &Asking<'_>) -> Option<Waiting> {
    use mentorship::Column;
    let own = asking.access.own_librarian()?;
    let today = asking.today;
    let number = |column| day_number(asking.db.backend(), column);
    let passed = number(Expr::val(today)).sub(number(of(Column::StartsOn)));
    let left = number(of(Column::EndsOn)).sub(number(Expr::val(today)));
    let others = given(FeedbackStage::MidTerm, feedback::Column::AuthorId.ne(own));
    let due = Condition::any().add(passed.gte(left)).add(Expr::exists(others));
    Some(unsaid(own, FeedbackStage::MidTerm, under_way(today).add(due)))
}

fn in_the_end(asking: &Asking<'_>) -> Option<Waiting> {
    Some(unsaid(asking.access.own_librarian()?, FeedbackStage::Final, over(asking.today)))
}

/// The pairs that were agreed and are over.
fn over(on: NaiveDate) -> Condition {
    use mentorship::Column;
    let ended = [MentorshipStage::Completed, MentorshipStage::EndedEarly];
    let passed = Condition::all().add(Column::Stage.eq(MentorshipStage::Agreed)).add(Column::EndsOn.lt(on));
    Condition::any().add(Column::Stage.is_in(ended)).add(passed)
}

/// Such pairs of a person that have not said what they think.
fn unsaid(own: Uuid, stage: FeedbackStage, pairs: Condition) -> Waiting {
    use mentorship::Column;
    let rows = Query::select()
        .from(mentorship::Entity)
        .cond_where(Condition::any().add(Column::MentorId.eq(own)).add(Column::MenteeId.eq(own)))
        .cond_where(pairs)
        .and_where(Expr::exists(given(stage, feedback::Column::AuthorId.eq(own))).not())
        .to_owned();
    of_pairs(rows)
}

/// What was said of the pair at hand.
fn given(stage: FeedbackStage, by: SimpleExpr) -> SelectStatement {
    use feedback::Column;
    Query::select()
        .expr(Expr::val(1))
        .from(feedback::Entity)
        .and_where(of(Column::MentorshipId).equals((mentorship::Entity, mentorship::Column::Id)))
        .and_where(Column::Stage.eq(stage))
        .and_where(by)
        .to_owned()
}

fn of_pairs(rows: SelectStatement) -> Waiting {
    use mentorship::Column;
    let label = of(Column::StartsOn).cast_as("text");
    Waiting::new(rows, Column::Id, label, of(Column::CreatedAt)).about(Column::MenteeId)
}

/// The number of a day, counted from any other: each database has a name of its own for it.
fn day_number(backend: DbBackend, day: SimpleExpr) -> SimpleExpr {
    match backend {
        DbBackend::Sqlite => Func::cust("julianday").arg(day).into(),
        _ => Func::cust("date_part").args([Expr::val("julian"), day]).into(),
    }
}
