use chrono::{Datelike, NaiveDate};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{IndexQuery, NextStep, ProfessionalismIndex, TrainingPart, UnknownDimension};
use super::everybody::by_type;
use super::index::{
    DisciplinaryMeasure, Facts, PositionFamily, Qualification, Scores, band, score, score_of, training_of,
};
use crate::competencies::profiles::service::person;
use crate::credits::entries::entity as entry;
use crate::kernel::db::{Db, Reader};
use crate::kernel::decimal::{decimal, hundredths};
use crate::kernel::error::{Error, INVALID_PARAMETER, NOT_FOUND, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::{Fault, OUT_OF_RANGE, Violation};
use crate::settings::professionalism_formulas::entity::{IndexPoints, Model as Formula};
use crate::settings::professionalism_formulas::service::in_force;
use crate::staff::appraisals::service as appraisals;
use crate::staff::disciplinary_measures::service as disciplinary_measures;
use crate::staff::education::service as education;
use crate::staff::positions::entity::{self as position, PositionCategory};
use crate::staff::promotion_readiness::service::CompletedTrainings;

/// No formula holds in this year.
pub const NO_INDEX_FORMULA: Fault = Fault {
    code: "no_index_formula",
    id: "Tidak ada rumus IP ASN yang berlaku pada tahun ini",
    en: "No formula of the index holds in this year",
};

/// What the ledger says of a type of training.
pub(super) struct Learned {
    pub(super) siasn_id: i32,
    /// Credits that stand, whenever.
    pub(super) ever: i64,
    /// Credits that stand in the year.
    pub(super) this_year: i64,
    /// Their hours.
    pub(super) hours: i64,
}

/// The index of a person in a year.
pub async fn read(db: &Db, access: &Access, id: Uuid, query: &IndexQuery) -> Result<ProfessionalismIndex> {
    let year = query.year.unwrap_or_else(|| db.today().year());
    let bounds = |month, day| NaiveDate::from_ymd_opt(year, month, day).filter(|_| (1900..=2999).contains(&year));
    let (Some(first), Some(last)) = (bounds(1, 1), bounds(12, 31)) else {
        return Err(out_of_range("year", 1900, 2999));
    };
    if query.performance_score.is_some_and(|score| !(0.0..=100.0).contains(&score)) {
        return Err(out_of_range("performance_score", 0, 100));
    }
    let person = person(db, access, id).await?;
    let formula = in_force(db.reader(), std::cmp::min(last, db.today())).await?;
    let none = || NOT_FOUND.at(Violation::parameter("year", &NO_INDEX_FORMULA));
    let formula = formula.ok_or_else(none)?;
    let family = match query.position_family {
        Some(family) => family,
        None => family_of(db, person.position_id).await?,
    };
    let learned = learned(db, id, first, last).await?;
    let recorded = recorded(db.reader(), id, (year, first, last), &formula.points).await?;
    let facts = facts(&formula.points, family, &recorded.supposing(query), &learned);
    Ok(answer(id, year, formula, facts))
}

fn out_of_range(name: &str, least: i32, most: i32) -> Error {
    INVALID_PARAMETER.at(Violation::parameter(name, &OUT_OF_RANGE).with("min", least).with("max", most))
}

/// What the ledger gives to the checklist of promotions: how many functional trainings (diklat fungsional) stand in it.
pub static FUNCTIONAL_TRAININGS: CompletedTrainings = CompletedTrainings { count: count_functional };

fn count_functional(db: &Db, id: Uuid, on: NaiveDate) -> LocalBoxFuture<'_, Result<i64>> {
    async move {
        let Some(formula) = in_force(db.reader(), on).await? else { return Ok(0) };
        let learned = learned(db, id, on, on).await?;
        let counts = &training_of(&formula.points, PositionFamily::Functional).position_types;
        Ok(learned.iter().filter(|one| counts.contains(&one.siasn_id)).map(|one| one.ever).sum())
    }
    .boxed_local()
}

async fn family_of(db: &Db, position_id: Option<Uuid>) -> Result<PositionFamily> {
    let Some(position_id) = position_id else { return Ok(PositionFamily::Staff) };
    let position = db.reader().one(position::Entity::find().filter(position::Column::Id.eq(position_id))).await?;
    Ok(family_of_category(position.map(|position| position.category)))
}

