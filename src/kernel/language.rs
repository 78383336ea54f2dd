//! The two languages in which the service speaks to people.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// A language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Bahasa Indonesia, the default.
    #[default]
    Indonesian,
    /// English.
    English,
}

impl Language {
    /// Chooses by an `Accept-Language` header (RFC 9110, 12.5.4): the best liked of the two, Indonesian where it says nothing.
    pub fn negotiate(header: Option<&str>) -> Self {
        let mut best = (Self::default(), 0.0_f32);
        for range in header.unwrap_or_default().split(',') {
            let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
            let language = match tag.trim().split('-').next().unwrap_or_default() {
                tag if tag.eq_ignore_ascii_case("id") || tag.eq_ignore_ascii_case("in") => Self::Indonesian,
                tag if tag.eq_ignore_ascii_case("en") => Self::English,
                _ => continue,
            };
            let weight =
                parameters.trim().strip_prefix("q=").map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
            if weight > best.1 {
                best = (language, weight);
            }
        }
        best.0
    }

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Indonesian => "id",
            Self::English => "en",
        }
    }

    /// Picks the text in this language.
    pub const fn pick<'a>(self, id: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Indonesian => id,
            Self::English => en,
        }
    }
}

/// A text that ships with the service or is asked of people, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate, FromJsonQueryResult)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"id": "Pengatalogan deskriptif", "en": "Descriptive cataloguing"}))]
pub struct Localized {
    /// The text in Indonesian.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub id: String,
    /// The text in English; null where nobody has translated it yet.
    #[validate(length(min = 1, max = 2000))]
    #[schema(required, min_length = 1, max_length = 2000)]
    #[serde(default)]
    pub en: Option<String>,
}

impl Localized {
    /// A text in both languages.
    pub fn new(id: impl Into<String>, en: impl Into<String>) -> Self {
        Self { id: id.into(), en: Some(en.into()) }
    }

    /// The text in this language, in Indonesian where it is not translated.
    pub fn text(&self, language: Language) -> &str {
        match (language, &self.en) {
            (Language::English, Some(en)) => en,
            _ => &self.id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_liked_language_wins() {
        let negotiate = |header| Language::negotiate(Some(header));
        assert_eq!(Language::negotiate(None), Language::Indonesian);
        assert_eq!(negotiate("en-GB,en;q=0.8"), Language::English);
        assert_eq!(negotiate("fr, en;q=0.3, id;q=0.7"), Language::Indonesian);
        assert_eq!(negotiate("de"), Language::Indonesian);
        assert_eq!(negotiate("id;q=0, en;q=0.1"), Language::English);
    }
}
