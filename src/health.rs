//! Health: whether the process lives, and whether it can serve.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::get;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

use crate::kernel::db::Db;
use crate::kernel::error::{Error, OVERLOADED, Result};
use crate::kernel::http::Computed;
use crate::kernel::policy::{Rule, open};
use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_millis(500);

const READ_LIVENESS: Rule = open("read_liveness");
const READ_READINESS: Rule = open("read_readiness");

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "health",
    tags: &[("health", "For load balancers: is the process alive, can it serve?")],
    routes: |_| {},
    root_routes: Some(routes),
    rules: &[READ_LIVENESS, READ_READINESS],
    refusals: &[],
    faults: &[],
    hooks: &[],
    contributions: &[],
};

fn routes(config: &mut ServiceConfig) {
    config.service(read_liveness).service(read_readiness);
}

/// What readiness depends on.
pub struct Health {
    db: Db,
    draining: AtomicBool,
}

impl Health {
    /// Ready as long as the database answers.
    pub fn new(db: Db) -> Self {
        Self { db, draining: AtomicBool::new(false) }
    }

    /// Says from now on that the process takes no more requests.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }
}

/// How it is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(example = json!({"status": "ok"}))]
pub struct HealthReport {
    /// Always `ok`; what is not ok is a problem.
    #[schema(max_length = 10)]
    pub status: &'static str,
}

/// Is it alive?
///
/// The process turns; the database is not asked.
#[utoipa::path(responses((status = OK, description = "It is alive", body = HealthReport)))]
#[get("/health/live", wrap = "READ_LIVENESS")]
pub async fn read_liveness() -> Computed<HealthReport> {
    Computed(HealthReport { status: "ok" })
}

/// Can it serve?
///
/// The database answers within half a second, and the process is not about to stop.
#[utoipa::path(responses((status = OK, description = "It can serve", body = HealthReport)))]
#[get("/health/ready", wrap = "READ_READINESS")]
pub async fn read_readiness(health: Data<Health>) -> Result<Computed<HealthReport>> {
    let answers = tokio::time::timeout(PATIENCE, health.db.ping()).await;
    if health.draining.load(Ordering::Relaxed) || !matches!(answers, Ok(Ok(()))) {
        return Err(Error::later(OVERLOADED, 1));
    }
    Ok(Computed(HealthReport { status: "ok" }))
}
