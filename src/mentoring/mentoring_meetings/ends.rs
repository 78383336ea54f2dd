//! What becomes of planned meetings when a pair ends.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;

use super::entity::{Column, Entity, MentoringMeetingStatus, participant};
use super::people::{meetings_of, pairs_of};
use super::service::tell_in;
use crate::kernel::db::{Precondition, Tx};
use crate::kernel::error::Result;
use crate::staff::mentorships::entity as mentorship;

/// Calls off what a pair had planned from an instant on; a group meets without it. The transaction holds the pair by its people.
pub(crate) async fn release_in(tx: &Tx<'_>, pair: &mentorship::Model, from: DateTime<Utc>) -> Result<()> {
    let planned = Entity::find()
        .filter(Column::Id.in_subquery(meetings_of(participant::Column::MentorshipId.eq(pair.id))))
        .filter(Column::Status.eq(MentoringMeetingStatus::Planned))
        .filter(Column::StartsAt.gte(from))
        .order_by_asc(Column::StartsAt);
    let planned = tx.reader().all(planned).await?;
    if planned.is_empty() {
        return Ok(());
    }
    let pairs = pairs_of(tx.reader(), planned.iter().map(|meeting| meeting.id)).await?;
    for before in planned {
        let together = pairs.get(&before.id).map(Vec::as_slice).unwrap_or_default();
        let others: Vec<_> = together.iter().filter(|other| other.id != pair.id).cloned().collect();
        if others.is_empty() {
            let mut row = before.clone().into_active_model();
            row.status = Set(MentoringMeetingStatus::Cancelled);
            tx.update::<Entity>(&before, row, Precondition::default(), "mentoring_meeting.cancelled").await?;
        } else {
            let leave = Query::delete()
                .from_table(participant::Entity)
                .and_where(Expr::col(participant::Column::MeetingId).eq(before.id))
                .and_where(Expr::col(participant::Column::MentorshipId).eq(pair.id))
                .to_owned();
            tx.execute(&leave).await?;
            let (was, is) = (pairs_named(together), pairs_named(&others));
            tx.revise::<Entity>(&before, "mentoring_meeting.participant_left", was, is).await?;
            tell_in(tx, &others, "mentorship.meeting_changed").await?;
        }
        tx.note::<mentorship::Entity>(pair, "mentorship.meeting_cancelled").await?;
    }
    Ok(())
}

/// Calls off what a mentor who leaves had planned, groups for everybody. The transaction holds the mentor.
pub(crate) async fn call_off_in(tx: &Tx<'_>, mentor_id: Uuid, reason: &str) -> Result<()> {
    let planned = Entity::find()
        .filter(Column::MentorId.eq(mentor_id))
        .filter(Column::Status.eq(MentoringMeetingStatus::Planned))
        .filter(Column::StartsAt.gte(tx.now()))
        .order_by_asc(Column::StartsAt);
    let planned = tx.reader().all(planned).await?;
    let pairs = pairs_of(tx.reader(), planned.iter().map(|meeting| meeting.id)).await?;
    for before in planned {
        let mut row = before.clone().into_active_model();
        row.status = Set(MentoringMeetingStatus::Cancelled);
        row.cancel_reason = Set(Some(reason.to_owned()));
        tx.update::<Entity>(&before, row, Precondition::default(), "mentoring_meeting.cancelled").await?;
        let together = pairs.get(&before.id).map(Vec::as_slice).unwrap_or_default();
        tell_in(tx, together, "mentorship.meeting_cancelled").await?;
    }
    Ok(())
}

fn pairs_named(pairs: &[mentorship::Model]) -> serde_json::Value {
    json!({"mentorship_ids": pairs.iter().map(|pair| pair.id).collect::<Vec<_>>()})
}
