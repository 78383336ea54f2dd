use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::entity::{Column, Model, offered};
use crate::competencies::aims::CompetencyAim;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::mentoring::availability::{LanguageCode, WeeklyTime};

/// What a librarian offers as a mentor (profil mentor).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "librarian_id": "019a0000-0000-7000-8000-000000000001",
    "competencies": [{"competency_id": "019a0000-0000-7000-8000-000000000002", "level": 4}], "capacity": 3, "places_taken": 2,
    "times": [{"weekday": "tuesday", "starts_at": "09:00", "ends_at": "11:30"}], "languages": ["id", "en"],
    "about": "Pengatalogan dan metadata", "is_active": true, "version": 1, "created_at": "2026-01-05T01:00:00.000Z",
    "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct MentorProfile {
    /// The profile.
    pub id: Uuid,
    /// Whose it is.
    pub librarian_id: Uuid,
    /// What the person helps with, and the level that they can help others reach.
    #[schema(max_items = 30)]
    pub competencies: Vec<CompetencyAim>,
    /// How many mentees the person takes at once.
    #[schema(minimum = 1, maximum = 20)]
    pub capacity: i32,
    /// How many places are taken now: by pairs that are proposed or under way. More than `capacity` where it was lowered since.
    #[schema(minimum = 0, maximum = 10_000)]
    pub places_taken: i32,
    /// When in the week the person has time; empty where they did not say.
    #[schema(max_items = 14)]
    pub times: Vec<WeeklyTime>,
    /// Languages in which the person helps (ISO 639); empty where they did not say.
    #[schema(max_items = 10, value_type = Vec<LanguageCode>)]
    pub languages: Vec<String>,
    /// What the person says of themself.
    #[schema(required, max_length = 2000)]
    pub about: Option<String>,
    /// Whether the person takes on mentees now (aktif); else they pause (jeda).
    pub is_active: bool,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of mentor profiles.
pub type MentorProfilePage = Page<MentorProfile>;

impl MentorProfile {
    /// A profile with the number of places that are taken.
    pub fn seen(row: Model, places_taken: i32) -> Self {
        Self {
            id: row.id,
            librarian_id: row.librarian_id,
            competencies: row.competencies.0,
            capacity: row.capacity,
            places_taken,
            times: row.times.0,
            languages: row.languages.0,
            about: row.about,
            is_active: row.is_active,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for MentorProfile {
    fn path(&self) -> String {
        format!("/api/v1/mentor-profiles/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Which mentor profiles to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MentorProfileFilter {
    /// Of this person.
    pub librarian_id: Option<Uuid>,
    /// Offering this competency.
    pub competency_id: Option<Uuid>,
    /// Offering this level of the competency or a higher one; with `competency_id`.
    #[param(minimum = 1, maximum = 5)]
    pub level_gte: Option<i32>,
    /// Of people who take on mentees now, or of those who pause.
    pub is_active: Option<bool>,
}

impl MentorProfileFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        let offering = self.competency_id.map(|competency| {
            let offering = Query::select()
                .column(offered::Column::MentorProfileId)
                .from(offered::Entity)
                .and_where(Expr::col(offered::Column::CompetencyId).eq(competency))
                .and_where(Expr::col(offered::Column::Level).gte(self.level_gte.unwrap_or(1)))
                .to_owned();
            Column::Id.in_subquery(offering)
        });
        Condition::all()
            .add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id)))
            .add_option(self.is_active.map(|active| Column::IsActive.eq(active)))
            .add_option(offering)
    }
}
