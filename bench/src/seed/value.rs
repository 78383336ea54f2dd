//! A value of a column, written as the service's driver writes it.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{
    ToSql,
    types::{ToSqlOutput, Value as SqliteValue},
};
use uuid::Uuid;

/// A value of a column.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// True or false.
    Bool(bool),
    /// Text; JSON too.
    Text(String),
    /// An id.
    Id(Uuid),
    /// A day.
    Day(NaiveDate),
    /// An instant.
    At(DateTime<Utc>),
}

/// SQLite: ids as 16 bytes, days as `YYYY-MM-DD`, instants as RFC 3339 with `+00:00`.
impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Owned(match self {
            Self::Null => SqliteValue::Null,
            Self::Int(number) => SqliteValue::Integer(*number),
            Self::Bool(yes) => SqliteValue::Integer((*yes).into()),
            Self::Text(text) => SqliteValue::Text(text.clone()),
            Self::Id(id) => SqliteValue::Blob(id.as_bytes().to_vec()),
            Self::Day(day) => SqliteValue::Text(day.to_string()),
            Self::At(at) => SqliteValue::Text(at.to_rfc3339()),
        }))
    }
}

impl Value {
    /// Appends the value in the text format of PostgreSQL's `COPY`.
    pub(crate) fn copy_to(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("\\N"),
            Self::Int(number) => out.push_str(&number.to_string()),
            Self::Bool(yes) => out.push_str(if *yes { "t" } else { "f" }),
            Self::Text(text) => text.chars().for_each(|character| match character {
                '\\' => out.push_str("\\\\"),
                '\t' => out.push_str("\\t"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                other => out.push(other),
            }),
            Self::Id(id) => out.push_str(&id.to_string()),
            Self::Day(day) => out.push_str(&day.to_string()),
            Self::At(at) => out.push_str(&at.to_rfc3339()),
        }
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Uuid> for Value {
    fn from(id: Uuid) -> Self {
        Self::Id(id)
    }
}

impl From<NaiveDate> for Value {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<DateTime<Utc>> for Value {
    fn from(at: DateTime<Utc>) -> Self {
        Self::At(at)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
