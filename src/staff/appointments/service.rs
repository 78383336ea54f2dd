use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::dto::{Appointment, AppointmentChanges, AppointmentPage, NewAppointment};
use super::entity::{ActiveModel, Column, Entity, Model};
use super::history::{next_change, standing};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::decimal::hundredths;
use crate::kernel::error::{Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, NoFilter, Sortable};
use crate::kernel::patch::{Patch, set};
use crate::kernel::policy::Access;
use crate::kernel::validation::{ENDS_BEFORE_IT_BEGINS, Violation};
use crate::staff::grade;
use crate::staff::librarians::entity as librarian;
use crate::staff::librarians::placement::places;
use crate::staff::records::{accept, hold, hold_person, person, read as read_record};

/// The person has an appointment on this day.
pub const APPOINTMENT_EXISTS: Refusal = Refusal {
    code: "appointment_exists",
    status: 409,
    id: "Sudah ada riwayat jabatan pada tanggal ini",
    en: "There is an appointment on this day already",
};

const SORTABLE: &Sortable<Entity> = &[("effective_on", Column::EffectiveOn)];
/// People whose places are brought up to date in one transaction.
const DUE_AT_ONCE: u64 = 100;

/// The appointments of a person, the earliest first.
pub async fn history(reader: Reader<'_>, librarian_id: Uuid) -> Result<Vec<Model>> {
    let rows = Entity::find().filter(Column::LibrarianId.eq(librarian_id)).order_by_asc(Column::EffectiveOn);
    reader.all(rows).await
}

