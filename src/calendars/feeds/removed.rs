//! Sessions that were removed: they stay in calendars as cancelled, for a calendar application forgets nothing by itself.

use futures_util::future::LocalBoxFuture;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use serde_json::Value;

use crate::activities::sessions::entity as session;
use crate::kernel::db::{Record, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::hook::{Change, Hook};

/// A session that is no more.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_removed_sessions")]
pub struct Model {
    /// The session that it was.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub activity_id: Uuid,
    pub title: Option<String>,
    pub starts_at: DateTimeUtc,
    pub ends_at: DateTimeUtc,
    pub time_zone: String,
    /// Its version when it was removed, and one more for that.
    pub version: i32,
    pub removed_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps what a removed session was.
pub const REMEMBER: Hook = Hook { subject_kind: session::Entity::KIND, run: remember };

fn remember<'a>(tx: &'a Tx<'a>, change: Change<'a>) -> LocalBoxFuture<'a, Result<()>> {
    Box::pin(async move {
        if change.name != "activity_session.removed" {
            return Ok(());
        }
        let was = |name: &str| change.fields.get(name).and_then(|values| values.get(0)).cloned().unwrap_or(Value::Null);
        let kept = ActiveModel {
            id: Set(change.subject_id),
            activity_id: Set(read(was("activity_id"))?),
            title: Set(read(was("title"))?),
            starts_at: Set(read(was("starts_at"))?),
            ends_at: Set(read(was("ends_at"))?),
            time_zone: Set(read(was("time_zone"))?),
            version: Set(change.subject_version + 1),
            removed_at: Set(tx.now()),
        };
        tx.put::<Entity>(kept).await.map(|_| ())
    })
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(Error::internal)
}
