//! What is due now and then, in every process: each chore may run in several at once.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use tokio::time::Instant;

use super::entity::{Column, Entity};
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::Result;
use crate::kernel::policy::Access;

/// Between two looks at what is due.
const TICK: Duration = Duration::from_secs(10);

/// Something that is due now and then, as a chapter gives it.
#[derive(Clone, Copy, Debug)]
pub struct Chore {
    /// What it does, for the log of the process.
    pub name: &'static str,
    /// How often.
    pub every: Duration,
    /// Does it.
    pub run: for<'a> fn(&'a Db) -> LocalBoxFuture<'a, Result<()>>,
}

/// How long a job can be read after its end.
const KEPT: TimeDelta = TimeDelta::days(7);

/// Every hour.
pub const FORGET_OLD: Chore = Chore {
    name: "jobs that ended long ago",
    every: Duration::from_hours(1),
    run: |db| async { forget_old(db).await.map(|_| ()) }.boxed_local(),
};

async fn forget_old(db: &Db) -> Result<u64> {
    db.run(Access::system(), async |tx: &Tx<'_>| {
        let delete = Query::delete()
            .from_table(Entity)
            .and_where(Expr::col(Column::FinishedAt).lt(tx.now() - KEPT))
            .and_where(Expr::col(Column::CreatedAt).lt(tx.now() - KEPT))
            .to_owned();
        tx.execute(&delete).await
    })
    .await
}

/// Does every chore as often as it is due; the first time one period from now.
pub async fn tend(db: Db) {
    let mut due: Vec<(Instant, Chore)> =
        db.context().contributions::<Chore>().map(|chore| (Instant::now() + chore.every, *chore)).collect();
    loop {
        tokio::time::sleep(TICK).await;
        for (next, chore) in &mut due {
            if *next <= Instant::now() {
                attend(&db, chore).await;
                *next = Instant::now() + chore.every;
            }
        }
    }
}

/// Does every chore now, one after the other.
pub async fn tend_all(db: &Db) {
    for chore in db.context().contributions::<Chore>() {
        attend(db, chore).await;
    }
}

async fn attend(db: &Db, chore: &Chore) {
    if let Err(error) = (chore.run)(db).await {
        tracing::warn!(chore = chore.name, %error, "a chore failed; it will be tried again");
    }
}
