//! Coverage: how many people of a unit reach what is asked, now and on a later day.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, Months, NaiveDate};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::counts::judgements_of;
use super::dto::{Coverage, CoverageAlert, CoverageEntry, CoverageQuery};
use super::service;
use crate::competencies::items::entity as competency;
use crate::competencies::levels::entity as level;
use crate::competencies::levels::rule::current;
use crate::competencies::levels::service::{refresh_due, rules_of};
use crate::competencies::standards::entity as standard;
use crate::kernel::db::Db;
use crate::kernel::error::{NOT_FOUND, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::{ENDS_BEFORE_IT_BEGINS, Violation};
use crate::staff::librarians::entity as librarian;
use crate::staff::positions::entity as position;
use crate::staff::reach;

/// Entries shown unless asked otherwise.
const DEFAULT_LIMIT: u32 = 200;

/// What is asked of one person in one competency, and what they have.
struct Demand {
    person: Uuid,
    unit_id: Uuid,
    competency: Uuid,
    required: i32,
    level: Option<i32>,
    next_change_on: Option<NaiveDate>,
    retires_on: Option<NaiveDate>,
}

/// How well the units within reach are covered.
pub async fn read(db: &Db, access: &Access, query: &CoverageQuery) -> Result<Coverage> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT) as usize;
    let today = db.today();
    let later = query.on.or_else(|| today.checked_add_months(Months::new(12))).unwrap_or(today);
    if later < today {
        return Err(NOT_FOUND.at(Violation::parameter("on", &ENDS_BEFORE_IT_BEGINS)));
    }
    refresh_due(db).await?;
    let demands = demands(db, access, query).await?;
    let levels_later = levels_later(db, &demands, later).await?;
    let mut entries: BTreeMap<(Uuid, Uuid), Figures> = BTreeMap::new();
    for demand in &demands {
        let entry = entries.entry((demand.unit_id, demand.competency)).or_default();
        entry.0 += 1;
        if demand.level >= Some(demand.required) {
            entry.1 += 1;
            entry.3 = Some(demand.person);
        }
        let level = levels_later.get(&(demand.person, demand.competency)).copied().unwrap_or(demand.level);
        if level >= Some(demand.required) && demand.retires_on.is_none_or(|retires| retires > later) {
            entry.2 += 1;
        }
    }
    let mut items = items(db, entries).await?;
    if query.alerts_only {
        items.retain(|item| item.alert.is_some());
    }
    items.sort_by(|one, other| worst_first(one).cmp(&worst_first(other)));
    items.truncate(limit);
    let mut units: Vec<Uuid> = demands.iter().map(|demand| demand.unit_id).collect();
    units.sort_unstable();
    units.dedup();
    Ok(Coverage { as_of: today, later, units: service::units(db, &units).await?, items })
}

fn worst_first(entry: &CoverageEntry) -> (i64, i64, i64, &str, Uuid) {
    (entry.covered_later, entry.covered_now, -entry.required_count, &entry.code, entry.unit_id)
}

async fn demands(db: &Db, access: &Access, query: &CoverageQuery) -> Result<Vec<Demand>> {
    let person = |column| (librarian::Entity, column);
    let asked = |column| (standard::Entity, column);
    let statement = Query::select()
        .column(person(librarian::Column::Id))
        .column(person(librarian::Column::UnitId))
        .column(asked(standard::Column::CompetencyId))
        .column(asked(standard::Column::RequiredLevel))
        .column((level::Entity, level::Column::Level))
        .column((level::Entity, level::Column::NextChangeOn))
        .column(person(librarian::Column::BornOn))
        .column((position::Entity, position::Column::RetirementAge))
        .from(librarian::Entity)
        .inner_join(
            standard::Entity,
            Expr::col(asked(standard::Column::PositionId)).equals(person(librarian::Column::PositionId)),
        )
        .inner_join(
            position::Entity,
            Expr::col((position::Entity, position::Column::Id)).equals(person(librarian::Column::PositionId)),
        )
        .left_join(
            level::Entity,
            Condition::all()
                .add(Expr::col((level::Entity, level::Column::LibrarianId)).equals(person(librarian::Column::Id)))
                .add(
                    Expr::col((level::Entity, level::Column::CompetencyId))
                        .equals(asked(standard::Column::CompetencyId)),
                ),
        )
        .cond_where(reach::within(access, librarian::Column::Id, db.today()))
        .cond_where(
            Condition::all()
                .add(Expr::col(person(librarian::Column::ArchivedAt)).is_null())
                .add_option(query.unit_id.map(|unit| Expr::col(person(librarian::Column::UnitId)).eq(unit)))
                .add_option(query.competency_id.map(|id| Expr::col(asked(standard::Column::CompetencyId)).eq(id))),
        )
        .to_owned();
    db.reader()
        .heavy_rows(&statement, |row| {
            let (born_on, age) = (row.get::<Option<NaiveDate>>(6)?, row.get::<Option<i32>>(7)?);
            Ok(Demand {
                person: row.get(0)?,
                unit_id: row.get(1)?,
                competency: row.get(2)?,
                required: row.get(3)?,
                level: row.get(4)?,
                next_change_on: row.get(5)?,
                retires_on: born_on.zip(age).and_then(|(born_on, age)| retirement(born_on, age)),
            })
        })
        .await
}

