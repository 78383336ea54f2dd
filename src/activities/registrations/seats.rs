//! Seats: given in order, never twice. Each function works on an activity whose row its transaction holds.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::clashes;
use super::entity::{ActiveModel, CancelCause, Column, Entity, Model, RegistrationStatus};
use crate::activities::activities::entity::{self as activity, ActivityStatus, WaitlistPolicy};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::Result;
use crate::kernel::jobs::Chore;
use crate::kernel::policy::Access;
use crate::staff::librarians::entity as librarian;

/// Offers that one look brings up to date.
const DUE_AT_ONCE: u64 = 50;

/// Whether there is a seat.
pub fn has_free_seat(activity: &activity::Model) -> bool {
    activity.capacity.is_none_or(|capacity| activity.seats_taken < capacity)
}

/// Keeps the counts of an activity, which leave no event: they follow from its registrations.
pub async fn count_in(tx: &Tx<'_>, activity: &mut activity::Model, seats: i32, waiting: i32) -> Result<()> {
    activity.seats_taken += seats;
    activity.waiting_count += waiting;
    let update = Query::update()
        .table(activity::Entity)
        .value(activity::Column::SeatsTaken, activity.seats_taken)
        .value(activity::Column::WaitingCount, activity.waiting_count)
        .value(activity::Column::LastWaitlistNumber, activity.last_waitlist_number)
        .and_where(Expr::col(activity::Column::Id).eq(activity.id))
        .to_owned();
    tx.execute(&update).await.map(|_| ())
}

