//! The counts behind the gap report, kept with each write: how many people of a unit and position stand at which level.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::entity::{self as level, level_count, staff_count};
use crate::kernel::db::Tx;
use crate::kernel::error::Result;
use crate::kernel::hook::{Change, Hook};
use crate::staff::librarians::entity as librarian;

/// Follows people who come, go, or change their unit or position.
pub const FOLLOW_PEOPLE: Hook = Hook { subject_kind: "librarian", run: follow };

/// Where somebody is counted: unit and position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The unit.
    pub unit_id: Uuid,
    /// The position; nil for none.
    pub position_id: Uuid,
}

impl Place {
    /// Where this person is counted.
    pub fn of(person: &librarian::Model) -> Self {
        Self { unit_id: person.unit_id, position_id: person.position_id.unwrap_or_default() }
    }
}

/// Moves one person of a place from one level of a competency to another; none is no level.
pub async fn move_level_in(
    tx: &Tx<'_>,
    place: Place,
    competency: Uuid,
    from: Option<i32>,
    to: Option<i32>,
) -> Result<()> {
    if from == to {
        return Ok(());
    }
    let by = |level: i32| i32::from(to == Some(level)) - i32::from(from == Some(level));
    make_row_in(tx, &one_row(place, competency)).await?;
    let mut update = Query::update();
    update.table(level_count::Entity);
    for level in 1..=5 {
        if by(level) != 0 {
            let column = level_count::Column::of(level);
            update.value(column, Expr::col(column).add(by(level)));
        }
    }
    update
        .and_where(Expr::col(level_count::Column::CompetencyId).eq(competency))
        .and_where(Expr::col(level_count::Column::UnitId).eq(place.unit_id))
        .and_where(Expr::col(level_count::Column::PositionId).eq(place.position_id));
    tx.execute(&update).await.map(|_| ())
}

fn one_row(place: Place, competency: Uuid) -> SelectStatement {
    let mut row = Query::select();
    row.expr(Expr::val(competency)).expr(Expr::val(place.unit_id)).expr(Expr::val(place.position_id));
    for _ in 0..5 {
        row.expr(Expr::val(0));
    }
    row.and_where(Expr::val(1).eq(1)).to_owned()
}

/// Makes rows of counts where there are none.
async fn make_row_in(tx: &Tx<'_>, rows: &SelectStatement) -> Result<()> {
    let mut insert = Query::insert();
    insert.into_table(level_count::Entity).columns(all_columns()).on_conflict(
        OnConflict::columns([
            level_count::Column::CompetencyId,
            level_count::Column::UnitId,
            level_count::Column::PositionId,
        ])
        .do_nothing()
        .to_owned(),
    );
    insert.select_from(rows.clone()).map_err(crate::kernel::error::Error::internal)?;
    tx.execute(&insert).await.map(|_| ())
}

fn all_columns() -> Vec<level_count::Column> {
    let mut columns =
        vec![level_count::Column::CompetencyId, level_count::Column::UnitId, level_count::Column::PositionId];
    columns.extend(level_count::Column::LEVELS);
    columns
}

fn follow<'a>(tx: &'a Tx<'a>, change: Change<'a>) -> LocalBoxFuture<'a, Result<()>> {
    follow_in(tx, change).boxed_local()
}

async fn follow_in(tx: &Tx<'_>, change: Change<'_>) -> Result<()> {
    let (unit, position) = (change.id("unit_id"), change.id("position_id"));
    let archived = change.fields.get("archived_at");
    if unit.is_none() && position.is_none() && archived.is_none() {
        return Ok(());
    }
    let person = librarian::Entity::find().filter(librarian::Column::Id.eq(change.subject_id));
    let person = tx.lock(person).await?;
    let after = Place::of(&person);
    let before = Place {
        unit_id: unit.and_then(|(before, _)| before).unwrap_or(after.unit_id),
        position_id: position.map_or(after.position_id, |(before, _)| before.unwrap_or_default()),
    };
    let is_new = change.name == "librarian.created";
    let was_there = !is_new
        && archived.map_or(person.archived_at.is_none(), |both| both.get(0).is_none_or(serde_json::Value::is_null));
    let is_there = person.archived_at.is_none();
    if was_there {
        count_person_in(tx, before, person.id, -1).await?;
    }
    if is_there {
        count_person_in(tx, after, person.id, 1).await?;
    }
    Ok(())
}

/// Adds a person with all their levels to a place, or takes them away.
async fn count_person_in(tx: &Tx<'_>, place: Place, person: Uuid, by: i32) -> Result<()> {
    let mut row = Query::insert();
    row.into_table(staff_count::Entity)
        .columns([staff_count::Column::UnitId, staff_count::Column::PositionId, staff_count::Column::People])
        .values_panic([place.unit_id.into(), place.position_id.into(), 0.into()])
        .on_conflict(
            OnConflict::columns([staff_count::Column::UnitId, staff_count::Column::PositionId]).do_nothing().to_owned(),
        );
    tx.execute(&row).await?;
    let staff = Query::update()
        .table(staff_count::Entity)
        .value(staff_count::Column::People, Expr::col(staff_count::Column::People).add(by))
        .and_where(Expr::col(staff_count::Column::UnitId).eq(place.unit_id))
        .and_where(Expr::col(staff_count::Column::PositionId).eq(place.position_id))
        .to_owned();
    tx.execute(&staff).await?;
    if by > 0 {
        make_row_in(tx, &levels_of(person, place)).await?;
    }
    let has_level = |level: Option<i32>| {
        let mut of = Query::select();
        of.column(level::Column::CompetencyId)
            .from(level::Entity)
            .and_where(Expr::col(level::Column::LibrarianId).eq(person));
        if let Some(level) = level {
            of.and_where(Expr::col(level::Column::Level).eq(level));
        }
        of.clone()
    };
    let mut update = Query::update();
    update.table(level_count::Entity);
    for level in 1..=5 {
        let column = level_count::Column::of(level);
        let here: SimpleExpr = Expr::col(level_count::Column::CompetencyId).in_subquery(has_level(Some(level)));
        let changed = Expr::case(here, Expr::col(column).add(by)).finally(Expr::col(column));
        update.value(column, changed);
    }
    update
        .and_where(Expr::col(level_count::Column::CompetencyId).in_subquery(has_level(None)))
        .and_where(Expr::col(level_count::Column::UnitId).eq(place.unit_id))
        .and_where(Expr::col(level_count::Column::PositionId).eq(place.position_id));
    tx.execute(&update).await.map(|_| ())
}

fn levels_of(person: Uuid, place: Place) -> SelectStatement {
    let mut rows = Query::select();
    rows.column(level::Column::CompetencyId).expr(Expr::val(place.unit_id)).expr(Expr::val(place.position_id));
    for _ in 0..5 {
        rows.expr(Expr::val(0));
    }
    rows.from(level::Entity).and_where(Expr::col(level::Column::LibrarianId).eq(person)).to_owned()
}