/// The first day of retirement: the first of the month after the birthday at the retirement age (BUP).
fn retirement(born_on: NaiveDate, age: i32) -> Option<NaiveDate> {
    let birthday = NaiveDate::from_ymd_opt(born_on.year() + age, born_on.month(), 1)?;
    birthday.checked_add_months(Months::new(1))
}

/// The levels on a later day, of those that time may have changed by then.
async fn levels_later(db: &Db, demands: &[Demand], later: NaiveDate) -> Result<HashMap<(Uuid, Uuid), Option<i32>>> {
    let moving: Vec<&Demand> =
        demands.iter().filter(|demand| demand.next_change_on.is_some_and(|day| day <= later)).collect();
    let mut people: Vec<Uuid> = moving.iter().map(|demand| demand.person).collect();
    people.sort_unstable();
    people.dedup();
    let mut competencies: Vec<Uuid> = moving.iter().map(|demand| demand.competency).collect();
    competencies.sort_unstable();
    competencies.dedup();
    let rules = rules_of(db.reader(), &competencies).await?;
    let judgements = judgements_of(db.reader(), &people).await?;
    let levels = moving.into_iter().map(|demand| {
        let key = (demand.person, demand.competency);
        let rule = rules.get(&demand.competency).copied();
        let found = rule.zip(judgements.get(&key)).and_then(|((rule, source), all)| current(rule, source, all, later));
        (key, found.map(|found| found.level))
    });
    Ok(levels.collect())
}

type Figures = (i64, i64, i64, Option<Uuid>);

async fn items(db: &Db, entries: BTreeMap<(Uuid, Uuid), Figures>) -> Result<Vec<CoverageEntry>> {
    let ids: Vec<Uuid> = entries.keys().map(|(_, competency)| *competency).collect();
    let competencies = competency::Entity::find().filter(competency::Column::Id.is_in(ids));
    let competencies: HashMap<Uuid, competency::Model> =
        db.reader().all(competencies).await?.into_iter().map(|row| (row.id, row)).collect();
    let items = entries.into_iter().filter_map(|((unit_id, id), (required, now, later, only))| {
        let competency = competencies.get(&id)?;
        Some(CoverageEntry {
            unit_id,
            competency_id: id,
            code: competency.code.clone(),
            title: competency.title.clone(),
            required_count: required,
            covered_now: now,
            covered_later: later,
            alert: alert(now, later),
            only_librarian_id: only.filter(|_| now == 1),
        })
    });
    Ok(items.collect())
}

fn alert(now: i64, later: i64) -> Option<CoverageAlert> {
    match (now, later) {
        (0, _) => Some(CoverageAlert::Nobody),
        (1, _) => Some(CoverageAlert::OnlyOne),
        (_, 0) => Some(CoverageAlert::NobodyLater),
        (_, 1) => Some(CoverageAlert::OnlyOneLater),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retirement_begins_the_month_after_the_birthday() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(retirement(day("1968-02-29"), 58), Some(day("2026-03-01")));
        assert_eq!(retirement(day("1966-12-31"), 60), Some(day("2027-01-01")));
    }

    #[test]
    fn what_is_worst_now_is_told_first() {
        assert_eq!(alert(0, 0), Some(CoverageAlert::Nobody));
        assert_eq!(alert(1, 0), Some(CoverageAlert::OnlyOne));
        assert_eq!(alert(3, 1), Some(CoverageAlert::OnlyOneLater));
        assert_eq!(alert(3, 2), None);
    }
}
