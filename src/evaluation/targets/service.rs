use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{
    IndicatorTarget, IndicatorTargetChanges, IndicatorTargetFilter, IndicatorTargetPage, NewIndicatorTarget,
};
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::evaluation::indicators::entity as indicator;
use crate::evaluation::indicators::service::{hold_in_use, named};
use crate::evaluation::measurements::service::{must_be_open_in, wrong_decimals};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::decimal::ten_thousandths;
use crate::kernel::error::{Error, Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::period::Period;
use crate::kernel::policy::Access;

/// The period has a target.
pub const TARGET_EXISTS: Refusal = Refusal {
    code: "target_exists",
    status: 409,
    id: "Periode ini sudah memiliki target; ubah yang ada",
    en: "The period has a target already; change that one",
};

const SORTABLE: &Sortable<Entity> = &[("starts_on", Column::StartsOn)];

/// The targets of indicators that this caller may know of are theirs to read: they stay when the indicator is archived.
fn one(id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id))
}

/// Lists targets.
pub async fn list(db: &Db, list: &Listing<IndicatorTargetFilter>) -> Result<IndicatorTargetPage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-starts_on").await?;
    Ok(page.map(IndicatorTarget::from))
}

/// Reads a target.
pub async fn read(db: &Db, id: Uuid) -> Result<IndicatorTarget> {
    db.reader().find(one(id)).await.map(IndicatorTarget::from)
}

/// Sets a target.
pub async fn create(db: &Db, access: &Access, new: NewIndicatorTarget) -> Result<IndicatorTarget> {
    db.create(access, async move |tx: &Tx<'_>| {
        named(tx.reader(), tx.access(), new.indicator_id).await?;
        let indicator = hold_in_use(tx, new.indicator_id).await?;
        let period = Period::field("period", &new.period, indicator.period_kind)?;
        let value = checked(&indicator, new.value)?;
        must_be_open_in(tx, indicator.id, period.starts_on()).await?;
        let row = ActiveModel {
            indicator_id: Set(indicator.id),
            period: Set(new.period.clone()),
            starts_on: Set(period.starts_on()),
            ends_on: Set(period.ends_on()),
            value: Set(value),
            note: Set(new.note.clone()),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "indicator_target.created").await;
        row.map(IndicatorTarget::from).on_duplicate_of("starts_on", TARGET_EXISTS, "period")
    })
    .await
}

fn checked(indicator: &indicator::Model, value: f64) -> Result<i64> {
    let value = ten_thousandths(value);
    match wrong_decimals(indicator, value) {
        Some(wrong) => Err(Error::invalid(vec![wrong])),
        None => Ok(value),
    }
}

/// A target, and its indicator held so that nobody closes the period meanwhile.
async fn hold(tx: &Tx<'_>, id: Uuid) -> Result<(Model, indicator::Model)> {
    let row = tx.reader().find(one(id)).await?;
    let indicator = hold_in_use(tx, row.indicator_id).await?;
    must_be_open_in(tx, indicator.id, row.starts_on).await?;
    Ok((tx.reader().find(one(id)).await?, indicator))
}

/// Changes a target, until its period is closed.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: IndicatorTargetChanges,
) -> Result<IndicatorTarget> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (before, indicator) = hold(tx, id).await?;
        let changes = changes.clone();
        let value = changes.value.map(|value| checked(&indicator, value)).transpose()?;
        let mut row = before.clone().into_active_model();
        set(&mut row.value, value);
        changes.note.apply(&mut row.note);
        tx.update::<Entity>(&before, row, expected, "indicator_target.updated").await.map(IndicatorTarget::from)
    })
    .await
}

/// Removes a target, until its period is closed.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (row, _) = hold(tx, id).await?;
        tx.delete::<Entity>(&row, expected, "indicator_target.deleted").await
    })
    .await
}
