use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, Order, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde_json::json;
use uuid::Uuid;

use super::dto::{VenueBooking, VenueBookingFilter, VenueBookingPage};
use crate::activities::activities::entity::{self as activity, ActivityStatus};
use crate::activities::activities::service::visible as visible_activities;
use crate::activities::paper::{home_or, zone_name};
use crate::activities::sessions::entity as session;
use crate::kernel::clock::Instant;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{Fault, NO_SUCH_OBJECT, Violation};
use crate::settings::venues::entity as venue;
use crate::settings::venues::service::one as venue_of;

/// Another session has the venue then.
pub const VENUE_TAKEN: Refusal = Refusal {
    code: "venue_taken",
    status: 409,
    id: "Tempat ini sudah dipakai sesi lain pada waktu itu",
    en: "Another session has this venue at that time",
};

/// Which activity has the venue, and when.
pub const OCCUPIED: Fault = Fault {
    code: "occupied",
    id: "Tempat dipakai \"{activity}\" pada {when}",
    en: "\"{activity}\" has the venue on {when}",
};

const SORTABLE: &Sortable<session::Entity> = &[("starts_at", session::Column::StartsAt)];

/// What activities must be to have the venues of their sessions.
fn reserving() -> Condition {
    Condition::all()
        .add(activity::Column::Status.ne(ActivityStatus::Cancelled))
        .add(activity::Column::ArchivedAt.is_null())
}

/// Lists the sessions that have a venue to themselves.
pub async fn list(
    db: &Db,
    access: &Access,
    venue_id: Uuid,
    list: &Listing<VenueBookingFilter>,
) -> Result<VenueBookingPage> {
    db.reader().find(venue_of(access, venue_id)).await?;
    let activities = || visible_activities(access, false).filter(reserving());
    let rows =
        session::Entity::find().filter(session::Column::VenueId.eq(venue_id)).filter(list.filter.condition()).filter(
            session::Column::ActivityId
                .in_subquery(activities().select_only().column(activity::Column::Id).into_query()),
        );
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "starts_at").await?;
    let named = activities().filter(activity::Column::Id.is_in(page.items.iter().map(|row| row.activity_id)));
    let named = db.reader().all(named).await?.into_iter().map(|row| (row.id, row)).collect();
    // Who was called off between the two queries has no venue any more.
    let items = page.items.into_iter().filter_map(|row| VenueBooking::of(row, &named)).collect();
    Ok(VenueBookingPage { items, page: page.page })
}

/// Keeps others from taking a venue until this transaction ends. An archived one takes in nothing new; what is there already `stays`.
pub async fn hold_in(tx: &Tx<'_>, venue_id: Uuid, stays: bool) -> Result<()> {
    let mut known = venue::Entity::find().filter(venue::Column::Id.eq(venue_id));
    if !stays {
        known = known.filter(venue::Column::ArchivedAt.is_null());
    }
    if tx.lock_all(known).await?.is_empty() {
        return Err(Error::invalid(vec![Violation::field("venue_id", &NO_SUCH_OBJECT)]));
    }
    Ok(())
}

/// Keeps others from taking the venues of an activity's sessions. In the order of their ids, so that no two wait for each other.
pub async fn hold_all_in(tx: &Tx<'_>, activity_id: Uuid) -> Result<()> {
    let named = Query::select()
        .column(session::Column::VenueId)
        .from(session::Entity)
        .and_where(session::Column::ActivityId.eq(activity_id))
        .and_where(session::Column::VenueId.is_not_null())
        .to_owned();
    let venues = venue::Entity::find().filter(venue::Column::Id.in_subquery(named)).order_by_asc(venue::Column::Id);
    tx.lock_all(venues).await.map(|_| ())
}

/// Sessions whose venues are to be theirs alone.
#[derive(Clone, Copy, Debug)]
pub enum Sessions {
    /// This one.
    One(Uuid),
    /// Those of an activity.
    Of(Uuid),
    /// Those of all dates of a series.
    OfSeries(Uuid),
}

