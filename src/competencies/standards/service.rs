use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};
use serde_json::json;
use uuid::Uuid;

use super::dto::{NewPositionStandard, NewStandardEntry, PositionStandard, StandardEntry};
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::competencies::frameworks::entity::{self as framework, FrameworkStatus};
use crate::competencies::items::entity::{self as competency, CompetencyKind};
use crate::kernel::clock::Instant;
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::{Fault, NO_SUCH_OBJECT, REPEATED, Violation};
use crate::staff::positions::entity as position;

/// The competency is not one that a position can ask.
pub const NOT_A_UNIT_IN_USE: Fault = Fault {
    code: "not_a_unit_in_use",
    id: "Hanya unit kompetensi dari kerangka yang berlaku yang dapat dipersyaratkan",
    en: "Only units of a published framework can be required",
};

fn one(access: &Access, id: Uuid) -> Select<position::Entity> {
    let row = position::Entity::find().filter(position::Column::Id.eq(id));
    if access.is_admin() { row } else { row.filter(position::Column::ArchivedAt.is_null()) }
}

async fn entries(reader: Reader<'_>, position_id: Uuid) -> Result<Vec<Model>> {
    reader.all(Entity::find().filter(Column::PositionId.eq(position_id))).await
}

/// What a position asks, as one would write it.
pub async fn asked_of(reader: Reader<'_>, position_id: Uuid) -> Result<Vec<NewStandardEntry>> {
    let rows = entries(reader, position_id).await?.into_iter().map(|row| NewStandardEntry {
        competency_id: row.competency_id,
        required_level: row.required_level,
        weight: row.weight,
    });
    Ok(rows.collect())
}

/// Reads what a position asks.
pub async fn read(db: &Db, access: &Access, position_id: Uuid) -> Result<PositionStandard> {
    let position = db.reader().find(one(access, position_id)).await?;
    seen(db.reader(), &position).await
}

async fn seen(reader: Reader<'_>, position: &position::Model) -> Result<PositionStandard> {
    let rows = entries(reader, position.id).await?;
    let ids = rows.iter().map(|row| row.competency_id);
    let known = reader.all(competency::Entity::find().filter(competency::Column::Id.is_in(ids))).await?;
    let known: HashMap<Uuid, competency::Model> = known.into_iter().map(|row| (row.id, row)).collect();
    let named = rows.into_iter().filter_map(|row| {
        known.get(&row.competency_id).map(|competency| StandardEntry {
            competency_id: row.competency_id,
            code: competency.code.clone(),
            title: competency.title.clone(),
            required_level: row.required_level,
            weight: row.weight,
        })
    });
    let mut entries: Vec<_> = named.collect();
    entries.sort_by(|one, other| (&one.code, one.competency_id).cmp(&(&other.code, other.competency_id)));
    Ok(PositionStandard {
        position_id: position.id,
        entries,
        version: position.standard_version,
        updated_at: Instant(position.updated_at),
    })
}

/// Puts a standard in the place of the present one.
pub async fn replace(
    db: &Db,
    access: &Access,
    position_id: Uuid,
    expected: Precondition,
    new: NewPositionStandard,
) -> Result<PositionStandard> {
    db.write(access, async move |tx: &Tx<'_>| {
        let position = tx.lock(one(tx.access(), position_id)).await?;
        expected.check(position.standard_version)?;
        let wrong = check(tx.reader(), position_id, &new.entries).await?;
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        let position = replace_in(tx, position, &new.entries).await?;
        seen(tx.reader(), &position).await
    })
    .await
}

/// What is wrong with these entries. What the position asks already may stay when its framework has been retired since.
async fn check(reader: Reader<'_>, position_id: Uuid, new: &[NewStandardEntry]) -> Result<Vec<Violation>> {
    let ids: BTreeSet<Uuid> = new.iter().map(|entry| entry.competency_id).collect();
    let known = competency::Entity::find().filter(competency::Column::Id.is_in(ids.iter().copied()));
    let known: BTreeSet<Uuid> = reader.all(known.clone()).await?.into_iter().map(|row| row.id).collect();
    let published = framework::Entity::find()
        .select_only()
        .column(framework::Column::Id)
        .filter(framework::Column::Status.eq(FrameworkStatus::Published));
    let usable = competency::Entity::find()
        .filter(competency::Column::Id.is_in(ids))
        .filter(competency::Column::Kind.eq(CompetencyKind::Unit))
        .filter(competency::Column::FrameworkId.in_subquery(published.into_query()));
    let mut usable: BTreeSet<Uuid> = reader.all(usable).await?.into_iter().map(|row| row.id).collect();
    usable.extend(entries(reader, position_id).await?.into_iter().map(|row| row.competency_id));
    let mut seen = BTreeSet::new();
    let faults = new.iter().enumerate().filter_map(|(index, entry)| {
        let fault = if !known.contains(&entry.competency_id) {
            &NO_SUCH_OBJECT
        } else if !usable.contains(&entry.competency_id) {
            &NOT_A_UNIT_IN_USE
        } else if !seen.insert(entry.competency_id) {
            &REPEATED
        } else {
            return None;
        };
        Some(Violation::field(format!("entries/{index}/competency_id"), fault))
    });
    Ok(faults.collect())
}

/// Writes the entries of a position whose row is locked, with an event that holds those before and after.
pub async fn replace_in(tx: &Tx<'_>, position: position::Model, new: &[NewStandardEntry]) -> Result<position::Model> {
    let before = by_competency(asked_of(tx.reader(), position.id).await?.into_iter());
    let after = by_competency(new.iter().cloned());
    if before == after {
        return Ok(position);
    }
    let delete = Query::delete().from_table(Entity).and_where(Expr::col(Column::PositionId).eq(position.id)).to_owned();
    tx.execute(&delete).await?;
    for entry in after.values() {
        let row = ActiveModel {
            position_id: Set(position.id),
            competency_id: Set(entry.competency_id),
            required_level: Set(entry.required_level),
            weight: Set(entry.weight),
        };
        tx.put::<Entity>(row).await?;
    }
    // The standard counts for itself: whoever changes the position's own fields meanwhile disturbs nobody here.
    let count = Query::update()
        .table(position::Entity)
        .value(position::Column::StandardVersion, position.standard_version + 1)
        .and_where(Expr::col(position::Column::Id).eq(position.id))
        .and_where(Expr::col(position::Column::StandardVersion).eq(position.standard_version))
        .to_owned();
    if tx.execute(&count).await? == 0 {
        return Err(Error::Raced);
    }
    let changed = position::Model { standard_version: position.standard_version + 1, ..position.clone() };
    let (before, after) = (
        json!({"standard": before.values().collect::<Vec<_>>(), "standard_version": position.standard_version}),
        json!({"standard": after.values().collect::<Vec<_>>(), "standard_version": changed.standard_version}),
    );
    tx.note_changes::<position::Entity>(&changed, "position.standard_replaced", before, after).await?;
    Ok(changed)
}

fn by_competency(entries: impl Iterator<Item = NewStandardEntry>) -> BTreeMap<Uuid, NewStandardEntry> {
    entries.map(|entry| (entry.competency_id, entry)).collect()
}
