//! Jobs as they are kept.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::error::Result;
use crate::kernel::event::Readers;

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum JobStatus {
    /// It waits for its turn.
    Queued,
    /// A worker is at it.
    Running,
    /// Done.
    Succeeded,
    /// Given up; `problem` says why.
    Failed,
}

/// Something to be done after the request that asked for it was answered.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What is to be done: `staff_import`.
    pub kind: String,
    pub status: JobStatus,
    /// The user who asked for it; null for the service itself.
    pub owner_id: Option<Uuid>,
    /// On whose behalf, with the rights of then.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub actor: Option<Json>,
    /// What exactly: the kind's own.
    #[sea_orm(column_type = "JsonBinary")]
    pub input: Json,
    /// Parts done, of `total`; 0 of 0 until that is known.
    pub done: i32,
    pub total: i32,
    /// What came of it so far.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub report: Option<Json>,
    /// Why it failed.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub problem: Option<Json>,
    /// How often a worker took it up.
    pub attempts: i32,
    /// When a worker may take it up: its time, or the end of the lease of the worker that is at it; null once it has ended.
    pub due_at: Option<DateTimeUtc>,
    /// The lease of the worker that is at it.
    pub worker: Option<Uuid>,
    pub started_at: Option<DateTimeUtc>,
    pub finished_at: Option<DateTimeUtc>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "job";
    const COLLECTION: Option<&'static str> = Some("jobs");
    const READERS: Readers = Readers::Admin;

    /// What was done leaves events of its own; the log keeps of a job that it was asked for, and how it ended.
    fn audit(row: &Model) -> Result<serde_json::Value> {
        Ok(json!({"kind": row.kind, "status": row.status, "owner_id": row.owner_id, "problem": row.problem}))
    }
}

/// The file that a job works on; gone once the job has ended.
pub mod file {
    use sea_orm::entity::prelude::*;

    /// The file of one job.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "job_files")]
    pub struct Model {
        /// The job.
        #[sea_orm(primary_key, auto_increment = false)]
        pub job_id: Uuid,
        /// The bytes as they came.
        #[sea_orm(column_type = "Blob")]
        pub content: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
