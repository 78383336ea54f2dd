use chrono::{Datelike, NaiveDate};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::dto::{Appraisal, AppraisalChanges, AppraisalPage, NewAppraisal};
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::decimal::hundredths;
use crate::kernel::error::{Refusal, Result};
use crate::kernel::page::{self, Listing, NoFilter, Sortable};
use crate::kernel::patch::{Patch, set};
use crate::kernel::policy::Access;
use crate::kernel::validation::{IN_THE_FUTURE, OUT_OF_RANGE, Violation};
use crate::staff::records::{accept, hold, hold_person, person, read as read_record};

/// One of the months is appraised already.
pub const APPRAISAL_OVERLAPS: Refusal = Refusal {
    code: "appraisal_overlaps",
    status: 409,
    id: "Salah satu bulan ini sudah dinilai",
    en: "One of these months is appraised already",
};

const SORTABLE: &Sortable<Entity> = &[("year", Column::Year)];
/// Months of a year.
const MONTHS: i32 = 12;

/// The months that an appraisal is about.
#[derive(Clone, Copy, Debug)]
struct Period {
    year: i32,
    first_month: i32,
    months: i32,
}

/// The first day that an appraisal is about.
pub fn first_day(row: &Model) -> NaiveDate {
    month(row.year, row.first_month)
}

/// The last day that an appraisal is about.
pub fn last_day(row: &Model) -> NaiveDate {
    let next = month(row.year, row.first_month + row.months);
    next.pred_opt().unwrap_or(next)
}

/// The first day of a month; the thirteenth is January of the next year.
fn month(year: i32, month: i32) -> NaiveDate {
    let months = year * MONTHS + month - 1;
    let number = months.rem_euclid(MONTHS).cast_unsigned() + 1;
    NaiveDate::from_ymd_opt(months.div_euclid(MONTHS), number, 1).unwrap_or(NaiveDate::MIN)
}

/// The appraisals of a person, the earliest first.
pub async fn all_of(reader: Reader<'_>, librarian_id: Uuid) -> Result<Vec<Model>> {
    let rows = Entity::find().filter(Column::LibrarianId.eq(librarian_id));
    reader.all(rows.order_by_asc(Column::Year).order_by_asc(Column::FirstMonth)).await
}

/// Lists the appraisals of a person.
pub async fn list(db: &Db, access: &Access, librarian_id: Uuid, list: &Listing<NoFilter>) -> Result<AppraisalPage> {
    person(db, access, librarian_id).await?;
    let rows = Entity::find().filter(Column::LibrarianId.eq(librarian_id));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-year").await?;
    Ok(page.map(Appraisal::from))
}

/// Reads an appraisal.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Appraisal> {
    read_record::<Entity>(db, access, id).await.map(Appraisal::from)
}

/// The months can be, and none of them is appraised of this person, who is locked.
async fn check(tx: &Tx<'_>, person: Uuid, except: Option<Uuid>, period: Period) -> Result<()> {
    let Period { year, first_month, months } = period;
    if first_month + months > MONTHS + 1 {
        let violation = Violation::field("months", &OUT_OF_RANGE).with("min", 1);
        accept(vec![violation.with("max", MONTHS + 1 - first_month)])?;
    }
    let today = tx.today();
    if (year, first_month + months - 1) > (today.year(), today.month().cast_signed()) {
        accept(vec![Violation::field("year", &IN_THE_FUTURE)])?;
    }
    let end = Expr::col(Column::FirstMonth).add(Expr::col(Column::Months));
    let mut same = Entity::find()
        .filter(Column::LibrarianId.eq(person))
        .filter(Column::Year.eq(year))
        .filter(Column::FirstMonth.lt(first_month + months))
        .filter(end.gt(first_month));
    if let Some(id) = except {
        same = same.filter(Column::Id.ne(id));
    }
    if tx.reader().exists(same).await? { Err(APPRAISAL_OVERLAPS.into()) } else { Ok(()) }
}

/// Enters an appraisal.
pub async fn create(db: &Db, access: &Access, librarian_id: Uuid, new: NewAppraisal) -> Result<Appraisal> {
    db.create(access, async move |tx: &Tx<'_>| {
        let person = hold_person(tx, librarian_id).await?;
        let period = Period { year: new.year, first_month: new.first_month, months: new.months };
        check(tx, person.id, None, period).await?;
        let row = ActiveModel {
            librarian_id: Set(person.id),
            year: Set(new.year),
            first_month: Set(new.first_month),
            months: Set(new.months),
            predicate: Set(new.predicate),
            score: Set(new.score.map(hundredths)),
            note: Set(new.note.clone()),
            siasn_id: Set(new.siasn_id.clone()),
            ..Default::default()
        };
        tx.insert::<Entity>(row, "appraisal.created").await.map(Appraisal::from)
    })
    .await
}

/// Changes an appraisal.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: AppraisalChanges,
) -> Result<Appraisal> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (person, before) = hold::<Entity>(tx, id).await?;
        let changes = changes.clone();
        let period = Period {
            year: changes.year.unwrap_or(before.year),
            first_month: changes.first_month.unwrap_or(before.first_month),
            months: changes.months.unwrap_or(before.months),
        };
        check(tx, person.id, Some(id), period).await?;
        let mut row = before.clone().into_active_model();
        set(&mut row.year, changes.year);
        set(&mut row.first_month, changes.first_month);
        set(&mut row.months, changes.months);
        set(&mut row.predicate, changes.predicate);
        match changes.score {
            Patch::Keep => {}
            Patch::Clear => row.score = Set(None),
            Patch::Set(score) => row.score = Set(Some(hundredths(score))),
        }
        changes.note.apply(&mut row.note);
        changes.siasn_id.apply(&mut row.siasn_id);
        tx.update::<Entity>(&before, row, expected, "appraisal.updated").await.map(Appraisal::from)
    })
    .await
}

/// Removes an appraisal that was entered by mistake.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (_, before) = hold::<Entity>(tx, id).await?;
        tx.delete::<Entity>(&before, expected, "appraisal.removed").await
    })
    .await
}
