use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::Duration;

use actix_web::web::Data;
use actix_web::{App, HttpResponse, HttpServer, web};
use clap::Args;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::sync::watch;

use crate::app::{self, Options, Shared};
use crate::config::{DatabaseOptions, FileOptions, SecretOptions, ServerOptions, Switch};
use crate::kernel::db::Db;
use crate::kernel::error::{Error, OVERLOADED, Result};
use crate::kernel::{event, jobs, schema};

/// How long requests under way may take when the process stops.
const SHUTDOWN_SECONDS: u64 = 25;
/// How long the job at hand may take when the process stops; what takes longer is done anew by another worker.
const JOB_SECONDS: u64 = 20;
/// Between two looks at the keys and limits of this process.
const HOUSEKEEPING: Duration = Duration::from_hours(1);

/// Serve the API.
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    database: DatabaseOptions,
    #[command(flatten)]
    secret: SecretOptions,
    #[command(flatten)]
    files: FileOptions,
    #[command(flatten)]
    server: ServerOptions,
    /// Do not bring the schema up to date; refuse to start when it is not.
    #[arg(long)]
    no_migrate: bool,
}

impl Serve {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let secrets = super::secrets(&self.secret)?;
        let location = self.database.location().map_err(Error::internal)?;
        let lock = schema::lock(&location)?;
        if !schema::is_current(&location).await? {
            if self.no_migrate {
                return Err(Error::internal("the schema is not up to date: run `bina migrate`"));
            }
            schema::migrate(&location).await?;
        }
        let store = self.files.store(&location)?;
        let db = super::open(&self.database, secrets, store).await?;
        crate::demo::seed(&db).await?;
        announce_setup(&db).await?;
        let addr = self.server.addr;
        listen(db, &self.server, || println!("listening on http://{addr}")).await?;
        drop(lock);
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints, on a database without accounts, the token that makes the first admin.
async fn announce_setup(db: &Db) -> Result<()> {
    if let Some(token) = crate::identity::setup::service::begin(db).await? {
        println!(
            "There is no account yet. Within 24 hours, make the first admin with this token, which is not shown again:"
        );
        println!("  POST /api/v1/auth/setup {{\"token\": \"{token}\", \"email\": …, \"name\": …, \"password\": …}}");
        println!("or, at any time, with `bina admin create`.");
    }
    Ok(())
}

/// Serves until the process is asked to stop.
pub(super) async fn listen(db: Db, server: &ServerOptions, ready: impl FnOnce()) -> Result<()> {
    let metrics = PrometheusBuilder::new().install_recorder().map_err(Error::internal)?;
    let options = Options {
        public_url: server.public_url.clone(),
        rate_limits: server.rate_limits == Switch::On,
        capacity: server.capacity,
        trust_proxy: server.trust_proxy == Switch::On,
        cors_origins: server.cors_origins.clone(),
        require_admin_mfa: server.require_admin_mfa == Switch::On,
        security_contact: server.security_contact.clone(),
    };
    let shared = Shared::prepare(db.clone(), options).await?;
    let chores = [
        actix_web::rt::spawn(sequence(db.clone())),
        actix_web::rt::spawn(jobs::tend(db.clone())),
        actix_web::rt::spawn(keep_house(shared.clone())),
    ];
    let (stop, stopped) = watch::channel(false);
    let worker = actix_web::rt::spawn(jobs::work(db.clone(), stopped));
    if let Some(addr) = server.metrics_addr {
        serve_metrics(addr, metrics)?;
    }
    let workers = server.workers.unwrap_or_else(|| std::thread::available_parallelism().map_or(2, usize::from));
    let (health, front) = (shared.health.clone(), shared.front.clone());
    let drain = Duration::from_secs(server.drain_seconds);
    let http = HttpServer::new(move || app::build(shared.clone()))
        .workers(workers)
        .max_connections(2_000)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .disable_signals()
        .bind(server.addr)
        .map_err(|error| Error::internal(format!("cannot listen on {}: {error}", server.addr)))?
        .run();
    let handle = http.handle();
    ready();
    actix_web::rt::spawn(async move {
        asked_to_stop().await;
        health.drain();
        tokio::select! {
            () = tokio::time::sleep(drain) => {}
            () = asked_to_stop() => {}
        }
        front.stopping.store(true, Ordering::Relaxed);
        handle.stop(true).await;
    });
    http.await.map_err(Error::internal)?;
    stop.send_replace(true);
    if tokio::time::timeout(Duration::from_secs(JOB_SECONDS), worker).await.is_err() {
        tracing::warn!("a job was left in the middle: another worker takes it up when its lease ends");
    }
    for chore in chores {
        chore.abort();
    }
    last_numbers(&db).await
}

/// More connections than a pool has.
const MOST_CONNECTIONS: u32 = 100;

/// What was committed gets its number before the process ends. A connection to PostgreSQL that a worker opened ended with that
/// worker: each of those fails once and leaves the pool.
async fn last_numbers(db: &Db) -> Result<()> {
    let mut outcome = event::sequence(db).await;
    for _ in 0..MOST_CONNECTIONS {
        match &outcome {
            Err(Error::Refused(refused)) if refused.refusal == OVERLOADED => outcome = event::sequence(db).await,
            _ => break,
        }
    }
    outcome.map(|_| ())
}

async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

/// Numbers events as they come.
async fn sequence(db: Db) {
    let mut ticks = tokio::time::interval(event::SEQUENCING_INTERVAL);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = event::sequence(&db).await {
            tracing::warn!(%error, "events wait for their numbers");
        }
    }
}

/// What each process has of its own and must renew: keys, limits.
async fn keep_house(shared: Shared) {
    let mut ticks = tokio::time::interval(HOUSEKEEPING);
    ticks.tick().await;
    loop {
        ticks.tick().await;
        shared.gate.limits.sweep();
        match crate::identity::keys::load(&shared.db).await {
            Ok(keys) => shared.gate.tokens.replace_keys(keys),
            Err(error) => tracing::warn!(%error, "signing keys were not renewed"),
        }
    }
}

fn serve_metrics(addr: std::net::SocketAddr, metrics: PrometheusHandle) -> Result<()> {
    let metrics = Data::new(metrics);
    let server =
        HttpServer::new(move || App::new().app_data(metrics.clone()).route("/metrics", web::get().to(show_metrics)))
            .workers(1)
            .disable_signals()
            .bind(addr)
            .map_err(|error| Error::internal(format!("cannot listen on {addr}: {error}")))?
            .run();
    actix_web::rt::spawn(server);
    Ok(())
}

async fn show_metrics(metrics: Data<PrometheusHandle>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(metrics.render())
}
