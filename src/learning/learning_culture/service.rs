use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{EntityTrait, QueryOrder};
use uuid::Uuid;

use super::dto::{CultureQuery, LearningCulture, UnitCulture};
use super::figures::{self, Learner, MONTHS, month_number};
use crate::competencies::profiles::service::past_day;
use crate::credits::balances::entity as balance;
use crate::credits::entries::entity as entry;
use crate::kernel::db::{Db, enum_of};
use crate::kernel::error::Result;
use crate::kernel::policy::{Access, Reach};
use crate::settings::credit_requirements::entity::RequirementKind;
use crate::settings::credit_requirements::service::all_in_force;
use crate::staff::librarians::entity::{self as librarian, EmploymentKind};
use crate::staff::reach;
use crate::staff::units::entity as unit;

/// A person of the report.
struct Person {
    id: Uuid,
    unit_id: Uuid,
    employment_kind: EmploymentKind,
}

/// People of the present within reach, as a condition on their table.
fn present(access: &Access, on: NaiveDate) -> Condition {
    Condition::all().add(Expr::col((librarian::Entity, librarian::Column::ArchivedAt)).is_null()).add(reach::within(
        access,
        librarian::Column::Id,
        on,
    ))
}

/// How the people within reach learn.
pub async fn read(db: &Db, access: &Access, query: &CultureQuery) -> Result<LearningCulture> {
    let as_of = past_day(db, query.as_of)?;
    let people = people(db, access).await?;
    let learners = learners(db, access, &people, as_of, query.as_of.is_some()).await?;
    let units = db.reader().all(unit::Entity::find().order_by_asc(unit::Column::Code)).await?;
    let mut by_unit: BTreeMap<Uuid, Vec<Learner>> = BTreeMap::new();
    for person in &people {
        by_unit.entry(person.unit_id).or_default().push(learners.get(&person.id).copied().unwrap_or_default());
    }
    let units: Vec<_> = units.into_iter().filter(|unit| by_unit.contains_key(&unit.id)).collect();
    let sizes: Vec<usize> = units.iter().map(|unit| by_unit.get(&unit.id).map_or(0, Vec::len)).collect();
    // A mentor reads of each mentee what is theirs; whoever reads of everybody is told of groups.
    let hidden = match access.reach() {
        Reach::All => figures::suppressed(&sizes),
        _ => vec![false; sizes.len()],
    };
    let asked = |id: Uuid| query.unit_id.as_ref().is_none_or(|ids| ids.0.contains(&id));
    let mut counted: Vec<Learner> = Vec::new();
    let mut people_count = 0;
    let mut rows = Vec::new();
    for (unit, is_suppressed) in units.into_iter().zip(hidden).filter(|(unit, _)| asked(unit.id)) {
        let members = by_unit.remove(&unit.id).unwrap_or_default();
        people_count += members.len();
        // Of all units together those held back are part: what the others leave is a group of five or more.
        if query.unit_id.is_none() || !is_suppressed {
            counted.extend(&members);
        }
        rows.push(UnitCulture {
            unit_id: unit.id,
            code: unit.code,
            name: unit.name,
            people_count: members.len(),
            is_suppressed,
            figures: (!is_suppressed).then(|| figures::of(&members, as_of)),
        });
    }
    let is_suppressed =
        access.reach() == Reach::All && figures::suppressed(&[counted.len()]).into_iter().any(|hidden| hidden);
    let figures = (!is_suppressed).then(|| figures::of(&counted, as_of));
    Ok(LearningCulture { as_of, people_count, is_suppressed, figures, units: rows })
}

async fn people(db: &Db, access: &Access) -> Result<Vec<Person>> {
    let statement = Query::select()
        .column(librarian::Column::Id)
        .column(librarian::Column::UnitId)
        .column(librarian::Column::EmploymentKind)
        .from(librarian::Entity)
        .cond_where(present(access, db.today()))
        .to_owned();
    let read = db.reader().heavy_rows(&statement, |row| {
        Ok(Person { id: row.get(0)?, unit_id: row.get(1)?, employment_kind: enum_of(&row.get::<String>(2)?)? })
    });
    read.await
}

