//! When a campaign is over, its anonymous answers are written anew: with other random ids, in the order of these. What a database
//! shows besides the columns (where a row lies, which transaction wrote it) tells nothing of the order in which people answered.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::{Builder, Uuid};

use super::entity::{ActiveModel, Column, Entity};
use crate::kernel::db::Tx;
use crate::kernel::error::{Error, Result};
use crate::kernel::secret::random_bytes;
use crate::surveys::campaigns::entity::Model as Campaign;

/// An id that says nothing (UUID version 4).
pub fn random_id() -> Result<Uuid> {
    Ok(Builder::from_random_bytes(random_bytes()?).into_uuid())
}

/// Writes the anonymous answers of a campaign, whose row is held, anew; answers how many answers there are.
pub async fn shuffle_in(tx: &Tx<'_>, campaign: &Campaign) -> Result<i32> {
    let answered = tx.reader().all(Entity::find().filter(Column::CampaignId.eq(campaign.id))).await?;
    let count = i32::try_from(answered.len()).map_err(Error::internal)?;
    if !campaign.is_anonymous {
        return Ok(count);
    }
    forget_in(tx, campaign.id).await?;
    let mut rows = answered.into_iter().map(|row| Ok((random_id()?, row))).collect::<Result<Vec<_>>>()?;
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

/// Removes the answers of a campaign for good.
pub async fn forget_in(tx: &Tx<'_>, campaign_id: Uuid) -> Result<()> {
    let delete = Query::delete().from_table(Entity).and_where(Expr::col(Column::CampaignId).eq(campaign_id)).to_owned();
    tx.execute(&delete).await.map(|_| ())
}