/// The family of a position of this category; of somebody without one.
pub(super) fn family_of_category(category: Option<PositionCategory>) -> PositionFamily {
    match category {
        Some(PositionCategory::Expertise | PositionCategory::Skill) => PositionFamily::Functional,
        Some(PositionCategory::None) | None => PositionFamily::Staff,
    }
}

async fn learned(db: &Db, librarian_id: Uuid, first: NaiveDate, last: NaiveDate) -> Result<Vec<Learned>> {
    let by_type = by_type(first, last)
        .and_where(Expr::col((entry::Entity, entry::Column::LibrarianId)).eq(librarian_id))
        .to_owned();
    let read = db.reader().rows(&by_type, |row| {
        Ok(Learned { siasn_id: row.get(0)?, ever: row.get(1)?, this_year: row.get(2)?, hours: row.get(3)? })
    });
    read.await
}

/// What the record says of a year.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Recorded {
    pub(super) qualification: Option<Qualification>,
    /// In hundredths.
    pub(super) performance: Option<i32>,
    pub(super) discipline: DisciplinaryMeasure,
}

impl Recorded {
    /// What the query supposes instead.
    fn supposing(self, query: &IndexQuery) -> Self {
        Self {
            qualification: query.qualification.or(self.qualification),
            performance: query.performance_score.map(hundredths).or(self.performance),
            discipline: query.discipline.unwrap_or(self.discipline),
        }
    }
}

async fn recorded(
    reader: Reader<'_>,
    id: Uuid,
    (year, first, last): (i32, NaiveDate, NaiveDate),
    points: &IndexPoints,
) -> Result<Recorded> {
    let appraisals = appraisals::all_of(reader, id).await?;
    // The appraisal of most months tells of the year, of those alike the last.
    let appraisal = appraisals.iter().filter(|row| row.year == year).max_by_key(|row| (row.months, row.first_month));
    Ok(Recorded {
        qualification: education::highest(reader, id, year).await?.map(Qualification::from),
        performance: appraisal.and_then(|row| row.score.or_else(|| score_of(points, row.predicate))),
        discipline: disciplinary_measures::gravest(reader, id, first, last)
            .await?
            .map_or(DisciplinaryMeasure::None, DisciplinaryMeasure::from),
    })
}

pub(super) fn facts(points: &IndexPoints, family: PositionFamily, recorded: &Recorded, learned: &[Learned]) -> Facts {
    let of =
        |types: &'_ [i32]| -> Vec<&Learned> { learned.iter().filter(|one| types.contains(&one.siasn_id)).collect() };
    Facts {
        family,
        qualification: recorded.qualification,
        has_position_training: of(&training_of(points, family).position_types).iter().any(|one| one.ever > 0),
        technical_hours: of(&points.technical_types).iter().map(|one| one.hours).sum(),
        has_seminar: of(&points.seminar_types).iter().any(|one| one.this_year > 0),
        performance: recorded.performance,
        discipline: recorded.discipline,
    }
}

fn answer(librarian_id: Uuid, year: i32, formula: Formula, facts: Facts) -> ProfessionalismIndex {
    let scores = score(&formula.points, facts);
    let index = scores.index();
    let known = [
        (UnknownDimension::Qualification, facts.qualification.is_some()),
        (UnknownDimension::Performance, facts.performance.is_some()),
    ];
    ProfessionalismIndex {
        librarian_id,
        year,
        position_family: facts.family,
        qualification_points: decimal(scores.qualification.into()),
        competency_points: decimal(scores.competency().into()),
        performance_points: decimal(scores.performance.into()),
        discipline_points: decimal(scores.discipline.into()),
        index: decimal(index.into()),
        band: band(&formula.points, index),
        unknown: known.into_iter().filter(|(_, known)| !known).map(|(dimension, _)| dimension).collect(),
        training: parts(&scores),
        next_step: scores.next_step().map(|step| NextStep {
            training: step.training,
            missing_hours: step.missing_hours.map(decimal),
            gain: decimal(step.points.into()),
            index: decimal((index + step.points).into()),
            band: band(&formula.points, index + step.points),
        }),
        formula_id: formula.id,
        legal_basis: formula.legal_basis,
        verified: formula.verified,
    }
}

fn parts(scores: &Scores) -> Vec<TrainingPart> {
    let parts = scores.training.iter().map(|part| TrainingPart {
        training: part.training,
        points: decimal(part.points.into()),
        is_met: part.is_met,
        missing_hours: part.missing_hours.map(decimal),
    });
    parts.collect()
}
