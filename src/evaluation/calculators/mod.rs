//! How values are reckoned: from library figures, or from the service's own records as they stand when somebody asks. Each tells
//! what it was made of.

mod competencies;
mod people;
mod readers;

use chrono::NaiveDate;
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use super::indicator_methods::formula::{FormulaKind, IndicatorCalculator, IndicatorFormula};
use super::library_figures::entity::FigureKey;
use super::library_figures::service::known_in;
use crate::credits::professionalism::everybody::indexes_of_all;
use crate::kernel::db::Db;
use crate::kernel::decimal::rounded;
use crate::kernel::error::Result;
use crate::kernel::period::Period;
use crate::kernel::validation::{Fault, Violation};

/// A figure is missing.
pub const FIGURE_MISSING: Fault = Fault {
    code: "figure_missing",
    id: "Angka {figure} untuk periode ini belum dicatat di library-figures",
    en: "The figure {figure} of this period is not entered in library-figures yet",
};

/// Fewer than five people are counted.
pub const TOO_FEW_PEOPLE: Fault = Fault {
    code: "too_few_people",
    id: "Kurang dari lima orang yang dihitung; nilainya tidak ditunjukkan",
    en: "Fewer than five people are counted; the value is held back",
};

/// The service's own records say nothing of the period.
pub const NOTHING_RECORDED: Fault = Fault {
    code: "nothing_recorded",
    id: "Belum ada catatan dalam periode ini untuk dihitung",
    en: "There is no record of this period yet to reckon it from",
};

/// It is divided by nothing, or too great.
pub const CANNOT_BE_RECKONED: Fault = Fault {
    code: "cannot_be_reckoned",
    id: "Tidak dapat dihitung: pembaginya nol atau hasilnya terlalu besar",
    en: "Cannot be reckoned: it is divided by zero, or the result is too great",
};

/// The smallest group whose value is told.
const LEAST_GROUP: i64 = 5;
/// What one is in ten-thousandths.
const ONE: i64 = 10_000;

/// Something that a value was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The figure's key, or what the service counted.
    pub name: String,
    /// The period that a figure was entered for.
    pub period: Option<String>,
    /// In ten-thousandths.
    pub value: i64,
}

/// All that a value was made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Inputs(pub Vec<Input>);

/// A value, in ten-thousandths, and what it was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calculation {
    /// The value.
    pub value: i64,
    /// What it was made of.
    pub inputs: Inputs,
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// A figure is missing.
    Figure(FigureKey),
    /// Too few people are counted.
    FewPeople,
    /// There is nothing to reckon it from.
    NoRecord,
    /// It is divided by nothing, or too great.
    NoNumber,
}

impl Shortfall {
    /// Said of a place in the request.
    pub fn at(self, place: impl Fn(&'static Fault) -> Violation) -> Violation {
        match self {
            Self::Figure(key) => place(&FIGURE_MISSING).with("figure", serde_json::to_value(key).unwrap_or_default()),
            Self::FewPeople => place(&TOO_FEW_PEOPLE),
            Self::NoRecord => place(&NOTHING_RECORDED),
            Self::NoNumber => place(&CANNOT_BE_RECKONED),
        }
    }
}

/// What came of it.
pub type Reckoned = std::result::Result<Calculation, Vec<Shortfall>>;

/// Reckons a formula for a period with so many decimals, of the whole city or from the figures of a district; nothing where its values
/// are entered.
pub async fn reckon(
    db: &Db,
    formula: &IndicatorFormula,
    decimals: u32,
    period: Period,
    district: Option<&str>,
) -> Result<Option<Reckoned>> {
    let counted = match (formula.kind, formula.calculator) {
        (FormulaKind::Figures, _) => return of_figures(db, formula, decimals, period, district).await.map(Some),
        (FormulaKind::BuiltIn, Some(calculator)) => counted(db, calculator, period).await?,
        (FormulaKind::Manual | FormulaKind::BuiltIn, _) => return Ok(None),
    };
    Ok(Some(counted.value(decimals)))
}

async fn of_figures(
    db: &Db,
    formula: &IndicatorFormula,
    decimals: u32,
    period: Period,
    district: Option<&str>,
) -> Result<Reckoned> {
    let keys = formula.figures();
    let known = known_in(db.reader(), &keys, district, period, db.today()).await?;
    let missing: Vec<_> =
        keys.iter().filter(|key| !known.contains_key(key)).map(|key| Shortfall::Figure(*key)).collect();
    if !missing.is_empty() {
        return Ok(Err(missing));
    }
    let inputs = keys.iter().filter_map(|key| {
        let known = known.get(key)?;
        let name = serde_json::to_value(key).ok()?.as_str()?.to_owned();
        Some(Input { name, period: Some(known.period.clone()), value: known.value })
    });
    let inputs = Inputs(inputs.collect());
    let value = formula.reckon(decimals, |key| known.get(&key).map(|known| known.value));
    Ok(value.map(|value| Calculation { value, inputs }).ok_or_else(|| vec![Shortfall::NoNumber]))
}

/// What the service counted of its own records.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Counted {
    /// The value as a fraction.
    fraction: (i128, i128),
    /// Names and numbers.
    inputs: Vec<(&'static str, i64)>,
    /// How many people are counted, where it is about people.
    people: Option<i64>,
}

impl Counted {
    /// So many of so many people, in percent.
    fn share(part: (&'static str, i64), whole: (&'static str, i64)) -> Self {
        let fraction = (i128::from(part.1) * 100, i128::from(whole.1));
        Self { fraction, inputs: vec![whole, part], people: Some(whole.1) }
    }

