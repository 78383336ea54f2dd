use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{
    EmploymentKind, Librarian, LibrarianChanges, LibrarianFilter, LibrarianSummary, LibrarianSummaryPage, NewLibrarian,
    RecordedSex,
};
use super::employee_number::{EmployeeNumber, EmployeeNumberError, NumberKind, Sex, decode};
use super::entity::{ActiveModel, Column, Entity, Model, Words};
use super::placement::{begin_in, not_to_come, place_in, places};
use super::supervision::{CIRCLE_OF_SUPERIORS, closes_circle};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::{Patch, set};
use crate::kernel::policy::Access;
use crate::kernel::text::search_text;
use crate::kernel::validation::{Fault, NOT_A_PHONE, NOT_ALLOWED_FOR_YOU, Violation, phone};
use crate::staff::appointments::service::refresh_due;
use crate::staff::reach;
use crate::staff::units::service::leave_units_in;

/// Another member of staff has this number.
pub const EMPLOYEE_NUMBER_TAKEN: Refusal = Refusal {
    code: "employee_number_taken",
    status: 409,
    id: "NIP atau NI PPPK ini sudah dipakai pegawai lain",
    en: "Another member of staff has this number",
};

/// The number does not fit the kind of employment.
pub const NUMBER_NOT_EXPECTED: Fault = Fault {
    code: "number_not_expected",
    id: "Pegawai non-ASN tidak memiliki NIP atau NI PPPK",
    en: "Staff who are neither PNS nor PPPK have no number",
};
/// Not 18 digits.
pub const NUMBER_LENGTH: Fault =
    Fault { code: "number_length", id: "Harus 18 angka tanpa spasi", en: "Must be 18 digits without spaces" };
/// The first eight digits are no date.
pub const NUMBER_BIRTH_DATE: Fault = Fault {
    code: "number_birth_date",
    id: "Delapan angka pertama bukan tanggal lahir",
    en: "The first eight digits are no date of birth",
};
/// The appointment cannot be.
pub const NUMBER_APPOINTMENT: Fault = Fault {
    code: "number_appointment",
    id: "Tahun, bulan atau usia pengangkatan tidak mungkin",
    en: "Year, month or age of the appointment cannot be",
};
/// The last four digits cannot be.
pub const NUMBER_SEQUENCE: Fault = Fault {
    code: "number_sequence",
    id: "Angka jenis kelamin harus 1 atau 2 dan nomor urut mulai 001",
    en: "The digit of the sex must be 1 or 2, the sequence starts at 001",
};

const SORTABLE: &Sortable<Entity> = &[("name", Column::Name), ("created_at", Column::CreatedAt)];

/// The directory: everybody, archived ones for admins who ask.
fn directory(access: &Access, include_archived: bool) -> Select<Entity> {
    if include_archived && access.is_admin() {
        Entity::find()
    } else {
        Entity::find().filter(Column::ArchivedAt.is_null())
    }
}

/// The records within reach.
fn records(access: &Access, on: chrono::NaiveDate) -> Select<Entity> {
    directory(access, true).filter(reach::within(access, Column::Id, on))
}

/// Lists the directory.
pub async fn list(db: &Db, access: &Access, list: &Listing<LibrarianFilter>) -> Result<LibrarianSummaryPage> {
    refresh_due(db).await?;
    let rows = directory(access, list.filter.include_archived).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "name").await?;
    Ok(page.map(LibrarianSummary::from))
}

/// Reads a record.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Librarian> {
    refresh_due(db).await?;
    let row = db.reader().find(records(access, db.today()).filter(Column::Id.eq(id))).await?;
    Ok(Librarian::seen(row, access))
}

