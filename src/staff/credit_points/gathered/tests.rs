use proptest::prelude::*;

use super::*;
use crate::kernel::language::Localized;
use crate::staff::appointments::entity::AppointmentKind;
use crate::staff::positions::entity::PositionCategory;

const FIRST: Uuid = Uuid::from_u128(1);
const SECOND: Uuid = Uuid::from_u128(2);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn appointment(on: &str, position: Uuid, points: Option<i32>) -> Appointment {
    Appointment {
        id: Uuid::from_u128(on.bytes().fold(1, |sum, byte| sum * 31 + u128::from(byte))),
        librarian_id: Uuid::nil(),
        kind: AppointmentKind::Appointment,
        effective_on: day(on),
        ends_on: None,
        unit_id: Uuid::nil(),
        position_id: Some(position),
        grade: None,
        credit_points: points,
        decree_number: None,
        decree_on: None,
        siasn_id: None,
        version: 1,
        created_at: chrono::DateTime::UNIX_EPOCH,
        updated_at: chrono::DateTime::UNIX_EPOCH,
    }
}

fn appraisal(year: i32, first_month: i32, months: i32, predicate: PerformancePredicate) -> Appraisal {
    Appraisal {
        id: Uuid::from_u128(u128::from(year.unsigned_abs() * 100 + first_month.unsigned_abs())),
        librarian_id: Uuid::nil(),
        year,
        first_month,
        months,
        predicate,
        score: None,
        note: None,
        siasn_id: None,
        version: 1,
        created_at: chrono::DateTime::UNIX_EPOCH,
        updated_at: chrono::DateTime::UNIX_EPOCH,
    }
}

fn rate(position: Uuid, coefficient: i32, from: &str, to: Option<&str>) -> Rate {
    Rate {
        id: Uuid::nil(),
        position_id: position,
        coefficient,
        points_for_grade: Some(5000),
        points_for_next_level: Some(10_000),
        required_trainings: 0,
        valid_from: day(from),
        valid_to: to.map(day),
        legal_basis: String::new(),
        source: None,
        verified: false,
        version: 1,
        created_at: chrono::DateTime::UNIX_EPOCH,
        updated_at: chrono::DateTime::UNIX_EPOCH,
    }
}

fn rule(from: &str) -> Rule {
    Rule {
        id: Uuid::nil(),
        very_good_percent: 150,
        good_percent: 100,
        needs_improvement_percent: 75,
        poor_percent: 50,
        very_poor_percent: 25,
        least_predicate: PerformancePredicate::Good,
        least_months_in_level: 12,
        valid_from: day(from),
        valid_to: None,
        legal_basis: String::new(),
        source: None,
        verified: false,
        version: 1,
        created_at: chrono::DateTime::UNIX_EPOCH,
        updated_at: chrono::DateTime::UNIX_EPOCH,
    }
}

fn position(from: &str, to: &str) -> Position {
    Position {
        id: FIRST,
        code: "15504".to_owned(),
        legacy_code: None,
        title: Localized::new("Pustakawan Ahli Pertama", "First Expert"),
        category: PositionCategory::Expertise,
        level_code: None,
        level: 4,
        grade_from: Some(from.to_owned()),
        grade_to: Some(to.to_owned()),
        retirement_age: None,
        headcount: None,
        legal_basis: None,
        provisional: false,
        standard_version: 1,
        search_text: String::new(),
        version: 1,
        created_at: chrono::DateTime::UNIX_EPOCH,
        updated_at: chrono::DateTime::UNIX_EPOCH,
        archived_at: None,
    }
}

fn sources() -> Sources {
    Sources {
        history: vec![appointment("2023-01-02", FIRST, None)],
        appraisals: vec![
            appraisal(2024, 1, 12, PerformancePredicate::VeryGood),
            appraisal(2025, 1, 2, PerformancePredicate::Good),
        ],
        rates: vec![rate(FIRST, 1250, "2023-01-01", None), rate(SECOND, 2500, "2023-01-01", None)],
        rules: vec![rule("2023-01-01")],
    }
}

