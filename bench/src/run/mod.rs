//! Measures everything: the service and the floor, on each database, case by case.

mod answers;
mod cases;
mod durability;
mod report;
mod server;
mod stage;

use std::{env, fs, path::PathBuf, time::Duration};

use anyhow::Context;
use clap::Args;

use crate::{database::Database, seed};
use cases::Bench;
use report::Report;

/// Options of `bench run`.
#[derive(Args)]
pub(crate) struct Options {
    /// The release build of the service
    #[arg(long, default_value = "target/release/bina")]
    service: PathBuf,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// Requests a second of the reader that is watched while others sign in
    #[arg(long, default_value_t = 500.0)]
    probe_rate: f64,
    /// Where the databases of the run are made, on a real disk; without it, the system's place for temporary files
    #[arg(long)]
    place: Option<PathBuf>,
    /// Where the table goes, beside standard output
    #[arg(long, default_value = "bench/results/latest.md")]
    report: PathBuf,
    #[command(flatten)]
    amount: seed::Amount,
}

impl Options {
    fn duration(&self) -> Duration {
        Duration::from_secs_f64(self.seconds)
    }
}

/// Runs all cases on SQLite, and on PostgreSQL where `BINA_TEST_POSTGRES` names a server; writes the table.
pub(crate) async fn everything(options: &Options) -> anyhow::Result<()> {
    let mut report = Report::new(options.amount);
    let place = match &options.place {
        Some(place) => tempfile::tempdir_in(place)?,
        None => tempfile::tempdir()?,
    };
    let file = place.path().join("bench.db");
    report.add(Bench::new(options, Database::Sqlite(file), place.path())?.measure().await?);
    if let Ok(server) = env::var("BINA_TEST_POSTGRES") {
        let database = server::OwnDatabase::create(&server).await?;
        let measured = Bench::new(options, database.database(), place.path())?.measure().await;
        database.remove().await?;
        report.add(measured?);
    }
    if let Some(folder) = options.report.parent() {
        fs::create_dir_all(folder)?;
    }
    let text = report.to_string();
    fs::write(&options.report, &text).with_context(|| options.report.display().to_string())?;
    println!("{text}");
    Ok(())
}

/// Bytes as megabytes (10^6).
#[expect(clippy::cast_precision_loss, reason = "memory stays far below 2^52 bytes")]
pub(crate) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
