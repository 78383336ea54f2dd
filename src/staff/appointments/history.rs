//! What a history of appointments says of a day.

use chrono::NaiveDate;
use uuid::Uuid;

use super::entity::{AppointmentKind, Model};

/// Where somebody stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The unit.
    pub unit_id: Uuid,
    /// The position.
    pub position_id: Option<Uuid>,
    /// The grade.
    pub grade: Option<String>,
    /// In the position since; `None` where the history begins later than the position.
    pub position_since: Option<NaiveDate>,
}

/// The appointment in force on a day; `history` is in the order of its days.
pub fn in_force(history: &[Model], on: NaiveDate) -> Option<usize> {
    history.iter().rposition(|row| row.effective_on <= on)
}

/// Where somebody stands on a day; `history` is in the order of its days.
pub fn standing(history: &[Model], on: NaiveDate) -> Option<Standing> {
    let index = in_force(history, on)?;
    let now = history.get(index)?;
    let run = history.iter().take(index + 1).rev().take_while(|row| row.position_id == now.position_id).last()?;
    // A history that begins with a move or a grade tells of somebody who was in the position before.
    let is_first = history.first().is_some_and(|first| first.id == run.id);
    let began_before = is_first && matches!(run.kind, AppointmentKind::Transfer | AppointmentKind::GradePromotion);
    Some(Standing {
        unit_id: now.unit_id,
        position_id: now.position_id,
        grade: now.grade.clone(),
        position_since: (!began_before).then_some(run.effective_on),
    })
}

/// The first day after this one on which an appointment takes effect.
pub fn next_change(history: &[Model], on: NaiveDate) -> Option<NaiveDate> {
    history.iter().map(|row| row.effective_on).find(|day| *day > on)
}

/// When the contract began that counts on a day: the first of those that follow one another without a gap.
pub fn contract_start(history: &[Model], on: NaiveDate) -> Option<NaiveDate> {
    let contracts: Vec<&Model> =
        history.iter().filter(|row| row.kind == AppointmentKind::Contract && row.effective_on <= on).collect();
    let mut start: Option<NaiveDate> = None;
    let mut before: Option<&Model> = None;
    for contract in contracts {
        let goes_on = before.is_some_and(|before| {
            before.ends_on.is_none_or(|end| contract.effective_on <= end.succ_opt().unwrap_or(end))
        });
        if !goes_on {
            start = Some(contract.effective_on);
        }
        before = Some(contract);
    }
    start
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn row(on: &str, kind: AppointmentKind, position: u128, ends_on: Option<&str>) -> Model {
        Model {
            id: Uuid::from_u128(on.bytes().fold(1, |sum, byte| sum * 31 + u128::from(byte))),
            librarian_id: Uuid::nil(),
            kind,
            effective_on: day(on),
            ends_on: ends_on.map(day),
            unit_id: Uuid::nil(),
            position_id: Some(Uuid::from_u128(position)),
            grade: None,
            credit_points: None,
            decree_number: None,
            decree_on: None,
            siasn_id: None,
            version: 1,
            created_at: chrono::DateTime::UNIX_EPOCH,
            updated_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_grade_does_not_begin_the_position_anew() {
        use AppointmentKind::{Appointment, GradePromotion, Promotion};
        let history = [
            row("2019-03-01", Appointment, 1, None),
            row("2021-04-01", GradePromotion, 1, None),
            row("2024-04-01", Promotion, 2, None),
            row("2027-04-01", GradePromotion, 2, None),
        ];
        assert_eq!(standing(&history, day("2019-02-28")), None);
        assert_eq!(standing(&history, day("2022-01-01")).unwrap().position_since, Some(day("2019-03-01")));
        assert_eq!(standing(&history, day("2026-01-01")).unwrap().position_since, Some(day("2024-04-01")));
        assert_eq!(next_change(&history, day("2026-01-01")), Some(day("2027-04-01")));
        assert_eq!(standing(&history[1..2], day("2022-01-01")).unwrap().position_since, None);
    }

    #[test]
    fn contracts_that_follow_one_another_are_one() {
        use AppointmentKind::{Contract, Transfer};
        let history = [
            row("2022-03-01", Contract, 1, Some("2023-02-28")),
            row("2022-09-01", Transfer, 1, None),
            row("2023-03-01", Contract, 1, Some("2024-02-29")),
            row("2024-05-01", Contract, 1, Some("2025-04-30")),
        ];
        assert_eq!(contract_start(&history, day("2022-02-28")), None);
        assert_eq!(contract_start(&history, day("2023-12-31")), Some(day("2022-03-01")));
        assert_eq!(contract_start(&history, day("2024-06-01")), Some(day("2024-05-01")));
    }

    proptest! {
        #[test]
        fn what_lies_ahead_says_nothing_of_a_day(days in proptest::collection::btree_set(0_i64..4000, 1..12), on in 0_i64..4000) {
            let base = day("2015-01-01");
            let date = |days| base + chrono::TimeDelta::days(days);
            let history: Vec<_> = days
                .iter()
                .map(|days| row(&date(*days).to_string(), AppointmentKind::Appointment, u128::from(days.unsigned_abs() % 3), None))
                .collect();
            let known: Vec<_> = history.iter().filter(|row| row.effective_on <= date(on)).cloned().collect();
            prop_assert_eq!(standing(&history, date(on)), standing(&known, date(on)));
            let since = standing(&history, date(on)).and_then(|now| now.position_since);
            prop_assert!(since.is_none_or(|since| since <= date(on)));
        }
    }
}