/// What is known of each person's learning.
async fn learners(
    db: &Db,
    access: &Access,
    people: &[Person],
    as_of: NaiveDate,
    scan: bool,
) -> Result<HashMap<Uuid, Learner>> {
    let asked = all_in_force(db.reader(), as_of).await?;
    // A duty goes before a ceiling.
    let requirement = |kind: EmploymentKind| {
        let of = asked.iter().filter(|row| row.employment_kind == kind);
        of.min_by_key(|row| row.kind == RequirementKind::Ceiling).map(|row| (row.kind, i64::from(row.hours)))
    };
    let mut learners: HashMap<Uuid, Learner> = HashMap::new();
    for person in people {
        let requirement = requirement(person.employment_kind);
        learners.insert(person.id, Learner { requirement, ..Learner::default() });
    }
    let kept = kept(db, access, as_of).await?;
    // The year of each person that the day lies in: the later one where a new contract began within the former's.
    let mut years: HashMap<Uuid, (NaiveDate, i32)> = HashMap::new();
    for row in kept.iter().filter(|row| (row.starts_on..=row.ends_on).contains(&as_of)) {
        let year = years.entry(row.librarian_id).or_insert((row.starts_on, row.year));
        *year = std::cmp::max(*year, (row.starts_on, row.year));
    }
    let now = month_number(as_of);
    for row in if scan { scanned(db, access, as_of).await? } else { kept } {
        let Some(learner) = learners.get_mut(&row.librarian_id) else { continue };
        if years.get(&row.librarian_id).is_some_and(|(_, year)| *year == row.year) {
            learner.credited += row.credited;
        }
        for bit in (0..i32::BITS).filter(|bit| (row.active_months >> bit) & 1 == 1) {
            learner.learned(now - month_number(row.starts_on) - bit.cast_signed());
        }
    }
    Ok(learners)
}

/// What somebody learned in a year, or on a day of it.
struct Learned {
    librarian_id: Uuid,
    year: i32,
    /// The month of this day is bit 0.
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    credited: i64,
    active_months: i32,
}

/// The first year that a streak can begin in: a contract's year begins up to a year before.
fn first_year(as_of: NaiveDate) -> i32 {
    (month_number(as_of) - MONTHS.cast_signed()).div_euclid(12) - 1
}

/// From the kept balances.
async fn kept(db: &Db, access: &Access, as_of: NaiveDate) -> Result<Vec<Learned>> {
    let of = |column| (balance::Entity, column);
    let mut statement = SelectStatement::new();
    statement
        .column(of(balance::Column::LibrarianId))
        .column(of(balance::Column::Year))
        .column(of(balance::Column::StartsOn))
        .column(of(balance::Column::EndsOn))
        .column(of(balance::Column::Credited))
        .column(of(balance::Column::ActiveMonths))
        .from(balance::Entity)
        .inner_join(
            librarian::Entity,
            Expr::col((librarian::Entity, librarian::Column::Id)).equals(of(balance::Column::LibrarianId)),
        )
        .and_where(Expr::col(of(balance::Column::Year)).gte(first_year(as_of)))
        .cond_where(present(access, db.today()));
    let read = db.reader().heavy_rows(&statement, |row| {
        Ok(Learned {
            librarian_id: row.get(0)?,
            year: row.get(1)?,
            starts_on: row.get(2)?,
            ends_on: row.get(3)?,
            credited: row.get::<i32>(4)?.into(),
            active_months: row.get(5)?,
        })
    });
    read.await
}

/// From the rows of the ledger that were there on a past day.
async fn scanned(db: &Db, access: &Access, as_of: NaiveDate) -> Result<Vec<Learned>> {
    let of = |column| (entry::Entity, column);
    let reversed = Expr::col(of(entry::Column::Kind)).eq("reversal");
    let mut statement = SelectStatement::new();
    statement
        .column(of(entry::Column::LibrarianId))
        .column(of(entry::Column::Year))
        .column(of(entry::Column::CountedOn))
        .expr(Func::sum(Expr::col(of(entry::Column::Credited))))
        .expr(Func::sum(Expr::case(reversed, Expr::val(-1)).finally(Expr::val(1))))
        .from(entry::Entity)
        .inner_join(
            librarian::Entity,
            Expr::col((librarian::Entity, librarian::Column::Id)).equals(of(entry::Column::LibrarianId)),
        )
        .and_where(Expr::col(of(entry::Column::Year)).gte(first_year(as_of)))
        .and_where(Expr::col(of(entry::Column::RecordedOn)).lte(as_of))
        .cond_where(present(access, db.today()))
        .group_by_columns([of(entry::Column::LibrarianId), of(entry::Column::Year), of(entry::Column::CountedOn)]);
    let read = db.reader().heavy_rows(&statement, |row| {
        let (day, standing): (NaiveDate, i64) = (row.get(2)?, row.get(4)?);
        Ok(Learned {
            librarian_id: row.get(0)?,
            year: row.get(1)?,
            starts_on: day,
            ends_on: day,
            credited: row.get(3)?,
            active_months: i32::from(standing > 0),
        })
    });
    read.await
}
