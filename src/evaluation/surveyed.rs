//! What closed surveys say of an object: the frozen results of the campaigns that are about it.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::de::IgnoredAny;
use uuid::Uuid;

use crate::kernel::clock::local_date;
use crate::kernel::db::Reader;
use crate::kernel::error::{Error, Result};
use crate::kernel::language::Localized;
use crate::kernel::policy::Access;
use crate::surveys::campaigns::entity::{self as campaign, CampaignStatus, SubjectKind};
use crate::surveys::results::entity::{self as kept, ResultAudience};
use crate::surveys::results::figures::ResultGroup;
use crate::surveys::results::freeze::Frozen;

/// The most campaigns that are looked at.
const MOST_CAMPAIGNS: u64 = 100;

/// A closed campaign and what everybody answered.
pub struct Surveyed {
    /// The campaign.
    pub campaign_id: Uuid,
    /// Its title.
    pub title: Localized,
    /// The day on which it closed.
    pub closed_on: NaiveDate,
    /// How many could answer.
    pub population: Option<i32>,
    /// What everybody answered, as far as it may be told.
    pub overall: ResultGroup,
}

/// The closed campaigns about an object, the first that closed first. Who is no admin knows of what is
/// published alone, as it was published.
pub async fn surveyed(reader: Reader<'_>, kind: SubjectKind, id: Uuid, access: &Access) -> Result<Vec<Surveyed>> {
    let mut rows = campaign::Entity::find()
        .filter(campaign::Column::SubjectId.eq(id))
        .filter(campaign::Column::SubjectKind.eq(kind))
        .filter(campaign::Column::Status.eq(CampaignStatus::Closed))
        .order_by_asc(campaign::Column::CreatedAt)
        .limit(MOST_CAMPAIGNS);
    if !access.is_admin() {
        rows = rows.filter(campaign::Column::PublishedAt.is_not_null());
    }
    let mut rows = reader.all(rows).await?;
    rows.sort_by_key(|row| (row.closed_at, row.id));
    let audience = if access.is_admin() { ResultAudience::Library } else { ResultAudience::Public };
    let kept = kept::Entity::find()
        .filter(kept::Column::CampaignId.is_in(rows.iter().map(|row| row.id)))
        .filter(kept::Column::Audience.eq(audience));
    let mut results: HashMap<Uuid, ResultGroup> = HashMap::new();
    for row in reader.all(kept).await? {
        let frozen: Frozen<IgnoredAny> = serde_json::from_str(&row.content).map_err(Error::internal)?;
        results.insert(row.campaign_id, frozen.report.overall);
    }
    let seen = rows.into_iter().filter_map(|row| {
        Some(Surveyed {
            campaign_id: row.id,
            overall: results.remove(&row.id)?,
            closed_on: row.closed_at.map_or(row.closes_on, local_date),
            population: row.population,
            title: row.title,
        })
    });
    Ok(seen.collect())
}
