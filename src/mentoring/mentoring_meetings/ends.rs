//! What becomes of planned meetings when a pair ends.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::entity::{Column, Entity, MentoringMeetingStatus, participant};
use super::people::{meetings_of, pairs_of};
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
        if pairs.get(&before.id).is_some_and(|pairs| pairs.len() > 1) {
            let leave = Query::delete()
                .from_table(participant::Entity)
                .and_where(Expr::col(participant::Column::MeetingId).eq(before.id))
                .and_where(Expr::col(participant::Column::MentorshipId).eq(pair.id))
                .to_owned();
            tx.execute(&leave).await?;
        } else {
            let mut row = before.clone().into_active_model();
            row.status = Set(MentoringMeetingStatus::Cancelled);
            tx.update::<Entity>(&before, row, Precondition::default(), "mentoring_meeting.cancelled").await?;
        }
        tx.note::<mentorship::Entity>(pair, "mentorship.meeting_cancelled").await?;
    }
    Ok(())
}