#[test]
fn a_very_good_year_and_two_good_months_are_20_83() {
    let sources = sources();
    let beginning = sources.beginning(day("2025-12-31")).unwrap();
    let parts = sources.parts(beginning, day("2025-12-31"));
    assert_eq!(parts.iter().map(|part| part.points).collect::<Vec<_>>(), [1875, 208]);
    assert_eq!(sources.total(beginning, &parts), 2083);
    // What is not over does not count, and what comes later changes nothing of before.
    assert_eq!(sources.parts(beginning, day("2025-02-27")).len(), 1);
}

#[test]
fn a_new_level_begins_anew_in_its_month() {
    let mut sources = sources();
    sources.history.push(appointment("2024-07-01", SECOND, None));
    let beginning = sources.beginning(day("2025-12-31")).unwrap();
    assert_eq!(beginning, Beginning { points: 0, on: day("2024-07-01") });
    let parts = sources.parts(beginning, day("2025-12-31"));
    // Half a very good year and two good months at 25 points a year.
    assert_eq!(parts.iter().map(|part| (part.months, part.points)).collect::<Vec<_>>(), [(6, 1875), (2, 417)]);
}

#[test]
fn a_decree_states_with_what_the_count_begins() {
    let mut sources = sources();
    sources.history.push(appointment("2025-01-01", FIRST, Some(4000)));
    let beginning = sources.beginning(day("2025-12-31")).unwrap();
    let parts = sources.parts(beginning, day("2025-12-31"));
    assert_eq!(sources.total(beginning, &parts), 4208);
}

#[test]
fn another_coefficient_counts_from_its_day() {
    let mut sources = sources();
    sources.rates = vec![rate(FIRST, 1250, "2023-01-01", Some("2024-12-31")), rate(FIRST, 2000, "2025-01-01", None)];
    let beginning = sources.beginning(day("2025-12-31")).unwrap();
    let parts = sources.parts(beginning, day("2025-12-31"));
    assert_eq!(parts.iter().map(|part| part.points).collect::<Vec<_>>(), [1875, 333]);
}

#[test]
fn each_grade_of_a_level_asks_as_much_again() {
    let of = |from: &str, to: &str, grade: &str, points: i32| {
        let rate = Rate { points_for_grade: Some(points), ..rate(FIRST, 1250, "2023-01-01", None) };
        standing_of(&position(from, to), Some(grade), Some(&rate), 0, 0).needed_for_grade
    };
    assert_eq!([of("III/a", "III/b", "III/a", 5000), of("III/a", "III/b", "III/b", 5000)], [Some(5000), None]);
    assert_eq!([of("IV/a", "IV/c", "IV/b", 15_000), of("IV/a", "IV/c", "III/d", 15_000)], [Some(30_000), None]);
    assert_eq!(of("III/a", "III/b", "IX", 5000), None);
}

proptest! {
    #[test]
    fn the_total_is_the_beginning_and_the_parts_and_never_falls(
        years in proptest::collection::btree_set(2023_i32..2040, 0..10), on in 0_i64..6000, begin in 0_i32..20_000,
    ) {
        let mut sources = sources();
        sources.history = vec![appointment("2023-01-02", FIRST, Some(begin))];
        sources.appraisals = years.iter().map(|year| appraisal(*year, 1, 12, PerformancePredicate::Good)).collect();
        let first = day("2023-01-02") + chrono::TimeDelta::days(on);
        let total = |on| {
            let beginning = sources.beginning(on).unwrap();
            let parts = sources.parts(beginning, on);
            let expected = i64::from(begin) + parts.iter().map(|part| part.points).sum::<i64>();
            (sources.total(beginning, &parts), expected)
        };
        let (now, expected) = total(first);
        prop_assert_eq!(now, expected);
        prop_assert!(total(first + chrono::TimeDelta::days(400)).0 >= now);
    }
}
