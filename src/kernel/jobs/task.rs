//! A job in a worker's hands.

use futures_util::future::LocalBoxFuture;
use sea_orm::sea_query::{Expr, ExprTrait, Query, UpdateStatement};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::Actor;
use super::dto::JobProblem;
use super::entity::{Column, Entity, JobStatus, Model, file};
use super::work::LEASE;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::policy::Access;

/// A kind of jobs, as a chapter gives it.
#[derive(Clone, Copy, Debug)]
pub struct JobKind {
    /// The name, which stays.
    pub name: &'static str,
    /// Does a job. Its last transaction ends with [`Task::finish_in`], from where the proof comes.
    pub run: for<'a> fn(&'a Db, &'a Task) -> LocalBoxFuture<'a, Result<Done>>,
}

/// Proof that a job has ended in the transaction of its last effect.
#[derive(Clone, Copy, Debug)]
pub struct Done(());

/// A job that this worker holds.
#[derive(Clone, Debug)]
pub struct Task {
    row: Model,
    worker: Uuid,
}

impl Task {
    pub(super) const fn new(row: Model, worker: Uuid) -> Self {
        Self { row, worker }
    }

    /// The job.
    pub const fn id(&self) -> Uuid {
        self.row.id
    }

    pub(super) const fn row(&self) -> &Model {
        &self.row
    }

    /// How many parts an earlier worker has done: the work goes on behind them.
    pub const fn done(&self) -> i32 {
        self.row.done
    }

    /// The right in which the job acts: that of whoever asked for it, at the time when they did.
    pub fn access(&self) -> Result<Access> {
        let Some(actor) = &self.row.actor else { return Ok(Access::system()) };
        let actor: Actor = serde_json::from_value(actor.clone()).map_err(Error::internal)?;
        Ok(Access::of(actor.caller, actor.reach))
    }

    /// What is to be done.
    pub fn input<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_value(self.row.input.clone()).map_err(Error::internal)
    }

    /// What an earlier worker has reported.
    pub fn report<T: DeserializeOwned>(&self) -> Result<Option<T>> {
        self.row.report.clone().map(serde_json::from_value).transpose().map_err(Error::internal)
    }

    /// The file to work on.
    pub async fn file(&self, db: &Db) -> Result<Vec<u8>> {
        let row = db.reader().one(file::Entity::find().filter(file::Column::JobId.eq(self.row.id))).await?;
        row.map(|row| row.content).ok_or_else(|| Error::internal("the job has no file"))
    }

    /// An update of the job that changes it only while this worker holds it.
    pub(super) fn held(&self) -> UpdateStatement {
        let mut update = Query::update();
        update.table(Entity).and_where(Expr::col(Column::Id).eq(self.row.id));
        update.and_where(Expr::col(Column::Worker).eq(self.worker));
        update
    }

    /// Says, in the transaction of a part, how far the job is: the part and this are kept or lost together.
    pub async fn save_in(&self, tx: &Tx<'_>, done: usize, total: usize, report: &impl Serialize) -> Result<()> {
        let mut update = self.held();
        update.value(Column::Done, parts(done)?).value(Column::Total, parts(total)?);
        update.value(Column::Report, serde_json::to_value(report).map_err(Error::internal)?);
        update.value(Column::DueAt, tx.now() + LEASE);
        if tx.execute(&update).await? == 0 { Err(lost()) } else { Ok(()) }
    }

    /// Sees to it that this worker still has the job, in the transaction of a part that saves nothing of how far it is.
    pub async fn hold_in(&self, tx: &Tx<'_>) -> Result<()> {
        self.row_in(tx).await.map(|_| ())
    }

    /// Ends the job in the transaction of its last part. With a refusal it has failed, for this reason.
    pub async fn finish_in(
        &self,
        tx: &Tx<'_>,
        parts_done: usize,
        report: &impl Serialize,
        failure: Option<Refusal>,
    ) -> Result<Done> {
        let before = self.row_in(tx).await?;
        let mut row = before.clone().into_active_model();
        row.done = Set(parts(parts_done)?);
        row.total = Set(parts(parts_done)?);
        row.report = Set(Some(serde_json::to_value(report).map_err(Error::internal)?));
        self.end_in(tx, &before, row, failure).await?;
        Ok(Done(()))
    }

    /// Ends the job as failed, and leaves what it has reported.
    pub(super) async fn fail_in(&self, tx: &Tx<'_>, failure: Refusal) -> Result<()> {
        let before = self.row_in(tx).await?;
        self.end_in(tx, &before, before.clone().into_active_model(), Some(failure)).await
    }

    /// The job's row, held, while this worker has it.
    async fn row_in(&self, tx: &Tx<'_>) -> Result<Model> {
        let mine = Entity::find().filter(Column::Id.eq(self.row.id)).filter(Column::Worker.eq(self.worker));
        tx.lock(mine).await.map_err(|error| if matches!(error, Error::Refused(_)) { lost() } else { error })
    }

    async fn end_in(
        &self,
        tx: &Tx<'_>,
        before: &Model,
        mut row: super::entity::ActiveModel,
        failure: Option<Refusal>,
    ) -> Result<()> {
        let problem = failure.map(JobProblem::from).map(serde_json::to_value).transpose().map_err(Error::internal)?;
        let (status, name) = match failure {
            None => (JobStatus::Succeeded, "job.succeeded"),
            Some(_) => (JobStatus::Failed, "job.failed"),
        };
        row.status = Set(status);
        row.problem = Set(problem);
        row.worker = Set(None);
        row.due_at = Set(None);
        row.finished_at = Set(Some(tx.now()));
        tx.update::<Entity>(before, row, Precondition::default(), name).await?;
        // Nobody needs the file any longer, and it may hold personal data.
        let gone = Query::delete()
            .from_table(file::Entity)
            .and_where(Expr::col(file::Column::JobId).eq(self.row.id))
            .to_owned();
        tx.execute(&gone).await.map(|_| ())
    }
}

fn parts(count: usize) -> Result<i32> {
    i32::try_from(count).map_err(Error::internal)
}

fn lost() -> Error {
    Error::internal("the lease has ended: another worker has the job")
}
