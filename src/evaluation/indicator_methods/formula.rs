//! Formulas of indicators: nothing but a number that somebody enters; library figures put together; or something that the service
//! reckons from its own records.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::evaluation::library_figures::entity::FigureKey;
use crate::kernel::decimal::{four_decimals, rounded, ten_thousandths};
use crate::kernel::validation::{NOT_VALID, REQUIRED, Violation};

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FormulaKind {
    /// It is entered, with evidence.
    Manual,
    /// It is reckoned from library figures.
    Figures,
    /// The service reckons it from its own records.
    BuiltIn,
}

/// What the service reckons from its own records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorCalculator {
    /// Share of PNS who reach the credit hours (JP) of their duty, in percent.
    CreditDutyShare,
    /// The middle of the credit hours (JP) of all staff since the year began.
    CreditMedian,
    /// Credit hours (JP) in courses and classes by member of staff, within the period (after ISO 11620).
    FormalHoursPerStaff,
    /// Job-person match (JPM): the mean over the staff, in percent.
    JobPersonMatch,
    /// Share of what units ask of competencies that at least one of their people reaches, in percent.
    CompetencyCoverage,
    /// Share of staff in functional positions (JF) with a certificate of competence that is valid, in percent.
    CertifiedShare,
    /// Mentoring meetings held within the period, by the ledger of credit.
    MentoringMeetings,
    /// Indeks profesionalitas (IP ASN): the mean over PNS and PPPK.
    ProfessionalismMean,
    /// Indeks kepuasan masyarakat (IKM): the mean of the surveys (SKM) on the service that closed within the period, by how many
    /// answered.
    CitizenSatisfaction,
    /// The mean time in hours until readers had an answer to what they wrote within the period.
    FeedbackResponseHours,
}

impl IndicatorCalculator {
    /// The newest version of the calculation.
    pub const fn newest(self) -> i32 {
        match self {
            Self::CreditDutyShare
            | Self::CreditMedian
            | Self::FormalHoursPerStaff
            | Self::JobPersonMatch
            | Self::CompetencyCoverage
            | Self::CertifiedShare
            | Self::MentoringMeetings
            | Self::ProfessionalismMean
            | Self::CitizenSatisfaction
            | Self::FeedbackResponseHours => 1,
        }
    }
}

/// A figure and how much it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"figure": "loans", "weight": 1.0}))]
pub struct FormulaTerm {
    /// The figure.
    pub figure: FigureKey,
    /// What it is multiplied by.
    #[validate(range(min = -1000.0, max = 1000.0), custom(function = four_decimals))]
    #[schema(minimum = -1000, maximum = 1000)]
    pub weight: f64,
}

/// A formula. Of figures: `factor x sum(weight x figure) / (divisor x denominator)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Validate, FromJsonQueryResult)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "figures", "calculator": null, "calculator_version": null, "terms": [{"figure": "visits", "weight": 1.0}],
    "denominator": "population", "denominator_per": null, "factor": 1.0, "divisor": 1
}))]
pub struct IndicatorFormula {
    /// Where a value comes from.
    pub kind: FormulaKind,
    /// What the service reckons, for `built_in`.
    #[schema(required)]
    #[serde(default)]
    pub calculator: Option<IndicatorCalculator>,
    /// The version of the calculation; the newest where nobody says.
    #[validate(range(min = 1, max = 1000))]
    #[schema(required, minimum = 1, maximum = 1000)]
    #[serde(default)]
    pub calculator_version: Option<i32>,
    /// What is added up, for `figures`.
    #[validate(nested, length(max = 20))]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub terms: Vec<FormulaTerm>,
    /// What it is divided by; by nothing where it is absent.
    #[schema(required)]
    #[serde(default)]
    pub denominator: Option<FigureKey>,
    /// For a norm such as one librarian for each 75,000 people: divided is by `denominator / denominator_per`, rounded up to a
    /// whole number.
    #[validate(range(min = 1, max = 1_000_000_000))]
    #[schema(required, minimum = 1, maximum = 1_000_000_000)]
    #[serde(default)]
    pub denominator_per: Option<i32>,
    /// What the result is multiplied by; 1 where nobody says, 100 for percent.
    #[validate(range(min = -1_000_000.0, max = 1_000_000.0), custom(function = four_decimals))]
    #[schema(required, minimum = -1_000_000, maximum = 1_000_000)]
    #[serde(default)]
    pub factor: Option<f64>,
    /// What it is divided by besides, such as the number of terms for a mean; 1 where nobody says.
    #[validate(range(min = 1, max = 1000))]
    #[schema(required, minimum = 1, maximum = 1000)]
    #[serde(default)]
    pub divisor: Option<i32>,
}

