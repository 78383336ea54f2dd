use std::collections::BTreeSet;

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::dto::{Measurement, MeasurementFilter, MeasurementPage, NewMeasurement, may_close};
use super::entity::{ActiveModel, Column, Entity, MeasurementOrigin, Model};
use super::judgement::Judges;
use crate::competencies::assessments::entity::EvidenceList;
use crate::evaluation::calculators::{Calculation, Inputs, reckon};
use crate::evaluation::indicator_methods::service::in_force;
use crate::evaluation::indicators::entity as indicator;
use crate::evaluation::indicators::service::{hold_in_use, named};
use crate::files::references::{FileUse, refer_in, references_to, wrong_files};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::decimal::{has_decimals, ten_thousandths};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::period::Period;
use crate::kernel::policy::Access;
use crate::kernel::validation::{Fault, IN_THE_FUTURE, REQUIRED, TOO_MANY_DECIMALS, Violation};

/// The period was measured already.
pub const MEASUREMENT_EXISTS: Refusal = Refusal {
    code: "measurement_exists",
    status: 409,
    id: "Periode ini sudah diukur; sertakan alasan untuk mengoreksinya",
    en: "The period was measured already; give a reason to correct it",
};

/// What is closed no longer moves.
pub const PERIOD_CLOSED: Refusal = Refusal {
    code: "period_closed",
    status: 409,
    id: "Periode ini sudah ditutup: nilai dan targetnya tidak dapat diubah",
    en: "The period is closed: its value and its target no longer move",
};

/// No method holds.
pub const NO_METHOD: Fault = Fault {
    code: "no_method",
    id: "Belum ada metode yang berlaku pada hari terakhir periode ini",
    en: "No method holds on the last day of this period yet",
};

/// How many periods the dashboard shows of each indicator.
pub const SHOWN_PERIODS: u32 = 12;

const SORTABLE: &Sortable<Entity> = &[("starts_on", Column::StartsOn), ("created_at", Column::CreatedAt)];

fn one(id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id))
}

/// Whoever is signed in may read measurements, and the files among their evidence.
pub const FILES_OF_MEASUREMENTS: FileUse = FileUse {
    readable: |_, _, file_id| {
        let readable = Entity::find().select_only().column(Column::Id).into_query();
        references_to::<Entity>(file_id, readable)
    },
};

/// The current measurement of a period.
fn current(indicator_id: Uuid, starts_on: NaiveDate) -> Select<Entity> {
    Entity::find()
        .filter(Column::IndicatorId.eq(indicator_id))
        .filter(Column::IsCurrent.eq(true))
        .filter(Column::StartsOn.eq(starts_on))
}

/// Refused where the period is closed. The indicator is held by this transaction.
pub async fn must_be_open_in(tx: &Tx<'_>, indicator_id: Uuid, starts_on: NaiveDate) -> Result<()> {
    let closed = current(indicator_id, starts_on).filter(Column::ClosedAt.is_not_null());
    if tx.reader().exists(closed).await? { Err(PERIOD_CLOSED.into()) } else { Ok(()) }
}

/// A value with more decimals than its indicator has.
pub fn wrong_decimals(indicator: &indicator::Model, value: i64) -> Option<Violation> {
    let fits = has_decimals(value, indicator.places());
    (!fits).then(|| Violation::field("value", &TOO_MANY_DECIMALS).with("max", indicator.decimals))
}

async fn answer(reader: Reader<'_>, row: Model, access: &Access, today: NaiveDate) -> Result<Measurement> {
    let judges = Judges::of(reader, std::slice::from_ref(&row)).await?;
    Ok(Measurement::seen(row, &judges, access, today))
}

/// Lists measurements.
pub async fn list(db: &Db, access: &Access, list: &Listing<MeasurementFilter>) -> Result<MeasurementPage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-starts_on").await?;
    let judges = Judges::of(db.reader(), &page.items).await?;
    let today = db.today();
    Ok(page.map(|row| Measurement::seen(row, &judges, access, today)))
}

/// Reads a measurement.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Measurement> {
    let row = db.reader().find(one(id)).await?;
    answer(db.reader(), row, access, db.today()).await
}

/// What is about to be kept.
#[derive(Clone)]
struct Finding {
    period: Period,
    method_id: Uuid,
    value: i64,
    origin: MeasurementOrigin,
    inputs: Inputs,
}

/// Measures a period: with the value that somebody found, or by reckoning it now.
pub async fn create(db: &Db, access: &Access, new: NewMeasurement) -> Result<Measurement> {
    let indicator = named(db.reader(), access, new.indicator_id).await?;
    // Reckoned before the transaction, which waits for nothing but its own rows; what it was made of is kept with it.
    let finding = find(db, &indicator, &new).await?;
    db.create(access, async move |tx: &Tx<'_>| {
        let indicator = hold_in_use(tx, new.indicator_id).await?;
        let row = keep_in(tx, &indicator, &new, finding.clone()).await?;
        answer(tx.reader(), row, tx.access(), tx.today()).await
    })
    .await
}

