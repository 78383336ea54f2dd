use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{ActiveModel, Model};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::language::{Language, Localized};
use crate::kernel::page::Page;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation::{self, ENDS_BEFORE_IT_BEGINS, Fault, Violation};

/// The time zone of the library.
pub const HOME_ZONE: &str = "Asia/Pontianak";
/// The longest session.
const LONGEST: TimeDelta = TimeDelta::hours(24);

/// The most that a warning says of a holiday's name.
const LONGEST_NAME: usize = 500;

/// There is no such time zone.
pub const NOT_A_TIME_ZONE: Fault = Fault {
    code: "not_a_time_zone",
    id: "Bukan nama zona waktu IANA, misalnya Asia/Pontianak",
    en: "Not an IANA time zone such as Asia/Pontianak",
};

/// A session lasts a day at the most.
pub const TOO_LONG_SESSION: Fault = Fault {
    code: "too_long_session",
    id: "Sebuah sesi paling lama 24 jam; bagi menjadi beberapa sesi",
    en: "A session lasts 24 hours at the most; make several",
};

/// A session (sesi) of an activity.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000010", "activity_id": "019a0000-0000-7000-8000-000000000000",
    "title": "Hari pertama", "starts_at": "2026-12-07T01:00:00.000Z", "ends_at": "2026-12-07T09:00:00.000Z",
    "time_zone": "Asia/Pontianak", "venue_id": null, "room": "Ruang pelatihan lantai 2", "online_url": null, "warnings": [], "version": 1,
    "created_at": "2026-10-20T02:00:00.000Z", "updated_at": "2026-10-20T02:00:00.000Z"
}))]
pub struct ActivitySession {
    /// The session.
    pub id: Uuid,
    /// The activity.
    pub activity_id: Uuid,
    /// Its own title, where it has one.
    #[schema(required, max_length = 200)]
    pub title: Option<String>,
    /// When it begins.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// The time zone in which it is announced (IANA).
    #[schema(max_length = 60)]
    pub time_zone: String,
    /// The venue. No two sessions have it at once: each has it from its beginning until just before its end.
    #[schema(required)]
    pub venue_id: Option<Uuid>,
    /// The room, in words; they reserve nothing.
    #[schema(required, max_length = 200)]
    pub room: Option<String>,
    /// Where online.
    #[schema(required, max_length = 2000)]
    pub online_url: Option<String>,
    /// What somebody should know of it.
    #[schema(max_items = 2)]
    pub warnings: Vec<ActivitySessionWarning>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of sessions.
pub type ActivitySessionPage = Page<ActivitySession>;

impl ActivitySession {
    /// A session, with warnings of those of these holidays on which it is.
    pub fn seen(row: Model, holidays: &HashMap<NaiveDate, Localized>) -> Self {
        let warnings = row.days().filter_map(|day| Some(ActivitySessionWarning::holiday(day, holidays.get(&day)?)));
        Self {
            warnings: warnings.collect(),
            id: row.id,
            activity_id: row.activity_id,
            title: row.title,
            starts_at: Instant(row.starts_at),
            ends_at: Instant(row.ends_at),
            time_zone: row.time_zone,
            venue_id: row.venue_id,
            room: row.room,
            online_url: row.online_url,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

/// What somebody should know of a session that may take place all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActivitySessionWarning {
    /// The kind.
    pub code: ActivitySessionWarningCode,
    /// A sentence for people.
    pub message: Localized,
}

/// A kind of warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActivitySessionWarningCode {
    /// It is on a holiday, which the message names.
    Holiday,
}

impl ActivitySessionWarning {
    fn holiday(day: NaiveDate, name: &Localized) -> Self {
        // The day stands in front of a name that may be as long as a text can be.
        let name = |language| name.text(language).chars().take(LONGEST_NAME).collect::<String>();
        let (id, en) = (name(Language::Indonesian), name(Language::English));
        let message = Localized::new(format!("{day} hari libur: {id}"), format!("{day} is a holiday: {en}"));
        Self { code: ActivitySessionWarningCode::Holiday, message }
    }
}

impl Resource for ActivitySession {
    fn path(&self) -> String {
        format!("/api/v1/activity-sessions/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// The time zone of this IANA name.
pub fn zone(name: &str) -> Option<chrono_tz::Tz> {
    name.parse().ok()
}

fn home_zone() -> String {
    HOME_ZONE.to_owned()
}

/// A session to be planned.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "Hari pertama", "starts_at": "2026-12-07T01:00:00.000Z", "ends_at": "2026-12-07T09:00:00.000Z",
    "room": "Ruang pelatihan lantai 2"
}))]
pub struct NewActivitySession {
    /// Its own title.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub title: Option<String>,
    /// When it begins.
    #[validate(custom(function = validation::instant))]
    pub starts_at: Instant,
    /// When it ends, within 24 hours.
    #[validate(custom(function = validation::instant))]
    pub ends_at: Instant,
    /// The time zone in which it is announced (IANA).
    #[validate(length(min = 1, max = 60))]
    #[schema(min_length = 1, max_length = 60, default = "Asia/Pontianak")]
    #[serde(default = "home_zone")]
    pub time_zone: String,
    /// The venue, which must be free then.
    pub venue_id: Option<Uuid>,
    /// The room, in words.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub room: Option<String>,
    /// Where online.
    #[validate(length(min = 1, max = 2000), custom(function = validation::web_address))]
    #[schema(format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    pub online_url: Option<String>,
}

impl NewActivitySession {
    /// Mistakes that its fields have together.
    pub fn mistakes(&self) -> Vec<Violation> {
        let mut wrong = Vec::new();
        if self.ends_at <= self.starts_at {
            wrong.push(Violation::field("ends_at", &ENDS_BEFORE_IT_BEGINS));
        } else if self.ends_at.0 - self.starts_at.0 > LONGEST {
            wrong.push(Violation::field("ends_at", &TOO_LONG_SESSION));
        }
        if zone(&self.time_zone).is_none() {
            wrong.push(Violation::field("time_zone", &NOT_A_TIME_ZONE));
        }
        wrong
    }

