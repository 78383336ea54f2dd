//! The places of mentors: how many there are, and how many are taken.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::kernel::db::{Reader, Tx};
use crate::kernel::error::{Refusal, Result};
use crate::mentoring::mentor_profiles::entity as profile;
use crate::staff::mentorships::entity::{Column, Entity, MentorshipStage, not_over, standing};

/// The most mentees that a mentor takes at once.
pub const MOST_CAPACITY: i32 = 20;

/// How many mentees a person without a profile takes at once.
pub const DEFAULT_CAPACITY: i32 = 3;

/// The mentor has as many mentees as they take.
pub const MENTOR_FULL: Refusal = Refusal {
    code: "mentor_full",
    status: 409,
    id: "Mentor ini sudah membimbing sebanyak daya tampungnya",
    en: "This mentor has as many mentees as they take",
};

/// The pairs that take a place of their mentor on this day or later: those that are proposed, for they are promised one, and those that
/// are agreed.
pub fn taking(on: NaiveDate) -> Condition {
    Condition::all().add(Column::Stage.is_in([MentorshipStage::Proposed, MentorshipStage::Agreed])).add(not_over(on))
}

/// Refuses where the mentor has as many agreed pairs, besides this one, as they take. The transaction must hold the mentor's record:
/// of many who accept at once each then counts those before.
pub async fn room_in(tx: &Tx<'_>, mentor_id: Uuid, except: Uuid) -> Result<()> {
    let offered = profile::Entity::find().filter(profile::Column::LibrarianId.eq(mentor_id));
    let capacity = tx.reader().one(offered).await?.map_or(DEFAULT_CAPACITY, |row| row.capacity);
    let pairs = Entity::find()
        .filter(Column::MentorId.eq(mentor_id))
        .filter(Column::Id.ne(except))
        .filter(standing(tx.today()));
    let taken = tx.reader().count(pairs, u64::from(capacity.unsigned_abs())).await?;
    if taken < i64::from(capacity) { Ok(()) } else { Err(MENTOR_FULL.into()) }
}

/// How many places of these mentors are taken. Whoever has none taken is absent.
pub async fn taken(
    reader: Reader<'_>,
    mentors: impl IntoIterator<Item = Uuid>,
    on: NaiveDate,
) -> Result<HashMap<Uuid, i32>> {
    let mut mentors = mentors.into_iter().peekable();
    if mentors.peek().is_none() {
        return Ok(HashMap::new());
    }
    let counted = Query::select()
        .column(Column::MentorId)
        .expr(Expr::col(Column::Id).count())
        .from(Entity)
        .and_where(Expr::col(Column::MentorId).is_in(mentors))
        .cond_where(taking(on))
        .group_by_col(Column::MentorId)
        .to_owned();
    let rows = reader.rows(&counted, |row| Ok((row.get::<Uuid>(0)?, row.get::<i64>(1)?))).await?;
    Ok(rows.into_iter().map(|(mentor, count)| (mentor, i32::try_from(count).unwrap_or(i32::MAX))).collect())
}
