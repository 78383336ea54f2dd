//! The counting of many answers: a job, some at a time, so that nobody else waits for it.
//!
//! The campaign is closed already, so what is counted stays as it is. Whoever goes on after a stop in the middle writes anew what is
//! left to be written anew, and counts from the beginning.

use std::time::Duration;

use futures_util::FutureExt;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, Select};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::entity::comment;
use super::freeze::{Comments, Results, Rules, comments_of, count, keep_in};
use crate::kernel::clock::local_date;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Result};
use crate::kernel::jobs::{self, Chore, Done, JobKind, NewJob, Task};
use crate::kernel::policy::Access;
use crate::surveys::campaigns::entity::{CampaignStatus, Column, Entity, Model};
use crate::surveys::responses::shuffle::write_anew_in;
use crate::surveys::responses::traces;

/// The jobs that count.
pub const COUNTING: JobKind = JobKind { name: "survey_counting", run: |db, task| run(db, task).boxed_local() };

/// Jobs that one look asks for.
const DUE_AT_ONCE: u64 = 50;

/// What is to be done.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Order {
    campaign_id: Uuid,
}

/// Asks for the counting of a campaign in the transaction that closes it, and says which job does it.
pub async fn enqueue_in(tx: &Tx<'_>, campaign_id: Uuid) -> Result<Uuid> {
    let input = serde_json::to_value(Order { campaign_id }).map_err(Error::internal)?;
    jobs::enqueue_in(tx, NewJob { kind: COUNTING.name, input, file: None }).await.map(|job| job.id)
}

async fn run(db: &Db, task: &Task) -> Result<Done> {
    let Order { campaign_id } = task.input()?;
    let campaign = db.reader().find(Entity::find().filter(Column::Id.eq(campaign_id))).await?;
    let answers = usize::try_from(campaign.response_count.unwrap_or_default()).map_err(Error::internal)?;
    // Each anonymous answer is a part twice: it is written anew, and counted.
    let before_counting = if campaign.is_anonymous { answers } else { 0 };
    let total = before_counting + answers;
    if campaign.is_anonymous {
        write_anew(db, task, campaign_id, total).await?;
    }
    let closed_on = campaign.closed_at.map_or(db.today(), local_date);
    let rules = Rules::of(db.reader(), &campaign, closed_on).await?;
    forget_comments(db, task, campaign_id).await?;
    let keep = async |counted: usize, comments: Comments| {
        let held = task.clone();
        db.run(Access::system(), async move |tx: &Tx<'_>| {
            waiting_in(tx, &held, campaign_id).await?;
            tx.put_all::<comment::Entity>(comments.iter().cloned()).await?;
            held.save_in(tx, before_counting + counted, total, &()).await
        })
        .await
    };
    let counting = count(db.reader(), campaign_id, rules.layout.clone(), keep).await?;
    let results = Results::apart(campaign_id, counting, rules).await?;
    let done = freeze(db, task, campaign_id, total, results).await?;
    if campaign.is_anonymous {
        traces::forget(db).await;
    }
    Ok(done)
}

async fn write_anew(db: &Db, task: &Task, campaign_id: Uuid, total: usize) -> Result<()> {
    let mut done = usize::try_from(task.done()).map_err(Error::internal)?;
    loop {
        let held = task.clone();
        let written = db.run(Access::system(), async move |tx: &Tx<'_>| {
            let written = write_anew_in(tx, campaign_id).await?;
            held.save_in(tx, (done + written).min(total), total, &()).await?;
            Ok(written)
        });
        match written.await? {
            0 => return Ok(()),
            written => done += written,
        }
    }
}

/// The campaign, held, while it waits for just this job: what another has frozen nobody touches.
async fn waiting_in(tx: &Tx<'_>, task: &Task, campaign_id: Uuid) -> Result<Model> {
    let row = tx.lock(Entity::find().filter(Column::Id.eq(campaign_id))).await?;
    if row.results_frozen_at.is_none() && row.job_id == Some(task.id()) {
        Ok(row)
    } else {
        Err(INVALID_TRANSITION.into())
    }
}

/// Whoever counted before and stopped in the middle may have kept some.
async fn forget_comments(db: &Db, task: &Task, campaign_id: Uuid) -> Result<()> {
    let held = task.clone();
    db.run(Access::system(), async move |tx: &Tx<'_>| {
        waiting_in(tx, &held, campaign_id).await?;
        held.hold_in(tx).await?;
        tx.execute(&comments_of(campaign_id)).await.map(|_| ())
    })
    .await
}

async fn freeze(db: &Db, task: &Task, campaign_id: Uuid, parts: usize, results: Results) -> Result<Done> {
    let held = task.clone();
    db.run(task.access()?, async move |tx: &Tx<'_>| {
        let before = waiting_in(tx, &held, campaign_id).await?;
        keep_in(tx, campaign_id, &results).await?;
        let mut row = before.clone().into_active_model();
        row.results_frozen_at = Set(Some(tx.now()));
        tx.update::<Entity>(&before, row, Precondition::default(), "campaign.results_frozen").await?;
        held.finish_in(tx, parts, &(), None).await
    })
    .await
}

/// Every minute.
pub static COUNT_AGAIN: Chore = Chore {
    name: "closed campaigns whose counting was given up",
    every: Duration::from_mins(1),
    run: |db| count_again(db).boxed_local(),
};

/// Closed campaigns that have no results, and no job that makes them.
fn uncounted() -> Select<Entity> {
    Entity::find()
        .filter(Column::Status.eq(CampaignStatus::Closed))
        .filter(Column::ResultsFrozenAt.is_null())
        .filter(Column::JobId.not_in_subquery(jobs::under_way()))
}

async fn count_again(db: &Db) -> Result<()> {
    for found in db.reader().all(uncounted().limit(DUE_AT_ONCE)).await? {
        db.run(Access::system(), async move |tx: &Tx<'_>| {
            // Another process may have asked meanwhile: looked at again once the row is held, for what a statement that waited
            // for the row sees of other tables is older than the row.
            let before = tx.lock(Entity::find().filter(Column::Id.eq(found.id))).await?;
            if !tx.reader().exists(uncounted().filter(Column::Id.eq(found.id))).await? {
                return Ok(());
            }
            let mut row = before.clone().into_active_model();
            row.job_id = Set(Some(enqueue_in(tx, before.id).await?));
            tx.update::<Entity>(&before, row, Precondition::default(), "campaign.counted_again").await.map(|_| ())
        })
        .await?;
    }
    Ok(())
}