    /// Writes it into a row.
    pub fn write(&self, row: &mut ActiveModel) {
        row.title = Set(self.title.clone());
        row.starts_at = Set(self.starts_at.0);
        row.ends_at = Set(self.ends_at.0);
        row.time_zone = Set(self.time_zone.clone());
        row.venue_id = Set(self.venue_id);
        row.room = Set(self.room.clone());
        row.online_url = Set(self.online_url.clone());
    }
}

/// Changes of a session: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"room": "Aula"}))]
pub struct ActivitySessionChanges {
    /// Another title; null clears it.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, pattern = r"\S")]
    #[serde(default)]
    pub title: Patch<String>,
    /// Another beginning.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub starts_at: Option<Instant>,
    /// Another end.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub ends_at: Option<Instant>,
    /// Another time zone.
    #[schema(min_length = 1, max_length = 60, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub time_zone: Option<String>,
    /// Another venue; null gives it up.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub venue_id: Patch<Uuid>,
    /// Another room; null clears it.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, pattern = r"\S")]
    #[serde(default)]
    pub room: Patch<String>,
    /// Another address; null clears it.
    #[schema(value_type = Option<String>, format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    #[serde(default)]
    pub online_url: Patch<String>,
}

impl ActivitySessionChanges {
    /// The session as it is to be.
    pub fn onto(self, row: &Model) -> NewActivitySession {
        NewActivitySession {
            title: self.title.or(row.title.clone()),
            starts_at: self.starts_at.unwrap_or(Instant(row.starts_at)),
            ends_at: self.ends_at.unwrap_or(Instant(row.ends_at)),
            time_zone: self.time_zone.unwrap_or_else(|| row.time_zone.clone()),
            venue_id: self.venue_id.or(row.venue_id),
            room: self.room.or(row.room.clone()),
            online_url: self.online_url.or(row.online_url.clone()),
        }
    }
}

/// Which sessions to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ActivitySessionFilter {
    /// Beginning at this instant or later.
    pub starts_at_gte: Option<Instant>,
    /// Beginning before this instant.
    pub starts_at_lt: Option<Instant>,
}
