//! Rows that hold from one day until another: the newest begins on a later day and ends the one before it. What was in force
//! is never changed, so that what was decided by it can be explained for ever.

use chrono::NaiveDate;
use sea_orm::sea_query::{Condition, Value};
use sea_orm::{ActiveModelTrait, ColumnTrait, IntoActiveModel, QueryFilter, QueryOrder, Select};

use crate::kernel::db::{Precondition, Record, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::validation::{Fault, Violation};

/// A rule begins on a later day than today and than the rule before it.
pub const NOT_LATER: Fault =
    Fault { code: "not_later", id: "Harus sesudah tanggal {day}", en: "Must be later than {day}" };

/// What is or was in force stays.
pub const RULE_IN_FORCE: Refusal = Refusal {
    code: "rule_in_force",
    status: 409,
    id: "Aturan yang sedang atau pernah berlaku tidak dihapus; buat aturan baru yang berlaku kemudian",
    en: "A rule that is or was in force is not removed; make a new one that begins later",
};

/// Taken while dated rows change, so that two cannot both follow the same one.
const LOCK: i64 = 0x6269_6E64;

/// A table of such rows.
pub trait Dated: Record {
    /// The first day.
    const VALID_FROM: Self::Column;
    /// The last day.
    const VALID_TO: Self::Column;
    /// The event of a new row.
    const CREATED: &'static str;
    /// The event of a row whose end or origin changed.
    const UPDATED: &'static str;
    /// The event of a row that never came into force.
    const DELETED: &'static str;

    /// The first and the last day.
    fn period(row: &Self::Model) -> (NaiveDate, Option<NaiveDate>);
}

/// Those of a series that hold on a day.
pub fn holding<E: Dated>(on: NaiveDate) -> Condition {
    let open = Condition::any().add(E::VALID_TO.is_null()).add(E::VALID_TO.gte(on));
    Condition::all().add(E::VALID_FROM.lte(on)).add(open)
}

/// Adds a row to a series, and ends the one before it on the day before.
pub async fn follow_in<E: Dated>(
    tx: &Tx<'_>,
    series: Select<E>,
    mut row: E::ActiveModel,
    valid_from: NaiveDate,
) -> Result<E::Model> {
    tx.advisory_lock(LOCK).await?;
    let newest = tx.reader().one(series.order_by_desc(E::VALID_FROM)).await?;
    let begun = newest.as_ref().map_or(NaiveDate::MIN, |newest| E::period(newest).0);
    let after = std::cmp::max(begun, tx.today());
    if valid_from <= after {
        let violation = Violation::field("valid_from", &NOT_LATER).with("day", after.to_string());
        return Err(Error::invalid(vec![violation]));
    }
    if let Some(newest) = newest {
        end_in::<E>(tx, &newest, valid_from.pred_opt()).await?;
    }
    row.try_set(E::VALID_FROM, valid_from.into())?;
    tx.insert::<E>(row, E::CREATED).await
}

/// Removes the newest row of a series before it comes into force; the one before it goes on.
pub async fn withdraw_in<E: Dated>(
    tx: &Tx<'_>,
    series: Select<E>,
    row: &E::Model,
    expected: Precondition,
) -> Result<()> {
    tx.advisory_lock(LOCK).await?;
    let (begins, ends) = E::period(row);
    if begins <= tx.today() {
        return Err(RULE_IN_FORCE.into());
    }
    tx.delete::<E>(row, expected, E::DELETED).await?;
    let before = series.filter(E::VALID_FROM.lt(begins)).order_by_desc(E::VALID_FROM);
    if let Some(before) = tx.reader().one(before).await? {
        end_in::<E>(tx, &before, ends).await?;
    }
    Ok(())
}

async fn end_in<E: Dated>(tx: &Tx<'_>, row: &E::Model, last: Option<NaiveDate>) -> Result<()> {
    let mut ended = row.clone().into_active_model();
    ended.try_set(E::VALID_TO, Value::ChronoDate(last))?;
    tx.update::<E>(row, ended, Precondition::default(), E::UPDATED).await.map(|_| ())
}
