//! What nobody will miss: announcements that nothing followed, and content that no row speaks of.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::{Column, Entity, FileStatus};
use super::service::discard;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::Result;
use crate::kernel::jobs::Chore;
use crate::kernel::policy::Access;

/// How long content may take to follow, and to be spoken of once it is written.
const PATIENCE: TimeDelta = TimeDelta::days(1);
/// Files of one transaction, and keys of one question to the database.
const AT_ONCE: u16 = 250;

/// Every hour.
pub const CLEAR_AWAY: Chore = Chore {
    name: "files that nobody finished",
    every: Duration::from_hours(1),
    run: |db| clear_away(db).boxed_local(),
};

async fn clear_away(db: &Db) -> Result<()> {
    forget_announced(db).await?;
    remove_orphans(db).await
}

async fn forget_announced(db: &Db) -> Result<()> {
    db.run(Access::system(), async |tx: &Tx<'_>| {
        let old = Entity::find()
            .filter(Column::Status.eq(FileStatus::Pending))
            .filter(Column::CreatedAt.lt(tx.now() - PATIENCE))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .limit(u64::from(AT_ONCE));
        // Each is an object and leaves an event.
        for row in tx.lock_all(old).await? {
            tx.delete::<Entity>(&row, Precondition::default(), "file.forgotten").await?;
        }
        Ok(())
    })
    .await
}

/// The store lists more than one question can hold, so the database is asked for some at a time.
async fn remove_orphans(db: &Db) -> Result<()> {
    let context = db.context();
    let old = context.store.older(&context.secrets, db.now() - PATIENCE).await?;
    for some in old.chunks(AT_ONCE.into()) {
        let known = Entity::find().filter(Column::StorageKey.is_in(some.iter().cloned()));
        let known: BTreeSet<_> = db.reader().all(known).await?.into_iter().filter_map(|row| row.storage_key).collect();
        for key in some.iter().filter(|key| !known.contains(*key)) {
            discard(db, key).await;
        }
    }
    Ok(())
}