impl Sessions {
    /// These sessions, in a query that calls them `ours`.
    fn condition(self, ours: &'static str) -> Condition {
        let activity_id = Expr::col((ours, session::Column::ActivityId));
        Condition::all().add(match self {
            Self::One(id) => Expr::col((ours, session::Column::Id)).eq(id),
            Self::Of(id) => activity_id.eq(id),
            Self::OfSeries(id) => activity_id.in_subquery(
                Query::select()
                    .column(activity::Column::Id)
                    .from(activity::Entity)
                    .and_where(activity::Column::SeriesId.eq(id))
                    .to_owned(),
            ),
        })
    }
}

/// Refuses sessions of which one shares its venue with another at a time. Their venues are held. `wrong` is the part of the request to
/// blame; it is told which activity is there, and when.
pub async fn none_shared_in(tx: &Tx<'_>, sessions: Sessions, wrong: Violation) -> Result<()> {
    let others = others(sessions);
    let shared = tx.reader().rows(&others, |row| {
        Ok(Other {
            activity_id: row.get(0)?,
            activity: row.get(1)?,
            session_id: row.get(2)?,
            starts_at: row.get(3)?,
            ends_at: row.get(4)?,
            time_zone: row.get(5)?,
        })
    });
    match shared.await?.into_iter().next() {
        Some(other) => Err(VENUE_TAKEN.at(other.told(wrong))),
        None => Ok(()),
    }
}

/// The first session that has the venue of one of these while that one takes place.
fn others(sessions: Sessions) -> SelectStatement {
    let (ours, theirs) = ("ours", "theirs");
    let of = |table: &'static str, column: session::Column| Expr::col((table, column));
    let at_once = Condition::all()
        .add(of(theirs, session::Column::VenueId).eq(of(ours, session::Column::VenueId)))
        .add(of(theirs, session::Column::Id).ne(of(ours, session::Column::Id)))
        .add(of(theirs, session::Column::StartsAt).lt(of(ours, session::Column::EndsAt)))
        .add(of(theirs, session::Column::EndsAt).gt(of(ours, session::Column::StartsAt)));
    Query::select()
        .column((activity::Entity, activity::Column::Id))
        .column((activity::Entity, activity::Column::Title))
        .column((theirs, session::Column::Id))
        .column((theirs, session::Column::StartsAt))
        .column((theirs, session::Column::EndsAt))
        .column((theirs, session::Column::TimeZone))
        .from_as(session::Entity, ours)
        .join_as(JoinType::InnerJoin, session::Entity, theirs, at_once)
        .inner_join(
            activity::Entity,
            Expr::col((activity::Entity, activity::Column::Id)).equals((theirs, session::Column::ActivityId)),
        )
        .cond_where(sessions.condition(ours))
        .cond_where(reserving())
        .order_by((theirs, session::Column::StartsAt), Order::Asc)
        .order_by((theirs, session::Column::Id), Order::Asc)
        .limit(1)
        .to_owned()
}

/// Who has the venue.
struct Other {
    activity_id: Uuid,
    activity: String,
    session_id: Uuid,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    time_zone: String,
}

impl Other {
    fn told(self, wrong: Violation) -> Violation {
        let when = when(self.starts_at, self.ends_at, &self.time_zone);
        wrong
            .with("activity", self.activity)
            .with("activity_id", self.activity_id.to_string())
            .with("session_id", self.session_id.to_string())
            .with("starts_at", json!(Instant(self.starts_at)))
            .with("ends_at", json!(Instant(self.ends_at)))
            .with("when", when)
    }
}

/// A time as it is announced, in figures that both languages read alike: 2026-03-10 08:00-12:00 WIB.
fn when(starts_at: DateTime<Utc>, ends_at: DateTime<Utc>, time_zone: &str) -> String {
    let zone = home_or(time_zone);
    let (from, until) = (starts_at.with_timezone(&zone), ends_at.with_timezone(&zone));
    let until = if from.date_naive() == until.date_naive() { until.format("%H:%M") } else { until.format("%F %H:%M") };
    format!("{}-{until} {}", from.format("%F %H:%M"), zone_name(zone))
}
