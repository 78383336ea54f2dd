use std::collections::HashSet;

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::content::{ChangeInitiativeChanges, NewChangeInitiative};
use super::dto::{ChangeInitiative, ChangeInitiativeFilter, ChangeInitiativePage};
use super::entity::{ActiveModel, Column, Entity, InitiativeStatus, Model};
use super::target;
use crate::evaluation::adoptions::entity as adoption;
use crate::evaluation::change_actions::entity as change_action;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, NO_SUCH_OBJECT, REPEATED, Violation};
use crate::staff::reach::on_staff;
use crate::staff::units::entity as work_unit;
use crate::surveys::campaigns::entity::{self as campaign, SubjectKind};

/// What is over keeps its content, and what was begun is not removed.
pub const INITIATIVE_CLOSED: Refusal = Refusal {
    code: "initiative_closed",
    status: 409,
    id: "Inisiatif ini sudah selesai atau dibatalkan, atau sudah berjalan dan tidak dapat dihapus",
    en: "The change is over, or has begun and cannot be removed",
};

const SORTABLE: &Sortable<Entity> = &[("go_live_on", Column::GoLiveOn), ("created_at", Column::CreatedAt)];

/// A change by its id; everybody may know of changes.
pub fn one(id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id))
}

/// A change that is not over, kept from changing otherwise until this transaction ends.
pub async fn hold_open_in(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    let row = tx.lock(one(id)).await?;
    if row.is_open() { Ok(row) } else { Err(INITIATIVE_CLOSED.into()) }
}

/// Lists change initiatives.
pub async fn list(db: &Db, access: &Access, list: &Listing<ChangeInitiativeFilter>) -> Result<ChangeInitiativePage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-go_live_on").await?;
    Ok(page.map(|row| ChangeInitiative::seen(row, access)))
}

/// Reads a change initiative.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<ChangeInitiative> {
    let row = db.reader().find(one(id)).await?;
    Ok(ChangeInitiative::seen(row, access))
}

/// Enters a change to be made.
pub async fn create(db: &Db, access: &Access, new: NewChangeInitiative) -> Result<ChangeInitiative> {
    db.create(access, async move |tx: &Tx<'_>| {
        check_in(tx, &new, None).await?;
        let mut row = ActiveModel { status: Set(InitiativeStatus::Planned), ..Default::default() };
        new.write(&mut row);
        let row = tx.insert::<Entity>(row, "change_initiative.created").await?;
        target::index_in(tx, &row).await?;
        Ok(ChangeInitiative::seen(row, tx.access()))
    })
    .await
}

/// Changes a change that is not over.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: ChangeInitiativeChanges,
) -> Result<ChangeInitiative> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold_open_in(tx, id).await?;
        let content = changes.clone().onto(&before);
        validation::check(&content)?;
        check_in(tx, &content, Some(&before)).await?;
        let mut row = before.clone().into_active_model();
        content.write(&mut row);
        let row = tx.update::<Entity>(&before, row, expected, "change_initiative.updated").await?;
        target::index_in(tx, &row).await?;
        Ok(ChangeInitiative::seen(row, tx.access()))
    })
    .await
}

/// Whether units and people exist, each named once; who has left since may stay on the list.
async fn check_in(tx: &Tx<'_>, content: &NewChangeInitiative, before: Option<&Model>) -> Result<()> {
    let units = work_unit::Entity::find()
        .filter(work_unit::Column::Id.is_in(content.unit_ids.iter().copied()))
        .filter(work_unit::Column::ArchivedAt.is_null());
    let mut units: HashSet<Uuid> = tx.reader().all(units).await?.into_iter().map(|row| row.id).collect();
    units.extend(before.iter().flat_map(|row| row.unit_ids.0.iter().copied()));
    let mut people = on_staff(tx.reader(), content.librarian_ids.iter().copied()).await?;
    people.extend(before.iter().flat_map(|row| row.librarian_ids.0.iter().copied()));
    let mut wrong = unknown(&content.unit_ids, &units, "unit_ids");
    wrong.extend(unknown(&content.librarian_ids, &people, "librarian_ids"));
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid(wrong)) }
}

fn unknown(named: &[Uuid], known: &HashSet<Uuid>, field: &str) -> Vec<Violation> {
    let mut seen = HashSet::new();
    let fault = |id: &Uuid, seen: &mut HashSet<Uuid>| match (known.contains(id), seen.insert(*id)) {
        (false, _) => Some(&NO_SUCH_OBJECT),
        (true, false) => Some(&REPEATED),
        (true, true) => None,
    };
    let wrong = named.iter().enumerate().filter_map(|(index, id)| Some((index, fault(id, &mut seen)?)));
    wrong.map(|(index, fault)| Violation::pointer(format!("#/{field}/{index}"), fault)).collect()
}

/// Removes a change that was never begun and of which nothing was written, for good.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold_open_in(tx, id).await?;
        expected.check(before.version)?;
        let adopted = adoption::Entity::find().filter(adoption::Column::ChangeInitiativeId.eq(id));
        let acted = change_action::Entity::find().filter(change_action::Column::ChangeInitiativeId.eq(id));
        let asked = campaign::Entity::find()
            .filter(campaign::Column::SubjectKind.eq(SubjectKind::ChangeInitiative))
            .filter(campaign::Column::SubjectId.eq(id));
        let reader = tx.reader();
        if before.status != InitiativeStatus::Planned
            || reader.exists(adopted).await?
            || reader.exists(acted).await?
            || reader.exists(asked).await?
        {
            return Err(INITIATIVE_CLOSED.into());
        }
        target::clear_in(tx, id).await?;
        tx.delete::<Entity>(&before, expected, "change_initiative.deleted").await
    })
    .await
}
