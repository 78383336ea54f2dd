use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{ChangeAction, ChangeActionChanges, ChangeActionPage, NewChangeAction};
use super::entity::{ActiveModel, Column, Entity};
use crate::evaluation::change_initiatives::service::{hold_open_in, one as initiative_of};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::Result;
use crate::kernel::page::{self, Listing, NoFilter, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;

const SORTABLE: &Sortable<Entity> = &[("held_on", Column::HeldOn)];

fn one(id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id))
}

/// Lists what was done for a change.
pub async fn list(db: &Db, initiative_id: Uuid, list: &Listing<NoFilter>) -> Result<ChangeActionPage> {
    db.reader().find(initiative_of(initiative_id)).await?;
    let rows = Entity::find().filter(Column::ChangeInitiativeId.eq(initiative_id));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "held_on").await?;
    Ok(page.map(ChangeAction::from))
}

/// Reads a step.
pub async fn read(db: &Db, id: Uuid) -> Result<ChangeAction> {
    db.reader().find(one(id)).await.map(ChangeAction::from)
}

/// Enters a step while the change is not over.
pub async fn create(db: &Db, access: &Access, initiative_id: Uuid, new: NewChangeAction) -> Result<ChangeAction> {
    db.create(access, async move |tx: &Tx<'_>| {
        hold_open_in(tx, initiative_id).await?;
        let mut row = ActiveModel { change_initiative_id: Set(initiative_id), ..Default::default() };
        new.write(&mut row);
        tx.insert::<Entity>(row, "change_action.created").await.map(ChangeAction::from)
    })
    .await
}

/// Changes a step.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: ChangeActionChanges,
) -> Result<ChangeAction> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(id)).await?;
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        set(&mut row.title, changes.title);
        set(&mut row.held_on, changes.held_on);
        set(&mut row.audience, changes.audience);
        changes.evidence.apply(&mut row.evidence);
        tx.update::<Entity>(&before, row, expected, "change_action.updated").await.map(ChangeAction::from)
    })
    .await
}

/// Removes a step that was entered by mistake.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(id)).await?;
        tx.delete::<Entity>(&before, expected, "change_action.deleted").await
    })
    .await
}
