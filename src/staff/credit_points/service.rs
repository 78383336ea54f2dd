use std::collections::BTreeSet;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::calculation::{Outlook, PerformancePredicate, outlook, yearly};
use super::dto::{
    CalculationQuery, CreditPointCalculation, CreditPointGoal, CreditPointPart, CreditPointQuery, CreditPointStatement,
};
use super::gathered::{Sources, standing_of};
use crate::kernel::db::{Db, Reader};
use crate::kernel::decimal::decimal;
use crate::kernel::error::{Error, NOT_FOUND, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::{Fault, IN_THE_FUTURE, Violation};
use crate::staff::appointments::history::{Standing as Place, standing};
use crate::staff::appointments::service::{history, refresh_due};
use crate::staff::appraisals::service as appraisals;
use crate::staff::librarians::entity::{EmploymentKind, Model as Person};
use crate::staff::positions::entity as position;
use crate::staff::records::person;
use crate::staff::{credit_point_rates as rates, credit_point_rules as rules};

/// No rate of this position or no rule holds on the day.
pub const NO_CREDIT_POINT_RATE: Fault = Fault {
    code: "no_credit_point_rate",
    id: "Tidak ada koefisien angka kredit yang berlaku pada tanggal ini",
    en: "No rate of credit points holds on this day",
};

/// Everything that somebody's points are made of.
pub async fn sources(reader: Reader<'_>, person: &Person) -> Result<Sources> {
    let history = history(reader, person.id).await?;
    let positions: BTreeSet<Uuid> =
        history.iter().filter_map(|row| row.position_id).chain(person.position_id).collect();
    Ok(Sources {
        appraisals: appraisals::all_of(reader, person.id).await?,
        rates: rates::service::all_of(reader, positions).await?,
        rules: rules::service::all(reader).await?,
        history,
    })
}

/// Where somebody stands on a day: by their history, and where that is silent by their record.
pub fn place(person: &Person, sources: &Sources, on: NaiveDate) -> Place {
    standing(&sources.history, on).unwrap_or_else(|| Place {
        unit_id: person.unit_id,
        position_id: person.position_id,
        grade: person.grade.clone(),
        position_since: person.position_since,
    })
}

/// The position with this id, whether it is in use or not.
pub async fn position_of(reader: Reader<'_>, id: Option<Uuid>) -> Result<Option<position::Model>> {
    match id {
        Some(id) => reader.one(position::Entity::find().filter(position::Column::Id.eq(id))).await,
        None => Ok(None),
    }
}

/// Whether somebody in this position gathers points.
pub fn applies(person: &Person, position: Option<&position::Model>) -> bool {
    person.employment_kind == EmploymentKind::Pns
        && position.is_some_and(|position| position.category != position::PositionCategory::None)
}

/// What somebody has gathered by a day.
pub async fn read(db: &Db, access: &Access, id: Uuid, query: &CreditPointQuery) -> Result<CreditPointStatement> {
    let today = db.today();
    let on = query.as_of.unwrap_or(today);
    if on > today {
        return Err(NOT_FOUND.at(Violation::parameter("as_of", &IN_THE_FUTURE)));
    }
    refresh_due(db).await?;
    let person = person(db, access, id).await?;
    let sources = sources(db.reader(), &person).await?;
    let place = place(&person, &sources, on);
    let position = position_of(db.reader(), place.position_id).await?;
    Ok(statement(&person, &sources, place, position.as_ref(), (on, query.predicate)))
}

fn statement(
    person: &Person,
    sources: &Sources,
    place: Place,
    position: Option<&position::Model>,
    (on, asked): (NaiveDate, Option<PerformancePredicate>),
) -> CreditPointStatement {
    let is_applicable = applies(person, position);
    let beginning = sources.beginning(on).filter(|_| is_applicable);
    let parts = beginning.map(|beginning| sources.parts(beginning, on)).unwrap_or_default();
    let total = beginning.map_or(0, |beginning| sources.total(beginning, &parts));
    let last = sources.last_appraisal(on).map(|row| row.predicate);
    let predicate = asked.or(last).unwrap_or(PerformancePredicate::Good);
    let rate = place.position_id.filter(|_| is_applicable).and_then(|id| sources.rate(id, on));
    let rule = sources.rule(on);
    let a_year = rate.zip(rule).map(|(rate, rule)| yearly(rate.coefficient.into(), rule.percent(predicate).into(), 12));
    let standing = position
        .filter(|_| is_applicable)
        .map(|position| standing_of(position, place.grade.as_deref(), rate, total, a_year.unwrap_or_default()));
    let Outlook { next_grade, next_level } = standing.as_ref().map(outlook).unwrap_or_default();
    let goal = |needed: Option<i64>, projection| needed.map(|needed| CreditPointGoal::new(needed, total, projection));
    CreditPointStatement {
        librarian_id: person.id,
        as_of: on,
        position_id: place.position_id,
        grade: place.grade,
        is_applicable,
        counted_since: beginning.map(|beginning| beginning.on),
        initial_points: decimal(beginning.map_or(0, |beginning| beginning.points)),
        parts: parts.into_iter().map(CreditPointPart::from).collect(),
        total_points: decimal(total),
        assumed_predicate: predicate,
        points_a_year: a_year.map(decimal),
        next_grade: goal(standing.and_then(|standing| standing.needed_for_grade), next_grade),
        next_level: goal(standing.and_then(|standing| standing.needed_for_level), next_level),
        credit_point_rate_id: rate.map(|rate| rate.id),
        credit_point_rule_id: rule.map(|rule| rule.id),
        is_verified: rate.is_some_and(|rate| rate.verified) && rule.is_some_and(|rule| rule.verified),
    }
}

/// What some months in a position give.
pub async fn calculate(db: &Db, access: &Access, id: Uuid, query: &CalculationQuery) -> Result<CreditPointCalculation> {
    let on = query.on.unwrap_or_else(|| db.today());
    let (months, predicate) = (query.months.unwrap_or(12), query.predicate.unwrap_or(PerformancePredicate::Good));
    let mut known = position::Entity::find().filter(position::Column::Id.eq(id));
    if !access.is_admin() {
        known = known.filter(position::Column::ArchivedAt.is_null());
    }
    let position = db.reader().find(known).await?;
    let none = || -> Error { NOT_FOUND.at(Violation::parameter("on", &NO_CREDIT_POINT_RATE)) };
    let rate = rates::service::in_force(db.reader(), position.id, on).await?.ok_or_else(none)?;
    let rule = rules::service::in_force(db.reader(), on).await?.ok_or_else(none)?;
    let percent = rule.percent(predicate);
    Ok(CreditPointCalculation {
        position_id: position.id,
        on,
        predicate,
        months,
        percent,
        coefficient: decimal(rate.coefficient.into()),
        points: decimal(yearly(rate.coefficient.into(), percent.into(), months.into())),
        credit_point_rate_id: rate.id,
        credit_point_rule_id: rule.id,
        is_verified: rate.verified && rule.verified,
        legal_basis: rate.legal_basis,
    })
}
