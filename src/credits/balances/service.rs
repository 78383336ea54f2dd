use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use sea_orm::QueryTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Func, OnConflict, Query, SimpleExpr};
use uuid::Uuid;

use super::entity::{ActiveModel, Column, Entity, Model};
use crate::credits::entries::entity as entry;
use crate::credits::year::CreditYear;
use crate::kernel::db::{Reader, Tx, enum_of};
use crate::kernel::error::{Error, Result};
use crate::settings::training_types::entity::LearningBucket;

/// What rows of the ledger add up to on one day, in one bucket.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DaySum {
    bucket: LearningBucket,
    counted_on: NaiveDate,
    credited: i64,
    entries: i64,
}

/// What rows of the ledger add up to, in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    /// In courses and classes.
    pub formal: i64,
    /// From others.
    pub social: i64,
    /// At work.
    pub experience: i64,
    /// Credits that stand.
    pub entries: i64,
}

impl Sums {
    /// All hours.
    pub(crate) const fn credited(&self) -> i64 {
        self.formal + self.social + self.experience
    }

    /// The sum of days.
    pub(crate) fn of(days: &[DaySum]) -> Self {
        let mut sums = Self::default();
        for day in days {
            sums.entries += day.entries;
            match day.bucket {
                LearningBucket::Formal => sums.formal += day.credited,
                LearningBucket::Social => sums.social += day.credited,
                LearningBucket::Experience => sums.experience += day.credited,
            }
        }
        sums
    }
}

impl From<Model> for Sums {
    fn from(row: Model) -> Self {
        Self {
            formal: row.formal.into(),
            social: row.social.into(),
            experience: row.experience.into(),
            entries: row.entry_count.into(),
        }
    }
}

/// Adds up the ledger of a person and year and keeps the sums. Part of the transaction that holds the person's lock.
pub(crate) async fn recount_in(tx: &Tx<'_>, librarian_id: Uuid, year: CreditYear) -> Result<()> {
    let days = day_sums(tx.reader(), librarian_id, year.year, None).await?;
    let sums = Sums::of(&days);
    let mut months = [0_i64; 13];
    for day in days {
        if let Some(month) = months.get_mut(year.month_of(day.counted_on) as usize) {
            *month += day.entries;
        }
    }
    let hours = |sum: i64| i32::try_from(sum).map_err(Error::internal);
    let active = months.iter().enumerate().filter(|(_, count)| **count > 0).map(|(month, _)| 1 << month).sum();
    let row = ActiveModel {
        librarian_id: Set(librarian_id),
        year: Set(year.year),
        starts_on: Set(year.starts_on),
        ends_on: Set(year.ends_on),
        credited: Set(hours(sums.credited())?),
        formal: Set(hours(sums.formal)?),
        social: Set(hours(sums.social)?),
        experience: Set(hours(sums.experience)?),
        entry_count: Set(hours(sums.entries)?),
        active_months: Set(active),
    };
    let kept = OnConflict::columns([Column::LibrarianId, Column::Year])
        .update_columns([
            Column::StartsOn,
            Column::EndsOn,
            Column::Credited,
            Column::Formal,
            Column::Social,
            Column::Experience,
            Column::EntryCount,
            Column::ActiveMonths,
        ])
        .to_owned();
    tx.execute(Entity::insert(row).on_conflict(kept).as_query()).await?;
    Ok(())
}

/// The rows of a person and year by bucket and day, of those that are known.
pub(crate) async fn day_sums(
    reader: Reader<'_>,
    librarian_id: Uuid,
    year: i32,
    known: Option<SimpleExpr>,
) -> Result<Vec<DaySum>> {
    let reversed = Expr::col(entry::Column::Kind).eq("reversal");
    let mut days = Query::select()
        .column(entry::Column::Bucket)
        .column(entry::Column::CountedOn)
        .expr(Func::sum(Expr::col(entry::Column::Credited)))
        .expr(Func::sum(Expr::case(reversed, Expr::val(-1)).finally(Expr::val(1))))
        .from(entry::Entity)
        .and_where(Expr::col(entry::Column::LibrarianId).eq(librarian_id))
        .and_where(Expr::col(entry::Column::Year).eq(year))
        .group_by_columns([entry::Column::Bucket, entry::Column::CountedOn])
        .to_owned();
    if let Some(known) = known {
        days.and_where(known);
    }
    let read = reader.rows(&days, |row| {
        Ok(DaySum {
            bucket: enum_of(&row.get::<String>(0)?)?,
            counted_on: row.get(1)?,
            credited: row.get(2)?,
            entries: row.get(3)?,
        })
    });
    read.await
}
