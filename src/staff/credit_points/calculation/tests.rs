use proptest::prelude::*;

use super::*;

const RULES: PromotionRules = PromotionRules { least_predicate: PerformancePredicate::Good, least_months_in_level: 12 };
const READY: PromotionFacts = PromotionFacts {
    accumulated: Some(10_000),
    needed: Some(10_000),
    predicate: Some(PerformancePredicate::Good),
    months_in_level: Some(12),
    open_positions: Some(1),
    competency_test_passed: Some(true),
    trainings_completed: Some(2),
    trainings_required: Some(2),
};

#[test]
fn known_years_of_an_ahli_pertama() {
    let full = yearly(1250, 150, 12);
    let part = yearly(1250, 100, 2);
    assert_eq!((full, part, sum(&[full, part])), (1875, 208, 2083));
}

#[test]
fn every_predicate_and_level_of_a_full_year() {
    for (coefficient, expected) in [
        (500, [750, 500, 375, 250, 125]),
        (1250, [1875, 1250, 938, 625, 313]),
        (2500, [3750, 2500, 1875, 1250, 625]),
        (3750, [5625, 3750, 2813, 1875, 938]),
        (5000, [7500, 5000, 3750, 2500, 1250]),
    ] {
        assert_eq!([150, 100, 75, 50, 25].map(|percent| yearly(coefficient, percent, 12)), expected);
    }
}

#[test]
fn halves_are_rounded_up_and_rounded_once() {
    assert_eq!(yearly(1250, 75, 12), 938, "937.5");
    assert_eq!(yearly(1250, 100, 1), 104, "104.17");
    assert_eq!(yearly(1250, 100, 5), 521, "520.83");
    assert_eq!(yearly(375, 25, 2), 16, "15.625");
    assert_eq!(yearly(1250, 100, 0), 0);
}

#[test]
fn impossible_input_gives_no_extra_points() {
    assert_eq!(yearly(1250, 100, 13), 1250);
    assert_eq!((yearly(-1250, 100, 12), yearly(1250, -100, 12), yearly(1250, 100, -1)), (0, 0, 0));
    assert_eq!(yearly(i64::MAX, i64::MAX, 12), i64::MAX);
    assert_eq!((sum(&[]), sum(&[i64::MAX, 1])), (0, i64::MAX));
}

#[test]
fn years_to_the_next_grade_and_level() {
    let standing =
        Standing { accumulated: 2083, needed_for_grade: Some(5000), needed_for_level: Some(10_000), yearly_rate: 1250 };
    let outlook = outlook(&standing);
    assert_eq!(
        outlook.next_grade,
        Some(Projection { missing_hundredths: 2917, years_hundredths: 234, assessments: 3 })
    );
    assert_eq!(
        outlook.next_level,
        Some(Projection { missing_hundredths: 7917, years_hundredths: 634, assessments: 7 })
    );
}

#[test]
fn what_is_reached_needs_no_rate_and_what_is_not_does() {
    let reached = Some(Projection { missing_hundredths: 0, years_hundredths: 0, assessments: 0 });
    assert_eq!(projection(5000, Some(5000), 0), reached);
    assert_eq!(projection(6000, Some(5000), 1250), reached);
    assert_eq!(projection(4999, Some(5000), 0), None);
    assert_eq!(projection(4999, Some(5000), -1), None);
    assert_eq!(projection(4999, None, 1250), None, "no higher level");
    assert_eq!(projection(4999, Some(5000), 1250).unwrap().years_hundredths, 1, "not yet reached is never 0");
    assert_eq!(projection(2500, Some(5000), 1250).unwrap().years_hundredths, 200);
}

#[test]
fn everything_met_is_ready() {
    let readiness = promotion_readiness(&RULES, &READY);
    assert_eq!(readiness.ready, Some(true));
    let codes: Vec<_> = readiness.items.iter().map(|item| item.code.code()).collect();
    assert_eq!(
        codes,
        [
            "credit_points",
            "performance_predicate",
            "time_in_level",
            "open_position",
            "competency_test",
            "mandatory_training"
        ]
    );
    assert_eq!((readiness.items[0].actual, readiness.items[0].required), (Some(10_000), Some(10_000)));
}

#[test]
fn each_requirement_fails_alone() {
    let failing = [
        PromotionFacts { accumulated: Some(9_999), ..READY },
        PromotionFacts { predicate: Some(PerformancePredicate::NeedsImprovement), ..READY },
        PromotionFacts { months_in_level: Some(11), ..READY },
        PromotionFacts { open_positions: Some(0), ..READY },
        PromotionFacts { competency_test_passed: Some(false), ..READY },
        PromotionFacts { trainings_completed: Some(1), ..READY },
    ];
    for (position, facts) in failing.iter().enumerate() {
        let readiness = promotion_readiness(&RULES, facts);
        assert_eq!(readiness.ready, Some(false));
        for (index, item) in readiness.items.iter().enumerate() {
            assert_eq!(item.met, Some(index != position), "{item:?}");
        }
    }
}

#[test]
fn what_is_not_known_is_neither_met_nor_missing() {
    let nothing = promotion_readiness(&RULES, &PromotionFacts::default());
    assert_eq!(nothing.ready, None);
    assert!(nothing.items.iter().all(|item| item.met.is_none() && item.actual.is_none()));
    let unknown_test = PromotionFacts { competency_test_passed: None, ..READY };
    assert_eq!(promotion_readiness(&RULES, &unknown_test).ready, None);
    let no_training_asked = PromotionFacts { trainings_completed: None, trainings_required: Some(0), ..READY };
    assert_eq!(promotion_readiness(&RULES, &no_training_asked).ready, Some(true));
    let lost = PromotionFacts { competency_test_passed: None, open_positions: Some(0), ..READY };
    assert_eq!(promotion_readiness(&RULES, &lost).ready, Some(false), "one failure decides");
}

#[test]
fn predicates_have_the_ids_of_siasn() {
    for id in 1..=5 {
        assert_eq!(PerformancePredicate::from_siasn_id(id).unwrap().siasn_id(), id);
    }
    assert_eq!((PerformancePredicate::from_siasn_id(0), PerformancePredicate::from_siasn_id(6)), (None, None));
    assert!(
        PerformancePredicate::VeryGood < PerformancePredicate::Good
            && PerformancePredicate::Good < PerformancePredicate::VeryPoor
    );
}

proptest! {
    #[test]
    fn a_year_is_within_half_a_hundredth_of_the_formula(
        coefficient in 0i64..=10_000, percent in 0i64..=200, months in 0i64..=12,
    ) {
        let error = yearly(coefficient, percent, months) * 1200 - coefficient * percent * months;
        prop_assert!((-599..=600).contains(&error));
    }

    #[test]
    fn waiting_the_projected_assessments_is_enough_and_one_fewer_is_not(
        accumulated in 0i64..100_000, needed in 0i64..100_000, rate in 1i64..10_000,
    ) {
        let found = projection(accumulated, Some(needed), rate).unwrap();
        prop_assert!(accumulated + found.assessments * rate >= needed);
        if found.assessments > 0 {
            prop_assert!(accumulated + (found.assessments - 1) * rate < needed);
        }
    }
}
