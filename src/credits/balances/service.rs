use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use sea_orm::QueryTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Func, OnConflict, Query};
use uuid::Uuid;

use super::entity::{ActiveModel, Column, Entity};
use crate::credits::entries::entity as entry;
use crate::credits::year::CreditYear;
use crate::kernel::db::{Tx, enum_of};
use crate::kernel::error::{Error, Result};
use crate::settings::training_types::entity::LearningBucket;

/// Adds up the ledger of a person and year and keeps the sums. Part of the transaction that holds the person's lock.
pub(crate) async fn recount_in(tx: &Tx<'_>, librarian_id: Uuid, year: CreditYear) -> Result<()> {
    let mut sums: HashMap<LearningBucket, i64> = HashMap::new();
    let (mut entries, mut months) = (0, [0_i64; 13]);
    for (bucket, counted_on, credited, count) in days(tx, librarian_id, year.year).await? {
        *sums.entry(bucket).or_default() += credited;
        entries += count;
        if let Some(month) = months.get_mut(year.month_of(counted_on) as usize) {
            *month += count;
        }
    }
    let hours = |sum: i64| i32::try_from(sum).map_err(Error::internal);
    let of = |bucket| hours(sums.get(&bucket).copied().unwrap_or_default());
    let active = months.iter().enumerate().filter(|(_, count)| **count > 0).map(|(month, _)| 1 << month).sum();
    let row = ActiveModel {
        librarian_id: Set(librarian_id),
        year: Set(year.year),
        starts_on: Set(year.starts_on),
        ends_on: Set(year.ends_on),
        credited: Set(hours(sums.values().sum())?),
        formal: Set(of(LearningBucket::Formal)?),
        social: Set(of(LearningBucket::Social)?),
        experience: Set(of(LearningBucket::Experience)?),
        entry_count: Set(hours(entries)?),
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

/// The year's rows by bucket and day: hours, and how many credits stand.
async fn days(tx: &Tx<'_>, librarian_id: Uuid, year: i32) -> Result<Vec<(LearningBucket, NaiveDate, i64, i64)>> {
    let reversed = Expr::col(entry::Column::Kind).eq("reversal");
    let days = Query::select()
        .column(entry::Column::Bucket)
        .column(entry::Column::CountedOn)
        .expr(Func::sum(Expr::col(entry::Column::Credited)))
        .expr(Func::sum(Expr::case(reversed, Expr::val(-1)).finally(Expr::val(1))))
        .from(entry::Entity)
        .and_where(Expr::col(entry::Column::LibrarianId).eq(librarian_id))
        .and_where(Expr::col(entry::Column::Year).eq(year))
        .group_by_columns([entry::Column::Bucket, entry::Column::CountedOn])
        .to_owned();
    let read = tx
        .reader()
        .rows(&days, |row| Ok((enum_of(&row.get::<String>(0)?)?, row.get(1)?, row.get::<i64>(2)?, row.get::<i64>(3)?)));
    read.await
}