    fn value(self, decimals: u32) -> Reckoned {
        if self.people.is_some_and(|people| people < LEAST_GROUP) {
            return Err(vec![Shortfall::FewPeople]);
        }
        let (numerator, denominator) = self.fraction;
        if denominator == 0 {
            return Err(vec![Shortfall::NoRecord]);
        }
        let value = rounded(numerator, denominator, decimals).ok_or_else(|| vec![Shortfall::NoNumber])?;
        let input = |(name, count): (&str, i64)| Input { name: name.to_owned(), period: None, value: count * ONE };
        Ok(Calculation { value, inputs: Inputs(self.inputs.into_iter().map(input).collect()) })
    }
}

/// The last day of a period that is known today.
fn known_until(db: &Db, period: Period) -> NaiveDate {
    std::cmp::min(period.ends_on(), db.today())
}

async fn counted(db: &Db, calculator: IndicatorCalculator, period: Period) -> Result<Counted> {
    let on = known_until(db, period);
    match calculator {
        IndicatorCalculator::CreditDutyShare => people::duty_share(db, on).await,
        IndicatorCalculator::CreditMedian => people::median_credit(db, on).await,
        IndicatorCalculator::FormalHoursPerStaff => people::formal_hours(db, period.starts_on(), on).await,
        IndicatorCalculator::CertifiedShare => people::certified_share(db, on).await,
        IndicatorCalculator::MentoringMeetings => people::mentoring_meetings(db, period.starts_on(), on).await,
        IndicatorCalculator::CitizenSatisfaction => readers::satisfaction(db.reader(), period.starts_on(), on).await,
        IndicatorCalculator::FeedbackResponseHours => readers::response_hours(db, period.starts_on(), on).await,
        IndicatorCalculator::JobPersonMatch => competencies::job_person_match(db, on).await,
        IndicatorCalculator::CompetencyCoverage => competencies::coverage(db, on).await,
        IndicatorCalculator::ProfessionalismMean => {
            let indexes = indexes_of_all(db, on).await?;
            let (people, sum) = (indexes.len(), indexes.iter().map(|index| i128::from(*index)).sum::<i128>());
            let people = i64::try_from(people).unwrap_or(i64::MAX);
            Ok(Counted {
                fraction: (sum, i128::from(people) * 100),
                inputs: vec![("people", people)],
                people: Some(people),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_tells_what_it_was_made_of() {
        let share = Counted::share(("people_at_duty", 15), ("people_with_duty", 24));
        let found = share.value(2).unwrap();
        assert_eq!(found.value, 625_000);
        let told: Vec<_> = found.inputs.0.iter().map(|input| (input.name.as_str(), input.value / ONE)).collect();
        assert_eq!(told, [("people_with_duty", 24), ("people_at_duty", 15)]);
    }

    #[test]
    fn small_groups_have_no_value() {
        let few = Counted::share(("certified", 1), ("people", 4));
        assert_eq!(few.value(2), Err(vec![Shortfall::FewPeople]));
        let nobody = Counted { fraction: (1, 0), inputs: Vec::new(), people: None };
        assert_eq!(nobody.value(2), Err(vec![Shortfall::NoRecord]));
    }
}
