//! What is entered of a resource, new or changed.

use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use super::dto::LearningResourceKind;
use super::entity::{ActiveModel, Model};
use crate::competencies::aims::{Aims, CompetencyAim};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::text::search_text;
use crate::kernel::validation::{self, NOT_VALID, fault};

fn indonesian() -> String {
    "id".to_owned()
}

/// A language tag: two or three letters, perhaps with further parts (BCP 47).
fn language_tag(tag: &str) -> Result<(), ValidationError> {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let letters = matches!(first.len(), 2 | 3) && first.bytes().all(|byte| byte.is_ascii_lowercase());
    let rest = parts.all(|part| matches!(part.len(), 2..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if letters && rest { Ok(()) } else { Err(fault(&NOT_VALID)) }
}

/// A resource to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "guideline", "title": "Pedoman Pengatalogan RDA", "authors": "Perpustakaan Nasional RI", "published_year": 2022,
    "language": "id", "url": "https://example.org/rda", "minutes": 240
}))]
pub struct NewLearningResource {
    /// What kind of thing it is.
    pub kind: LearningResourceKind,
    /// Its title.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub title: String,
    /// Who made it.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub authors: Option<String>,
    /// Who published it.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub publisher: Option<String>,
    /// When.
    #[validate(range(min = 1000, max = 2999))]
    #[schema(minimum = 1000, maximum = 2999)]
    pub published_year: Option<i32>,
    /// Its language (BCP 47): Indonesian unless said otherwise.
    #[validate(length(min = 2, max = 35), custom(function = language_tag))]
    #[schema(min_length = 2, max_length = 35, pattern = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", default = "id")]
    #[serde(default = "indonesian")]
    pub language: String,
    /// Where it can be read.
    #[validate(length(min = 1, max = 2000), custom(function = validation::web_address))]
    #[schema(format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    pub url: Option<String>,
    /// Where it stands in the library (nomor panggil).
    #[validate(length(min = 1, max = 100), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub location: Option<String>,
    /// What it is about.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub summary: Option<String>,
    /// How many minutes it takes.
    #[validate(range(min = 1, max = 100_000))]
    #[schema(minimum = 1, maximum = 100_000)]
    pub minutes: Option<i32>,
    /// What it helps with, and the level that it leads to; each competency once.
    #[validate(nested, length(max = 20))]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub competencies: Vec<CompetencyAim>,
}

/// Changes of a resource: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"minutes": 180}))]
pub struct LearningResourceChanges {
    /// Another kind.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub kind: Option<LearningResourceKind>,
    /// Another title.
    #[schema(min_length = 1, max_length = 300, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<String>,
    /// Other authors; null clears them.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 300, pattern = r"\S")]
    #[serde(default)]
    pub authors: Patch<String>,
    /// Another publisher; null clears it.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, pattern = r"\S")]
    #[serde(default)]
    pub publisher: Patch<String>,
    /// Another year; null clears it.
    #[schema(value_type = Option<i32>, minimum = 1000, maximum = 2999)]
    #[serde(default)]
    pub published_year: Patch<i32>,
    /// Another language.
    #[schema(min_length = 2, max_length = 35, pattern = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub language: Option<String>,
    /// Another address; null clears it.
    #[schema(value_type = Option<String>, format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    #[serde(default)]
    pub url: Patch<String>,
    /// Another place; null clears it.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100, pattern = r"\S")]
    #[serde(default)]
    pub location: Patch<String>,
    /// Other words; null clears them.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 4000)]
    #[serde(default)]
    pub summary: Patch<String>,
    /// Another length; null clears it.
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 100_000)]
    #[serde(default)]
    pub minutes: Patch<i32>,
    /// Other competencies, all of them.
    #[schema(max_items = 20, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub competencies: Option<Vec<CompetencyAim>>,
}

impl LearningResourceChanges {
    /// What is known of the resource afterwards.
    pub fn onto(self, row: &Model) -> NewLearningResource {
        let row = row.clone();
        NewLearningResource {
            kind: self.kind.unwrap_or(row.kind),
            title: self.title.unwrap_or(row.title),
            authors: self.authors.or(row.authors),
            publisher: self.publisher.or(row.publisher),
            published_year: self.published_year.or(row.published_year),
            language: self.language.unwrap_or(row.language),
            url: self.url.or(row.url),
            location: self.location.or(row.location),
            summary: self.summary.or(row.summary),
            minutes: self.minutes.or(row.minutes),
            competencies: self.competencies.unwrap_or(row.competencies.0),
        }
    }
}

impl NewLearningResource {
    /// Writes what is known into the row.
    pub fn write(self, row: &mut ActiveModel) {
        let parts = [&self.authors, &self.publisher, &self.summary].map(|part| part.as_deref().unwrap_or_default());
        row.search_text = Set(search_text(&[&self.title, parts[0], parts[1], parts[2]]));
        row.kind = Set(self.kind);
        row.title = Set(self.title);
        row.authors = Set(self.authors);
        row.publisher = Set(self.publisher);
        row.published_year = Set(self.published_year);
        row.language = Set(self.language);
        row.url = Set(self.url);
        row.location = Set(self.location);
        row.summary = Set(self.summary);
        row.minutes = Set(self.minutes);
        row.competencies = Set(Aims(self.competencies));
    }
}
