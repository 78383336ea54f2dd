//! Staff from a table: what a personnel office has in its spreadsheet.
//!
//! Civil servants and contract staff are found again by their number, all others by their name. A column that the table leaves out
//! stays as it is; an empty cell clears. Another unit, position or grade is an appointment, from `effective_on` (TMT) or else from
//! today on.

use std::collections::HashMap;

use futures_util::FutureExt;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, TryIntoModel};
use uuid::Uuid;

use super::dto::{EmploymentKind, NewLibrarian};
use super::employee_number::EmployeeNumber;
use super::entity::{ActiveModel, Column, Entity, Model};
use super::placement::{begin_in, move_in};
use super::service::{number, row_of};
use crate::kernel::csv;
use crate::kernel::db::{Precondition, Reader, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::imports::{self, Cells, FileFormat, NO_SUCH_CODE, ONE_OF, TableColumn, TableImport, Verdict};
use crate::kernel::jobs::JobKind;
use crate::kernel::text::search_text;
use crate::kernel::validation::{Fault, REQUIRED, Violation, violations_of};
use crate::staff::appointments::service::{follow_in, histories};
use crate::staff::positions::entity as position;
use crate::staff::units::entity as unit;

/// The kind of jobs that brings staff in.
pub const STAFF_IMPORT: JobKind =
    JobKind { name: "staff_import", run: |db, task| imports::run::<StaffTable>(db, task).boxed_local() };

/// The record was archived.
pub const RECORD_ARCHIVED: Fault = Fault {
    code: "record_archived",
    id: "Data pegawai ini sudah diarsipkan; pulihkan dahulu",
    en: "This record is archived; restore it first",
};
/// Several members of staff have this name.
pub const NAME_NOT_UNIQUE: Fault = Fault {
    code: "name_not_unique",
    id: "Beberapa pegawai tanpa nomor bernama sama; ubah datanya satu per satu",
    en: "Several members of staff without a number have this name; change their records one by one",
};

/// A table of staff.
pub struct StaffTable;

impl FileFormat for StaffTable {
    const MEDIA_TYPES: &'static [&'static str] = &[csv::MEDIA_TYPE];
    const LIMIT: usize = 10 * 1024 * 1024;
}

/// What rows refer to: units and positions by their codes.
pub struct Places {
    units: HashMap<String, Uuid>,
    positions: HashMap<String, Uuid>,
}

/// One member of staff.
#[derive(Clone, Debug)]
pub struct StaffRow {
    record: NewLibrarian,
    number: Option<EmployeeNumber>,
    has: Has,
}

/// Which of the optional columns the table has.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "one for each column")]
struct Has {
    position: bool,
    grade: bool,
    since: bool,
    email: bool,
}

/// What a row does.
pub enum StaffChange {
    /// Enters somebody.
    Enter(Box<ActiveModel>),
    /// Changes a record.
    Change(Box<Model>, Box<ActiveModel>),
}

