use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{DisciplinaryRecord, DisciplinaryRecordChanges, DisciplinaryRecordPage, NewDisciplinaryRecord};
use super::entity::{ActiveModel, Column, DisciplineSeverity, Entity};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::Result;
use crate::kernel::page::{self, Listing, NoFilter, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::validation::{ENDS_BEFORE_IT_BEGINS, IN_THE_FUTURE, Violation};
use crate::staff::records::{accept, hold, hold_person, person, read as read_record};

const SORTABLE: &Sortable<Entity> = &[("imposed_on", Column::ImposedOn)];

/// The gravest measure against somebody that began in this time or lasted into it.
pub async fn gravest(
    reader: Reader<'_>,
    librarian_id: Uuid,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Option<DisciplineSeverity>> {
    let lasts = Condition::any().add(Column::ImposedOn.gte(first)).add(Column::EndsOn.gte(first));
    let rows =
        Entity::find().filter(Column::LibrarianId.eq(librarian_id)).filter(Column::ImposedOn.lte(last)).filter(lasts);
    Ok(reader.all(rows).await?.into_iter().map(|row| row.severity).max())
}

/// Lists the measures against a person.
pub async fn list(
    db: &Db,
    access: &Access,
    librarian_id: Uuid,
    list: &Listing<NoFilter>,
) -> Result<DisciplinaryRecordPage> {
    person(db, access, librarian_id).await?;
    let rows = Entity::find().filter(Column::LibrarianId.eq(librarian_id));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-imposed_on").await?;
    Ok(page.map(DisciplinaryRecord::from))
}

/// Reads a measure.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<DisciplinaryRecord> {
    read_record::<Entity>(db, access, id).await.map(DisciplinaryRecord::from)
}

fn check(tx: &Tx<'_>, first: NaiveDate, last: Option<NaiveDate>) -> Result<()> {
    let mut wrong = Vec::new();
    if first > tx.today() {
        wrong.push(Violation::field("imposed_on", &IN_THE_FUTURE));
    }
    if last.is_some_and(|last| last < first) {
        wrong.push(Violation::field("ends_on", &ENDS_BEFORE_IT_BEGINS));
    }
    accept(wrong)
}

/// Enters a measure.
pub async fn create(
    db: &Db,
    access: &Access,
    librarian_id: Uuid,
    new: NewDisciplinaryRecord,
) -> Result<DisciplinaryRecord> {
    db.create(access, async move |tx: &Tx<'_>| {
        let person = hold_person(tx, librarian_id).await?;
        check(tx, new.imposed_on, new.ends_on)?;
        let row = ActiveModel {
            librarian_id: Set(person.id),
            severity: Set(new.severity),
            imposed_on: Set(new.imposed_on),
            ends_on: Set(new.ends_on),
            decree_number: Set(new.decree_number.clone()),
            reason: Set(new.reason.clone()),
            ..Default::default()
        };
        tx.insert::<Entity>(row, "disciplinary_measure.created").await.map(DisciplinaryRecord::from)
    })
    .await
}

/// Changes a measure.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: DisciplinaryRecordChanges,
) -> Result<DisciplinaryRecord> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (_, before) = hold::<Entity>(tx, id).await?;
        let changes = changes.clone();
        check(tx, changes.imposed_on.unwrap_or(before.imposed_on), changes.ends_on.or(before.ends_on))?;
        let mut row = before.clone().into_active_model();
        set(&mut row.severity, changes.severity);
        set(&mut row.imposed_on, changes.imposed_on);
        changes.ends_on.apply(&mut row.ends_on);
        changes.decree_number.apply(&mut row.decree_number);
        set(&mut row.reason, changes.reason);
        let row = tx.update::<Entity>(&before, row, expected, "disciplinary_measure.updated").await;
        row.map(DisciplinaryRecord::from)
    })
    .await
}

/// Removes a measure.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (_, before) = hold::<Entity>(tx, id).await?;
        tx.delete::<Entity>(&before, expected, "disciplinary_measure.removed").await
    })
    .await
}
