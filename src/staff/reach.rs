//! How far a caller reaches among people: themself, their present mentees, everybody.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::librarians::entity as librarian;
use super::mentorships::entity as mentorship;
use crate::kernel::db::Reader;
use crate::kernel::error::Result;
use crate::kernel::policy::{Access, Reach};

/// Which of these people are on the staff.
pub async fn on_staff(reader: Reader<'_>, ids: impl IntoIterator<Item = Uuid>) -> Result<HashSet<Uuid>> {
    let rows = librarian::Entity::find()
        .filter(librarian::Column::Id.is_in(ids))
        .filter(librarian::Column::ArchivedAt.is_null());
    Ok(reader.all(rows).await?.into_iter().map(|row| row.id).collect())
}

/// The people whom this librarian mentors on this day, as a sub-query.
pub fn mentees_of(mentor: Uuid, on: NaiveDate) -> SelectStatement {
    Query::select()
        .column(mentorship::Column::MenteeId)
        .from(mentorship::Entity)
        .and_where(mentorship::Column::MentorId.eq(mentor))
        .cond_where(mentorship::under_way(on))
        .to_owned()
}

/// The rows within reach, by the column that names the librarian whose record they are.
pub fn within<C: ColumnTrait>(access: &Access, person: C, on: NaiveDate) -> Condition {
    let own = access.own_librarian();
    let mine = own.map_or_else(|| Expr::val(1).eq(0), |own| person.eq(own));
    match (access.reach(), own) {
        (Reach::All, _) => Condition::all(),
        (Reach::Mentees, Some(own)) => Condition::any().add(mine).add(person.in_subquery(mentees_of(own, on))),
        _ => Condition::all().add(mine),
    }
}

/// The same, and the rows of the people whose direct superior (atasan langsung) the caller is.
pub fn within_or_led<C: ColumnTrait>(access: &Access, person: C, on: NaiveDate) -> Condition {
    let condition = Condition::any().add(within(access, person, on));
    let Some(own) = access.own_librarian() else { return condition };
    let team = Query::select()
        .column(librarian::Column::Id)
        .from(librarian::Entity)
        .and_where(Expr::col(librarian::Column::SupervisorId).eq(own))
        .to_owned();
    condition.add(person.in_subquery(team))
}
