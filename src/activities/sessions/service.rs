use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::dto::{
    ActivitySession, ActivitySessionChanges, ActivitySessionFilter, ActivitySessionPage, NewActivitySession,
};
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::activities::activities::entity as activity;
use crate::activities::activities::service::{WITHOUT_DATE, lock_open, one as activity_of, visible_ids};
use crate::activities::bookings::service::{OCCUPIED, Sessions, hold_in, none_shared_in};
use crate::activities::check_ins::entity::attendance;
use crate::activities::registrations::clashes;
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, IN_USE, Refusal, Result};
use crate::kernel::language::Localized;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, Violation};
use crate::settings::holidays::service as holidays;

/// Somebody who has a seat would be in two places.
pub const PARTICIPANTS_CLASH: Refusal = Refusal {
    code: "participants_clash",
    status: 409,
    id: "Ada peserta terkonfirmasi yang pada waktu itu mengikuti sesi lain",
    en: "Somebody with a confirmed seat has another session at that time",
};

const SORTABLE: &Sortable<Entity> = &[("starts_at", Column::StartsAt)];

fn visible(access: &Access) -> Select<Entity> {
    Entity::find().filter(Column::ActivityId.in_subquery(visible_ids(access)))
}

/// A session by its id.
pub fn one(access: &Access, id: Uuid) -> Select<Entity> {
    visible(access).filter(Column::Id.eq(id))
}

/// Lists the sessions of an activity.
pub async fn list(
    db: &Db,
    access: &Access,
    activity_id: Uuid,
    list: &Listing<ActivitySessionFilter>,
) -> Result<ActivitySessionPage> {
    db.reader().find(activity_of(access, activity_id)).await?;
    let filter = Condition::all()
        .add_option(list.filter.starts_at_gte.map(|from| Column::StartsAt.gte(from.0)))
        .add_option(list.filter.starts_at_lt.map(|until| Column::StartsAt.lt(until.0)));
    let rows = Entity::find().filter(Column::ActivityId.eq(activity_id)).filter(filter);
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "starts_at").await?;
    let holidays = holidays_of(db.reader(), &page.items).await?;
    Ok(page.map(|row| ActivitySession::seen(row, &holidays)))
}

/// All sessions of an activity, by time.
pub async fn all_of(db: &Db, activity_id: Uuid) -> Result<Vec<Model>> {
    let rows = Entity::find().filter(Column::ActivityId.eq(activity_id)).order_by_asc(Column::StartsAt);
    db.reader().all(rows).await
}

/// Reads a session.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<ActivitySession> {
    let row = db.reader().find(one(access, id)).await?;
    seen(db.reader(), row).await
}

/// A session with what is to be known of it.
async fn seen(reader: Reader<'_>, row: Model) -> Result<ActivitySession> {
    let holidays = holidays_of(reader, std::slice::from_ref(&row)).await?;
    Ok(ActivitySession::seen(row, &holidays))
}

/// The holidays on which these sessions are. Asked for when they are shown: a holiday may be entered after the plan.
async fn holidays_of(reader: Reader<'_>, rows: &[Model]) -> Result<HashMap<NaiveDate, Localized>> {
    holidays::among(reader, rows.iter().flat_map(Model::days)).await
}

/// Plans a session.
pub async fn create(db: &Db, access: &Access, activity_id: Uuid, new: NewActivitySession) -> Result<ActivitySession> {
    db.create(access, async move |tx: &Tx<'_>| {
        let activity = lock_open(tx, activity_id).await?;
        let row = create_in(tx, activity.id, &new).await?;
        follow_in(tx, &activity).await?;
        clashes::none_confirmed_in(tx, activity.id).await?;
        seen(tx.reader(), row).await
    })
    .await
}

/// Plans a session of an activity that this transaction holds. The activity's dates follow with [`follow_in`].
pub async fn create_in(tx: &Tx<'_>, activity_id: Uuid, new: &NewActivitySession) -> Result<Model> {
    let wrong = new.mistakes();
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    if let Some(venue_id) = new.venue_id {
        hold_in(tx, venue_id, false).await?;
    }
    let row = insert_in(tx, activity_id, new).await?;
    has_its_venue_in(tx, &row).await?;
    Ok(row)
}

/// Writes a session that was checked. Whoever writes several looks after their venues at once.
pub async fn insert_in(tx: &Tx<'_>, activity_id: Uuid, new: &NewActivitySession) -> Result<Model> {
    let mut row = ActiveModel { activity_id: Set(activity_id), ..Default::default() };
    new.write(&mut row);
    tx.insert::<Entity>(row, "activity_session.created").await
}

async fn has_its_venue_in(tx: &Tx<'_>, row: &Model) -> Result<()> {
    match row.venue_id {
        Some(_) => none_shared_in(tx, Sessions::One(row.id), Violation::field("venue_id", &OCCUPIED)).await,
        None => Ok(()),
    }
}

/// Changes a session. Refused where the venue or somebody with a seat is taken then.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: ActivitySessionChanges,
) -> Result<ActivitySession> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (activity, before) = hold(tx, id).await?;
        let content = changes.clone().onto(&before);
        validation::check(&content)?;
        let wrong = content.mistakes();
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        if let Some(venue_id) = content.venue_id {
            hold_in(tx, venue_id, before.venue_id == Some(venue_id)).await?;
        }
        let mut row = before.clone().into_active_model();
        content.write(&mut row);
        let row = tx.update::<Entity>(&before, row, expected, "activity_session.updated").await?;
        has_its_venue_in(tx, &row).await?;
        follow_in(tx, &activity).await?;
        clashes::none_confirmed_in(tx, activity.id).await?;
        seen(tx.reader(), row).await
    })
    .await
}

/// Removes a session at which nobody was seen yet.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (activity, before) = hold(tx, id).await?;
        let seen = attendance::Entity::find().filter(attendance::Column::SessionId.eq(id));
        if tx.reader().exists(seen).await? {
            return Err(IN_USE.into());
        }
        tx.delete::<Entity>(&before, expected, "activity_session.removed").await?;
        follow_in(tx, &activity).await
    })
    .await
}

/// The activity first, then the session: in the order in which everybody takes them.
async fn hold(tx: &Tx<'_>, id: Uuid) -> Result<(activity::Model, Model)> {
    let known = tx.reader().find(one(tx.access(), id)).await?;
    let activity = lock_open(tx, known.activity_id).await?;
    Ok((activity, tx.reader().find(one(tx.access(), id)).await?))
}

/// Keeps the activity's first beginning and last end.
pub async fn follow_in(tx: &Tx<'_>, activity: &activity::Model) -> Result<()> {
    let span = Query::select()
        .expr(Expr::col(Column::StartsAt).min())
        .expr(Expr::col(Column::EndsAt).max())
        .from(Entity)
        .and_where(Column::ActivityId.eq(activity.id))
        .to_owned();
    let spans = tx.reader().rows(&span, |row| Ok((row.get(0)?, row.get(1)?))).await?;
    let (starts_at, ends_at) = spans.into_iter().next().unwrap_or_default();
    let mut row = activity.clone().into_active_model();
    row.starts_at = Set(starts_at);
    row.ends_at = Set(ends_at);
    row.sorts_at = Set(starts_at.unwrap_or(WITHOUT_DATE));
    tx.update::<activity::Entity>(activity, row, Precondition::default(), "activity.rescheduled").await.map(|_| ())
}
