use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{Indicator, IndicatorChanges, IndicatorFilter, IndicatorPage, NewIndicator};
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::evaluation::indicator_methods::service as methods;
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::decimal::ten_thousandths;
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result, ResultExt};
use crate::kernel::language::Localized;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::text::search_text;
use crate::kernel::validation::{NO_SUCH_OBJECT, Violation};
use crate::programmes::programmes::entity as programme;

/// Another indicator has this code.
pub const INDICATOR_CODE_TAKEN: Refusal = Refusal {
    code: "indicator_code_taken",
    status: 409,
    id: "Kode indikator ini sudah dipakai",
    en: "Another indicator has this code",
};

const SORTABLE: &Sortable<Entity> = &[("code", Column::Code), ("created_at", Column::CreatedAt)];

/// The indicators this caller may know of; every query starts here.
pub fn visible(access: &Access, include_archived: bool) -> Select<Entity> {
    if include_archived && access.is_admin() {
        Entity::find()
    } else {
        Entity::find().filter(Column::ArchivedAt.is_null())
    }
}

/// An indicator by its id.
pub fn one(access: &Access, id: Uuid) -> Select<Entity> {
    visible(access, true).filter(Column::Id.eq(id))
}

/// An indicator in use, whose measurements and targets others do not change until this transaction ends; 404 when there is none.
pub async fn hold_in_use(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    tx.lock(visible(tx.access(), false).filter(Column::Id.eq(id))).await
}

/// An indicator in use that a body names in `indicator_id`.
pub async fn named(reader: Reader<'_>, access: &Access, id: Uuid) -> Result<Model> {
    let found = reader.one(visible(access, false).filter(Column::Id.eq(id))).await?;
    found.ok_or_else(|| Error::invalid(vec![Violation::field("indicator_id", &NO_SUCH_OBJECT)]))
}

async fn answer(reader: Reader<'_>, row: Model, tx: &Tx<'_>) -> Result<Indicator> {
    let method = methods::in_force(reader, row.id, tx.today()).await?;
    Ok(Indicator::seen(row, method, tx.access()))
}

pub(in crate::evaluation) fn searched(code: &str, name: &Localized) -> String {
    search_text(&[code, &name.id, name.en.as_deref().unwrap_or_default()])
}

/// Lists indicators.
pub async fn list(db: &Db, access: &Access, list: &Listing<IndicatorFilter>) -> Result<IndicatorPage> {
    let rows = visible(access, list.filter.include_archived).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "code").await?;
    let ids = page.items.iter().map(|row| row.id);
    let mut methods = methods::all_in_force(db.reader(), ids, db.today()).await?;
    Ok(page.map(|row| {
        let method = methods.remove(&row.id);
        Indicator::seen(row, method, access)
    }))
}

/// Reads an indicator.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Indicator> {
    let row = db.reader().find(one(access, id)).await?;
    let method = methods::in_force(db.reader(), id, db.today()).await?;
    Ok(Indicator::seen(row, method, access))
}

/// Enters an indicator with its first method.
pub async fn create(db: &Db, access: &Access, new: NewIndicator) -> Result<Indicator> {
    db.create(access, async move |tx: &Tx<'_>| {
        let mut wrong = new.method.mistakes("#/method");
        wrong.extend(unknown_programme(tx, new.programme_id).await?);
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        let row = ActiveModel {
            code: Set(new.code.clone()),
            search_text: Set(searched(&new.code, &new.name)),
            name: Set(new.name.clone()),
            definition: Set(new.definition.clone()),
            unit: Set(new.unit.clone()),
            decimals: Set(new.decimals),
            direction: Set(new.direction),
            period_kind: Set(new.period_kind),
            tolerance: Set(ten_thousandths(new.tolerance)),
            source: Set(new.source.clone()),
            programme_id: Set(new.programme_id),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "indicator.created").await;
        let row = row.on_duplicate_of("code", INDICATOR_CODE_TAKEN, "code")?;
        methods::begin_in(tx, row.id, &new.method).await?;
        answer(tx.reader(), row, tx).await
    })
    .await
}

/// A programme that an indicator belongs to is there.
async fn unknown_programme(tx: &Tx<'_>, id: Option<Uuid>) -> Result<Option<Violation>> {
    let Some(id) = id else { return Ok(None) };
    let known =
        programme::Entity::find().filter(programme::Column::Id.eq(id)).filter(programme::Column::ArchivedAt.is_null());
    let is_known = tx.reader().exists(known).await?;
    Ok((!is_known).then(|| Violation::field("programme_id", &NO_SUCH_OBJECT)))
}

/// Changes an indicator.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: IndicatorChanges,
) -> Result<Indicator> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(tx.access(), id)).await?;
        let changes = changes.clone();
        let wrong = unknown_programme(tx, changes.programme_id.value().copied()).await?;
        if let Some(wrong) = wrong {
            return Err(Error::invalid(vec![wrong]));
        }
        let mut row = before.clone().into_active_model();
        let (code, name) =
            (changes.code.as_ref().unwrap_or(&before.code), changes.name.as_ref().unwrap_or(&before.name));
        row.search_text = Set(searched(code, name));
        set(&mut row.code, changes.code);
        for (column, text) in
            [(&mut row.name, changes.name), (&mut row.definition, changes.definition), (&mut row.unit, changes.unit)]
        {
            if let Some(text) = text {
                *column = Set(text);
            }
        }
        set(&mut row.tolerance, changes.tolerance.map(ten_thousandths));
        changes.source.apply(&mut row.source);
        changes.programme_id.apply(&mut row.programme_id);
        let row = tx.update::<Entity>(&before, row, expected, "indicator.updated").await;
        answer(tx.reader(), row.on_duplicate_of("code", INDICATOR_CODE_TAKEN, "code")?, tx).await
    })
    .await
}

/// Puts an indicator aside. What was measured stays.
pub async fn archive(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(visible(tx.access(), false).filter(Column::Id.eq(id))).await?;
        tx.archive::<Entity>(&before, expected, "indicator.archived").await
    })
    .await
}

/// Takes an indicator back from the archive.
pub async fn restore(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Indicator> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(tx.access(), id)).await?;
        if before.archived_at.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        let row = tx.restore::<Entity>(&before, expected, "indicator.restored").await?;
        answer(tx.reader(), row, tx).await
    })
    .await
}
