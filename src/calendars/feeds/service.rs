use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{meetings, removed};
use crate::activities::activities::entity::{self as activity, ActivityStatus};
use crate::activities::registrations::entity::{self as registration, RegistrationStatus};
use crate::activities::sessions::entity as session;
use crate::calendars::ical::{self, Entry, Status};
use crate::kernel::db::{Db, Reader};
use crate::kernel::error::Result;
use crate::settings::library_settings::entity as library;
use crate::settings::venues::entity as venue;

/// How far back a personal calendar goes.
const OWN_PAST: TimeDelta = TimeDelta::days(400);
/// How far back the public one goes.
const PUBLIC_PAST: TimeDelta = TimeDelta::days(90);
/// The most sessions and meetings of a feed: years of them.
pub(super) const MOST: u64 = 2_000;

/// What has been announced, for everybody. How to join online is for those who are registered.
pub async fn public(db: &Db) -> Result<String> {
    let announced = Query::select()
        .column(activity::Column::Id)
        .from(activity::Entity)
        .and_where(Expr::col(activity::Column::PublishedAt).is_not_null())
        .and_where(Expr::col(activity::Column::ArchivedAt).is_null())
        .to_owned();
    let found = Found::load(db.reader(), announced, db.now() - PUBLIC_PAST).await?;
    let entries: Vec<_> = found.entries(|_| Some((Status::Confirmed, 0, DateTime::UNIX_EPOCH)), false);
    let library = db.reader().find(library::Entity::find()).await?;
    Ok(ical::calendar(&format!("Kegiatan {}", library.name), &entries))
}

/// What somebody is registered for, and their mentoring meetings.
pub async fn personal(db: &Db, librarian_id: Uuid) -> Result<String> {
    let own = registration::Entity::find().filter(registration::Column::LibrarianId.eq(librarian_id));
    let activities = Query::select()
        .column(registration::Column::ActivityId)
        .from(registration::Entity)
        .and_where(Expr::col(registration::Column::LibrarianId).eq(librarian_id))
        .to_owned();
    let found = Found::load(db.reader(), activities, db.now() - OWN_PAST).await?;
    let recent = own.filter(registration::Column::ActivityId.is_in(found.activities.keys().copied()));
    let registrations: HashMap<Uuid, registration::Model> =
        db.reader().all(recent).await?.into_iter().map(|row| (row.activity_id, row)).collect();
    let mut entries = found.entries(
        |activity_id| {
            let row = registrations.get(&activity_id)?;
            Some((status_of(row.status), row.version - 1, row.updated_at))
        },
        true,
    );
    entries.extend(meetings::of(db.reader(), librarian_id, db.now() - OWN_PAST, db.today()).await?);
    Ok(ical::calendar("Kegiatan saya", &entries))
}

const fn status_of(status: RegistrationStatus) -> Status {
    match status {
        RegistrationStatus::Confirmed | RegistrationStatus::Attended | RegistrationStatus::NoShow => Status::Confirmed,
        RegistrationStatus::Requested | RegistrationStatus::Waitlisted | RegistrationStatus::Offered => {
            Status::Tentative
        }
        RegistrationStatus::Cancelled => Status::Cancelled,
    }
}

/// Sessions of activities, with what is known of these.
struct Found {
    sessions: Vec<session::Model>,
    removed: Vec<removed::Model>,
    activities: HashMap<Uuid, activity::Model>,
    venues: HashMap<Uuid, venue::Model>,
}

impl Found {
    async fn load(reader: Reader<'_>, activities: SelectStatement, since: DateTime<Utc>) -> Result<Self> {
        let sessions = session::Entity::find()
            .filter(session::Column::ActivityId.in_subquery(activities.clone()))
            .filter(session::Column::StartsAt.gte(since))
            .order_by_asc(session::Column::StartsAt)
            .order_by_asc(session::Column::Id)
            .limit(MOST);
        let sessions = reader.all(sessions).await?;
        let removed = removed::Entity::find()
            .filter(removed::Column::ActivityId.in_subquery(activities))
            .filter(removed::Column::StartsAt.gte(since))
            .order_by_asc(removed::Column::StartsAt)
            .order_by_asc(removed::Column::Id)
            .limit(MOST);
        let removed = reader.all(removed).await?;
        let ids = sessions.iter().map(|row| row.activity_id).chain(removed.iter().map(|row| row.activity_id));
        let activities = activity::Entity::find().filter(activity::Column::Id.is_in(ids));
        let activities = reader.all(activities).await?.into_iter().map(|row| (row.id, row)).collect();
        let venues =
            venue::Entity::find().filter(venue::Column::Id.is_in(sessions.iter().filter_map(|row| row.venue_id)));
        let venues = reader.all(venues).await?.into_iter().map(|row| (row.id, row)).collect();
        Ok(Self { sessions, removed, activities, venues })
    }

    /// The entries. `standing` says of an activity how firmly it stands for whoever reads, and how often and when that changed.
    fn entries(
        &self,
        standing: impl Fn(Uuid) -> Option<(Status, i32, DateTime<Utc>)>,
        with_address: bool,
    ) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(self.sessions.len());
        for session in &self.sessions {
            let Some(activity) = self.activities.get(&session.activity_id) else { continue };
            let Some((status, changes, changed_at)) = standing(activity.id) else { continue };
            let url = session.online_url.as_ref().or(activity.online_url.as_ref());
            entries.push(Entry {
                uid: session.id.to_string(),
                sequence: session.version + activity.version - 2 + changes,
                changed_at: last([session.updated_at, activity.updated_at, changed_at]),
                starts_at: session.starts_at,
                ends_at: session.ends_at,
                time_zone: session.time_zone.clone(),
                summary: summary(activity, session.title.as_deref()),
                description: activity.description.clone(),
                location: self.place(activity, session),
                url: url.filter(|_| with_address && status == Status::Confirmed).cloned(),
                status: if activity.status == ActivityStatus::Cancelled { Status::Cancelled } else { status },
            });
        }
        for session in &self.removed {
            let Some(activity) = self.activities.get(&session.activity_id) else { continue };
            let Some((_, changes, changed_at)) = standing(activity.id) else { continue };
            // What was removed before it was announced was in no calendar.
            if activity.published_at.is_none_or(|published| session.removed_at < published) {
                continue;
            }
            entries.push(Entry {
                uid: session.id.to_string(),
                sequence: session.version + activity.version - 2 + changes,
                changed_at: last([session.removed_at, activity.updated_at, changed_at]),
                starts_at: session.starts_at,
                ends_at: session.ends_at,
                time_zone: session.time_zone.clone(),
                summary: summary(activity, session.title.as_deref()),
                description: None,
                location: None,
                url: None,
                status: Status::Cancelled,
            });
        }
        entries
    }

    fn place(&self, activity: &activity::Model, session: &session::Model) -> Option<String> {
        let venue = session.venue_id.and_then(|id| self.venues.get(&id)).map(|venue| venue.name.clone());
        let parts: Vec<_> = session.room.clone().into_iter().chain(venue).collect();
        if parts.is_empty() { activity.place.clone() } else { Some(parts.join(", ")) }
    }
}

fn summary(activity: &activity::Model, session: Option<&str>) -> String {
    session.map_or_else(|| activity.title.clone(), |session| format!("{}: {session}", activity.title))
}

fn last(instants: [DateTime<Utc>; 3]) -> DateTime<Utc> {
    instants.into_iter().max().unwrap_or(DateTime::UNIX_EPOCH)
}
