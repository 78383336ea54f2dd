use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::dto::CampaignSubject;
use super::entity::CampaignAudience;
use crate::kernel::language::Localized;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// A campaign to be prepared.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "questionnaire_id": "019a0000-0000-7000-8000-000000000001",
    "title": {"id": "Survei Kepuasan Masyarakat 2026", "en": "Citizen satisfaction survey 2026"},
    "subject": {"kind": "service", "id": null}, "audience": "readers", "is_anonymous": true, "opens_on": "2026-03-02",
    "closes_on": "2026-03-31", "population": 500
}))]
pub struct NewCampaign {
    /// A published edition of a questionnaire.
    pub questionnaire_id: Uuid,
    /// The title that people read.
    #[validate(nested)]
    pub title: Localized,
    /// What it is about.
    pub subject: Option<CampaignSubject>,
    /// Who is asked.
    pub audience: CampaignAudience,
    /// Whether nobody can be tied to an answer; readers are never asked by name.
    #[serde(default = "yes")]
    #[schema(default = true)]
    pub is_anonymous: bool,
    /// The first day on which it takes answers.
    #[validate(custom(function = validation::day))]
    pub opens_on: NaiveDate,
    /// The last day.
    #[validate(custom(function = validation::day))]
    pub closes_on: NaiveDate,
    /// How many people could answer (N).
    #[validate(range(min = 1, max = 100_000_000))]
    #[schema(minimum = 1, maximum = 100_000_000)]
    pub population: Option<i32>,
}

const fn yes() -> bool {
    true
}

/// Changes of a campaign that is not over: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"closes_on": "2026-04-15", "population": 600}))]
pub struct CampaignChanges {
    /// Another title.
    #[validate(nested)]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<Localized>,
    /// Another first day.
    #[validate(custom(function = validation::day))]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub opens_on: Option<NaiveDate>,
    /// Another last day.
    #[validate(custom(function = validation::day))]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub closes_on: Option<NaiveDate>,
    /// How many people could answer (N); null where nobody knows.
    #[validate(range(min = 1, max = 100_000_000))]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 100_000_000)]
    #[serde(default)]
    pub population: Patch<i32>,
}

/// Why a campaign is called off.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Ada kesalahan pada pertanyaan kedua"}))]
pub struct CampaignReason {
    /// For the staff to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// How results are published.
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Perpustakaan tutup dua pekan karena banjir; sampel dilengkapi tahun depan"}))]
pub struct CampaignPublication {
    /// Why, where fewer answered than the target sample; it is told with the results.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: Option<String>,
}

/// One-time tokens to be made.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"count": 12}))]
pub struct NewCampaignTokens {
    /// How many.
    #[validate(range(min = 1, max = 1000))]
    #[schema(minimum = 1, maximum = 1000)]
    pub count: i32,
}
