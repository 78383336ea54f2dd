use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{Interest, InterestFilter, InterestPage, NewInterest};
use super::entity::{ActiveModel, Column, Entity};
use crate::activities::activities::entity::{self as activity, ActivityStatus};
use crate::activities::activities::service::one as activity_of;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::staff::reach;

/// The activity has a date, is not announced, or is over.
pub const NOT_ON_DEMAND: Refusal = Refusal {
    code: "not_on_demand",
    status: 409,
    id: "Minat hanya untuk kegiatan yang diumumkan tanpa tanggal",
    en: "Interest is for announced activities without a date",
};

/// The person said so already.
pub const ALREADY_INTERESTED: Refusal = Refusal {
    code: "already_interested",
    status: 409,
    id: "Minat Anda atas kegiatan ini sudah tercatat",
    en: "Your interest in this activity is known already",
};

/// Who has no professional record takes part in nothing.
pub const NO_RECORD: Refusal = Refusal {
    code: "no_professional_record",
    status: 409,
    id: "Akun ini tidak terhubung dengan data pustakawan",
    en: "This account is not linked to a librarian's record",
};

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt)];

fn visible(access: &Access, db_today: chrono::NaiveDate) -> Select<Entity> {
    Entity::find().filter(reach::within(access, Column::LibrarianId, db_today))
}

/// Lists interests within reach.
pub async fn list(db: &Db, access: &Access, list: &Listing<InterestFilter>) -> Result<InterestPage> {
    let rows = visible(access, db.today()).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    Ok(page.map(Interest::from))
}

/// Reads an interest.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Interest> {
    db.reader().find(visible(access, db.today()).filter(Column::Id.eq(id))).await.map(Interest::from)
}

/// Says that one would take part.
pub async fn create(db: &Db, access: &Access, activity_id: Uuid, new: NewInterest) -> Result<Interest> {
    db.create(access, async move |tx: &Tx<'_>| {
        let activity = tx.lock(activity_of(tx.access(), activity_id)).await?;
        if activity.status != ActivityStatus::Published
            || activity.starts_at.is_some()
            || activity.archived_at.is_some()
        {
            return Err(NOT_ON_DEMAND.into());
        }
        let own = tx.access().own_librarian().ok_or(NO_RECORD)?;
        let row = ActiveModel {
            activity_id: Set(activity.id),
            librarian_id: Set(own),
            note: Set(new.note.clone()),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "interest.created").await.on_duplicate(ALREADY_INTERESTED)?;
        count_in(tx, activity.id, 1).await?;
        Ok(Interest::from(row))
    })
    .await
}

/// Takes an interest back.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let known = visible(tx.access(), tx.today()).filter(Column::Id.eq(id));
        let activity_id = tx.reader().find(known.clone()).await?.activity_id;
        tx.lock(activity::Entity::find().filter(activity::Column::Id.eq(activity_id))).await?;
        let before = tx.reader().find(known).await?;
        tx.delete::<Entity>(&before, expected, "interest.removed").await?;
        count_in(tx, activity_id, -1).await
    })
    .await
}

async fn count_in(tx: &Tx<'_>, activity_id: Uuid, by: i32) -> Result<()> {
    let update = Query::update()
        .table(activity::Entity)
        .value(activity::Column::InterestCount, Expr::col(activity::Column::InterestCount).add(by))
        .and_where(Expr::col(activity::Column::Id).eq(activity_id))
        .to_owned();
    tx.execute(&update).await.map(|_| ())
}