/// Enters a member of staff.
pub async fn create(db: &Db, access: &Access, new: NewLibrarian) -> Result<Librarian> {
    db.create(access, async move |tx: &Tx<'_>| create_in(tx, &new).await.map(|row| Librarian::seen(row, tx.access())))
        .await
}

/// Enters a member of staff; with the day since when they are in their position, their history begins there.
pub async fn create_in(tx: &Tx<'_>, new: &NewLibrarian) -> Result<Model> {
    let mut wrong = Vec::new();
    let number = number(new.employment_kind, new.employee_number.as_deref(), &mut wrong);
    wrong.extend(places(tx, Some(new.unit_id), new.position_id, new.supervisor_id).await?);
    not_to_come(new.position_since, tx.today(), &mut wrong);
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    let row = tx.insert::<Entity>(row_of(new, number.as_ref()), "librarian.created").await;
    let row = row.on_duplicate_of("employee_number", EMPLOYEE_NUMBER_TAKEN, "employee_number")?;
    begin_in(tx, &row).await?;
    Ok(row)
}

pub(super) fn row_of(new: &NewLibrarian, number: Option<&EmployeeNumber>) -> ActiveModel {
    ActiveModel {
        name: Set(new.name.clone()),
        employment_kind: Set(new.employment_kind),
        employee_number: Set(new.employee_number.clone()),
        unit_id: Set(new.unit_id),
        position_id: Set(new.position_id),
        grade: Set(new.grade.clone()),
        position_since: Set(new.position_since),
        born_on: Set(new.born_on.or(number.map(|number| number.born_on))),
        sex: Set(new.sex.or(number.map(|number| recorded(number.sex)))),
        email: Set(new.email.clone()),
        phone: Set(new.phone.clone()),
        siasn_id: Set(new.siasn_id.clone()),
        supervisor_id: Set(new.supervisor_id),
        languages: Set(Words(new.languages.clone())),
        interests: Set(Words(new.interests.clone())),
        search_text: Set(search_text(&[&new.name])),
        ..Default::default()
    }
}

fn recorded(sex: Sex) -> RecordedSex {
    match sex {
        Sex::Male => RecordedSex::Male,
        Sex::Female => RecordedSex::Female,
    }
}

/// Reads a number by the kind of employment, and says what is wrong with it.
pub(super) fn number(kind: EmploymentKind, number: Option<&str>, wrong: &mut Vec<Violation>) -> Option<EmployeeNumber> {
    let (number, kind) = match (number?, kind) {
        (_, EmploymentKind::NonAsn) => {
            wrong.push(Violation::field("employee_number", &NUMBER_NOT_EXPECTED));
            return None;
        }
        (number, EmploymentKind::Pns) => (number, NumberKind::Pns),
        (number, EmploymentKind::Pppk) => (number, NumberKind::Pppk),
    };
    match decode(kind, number) {
        Ok(number) => Some(number),
        Err(error) => {
            wrong.push(Violation::field(
                "employee_number",
                match error {
                    EmployeeNumberError::Length | EmployeeNumberError::NotDigits => &NUMBER_LENGTH,
                    EmployeeNumberError::BirthDate => &NUMBER_BIRTH_DATE,
                    EmployeeNumberError::AppointmentMonth | EmployeeNumberError::AppointmentAge => &NUMBER_APPOINTMENT,
                    EmployeeNumberError::Sex | EmployeeNumberError::Sequence => &NUMBER_SEQUENCE,
                },
            ));
            None
        }
    }
}

/// The fields that only an admin may change, of those that are in a patch.
fn reserved(changes: &LibrarianChanges) -> Vec<Violation> {
    let given = [
        ("name", changes.name.is_some()),
        ("employment_kind", changes.employment_kind.is_some()),
        ("employee_number", changes.employee_number != Patch::Keep),
        ("unit_id", changes.unit_id.is_some()),
        ("position_id", changes.position_id != Patch::Keep),
        ("grade", changes.grade != Patch::Keep),
        ("position_since", changes.position_since != Patch::Keep),
        ("supervisor_id", changes.supervisor_id != Patch::Keep),
    ];
    given
        .into_iter()
        .filter(|(_, given)| *given)
        .map(|(field, _)| Violation::field(field, &NOT_ALLOWED_FOR_YOU))
        .collect()
}

/// Changes a record: the person the fields that are theirs, an admin all.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: LibrarianChanges,
) -> Result<Librarian> {
    db.write(access, async move |tx: &Tx<'_>| {
        update_in(tx, id, expected, changes.clone()).await.map(|row| Librarian::seen(row, tx.access()))
    })
    .await
}

/// Changes a record. Another unit, position or grade is an appointment, from `position_since` or else from today on.
pub async fn update_in(tx: &Tx<'_>, id: Uuid, expected: Precondition, changes: LibrarianChanges) -> Result<Model> {
    let before = tx.lock(records(tx.access(), tx.today()).filter(Column::Id.eq(id))).await?;
    expected.check(before.version)?;
    check(tx, &before, &changes).await?;
    let mut row = before.clone().into_active_model();
    place_in(tx, &before, &changes, &mut row).await?;
    row.search_text = Set(search_text(&[changes.name.as_ref().unwrap_or(&before.name)]));
    set(&mut row.name, changes.name);
    set(&mut row.employment_kind, changes.employment_kind);
    changes.employee_number.apply(&mut row.employee_number);
    changes.email.apply(&mut row.email);
    changes.phone.apply(&mut row.phone);
    changes.supervisor_id.apply(&mut row.supervisor_id);
    set(&mut row.languages, changes.languages.map(Words));
    set(&mut row.interests, changes.interests.map(Words));
    let row = tx.update::<Entity>(&before, row, expected, "librarian.updated").await;
    row.on_duplicate_of("employee_number", EMPLOYEE_NUMBER_TAKEN, "employee_number")
}

/// Whether this caller may make these changes, and whether they can be.
async fn check(tx: &Tx<'_>, before: &Model, changes: &LibrarianChanges) -> Result<()> {
    let mut wrong = if tx.access().is_admin() { Vec::new() } else { reserved(changes) };
    let kind = changes.employment_kind.unwrap_or(before.employment_kind);
    let given = changes.employee_number.clone().or(before.employee_number.clone());
    if changes.employment_kind.is_some() || changes.employee_number != Patch::Keep {
        number(kind, given.as_deref(), &mut wrong);
    }
    if changes.phone.value().is_some_and(|text| phone(text).is_err()) {
        wrong.push(Violation::field("phone", &NOT_A_PHONE));
    }
    let position_id = changes.position_id.value().copied().filter(|id| Some(*id) != before.position_id);
    let supervisor_id = changes.supervisor_id.value().copied();
    wrong.extend(places(tx, changes.unit_id.filter(|id| *id != before.unit_id), position_id, supervisor_id).await?);
    if let Some(superior) = supervisor_id
        && closes_circle(tx, before.id, superior).await?
    {
        wrong.push(Violation::field("supervisor_id", &CIRCLE_OF_SUPERIORS));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid(wrong)) }
}

/// Puts a record aside: the person has left.
pub async fn archive(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(directory(tx.access(), false).filter(Column::Id.eq(id))).await?;
        tx.archive::<Entity>(&before, expected, "librarian.archived").await?;
        leave_units_in(tx, id).await
    })
    .await
}

/// Takes a record back from the archive.
pub async fn restore(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Librarian> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(directory(tx.access(), true).filter(Column::Id.eq(id))).await?;
        if before.archived_at.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        let row = tx.restore::<Entity>(&before, expected, "librarian.restored").await?;
        Ok(Librarian::seen(row, tx.access()))
    })
    .await
}
