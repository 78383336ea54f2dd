//! The steps of a programme: begun, closed, taken back from the archive.

use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel;
use uuid::Uuid;

use super::dto::Programme;
use super::entity::{Entity, Model, ProgrammeStatus};
use super::service::one;
use crate::competencies::aims::not_among;
use crate::competencies::assessments::service::assessable_among;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Refused, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::{REQUIRED, Violation};

/// Something is missing before it can begin.
pub const PROGRAMME_NOT_READY: Refusal = Refusal {
    code: "programme_not_ready",
    status: 409,
    id: "Program belum lengkap: lengkapi penanggung jawab, tujuan, dan kompetensi dari kerangka yang berlaku",
    en: "The programme is not complete: it needs somebody responsible, an objective, and competencies of published frameworks",
};

/// Begins a programme that has all it needs.
pub async fn activate(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Programme> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        if before.status != ProgrammeStatus::Draft || before.archived_at.is_some() {
            return Err(INVALID_TRANSITION.into());
        }
        check_ready_in(tx, &before).await?;
        let mut row = before.clone().into_active_model();
        row.status = Set(ProgrammeStatus::Active);
        row.activated_at = Set(Some(tx.now()));
        let row = tx.update::<Entity>(&before, row, expected, "programme.activated").await?;
        Ok(Programme::seen(row, tx.access()))
    })
    .await
}

async fn check_ready_in(tx: &Tx<'_>, row: &Model) -> Result<()> {
    let mut missing = Vec::new();
    if row.responsible_id.is_none() {
        missing.push(Violation::field("responsible_id", &REQUIRED));
    }
    if row.objectives.0.is_empty() {
        missing.push(Violation::field("objectives", &REQUIRED));
    }
    let aims = &row.targets.0;
    let assessable = assessable_among(tx.reader(), aims.iter().map(|aim| aim.competency_id)).await?;
    missing.extend(not_among(&assessable, aims, "targets"));
    if missing.is_empty() {
        return Ok(());
    }
    Err(Error::from(Refused { violations: missing, ..Refused::from(PROGRAMME_NOT_READY) }))
}

/// Ends a programme. From now on it takes nothing new; what it has goes on to its own end.
pub async fn close(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Programme> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        if before.status != ProgrammeStatus::Active || before.archived_at.is_some() {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(ProgrammeStatus::Closed);
        row.closed_at = Set(Some(tx.now()));
        let row = tx.update::<Entity>(&before, row, expected, "programme.closed").await?;
        Ok(Programme::seen(row, tx.access()))
    })
    .await
}

/// Takes a programme back from the archive.
pub async fn restore(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Programme> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        if before.archived_at.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        let row = tx.restore::<Entity>(&before, expected, "programme.restored").await?;
        Ok(Programme::seen(row, tx.access()))
    })
    .await
}
