//! The steps of a learning entry. Credit comes and goes in the transaction of the step, which the entry's row lets through once.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, IntoActiveModel};
use uuid::Uuid;

use super::content::credit_of;
use super::dto::{LearningEntry, LearningEntryCorrection, LearningReason, may_decide};
use super::entity::{ActiveModel, Entity, LearningEntryStatus, Model};
use super::service::{CERTIFICATE_CLAIMED, answer, changed_in, hold};
use crate::credits::entries::entity::CreditSource;
use crate::credits::entries::service::earned_by;
use crate::credits::service as credits;
use crate::files::references::refer_in;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{INVALID_TRANSITION, Refusal, Result, ResultExt};
use crate::kernel::policy::Access;
use crate::learning::development_plans::entity::action;
use crate::learning::development_plans::progress::moved_in;

/// One cannot decide on what one learned oneself.
pub const OWN_LEARNING: Refusal = Refusal {
    code: "own_learning",
    status: 403,
    id: "Catatan belajar sendiri harus diverifikasi orang lain",
    en: "Somebody else has to verify what you learned",
};

/// Hands an entry in.
pub async fn submit(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<LearningEntry> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        if !before.is_open() {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(LearningEntryStatus::Submitted);
        row.submitted_at = Set(Some(tx.now()));
        row.decided_at = Set(None);
        row.decided_by = Set(None);
        row.reason = Set(None);
        let row = tx.update::<Entity>(&before, row, expected, "learning_entry.submitted").await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

/// Lets an entry count: its credit is in the ledger with the same commit.
pub async fn verify(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<LearningEntry> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        decidable(&before, tx.access(), LearningEntryStatus::Submitted)?;
        let row = decided(tx, before.clone().into_active_model(), LearningEntryStatus::Verified, None);
        let row = tx.update::<Entity>(&before, row, expected, "learning_entry.verified").await?;
        credits::credit_in(tx, credit_of(&row)).await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

/// Sends an entry back to the person.
pub async fn send_back(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    reason: LearningReason,
) -> Result<LearningEntry> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        decidable(&before, tx.access(), LearningEntryStatus::Submitted)?;
        let reason = Some(reason.reason.clone());
        let row = decided(tx, before.clone().into_active_model(), LearningEntryStatus::Returned, reason);
        let row = tx.update::<Entity>(&before, row, expected, "learning_entry.returned").await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

/// Puts right what was credited: the former credit is taken back, the right one takes its place.
pub async fn correct(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    correction: LearningEntryCorrection,
) -> Result<LearningEntry> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        // A mistake in the body is told before the state: it would be one in any state.
        let changed = changed_in(tx, &before, correction.changes.clone(), "#/changes").await?;
        decidable(&before, tx.access(), LearningEntryStatus::Verified)?;
        let row = decided(tx, changed, LearningEntryStatus::Verified, None);
        let row = tx.update::<Entity>(&before, row, expected, "learning_entry.corrected").await;
        let row = row.on_duplicate_of("certificate_key", CERTIFICATE_CLAIMED, "changes/certificate_number")?;
        refer_in::<Entity>(tx, id, &before.evidence.files(), &row.evidence.files()).await?;
        let mut earned = earned_by(tx.reader(), CreditSource::LearningEntry, vec![id], None).await?;
        let former = earned.remove(&id).ok_or(INVALID_TRANSITION)?;
        credits::correct_in(tx, former.entry.id, credit_of(&row), &correction.reason).await?;
        if let Some(action) = before.plan_action_id.filter(|_| row.plan_action_id != before.plan_action_id) {
            moved_in(tx, row.librarian_id, action::Column::Id.eq(action)).await?;
        }
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

/// Gives an entry up; its credit is taken back, its certificate is free.
pub async fn withdraw(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    reason: LearningReason,
) -> Result<LearningEntry> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        if matches!(before.status, LearningEntryStatus::Draft | LearningEntryStatus::Withdrawn) {
            return Err(INVALID_TRANSITION.into());
        }
        let text = Some(reason.reason.clone());
        let mut row = decided(tx, before.clone().into_active_model(), LearningEntryStatus::Withdrawn, text);
        row.certificate_key = Set(None);
        let row = tx.update::<Entity>(&before, row, expected, "learning_entry.withdrawn").await?;
        let credit = credits::standing_in(tx, CreditSource::LearningEntry, id, row.librarian_id).await?;
        if let Some(credit) = credit {
            credits::reverse_in(tx, credit.id, &reason.reason).await?;
        }
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

fn decidable(row: &Model, access: &Access, status: LearningEntryStatus) -> Result<()> {
    if !may_decide(row, access) {
        return Err(OWN_LEARNING.into());
    }
    if row.status == status { Ok(()) } else { Err(INVALID_TRANSITION.into()) }
}

fn decided(tx: &Tx<'_>, mut row: ActiveModel, status: LearningEntryStatus, reason: Option<String>) -> ActiveModel {
    row.status = Set(status);
    row.decided_at = Set(Some(tx.now()));
    row.decided_by = Set(tx.access().caller().map(|caller| caller.user_id));
    row.reason = Set(reason);
    row
}