impl TableImport for StaffTable {
    const COLUMNS: &'static [TableColumn] = &[
        TableColumn::required("employee_number"),
        TableColumn::required("employment_kind"),
        TableColumn::required("name"),
        TableColumn::required("unit_code"),
        TableColumn::optional("position_code"),
        TableColumn::optional("grade"),
        TableColumn::optional("effective_on"),
        TableColumn::optional("email"),
    ];
    const MOST_ROWS: usize = 10_000;
    type Lookups = Places;
    type Row = StaffRow;
    type Change = StaffChange;

    async fn lookups(reader: Reader<'_>) -> Result<Places> {
        let units = reader.all(unit::Entity::find().filter(unit::Column::ArchivedAt.is_null())).await?;
        let positions = reader.all(position::Entity::find().filter(position::Column::ArchivedAt.is_null())).await?;
        Ok(Places {
            units: units.into_iter().map(|row| (row.code, row.id)).collect(),
            positions: positions.into_iter().map(|row| (row.code, row.id)).collect(),
        })
    }

    fn read(places: &Places, cells: &Cells<'_>, wrong: &mut Vec<Violation>) -> Option<StaffRow> {
        let required = |column: &'static str, wrong: &mut Vec<Violation>| {
            let text = cells.text(column);
            if text.is_none() {
                wrong.push(Violation::field(column, &REQUIRED));
            }
            text
        };
        let kind = required("employment_kind", wrong).and_then(|text| kind(text, wrong));
        let employee_number = cells.text("employee_number").map(digits);
        let known = kind.and_then(|kind| match (&employee_number, kind) {
            (None, EmploymentKind::Pns | EmploymentKind::Pppk) => {
                wrong.push(Violation::field("employee_number", &REQUIRED));
                None
            }
            (given, kind) => number(kind, given.as_deref(), wrong),
        });
        let unit_id = required("unit_code", wrong).and_then(|code| found(&places.units, "unit_code", code, wrong));
        let position_id =
            cells.text("position_code").and_then(|code| found(&places.positions, "position_code", code, wrong));
        // What is missing is said above; the rules of the other fields are told with it.
        let name = required("name", wrong).unwrap_or("-");
        let record = NewLibrarian {
            name: name.to_owned(),
            employment_kind: kind.unwrap_or(EmploymentKind::NonAsn),
            employee_number: employee_number.filter(|_| known.is_some()),
            unit_id: unit_id.unwrap_or_default(),
            position_id,
            grade: cells.text("grade").map(str::to_owned),
            position_since: cells.date("effective_on", wrong),
            born_on: None,
            sex: None,
            email: cells.text("email").map(str::to_owned),
            phone: None,
            siasn_id: None,
            supervisor_id: None,
            languages: Vec::new(),
            interests: Vec::new(),
        };
        wrong.extend(violations_of(&record, "#"));
        let has = Has {
            position: cells.has("position_code"),
            grade: cells.has("grade"),
            since: cells.has("effective_on"),
            email: cells.has("email"),
        };
        wrong.is_empty().then_some(StaffRow { record, number: known, has })
    }

    fn key(row: &StaffRow) -> (&'static str, String) {
        match &row.record.employee_number {
            Some(number) => ("employee_number", number.clone()),
            None => ("name", row.record.name.clone()),
        }
    }

    async fn judge(reader: Reader<'_>, rows: &[StaffRow]) -> Result<Vec<Verdict<StaffChange>>> {
        let numbers = rows.iter().filter_map(|row| row.record.employee_number.as_deref());
        let names = rows.iter().filter(|row| row.record.employee_number.is_none()).map(|row| row.record.name.as_str());
        let by_number = reader.all(Entity::find().filter(Column::EmployeeNumber.is_in(numbers))).await?;
        let by_name = Entity::find().filter(Column::Name.is_in(names)).filter(Column::EmployeeNumber.is_null());
        let mut known: HashMap<(&str, String), Vec<Model>> = HashMap::new();
        for person in by_number.into_iter().chain(reader.all(by_name).await?) {
            let key = match &person.employee_number {
                Some(number) => ("employee_number", number.clone()),
                None => ("name", person.name.clone()),
            };
            known.entry(key).or_default().push(person);
        }
        Ok(rows
            .iter()
            .map(|row| {
                let key = Self::key(row);
                let column = key.0;
                match known.get(&key).map_or(&[][..], Vec::as_slice) {
                    [] => Verdict::Create(StaffChange::Enter(Box::new(row_of(&row.record, row.number.as_ref())))),
                    [person] if person.archived_at.is_some() => {
                        Verdict::Wrong(Violation::field(column, &RECORD_ARCHIVED))
                    }
                    [person] => row.changes_of(person),
                    _ => Verdict::Wrong(Violation::field(column, &NAME_NOT_UNIQUE)),
                }
            })
            .collect())
    }

    async fn write_in(tx: &Tx<'_>, changes: Vec<StaffChange>) -> Result<()> {
        let changed = changes.iter().filter_map(|change| match change {
            StaffChange::Change(before, _) => Some(before.id),
            StaffChange::Enter(_) => None,
        });
        let mut histories = histories(tx.reader(), changed).await?;
        for change in changes {
            match change {
                StaffChange::Enter(row) => {
                    let entered = tx.insert::<Entity>(*row, "librarian.created").await;
                    // Somebody entered the same number since it was judged: judge anew.
                    let entered = entered
                        .map_err(|error| if matches!(error, Error::Duplicate(_)) { Error::Raced } else { error })?;
                    begin_in(tx, &entered).await?;
                    if entered.position_since.is_some_and(|since| since > tx.today()) {
                        follow_in(tx, &entered).await?;
                    }
                }
                StaffChange::Change(before, mut row) => {
                    let after: Model = (*row).clone().try_into_model()?;
                    move_in(tx, (&before, &after), &mut row, histories.remove(&before.id).unwrap_or_default()).await?;
                    tx.update::<Entity>(&before, *row, Precondition::default(), "librarian.updated").await?;
                }
            }
        }
        Ok(())
    }
}

impl StaffRow {
    fn changes_of(&self, before: &Model) -> Verdict<StaffChange> {
        let new = &self.record;
        let mut after = before.clone();
        after.name.clone_from(&new.name);
        after.search_text = search_text(&[&new.name]);
        after.employment_kind = new.employment_kind;
        after.unit_id = new.unit_id;
        if self.has.position {
            after.position_id = new.position_id;
        }
        if self.has.grade {
            after.grade.clone_from(&new.grade);
        }
        if self.has.since {
            after.position_since = new.position_since;
        }
        if self.has.email {
            after.email.clone_from(&new.email);
        }
        if after == *before {
            return Verdict::Unchanged;
        }
        let mut row = before.clone().into_active_model();
        row.name = Set(after.name);
        row.search_text = Set(after.search_text);
        row.employment_kind = Set(after.employment_kind);
        row.unit_id = Set(after.unit_id);
        row.position_id = Set(after.position_id);
        row.grade = Set(after.grade);
        row.position_since = Set(after.position_since);
        row.email = Set(after.email);
        Verdict::Update(StaffChange::Change(Box::new(before.clone()), Box::new(row)))
    }
}

/// A number as spreadsheets write it: with spaces between its parts, or with an apostrophe that keeps it a text.
fn digits(text: &str) -> String {
    text.trim_start_matches('\'').chars().filter(|character| *character != ' ').collect()
}

fn kind(text: &str, wrong: &mut Vec<Violation>) -> Option<EmploymentKind> {
    let kind = match text.to_lowercase().replace([' ', '-'], "_").as_str() {
        "pns" => Some(EmploymentKind::Pns),
        "pppk" => Some(EmploymentKind::Pppk),
        "non_asn" => Some(EmploymentKind::NonAsn),
        _ => None,
    };
    if kind.is_none() {
        wrong.push(Violation::field("employment_kind", &ONE_OF).with("allowed", "pns, pppk, non_asn"));
    }
    kind
}

fn found(known: &HashMap<String, Uuid>, column: &str, code: &str, wrong: &mut Vec<Violation>) -> Option<Uuid> {
    let id = known.get(&code.to_uppercase()).copied();
    if id.is_none() {
        let shown: String = code.chars().take(60).collect();
        wrong.push(Violation::field(column, &NO_SUCH_CODE).with("code", shown));
    }
    id
}
