//! When a campaign is over, its anonymous answers are written anew: with other random ids, in an order that is random as well. What a
//! database shows besides the columns (where a row lies, which transaction wrote it) tells nothing of the order in which people answered.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::{Builder, Uuid};

use super::entity::{ActiveModel, Column, Entity};
use crate::kernel::db::Tx;
use crate::kernel::error::{Error, Result};
use crate::kernel::secret::random_bytes;
use crate::surveys::campaigns::entity::Model as Campaign;

/// Ids that are read at once.
const IDS_AT_ONCE: u64 = 10_000;
/// Answers that are written anew at once.
const ANSWERS_AT_ONCE: usize = 1_000;

/// An id that says nothing (UUID version 4).
pub fn random_id() -> Result<Uuid> {
    Ok(Builder::from_random_bytes(random_bytes()?).into_uuid())
}

/// Writes the anonymous answers of a campaign, whose row is held, anew; answers how many answers there are.
pub async fn shuffle_in(tx: &Tx<'_>, campaign: &Campaign) -> Result<i32> {
    // All ids first: among new ones those that are still to be written anew could not be told.
    let former = ids_in(tx, campaign.id).await?;
    if campaign.is_anonymous {
        for some in former.chunks(ANSWERS_AT_ONCE) {
            write_anew_in(tx, campaign.id, some).await?;
        }
    }
    i32::try_from(former.len()).map_err(Error::internal)
}

/// The ids of a campaign's answers, in their order.
async fn ids_in(tx: &Tx<'_>, campaign_id: Uuid) -> Result<Vec<Uuid>> {
    let mut ids: Vec<Uuid> = Vec::new();
    loop {
        let some = Query::select()
            .column(Column::Id)
            .from(Entity)
            .and_where(Expr::col(Column::CampaignId).eq(campaign_id))
            .and_where_option(ids.last().map(|last| Expr::col(Column::Id).gt(*last)))
            .order_by(Column::Id, Order::Asc)
            .limit(IDS_AT_ONCE)
            .to_owned();
        let page = tx.reader().rows(&some, |row| row.get::<Uuid>(0)).await?;
        if page.is_empty() {
            return Ok(ids);
        }
        ids.extend(page);
    }
}

async fn write_anew_in(tx: &Tx<'_>, campaign_id: Uuid, ids: &[Uuid]) -> Result<()> {
    let these = Condition::all().add(Column::CampaignId.eq(campaign_id)).add(Column::Id.is_in(ids.iter().copied()));
    let answered = tx.reader().all(Entity::find().filter(these.clone())).await?;
    tx.execute(&Query::delete().from_table(Entity).cond_where(these).to_owned()).await?;
    let mut rows = answered.into_iter().map(|row| Ok((random_id()?, row))).collect::<Result<Vec<_>>>()?;
    rows.sort_unstable_by_key(|(id, _)| *id);
    let rows = rows.into_iter().map(|(id, row)| ActiveModel {
        campaign_id: Set(row.campaign_id),
        id: Set(id),
        librarian_id: Set(row.librarian_id),
        answered_on: Set(row.answered_on),
        answers: Set(row.answers),
    });
    tx.put_all::<Entity>(rows).await
}

/// Removes the answers of a campaign for good.
pub async fn forget_in(tx: &Tx<'_>, campaign_id: Uuid) -> Result<()> {
    let delete = Query::delete().from_table(Entity).and_where(Expr::col(Column::CampaignId).eq(campaign_id)).to_owned();
    tx.execute(&delete).await.map(|_| ())
}
