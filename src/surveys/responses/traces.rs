//! What databases keep of rows that are gone. A used token's row and the answer are of one transaction, so as long as the row can be
//! found on the disk, whoever holds the instance's secret and knows who got which token can tell whose answer it is.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt;
use sea_orm::{ColumnTrait, EntityName, EntityTrait, QueryFilter};

use super::entity::Entity;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::jobs::Chore;
use crate::surveys::campaigns::entity::{self as campaign, CampaignStatus, token};

/// How long after a close it is done again: what another transaction could still see at first is gone by then.
const AFTER_A_CLOSE: TimeDelta = TimeDelta::hours(3);

/// Takes what is left of used tokens, and of answers that were written anew, from the disk. Where that fails it is done again within
/// the hour.
pub async fn forget(db: &Db) {
    if let Err(error) = db.scrub(&[token::Entity.table_name(), Entity.table_name()]).await {
        tracing::warn!(%error, "what is left of used tokens could not be taken from the disk; it will be tried again");
    }
}

/// Every hour.
pub static FORGET_TRACES: Chore = Chore {
    name: "what is left of used tokens",
    every: Duration::from_hours(1),
    run: |db| forget_due(db).boxed_local(),
};

async fn forget_due(db: &Db) -> Result<()> {
    let anonymous = || campaign::Entity::find().filter(campaign::Column::IsAnonymous.eq(true));
    let over = anonymous().filter(campaign::Column::ClosedAt.gt(db.now() - AFTER_A_CLOSE));
    if db.reader().exists(over).await? {
        return db.scrub(&[token::Entity.table_name(), Entity.table_name()]).await;
    }
    let open = anonymous()
        .filter(campaign::Column::Status.eq(CampaignStatus::Open))
        .filter(campaign::Column::TokensIssued.gt(0));
    // Only the tokens, which are few: answers of open campaigns are not written anew.
    if db.reader().exists(open).await? { db.scrub(&[token::Entity.table_name()]).await } else { Ok(()) }
}
