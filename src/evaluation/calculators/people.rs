//! What the records of people add up to.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr};

use super::Counted;
use crate::credits::entries::entity::{self as credit, CreditSource};
use crate::kernel::clock::end_of_day;
use crate::kernel::db::{Db, enum_of};
use crate::kernel::error::Result;
use crate::settings::credit_requirements::entity::RequirementKind;
use crate::settings::credit_requirements::service::all_in_force;
use crate::settings::training_types::entity::LearningBucket;
use crate::staff::certifications::entity::{self as certification, CertificationKind};
use crate::staff::librarians::entity::{self as librarian, EmploymentKind};
use crate::staff::positions::entity::{self as position, PositionCategory};

fn of(column: librarian::Column) -> Expr {
    Expr::col((librarian::Entity, column))
}

/// Who was on the staff on a day.
fn present(on: NaiveDate) -> Condition {
    let left = of(librarian::Column::ArchivedAt);
    Condition::any().add(left.clone().is_null()).add(left.gte(end_of_day(on)))
}

/// How somebody is employed, and their credit hours in hundredths.
type Credited = (EmploymentKind, i64);

/// Everybody on the staff on the last day, with what counts from the first day to it.
async fn credited(db: &Db, first: NaiveDate, last: NaiveDate, bucket: Option<LearningBucket>) -> Result<Vec<Credited>> {
    let entry = |column| Expr::col((credit::Entity, column));
    let within = Condition::all()
        .add(entry(credit::Column::LibrarianId).equals((librarian::Entity, librarian::Column::Id)))
        // The index goes by the year of the duty, which for PPPK begins up to a year before its days.
        .add(entry(credit::Column::Year).between(first.year() - 1, last.year()))
        .add(entry(credit::Column::CountedOn).between(first, last))
        .add_option(bucket.map(|bucket| credit::Column::Bucket.eq(bucket)));
    let sum = Func::coalesce([Func::sum(entry(credit::Column::Credited)).into(), Expr::val(0)]);
    let statement = Query::select()
        .column((librarian::Entity, librarian::Column::EmploymentKind))
        .expr(sum)
        .from(librarian::Entity)
        .left_join(credit::Entity, within)
        .cond_where(present(last))
        .group_by_columns([
            (librarian::Entity, librarian::Column::Id),
            (librarian::Entity, librarian::Column::EmploymentKind),
        ])
        .to_owned();
    db.reader().heavy_rows(&statement, |row| Ok((enum_of(&row.get::<String>(0)?)?, row.get(1)?))).await
}

fn first_of_year(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), 1, 1).unwrap_or(day)
}

fn count<T>(of: &[T]) -> i64 {
    i64::try_from(of.len()).unwrap_or(i64::MAX)
}

/// The share of those of whom the year asks a least number of hours (PNS: 20 JP) who have reached it.
pub(super) async fn duty_share(db: &Db, on: NaiveDate) -> Result<Counted> {
    let asked = all_in_force(db.reader(), on).await?;
    let duties = asked.iter().filter(|row| row.kind == RequirementKind::Duty);
    let duties: HashMap<EmploymentKind, i64> = duties.map(|row| (row.employment_kind, i64::from(row.hours))).collect();
    let people = credited(db, first_of_year(on), on, None).await?;
    let met: Vec<bool> = people.iter().filter_map(|(kind, hours)| duties.get(kind).map(|duty| hours >= duty)).collect();
    let reached = met.iter().filter(|met| **met).count();
    Ok(Counted::share(
        ("people_at_duty", i64::try_from(reached).unwrap_or(i64::MAX)),
        ("people_with_duty", count(&met)),
    ))
}

/// The middle of everybody's hours since the year began; the mean of two where there are two.
pub(super) async fn median_credit(db: &Db, on: NaiveDate) -> Result<Counted> {
    let mut hours: Vec<i64> =
        credited(db, first_of_year(on), on, None).await?.into_iter().map(|(_, hours)| hours).collect();
    hours.sort_unstable();
    let people = count(&hours);
    let middle = |place: usize| i128::from(hours.get(place).copied().unwrap_or(0));
    let twice = if hours.is_empty() { 0 } else { middle((hours.len() - 1) / 2) + middle(hours.len() / 2) };
    Ok(Counted { fraction: (twice, 200), inputs: vec![("people", people)], people: Some(people) })
}

/// Hours in courses and classes by member of staff, from the first day to the last.
pub(super) async fn formal_hours(db: &Db, first: NaiveDate, last: NaiveDate) -> Result<Counted> {
    let people = credited(db, first, last, Some(LearningBucket::Formal)).await?;
    let sum: i64 = people.iter().map(|(_, hours)| hours).sum();
    let people = count(&people);
    Ok(Counted {
        fraction: (i128::from(sum), i128::from(people) * 100),
        inputs: vec![("people", people), ("whole_hours", sum / 100)],
        people: Some(people),
    })
}

/// The share of people in functional positions who hold a certificate of competence that is valid on a day.
pub(super) async fn certified_share(db: &Db, on: NaiveDate) -> Result<Counted> {
    let functional = || -> SelectStatement {
        Query::select()
            .expr(of(librarian::Column::Id).count())
            .from(librarian::Entity)
            .inner_join(
                position::Entity,
                Expr::col((position::Entity, position::Column::Id))
                    .equals((librarian::Entity, librarian::Column::PositionId)),
            )
            .cond_where(present(on))
            .and_where(position::Column::Category.is_in([PositionCategory::Expertise, PositionCategory::Skill]))
            .to_owned()
    };
    let certified = Query::select()
        .column(certification::Column::LibrarianId)
        .from(certification::Entity)
        .and_where(certification::Column::Kind.eq(CertificationKind::Competency))
        .and_where(certification::Column::IssuedOn.lte(on))
        .cond_where(
            Condition::any()
                .add(certification::Column::ValidUntil.is_null())
                .add(certification::Column::ValidUntil.gte(on)),
        )
        .to_owned();
    let with = functional().and_where(of(librarian::Column::Id).in_subquery(certified)).to_owned();
    let (with, all) = (one_number(db, with).await?, one_number(db, functional()).await?);
    Ok(Counted::share(("certified_people", with), ("people_in_functional_positions", all)))
}

async fn one_number(db: &Db, statement: SelectStatement) -> Result<i64> {
    let rows = db.reader().rows(&statement, |row| row.get::<i64>(0)).await?;
    Ok(rows.into_iter().next().unwrap_or(0))
}

/// Mentoring meetings whose credit stands, from the first day to the last. Both sides have credit; the meeting counts once.
pub(super) async fn mentoring_meetings(db: &Db, first: NaiveDate, last: NaiveDate) -> Result<Counted> {
    let reversed = Expr::col(credit::Column::Kind).eq("reversal");
    let standing: SimpleExpr = Func::sum(Expr::case(reversed, Expr::val(-1)).finally(Expr::val(1))).into();
    let meetings = Query::select()
        .column(credit::Column::SourceId)
        .from(credit::Entity)
        .and_where(credit::Column::SourceKind.eq(CreditSource::MentoringMeeting))
        .and_where(Expr::col(credit::Column::CountedOn).between(first, last))
        .group_by_col(credit::Column::SourceId)
        .and_having(standing.gt(0))
        .to_owned();
    let counted = Query::select()
        .expr(Expr::col(sea_orm::sea_query::Asterisk).count())
        .from_subquery(meetings, Alias::new("meetings"))
        .to_owned();
    let meetings = one_number(db, counted).await?;
    Ok(Counted { fraction: (meetings.into(), 1), inputs: vec![("meetings", meetings)], people: None })
}
