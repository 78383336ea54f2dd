//! What belongs to a person's professional record: who may see it, and how it is changed without two meeting.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::librarians::entity as librarian;
use super::reach;
use crate::kernel::db::{Db, Record, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::Violation;

/// A table whose rows belong to a person's record; [`Record::person`] says to whose.
pub trait OfPerson: Record {
    /// The row's id.
    const ID: Self::Column;
    /// The person.
    const LIBRARIAN_ID: Self::Column;
}

/// The people within reach; those who have left for admins alone.
fn people(access: &Access, on: NaiveDate) -> Select<librarian::Entity> {
    let within = librarian::Entity::find().filter(reach::within(access, librarian::Column::Id, on));
    if access.is_admin() { within } else { within.filter(librarian::Column::ArchivedAt.is_null()) }
}

/// The person within reach, else 404.
pub async fn person(db: &Db, access: &Access, id: Uuid) -> Result<librarian::Model> {
    db.reader().find(people(access, db.today()).filter(librarian::Column::Id.eq(id))).await
}

/// The person within reach, kept from other changes until the transaction ends; those who have left take no more.
pub async fn hold_person(tx: &Tx<'_>, id: Uuid) -> Result<librarian::Model> {
    let present = people(tx.access(), tx.today()).filter(librarian::Column::ArchivedAt.is_null());
    tx.lock(present.filter(librarian::Column::Id.eq(id))).await
}

/// The rows within reach.
pub fn visible<E: OfPerson>(access: &Access, on: NaiveDate) -> Select<E> {
    let rows = E::find().filter(reach::within(access, E::LIBRARIAN_ID, on));
    if access.is_admin() {
        return rows;
    }
    let present = librarian::Entity::find().select_only().column(librarian::Column::Id);
    rows.filter(E::LIBRARIAN_ID.in_subquery(present.filter(librarian::Column::ArchivedAt.is_null()).into_query()))
}

/// The row within reach, else 404.
pub async fn read<E: OfPerson>(db: &Db, access: &Access, id: Uuid) -> Result<E::Model> {
    db.reader().find(visible::<E>(access, db.today()).filter(E::ID.eq(id))).await
}

/// A row and its person, both kept from other changes: whoever changes a person's record locks the person first.
pub async fn hold<E: OfPerson>(tx: &Tx<'_>, id: Uuid) -> Result<(librarian::Model, E::Model)> {
    let known = tx.reader().find(visible::<E>(tx.access(), tx.today()).filter(E::ID.eq(id))).await?;
    let of = E::person(&known).ok_or_else(|| Error::internal("a record belongs to a person"))?;
    let person = hold_person(tx, of).await?;
    let row = tx.reader().find(E::find().filter(E::ID.eq(id))).await?;
    Ok((person, row))
}

/// Nothing wrong, or all of it.
pub fn accept(wrong: Vec<Violation>) -> Result<()> {
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid(wrong)) }
}
