use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::desk::{Desk, keep_in, seen};
use super::dto::{AnnulReason, CheckIn, CheckInFilter, CheckInPage, CheckInReport, NewCheckIn, NewCheckIns};
use super::entity::attendance::{self, AttendanceSource};
use super::entity::{CheckInOutcome, Column, Entity, Model};
use crate::activities::activities::entity as activity;
use crate::activities::activities::service::{kept_by, one as activity_of};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Result};
use crate::kernel::http::Computed;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{Fault, Violation};

/// How long after its arrival a scan can be taken back.
const ANNULLABLE: TimeDelta = TimeDelta::minutes(15);

/// Either a code or a registration.
pub const CODE_OR_REGISTRATION: Fault = Fault {
    code: "code_or_registration",
    id: "Isi salah satu: kode atau pendaftaran",
    en: "Give either a code or a registration",
};

const SORTABLE: &Sortable<Entity> = &[("scanned_at", Column::ScannedAt)];

fn visible(access: &Access) -> Select<Entity> {
    Entity::find().filter(kept_by(access, Column::ActivityId))
}

/// Lists the scans of an activity, good or not.
pub async fn list(db: &Db, access: &Access, activity_id: Uuid, list: &Listing<CheckInFilter>) -> Result<CheckInPage> {
    db.reader().find(activity_of(access, activity_id).filter(kept_by(access, activity::Column::Id))).await?;
    let rows = visible(access).filter(Column::ActivityId.eq(activity_id)).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-scanned_at").await?;
    let now = db.now();
    Ok(page.map(|row| CheckIn::seen(row, now)))
}

/// Reads a scan.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<CheckIn> {
    let row = db.reader().find(visible(access).filter(Column::Id.eq(id))).await?;
    Ok(CheckIn::seen(row, db.now()))
}

/// Takes scans, and answers each.
pub async fn record(db: &Db, access: &Access, activity_id: Uuid, new: NewCheckIns) -> Result<Computed<CheckInReport>> {
    let both: Vec<_> = new.items.iter().enumerate().filter(|(_, item)| ambiguous(item)).collect();
    if !both.is_empty() {
        let wrong = |index| Violation::pointer(format!("#/items/{index}/code"), &CODE_OR_REGISTRATION);
        return Err(Error::invalid(both.into_iter().map(|(index, _)| wrong(index)).collect()));
    }
    db.write(access, async move |tx: &Tx<'_>| {
        let activity = activity_of(tx.access(), activity_id).filter(kept_by(tx.access(), activity::Column::Id));
        let activity = tx.lock(activity).await?;
        let mut desk = Desk::open_in(tx, activity, &new.items).await?;
        let answers = desk.judge(tx, &new.items);
        desk.close_in(tx).await?;
        Ok(Computed(CheckInReport::of(answers)))
    })
    .await
}

fn ambiguous(item: &NewCheckIn) -> bool {
    item.code.is_some() == item.registration_id.is_some()
}

/// Whether a scan can be taken back now.
pub fn may_annul(row: &Model, now: DateTime<Utc>) -> bool {
    row.annulled_at.is_none()
        && matches!(row.outcome, CheckInOutcome::Applied | CheckInOutcome::Duplicate)
        && now - row.received_at <= ANNULLABLE
}

/// Takes a scan back. Another good one of the same person then stands in its place.
pub async fn annul(db: &Db, access: &Access, id: Uuid, expected: Precondition, reason: AnnulReason) -> Result<CheckIn> {
    db.write(access, async move |tx: &Tx<'_>| {
        let known = tx.reader().find(visible(tx.access()).filter(Column::Id.eq(id))).await?;
        let activity = tx.lock(activity::Entity::find().filter(activity::Column::Id.eq(known.activity_id))).await?;
        let before = tx.reader().find(visible(tx.access()).filter(Column::Id.eq(id))).await?;
        if !activity.is_open() || !may_annul(&before, tx.now()) {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.annulled_at = Set(Some(tx.now()));
        row.annul_reason = Set(Some(reason.reason.clone()));
        let row = tx.update::<Entity>(&before, row, expected, "check_in.annulled").await?;
        if let (CheckInOutcome::Applied, Some(session), Some(registration)) =
            (row.outcome, row.session_id, row.registration_id)
        {
            rest_on_scans_in(tx, session, registration).await?;
        }
        Ok(CheckIn::seen(row, tx.now()))
    })
    .await
}

/// Lets the earliest good scan of a person at a session stand; without one nobody was seen. What was set by hand stays.
pub async fn rest_on_scans_in(tx: &Tx<'_>, session: Uuid, registration: Uuid) -> Result<()> {
    let clear = Query::delete()
        .from_table(attendance::Entity)
        .and_where(Expr::col(attendance::Column::SessionId).eq(session))
        .and_where(Expr::col(attendance::Column::RegistrationId).eq(registration))
        .and_where(Expr::col(attendance::Column::Source).eq(AttendanceSource::CheckIn))
        .to_owned();
    if tx.execute(&clear).await? == 0 {
        return Ok(());
    }
    let good = Entity::find()
        .filter(Column::RegistrationId.eq(registration))
        .filter(Column::SessionId.eq(session))
        .filter(Column::AnnulledAt.is_null())
        .filter(Column::Outcome.is_in([CheckInOutcome::Applied, CheckInOutcome::Duplicate]))
        .order_by_asc(Column::ScannedAt)
        .order_by_asc(Column::DeviceId)
        .order_by_asc(Column::Nonce);
    let Some(next) = tx.reader().one(good).await? else { return Ok(()) };
    let stand = Query::update()
        .table(Entity)
        .value(Column::Outcome, CheckInOutcome::Applied)
        .value(Column::Reason, Option::<String>::None)
        .and_where(Expr::col(Column::Id).eq(next.id))
        .to_owned();
    tx.execute(&stand).await?;
    keep_in(tx, seen(&next).into_iter().collect()).await
}
