//! Direct superiors (atasan langsung): who is entered as one, else who leads the unit.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::librarians::entity as librarian;
use super::reach::on_staff;
use super::units::entity as unit;
use crate::kernel::db::Reader;
use crate::kernel::error::Result;

/// The direct superior of each of these people; who has none is left out. Nobody is their own superior, and whoever has left the
/// staff is nobody's: then the head of the unit stands in.
pub(crate) async fn superiors(reader: Reader<'_>, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Uuid>> {
    let people = reader.all(librarian::Entity::find().filter(librarian::Column::Id.is_in(ids))).await?;
    let units = unit::Entity::find()
        .filter(unit::Column::Id.is_in(people.iter().map(|person| person.unit_id)))
        .filter(unit::Column::HeadId.is_not_null());
    let heads: HashMap<Uuid, Uuid> =
        reader.all(units).await?.into_iter().filter_map(|unit| Some((unit.id, unit.head_id?))).collect();
    let named = people.iter().filter_map(|person| person.supervisor_id);
    let present = on_staff(reader, named.chain(heads.values().copied())).await?;
    let superior = |person: &librarian::Model| {
        let above = [person.supervisor_id, heads.get(&person.unit_id).copied()];
        above.into_iter().flatten().find(|above| *above != person.id && present.contains(above))
    };
    Ok(people.iter().filter_map(|person| Some((person.id, superior(person)?))).collect())
}
