//! Two places at once: whether somebody with a confirmed seat elsewhere has a session then.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::entity::{Column, Entity, RegistrationStatus};
use crate::activities::sessions::entity as session;
use crate::activities::sessions::service::PARTICIPANTS_CLASH;
use crate::kernel::db::Tx;
use crate::kernel::error::Result;
use crate::staff::librarians::entity as librarian;

/// People who are confirmed for a session of another activity that overlaps one of this activity's, as a sub-query.
pub fn people_elsewhere(activity_id: Uuid) -> SelectStatement {
    let (theirs, ours) = ("theirs", "ours");
    let of = |table: &'static str, column: session::Column| Expr::col((table, column));
    let overlap = Condition::all()
        .add(of(ours, session::Column::ActivityId).eq(activity_id))
        .add(of(ours, session::Column::StartsAt).lt(of(theirs, session::Column::EndsAt)))
        .add(of(ours, session::Column::EndsAt).gt(of(theirs, session::Column::StartsAt)));
    Query::select()
        .column((Entity, Column::LibrarianId))
        .from(Entity)
        .join_as(
            sea_orm::sea_query::JoinType::InnerJoin,
            session::Entity,
            theirs,
            Expr::col((theirs, session::Column::ActivityId)).equals((Entity, Column::ActivityId)),
        )
        .join_as(sea_orm::sea_query::JoinType::InnerJoin, session::Entity, ours, overlap)
        .and_where(Expr::col((Entity, Column::Status)).eq(RegistrationStatus::Confirmed))
        .and_where(Expr::col((Entity, Column::ActivityId)).ne(activity_id))
        .to_owned()
}

/// Whether this person is elsewhere while the activity takes place. Their row is held, so that the answer stays true.
pub async fn has_in(tx: &Tx<'_>, activity_id: Uuid, librarian_id: Uuid) -> Result<bool> {
    let mut elsewhere = people_elsewhere(activity_id);
    elsewhere.and_where(Expr::col((Entity, Column::LibrarianId)).eq(librarian_id)).limit(1);
    Ok(!tx.reader().rows(&elsewhere, |row| row.get::<Uuid>(0)).await?.is_empty())
}

/// Refuses new times of an activity by which somebody with a seat would be in two places.
pub async fn none_confirmed_in(tx: &Tx<'_>, activity_id: Uuid) -> Result<()> {
    let confirmed = Entity::find()
        .filter(Column::ActivityId.eq(activity_id))
        .filter(Column::Status.eq(RegistrationStatus::Confirmed))
        .select_only()
        .column(Column::LibrarianId)
        .into_query();
    let people = librarian::Entity::find()
        .filter(librarian::Column::Id.in_subquery(confirmed))
        .order_by_asc(librarian::Column::Id);
    let people: Vec<Uuid> = tx.lock_all(people).await?.into_iter().map(|person| person.id).collect();
    if people.is_empty() {
        return Ok(());
    }
    let mut elsewhere = people_elsewhere(activity_id);
    elsewhere.and_where(Expr::col((Entity, Column::LibrarianId)).is_in(people)).limit(1);
    let clashing = tx.reader().rows(&elsewhere, |row| row.get::<Uuid>(0)).await?;
    if clashing.is_empty() { Ok(()) } else { Err(PARTICIPANTS_CLASH.into()) }
}
