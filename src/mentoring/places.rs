//! How many places of mentors are taken: by pairs that are proposed or under way.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use uuid::Uuid;

use crate::kernel::db::Reader;
use crate::kernel::error::Result;
use crate::staff::mentorships::entity::{Column, Entity};

/// The most mentees that a mentor takes at once.
pub const MOST_CAPACITY: i32 = 20;

/// How many mentees a person without a profile takes at once.
pub const DEFAULT_CAPACITY: i32 = 3;

/// The pairs that take a place of their mentor on this day or later.
pub fn taking(on: NaiveDate) -> Condition {
    Condition::all()
        .add(Condition::any().add(Expr::col(Column::EndsOn).is_null()).add(Expr::col(Column::EndsOn).gte(on)))
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
