//! Who a meeting is of, and what each of them may do with it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, IntoCondition, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::dto::MentoringMeetingAction;
use super::entity::{MentoringMeetingStatus, Model, participant};
use crate::kernel::clock::local_date;
use crate::kernel::db::Reader;
use crate::kernel::error::Result;
use crate::kernel::policy::Access;
use crate::staff::mentorships::entity as mentorship;

/// The meetings of such pairs, as a sub-query.
pub(crate) fn meetings_of(pairs: impl IntoCondition) -> SelectStatement {
    Query::select()
        .column((participant::Entity, participant::Column::MeetingId))
        .from(participant::Entity)
        .inner_join(
            mentorship::Entity,
            Expr::col((mentorship::Entity, mentorship::Column::Id))
                .equals((participant::Entity, participant::Column::MentorshipId)),
        )
        .cond_where(pairs)
        .to_owned()
}

/// The pairs of each of these meetings, by their ids.
pub(crate) async fn pairs_of(
    reader: Reader<'_>,
    meetings: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<mentorship::Model>>> {
    let rows = participant::Entity::find()
        .filter(participant::Column::MeetingId.is_in(meetings))
        .order_by_asc(participant::Column::MentorshipId);
    let rows = reader.all(rows).await?;
    let pairs =
        mentorship::Entity::find().filter(mentorship::Column::Id.is_in(rows.iter().map(|row| row.mentorship_id)));
    let pairs: HashMap<Uuid, mentorship::Model> =
        reader.all(pairs).await?.into_iter().map(|pair| (pair.id, pair)).collect();
    let mut found: HashMap<Uuid, Vec<mentorship::Model>> = HashMap::new();
    for row in rows {
        found.entry(row.meeting_id).or_default().extend(pairs.get(&row.mentorship_id).cloned());
    }
    Ok(found)
}

/// The people of a meeting, each once, by id.
pub(crate) fn people_of(meeting: &Model, pairs: &[mentorship::Model]) -> Vec<Uuid> {
    let mut people: Vec<Uuid> = pairs.iter().map(|pair| pair.mentee_id).chain([meeting.mentor_id]).collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// Whether the caller may write on a meeting: as one of a pair of it that stands, or as an admin.
pub(super) fn may_write(pairs: &[mentorship::Model], access: &Access, on: NaiveDate) -> bool {
    let takes_part = |pair: &mentorship::Model| access.is_own(pair.mentor_id) || access.is_own(pair.mentee_id);
    access.is_admin() || pairs.iter().any(|pair| pair.stands(on) && takes_part(pair))
}

/// Whether the caller may say what counts: the mentor or an admin, never one of the mentees.
pub(super) fn may_count(meeting: &Model, pairs: &[mentorship::Model], access: &Access) -> bool {
    access.is_own(meeting.mentor_id) || access.is_admin() && !pairs.iter().any(|pair| access.is_own(pair.mentee_id))
}

/// What the caller may do with a meeting at this instant.
pub(super) fn actions(
    meeting: &Model,
    pairs: &[mentorship::Model],
    access: &Access,
    now: DateTime<Utc>,
) -> Vec<MentoringMeetingAction> {
    use MentoringMeetingAction::{Cancellation, Completion};
    let (writes, counts) = (may_write(pairs, access, local_date(now)), may_count(meeting, pairs, access));
    match meeting.status {
        MentoringMeetingStatus::Planned => {
            let completion = (writes && counts && meeting.starts_at <= now).then_some(Completion);
            completion.into_iter().chain(writes.then_some(Cancellation)).collect()
        }
        MentoringMeetingStatus::Held => (writes && counts).then_some(Cancellation).into_iter().collect(),
        MentoringMeetingStatus::Cancelled => Vec::new(),
    }
}
