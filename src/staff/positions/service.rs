use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{NewPosition, Position, PositionChanges, PositionFilter, PositionPage};
use super::entity::{ActiveModel, Column, Entity};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result, ResultExt};
use crate::kernel::language::Localized;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::text::search_text;
use crate::staff::grade;

/// Another position has this code.
pub const POSITION_CODE_TAKEN: Refusal = Refusal {
    code: "position_code_taken",
    status: 409,
    id: "Kode jabatan ini sudah dipakai",
    en: "Another position has this code",
};

const SORTABLE: &Sortable<Entity> = &[("level", Column::Level), ("code", Column::Code)];

/// The positions this caller may know of.
fn visible(access: &Access, include_archived: bool) -> Select<Entity> {
    if include_archived && access.is_admin() {
        Entity::find()
    } else {
        Entity::find().filter(Column::ArchivedAt.is_null())
    }
}

fn one(access: &Access, id: Uuid) -> Select<Entity> {
    visible(access, true).filter(Column::Id.eq(id))
}

/// What a position is found by.
pub fn searched(code: &str, title: &Localized) -> String {
    search_text(&[code, &title.id, title.en.as_deref().unwrap_or_default()])
}

fn graded(from: Option<&str>, to: Option<&str>) -> Result<()> {
    let mut wrong = Vec::new();
    grade::check("grade_from", from, &mut wrong);
    grade::check("grade_to", to, &mut wrong);
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid(wrong)) }
}

/// Lists positions.
pub async fn list(db: &Db, access: &Access, list: &Listing<PositionFilter>) -> Result<PositionPage> {
    let rows = visible(access, list.filter.include_archived).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "level").await?;
    Ok(page.map(Position::from))
}

/// Reads a position.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Position> {
    db.reader().find(one(access, id)).await.map(Position::from)
}

/// Enters a position.
pub async fn create(db: &Db, access: &Access, new: NewPosition) -> Result<Position> {
    db.create(access, async move |tx: &Tx<'_>| {
        let new = new.clone();
        graded(new.grade_from.as_deref(), new.grade_to.as_deref())?;
        let row = ActiveModel {
            search_text: Set(searched(&new.code, &new.title)),
            code: Set(new.code),
            legacy_code: Set(new.legacy_code),
            title: Set(new.title),
            category: Set(new.category),
            level_code: Set(new.level_code),
            level: Set(new.level),
            grade_from: Set(new.grade_from),
            grade_to: Set(new.grade_to),
            retirement_age: Set(new.retirement_age),
            headcount: Set(new.headcount),
            legal_basis: Set(new.legal_basis),
            provisional: Set(new.provisional),
            standard_version: Set(1),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "position.created").await;
        row.map(Position::from).on_duplicate_of("code", POSITION_CODE_TAKEN, "code")
    })
    .await
}

/// Changes a position.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: PositionChanges,
) -> Result<Position> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(tx.access(), id)).await?;
        let mut row = before.clone().into_active_model();
        let changes = changes.clone();
        graded(changes.grade_from.value().map(String::as_str), changes.grade_to.value().map(String::as_str))?;
        let (code, title) =
            (changes.code.as_ref().unwrap_or(&before.code), changes.title.as_ref().unwrap_or(&before.title));
        row.search_text = Set(searched(code, title));
        set(&mut row.code, changes.code);
        changes.legacy_code.apply(&mut row.legacy_code);
        set(&mut row.title, changes.title);
        set(&mut row.category, changes.category);
        changes.level_code.apply(&mut row.level_code);
        set(&mut row.level, changes.level);
        changes.grade_from.apply(&mut row.grade_from);
        changes.grade_to.apply(&mut row.grade_to);
        changes.retirement_age.apply(&mut row.retirement_age);
        changes.headcount.apply(&mut row.headcount);
        changes.legal_basis.apply(&mut row.legal_basis);
        set(&mut row.provisional, changes.provisional);
        let row = tx.update::<Entity>(&before, row, expected, "position.updated").await;
        row.map(Position::from).on_duplicate_of("code", POSITION_CODE_TAKEN, "code")
    })
    .await
}

/// Puts a position aside.
pub async fn archive(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(visible(tx.access(), false).filter(Column::Id.eq(id))).await?;
        tx.archive::<Entity>(&before, expected, "position.archived").await
    })
    .await
}

/// Takes a position back from the archive.
pub async fn restore(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Position> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(tx.access(), id)).await?;
        if before.archived_at.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        tx.restore::<Entity>(&before, expected, "position.restored").await.map(Position::from)
    })
    .await
}
