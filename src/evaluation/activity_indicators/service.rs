use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{ActivityIndicator, ActivityIndicatorPage, NewActivityIndicator};
use super::entity::{ActiveModel, Column, Entity};
use crate::activities::activities::service::{one as activity_of, visible_ids};
use crate::evaluation::indicators::entity as indicator;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, NoFilter, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{NO_SUCH_OBJECT, Violation};

/// The two are linked already.
pub const INDICATOR_LINKED: Refusal = Refusal {
    code: "indicator_linked",
    status: 409,
    id: "Indikator ini sudah dikaitkan dengan kegiatan ini",
    en: "The indicator is linked to this activity already",
};

/// An activity that is to move everything moves nothing that can be told.
pub const TOO_MANY_ACTIVITY_INDICATORS: Refusal = Refusal {
    code: "too_many_activity_indicators",
    status: 409,
    id: "Sebuah kegiatan paling banyak dikaitkan dengan 20 indikator",
    en: "An activity is linked to twenty indicators at the most",
};

/// The most indicators of an activity.
pub const MOST_LINKS: u64 = 20;

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt)];

/// The links of activities that this caller may know of.
fn visible(access: &Access) -> Select<Entity> {
    Entity::find().filter(Column::ActivityId.in_subquery(visible_ids(access)))
}

/// Lists the indicators of an activity.
pub async fn list(
    db: &Db,
    access: &Access,
    activity_id: Uuid,
    list: &Listing<NoFilter>,
) -> Result<ActivityIndicatorPage> {
    db.reader().find(activity_of(access, activity_id)).await?;
    let rows = Entity::find().filter(Column::ActivityId.eq(activity_id));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "created_at").await?;
    Ok(page.map(ActivityIndicator::from))
}

/// Reads a link.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<ActivityIndicator> {
    db.reader().find(visible(access).filter(Column::Id.eq(id))).await.map(ActivityIndicator::from)
}

/// Links an indicator to an activity, whose row orders what is linked at once.
pub async fn create(
    db: &Db,
    access: &Access,
    activity_id: Uuid,
    new: NewActivityIndicator,
) -> Result<ActivityIndicator> {
    db.create(access, async move |tx: &Tx<'_>| {
        tx.lock(activity_of(tx.access(), activity_id)).await?;
        let known = indicator::Entity::find()
            .filter(indicator::Column::Id.eq(new.indicator_id))
            .filter(indicator::Column::ArchivedAt.is_null());
        if !tx.reader().exists(known).await? {
            return Err(Error::invalid(vec![Violation::field("indicator_id", &NO_SUCH_OBJECT)]));
        }
        let linked = Entity::find().filter(Column::ActivityId.eq(activity_id));
        if tx.reader().count(linked, MOST_LINKS).await? >= MOST_LINKS.cast_signed() {
            return Err(TOO_MANY_ACTIVITY_INDICATORS.into());
        }
        let row = ActiveModel {
            activity_id: Set(activity_id),
            indicator_id: Set(new.indicator_id),
            expectation: Set(new.expectation.clone()),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "activity_indicator.linked").await;
        row.map(ActivityIndicator::from).on_duplicate(INDICATOR_LINKED)
    })
    .await
}

/// Takes a link away.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(visible(tx.access()).filter(Column::Id.eq(id))).await?;
        tx.delete::<Entity>(&before, expected, "activity_indicator.unlinked").await
    })
    .await
}
