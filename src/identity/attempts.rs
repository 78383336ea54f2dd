//! Guessing is slowed down: after five failures an account, known or not, waits 1 second, then 2, 4 … up to 15 minutes.
//!
//! The attempt is counted before the password is looked at, so that a thousand guesses at once are no more than one after another.

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryTrait;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};

use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::policy::Access;
use crate::kernel::secret::sha256;

/// Failures without consequence.
const FREE_FAILURES: i32 = 5;
/// The longest wait, in seconds.
const LONGEST_WAIT: i64 = 15 * 60;
/// When failures are forgotten.
const MEMORY: TimeDelta = TimeDelta::hours(24);

/// Too many attempts on this account.
pub const TOO_MANY_ATTEMPTS: Refusal = Refusal {
    code: "too_many_attempts",
    status: 429,
    id: "Terlalu banyak percobaan masuk; coba lagi nanti",
    en: "Too many attempts to sign in; try again later",
};

/// Attempts on one address.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_attempts")]
pub struct Model {
    /// SHA-256 of the address, in lower case.
    #[sea_orm(primary_key, auto_increment = false, column_type = "VarBinary(StringLen::None)")]
    pub address_hash: Vec<u8>,
    /// Attempts since the last success, this one included.
    pub failures: i32,
    /// No attempt before this instant.
    pub blocked_until: Option<DateTimeUtc>,
    /// The last attempt.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

fn key(email_key: &str) -> Vec<u8> {
    sha256(email_key.as_bytes()).to_vec()
}

/// Counts an attempt, or refuses it.
pub async fn begin(db: &Db, email_key: &str) -> Result<()> {
    let key = key(email_key);
    db.run(Access::system(), async move |tx: &Tx<'_>| {
        let first = ActiveModel {
            address_hash: Set(key.clone()),
            failures: Set(0),
            blocked_until: Set(None),
            updated_at: Set(tx.now()),
        };
        let first = Entity::insert(first).on_conflict(OnConflict::column(Column::AddressHash).do_nothing().to_owned());
        tx.execute(first.as_query()).await?;
        let row = tx.lock(Entity::find().filter(Column::AddressHash.eq(key.clone()))).await?;
        if let Some(until) = row.blocked_until.filter(|until| *until > tx.now()) {
            let wait = (until - tx.now()).num_seconds() + 1;
            return Err(Error::later(TOO_MANY_ATTEMPTS, wait.unsigned_abs()));
        }
        let failures = if tx.now() - row.updated_at > MEMORY { 1 } else { row.failures.saturating_add(1) };
        let update = Query::update()
            .table(Entity)
            .values([
                (Column::Failures, failures.into()),
                (Column::BlockedUntil, wait(failures).map(|wait| tx.now() + wait).into()),
                (Column::UpdatedAt, tx.now().into()),
            ])
            .and_where(Expr::col(Column::AddressHash).eq(key.clone()))
            .to_owned();
        tx.execute(&update).await.map(|_| ())
    })
    .await
}

/// How long to wait after so many failures.
fn wait(failures: i32) -> Option<TimeDelta> {
    let beyond = u32::try_from(failures - FREE_FAILURES).ok()?;
    let seconds = 1_i64.checked_shl(beyond).unwrap_or(LONGEST_WAIT).clamp(1, LONGEST_WAIT);
    Some(TimeDelta::seconds(seconds))
}

/// Forgets the attempts: one succeeded.
pub async fn succeed_in(tx: &Tx<'_>, email_key: &str) -> Result<()> {
    let delete =
        Query::delete().from_table(Entity).and_where(Expr::col(Column::AddressHash).eq(key(email_key))).to_owned();
    tx.execute(&delete).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let seconds = |failures| wait(failures).map(|wait| wait.num_seconds());
        assert_eq!(seconds(4), None);
        assert_eq!([5, 6, 7].map(seconds), [Some(1), Some(2), Some(4)]);
        assert_eq!([14, 15, 99, i32::MAX].map(seconds), [Some(512), Some(900), Some(900), Some(900)]);
    }
}
