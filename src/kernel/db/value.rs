//! SeaORM's values on rusqlite: what is bound is exactly what sqlx would write, and each column is read as its entity declares it.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
use sea_orm::sea_query::{ColumnType, Value};
use sea_orm::{ActiveEnum, QueryResult, TryGetable};
use uuid::Uuid;

use crate::kernel::error::{Error, Result};

/// A value bound to a statement on SQLite.
pub(super) struct Bound<'a>(pub(super) &'a Value);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let owned = match self.0 {
            Value::Bool(Some(value)) => Owned::Integer(i64::from(*value)),
            Value::TinyInt(Some(value)) => Owned::Integer(i64::from(*value)),
            Value::SmallInt(Some(value)) => Owned::Integer(i64::from(*value)),
            Value::Int(Some(value)) => Owned::Integer(i64::from(*value)),
            Value::BigInt(Some(value)) => Owned::Integer(*value),
            Value::Unsigned(Some(value)) => Owned::Integer(i64::from(*value)),
            Value::BigUnsigned(Some(value)) => Owned::Integer(i64::try_from(*value).map_err(unbindable)?),
            Value::Double(Some(value)) => Owned::Real(*value),
            Value::Float(Some(value)) => Owned::Real(f64::from(*value)),
            Value::String(Some(value)) => return Ok(ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes()))),
            Value::Bytes(Some(value)) => return Ok(ToSqlOutput::Borrowed(ValueRef::Blob(value))),
            Value::Uuid(Some(value)) => return Ok(ToSqlOutput::Borrowed(ValueRef::Blob(value.as_bytes()))),
            Value::Json(Some(value)) => Owned::Text(value.to_string()),
            Value::ChronoDate(Some(value)) => Owned::Text(value.format("%F").to_string()),
            Value::ChronoDateTimeUtc(Some(value)) => Owned::Text(instant_text(*value)),
            Value::Bool(None)
            | Value::TinyInt(None)
            | Value::SmallInt(None)
            | Value::Int(None)
            | Value::BigInt(None)
            | Value::Unsigned(None)
            | Value::BigUnsigned(None)
            | Value::Double(None)
            | Value::Float(None)
            | Value::String(None)
            | Value::Bytes(None)
            | Value::Uuid(None)
            | Value::Json(None)
            | Value::ChronoDate(None)
            | Value::ChronoDateTimeUtc(None) => Owned::Null,
            other => return Err(unbindable(std::io::Error::other(format!("{other:?} cannot be bound")))),
        };
        Ok(ToSqlOutput::Owned(owned))
    }
}

fn unbindable(cause: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(cause))
}

/// An instant as sqlx writes it. Fractions are absent or three digits, so that the texts sort as the instants do.
fn instant_text(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::AutoSi, false)
}

/// Reads a column of an entity. SQLite's own declaration cannot tell an `i32` from an `i64`; the entity's can.
pub(super) fn decode(value: ValueRef<'_>, kind: &ColumnType) -> Result<Value> {
    Ok(match kind {
        ColumnType::Uuid => Value::Uuid(Option::from_sqlite(value)?),
        ColumnType::Integer => Value::Int(Option::from_sqlite(value)?),
        ColumnType::BigInteger => Value::BigInt(Option::from_sqlite(value)?),
        ColumnType::Boolean => Value::Bool(Option::from_sqlite(value)?),
        ColumnType::Double => Value::Double(Option::from_sqlite(value)?),
        ColumnType::Date => Value::ChronoDate(Option::from_sqlite(value)?),
        ColumnType::TimestampWithTimeZone => Value::ChronoDateTimeUtc(Option::from_sqlite(value)?),
        ColumnType::Json | ColumnType::JsonBinary => {
            Value::Json(Option::<serde_json::Value>::from_sqlite(value)?.map(Box::new))
        }
        ColumnType::VarBinary(_) | ColumnType::Binary(_) | ColumnType::Blob => {
            Value::Bytes(Option::from_sqlite(value)?)
        }
        ColumnType::String(_) | ColumnType::Text | ColumnType::Char(_) | ColumnType::Enum { .. } => {
            Value::String(Option::from_sqlite(value)?)
        }
        other => return Err(Error::internal(format!("no column of type {other:?} is used here"))),
    })
}

/// The null of a column's type.
pub(super) fn null(kind: &ColumnType) -> Result<Value> {
    decode(ValueRef::Null, kind)
}

/// A type that a column of a report can have, on both databases.
pub trait Cell: TryGetable {
    /// Reads the value as SQLite holds it.
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self>;
}

impl<T: Cell> Cell for Option<T> {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self> {
        match value {
            ValueRef::Null => Ok(None),
            value => T::from_sqlite(value).map(Some),
        }
    }
}

impl Cell for Uuid {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self> {
        Self::from_slice(value.as_blob().map_err(Error::internal)?).map_err(Error::internal)
    }
}

impl Cell for i64 {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self> {
        value.as_i64().map_err(Error::internal)
    }
}

impl Cell for i32 {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self> {
        Self::try_from(value.as_i64().map_err(Error::internal)?).map_err(Error::internal)
    }
}

impl Cell for bool {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self> {
        Ok(value.as_i64().map_err(Error::internal)? != 0)
    }
}

impl Cell for f64 {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self> {
        value.as_f64().map_err(Error::internal)
    }
}

impl Cell for String {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self> {
        value.as_str().map(str::to_owned).map_err(Error::internal)
    }
}

impl Cell for Vec<u8> {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self> {
        value.as_blob().map(<[u8]>::to_vec).map_err(Error::internal)
    }
}

impl Cell for serde_json::Value {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self> {
        serde_json::from_str(value.as_str().map_err(Error::internal)?).map_err(Error::internal)
    }
}

impl Cell for NaiveDate {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self> {
        value.as_str().map_err(Error::internal)?.parse().map_err(Error::internal)
    }
}

impl Cell for DateTime<Utc> {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self> {
        let text = value.as_str().map_err(Error::internal)?;
        DateTime::parse_from_rfc3339(text).map(|instant| instant.with_timezone(&Utc)).map_err(Error::internal)
    }
}

/// Reads an enum from the text that a report found in its column.
pub fn enum_of<T: ActiveEnum<Value = String>>(text: &str) -> Result<T> {
    Ok(T::try_from_value(&text.to_owned())?)
}

/// A row of a report, whichever database it comes from.
#[derive(Clone, Copy)]
pub enum Row<'a> {
    /// From SQLite.
    Sqlite(&'a rusqlite::Row<'a>),
    /// From PostgreSQL.
    Postgres(&'a QueryResult),
}

impl Row<'_> {
    /// The value of the column at this place, counted from 0.
    pub fn get<T: Cell>(&self, index: usize) -> Result<T> {
        match self {
            Self::Sqlite(row) => T::from_sqlite(row.get_ref(index)?),
            Self::Postgres(row) => Ok(row.try_get_by_index(index)?),
        }
    }
}