/// The appointments of these people, the earliest first.
pub async fn histories(
    reader: Reader<'_>,
    people: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<Model>>> {
    let rows = Entity::find().filter(Column::LibrarianId.is_in(people)).order_by_asc(Column::EffectiveOn);
    let mut known: HashMap<Uuid, Vec<Model>> = HashMap::new();
    for row in reader.all(rows).await? {
        known.entry(row.librarian_id).or_default().push(row);
    }
    Ok(known)
}

/// Lets a record say what a history says of today.
pub fn follow(row: &mut librarian::ActiveModel, history: &[Model], today: NaiveDate) {
    if let Some(now) = standing(history, today) {
        row.unit_id = Set(now.unit_id);
        row.position_id = Set(now.position_id);
        row.grade = Set(now.grade);
        row.position_since = Set(now.position_since);
    }
    row.next_appointment_on = Set(next_change(history, today));
}

/// Brings the record of a locked person up to date with their appointments.
pub async fn follow_in(tx: &Tx<'_>, person: &librarian::Model) -> Result<librarian::Model> {
    let history = history(tx.reader(), person.id).await?;
    let mut row = person.clone().into_active_model();
    follow(&mut row, &history, tx.today());
    tx.update::<librarian::Entity>(person, row, Precondition::default(), "librarian.updated").await
}

/// Lets appointments take effect whose day has come.
pub async fn refresh_due(db: &Db) -> Result<()> {
    let today = db.today();
    let due = || librarian::Entity::find().filter(librarian::Column::NextAppointmentOn.lte(today));
    while db.reader().exists(due()).await? {
        db.run(Access::system(), async move |tx: &Tx<'_>| {
            let due = librarian::Entity::find().filter(librarian::Column::NextAppointmentOn.lte(today));
            let people = tx.lock_all(due.order_by_asc(librarian::Column::Id).limit(DUE_AT_ONCE)).await?;
            let histories = histories(tx.reader(), people.iter().map(|person| person.id)).await?;
            for person in &people {
                let mut row = person.clone().into_active_model();
                follow(&mut row, histories.get(&person.id).map_or(&[][..], Vec::as_slice), today);
                tx.update::<librarian::Entity>(person, row, Precondition::default(), "librarian.updated").await?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// Lists the appointments of a person.
pub async fn list(db: &Db, access: &Access, librarian_id: Uuid, list: &Listing<NoFilter>) -> Result<AppointmentPage> {
    person(db, access, librarian_id).await?;
    let rows = Entity::find().filter(Column::LibrarianId.eq(librarian_id));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-effective_on").await?;
    Ok(page.map(Appointment::from))
}

/// Reads an appointment.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Appointment> {
    read_record::<Entity>(db, access, id).await.map(Appointment::from)
}

/// Enters an appointment.
pub async fn create(db: &Db, access: &Access, librarian_id: Uuid, new: NewAppointment) -> Result<Appointment> {
    db.create(access, async move |tx: &Tx<'_>| {
        let person = hold_person(tx, librarian_id).await?;
        appoint_in(tx, &person, &new).await.map(Appointment::from)
    })
    .await
}

/// Enters an appointment of a locked person, whose record follows it.
pub async fn appoint_in(tx: &Tx<'_>, person: &librarian::Model, new: &NewAppointment) -> Result<Model> {
    let mut wrong = places(tx, Some(new.unit_id), new.position_id, None).await?;
    grade::check("grade", new.grade.as_deref(), &mut wrong);
    if new.ends_on.is_some_and(|end| end < new.effective_on) {
        wrong.push(Violation::field("ends_on", &ENDS_BEFORE_IT_BEGINS));
    }
    accept(wrong)?;
    let row = insert_in(tx, person.id, new).await?;
    follow_in(tx, person).await?;
    Ok(row)
}

/// Writes an appointment whose content was checked.
pub async fn insert_in(tx: &Tx<'_>, librarian_id: Uuid, new: &NewAppointment) -> Result<Model> {
    let row = ActiveModel {
        librarian_id: Set(librarian_id),
        kind: Set(new.kind),
        effective_on: Set(new.effective_on),
        ends_on: Set(new.ends_on),
        unit_id: Set(new.unit_id),
        position_id: Set(new.position_id),
        grade: Set(new.grade.clone()),
        credit_points: Set(new.credit_points.map(hundredths)),
        decree_number: Set(new.decree_number.clone()),
        decree_on: Set(new.decree_on),
        siasn_id: Set(new.siasn_id.clone()),
        ..Default::default()
    };
    let row = tx.insert::<Entity>(row, "appointment.created").await;
    row.on_duplicate_of("effective_on", APPOINTMENT_EXISTS, "effective_on")
}

/// Changes an appointment; the record follows.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: AppointmentChanges,
) -> Result<Appointment> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (person, before) = hold::<Entity>(tx, id).await?;
        let changes = changes.clone();
        let mut wrong = places(tx, changes.unit_id, changes.position_id.value().copied(), None).await?;
        grade::check("grade", changes.grade.value().map(String::as_str), &mut wrong);
        let begins = changes.effective_on.unwrap_or(before.effective_on);
        if changes.ends_on.or(before.ends_on).is_some_and(|end| end < begins) {
            wrong.push(Violation::field("ends_on", &ENDS_BEFORE_IT_BEGINS));
        }
        accept(wrong)?;
        let mut row = before.clone().into_active_model();
        set(&mut row.kind, changes.kind);
        set(&mut row.effective_on, changes.effective_on);
        changes.ends_on.apply(&mut row.ends_on);
        set(&mut row.unit_id, changes.unit_id);
        changes.position_id.apply(&mut row.position_id);
        changes.grade.apply(&mut row.grade);
        match changes.credit_points {
            Patch::Keep => {}
            Patch::Clear => row.credit_points = Set(None),
            Patch::Set(points) => row.credit_points = Set(Some(hundredths(points))),
        }
        changes.decree_number.apply(&mut row.decree_number);
        changes.decree_on.apply(&mut row.decree_on);
        changes.siasn_id.apply(&mut row.siasn_id);
        let row = tx.update::<Entity>(&before, row, expected, "appointment.updated").await;
        let row = row.on_duplicate_of("effective_on", APPOINTMENT_EXISTS, "effective_on")?;
        follow_in(tx, &person).await?;
        Ok(Appointment::from(row))
    })
    .await
}

/// Removes an appointment that was entered by mistake; the record follows those that are left.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (person, before) = hold::<Entity>(tx, id).await?;
        tx.delete::<Entity>(&before, expected, "appointment.removed").await?;
        follow_in(tx, &person).await.map(|_| ())
    })
    .await
}
