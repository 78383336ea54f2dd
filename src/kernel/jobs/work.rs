//! The workers: one in each process that serves.

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tokio::sync::watch;

use super::entity::{Column, Entity, JobStatus};
use super::task::{JobKind, Task};
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{Error, OVERLOADED, Refusal, Result};
use crate::kernel::policy::Access;

/// How long a worker holds a job without a sign of life.
pub(super) const LEASE: TimeDelta = TimeDelta::seconds(60);
/// Between two signs of life.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// Between two looks for work.
const POLL: Duration = Duration::from_millis(500);
/// How often a job is taken up before it is given up.
const ATTEMPTS: i32 = 5;
/// The wait before the second attempt; it doubles with each.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(10);

/// The job was taken up several times and never came to an end.
pub const JOB_ABANDONED: Refusal = Refusal {
    code: "job_abandoned",
    status: 500,
    id: "Pekerjaan ini beberapa kali dicoba dan tidak pernah selesai",
    en: "This job was tried several times and never came to an end",
};

fn kinds(db: &Db) -> impl Iterator<Item = &'static JobKind> {
    db.context().contributions::<JobKind>()
}

/// Does everything that is due, one after the other, and says how many jobs that was. Any number of processes may call it.
pub async fn run_due(db: &Db) -> Result<usize> {
    let mut count = 0;
    while let Some(task) = claim(db).await? {
        run(db, &task).await?;
        count += 1;
    }
    Ok(count)
}

/// Works until `stop` says so; the job at hand is brought to its end first.
pub async fn work(db: Db, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let found = match claim(&db).await {
            Ok(Some(task)) => run(&db, &task).await.map(|()| true),
            Ok(None) => Ok(false),
            Err(error) => Err(error),
        };
        if let Err(error) = &found {
            tracing::warn!(%error, "jobs wait");
        }
        if !matches!(found, Ok(true)) {
            tokio::select! {
                () = tokio::time::sleep(POLL) => {}
                _ = stop.changed() => {}
            }
        }
    }
}

/// Takes up the job that has waited longest. Two workers that see the same one do not both get it.
async fn claim(db: &Db) -> Result<Option<Task>> {
    let known: Vec<&str> = kinds(db).map(|kind| kind.name).collect();
    let due = move |now| {
        Entity::find()
            .filter(Column::DueAt.lte(now))
            .filter(Column::Kind.is_in(known.iter().copied()))
            .order_by_asc(Column::DueAt)
            .order_by_asc(Column::Id)
    };
    // Most looks find nothing, and a look that finds nothing is no write.
    if !db.reader().exists(due(db.now())).await? {
        return Ok(None);
    }
    db.run(Access::system(), async move |tx: &Tx<'_>| {
        let Some(mut row) = tx.reader().one(due(tx.now())).await? else { return Ok(None) };
        let worker = tx.new_id();
        let seen = row.due_at;
        (row.status, row.attempts) = (JobStatus::Running, row.attempts + 1);
        let task = Task::new(row, worker);
        let mut claim = sea_orm::sea_query::Query::update();
        claim
            .table(Entity)
            .value(Column::Status, JobStatus::Running)
            .value(Column::Worker, worker)
            .value(Column::Attempts, task.row().attempts)
            .value(Column::DueAt, tx.now() + LEASE)
            .value(Column::StartedAt, Func::coalesce([Expr::col(Column::StartedAt), Expr::val(tx.now())]))
            .and_where(Expr::col(Column::Id).eq(task.id()))
            .and_where(Expr::col(Column::DueAt).eq(seen));
        // Somebody was faster: look again.
        if tx.execute(&claim).await? == 0 { Err(Error::Raced) } else { Ok(Some(task)) }
    })
    .await
}

/// Does a job, and sees to it that it ends or waits for another attempt.
async fn run(db: &Db, task: &Task) -> Result<()> {
    let row = task.row();
    let Some(kind) = kinds(db).find(|kind| kind.name == row.kind) else { return Ok(()) };
    let outcome = tokio::select! {
        outcome = (kind.run)(db, task) => outcome,
        () = live(db, task) => return Ok(()),
    };
    let name = match &outcome {
        Ok(_) => "done",
        Err(_) => "error",
    };
    metrics::counter!("jobs_total", "kind" => kind.name, "outcome" => name).increment(1);
    let Err(error) = outcome else { return Ok(()) };
    let refused = error.refused().refusal;
    let passing = refused.status >= 500 || refused == OVERLOADED;
    if passing {
        tracing::error!(job_id = %row.id, kind = kind.name, attempt = row.attempts, %error, "a job failed");
    }
    if passing && row.attempts < ATTEMPTS {
        return put_back(db, task).await;
    }
    let failure = if passing { JOB_ABANDONED } else { refused };
    let task = task.clone();
    let failed = db.run(Access::system(), async move |tx: &Tx<'_>| task.fail_in(tx, failure).await).await;
    if let Err(error) = failed {
        tracing::warn!(%error, "a job that failed is no longer ours");
    }
    Ok(())
}

/// Gives a job back, to be taken up after a while.
async fn put_back(db: &Db, task: &Task) -> Result<()> {
    let wait = FIRST_WAIT * 2_i32.pow(task.row().attempts.clamp(1, ATTEMPTS).cast_unsigned() - 1);
    let mut update = task.held();
    update.value(Column::Status, JobStatus::Queued).value(Column::DueAt, db.now() + wait);
    update.value(Column::Worker, None::<uuid::Uuid>);
    db.run(Access::system(), async move |tx: &Tx<'_>| tx.execute(&update).await.map(|_| ())).await
}

/// Renews the lease until it is lost.
async fn live(db: &Db, task: &Task) {
    loop {
        tokio::time::sleep(HEARTBEAT).await;
        let mut update = task.held();
        update.value(Column::DueAt, db.now() + LEASE);
        match db.run(Access::system(), async move |tx: &Tx<'_>| tx.execute(&update).await).await {
            Ok(0) => {
                tracing::warn!(job_id = %task.id(), "a job was taken over by another worker");
                return;
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(job_id = %task.id(), %error, "the lease of a job was not renewed"),
        }
    }
}
