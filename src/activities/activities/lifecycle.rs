//! The steps of an activity: announced, called off, taken back from the archive.

use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::dto::Activity;
use super::entity::{ActivityStatus, Entity, Model};
use super::service::one;
use crate::activities::bookings::service::{OCCUPIED, Sessions, hold_all_in, none_shared_in};
use crate::activities::registrations::seats;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{INVALID_TRANSITION, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, Violation};

/// Why something is called off.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Narasumber berhalangan"}))]
pub struct CancelReason {
    /// For those concerned to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// Announces an activity. One without a date gathers interest until it has one.
pub async fn publish(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Activity> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        let row = publish_in(tx, &before, expected).await?;
        Ok(Activity::seen(row, tx.access(), tx.now()))
    })
    .await
}

/// Announces a draft that this transaction holds. Its sessions have their venues since they were planned.
pub async fn publish_in(tx: &Tx<'_>, before: &Model, expected: Precondition) -> Result<Model> {
    if before.status != ActivityStatus::Draft || before.archived_at.is_some() {
        return Err(INVALID_TRANSITION.into());
    }
    let mut row = before.clone().into_active_model();
    row.status = Set(ActivityStatus::Published);
    row.published_at = Set(Some(tx.now()));
    tx.update::<Entity>(before, row, expected, "activity.published").await
}

/// Calls an activity off, and with it every registration; each person's leaves an event of its own.
pub async fn cancel(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    reason: CancelReason,
) -> Result<Activity> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        if before.status != ActivityStatus::Published || before.archived_at.is_some() {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(ActivityStatus::Cancelled);
        row.cancelled_at = Set(Some(tx.now()));
        row.cancel_reason = Set(Some(reason.reason.clone()));
        row.seats_taken = Set(0);
        row.waiting_count = Set(0);
        let row = tx.update::<Entity>(&before, row, expected, "activity.cancelled").await?;
        seats::cancel_all_in(tx, &row).await?;
        Ok(Activity::seen(row, tx.access(), tx.now()))
    })
    .await
}

/// Takes an activity back from the archive. Venues that others took meanwhile stay theirs.
pub async fn restore(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Activity> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        if before.archived_at.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        let row = tx.restore::<Entity>(&before, expected, "activity.restored").await?;
        if row.status != ActivityStatus::Cancelled {
            hold_all_in(tx, row.id).await?;
            none_shared_in(tx, Sessions::Of(row.id), Violation::parameter("activity_id", &OCCUPIED)).await?;
        }
        Ok(Activity::seen(row, tx.access(), tx.now()))
    })
    .await
}
