//! Jobs as they go over the wire.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::entity::{Column, JobStatus, Model};
use crate::kernel::clock::Instant;
use crate::kernel::error::{Error, Refusal};
use crate::kernel::idempotency::Resource;
use crate::kernel::imports::ImportReport;
use crate::kernel::language::Localized;
use crate::kernel::page::{AnyOf, Page};

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"done": 150, "total": 300}))]
pub struct JobProgress {
    /// Parts done.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub done: i32,
    /// Parts in all; 0 until that is known.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub total: i32,
}

/// Why a job failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "code": "import_rejected",
    "message": {"id": "Ada baris yang salah; tidak ada yang disimpan", "en": "Some rows are wrong; nothing was written"}
}))]
pub struct JobProblem {
    /// The stable code, explained at `/problems/{code}`.
    #[schema(max_length = 60)]
    pub code: String,
    /// The same in words.
    pub message: Localized,
}

impl From<Refusal> for JobProblem {
    fn from(refusal: Refusal) -> Self {
        Self { code: refusal.code.to_owned(), message: Localized::new(refusal.id, refusal.en) }
    }
}

/// Something that is done after the request that asked for it was answered (pekerjaan latar).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000070", "kind": "staff_import", "status": "running",
    "owner_id": "019a0000-0000-7000-8000-000000000001", "progress": {"done": 150, "total": 300}, "report": null, "problem": null,
    "attempts": 1, "version": 1, "created_at": "2026-03-02T01:00:00.000Z", "started_at": "2026-03-02T01:00:00.500Z",
    "finished_at": null
}))]
pub struct Job {
    /// The job.
    pub id: Uuid,
    /// What is done: `staff_import`, `framework_import`, `matching`, `survey_counting`.
    #[schema(max_length = 60)]
    pub kind: String,
    /// How far it is.
    pub status: JobStatus,
    /// The user who asked for it; null for the service itself.
    #[schema(required)]
    pub owner_id: Option<Uuid>,
    /// How much of it is done.
    pub progress: JobProgress,
    /// What an import did or would do, as far as it is; null before it has begun.
    #[schema(required)]
    pub report: Option<ImportReport>,
    /// Why it failed; null unless it did.
    #[schema(required)]
    pub problem: Option<JobProblem>,
    /// How often a worker took it up: more than once when a process stopped in the middle.
    #[schema(minimum = 0, maximum = 100)]
    pub attempts: i32,
    /// Counts the changes of its state by whoever asked, not its progress.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was asked for.
    pub created_at: Instant,
    /// When a worker first took it up.
    #[schema(required)]
    pub started_at: Option<Instant>,
    /// When it ended; it can be read for seven days more.
    #[schema(required)]
    pub finished_at: Option<Instant>,
}

/// A page of jobs.
pub type JobPage = Page<Job>;

impl TryFrom<Model> for Job {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        Ok(Self {
            id: row.id,
            kind: row.kind,
            status: row.status,
            owner_id: row.owner_id,
            progress: JobProgress { done: row.done, total: row.total },
            // Whoever has nothing to report of an import leaves null.
            report: row
                .report
                .filter(|report| !report.is_null())
                .map(serde_json::from_value)
                .transpose()
                .map_err(Error::internal)?,
            problem: row.problem.map(serde_json::from_value).transpose().map_err(Error::internal)?,
            attempts: row.attempts,
            version: row.version,
            created_at: Instant(row.created_at),
            started_at: row.started_at.map(Instant),
            finished_at: row.finished_at.map(Instant),
        })
    }
}

impl Resource for Job {
    fn path(&self) -> String {
        format!("/api/v1/jobs/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Which jobs to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct JobFilter {
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "succeeded,failed", pattern = "^(queued|running|succeeded|failed)(,(queued|running|succeeded|failed))*$")]
    pub status: Option<AnyOf<JobStatus>>,
    /// Of this kind.
    #[param(max_length = 60, example = "staff_import")]
    pub kind: Option<String>,
}

impl JobFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.status.as_ref().map(|any| Column::Status.is_in(any.0.iter().copied())))
            .add_option(self.kind.as_deref().map(|kind| Column::Kind.eq(kind)))
    }
}
