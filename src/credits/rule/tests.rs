use proptest::prelude::*;

use super::*;

fn rule(basis: CreditBasis) -> CreditRule {
    CreditRule {
        id: uuid::Uuid::nil(),
        training_type_id: uuid::Uuid::nil(),
        valid_from: chrono::NaiveDate::MIN,
        valid_to: None,
        counts_certificate_hours: false,
        basis,
        national_hours: None,
        international_hours: None,
        minutes_per_hour: 45,
        cap_per_entry: None,
        cap_per_day: None,
        cap_per_month: None,
        cap_per_year: None,
        legal_basis: String::new(),
        source: None,
        verified: false,
        version: 1,
        created_at: chrono::DateTime::UNIX_EPOCH,
        updated_at: chrono::DateTime::UNIX_EPOCH,
    }
}

fn credited(rule: &CreditRule, measure: Measure) -> i32 {
    apply(rule, measure, Kept::default()).credited
}

#[test]
fn a_workshop_counts_by_its_certificate_else_by_its_days() {
    let workshop = CreditRule {
        counts_certificate_hours: true,
        national_hours: Some(500),
        international_hours: Some(700),
        ..rule(CreditBasis::Day)
    };
    let two_days = Measure { days: 2, ..Measure::default() };
    assert_eq!(credited(&workshop, two_days), 1000);
    assert_eq!(credited(&workshop, Measure { is_international: true, ..two_days }), 1400);
    assert_eq!(credited(&workshop, Measure { claimed: Some(850), ..two_days }), 850);
}

#[test]
fn a_seminar_counts_by_its_days_whatever_its_certificate_says() {
    let seminar = CreditRule { national_hours: Some(400), international_hours: Some(600), ..rule(CreditBasis::Day) };
    let one_day = Measure { days: 1, claimed: Some(800), ..Measure::default() };
    assert_eq!(credited(&seminar, one_day), 400);
    assert_eq!(credited(&seminar, Measure { is_international: true, ..one_day }), 600);
}

#[test]
fn an_internship_counts_once_and_coaching_by_session_up_to_two_a_month() {
    let internship = CreditRule { national_hours: Some(2000), ..rule(CreditBasis::Activity) };
    assert_eq!(credited(&internship, Measure { days: 30, is_international: true, ..Measure::default() }), 2000);
    let coaching = CreditRule { national_hours: Some(200), cap_per_month: Some(400), ..rule(CreditBasis::Session) };
    let session = Measure { days: 1, sessions: 1, ..Measure::default() };
    for (kept, expected) in [(0, 200), (200, 200), (400, 0), (300, 100)] {
        let worth = apply(&coaching, session, Kept { month: kept, ..Kept::default() });
        assert_eq!((worth.computed, worth.credited), (200, expected));
        assert_eq!(worth.cap, (expected < 200).then_some(CreditCap::Month));
    }
}

#[test]
fn time_counts_by_45_minutes_and_caps_hold_a_day() {
    let reading = CreditRule { counts_certificate_hours: true, cap_per_day: Some(200), ..rule(CreditBasis::Minutes) };
    let read = |minutes, days| Measure { days, minutes, ..Measure::default() };
    assert_eq!(credited(&reading, read(60, 1)), 133, "parts of a hundredth do not count");
    assert_eq!(apply(&reading, read(180, 1), Kept::default()).cap, Some(CreditCap::Day));
    assert_eq!(credited(&reading, read(180, 2)), 400);
    assert_eq!(apply(&reading, read(90, 1), Kept { days: 150, ..Kept::default() }).credited, 50);
}

proptest! {
    #[test]
    fn caps_are_kept_and_hours_never_negative(
        claimed in proptest::option::of(0..5000), days in 0..40, sessions in 0..40, minutes in 0..20_000,
        is_international: bool, counts: bool, basis in 0_usize..5, hours in proptest::option::of(0..3000),
        caps in proptest::array::uniform4(proptest::option::of(0..4000)), kept in proptest::array::uniform3(0_i64..6000),
    ) {
        use CreditBasis::{Activity, Day, Minutes, None, Session};
        let [cap_per_entry, cap_per_day, cap_per_month, cap_per_year] = caps;
        let rule = CreditRule {
            counts_certificate_hours: counts, national_hours: hours, cap_per_entry, cap_per_day, cap_per_month,
            cap_per_year, ..rule([Minutes, Day, Session, Activity, None][basis])
        };
        let measure = Measure { claimed, days, sessions, minutes, is_international };
        let kept = Kept { days: kept[0], month: kept[1], year: kept[2] };
        let worth = apply(&rule, measure, kept);
        prop_assert!(0 <= worth.credited && worth.credited <= worth.computed);
        prop_assert_eq!(worth.cap.is_some(), worth.credited < worth.computed);
        let within = |cap: Option<i32>, kept: i64| {
            worth.credited == 0 || cap.is_none_or(|cap| i64::from(worth.credited) + kept <= i64::from(cap))
        };
        prop_assert!(within(cap_per_entry, 0) && within(cap_per_month, kept.month) && within(cap_per_year, kept.year));
        prop_assert!(within(cap_per_day.map(|cap| cap * days.max(1)), kept.days));
    }
}
