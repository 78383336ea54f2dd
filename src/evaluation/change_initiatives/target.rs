//! Whom a change concerns: the staff of its units and the people it names; all of the staff where it names neither.

use sea_orm::ActiveValue::Set;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};
use uuid::Uuid;

use super::entity::{self as initiative, Model, person, unit};
use crate::kernel::db::{Reader, Tx};
use crate::kernel::error::Result;
use crate::staff::librarians::entity as librarian;
use crate::surveys::campaigns::entity::SubjectKind;
use crate::surveys::campaigns::subject::Subject;

/// What a campaign about a change needs to know.
pub static CHANGE_INITIATIVES: Subject =
    Subject { kind: SubjectKind::ChangeInitiative, exists: existing, audience: concerned };

fn existing(id: Uuid) -> SelectStatement {
    Query::select()
        .column(initiative::Column::Id)
        .from(initiative::Entity)
        .and_where(initiative::Column::Id.eq(id))
        .to_owned()
}

fn units(id: Uuid) -> SelectStatement {
    Query::select()
        .column(unit::Column::UnitId)
        .from(unit::Entity)
        .and_where(unit::Column::ChangeInitiativeId.eq(id))
        .to_owned()
}

fn people(id: Uuid) -> SelectStatement {
    Query::select()
        .column(person::Column::LibrarianId)
        .from(person::Entity)
        .and_where(person::Column::ChangeInitiativeId.eq(id))
        .to_owned()
}

/// The ids of the people whom a change concerns today.
pub fn concerned(id: Uuid) -> SelectStatement {
    let everybody = Condition::all().add(Expr::exists(units(id)).not()).add(Expr::exists(people(id)).not());
    Query::select()
        .column(librarian::Column::Id)
        .from(librarian::Entity)
        .and_where(librarian::Column::ArchivedAt.is_null())
        .cond_where(
            Condition::any()
                .add(Expr::col((librarian::Entity, librarian::Column::UnitId)).in_subquery(units(id)))
                .add(Expr::col((librarian::Entity, librarian::Column::Id)).in_subquery(people(id)))
                .add(everybody),
        )
        .to_owned()
}

/// The people whom a change concerns today.
pub async fn concerned_people(reader: Reader<'_>, id: Uuid) -> Result<Vec<Uuid>> {
    reader.heavy_rows(&concerned(id), |row| row.get::<Uuid>(0)).await
}

/// Writes what the people are found by.
pub(super) async fn index_in(tx: &Tx<'_>, row: &Model) -> Result<()> {
    clear_in(tx, row.id).await?;
    let units =
        row.unit_ids.0.iter().map(|id| unit::ActiveModel { change_initiative_id: Set(row.id), unit_id: Set(*id) });
    tx.put_all::<unit::Entity>(units).await?;
    let people = row
        .librarian_ids
        .0
        .iter()
        .map(|id| person::ActiveModel { change_initiative_id: Set(row.id), librarian_id: Set(*id) });
    tx.put_all::<person::Entity>(people).await
}

/// Removes what the people are found by.
pub(super) async fn clear_in(tx: &Tx<'_>, id: Uuid) -> Result<()> {
    let units = Query::delete()
        .from_table(unit::Entity)
        .and_where(Expr::col(unit::Column::ChangeInitiativeId).eq(id))
        .to_owned();
    tx.execute(&units).await?;
    let people = Query::delete()
        .from_table(person::Entity)
        .and_where(Expr::col(person::Column::ChangeInitiativeId).eq(id))
        .to_owned();
    tx.execute(&people).await.map(|_| ())
}
