//! What the answers about an activity's participants come to: how far behaviour moved, and how many apply what they learned.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::entity::{BehaviourRating, Model, PERSPECTIVES, Perspective, round};
use crate::kernel::clock::local_date;
use crate::kernel::decimal::decimal;

/// Fewer people are not told of to others than evaluation officers.
pub const LEAST_GROUP: usize = 5;

/// The width of the scale from 1 to 5.
const WIDTH: i64 = 4;

/// What one side says.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(example = json!({"perspective": "superior", "asked_count": 12, "answered_count": 9, "mean_before": 2.4, "mean_after": 3.7}))]
pub struct PerspectiveFigures {
    /// Which side.
    pub perspective: Perspective,
    /// How many were asked.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub asked_count: usize,
    /// How many answered.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub answered_count: usize,
    /// The mean of the ratings as it was before, with two decimals.
    #[schema(required, minimum = 1, maximum = 5)]
    pub mean_before: Option<f64>,
    /// The mean of the ratings as it is now, with two decimals.
    #[schema(required, minimum = 1, maximum = 5)]
    pub mean_after: Option<f64>,
}

/// How behaviour moved since a training.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(example = json!({
    "mean_before": 2.3, "mean_after": 3.8, "transfer_index": 37.5, "applying_count": 9, "applying_share": 75.0,
    "perspectives": []
}))]
pub struct BehaviourFigures {
    /// The mean of the ratings as it was before, of those who could say.
    #[schema(required, minimum = 1, maximum = 5)]
    pub mean_before: Option<f64>,
    /// The mean of all ratings as it is now.
    #[schema(required, minimum = 1, maximum = 5)]
    pub mean_after: Option<f64>,
    /// Transfer: the mean of after less before, where there is a before, in percent of the scale's width; two decimals.
    #[schema(required, minimum = -100, maximum = 100)]
    pub transfer_index: Option<f64>,
    /// Participants of whom more than half of the answers say that they apply what they learned.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub applying_count: usize,
    /// Their share of the participants of whom there is an answer, in percent with two decimals.
    #[schema(required, minimum = 0, maximum = 100)]
    pub applying_share: Option<f64>,
    /// What each side says; empty where one of them would be told of fewer than five.
    #[schema(max_items = 3)]
    pub perspectives: Vec<PerspectiveFigures>,
}

/// Whether nothing that others than evaluation officers are told moves any more: else two reads around an answer would give it away.
/// A question to nobody may still get somebody who answers it.
pub fn is_settled(round: &round::Model, rows: &[Model], on: NaiveDate) -> bool {
    round.asked_at.is_some() && (on > round.late_after || rows.iter().all(|row| row.answered_at.is_some()))
}

/// Takes away what was answered after the last day, which others than evaluation officers are never told of.
pub fn leave_out_late(rows: &mut [Model]) {
    for row in rows.iter_mut().filter(|row| row.answered_at.is_some_and(|at| local_date(at) > row.late_after)) {
        (row.answered_at, row.ratings, row.is_applied) = (None, None, None);
    }
}

/// How many participants there is an answer about.
pub fn rated(rows: &[Model]) -> usize {
    by_person(rows).len()
}

/// Yes and all answers, by participant.
fn by_person(rows: &[Model]) -> BTreeMap<Uuid, (usize, usize)> {
    let mut people: BTreeMap<Uuid, (usize, usize)> = BTreeMap::new();
    for row in rows {
        if let Some(is_applied) = row.is_applied {
            let (yes, all) = people.entry(row.librarian_id).or_default();
            *yes += usize::from(is_applied);
            *all += 1;
        }
    }
    people
}

fn ratings(rows: &[Model]) -> impl Iterator<Item = &BehaviourRating> {
    rows.iter().filter_map(|row| row.ratings.as_ref()).flat_map(|ratings| &ratings.0)
}

/// A sum divided by a count, in hundredths, half up.
fn hundredths(sum: i64, count: i64) -> Option<i64> {
    (count > 0).then(|| (2 * sum * 100 + count).div_euclid(2 * count))
}

fn mean(values: impl Iterator<Item = i32>) -> Option<f64> {
    let (sum, count) = values.fold((0, 0), |(sum, count), value| (sum + i64::from(value), count + 1));
    hundredths(sum, count).map(decimal)
}

/// The transfer index of ratings, in percent.
fn transfer<'a>(ratings: impl Iterator<Item = &'a BehaviourRating>) -> Option<f64> {
    let moved = ratings.filter_map(|rating| Some(i64::from(rating.after - rating.before?)));
    let (sum, count) = moved.fold((0, 0), |(sum, count), step| (sum + step, count + 1));
    hundredths(100 * sum, WIDTH * count).map(decimal)
}