impl IndicatorFormula {
    /// What does not go together; `place` is the JSON pointer of the formula.
    pub fn mistakes(&self, place: &str) -> Vec<Violation> {
        let at = |field: &str, fault| Violation::pointer(format!("{place}/{field}"), fault);
        let mut wrong = Vec::new();
        let of_figures = self.denominator.is_some() || self.factor.is_some() || self.divisor.is_some();
        if self.kind == FormulaKind::Figures {
            if self.terms.is_empty() {
                wrong.push(at("terms", &REQUIRED));
            }
            if self.denominator_per.is_some() && self.denominator.is_none() {
                wrong.push(at("denominator", &REQUIRED));
            }
        } else if !self.terms.is_empty() || of_figures || self.denominator_per.is_some() {
            wrong.push(at("kind", &NOT_VALID));
        }
        match (self.kind == FormulaKind::BuiltIn, self.calculator) {
            (true, None) => wrong.push(at("calculator", &REQUIRED)),
            (true, Some(calculator)) if self.calculator_version.is_some_and(|asked| asked > calculator.newest()) => {
                wrong.push(at("calculator_version", &NOT_VALID));
            }
            (false, Some(_)) => wrong.push(at("calculator", &NOT_VALID)),
            _ => {}
        }
        wrong
    }

    /// The formula as it is kept: what goes without saying is said.
    #[must_use]
    pub fn whole(mut self) -> Self {
        match self.kind {
            FormulaKind::Manual => {}
            FormulaKind::BuiltIn => {
                let newest = self.calculator.map(IndicatorCalculator::newest);
                self.calculator_version = self.calculator_version.or(newest);
            }
            FormulaKind::Figures => {
                self.factor = self.factor.or(Some(1.0));
                self.divisor = self.divisor.or(Some(1));
            }
        }
        self
    }

    /// The figures that it needs, each once.
    pub fn figures(&self) -> Vec<FigureKey> {
        let mut needed = Vec::new();
        for key in self.terms.iter().map(|term| term.figure).chain(self.denominator) {
            if !needed.contains(&key) {
                needed.push(key);
            }
        }
        needed
    }

    /// How many are needed by the norm: the denominator rounded up to whole ones. Both in ten-thousandths.
    fn norm(&self, denominator: i64) -> i64 {
        const ONE: i64 = 10_000;
        match self.denominator_per {
            Some(per) => {
                let whole = i64::from(per) * ONE;
                (denominator + whole - 1).div_euclid(whole) * ONE
            }
            None => denominator,
        }
    }

    /// Reckons it from figures in ten-thousandths. Nothing where one is missing, it is divided by 0, or it is too great.
    pub fn reckon(&self, decimals: u32, figure: impl Fn(FigureKey) -> Option<i64>) -> Option<i64> {
        /// Factor, weight and figure are ten-thousandths each; so is one denominator.
        const SCALE: i128 = 100_000_000;
        let mut sum: i128 = 0;
        for term in &self.terms {
            sum += i128::from(ten_thousandths(term.weight)) * i128::from(figure(term.figure)?);
        }
        let denominator = match self.denominator {
            Some(key) => self.norm(figure(key)?),
            None => 10_000,
        };
        let factor = i128::from(ten_thousandths(self.factor.unwrap_or(1.0)));
        let divisor = i128::from(self.divisor.unwrap_or(1));
        rounded(factor.checked_mul(sum)?, divisor * i128::from(denominator) * SCALE, decimals)
    }
}

#[cfg(test)]
mod tests {
    use FigureKey as Key;
    use proptest::prelude::*;

    use super::*;

    const PEOPLE: i64 = 247_924;

    fn formula(terms: &[(Key, f64)], denominator: Option<Key>) -> IndicatorFormula {
        let term = |(figure, weight): &(Key, f64)| FormulaTerm { figure: *figure, weight: *weight };
        IndicatorFormula {
            kind: FormulaKind::Figures,
            calculator: None,
            calculator_version: None,
            terms: terms.iter().map(term).collect(),
            denominator,
            denominator_per: None,
            factor: None,
            divisor: None,
        }
    }

