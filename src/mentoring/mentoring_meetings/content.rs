//! What people say of a meeting, new or changed.

use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::entity::{ActionItems, ActiveModel, MeetingActionItem, Model};
use crate::kernel::clock::Instant;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation::{self, REPEATED, fault};

/// The usual length of a session: 2 JP of 45 minutes.
const fn usual_minutes() -> i32 {
    90
}

fn no_pair_twice(ids: &[Uuid]) -> Result<(), ValidationError> {
    let mut seen = std::collections::HashSet::new();
    if ids.iter().all(|id| seen.insert(id)) { Ok(()) } else { Err(fault(&REPEATED)) }
}

/// A meeting to be planned.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "starts_at": "2026-03-09T02:00:00.000Z", "minutes": 90, "place": "Ruang pengolahan lantai 2",
    "agenda": "Memeriksa sepuluh cantuman koleksi lokal"
}))]
pub struct NewMentoringMeeting {
    /// When it begins.
    #[validate(custom(function = validation::instant))]
    pub starts_at: Instant,
    /// How long it is to be.
    #[validate(range(min = 15, max = 480))]
    #[schema(minimum = 15, maximum = 480, default = 90)]
    #[serde(default = "usual_minutes")]
    pub minutes: i32,
    /// Where.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub place: Option<String>,
    /// Where online.
    #[validate(length(min = 1, max = 2000), custom(function = validation::web_address))]
    #[schema(format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    pub online_url: Option<String>,
    /// What it is to be about.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub agenda: Option<String>,
    /// What was found, for all who take part to read. What is one's own alone stands in the private note.
    #[validate(length(min = 1, max = 10_000))]
    #[schema(min_length = 1, max_length = 10_000)]
    pub shared_notes: Option<String>,
    /// Who is to do what.
    #[validate(nested, length(max = 30))]
    #[schema(max_items = 30)]
    #[serde(default)]
    pub action_items: Vec<MeetingActionItem>,
    /// Other pairs of the same mentor and kind that take part too (group mentoring); for the mentor and admins.
    #[validate(length(max = 29), custom(function = no_pair_twice))]
    #[schema(max_items = 29)]
    #[serde(default)]
    pub other_mentorship_ids: Vec<Uuid>,
}

impl NewMentoringMeeting {
    /// Writes it into a row.
    pub fn write(self, row: &mut ActiveModel) {
        row.starts_at = Set(self.starts_at.0);
        row.minutes = Set(self.minutes);
        row.place = Set(self.place);
        row.online_url = Set(self.online_url);
        row.agenda = Set(self.agenda);
        row.shared_notes = Set(self.shared_notes);
        row.action_items = Set(ActionItems(self.action_items));
    }
}

/// Changes of a meeting: a merge patch (RFC 7396). Once it was held, notes and action items alone.
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "shared_notes": "Titik akses nama daerah perlu diseragamkan",
    "action_items": [{"what": "Mengatalog lima judul koleksi lokal dengan RDA", "due_on": "2026-03-16"}]
}))]
pub struct MentoringMeetingChanges {
    /// Another beginning.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub starts_at: Option<Instant>,
    /// Another length.
    #[schema(minimum = 15, maximum = 480, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub minutes: Option<i32>,
    /// Another place; null clears it.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, pattern = r"\S")]
    #[serde(default)]
    pub place: Patch<String>,
    /// Another address; null clears it.
    #[schema(value_type = Option<String>, format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    #[serde(default)]
    pub online_url: Patch<String>,
    /// Another agenda; null clears it.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 4000)]
    #[serde(default)]
    pub agenda: Patch<String>,
    /// Other notes; null clears them.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 10_000)]
    #[serde(default)]
    pub shared_notes: Patch<String>,
    /// Other action items, all of them.
    #[schema(max_items = 30, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub action_items: Option<Vec<MeetingActionItem>>,
}

impl MentoringMeetingChanges {
    /// Whether it touches what a meeting was planned to be.
    pub fn moves_the_plan(&self) -> bool {
        self.starts_at.is_some()
            || self.minutes.is_some()
            || self.place != Patch::Keep
            || self.online_url != Patch::Keep
            || self.agenda != Patch::Keep
    }

    /// The meeting as it is to be.
    pub fn onto(self, row: &Model) -> NewMentoringMeeting {
        let row = row.clone();
        NewMentoringMeeting {
            starts_at: self.starts_at.unwrap_or(Instant(row.starts_at)),
            minutes: self.minutes.unwrap_or(row.minutes),
            place: self.place.or(row.place),
            online_url: self.online_url.or(row.online_url),
            agenda: self.agenda.or(row.agenda),
            shared_notes: self.shared_notes.or(row.shared_notes),
            action_items: self.action_items.unwrap_or(row.action_items.0),
            other_mentorship_ids: Vec::new(),
        }
    }
}

/// Why a meeting is called off or taken back.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Mentor sedang dinas luar"}))]
pub struct MeetingCancelReason {
    /// For all who take part to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}
