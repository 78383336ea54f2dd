//! What need not be kept any longer: tokens whose time is over, attempts that are forgotten.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::sessions::refresh_token;
use super::{attempts, one_time};
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::Result;
use crate::kernel::jobs::Chore;
use crate::kernel::policy::Access;

/// How long what no longer holds stays, for whoever looks into a case.
const AFTERTIME: TimeDelta = TimeDelta::days(1);

/// Every hour.
pub const FORGET_OLD: Chore = Chore {
    name: "tokens whose time is over",
    every: Duration::from_hours(1),
    run: |db| async { forget_old(db).await.map(|_| ()) }.boxed_local(),
};

/// Deletes what has been over for a day.
pub async fn forget_old(db: &Db) -> Result<u64> {
    db.run(Access::system(), async |tx: &Tx<'_>| {
        let before = tx.now() - AFTERTIME;
        let mut spent = Query::delete();
        spent.from_table(refresh_token::Entity).and_where(Expr::col(refresh_token::Column::ExpiresAt).lt(before));
        let mut tokens = Query::delete();
        tokens.from_table(one_time::Entity).and_where(Expr::col(one_time::Column::ExpiresAt).lt(before));
        let mut tried = Query::delete();
        tried.from_table(attempts::Entity).and_where(Expr::col(attempts::Column::UpdatedAt).lt(before));
        Ok(tx.execute(&spent).await? + tx.execute(&tokens).await? + tx.execute(&tried).await?)
    })
    .await
}