    fn of(figures: &[(Key, f64)]) -> impl Fn(Key) -> Option<i64> + '_ {
        |key| figures.iter().find(|(known, _)| *known == key).map(|(_, value)| ten_thousandths(*value))
    }

    #[test]
    fn iplm_of_sukoharjo_is_71_85() {
        let parts = [
            (Key::IplmLibraries, 2_825.0),
            (Key::IplmItems, 2_269_653.0),
            (Key::IplmStaff, 3_088.0),
            (Key::IplmDailyVisits, 15_690.0),
            (Key::IplmStandardLibraries, 2_036_810.0),
            (Key::IplmOutreach, 27_581.0),
            (Key::IplmMembers, 673_794.0),
        ];
        let terms = parts.map(|(key, _)| (key, 1.0));
        let iplm = IndicatorFormula { factor: Some(100.0), divisor: Some(7), ..formula(&terms, Some(Key::Population)) };
        let mut figures = parts.to_vec();
        // The published ratios have six decimals: of a million people.
        figures.push((Key::Population, 1_000_000.0));
        assert_eq!(iplm.reckon(2, of(&figures)), Some(718_500));
        assert_eq!(iplm.reckon(2, of(&parts)), None, "the population is missing");
    }

    #[test]
    fn tgm_of_the_worked_example_is_56_40() {
        let parts = [
            (Key::TgmReadingFrequency, 0.3, 60.0),
            (Key::TgmReadingDuration, 0.3, 55.0),
            (Key::TgmBooks, 0.3, 48.0),
            (Key::TgmInternetFrequency, 0.05, 80.0),
            (Key::TgmInternetDuration, 0.05, 70.0),
        ];
        let tgm = formula(&parts.map(|(key, weight, _)| (key, weight)), None);
        assert_eq!(tgm.reckon(2, of(&parts.map(|(key, _, value)| (key, value)))), Some(564_000));
    }

    #[test]
    fn the_norms_of_singkawang_are_10_4_and_6199() {
        let norm = |per| IndicatorFormula {
            denominator_per: Some(per),
            ..formula(&[(Key::Staff, 1.0)], Some(Key::Population))
        };
        assert_eq!([25_000, 75_000, 40].map(|per| norm(per).norm(PEOPLE * 10_000) / 10_000), [10, 4, 6_199]);
        let share = IndicatorFormula { factor: Some(100.0), ..norm(25_000) };
        let figures = [(Key::Population, 247_924.0), (Key::Staff, 8.0)];
        assert_eq!(share.reckon(2, of(&figures)), Some(800_000));
        let nobody = [(Key::Population, 0.0), (Key::Staff, 8.0)];
        assert_eq!(share.reckon(2, of(&nobody)), None);
    }

    #[test]
    fn rates_have_the_decimals_of_their_indicator() {
        let visits = formula(&[(Key::Visits, 1.0)], Some(Key::Population));
        let figures = [(Key::Visits, 69_419.0), (Key::Population, 247_924.0)];
        assert_eq!(visits.reckon(2, of(&figures)), Some(2_800));
        assert_eq!(visits.reckon(4, of(&figures)), Some(2_800));
        assert_eq!(visits.figures(), [Key::Visits, Key::Population]);
    }

    #[test]
    fn a_formula_says_all_that_its_kind_needs_and_no_more() {
        let empty = formula(&[], None);
        let of = |formula: &IndicatorFormula| -> Vec<(String, &str)> {
            let place = |wrong: &Violation| format!("{:?}", wrong.place);
            formula.mistakes("#/formula").iter().map(|wrong| (place(wrong), wrong.fault.code)).collect()
        };
        assert_eq!(of(&empty), [("Pointer(\"#/formula/terms\")".to_owned(), "required")]);
        let norm = IndicatorFormula { denominator_per: Some(5), ..formula(&[(Key::Staff, 1.0)], None) };
        assert_eq!(of(&norm), [("Pointer(\"#/formula/denominator\")".to_owned(), "required")]);
        let manual = IndicatorFormula { kind: FormulaKind::Manual, ..formula(&[], None) };
        assert!(of(&manual).is_empty());
        assert_eq!(of(&IndicatorFormula { divisor: Some(2), ..manual.clone() })[0].1, "not_valid");
        let built_in = IndicatorFormula { kind: FormulaKind::BuiltIn, ..manual };
        assert_eq!(of(&built_in), [("Pointer(\"#/formula/calculator\")".to_owned(), "required")]);
        let calculator = Some(IndicatorCalculator::JobPersonMatch);
        let known = IndicatorFormula { calculator, ..built_in };
        assert!(of(&known).is_empty());
        assert_eq!(known.clone().whole().calculator_version, Some(1));
        assert_eq!(of(&IndicatorFormula { calculator_version: Some(2), ..known })[0].1, "not_valid");
    }

    proptest! {
        #[test]
        fn a_ratio_is_the_rounded_ratio(loans in 0_i64..1_000_000_000, people in 1_i64..100_000_000) {
            let rate = formula(&[(Key::Loans, 1.0)], Some(Key::Population));
            let found = rate.reckon(2, |key| Some(if key == Key::Loans { loans } else { people } * 10_000));
            let exact = i128::from(loans) * 10_000;
            // Within half of a hundredth, which is fifty ten-thousandths.
            prop_assert!((i128::from(found.unwrap()) * i128::from(people) - exact).abs() * 2 <= i128::from(people) * 100);
        }
    }
}