/// Gives a registration a seat where one is free, else a number on the waiting list.
pub async fn place_in(tx: &Tx<'_>, activity: &mut activity::Model, row: &mut ActiveModel) -> Result<&'static str> {
    if has_free_seat(activity) {
        row.status = Set(RegistrationStatus::Confirmed);
        row.confirmed_at = Set(Some(tx.now()));
        count_in(tx, activity, 1, 0).await?;
        return Ok("registration.confirmed");
    }
    activity.last_waitlist_number += 1;
    row.status = Set(RegistrationStatus::Waitlisted);
    row.waitlist_number = Set(Some(activity.last_waitlist_number));
    count_in(tx, activity, 0, 1).await?;
    Ok("registration.waitlisted")
}

/// Ends a registration; its seat or place is free afterwards.
pub async fn end_in(
    tx: &Tx<'_>,
    activity: &mut activity::Model,
    before: &Model,
    expected: Precondition,
    cause: CancelCause,
    reason: Option<String>,
) -> Result<Model> {
    let mut row = before.clone().into_active_model();
    row.status = Set(RegistrationStatus::Cancelled);
    row.waitlist_number = Set(None);
    row.offer_expires_at = Set(None);
    row.cancelled_at = Set(Some(tx.now()));
    row.cancel_cause = Set(Some(cause));
    row.cancel_reason = Set(reason);
    let row = tx.update::<Entity>(before, row, expected, "registration.cancelled").await?;
    match before.status {
        RegistrationStatus::Confirmed | RegistrationStatus::Offered => count_in(tx, activity, -1, 0).await?,
        RegistrationStatus::Waitlisted => count_in(tx, activity, 0, -1).await?,
        _ => {}
    }
    Ok(row)
}

/// Gives every free seat to the first on the waiting list who has no other session then. Who has one keeps the place and is told.
pub async fn fill_in(tx: &Tx<'_>, mut activity: activity::Model) -> Result<activity::Model> {
    while activity.status == ActivityStatus::Published && activity.waiting_count > 0 && has_free_seat(&activity) {
        let Some(next) = first_in_line(tx, activity.id).await? else { break };
        // Held, so that no other activity takes the person meanwhile; one that just did sends us to the next.
        tx.lock(librarian::Entity::find().filter(librarian::Column::Id.eq(next.librarian_id))).await?;
        if clashes::has_in(tx, activity.id, next.librarian_id).await? {
            continue;
        }
        tell_passed_over_in(tx, &next).await?;
        let mut row = next.clone().into_active_model();
        row.waitlist_number = Set(None);
        let name = match activity.waitlist_policy {
            WaitlistPolicy::Auto => {
                row.status = Set(RegistrationStatus::Confirmed);
                row.confirmed_at = Set(Some(tx.now()));
                "registration.confirmed"
            }
            WaitlistPolicy::Offer => {
                row.status = Set(RegistrationStatus::Offered);
                row.offer_expires_at = Set(Some(tx.now() + TimeDelta::hours(activity.offer_hours.into())));
                "registration.offered"
            }
        };
        tx.update::<Entity>(&next, row, Precondition::default(), name).await?;
        count_in(tx, &mut activity, 1, -1).await?;
    }
    Ok(activity)
}

/// The first on the waiting list who is nowhere else.
async fn first_in_line(tx: &Tx<'_>, activity_id: Uuid) -> Result<Option<Model>> {
    let waiting = Entity::find()
        .filter(Column::ActivityId.eq(activity_id))
        .filter(Column::Status.eq(RegistrationStatus::Waitlisted))
        .filter(Column::LibrarianId.not_in_subquery(clashes::people_elsewhere(activity_id)))
        .order_by_asc(Column::WaitlistNumber);
    tx.reader().one(waiting).await
}

async fn tell_passed_over_in(tx: &Tx<'_>, next: &Model) -> Result<()> {
    let before = Entity::find()
        .filter(Column::ActivityId.eq(next.activity_id))
        .filter(Column::Status.eq(RegistrationStatus::Waitlisted))
        .filter(Column::WaitlistNumber.lt(next.waitlist_number))
        .order_by_asc(Column::WaitlistNumber);
    for row in tx.reader().all(before).await? {
        tx.note::<Entity>(&row, "registration.passed_over").await?;
    }
    Ok(())
}

/// Cancels every registration of an activity that was called off, each with an event of its own.
pub async fn cancel_all_in(tx: &Tx<'_>, activity: &activity::Model) -> Result<()> {
    let mut activity = activity.clone();
    (activity.seats_taken, activity.waiting_count) = (0, 0);
    let open = Entity::find()
        .filter(Column::ActivityId.eq(activity.id))
        .filter(Column::Status.ne(RegistrationStatus::Cancelled))
        .order_by_asc(Column::Id);
    for before in tx.reader().all(open).await? {
        let mut row = before.clone().into_active_model();
        row.status = Set(RegistrationStatus::Cancelled);
        row.waitlist_number = Set(None);
        row.offer_expires_at = Set(None);
        row.cancelled_at = Set(Some(tx.now()));
        row.cancel_cause = Set(Some(CancelCause::ActivityCancelled));
        row.cancel_reason = Set(activity.cancel_reason.clone());
        tx.update::<Entity>(&before, row, Precondition::default(), "registration.cancelled").await?;
    }
    Ok(())
}

/// Ends the offers of an activity whose time is over, and passes their seats on.
pub async fn lapse_in(tx: &Tx<'_>, mut activity: activity::Model) -> Result<activity::Model> {
    if activity.waitlist_policy == WaitlistPolicy::Auto {
        return Ok(activity);
    }
    let due = Entity::find()
        .filter(Column::ActivityId.eq(activity.id))
        .filter(Column::Status.eq(RegistrationStatus::Offered))
        .filter(Column::OfferExpiresAt.lte(tx.now()))
        .order_by_asc(Column::Id);
    for row in tx.reader().all(due).await? {
        end_in(tx, &mut activity, &row, Precondition::default(), CancelCause::OfferExpired, None).await?;
    }
    fill_in(tx, activity).await
}

/// Every minute: a seat that nobody took is offered to the next, though nobody looks.
pub const LAPSE_DUE: Chore = Chore {
    name: "offers of seats whose time is over",
    every: Duration::from_mins(1),
    run: |db| lapse_due(db).boxed_local(),
};

/// Brings offers up to date whose time is over, in the name of the service: a read of registrations looks here first.
pub async fn lapse_due(db: &Db) -> Result<()> {
    // Each activity once, but not by the database: for `DISTINCT` SQLite walks the index of all registrations by activity.
    let due = Query::select()
        .column(Column::ActivityId)
        .from(Entity)
        .and_where(Column::OfferExpiresAt.lte(db.now()))
        .and_where(Column::Status.eq(RegistrationStatus::Offered))
        .limit(DUE_AT_ONCE)
        .to_owned();
    let due: Vec<Uuid> = db.reader().rows(&due, |row| row.get(0)).await?;
    for id in BTreeSet::from_iter(due) {
        db.run(Access::system(), async move |tx: &Tx<'_>| {
            let activity = tx.lock(activity::Entity::find().filter(activity::Column::Id.eq(id))).await?;
            lapse_in(tx, activity).await.map(|_| ())
        })
        .await?;
    }
    Ok(())
}
