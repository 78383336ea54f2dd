//! Where somebody works, as it is said when a person is entered or their record is changed: an appointment in short.

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{EmploymentKind, LibrarianChanges};
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::kernel::db::{Precondition, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::patch::Patch;
use crate::kernel::validation::{Fault, IN_THE_FUTURE, NO_SUCH_OBJECT, Violation};
use crate::staff::appointments::dto::{AppointmentKind, NewAppointment};
use crate::staff::appointments::entity as appointment;
use crate::staff::appointments::history::in_force;
use crate::staff::appointments::service::{follow, history, insert_in};
use crate::staff::positions::entity as position;
use crate::staff::units::entity as unit;

/// The field says what the appointments say.
pub const FOLLOWS_APPOINTMENTS: Fault = Fault {
    code: "follows_appointments",
    id: "Mengikuti riwayat jabatan; ubah riwayatnya",
    en: "Follows the appointments; change those",
};

/// A later appointment is in force.
pub const BEFORE_THE_LATEST: Fault = Fault {
    code: "before_the_latest",
    id: "Riwayat jabatan yang berlaku mulai {day}; perubahan sebelum itu dicatat di riwayat jabatan",
    en: "The appointment in force began on {day}; enter earlier changes as appointments",
};

/// What is wrong with the places that a record names.
pub async fn places(
    tx: &Tx<'_>,
    unit_id: Option<Uuid>,
    position_id: Option<Uuid>,
    supervisor_id: Option<Uuid>,
) -> Result<Vec<Violation>> {
    let mut wrong = Vec::new();
    if let Some(id) = unit_id {
        let known = unit::Entity::find().filter(unit::Column::Id.eq(id)).filter(unit::Column::ArchivedAt.is_null());
        if !tx.reader().exists(known).await? {
            wrong.push(Violation::field("unit_id", &NO_SUCH_OBJECT));
        }
    }
    if let Some(id) = position_id {
        let known = position::Entity::find().filter(position::Column::Id.eq(id));
        if !tx.reader().exists(known.filter(position::Column::ArchivedAt.is_null())).await? {
            wrong.push(Violation::field("position_id", &NO_SUCH_OBJECT));
        }
    }
    if let Some(id) = supervisor_id
        && !tx.reader().exists(Entity::find().filter(Column::Id.eq(id)).filter(Column::ArchivedAt.is_null())).await?
    {
        wrong.push(Violation::field("supervisor_id", &NO_SUCH_OBJECT));
    }
    Ok(wrong)
}

/// A first day that has not come cannot be where somebody is now.
pub fn not_to_come(since: Option<NaiveDate>, today: NaiveDate, wrong: &mut Vec<Violation>) {
    if since.is_some_and(|since| since > today) {
        wrong.push(Violation::field("position_since", &IN_THE_FUTURE));
    }
}

fn appointment_of(person: &Model, kind: AppointmentKind, effective_on: NaiveDate) -> NewAppointment {
    NewAppointment {
        kind,
        effective_on,
        ends_on: None,
        unit_id: person.unit_id,
        position_id: person.position_id,
        grade: person.grade.clone(),
        credit_points: None,
        decree_number: None,
        decree_on: None,
        siasn_id: None,
    }
}

fn first_kind(kind: EmploymentKind) -> AppointmentKind {
    match kind {
        EmploymentKind::Pppk => AppointmentKind::Contract,
        EmploymentKind::Pns | EmploymentKind::NonAsn => AppointmentKind::Appointment,
    }
}

/// Begins the history of somebody of whom it is known since when they are where they are.
pub async fn begin_in(tx: &Tx<'_>, person: &Model) -> Result<()> {
    if let Some(since) = person.position_since {
        insert_in(tx, person.id, &appointment_of(person, first_kind(person.employment_kind), since)).await?;
    }
    Ok(())
}

/// Where a patch puts a person: the record as it would be.
fn wanted(before: &Model, changes: &LibrarianChanges) -> Model {
    Model {
        unit_id: changes.unit_id.unwrap_or(before.unit_id),
        position_id: changes.position_id.or(before.position_id),
        grade: changes.grade.clone().or(before.grade.clone()),
        ..before.clone()
    }
}

/// Writes what a patch says of unit, position, grade and since when: an appointment from that day, else from today, on.
pub async fn place_in(tx: &Tx<'_>, before: &Model, changes: &LibrarianChanges, row: &mut ActiveModel) -> Result<()> {
    let wanted = wanted(before, changes);
    let moves = wanted != *before;
    let since = changes.position_since.value().copied().filter(|since| moves || Some(*since) != before.position_since);
    let clears = changes.position_since == Patch::Clear && before.position_since.is_some();
    if !moves && since.is_none() && !clears {
        return Ok(());
    }
    let known = history(tx.reader(), before.id).await?;
    if clears || !moves && !known.is_empty() {
        return Err(Error::invalid(vec![Violation::field("position_since", &FOLLOWS_APPOINTMENTS)]));
    }
    let effective_on = since.unwrap_or_else(|| tx.today());
    let latest = in_force(&known, tx.today()).and_then(|index| known.get(index));
    if let Some(latest) = latest.filter(|latest| effective_on < latest.effective_on) {
        let violation = Violation::field("position_since", &BEFORE_THE_LATEST);
        return Err(Error::invalid(vec![violation.with("day", latest.effective_on.to_string())]));
    }
    put_in(tx, &known, (before, &wanted), effective_on).await?;
    follow(row, &history(tx.reader(), before.id).await?, tx.today());
    Ok(())
}

/// Lets the history say what a table says of unit, position, grade and since when, where the record says something else.
/// `known` are their appointments, the earliest first.
pub async fn move_in(
    tx: &Tx<'_>,
    (before, after): (&Model, &Model),
    row: &mut ActiveModel,
    mut known: Vec<appointment::Model>,
) -> Result<()> {
    let since = after.position_since.filter(|since| Some(*since) != before.position_since);
    let moves =
        after.unit_id != before.unit_id || after.position_id != before.position_id || after.grade != before.grade;
    if !moves && since.is_none() {
        row.position_since = Set(before.position_since);
        return Ok(());
    }
    let today = tx.today();
    let latest = in_force(&known, today).and_then(|index| known.get(index));
    let run = latest.and_then(|latest| known.iter().rfind(|row| begins_run(&known, row, latest)));
    let changed = if let (false, Some(since), Some(first)) = (moves, since, run) {
        // The day since when is corrected: of the appointment with which the position began.
        shift_in(tx, &known, first, since).await?
    } else {
        // What is older than the appointment in force changes nothing now; what the table says holds from today.
        let new_enough = |since: &NaiveDate| latest.is_none_or(|latest| *since >= latest.effective_on);
        put_in(tx, &known, (before, after), since.filter(new_enough).unwrap_or(today)).await?
    };
    known.retain(|row| row.id != changed.id);
    known.push(changed);
    known.sort_by_key(|row| row.effective_on);
    row.unit_id = Set(before.unit_id);
    row.position_id = Set(before.position_id);
    row.grade = Set(before.grade.clone());
    row.position_since = Set(before.position_since);
    follow(row, &known, today);
    Ok(())
}

/// Whether the position of the appointment in force began with this one.
fn begins_run(known: &[appointment::Model], row: &appointment::Model, latest: &appointment::Model) -> bool {
    let before = known.iter().rfind(|other| other.effective_on < row.effective_on);
    row.effective_on <= latest.effective_on
        && row.position_id == latest.position_id
        && before.is_none_or(|before| before.position_id != row.position_id)
}

/// Moves an appointment to another day, if that keeps the order of all.
async fn shift_in(
    tx: &Tx<'_>,
    known: &[appointment::Model],
    first: &appointment::Model,
    since: NaiveDate,
) -> Result<appointment::Model> {
    let mut others = known.iter().filter(|row| row.id != first.id);
    let keeps_order = others.all(|row| {
        if row.effective_on < first.effective_on { row.effective_on < since } else { since < row.effective_on }
    });
    if !keeps_order || since > tx.today() {
        return Ok(first.clone());
    }
    let mut row = first.clone().into_active_model();
    row.effective_on = Set(since);
    tx.update::<appointment::Entity>(first, row, Precondition::default(), "appointment.updated").await
}

/// Writes where somebody is from a day on: two changes of one day are one appointment.
async fn put_in(
    tx: &Tx<'_>,
    known: &[appointment::Model],
    (before, wanted): (&Model, &Model),
    effective_on: NaiveDate,
) -> Result<appointment::Model> {
    if let Some(same) = known.iter().find(|row| row.effective_on == effective_on) {
        return correct_in(tx, same, wanted).await;
    }
    let is_same_place = before.unit_id == wanted.unit_id && before.grade == wanted.grade;
    let kind = if before.position_id != wanted.position_id || is_same_place {
        first_kind(wanted.employment_kind)
    } else if before.unit_id != wanted.unit_id {
        AppointmentKind::Transfer
    } else {
        AppointmentKind::GradePromotion
    };
    insert_in(tx, before.id, &appointment_of(wanted, kind, effective_on)).await
}

/// Two changes on one day are one appointment.
async fn correct_in(tx: &Tx<'_>, same: &appointment::Model, wanted: &Model) -> Result<appointment::Model> {
    let mut row = same.clone().into_active_model();
    row.unit_id = Set(wanted.unit_id);
    row.position_id = Set(wanted.position_id);
    row.grade = Set(wanted.grade.clone());
    tx.update::<appointment::Entity>(same, row, Precondition::default(), "appointment.updated").await
}
