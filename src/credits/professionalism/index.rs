//! How the index adds up. Points and hours are hundredths.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::decimal::hundredths;
use crate::settings::professionalism_formulas::entity::{IndexBandName, IndexPoints, TrainingPoints};
use crate::staff::appraisals::entity::PerformancePredicate;
use crate::staff::disciplinary_measures::entity::DisciplineSeverity;
use crate::staff::education::entity::EducationLevel;

/// The family of a position, which decides what training counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PositionFamily {
    /// Jabatan fungsional.
    Functional,
    /// Jabatan struktural.
    Structural,
    /// Pelaksana.
    Staff,
}

/// A formal education (kualifikasi).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Qualification {
    /// Doctorate.
    S3,
    /// Master.
    S2,
    /// Bachelor or D4.
    S1,
    /// D3.
    D3,
    /// D1, D2 or SLTA.
    Secondary,
    /// Less.
    Below,
}

impl From<EducationLevel> for Qualification {
    fn from(level: EducationLevel) -> Self {
        match level {
            EducationLevel::S3 => Self::S3,
            EducationLevel::S2 => Self::S2,
            EducationLevel::S1 | EducationLevel::D4 => Self::S1,
            EducationLevel::D3 => Self::D3,
            EducationLevel::D1 | EducationLevel::D2 | EducationLevel::SeniorSecondary => Self::Secondary,
            EducationLevel::JuniorSecondary | EducationLevel::Primary => Self::Below,
        }
    }
}

/// The gravest disciplinary measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisciplinaryMeasure {
    /// None.
    #[default]
    None,
    /// Ringan.
    Light,
    /// Sedang.
    Moderate,
    /// Berat.
    Severe,
}

impl From<DisciplineSeverity> for DisciplinaryMeasure {
    fn from(severity: DisciplineSeverity) -> Self {
        match severity {
            DisciplineSeverity::Light => Self::Light,
            DisciplineSeverity::Moderate => Self::Moderate,
            DisciplineSeverity::Severe => Self::Severe,
        }
    }
}

/// Training that gives points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IndexTraining {
    /// That of the position: diklat fungsional or diklatpim.
    Position,
    /// Technical training of enough hours in the year.
    Technical,
    /// A seminar, workshop, internship or course in the year.
    Seminar,
}

/// What is known of a person.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// The family of the position.
    pub family: PositionFamily,
    /// The formal education; `None` where nobody said.
    pub qualification: Option<Qualification>,
    /// Whether the training of the position is there.
    pub has_position_training: bool,
    /// Hours of technical training in the year.
    pub technical_hours: i64,
    /// Whether there was a seminar in the year.
    pub has_seminar: bool,
    /// The performance score; `None` where nobody said.
    pub performance: Option<i32>,
    /// The gravest disciplinary measure.
    pub discipline: DisciplinaryMeasure,
}

/// A kind of training, and what it gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrainingScore {
    /// The kind.
    pub training: IndexTraining,
    /// What it gives once it is there.
    pub points: i32,
    /// Whether it is there.
    pub is_met: bool,
    /// Hours that are missing; `None` where no rule says how many.
    pub missing_hours: Option<i64>,
}

/// The points of all dimensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scores {
    /// Kualifikasi.
    pub qualification: i32,
    /// Kompetensi, by training.
    pub training: [TrainingScore; 3],
    /// Kinerja.
    pub performance: i32,
    /// Disiplin.
    pub discipline: i32,
}

/// The score, in hundredths, that a predicate stands for: the least of its step, the best predicate on the highest step.
pub fn score_of(points: &IndexPoints, predicate: PerformancePredicate) -> Option<i32> {
    let place = usize::try_from(predicate.siasn_id() - 1).unwrap_or_default();
    points.performance.get(place).or_else(|| points.performance.last()).map(|step| hundredths(step.from))
}

/// The points of training in this family.
pub fn training_of(points: &IndexPoints, family: PositionFamily) -> &TrainingPoints {
    match family {
        PositionFamily::Functional => &points.functional,
        PositionFamily::Structural => &points.structural,
        PositionFamily::Staff => &points.staff,
    }
}

/// Scores what is known. What is not known gives nothing.
pub fn score(points: &IndexPoints, facts: Facts) -> Scores {
    let qualification = &points.qualification;
    let qualification = facts.qualification.map(|education| match education {
        Qualification::S3 => qualification.s3,
        Qualification::S2 => qualification.s2,
        Qualification::S1 => qualification.s1,
        Qualification::D3 => qualification.d3,
        Qualification::Secondary => qualification.secondary,
        Qualification::Below => qualification.below,
    });
    let reached = |score: i32| points.performance.iter().find(|step| hundredths(step.from) <= score);
    let performance = facts.performance.and_then(reached).map(|step| step.points);
    let discipline = match facts.discipline {
        DisciplinaryMeasure::None => points.discipline.none,
        DisciplinaryMeasure::Light => points.discipline.light,
        DisciplinaryMeasure::Moderate => points.discipline.moderate,
        DisciplinaryMeasure::Severe => points.discipline.severe,
    };
    let asked = training_of(points, facts.family);
    let technical = i64::from(hundredths(points.technical_hours));
    let one = |training, points: f64, is_met: bool, missing: Option<i64>| TrainingScore {
        training,
        points: hundredths(points),
        is_met,
        missing_hours: missing.map(|hours| if is_met { 0 } else { hours }),
    };
    let missing = technical - facts.technical_hours;
    Scores {
        qualification: qualification.map(hundredths).unwrap_or_default(),
        training: [
            one(IndexTraining::Position, asked.position, facts.has_position_training, None),
            one(IndexTraining::Technical, asked.technical, missing <= 0, Some(missing)),
            one(
                IndexTraining::Seminar,
                asked.seminar,
                facts.has_seminar,
                Some(hundredths(points.seminar_hours).into()),
            ),
        ],
        performance: performance.map(hundredths).unwrap_or_default(),
        discipline: hundredths(discipline),
    }
}

