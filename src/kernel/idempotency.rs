//! The same request, sent again with its Idempotency-Key, is done once and answered alike.
//!
//! The key's row is written in the transaction of the effect: there is never the one without the other.
//! (draft-ietf-httpapi-idempotency-key-header; what fails is not kept, so a retry runs anew.)

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ActiveValue, QueryTrait};
use serde::Serialize;

use super::db::{Db, Tx};
use super::error::{Error, IDEMPOTENCY_KEY_REUSED, Result};
use super::http::Computed;
use super::jobs::Chore;
use super::policy::Access;

/// How long an answer is kept.
const KEPT: TimeDelta = TimeDelta::hours(48);

/// A request that wants to be done once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// SHA-256 of caller, method, path template and key: where the answer is kept.
    pub scope: Vec<u8>,
    /// SHA-256 of method, path, query and body: what was asked.
    pub fingerprint: Vec<u8>,
}

/// An answer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The HTTP status.
    pub status: i32,
    /// Where the created object is.
    pub location: Option<String>,
    /// The object's version, for the ETag.
    pub version: Option<i32>,
    /// The JSON body; absent for 204.
    pub body: Option<String>,
}

/// What a write did, for the status of its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An object is new: 201.
    Created,
    /// Something changed: 200.
    Changed,
}

/// What a service function returns from a write.
pub trait Answer {
    /// The answer as it is kept.
    fn stored(&self, outcome: Outcome) -> Result<StoredAnswer>;
}

/// An object of the API: it has a canonical address and a version.
pub trait Resource: Serialize {
    /// The canonical path: `/api/v1/units/…`.
    fn path(&self) -> String;
    /// The version, for ETag and If-Match.
    fn version(&self) -> i32;
}

impl<T: Resource> Answer for T {
    fn stored(&self, outcome: Outcome) -> Result<StoredAnswer> {
        Ok(StoredAnswer {
            status: if outcome == Outcome::Created { 201 } else { 200 },
            location: (outcome == Outcome::Created).then(|| self.path()),
            version: Some(self.version()),
            body: Some(serde_json::to_string(self).map_err(Error::internal)?),
        })
    }
}

impl<T: Serialize> Answer for Computed<T> {
    fn stored(&self, _: Outcome) -> Result<StoredAnswer> {
        let body = serde_json::to_string(&self.0).map_err(Error::internal)?;
        Ok(StoredAnswer { status: 200, location: None, version: None, body: Some(body) })
    }
}

impl Answer for () {
    fn stored(&self, _: Outcome) -> Result<StoredAnswer> {
        Ok(StoredAnswer { status: 204, location: None, version: None, body: None })
    }
}

/// A kept answer.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    /// SHA-256 of caller, method, path template and key.
    #[sea_orm(primary_key, auto_increment = false, column_type = "VarBinary(StringLen::None)")]
    pub scope: Vec<u8>,
    /// What was asked.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub fingerprint: Vec<u8>,
    /// The status; null while the transaction runs.
    pub status: Option<i32>,
    /// Where the created object is.
    pub location: Option<String>,
    /// The object's version.
    pub object_version: Option<i32>,
    /// The body.
    pub body: Option<String>,
    /// When.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Takes the key for this transaction, or says what was answered the first time.
pub(super) async fn claim(tx: &Tx<'_>, key: &IdempotencyKey) -> Result<()> {
    let row = ActiveModel {
        scope: ActiveValue::Set(key.scope.clone()),
        fingerprint: ActiveValue::Set(key.fingerprint.clone()),
        created_at: ActiveValue::Set(tx.now()),
        ..Default::default()
    };
    // A transaction that holds the key is waited for; on PostgreSQL the insert itself waits.
    let insert = Entity::insert(row).on_conflict(OnConflict::column(Column::Scope).do_nothing().to_owned());
    if tx.execute(insert.as_query()).await? == 1 {
        return Ok(());
    }
    let kept = tx.reader().find(Entity::find().filter(Column::Scope.eq(key.scope.clone()))).await?;
    if kept.fingerprint != key.fingerprint {
        return Err(IDEMPOTENCY_KEY_REUSED.into());
    }
    let status = kept.status.ok_or(Error::Raced)?;
    let answer = StoredAnswer { status, location: kept.location, version: kept.object_version, body: kept.body };
    Err(Error::Replayed(Box::new(answer)))
}

/// Keeps the answer with the effect.
pub(super) async fn keep(tx: &Tx<'_>, key: &IdempotencyKey, answer: StoredAnswer) -> Result<()> {
    let update = Query::update()
        .table(Entity)
        .values([
            (Column::Status, Some(answer.status).into()),
            (Column::Location, answer.location.into()),
            (Column::ObjectVersion, answer.version.into()),
            (Column::Body, answer.body.into()),
        ])
        .and_where(Expr::col(Column::Scope).eq(key.scope.clone()))
        .to_owned();
    tx.execute(&update).await?;
    Ok(())
}

/// Every hour.
pub const FORGET_OLD: Chore = Chore {
    name: "answers whose time is over",
    every: Duration::from_hours(1),
    run: |db| async { forget_old(db).await.map(|_| ()) }.boxed_local(),
};

/// Forgets answers whose time is over.
pub async fn forget_old(db: &Db) -> Result<u64> {
    let before = db.now() - KEPT;
    db.run(Access::system(), async move |tx: &Tx<'_>| {
        let delete = Query::delete().from_table(Entity).and_where(Expr::col(Column::CreatedAt).lt(before)).to_owned();
        tx.execute(&delete).await
    })
    .await
}