async fn find(db: &Db, indicator: &indicator::Model, new: &NewMeasurement) -> Result<Finding> {
    let period = Period::field("period", &new.period, indicator.period_kind)?;
    let invalid = |field: &str, fault| Error::invalid(vec![Violation::field(field, fault)]);
    if period.starts_on() > db.today() {
        return Err(invalid("period", &IN_THE_FUTURE));
    }
    let method = in_force(db.reader(), indicator.id, period.ends_on()).await?;
    let method = method.ok_or_else(|| invalid("period", &NO_METHOD))?;
    let (value, origin, inputs) = match new.value {
        Some(value) => {
            let value = ten_thousandths(value);
            let mut wrong: Vec<_> = wrong_decimals(indicator, value).into_iter().collect();
            if new.evidence.is_empty() {
                wrong.push(Violation::field("evidence", &REQUIRED));
            }
            if !wrong.is_empty() {
                return Err(Error::invalid(wrong));
            }
            (value, MeasurementOrigin::Entered, Inputs::default())
        }
        None => match reckon(db, &method.formula, indicator.places(), period, None).await? {
            None => return Err(invalid("value", &REQUIRED)),
            Some(Ok(Calculation { value, inputs })) => (value, MeasurementOrigin::Computed, inputs),
            Some(Err(shortfalls)) => {
                let wrong = shortfalls.into_iter().map(|short| short.at(|fault| Violation::field("period", fault)));
                return Err(Error::invalid(wrong.collect()));
            }
        },
    };
    Ok(Finding { period, method_id: method.id, value, origin, inputs })
}

/// Keeps a finding as the current revision of its period. The indicator is held by this transaction.
async fn keep_in(tx: &Tx<'_>, indicator: &indicator::Model, new: &NewMeasurement, found: Finding) -> Result<Model> {
    let starts_on = found.period.starts_on();
    must_be_open_in(tx, indicator.id, starts_on).await?;
    let evidence = EvidenceList(new.evidence.clone());
    let wrong = wrong_files(tx, &evidence.new_files(&BTreeSet::new(), "#/evidence")).await?;
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    let before = tx.reader().one(current(indicator.id, starts_on)).await?;
    if before.is_some() && new.reason.is_none() {
        return Err(MEASUREMENT_EXISTS.at(Violation::field("reason", &REQUIRED)));
    }
    if let Some(before) = &before {
        let mut row = before.clone().into_active_model();
        row.is_current = Set(false);
        tx.update::<Entity>(before, row, Precondition::default(), "measurement.superseded").await?;
    }
    let row = ActiveModel {
        indicator_id: Set(indicator.id),
        period: Set(found.period.to_string()),
        starts_on: Set(starts_on),
        ends_on: Set(found.period.ends_on()),
        revision: Set(before.as_ref().map_or(1, |before| before.revision + 1)),
        is_current: Set(true),
        value: Set(found.value),
        origin: Set(found.origin),
        method_id: Set(found.method_id),
        inputs: Set(found.inputs),
        evidence: Set(evidence.clone()),
        reason: Set(before.as_ref().and(new.reason.clone())),
        measured_on: Set(tx.today()),
        ..Default::default()
    };
    let row = tx.insert::<Entity>(row, "measurement.recorded").await?;
    refer_in::<Entity>(tx, row.id, &BTreeSet::new(), &evidence.files()).await?;
    show_in(tx, indicator.id, found.period).await?;
    Ok(row)
}

/// The dashboard shows so many periods up to the latest that was measured.
async fn show_in(tx: &Tx<'_>, indicator_id: Uuid, period: Period) -> Result<()> {
    let from = period.back(SHOWN_PERIODS - 1).starts_on();
    let shown = || Expr::col(indicator::Column::ShownFrom);
    let update = Query::update()
        .table(indicator::Entity)
        .value(indicator::Column::ShownFrom, from)
        .and_where(Expr::col(indicator::Column::Id).eq(indicator_id))
        .cond_where(Condition::any().add(shown().is_null()).add(shown().lt(from)))
        .to_owned();
    tx.execute(&update).await.map(|_| ())
}

/// Closes a period that is over: neither its value nor its target moves from now on.
pub async fn close(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Measurement> {
    db.write(access, async move |tx: &Tx<'_>| {
        let found = tx.reader().find(one(id)).await?;
        // Whoever measures the period or sets its target holds the indicator, archived or not.
        tx.lock(indicator::Entity::find().filter(indicator::Column::Id.eq(found.indicator_id))).await?;
        let before = tx.reader().find(one(id)).await?;
        if !may_close(&before, tx.access(), tx.today()) {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.closed_at = Set(Some(tx.now()));
        let row = tx.update::<Entity>(&before, row, expected, "measurement.closed").await?;
        answer(tx.reader(), row, tx.access(), tx.today()).await
    })
    .await
}

/// The current measurements of an indicator in periods that begin between two days, the earliest first.
pub async fn between(reader: Reader<'_>, indicator_id: Uuid, first: NaiveDate, last: NaiveDate) -> Result<Vec<Model>> {
    let rows = Entity::find()
        .filter(Column::IndicatorId.eq(indicator_id))
        .filter(Column::IsCurrent.eq(true))
        .filter(Column::StartsOn.between(first, last));
    reader.all(rows.order_by_asc(Column::StartsOn)).await
}
