//! Cursors: the place in a list as an opaque text that nobody else can make.

use data_encoding::BASE64URL_NOPAD;
use sea_orm::ModelTrait;
use sea_orm::sea_query::{ColumnType, Value};
use serde::{Deserialize, Serialize};

use super::Keys;
use crate::kernel::db::Stored;
use crate::kernel::error::{Error, INVALID_CURSOR, Result};
use crate::kernel::query::wrong;
use crate::kernel::secret::Secrets;
use crate::kernel::validation::{NOT_VALID, Violation};

/// The most characters of a cursor.
pub const LONGEST_CURSOR: usize = 2000;
/// What a cursor is made of, for the OpenAPI.
pub const CURSOR_PATTERN: &str = "^[A-Za-z0-9_-]+$";

/// A cursor of the right form. Whether it is one of ours, and of this list, is seen when it is opened.
pub fn cursor(value: String) -> Result<String> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if (1..=LONGEST_CURSOR).contains(&value.len()) && value.bytes().all(allowed) {
        Ok(value)
    } else {
        Err(wrong(Violation::parameter("cursor", &NOT_VALID)))
    }
}

/// What a cursor remembers.
#[derive(Serialize, Deserialize)]
pub(super) struct Position {
    /// The sort values and the id of the row that it stands at, as texts.
    pub(super) values: Vec<String>,
    /// Whether it goes back.
    pub(super) back: bool,
    /// The list that it belongs to.
    list: String,
}

pub(super) fn seal<E: Stored>(
    secrets: &Secrets,
    keys: &Keys<E>,
    row: &E::Model,
    back: bool,
    list: &str,
) -> Result<String> {
    let values = keys.iter().map(|(column, _)| to_text(row.get(*column))).collect::<Result<_>>()?;
    let content = serde_json::to_vec(&Position { values, back, list: list.to_owned() }).map_err(Error::internal)?;
    let mut whole = secrets.cursor_tag(&content).to_vec();
    whole.extend_from_slice(&content);
    Ok(BASE64URL_NOPAD.encode(&whole))
}

pub(super) fn open(secrets: &Secrets, cursor: &str, list: &str) -> Result<Position> {
    let whole = BASE64URL_NOPAD.decode(cursor.as_bytes()).map_err(|_| Error::from(INVALID_CURSOR))?;
    let (tag, content) = whole.split_at_checked(12).ok_or_else(|| Error::from(INVALID_CURSOR))?;
    if secrets.cursor_tag(content) != tag {
        return Err(INVALID_CURSOR.into());
    }
    let position: Position = serde_json::from_slice(content).map_err(|_| Error::from(INVALID_CURSOR))?;
    if position.list == list { Ok(position) } else { Err(INVALID_CURSOR.into()) }
}

fn to_text(value: Value) -> Result<String> {
    Ok(match value {
        Value::Uuid(Some(value)) => value.to_string(),
        Value::String(Some(value)) => value,
        Value::Int(Some(value)) => value.to_string(),
        Value::BigInt(Some(value)) => value.to_string(),
        Value::Bool(Some(value)) => value.to_string(),
        Value::ChronoDate(Some(value)) => value.to_string(),
        Value::ChronoDateTimeUtc(Some(value)) => value.timestamp_millis().to_string(),
        other => return Err(Error::internal(format!("a list cannot be sorted by {other:?}"))),
    })
}

pub(super) fn from_text(kind: &ColumnType, text: &str) -> Result<Value> {
    let foreign = || Error::from(INVALID_CURSOR);
    Ok(match kind {
        ColumnType::Uuid => text.parse::<uuid::Uuid>().map_err(|_| foreign())?.into(),
        ColumnType::Integer => text.parse::<i32>().map_err(|_| foreign())?.into(),
        ColumnType::BigInteger => text.parse::<i64>().map_err(|_| foreign())?.into(),
        ColumnType::Boolean => text.parse::<bool>().map_err(|_| foreign())?.into(),
        ColumnType::Date => text.parse::<chrono::NaiveDate>().map_err(|_| foreign())?.into(),
        ColumnType::TimestampWithTimeZone => {
            let millis = text.parse().map_err(|_| foreign())?;
            chrono::DateTime::from_timestamp_millis(millis).ok_or_else(foreign)?.into()
        }
        _ => text.to_owned().into(),
    })
}