impl Scores {
    /// What training gives.
    pub fn competency(&self) -> i32 {
        self.training.iter().filter(|training| training.is_met).map(|training| training.points).sum()
    }

    /// The index.
    pub fn index(&self) -> i32 {
        self.qualification + self.competency() + self.performance + self.discipline
    }

    /// The training that lifts the index with the fewest hours; of those alike, the one that gives most.
    pub fn next_step(&self) -> Option<TrainingScore> {
        let open = self.training.iter().filter(|training| !training.is_met && training.points > 0);
        // What no rule counts in hours is the longest: the training of a position takes weeks.
        open.copied().min_by_key(|training| (training.missing_hours.unwrap_or(i64::MAX), -training.points))
    }
}

/// The band of an index: the highest whose lower bound it reaches.
pub fn band(points: &IndexPoints, index: i32) -> IndexBandName {
    let reached = points.bands.iter().find(|band| hundredths(band.from) <= index);
    reached.map_or(IndexBandName::VeryLow, |band| band.band)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::settings::seed::shipped_index_points;

    /// An expert librarian, second level: bachelor, both trainings, performance 80, nothing against them.
    fn facts() -> Facts {
        Facts {
            family: PositionFamily::Functional,
            qualification: Some(Qualification::S1),
            has_position_training: true,
            technical_hours: 2000,
            has_seminar: false,
            performance: Some(8000),
            discipline: DisciplinaryMeasure::None,
        }
    }

    #[test]
    fn one_seminar_lifts_75_to_85() {
        let points = shipped_index_points();
        let scores = score(&points, facts());
        assert_eq!((scores.index(), band(&points, scores.index())), (7500, IndexBandName::Medium));
        let step = scores.next_step().unwrap();
        assert_eq!((step.training, step.points, step.missing_hours), (IndexTraining::Seminar, 1000, Some(400)));
        let after = score(&points, Facts { has_seminar: true, ..facts() });
        assert_eq!((after.index(), band(&points, after.index())), (8500, IndexBandName::High));
        assert_eq!(after.next_step(), None);
    }

    #[test]
    fn a_predicate_stands_for_the_least_score_of_its_step() {
        let points = shipped_index_points();
        let best_first = [1, 2, 3, 4, 5].map(|id| PerformancePredicate::from_siasn_id(id).unwrap());
        let given = best_first.map(|predicate| {
            score(&points, Facts { performance: score_of(&points, predicate), ..facts() }).performance
        });
        assert_eq!(given, [3000, 2500, 1500, 500, 100]);
    }

    #[test]
    fn decimals_belong_to_the_band_below() {
        let points = shipped_index_points();
        let bands = [(9100, IndexBandName::VeryHigh), (9099, IndexBandName::High), (8050, IndexBandName::Medium)];
        for (index, expected) in bands.into_iter().chain([(6100, IndexBandName::Low), (6000, IndexBandName::VeryLow)]) {
            assert_eq!(band(&points, index), expected, "{index}");
        }
    }

    #[test]
    fn the_fewest_missing_hours_come_first() {
        let points = shipped_index_points();
        let open = Facts { has_position_training: false, technical_hours: 1800, ..facts() };
        assert_eq!(score(&points, open).next_step().unwrap().training, IndexTraining::Technical);
        let far = Facts { technical_hours: 0, has_seminar: true, ..open };
        assert_eq!(score(&points, far).next_step().unwrap().missing_hours, Some(2000));
        let last = Facts { technical_hours: 2000, ..far };
        assert_eq!(score(&points, last).next_step().unwrap().training, IndexTraining::Position);
        let staff = Facts { family: PositionFamily::Staff, ..last };
        assert_eq!((score(&points, staff).competency(), score(&points, staff).next_step()), (4000, None));
    }

    proptest! {
        #[test]
        fn the_index_stays_within_100_and_more_training_never_lowers_it(
            family in 0_usize..3, qualification in 0_usize..6, position: bool, hours in 0_i64..4000, seminar: bool,
            performance in 0..10_000, discipline in 0_usize..4,
        ) {
            use DisciplinaryMeasure::{Light, Moderate, None, Severe};
            let points = shipped_index_points();
            let facts = Facts {
                family: [PositionFamily::Functional, PositionFamily::Structural, PositionFamily::Staff][family],
                qualification: Some([Qualification::S3, Qualification::S2, Qualification::S1, Qualification::D3,
                    Qualification::Secondary, Qualification::Below][qualification]),
                has_position_training: position, technical_hours: hours, has_seminar: seminar,
                performance: Some(performance), discipline: [None, Light, Moderate, Severe][discipline],
            };
            let index = score(&points, facts).index();
            prop_assert!((0..=10_000).contains(&index));
            let more = Facts { technical_hours: hours + 500, has_seminar: true, has_position_training: true, ..facts };
            prop_assert!(score(&points, more).index() >= index);
        }
    }
}
