//! When a campaign is over, its anonymous answers are written anew: with other random ids, in an order that is random as well. What a
//! database shows besides the columns (where a row lies, which transaction wrote it) tells nothing of the order in which people answered.
//!
//! The first bit of an id says which of the two it is. So whoever goes on after a stop in the middle finds what is left to be done.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::{Builder, Uuid};

use super::entity::{ActiveModel, Column, Entity};
use crate::kernel::db::Tx;
use crate::kernel::error::{Error, Result};
use crate::kernel::secret::random_bytes;
use crate::surveys::results::freeze::AT_ONCE;

/// The first id of an answer that was written anew.
const ANEW: u128 = 1 << 127;

/// An id that says nothing (UUID version 4).
pub fn random_id() -> Result<Uuid> {
    let id = Builder::from_random_bytes(random_bytes()?).into_uuid();
    Ok(Uuid::from_u128(id.as_u128() & !ANEW))
}

/// The same for an answer that is written anew.
fn random_id_anew() -> Result<Uuid> {
    random_id().map(|id| Uuid::from_u128(id.as_u128() | ANEW))
}

/// Writes some of the anonymous answers of a campaign that takes no more anew, and says how many: none once all are.
pub async fn write_anew_in(tx: &Tx<'_>, campaign_id: Uuid) -> Result<usize> {
    let former = Entity::find()
        .filter(Column::CampaignId.eq(campaign_id))
        .filter(Column::Id.lt(Uuid::from_u128(ANEW)))
        .order_by_asc(Column::Id)
        .limit(AT_ONCE);
    let answered = tx.reader().all(former).await?;
    let (Some(last), count) = (answered.last().map(|row| row.id), answered.len()) else { return Ok(0) };
    let these = Condition::all().add(Column::CampaignId.eq(campaign_id)).add(Column::Id.lte(last));
    tx.execute(&Query::delete().from_table(Entity).cond_where(these).to_owned()).await?;
    let mut rows = answered.into_iter().map(|row| Ok((random_id_anew()?, row))).collect::<Result<Vec<_>>>()?;
    rows.sort_unstable_by_key(|(id, _)| *id);
    let rows = rows.into_iter().map(|(id, row)| ActiveModel {
        campaign_id: Set(row.campaign_id),
        id: Set(id),
        librarian_id: Set(row.librarian_id),
        answered_on: Set(row.answered_on),
        answers: Set(row.answers),
    });
    tx.put_all::<Entity>(rows).await?;
    Ok(count)
}

/// How many answers a campaign has.
pub async fn count_in(tx: &Tx<'_>, campaign_id: Uuid) -> Result<i32> {
    let all = Entity::find().filter(Column::CampaignId.eq(campaign_id));
    let count = tx.reader().count(all, u64::from(i32::MAX.unsigned_abs())).await?;
    i32::try_from(count).map_err(Error::internal)
}

/// Removes the answers of a campaign for good.
pub async fn forget_in(tx: &Tx<'_>, campaign_id: Uuid) -> Result<()> {
    let delete = Query::delete().from_table(Entity).and_where(Column::CampaignId.eq(campaign_id)).to_owned();
    tx.execute(&delete).await.map(|_| ())
}
