use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{LibraryFigure, LibraryFigureChanges, LibraryFigureFilter, LibraryFigurePage, NewLibraryFigure};
use super::entity::{ActiveModel, Column, Entity, FigureKey, Model};
use super::known::{Known, STANDS_FOR, known};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::decimal::ten_thousandths;
use crate::kernel::error::{Error, Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::period::{NOT_A_PERIOD, Period};
use crate::kernel::policy::Access;
use crate::kernel::validation::{IN_THE_FUTURE, Violation};

/// The period has this figure.
pub const LIBRARY_FIGURE_EXISTS: Refusal = Refusal {
    code: "library_figure_exists",
    status: 409,
    id: "Angka ini sudah tercatat untuk periode dan wilayah yang sama; ubah yang ada",
    en: "This figure is entered for the same period and district already; change that one",
};

const SORTABLE: &Sortable<Entity> = &[("starts_on", Column::StartsOn), ("created_at", Column::CreatedAt)];

fn one(id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id))
}

/// Lists figures.
pub async fn list(db: &Db, list: &Listing<LibraryFigureFilter>) -> Result<LibraryFigurePage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-starts_on").await?;
    Ok(page.map(LibraryFigure::from))
}

/// Reads a figure.
pub async fn read(db: &Db, id: Uuid) -> Result<LibraryFigure> {
    db.reader().find(one(id)).await.map(LibraryFigure::from)
}

/// Enters a figure.
pub async fn create(db: &Db, access: &Access, new: NewLibraryFigure) -> Result<LibraryFigure> {
    db.create(access, async move |tx: &Tx<'_>| {
        let period = Period::parse(&new.period)
            .ok_or_else(|| Error::invalid(vec![Violation::field("period", &NOT_A_PERIOD)]))?;
        if period.starts_on() > tx.today() {
            return Err(Error::invalid(vec![Violation::field("period", &IN_THE_FUTURE)]));
        }
        let row = ActiveModel {
            key: Set(new.key),
            period: Set(new.period.clone()),
            starts_on: Set(period.starts_on()),
            ends_on: Set(period.ends_on()),
            district_code: Set(new.district_code.clone().unwrap_or_default()),
            value: Set(ten_thousandths(new.value)),
            source: Set(new.source.clone()),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "library_figure.created").await;
        row.map(LibraryFigure::from).on_duplicate_of("period", LIBRARY_FIGURE_EXISTS, "period")
    })
    .await
}

/// Changes a figure.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: LibraryFigureChanges,
) -> Result<LibraryFigure> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(id)).await?;
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        set(&mut row.value, changes.value.map(ten_thousandths));
        set(&mut row.source, changes.source);
        tx.update::<Entity>(&before, row, expected, "library_figure.updated").await.map(LibraryFigure::from)
    })
    .await
}

/// Removes a figure. What was measured with it keeps it.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let row = tx.reader().find(one(id)).await?;
        tx.delete::<Entity>(&row, expected, "library_figure.deleted").await
    })
    .await
}

/// The figures of a district, or of the whole city, in a period, as far as they are known today.
pub async fn known_in(
    reader: Reader<'_>,
    keys: &[FigureKey],
    district: Option<&str>,
    period: Period,
    today: NaiveDate,
) -> Result<HashMap<FigureKey, Known>> {
    let earliest = period.starts_on().checked_sub_months(STANDS_FOR).unwrap_or(period.starts_on());
    let rows = Entity::find()
        .filter(Column::Key.is_in(keys.iter().copied()))
        .filter(Column::DistrictCode.eq(district.unwrap_or_default()))
        .filter(Column::EndsOn.gte(earliest))
        .filter(Column::StartsOn.lte(period.ends_on()));
    let mut by_key: HashMap<FigureKey, Vec<Model>> = HashMap::new();
    for row in reader.all(rows).await? {
        by_key.entry(row.key).or_default().push(row);
    }
    Ok(by_key.into_iter().filter_map(|(key, rows)| Some((key, known(key, &rows, period, today)?))).collect())
}
