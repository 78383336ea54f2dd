//! A field of a merge patch (RFC 7396): absent keeps, null clears, a value sets.

use sea_orm::{ActiveValue, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use validator::{ValidateEmail, ValidateLength, ValidateRange};

/// What a merge patch says about one field.
///
/// Put `#[serde(default)]` on the field; in the OpenAPI it is `#[schema(value_type = Option<T>)]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// The field is not in the patch: keep what is there.
    #[default]
    Keep,
    /// The field is null: clear it.
    Clear,
    /// The field has a value: set it.
    Set(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Clear, Self::Set))
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    /// As the value itself: what a rule is told of a field that breaks it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<T> Patch<T> {
    /// The value to be set, if there is one.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }

    /// What the field holds afterwards.
    pub fn or(self, current: Option<T>) -> Option<T> {
        match self {
            Self::Keep => current,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }
}

impl<T> Patch<T>
where
    Option<T>: Into<Value>,
{
    /// Writes what the patch says into a nullable column.
    pub fn apply(self, column: &mut ActiveValue<Option<T>>) {
        match self {
            Self::Keep => {}
            Self::Clear => *column = ActiveValue::Set(None),
            Self::Set(value) => *column = ActiveValue::Set(Some(value)),
        }
    }
}

/// Writes an optional value into a column that is never null: absent keeps.
pub fn set<T: Into<Value>>(column: &mut ActiveValue<T>, value: Option<T>) {
    if let Some(value) = value {
        *column = ActiveValue::Set(value);
    }
}

/// Reads a field of a patch that may be absent but not null: it belongs to a column that is never null.
pub fn not_null<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl ValidateLength<u64> for Patch<String> {
    fn length(&self) -> Option<u64> {
        self.value().and_then(ValidateLength::length)
    }
}

impl ValidateEmail for Patch<String> {
    fn as_email_string(&self) -> Option<std::borrow::Cow<'_, str>> {
        self.value().and_then(ValidateEmail::as_email_string)
    }
}

impl ValidateRange<i32> for Patch<i32> {
    fn greater_than(&self, max: i32) -> Option<bool> {
        self.value().map(|value| *value > max)
    }

    fn less_than(&self, min: i32) -> Option<bool> {
        self.value().map(|value| *value < min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Changes {
        #[serde(default)]
        note: Patch<String>,
    }

    #[test]
    fn absent_null_and_value_are_three_things() {
        let parse = |text: &str| serde_json::from_str::<Changes>(text).unwrap().note;
        assert_eq!(parse("{}"), Patch::Keep);
        assert_eq!(parse(r#"{"note":null}"#), Patch::Clear);
        assert_eq!(parse(r#"{"note":"x"}"#), Patch::Set("x".to_owned()));
    }
}
