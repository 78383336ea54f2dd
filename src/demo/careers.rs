//! How somebody of the demonstration came to where they are.

use std::collections::HashMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use uuid::Uuid;

use super::random::Dice;
use super::records::day;
use crate::kernel::error::Result;
use crate::staff::appointments::dto::{AppointmentKind, NewAppointment};
use crate::staff::librarians::dto::EmploymentKind;
use crate::staff::librarians::entity as librarian;
use crate::staff::positions::dto::PositionCategory;
use crate::staff::positions::entity as position;

/// Who came from another unit: name, unit before, since when here.
const TRANSFERS: [(&str, &str, &str); 3] = [
    ("Agnes Monika Sari", "KOLEKSI", "2024-01-08"),
    ("Teguh Prasetyo", "LAYANAN", "2022-01-03"),
    ("Fitri Handayani", "LAYANAN", "2024-07-01"),
];
/// When points were taken over from the rules before (integrasi, PerBKN 3/2023).
const TAKEN_OVER: &str = "2023-07-01";
/// The last day of a grade's promotion that may have happened.
const LAST_PROMOTION: &str = "2026-10-01";

/// Where somebody is, and what there is.
pub(super) struct Career<'a> {
    pub(super) person: &'a librarian::Model,
    pub(super) current: Option<&'a position::Model>,
    pub(super) positions: &'a HashMap<String, position::Model>,
    pub(super) units: &'a HashMap<String, Uuid>,
}

/// The appointments of a career, the earliest first.
pub(super) fn of(career: &Career<'_>, dice: &mut Dice) -> Result<Vec<NewAppointment>> {
    let person = career.person;
    let Some(since) = person.position_since else { return Ok(Vec::new()) };
    let mut steps = match person.employment_kind {
        EmploymentKind::Pns => civil_service(career, since, dice)?,
        EmploymentKind::Pppk => vec![contract(career, since)],
        EmploymentKind::NonAsn => vec![step(career, AppointmentKind::Appointment, since, None, None)],
    };
    if let Some((_, before, on)) = TRANSFERS.into_iter().find(|(name, ..)| *name == person.name) {
        transfer(&mut steps, career.units.get(before).copied(), day(on)?);
    }
    Ok(steps)
}

fn step(
    career: &Career<'_>,
    kind: AppointmentKind,
    effective_on: NaiveDate,
    position: Option<&position::Model>,
    grade: Option<String>,
) -> NewAppointment {
    NewAppointment {
        kind,
        effective_on,
        ends_on: None,
        unit_id: career.person.unit_id,
        position_id: position.map(|position| position.id),
        grade,
        credit_points: None,
        decree_number: Some(format!("800.1.3/{}/BKPSDM", effective_on.format("%m%y"))),
        decree_on: effective_on.checked_sub_days(Days::new(12)),
        siasn_id: None,
    }
}

/// Five years, which is how long contracts are.
fn contract(career: &Career<'_>, since: NaiveDate) -> NewAppointment {
    let is_expert = career.current.is_some_and(|position| position.category == PositionCategory::Expertise);
    let grade = if is_expert { "IX" } else { "VII" };
    let end = since.checked_add_months(Months::new(60)).and_then(|day| day.pred_opt());
    NewAppointment {
        ends_on: end,
        ..step(career, AppointmentKind::Contract, since, career.current, Some(grade.to_owned()))
    }
}

fn civil_service(career: &Career<'_>, since: NaiveDate, dice: &mut Dice) -> Result<Vec<NewAppointment>> {
    let (person, current) = (career.person, career.current);
    let lowest = |position: Option<&position::Model>| position.and_then(|position| position.grade_from.clone());
    let below = current.and_then(|now| {
        career.positions.values().find(|other| other.category == now.category && other.level + 1 == now.level)
    });
    let mut steps = Vec::new();
    let entered = entered(person.employee_number.as_deref()).filter(|day| *day < since);
    if let Some(entered) = entered {
        let grade = lowest(below.or(current));
        steps.push(step(career, AppointmentKind::Appointment, entered, below, grade));
    }
    let kind = if below.is_some() { AppointmentKind::Promotion } else { AppointmentKind::Appointment };
    steps.push(step(career, kind, since, current, lowest(current)));
    let taken_over = day(TAKEN_OVER)?;
    let mut grown = Vec::new();
    if person.grade != lowest(current) {
        let after = NaiveDate::from_ymd_opt(since.year() + 2, 4, 1).unwrap_or(since);
        let on = after.min(day(LAST_PROMOTION)?);
        grown.push(step(career, AppointmentKind::GradePromotion, on, current, person.grade.clone()));
    }
    if since < taken_over {
        let before = grown.iter().rfind(|step: &&NewAppointment| step.effective_on < taken_over);
        let grade = before.map_or_else(|| lowest(current), |step| step.grade.clone());
        let points = f64::from(u32::try_from(dice.below(160)).unwrap_or_default()) / 4.0 + 5.0;
        let taken = step(career, AppointmentKind::Adjustment, taken_over, current, grade);
        grown.push(NewAppointment { credit_points: Some(points), ..taken });
    }
    steps.extend(grown);
    if person.name == "Siti Rahmawati" {
        let next = career.positions.get("15502");
        let on = day("2027-04-01")?;
        steps.push(step(career, AppointmentKind::Promotion, on, next, lowest(next)));
    }
    steps.sort_by_key(|step| step.effective_on);
    Ok(steps)
}

/// The month of entry that a NIP tells of.
fn entered(number: Option<&str>) -> Option<NaiveDate> {
    let number = number?;
    NaiveDate::from_ymd_opt(number.get(8..12)?.parse().ok()?, number.get(12..14)?.parse().ok()?, 1)
}

/// Puts what lies before a day into another unit, and the move itself on that day.
fn transfer(steps: &mut Vec<NewAppointment>, before: Option<Uuid>, on: NaiveDate) {
    let Some(before) = before else { return };
    let Some(last) = steps.iter().rfind(|step| step.effective_on < on).cloned() else { return };
    for step in steps.iter_mut().filter(|step| step.effective_on < on) {
        step.unit_id = before;
    }
    let moved = NewAppointment {
        kind: AppointmentKind::Transfer,
        effective_on: on,
        credit_points: None,
        ends_on: None,
        decree_number: Some(format!("800.1.3.1/{}/PERPUSDA", on.format("%m%y"))),
        ..last
    };
    steps.push(moved);
    steps.sort_by_key(|step| step.effective_on);
}
