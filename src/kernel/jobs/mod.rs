//! What is done after the request that asked for it was answered: imports, long reports.
//!
//! A job is a row, written in the transaction of what asked for it. A worker takes it up under a lease, which it renews; when the
//! worker dies the lease ends and another worker goes on. Every transaction of a job checks that the lease still holds, and saves
//! with its effect how far the job is ([`Task::save_in`], [`Task::finish_in`]): a part is done once, whatever happens.
//!
//! A chapter gives its kinds of jobs ([`JobKind`]) and what is due now and then ([`Chore`]) among its
//! [`contributions`](crate::kernel::slice::Slice::contributions).

mod accepted;
mod chore;
mod dto;
pub(crate) mod entity;
mod task;
mod work;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use accepted::Accepted;
pub use chore::{Chore, FORGET_OLD, tend, tend_all};
pub use dto::{Job, JobFilter, JobPage, JobProblem, JobProgress};
pub use entity::JobStatus;
pub use task::{Done, JobKind, Task};
pub use work::{JOB_ABANDONED, run_due, work};

use self::entity::{ActiveModel, Column, Entity, file};
use super::auth::Caller;
use super::db::{Db, Reader, Tx};
use super::error::{Error, Result};
use super::policy::{Access, Reach};

/// On whose behalf a job is done: who asked, with the rights of then.
#[derive(Debug, Serialize, Deserialize)]
struct Actor {
    caller: Caller,
    reach: Reach,
}

/// A job to be done.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// The name of its kind.
    pub kind: &'static str,
    /// What exactly, as the kind reads it.
    pub input: serde_json::Value,
    /// The file that it works on.
    pub file: Option<Vec<u8>>,
}

/// Asks for a job, in the transaction of what it follows from, on behalf of whoever acts.
pub async fn enqueue_in(tx: &Tx<'_>, new: NewJob) -> Result<Job> {
    let access = tx.access();
    let actor = access.caller().map(|caller| Actor { caller: caller.clone(), reach: access.reach() });
    let actor = actor.map(serde_json::to_value).transpose().map_err(Error::internal)?;
    let row = ActiveModel {
        kind: Set(new.kind.to_owned()),
        status: Set(JobStatus::Queued),
        owner_id: Set(access.caller().map(|caller| caller.user_id)),
        actor: Set(actor),
        input: Set(new.input),
        done: Set(0),
        total: Set(0),
        attempts: Set(0),
        due_at: Set(Some(tx.now())),
        ..Default::default()
    };
    let row = tx.insert::<Entity>(row, "job.queued").await?;
    if let Some(content) = new.file {
        tx.put::<file::Entity>(file::ActiveModel { job_id: Set(row.id), content: Set(content) }).await?;
    }
    Job::try_from(row)
}

/// Jobs that wait for their turn or are being done.
const UNFINISHED: [JobStatus; 2] = [JobStatus::Queued, JobStatus::Running];

/// Whether a job waits for its turn or is being done.
pub async fn is_under_way(reader: Reader<'_>, id: Uuid) -> Result<bool> {
    let job = Entity::find().filter(Column::Id.eq(id)).filter(Column::Status.is_in(UNFINISHED));
    reader.exists(job).await
}

/// The ids of all that wait for their turn or are being done.
pub fn under_way() -> SelectStatement {
    Query::select().column(Column::Id).from(Entity).and_where(Column::Status.is_in(UNFINISHED)).to_owned()
}

/// Asks for a job alone.
pub async fn enqueue(db: &Db, access: &Access, new: NewJob) -> Result<Job> {
    db.run(access.clone(), async move |tx: &Tx<'_>| enqueue_in(tx, new.clone()).await).await
}