/// The figures of these answers. To whom is no evaluation officer, the sides are told only where none of them is small: less the
/// others, one would give away the last.
pub fn of(rows: &[Model], is_officer: bool) -> BehaviourFigures {
    let people = by_person(rows);
    let applying = people.values().filter(|(yes, all)| 2 * yes > *all).count();
    let share = hundredths(100 * count(applying), count(people.len()));
    let sides: Vec<PerspectiveFigures> = PERSPECTIVES
        .into_iter()
        .map(|perspective| {
            let of: Vec<Model> = rows.iter().filter(|row| row.perspective == perspective).cloned().collect();
            PerspectiveFigures {
                perspective,
                asked_count: of.iter().filter(|row| row.respondent_id.is_some()).count(),
                answered_count: of.iter().filter(|row| row.answered_at.is_some()).count(),
                mean_before: mean(ratings(&of).filter_map(|rating| rating.before)),
                mean_after: mean(ratings(&of).map(|rating| rating.after)),
            }
        })
        .collect();
    let told = is_officer || sides.iter().all(|side| side.answered_count == 0 || side.answered_count >= LEAST_GROUP);
    BehaviourFigures {
        mean_before: mean(ratings(rows).filter_map(|rating| rating.before)),
        mean_after: mean(ratings(rows).map(|rating| rating.after)),
        transfer_index: transfer(ratings(rows)),
        applying_count: applying,
        applying_share: share.map(decimal),
        perspectives: if told { sides } else { Vec::new() },
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX / 1_000)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::entity::BehaviourItem;
    use super::*;

    fn rating(before: Option<i32>, after: i32) -> BehaviourRating {
        BehaviourRating { item: BehaviourItem::Application, before, after }
    }

    #[test]
    fn transfer_is_the_mean_step_in_percent_of_the_scale() {
        let index = |ratings: &[BehaviourRating]| transfer(ratings.iter());
        assert_eq!(index(&[rating(Some(2), 4), rating(Some(3), 4)]), Some(37.5));
        assert_eq!(index(&[rating(Some(1), 5)]), Some(100.0));
        assert_eq!(index(&[rating(Some(5), 1), rating(None, 5)]), Some(-100.0));
        assert_eq!(index(&[rating(None, 5)]), None);
    }

    /// A question that can be answered until 22 August, and when it was.
    fn row(answered_at: Option<&str>) -> Model {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        Model {
            id: Uuid::nil(),
            activity_id: Uuid::nil(),
            registration_id: Uuid::nil(),
            librarian_id: Uuid::nil(),
            perspective: Perspective::Alumnus,
            respondent_id: None,
            due_on: day("2026-05-24"),
            late_after: day("2026-08-22"),
            answered_at: answered_at.map(|text| text.parse().unwrap()),
            ratings: None,
            is_applied: answered_at.map(|_| true),
            comment: None,
            version: 1,
            created_at: chrono::DateTime::UNIX_EPOCH,
            updated_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn figures_are_settled_when_no_answer_can_change_them() {
        let first = row(Some("2026-06-01T01:00:00Z"));
        let is_told = |answers: &[Model], is_asked: bool, on: &str| {
            let round = round::Model {
                activity_id: Uuid::nil(),
                due_on: first.due_on,
                late_after: first.late_after,
                asked_at: is_asked.then_some(first.created_at),
            };
            is_settled(&round, answers, on.parse().unwrap())
        };
        assert!(is_told(&[first.clone(), first.clone()], true, "2026-06-02"), "everybody has answered");
        assert!(!is_told(&[first.clone(), first.clone()], false, "2026-06-02"), "not everybody has been asked");
        assert!(!is_told(&[first.clone(), row(None)], true, "2026-08-22"));
        assert!(is_told(&[first.clone(), row(None)], true, "2026-08-23"));
        // The day ends at midnight in Singkawang.
        let mut rows = [row(Some("2026-08-22T16:59:00Z")), row(Some("2026-08-22T17:00:00Z"))];
        leave_out_late(&mut rows);
        assert_eq!(rows.map(|row| row.is_applied), [Some(true), None]);
    }

    proptest! {
        #[test]
        fn transfer_stays_within_the_scale(pairs in prop::collection::vec((1..=5, 1..=5), 1..40)) {
            let ratings: Vec<_> = pairs.iter().map(|(before, after)| rating(Some(*before), *after)).collect();
            let index = transfer(ratings.iter()).unwrap();
            prop_assert!((-100.0..=100.0).contains(&index));
            let back: Vec<_> = pairs.iter().map(|(before, after)| rating(Some(*after), *before)).collect();
            prop_assert!((transfer(back.iter()).unwrap() + index).abs() < 0.011);
        }
    }
}
