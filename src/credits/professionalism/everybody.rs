//! The index of everybody at once, in as many queries as that of one person.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::index::{DisciplinaryMeasure, PositionFamily, Qualification, score, score_of};
use super::service::{Learned, Recorded, facts, family_of_category};
use crate::credits::entries::entity as entry;
use crate::kernel::clock::end_of_day;
use crate::kernel::db::{Db, Reader, enum_of};
use crate::kernel::error::Result;
use crate::settings::professionalism_formulas::entity::IndexPoints;
use crate::settings::professionalism_formulas::service::in_force;
use crate::settings::training_types::entity as training_type;
use crate::staff::appraisals::entity as appraisal;
use crate::staff::disciplinary_measures::entity as measure;
use crate::staff::education::entity as education;
use crate::staff::librarians::entity::{self as librarian, EmploymentKind};
use crate::staff::positions::entity as position;

/// The indexes, in hundredths, of all PNS and PPPK who are on the staff on a day, by what is known of its year until then; none
/// where no formula holds.
pub async fn indexes_of_all(db: &Db, on: NaiveDate) -> Result<Vec<i32>> {
    let first = NaiveDate::from_ymd_opt(on.year(), 1, 1).unwrap_or(on);
    let Some(formula) = in_force(db.reader(), on).await? else { return Ok(Vec::new()) };
    let people = people(db, on).await?;
    let mut learned = learned(db, first, on).await?;
    let mut recorded = recorded(db.reader(), first, on, &formula.points).await?;
    let indexes = people.into_iter().map(|(id, family)| {
        let recorded = recorded.remove(&id).unwrap_or_default();
        let learned = learned.remove(&id).unwrap_or_default();
        score(&formula.points, facts(&formula.points, family, &recorded, &learned)).index()
    });
    Ok(indexes.collect())
}

async fn people(db: &Db, on: NaiveDate) -> Result<Vec<(Uuid, PositionFamily)>> {
    let of = |column| (librarian::Entity, column);
    let left = Expr::col(of(librarian::Column::ArchivedAt));
    let present = Condition::any().add(left.clone().is_null()).add(left.gte(end_of_day(on)));
    let statement = Query::select()
        .column(of(librarian::Column::Id))
        .column((position::Entity, position::Column::Category))
        .from(librarian::Entity)
        .left_join(
            position::Entity,
            Expr::col((position::Entity, position::Column::Id)).equals(of(librarian::Column::PositionId)),
        )
        .and_where(librarian::Column::EmploymentKind.is_in([EmploymentKind::Pns, EmploymentKind::Pppk]))
        .cond_where(present)
        .to_owned();
    let rows = db.reader().heavy_rows(&statement, |row| {
        let category = row.get::<Option<String>>(1)?.map(|text| enum_of(&text)).transpose()?;
        Ok((row.get(0)?, family_of_category(category)))
    });
    rows.await
}

async fn learned(db: &Db, first: NaiveDate, last: NaiveDate) -> Result<HashMap<Uuid, Vec<Learned>>> {
    let statement = by_type(first, last)
        .column((entry::Entity, entry::Column::LibrarianId))
        .group_by_col((entry::Entity, entry::Column::LibrarianId))
        .to_owned();
    let rows = db.reader().heavy_rows(&statement, |row| {
        let learned = Learned { siasn_id: row.get(0)?, ever: row.get(1)?, this_year: row.get(2)?, hours: row.get(3)? };
        Ok((row.get::<Uuid>(4)?, learned))
    });
    let mut found: HashMap<Uuid, Vec<Learned>> = HashMap::new();
    for (person, learned) in rows.await? {
        found.entry(person).or_default().push(learned);
    }
    Ok(found)
}

/// What the ledger says of each type of training until the last day: credits that stand, those of them since the first day, and
/// their hours.
pub(super) fn by_type(first: NaiveDate, last: NaiveDate) -> SelectStatement {
    let of = |column| Expr::col((entry::Entity, column));
    let standing = || Expr::case(of(entry::Column::Kind).eq("reversal"), Expr::val(-1)).finally(Expr::val(1));
    let within = |value: SimpleExpr| {
        let year = Condition::all().add(of(entry::Column::CountedOn).gte(first));
        Func::sum(Expr::case(year, value).finally(Expr::val(0)))
    };
    Query::select()
        .column((training_type::Entity, training_type::Column::SiasnId))
        .expr(Func::sum(standing()))
        .expr(within(standing().into()))
        .expr(within(of(entry::Column::Credited)))
        .from(entry::Entity)
        .inner_join(
            training_type::Entity,
            Expr::col((training_type::Entity, training_type::Column::Id))
                .equals((entry::Entity, entry::Column::TrainingTypeId)),
        )
        .and_where(of(entry::Column::CountedOn).lte(last))
        .group_by_col((training_type::Entity, training_type::Column::SiasnId))
        .to_owned()
}

async fn recorded(
    reader: Reader<'_>,
    first: NaiveDate,
    last: NaiveDate,
    points: &IndexPoints,
) -> Result<HashMap<Uuid, Recorded>> {
    let mut found: HashMap<Uuid, Recorded> = HashMap::new();
    let diplomas = education::Entity::find().filter(education::Column::GraduatedYear.lte(last.year()));
    let mut diplomas = reader.all(diplomas).await?;
    diplomas.sort_by_key(|row| row.level);
    for row in diplomas {
        found.entry(row.librarian_id).or_default().qualification = Some(Qualification::from(row.level));
    }
    let appraisals = appraisal::Entity::find().filter(appraisal::Column::Year.eq(last.year()));
    let mut appraisals = reader.all(appraisals).await?;
    // The appraisal of most months tells of the year, of those alike the last.
    appraisals.sort_by_key(|row| (row.months, row.first_month));
    for row in appraisals {
        let score = row.score.or_else(|| score_of(points, row.predicate));
        found.entry(row.librarian_id).or_default().performance = score;
    }
    let lasts = Condition::any().add(measure::Column::ImposedOn.gte(first)).add(measure::Column::EndsOn.gte(first));
    let measures = measure::Entity::find().filter(measure::Column::ImposedOn.lte(last)).filter(lasts);
    let mut measures = reader.all(measures).await?;
    measures.sort_by_key(|row| row.severity);
    for row in measures {
        found.entry(row.librarian_id).or_default().discipline = DisciplinaryMeasure::from(row.severity);
    }
    Ok(found)
}
