//! Gives each committed event its number and its link in the chain.

use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ActiveValue, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::seal::{head_content, link};
use super::{BATCH, Column, Entity, head};
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::policy::Access;

/// The longest that a committed event waits for its number.
pub const SEQUENCING_INTERVAL: Duration = Duration::from_millis(100);
/// The advisory lock of the sequencer on PostgreSQL.
const SEQUENCER_LOCK: i64 = 0x62_69_6E_61;

/// Numbers and chains what was committed since the last pass. Any number of processes may call it; one works at a time.
pub async fn sequence(db: &Db) -> Result<usize> {
    let mut total = 0;
    loop {
        let numbered = db.run(Access::system(), async |tx: &Tx<'_>| sequence_in(tx).await).await?;
        total += numbered;
        if u64::try_from(numbered).map_err(Error::internal)? < BATCH {
            return Ok(total);
        }
    }
}

async fn sequence_in(tx: &Tx<'_>) -> Result<usize> {
    if !tx.try_advisory_lock(SEQUENCER_LOCK).await? {
        return Ok(0);
    }
    let waiting = Entity::find()
        .filter(Column::Seq.is_null())
        .order_by_asc(Column::OccurredAt)
        .order_by_asc(Column::Id)
        .limit(BATCH);
    let waiting = tx.reader().all(waiting).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let head = tx.reader().one(head::Entity::find()).await?;
    let (mut seq, mut hash) = head.as_ref().map_or((0, Vec::new()), |head| (head.seq, head.hash.clone()));
    for event in &waiting {
        seq += 1;
        hash = link(&hash, seq, &event.seal).to_vec();
        let number = Query::update()
            .table(Entity)
            .value(Column::Seq, seq)
            .value(Column::Hash, hash.clone())
            .and_where(Expr::col(Column::Id).eq(event.id))
            .to_owned();
        tx.execute(&number).await?;
    }
    let seal = tx.context().secrets.log_seal(&head_content(seq, &hash)).to_vec();
    if head.is_some() {
        let update = Query::update()
            .table(head::Entity)
            .values([
                (head::Column::Seq, seq.into()),
                (head::Column::Hash, hash.into()),
                (head::Column::Seal, seal.into()),
            ])
            .to_owned();
        tx.execute(&update).await?;
    } else {
        let first = head::ActiveModel {
            id: ActiveValue::Set(1),
            seq: ActiveValue::Set(seq),
            hash: ActiveValue::Set(hash),
            seal: ActiveValue::Set(seal),
        };
        tx.put::<head::Entity>(first).await?;
    }
    Ok(waiting.len())
}
