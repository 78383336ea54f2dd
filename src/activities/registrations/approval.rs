//! Approval of registrations: by an admin, or by the direct superior (atasan langsung) and then an admin.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{Registration, RejectionReason};
use super::entity::{CancelCause, Entity, Model, RegistrationStatus};
use super::service::{OVERLAPPING_SESSION, answer, hold};
use super::{clashes, seats};
use crate::activities::activities::entity::ApprovalStages;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{INVALID_TRANSITION, Refusal, Result};
use crate::kernel::policy::Access;
use crate::staff::librarians::entity as librarian;

/// The decision is somebody else's: the superior's, an admin's, or the person's own.
pub const NOT_YOURS_TO_DECIDE: Refusal = Refusal {
    code: "not_yours_to_decide",
    status: 403,
    id: "Keputusan ini bukan wewenang Anda atas pendaftaran ini",
    en: "This decision about the registration is not yours",
};

/// Approves a registration. The superior's approval opens the way to an admin's; an admin's gives the seat.
pub async fn approve(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Registration> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (mut activity, before) = hold(tx, id).await?;
        let person = tx.lock(librarian::Entity::find().filter(librarian::Column::Id.eq(before.librarian_id))).await?;
        decider(tx.access(), &before, &person)?;
        let user_id = tx.access().caller().map(|caller| caller.user_id);
        let mut row = before.clone().into_active_model();
        let name = if tx.access().is_admin() {
            if seats::has_free_seat(&activity) && clashes::has_in(tx, activity.id, person.id).await? {
                return Err(OVERLAPPING_SESSION.into());
            }
            row.approved_at = Set(Some(tx.now()));
            row.approved_by = Set(user_id);
            seats::place_in(tx, &mut activity, &mut row).await?
        } else {
            if activity.approval_stages != ApprovalStages::Two || before.supervisor_approved_at.is_some() {
                return Err(INVALID_TRANSITION.into());
            }
            row.supervisor_approved_at = Set(Some(tx.now()));
            row.supervisor_approved_by = Set(user_id);
            "registration.supported"
        };
        let row = tx.update::<Entity>(&before, row, expected, name).await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

/// Refuses a registration, for a reason that the person reads.
pub async fn reject(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    reason: RejectionReason,
) -> Result<Registration> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (mut activity, before) = hold(tx, id).await?;
        let person = librarian::Entity::find().filter(librarian::Column::Id.eq(before.librarian_id));
        decider(tx.access(), &before, &tx.reader().find(person).await?)?;
        let reason = Some(reason.reason.clone());
        let row = seats::end_in(tx, &mut activity, &before, expected, CancelCause::Rejected, reason).await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

fn decider(access: &Access, row: &Model, person: &librarian::Model) -> Result<()> {
    let superior = person.supervisor_id.is_some_and(|superior| access.is_own(superior));
    if !access.is_admin() && !superior {
        return Err(NOT_YOURS_TO_DECIDE.into());
    }
    if row.status == RegistrationStatus::Requested { Ok(()) } else { Err(INVALID_TRANSITION.into()) }
}
