//! What a request of the service costs, beside the floor: the least that the same answer can cost.
//!
//! `bench run` measures everything and writes the table; the other commands are its parts, usable alone.
//! `README.md` beside this crate says what is measured and how to read it.

mod clock;
mod database;
mod floor;
mod load;
mod process;
mod run;
mod seed;
mod syncs;

use clap::{Parser, Subcommand};

/// The benchmark of Bina Pustaka.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the measured answers from raw actix-web and prepared SQL
    Floor(floor::Options),
    /// Fill a migrated database of the service with the measured amount of rows
    Seed(seed::Options),
    /// Send requests to one address and report throughput, latency and cost
    Load(load::cli::Options),
    /// Measure the service and the floor on every database, and write the table
    Run(run::Options),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Floor(options) => floor::serve(&options),
        Command::Seed(options) => on_this_thread(seed::fill(&options)),
        Command::Load(options) => on_this_thread(load::cli::run(&options)),
        Command::Run(options) => on_this_thread(run::everything(&options)),
    }
}

/// Runs `work` on one thread: a generator that takes a second core would take it from the server it measures.
fn on_this_thread<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}
