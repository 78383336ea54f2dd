//! Measures everything: the service and the floor, on each database, case by case.

mod answers;
mod cases;
mod check_ins;
mod durability;
mod flat;
mod indicators;
mod people;
mod report;
mod results;
mod server;
mod stage;
mod surveys;

use std::{env, fs, path::PathBuf, time::Duration};

use anyhow::Context;
use clap::{Args, ValueEnum};

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
    /// Measure these parts alone, with the rows that they need
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
    /// Registrations of the smaller and the larger database between which a page should cost the same
    #[arg(long, value_delimiter = ',', default_values_t = [10_000, 1_000_000])]
    flat: Vec<usize>,
    /// One-time tokens for service and floor each; a campaign has 100,000 at the most
    #[arg(long, default_value_t = 100_000)]
    tokens: usize,
    #[command(flatten)]
    amount: seed::Amount,
}

/// A part of the measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Time to ready
    Start,
    /// One assessment, a page, the gap report, creates
    Assessments,
    /// Sign-ins, and what others feel of them
    SignIn,
    /// A page of registrations
    Registrations,
    /// Credit statements
    Credits,
    /// The report on the learning culture
    Culture,
    /// The dashboard of indicators
    Indicators,
    /// Answers to a public survey
    Surveys,
    /// The close of a survey, and its results
    Results,
    /// Batches of 1,000 scans
    CheckIns,
    /// A page of few and of many registrations
    Flat,
    /// Creates for each fsync
    Fsyncs,
}

impl Options {
    /// Whether a part is measured.
    fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    /// The rows that the chosen parts need.
    fn needed(&self) -> seed::Amount {
        let any = |parts: &[Part]| parts.iter().any(|part| self.wants(*part));
        let when = |parts: &[Part], count: usize| if any(parts) { count } else { 0 };
        seed::Amount {
            assessments: when(&[Part::Start, Part::Assessments, Part::SignIn, Part::Fsyncs], self.amount.assessments),
            registrations: when(&[Part::Start, Part::Registrations, Part::CheckIns], self.amount.registrations),
            credits: when(&[Part::Start, Part::Credits, Part::Culture], self.amount.credits),
            answers: when(&[Part::Start, Part::Results], self.amount.answers),
            indicators: when(&[Part::Start, Part::Indicators], self.amount.indicators),
            ..self.amount
        }
    }

    fn duration(&self) -> Duration {
        Duration::from_secs_f64(self.seconds)
    }
}

/// Runs all cases on SQLite, and on PostgreSQL where `BINA_TEST_POSTGRES` names a server; writes the table.
pub(crate) async fn everything(options: &Options) -> anyhow::Result<()> {
    let mut report = Report::new(options.needed());
    let place = match &options.place {
        Some(place) => tempfile::tempdir_in(place)?,
        None => tempfile::tempdir()?,
    };
    let file = place.path().join("bench.db");
    let mut section = Bench::new(options, Database::Sqlite(file), place.path())?.measure().await?;
    flat::measure(options, None, place.path(), &mut section).await?;
    report.add(section);
    if let Ok(server) = env::var("BINA_TEST_POSTGRES") {
        let database = server::OwnDatabase::create(&server, "all").await?;
        let measured = Bench::new(options, database.database(), place.path())?.measure().await;
        database.remove().await?;
        let mut section = measured?;
        flat::measure(options, Some(&server), place.path(), &mut section).await?;
        report.add(section);
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
