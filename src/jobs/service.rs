use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::jobs::entity::{Column, Entity};
use crate::kernel::jobs::{Job, JobFilter, JobPage};
use crate::kernel::page::{self, Listing, Page, Sortable};
use crate::kernel::policy::{Access, Reach};

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt)];

/// The jobs this caller may know of: their own, for admins all.
fn visible(access: &Access) -> Result<Select<Entity>> {
    Ok(match access.reach() {
        Reach::All => Entity::find(),
        _ => Entity::find().filter(Column::OwnerId.eq(access.signed_in()?.user_id)),
    })
}

/// Lists jobs.
pub async fn list(db: &Db, access: &Access, list: &Listing<JobFilter>) -> Result<JobPage> {
    let rows = visible(access)?.filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    let items = page.items.into_iter().map(Job::try_from).collect::<Result<_>>()?;
    Ok(Page { items, page: page.page })
}

/// Reads a job.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Job> {
    Job::try_from(db.reader().find(visible(access)?.filter(Column::Id.eq(id))).await?)
}
