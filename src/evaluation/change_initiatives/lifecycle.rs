//! The steps of a change: begun, completed, given up.

use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel;
use uuid::Uuid;

use super::content::InitiativeReason;
use super::dto::ChangeInitiative;
use super::entity::{Entity, InitiativeStatus, Model};
use super::service::one;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{INVALID_TRANSITION, Result};
use crate::kernel::policy::Access;

/// A change in one of these states, kept from changing otherwise.
async fn in_state(tx: &Tx<'_>, id: Uuid, states: &[InitiativeStatus]) -> Result<Model> {
    let row = tx.lock(one(id)).await?;
    if states.contains(&row.status) { Ok(row) } else { Err(INVALID_TRANSITION.into()) }
}

/// Begins a change.
pub async fn start(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<ChangeInitiative> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = in_state(tx, id, &[InitiativeStatus::Planned]).await?;
        let mut row = before.clone().into_active_model();
        row.status = Set(InitiativeStatus::Running);
        row.started_at = Set(Some(tx.now()));
        let row = tx.update::<Entity>(&before, row, expected, "change_initiative.started").await?;
        Ok(ChangeInitiative::seen(row, tx.access()))
    })
    .await
}

/// Says that the new way is the usual one. From now on nobody's adoption is recorded.
pub async fn complete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<ChangeInitiative> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = in_state(tx, id, &[InitiativeStatus::Running]).await?;
        let mut row = before.clone().into_active_model();
        row.status = Set(InitiativeStatus::Completed);
        row.ended_at = Set(Some(tx.now()));
        let row = tx.update::<Entity>(&before, row, expected, "change_initiative.completed").await?;
        Ok(ChangeInitiative::seen(row, tx.access()))
    })
    .await
}

/// Gives a change up.
pub async fn cancel(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    reason: InitiativeReason,
) -> Result<ChangeInitiative> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = in_state(tx, id, &[InitiativeStatus::Planned, InitiativeStatus::Running]).await?;
        let mut row = before.clone().into_active_model();
        row.status = Set(InitiativeStatus::Cancelled);
        row.ended_at = Set(Some(tx.now()));
        row.reason = Set(Some(reason.reason.clone()));
        let row = tx.update::<Entity>(&before, row, expected, "change_initiative.cancelled").await?;
        Ok(ChangeInitiative::seen(row, tx.access()))
    })
    .await
}
