//! Attendance (daftar hadir): read from the scans, or set by hand.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::desk::{keep_in, seen};
use super::dto::{AttendanceEntry, AttendanceEntryPage, AttendanceSummary, NewAttendances};
use super::entity::attendance::{self, AttendanceSource};
use super::entity::{CheckInOutcome, Column, Entity};
use crate::activities::activities::entity as activity;
use crate::activities::activities::service::kept_by;
use crate::activities::registrations::entity::{self as registration, RegistrationStatus};
use crate::activities::scores::service::seated;
use crate::activities::sessions::entity as session;
use crate::activities::sessions::service::one as session_of;
use crate::kernel::clock::Instant;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Result};
use crate::kernel::http::Computed;
use crate::kernel::page::{self, Listing, NoFilter, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{NO_SUCH_OBJECT, Violation};
use crate::staff::librarians::entity as librarian;

const SORTABLE: &Sortable<registration::Entity> = &[("registered_at", registration::Column::RegisteredAt)];

/// Lists who was at a session, of all who had a seat.
pub async fn list(db: &Db, access: &Access, session_id: Uuid, list: &Listing<NoFilter>) -> Result<AttendanceEntryPage> {
    let session = session_of(access, session_id).filter(kept_by(access, session::Column::ActivityId));
    let session = db.reader().find(session).await?;
    let states = [RegistrationStatus::Confirmed, RegistrationStatus::Attended, RegistrationStatus::NoShow];
    let rows = registration::Entity::find()
        .filter(registration::Column::ActivityId.eq(session.activity_id))
        .filter(registration::Column::Status.is_in(states));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "registered_at").await?;
    let known = attendance::Entity::find()
        .filter(attendance::Column::SessionId.eq(session.id))
        .filter(attendance::Column::RegistrationId.is_in(page.items.iter().map(|row| row.id)));
    let known: HashMap<Uuid, attendance::Model> =
        db.reader().all(known).await?.into_iter().map(|row| (row.registration_id, row)).collect();
    let people =
        librarian::Entity::find().filter(librarian::Column::Id.is_in(page.items.iter().map(|row| row.librarian_id)));
    let names: HashMap<Uuid, String> =
        db.reader().all(people).await?.into_iter().map(|person| (person.id, person.name)).collect();
    Ok(page.map(|row| {
        let known = known.get(&row.id);
        AttendanceEntry {
            registration_id: row.id,
            librarian_id: row.librarian_id,
            librarian_name: names.get(&row.librarian_id).cloned().unwrap_or_default(),
            is_present: known.is_some_and(|known| known.is_present),
            source: known.map(|known| known.source),
            at: known.map(|known| Instant(known.at)),
        }
    }))
}

/// Sets attendance by hand, until the activity is completed. No scan changes it afterwards.
pub async fn set(
    db: &Db,
    access: &Access,
    session_id: Uuid,
    new: NewAttendances,
) -> Result<Computed<AttendanceSummary>> {
    db.write(access, async move |tx: &Tx<'_>| {
        let session = session_of(tx.access(), session_id).filter(kept_by(tx.access(), session::Column::ActivityId));
        let session = tx.reader().find(session).await?;
        let activity = tx.lock(activity::Entity::find().filter(activity::Column::Id.eq(session.activity_id))).await?;
        if !activity.is_open() {
            return Err(INVALID_TRANSITION.into());
        }
        let seated: HashSet<Uuid> = seated(tx.reader(), activity.id).await?.into_iter().map(|row| row.id).collect();
        let unknown = new.items.iter().enumerate().filter(|(_, item)| !seated.contains(&item.registration_id));
        let wrong: Vec<_> = unknown
            .map(|(index, _)| Violation::pointer(format!("#/items/{index}/registration_id"), &NO_SUCH_OBJECT))
            .collect();
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        // The last word about a person counts.
        let said: HashMap<Uuid, Option<bool>> =
            new.items.iter().map(|item| (item.registration_id, item.is_present)).collect();
        forget_in(tx, session.id, said.keys().copied().collect()).await?;
        let by_hand = said.iter().filter_map(|(id, present)| Some((*id, (*present)?)));
        let by_hand = by_hand.map(|(registration, is_present)| attendance::ActiveModel {
            session_id: Set(session.id),
            registration_id: Set(registration),
            is_present: Set(is_present),
            source: Set(AttendanceSource::ByHand),
            at: Set(tx.now()),
            check_in_id: Set(None),
        });
        keep_in(tx, by_hand.collect()).await?;
        let back: Vec<Uuid> = said.iter().filter(|(_, present)| present.is_none()).map(|(id, _)| *id).collect();
        rest_on_scans_in(tx, session.id, back).await?;
        tx.note::<session::Entity>(&session, "activity_session.attendance_set").await?;
        let present = attendance::Entity::find()
            .filter(attendance::Column::SessionId.eq(session.id))
            .filter(attendance::Column::IsPresent.eq(true));
        let present = tx.reader().count(present, 10_000).await?;
        let seated = i64::try_from(seated.len()).unwrap_or(i64::MAX);
        Ok(Computed(AttendanceSummary { session_id: session.id, present, seated }))
    })
    .await
}

async fn forget_in(tx: &Tx<'_>, session: Uuid, registrations: Vec<Uuid>) -> Result<()> {
    let delete = Query::delete()
        .from_table(attendance::Entity)
        .and_where(Expr::col(attendance::Column::SessionId).eq(session))
        .and_where(Expr::col(attendance::Column::RegistrationId).is_in(registrations))
        .to_owned();
    tx.execute(&delete).await.map(|_| ())
}

/// Goes back to what the scans say.
async fn rest_on_scans_in(tx: &Tx<'_>, session: Uuid, registrations: Vec<Uuid>) -> Result<()> {
    let standing = Entity::find()
        .filter(Column::SessionId.eq(session))
        .filter(Column::RegistrationId.is_in(registrations))
        .filter(Column::Outcome.eq(CheckInOutcome::Applied))
        .filter(Column::AnnulledAt.is_null())
        .order_by_asc(Column::Id);
    let standing = tx.reader().all(standing).await?;
    keep_in(tx, standing.iter().filter_map(seen).collect()).await
}
