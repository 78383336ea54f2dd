use actix_web::get;
use actix_web::web::Data;
use uuid::Uuid;

use super::service;
use crate::jobs::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Path, Tagged};
use crate::kernel::jobs::{Job, JobFilter, JobPage};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(list_jobs).service(read_job);
}

/// List jobs
///
/// The caller's own, for admins all; the latest first (`created_at`). A job is kept for seven days after its end.
#[utoipa::path(params(Listing<JobFilter>), responses((status = OK, description = "A page of jobs", body = JobPage)))]
#[get("/jobs", wrap = "policy::LIST_JOBS")]
pub async fn list_jobs(access: Access, db: Data<Db>, list: Listing<JobFilter>) -> Result<JobPage> {
    service::list(&db, &access, &list).await
}

/// Read a job
///
/// For whoever asked for it, and admins: how far it is, and what came of it. Ask again every second until `finished_at` is set.
#[utoipa::path(responses((status = OK, description = "The job", body = Job)))]
#[get("/jobs/{job_id}", wrap = "policy::READ_JOB")]
pub async fn read_job(access: Access, db: Data<Db>, job_id: Path<Uuid>) -> Result<Tagged<Job>> {
    service::read(&db, &access, *job_id).await.map(Tagged)
}
