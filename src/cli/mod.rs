//! The commands of `bina`.

mod admin;
mod demo;
mod document;
mod maintain;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::app;
use crate::config::{DatabaseOptions, SecretOptions};
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{Error, Result};
use crate::kernel::id::Ids;
use crate::kernel::secret::{LEAST_SECRET_LENGTH, Secrets};
use crate::kernel::store::Store;

/// Bina Pustaka: the service on which a city library runs the development of its librarians.
#[derive(Debug, Parser)]
#[command(name = "bina", version, about, long_about = None)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve a demonstration library, filled anew.
    Demo(demo::Demo),
    /// Serve the API.
    Serve(serve::Serve),
    /// Bring the database's schema up to date.
    Migrate(maintain::Migrate),
    /// Accounts of admins.
    Admin(admin::Admin),
    /// Print the OpenAPI document.
    Openapi(document::Openapi),
    /// Walk the log and report every row that was altered, deleted or inserted.
    VerifyLog(maintain::VerifyLog),
    /// Write a copy of an SQLite database to a file, beside a running service.
    Backup(maintain::Backup),
    /// Ask a running service whether it is ready.
    Health(maintain::Health),
}

/// Runs a command. 0 when it succeeded, 1 when it failed, 2 when it cannot be done so.
///
/// It brings its own runtime: were it awaited by `main`, the whole service would be compiled a second time there.
pub fn run(cli: Cli) -> ExitCode {
    init_logging();
    actix_web::rt::System::new().block_on(carry_out(cli.command)).unwrap_or_else(|error| {
        eprintln!("bina: {}", told(&error));
        ExitCode::FAILURE
    })
}

async fn carry_out(command: Command) -> crate::kernel::error::Result<ExitCode> {
    match command {
        Command::Demo(command) => command.run().await,
        Command::Serve(command) => command.run().await,
        Command::Migrate(command) => command.run().await,
        Command::Admin(command) => command.run().await,
        Command::Openapi(command) => command.run(),
        Command::VerifyLog(command) => command.run().await,
        Command::Backup(command) => command.run(),
        Command::Health(command) => command.run(),
    }
}

fn init_logging() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("BINA_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    // A second call in one process, as tests make it, keeps the first.
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// An error as the operator reads it.
fn told(error: &Error) -> String {
    let refused = error.refused();
    match error {
        Error::Refused(_) if refused.violations.is_empty() => refused.refusal.en.to_owned(),
        Error::Refused(_) => {
            let details =
                refused.violations.iter().map(|violation| violation.detail(crate::kernel::language::Language::English));
            details.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

/// The keys from the secret, which must be there and long enough.
fn secrets(options: &SecretOptions) -> Result<Secrets> {
    match &options.secret_key {
        Some(secret) if secret.chars().count() >= LEAST_SECRET_LENGTH => Ok(Secrets::derive(secret)),
        Some(_) => Err(Error::internal(format!("BINA_SECRET_KEY needs at least {LEAST_SECRET_LENGTH} characters"))),
        None => Err(Error::internal(
            "BINA_SECRET_KEY is missing: set it to at least 32 random characters, for example from `openssl rand -base64 48`, and keep it as long as the data",
        )),
    }
}

/// Opens the database for a command; `store` is where it finds files, if it touches any.
async fn open(database: &DatabaseOptions, secrets: Secrets, store: Store) -> Result<Db> {
    let location = database.location().map_err(Error::internal)?;
    let context = app::context(Clock::System, Ids::default(), secrets, store);
    Db::open(&location, database.database_connections, context).await
}
