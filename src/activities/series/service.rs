use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::dates::{MOST_DATES, ONLY_HOLIDAYS, beginnings};
use super::dto::{ActivitySeries, ActivitySeriesPage, NewActivitySeries};
use super::entity::{ActiveModel, Column, Entity};
use crate::activities::activities::content::NewActivity;
use crate::activities::activities::entity::{self as activity, ActivityStatus};
use crate::activities::activities::{lifecycle, service as activities};
use crate::activities::bookings::service::{OCCUPIED, Sessions, hold_in, none_shared_in};
use crate::activities::sessions::dto::{NOT_A_TIME_ZONE, NewActivitySession, zone};
use crate::activities::sessions::entity::days;
use crate::activities::sessions::service as sessions;
use crate::kernel::clock::Instant;
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Result};
use crate::kernel::page::{self, Listing, NoFilter, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::Violation;
use crate::settings::holidays::service as holidays;

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt)];

fn one(id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id))
}

/// Lists series.
pub async fn list(db: &Db, list: &Listing<NoFilter>) -> Result<ActivitySeriesPage> {
    let secrets = &db.context().secrets;
    let page = page::fetch(db.reader(), secrets, Entity::find(), &list.cut, SORTABLE, "-created_at").await?;
    Ok(page.map(ActivitySeries::from))
}

/// Reads a series.
pub async fn read(db: &Db, id: Uuid) -> Result<ActivitySeries> {
    db.reader().find(one(id)).await.map(ActivitySeries::from)
}

/// Writes a series out: each date becomes a draft with one session.
pub async fn create(db: &Db, access: &Access, new: NewActivitySeries) -> Result<ActivitySeries> {
    let zone = zone(&new.time_zone).ok_or_else(|| wrong(Violation::field("time_zone", &NOT_A_TIME_ZONE)))?;
    let dates = beginnings(&new.rrule, new.starts_at.0, zone)
        .map_err(|fault| wrong(Violation::field("rrule", fault).with("max", MOST_DATES)))?;
    db.create(access, async move |tx: &Tx<'_>| {
        let content = NewActivity { registration_opens_at: None, registration_closes_at: None, ..new.activity.clone() };
        activities::check(tx, &content, None).await?;
        let lasts = TimeDelta::minutes(new.duration_minutes.into());
        let dates = if new.skip_holidays { working(tx.reader(), &dates, lasts).await? } else { dates.clone() };
        if let Some(venue_id) = new.venue_id {
            hold_in(tx, venue_id, false).await?;
        }
        let row = ActiveModel {
            title: Set(content.title.clone()),
            rrule: Set(new.rrule.clone()),
            starts_at: Set(new.starts_at.0),
            duration_minutes: Set(new.duration_minutes),
            time_zone: Set(new.time_zone.clone()),
            occurrences: Set(i32::try_from(dates.len()).unwrap_or(i32::MAX)),
            ..Default::default()
        };
        let series = tx.insert::<Entity>(row, "activity_series.created").await?;
        // At most 104 dates, each an object with its own event.
        for starts_at in dates {
            let activity = activities::create_in(tx, &content, Some(series.id)).await?;
            let session = NewActivitySession {
                title: None,
                starts_at: Instant(starts_at),
                ends_at: Instant(starts_at + lasts),
                time_zone: new.time_zone.clone(),
                venue_id: new.venue_id,
                room: None,
                online_url: None,
            };
            sessions::insert_in(tx, activity.id, &session).await?;
            sessions::follow_in(tx, &activity).await?;
        }
        if new.venue_id.is_some() {
            none_shared_in(tx, Sessions::OfSeries(series.id), Violation::field("venue_id", &OCCUPIED)).await?;
        }
        Ok(ActivitySeries::from(series))
    })
    .await
}

/// The dates that are on no holiday.
async fn working(reader: Reader<'_>, dates: &[DateTime<Utc>], lasts: TimeDelta) -> Result<Vec<DateTime<Utc>>> {
    let days_of = |starts_at: DateTime<Utc>| days(starts_at, starts_at + lasts);
    let holidays = holidays::among(reader, dates.iter().copied().flat_map(days_of)).await?;
    let free = |starts_at: &DateTime<Utc>| !days_of(*starts_at).any(|day| holidays.contains_key(&day));
    let left: Vec<_> = dates.iter().copied().filter(free).collect();
    if left.is_empty() { Err(wrong(Violation::field("skip_holidays", &ONLY_HOLIDAYS))) } else { Ok(left) }
}

fn wrong(violation: Violation) -> Error {
    Error::invalid(vec![violation])
}

/// Announces every date that is still a draft.
pub async fn publish(db: &Db, access: &Access, id: Uuid) -> Result<ActivitySeries> {
    db.write(access, async move |tx: &Tx<'_>| {
        let series = tx.lock(one(id)).await?;
        let drafts = activity::Entity::find()
            .filter(activity::Column::SeriesId.eq(id))
            .filter(activity::Column::Status.eq(ActivityStatus::Draft))
            .filter(activity::Column::ArchivedAt.is_null())
            .order_by_asc(activity::Column::Id);
        let drafts = tx.lock_all(drafts).await?;
        if drafts.is_empty() {
            return Err(INVALID_TRANSITION.into());
        }
        for draft in &drafts {
            lifecycle::publish_in(tx, draft, Precondition::default()).await?;
        }
        Ok(ActivitySeries::from(series))
    })
    .await
}
