use chrono::Datelike;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{Education, EducationChanges, EducationPage, NewEducation};
use super::entity::{ActiveModel, Column, EducationLevel, Entity};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::Result;
use crate::kernel::page::{self, Listing, NoFilter, Sortable};
use crate::kernel::patch::{Patch, set};
use crate::kernel::policy::Access;
use crate::kernel::validation::{IN_THE_FUTURE, NOT_A_URL, Violation, web_address};
use crate::staff::records::{accept, hold, hold_person, person, read as read_record};

const SORTABLE: &Sortable<Entity> = &[("graduated_year", Column::GraduatedYear)];

/// The highest education that somebody had by the end of a year.
pub async fn highest(reader: Reader<'_>, librarian_id: Uuid, year: i32) -> Result<Option<EducationLevel>> {
    let rows = Entity::find().filter(Column::LibrarianId.eq(librarian_id)).filter(Column::GraduatedYear.lte(year));
    Ok(reader.all(rows).await?.into_iter().map(|row| row.level).max())
}

/// Lists the diplomas of a person.
pub async fn list(db: &Db, access: &Access, librarian_id: Uuid, list: &Listing<NoFilter>) -> Result<EducationPage> {
    person(db, access, librarian_id).await?;
    let rows = Entity::find().filter(Column::LibrarianId.eq(librarian_id));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-graduated_year").await?;
    Ok(page.map(Education::from))
}

/// Reads a diploma.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Education> {
    read_record::<Entity>(db, access, id).await.map(Education::from)
}

fn check(tx: &Tx<'_>, year: Option<i32>, evidence: Option<&str>) -> Result<()> {
    let mut wrong = Vec::new();
    if year.is_some_and(|year| year > tx.today().year()) {
        wrong.push(Violation::field("graduated_year", &IN_THE_FUTURE));
    }
    if evidence.is_some_and(|address| web_address(address).is_err()) {
        wrong.push(Violation::field("evidence_url", &NOT_A_URL));
    }
    accept(wrong)
}

/// Enters a diploma.
pub async fn create(db: &Db, access: &Access, librarian_id: Uuid, new: NewEducation) -> Result<Education> {
    db.create(access, async move |tx: &Tx<'_>| {
        let person = hold_person(tx, librarian_id).await?;
        check(tx, Some(new.graduated_year), None)?;
        let row = ActiveModel {
            librarian_id: Set(person.id),
            level: Set(new.level),
            institution: Set(new.institution.clone()),
            field: Set(new.field.clone()),
            is_library_science: Set(new.is_library_science),
            graduated_year: Set(new.graduated_year),
            diploma_number: Set(new.diploma_number.clone()),
            evidence_url: Set(new.evidence_url.clone()),
            siasn_id: Set(new.siasn_id.clone()),
            ..Default::default()
        };
        tx.insert::<Entity>(row, "education.created").await.map(Education::from)
    })
    .await
}

/// Changes a diploma.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: EducationChanges,
) -> Result<Education> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (_, before) = hold::<Entity>(tx, id).await?;
        let changes = changes.clone();
        check(tx, changes.graduated_year, Patch::value(&changes.evidence_url).map(String::as_str))?;
        let mut row = before.clone().into_active_model();
        set(&mut row.level, changes.level);
        set(&mut row.institution, changes.institution);
        changes.field.apply(&mut row.field);
        set(&mut row.is_library_science, changes.is_library_science);
        set(&mut row.graduated_year, changes.graduated_year);
        changes.diploma_number.apply(&mut row.diploma_number);
        changes.evidence_url.apply(&mut row.evidence_url);
        changes.siasn_id.apply(&mut row.siasn_id);
        tx.update::<Entity>(&before, row, expected, "education.updated").await.map(Education::from)
    })
    .await
}

/// Removes a diploma that was entered by mistake.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (_, before) = hold::<Entity>(tx, id).await?;
        tx.delete::<Entity>(&before, expected, "education.removed").await
    })
    .await
}
