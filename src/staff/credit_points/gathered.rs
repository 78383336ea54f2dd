//! How points add up: the appraisals since the level began, each by the rate and the rule of its last day.

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::calculation::{PerformancePredicate, Standing, sum, yearly};
use crate::staff::appointments::entity::Model as Appointment;
use crate::staff::appointments::history::{in_force, standing};
use crate::staff::appraisals::entity::Model as Appraisal;
use crate::staff::appraisals::service::{first_day, last_day};
use crate::staff::credit_point_rates::entity::Model as Rate;
use crate::staff::credit_point_rules::entity::Model as Rule;
use crate::staff::grade::rank;
use crate::staff::positions::entity::Model as Position;

/// Everything that points are made of.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The appointments of the person, the earliest first.
    pub history: Vec<Appointment>,
    /// Their appraisals, the earliest first.
    pub appraisals: Vec<Appraisal>,
    /// The rates of the positions that they held, whenever they hold.
    pub rates: Vec<Rate>,
    /// The rules, whenever they hold.
    pub rules: Vec<Rule>,
}

/// Points with which the count begins, by the decree of an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// Hundredths of a point.
    pub points: i64,
    /// The day from which appraisals count.
    pub on: NaiveDate,
}

/// The points of an appraisal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The appraisal.
    pub appraisal_id: Uuid,
    /// Its year.
    pub year: i32,
    /// Those of its months that count.
    pub months: i32,
    /// Its predicate.
    pub predicate: PerformancePredicate,
    /// Percent of the coefficient that the predicate gives; `None` where no rule holds.
    pub percent: Option<i32>,
    /// The coefficient, in hundredths; `None` where no rate holds.
    pub coefficient: Option<i32>,
    /// Hundredths of a point.
    pub points: i64,
}

fn holds(valid_from: NaiveDate, valid_to: Option<NaiveDate>, on: NaiveDate) -> bool {
    valid_from <= on && valid_to.is_none_or(|last| on <= last)
}

impl Sources {
    /// The rate of a position that holds on a day.
    pub fn rate(&self, position_id: Uuid, on: NaiveDate) -> Option<&Rate> {
        self.rates.iter().find(|rate| rate.position_id == position_id && holds(rate.valid_from, rate.valid_to, on))
    }

    /// The rule that holds on a day.
    pub fn rule(&self, on: NaiveDate) -> Option<&Rule> {
        self.rules.iter().find(|rule| holds(rule.valid_from, rule.valid_to, on))
    }

    /// With what the count of the present level begins: the latest decree that states points since then, else nothing on the day
    /// on which the level began. `None` without a history.
    pub fn beginning(&self, on: NaiveDate) -> Option<Beginning> {
        let index = in_force(&self.history, on)?;
        let position = self.history.get(index)?.position_id;
        let run: Vec<&Appointment> =
            self.history.iter().take(index + 1).rev().take_while(|row| row.position_id == position).collect();
        let stated = run
            .iter()
            .find_map(|row| row.credit_points.map(|points| Beginning { points: points.into(), on: row.effective_on }));
        stated.or_else(|| run.last().map(|first| Beginning { points: 0, on: first.effective_on }))
    }

    /// The points of every appraisal that is over by a day and counts for the present level.
    pub fn parts(&self, beginning: Beginning, on: NaiveDate) -> Vec<Part> {
        let over = self.appraisals.iter().filter(|row| last_day(row) <= on);
        over.filter_map(|row| self.part(row, beginning.on)).collect()
    }

    fn part(&self, row: &Appraisal, from: NaiveDate) -> Option<Part> {
        let last = last_day(row);
        let months = if first_day(row) >= from { row.months } else { months_from(from, last).min(row.months) };
        if months <= 0 {
            return None;
        }
        let position = standing(&self.history, last).and_then(|now| now.position_id);
        let coefficient = position.and_then(|id| self.rate(id, last)).map(|rate| rate.coefficient);
        let percent = self.rule(last).map(|rule| rule.percent(row.predicate));
        let points = yearly(coefficient.unwrap_or_default().into(), percent.unwrap_or_default().into(), months.into());
        Some(Part {
            appraisal_id: row.id,
            year: row.year,
            months,
            predicate: row.predicate,
            percent,
            coefficient,
            points,
        })
    }

    /// Everything gathered by a day, in hundredths of a point.
    pub fn total(&self, beginning: Beginning, parts: &[Part]) -> i64 {
        let points: Vec<i64> = parts.iter().map(|part| part.points).collect();
        beginning.points.saturating_add(sum(&points))
    }

    /// The predicate of the last appraisal that is over by a day.
    pub fn last_appraisal(&self, on: NaiveDate) -> Option<&Appraisal> {
        self.appraisals.iter().rfind(|row| last_day(row) <= on)
    }
}

/// Months from the one in which a day lies to that of a last day, both counted; those of decrees begin with the month.
fn months_from(from: NaiveDate, last: NaiveDate) -> i32 {
    (last.year() - from.year()) * 12 + last.month().cast_signed() - from.month().cast_signed() + 1
}

/// What the next grade and level ask of somebody who has gathered this.
pub fn standing_of(
    position: &Position,
    grade: Option<&str>,
    rate: Option<&Rate>,
    accumulated: i64,
    yearly_rate: i64,
) -> Standing {
    let steps = rate.and_then(|rate| rate.points_for_grade).zip(steps_taken(position, grade));
    Standing {
        accumulated,
        needed_for_grade: steps.map(|(points, taken)| i64::from(points) * (taken + 1)),
        needed_for_level: rate.and_then(|rate| rate.points_for_next_level).map(i64::from),
        yearly_rate,
    }
}

/// How many grades of the level somebody has behind them; `None` at its highest, or where the grade is none of the level.
fn steps_taken(position: &Position, grade: Option<&str>) -> Option<i64> {
    let (from, to) = (rank(position.grade_from.as_deref()?)?, rank(position.grade_to.as_deref()?)?);
    let grade = rank(grade?)?;
    (from <= grade && grade < to).then_some(grade - from)
}

#[cfg(test)]
mod tests;
