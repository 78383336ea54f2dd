//! What a measurement stands on: a fresh database, the service and the floor, started with the same rows.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{bail, ensure};
use serde::Deserialize;

use super::server::{Server, free_address};
use crate::{
    database::Database,
    load::{Request, Template},
    seed,
};

const EMAIL: &str = "admin@bench.example";
const PASSWORD: &str = "kayu-jati-sungai-kapuas-71";
const SECRET_KEY: &str = "only-for-the-benchmark-0123456789abcdef0123456789abcdef";

/// What the service alone can know of the measured pages: their `page` objects, with signed cursors.
#[derive(Default)]
pub(super) struct Cursors {
    /// Of the assessments.
    pub(super) assessments: Option<String>,
    /// Of the registrations.
    pub(super) registrations: Option<String>,
}

/// The part of the sign-in's answer that the measurement needs.
#[derive(Deserialize)]
struct SignedIn {
    access_token: String,
}

/// One database and the ways to start servers on it.
pub(super) struct Stage {
    /// The release build of the service.
    service: PathBuf,
    /// The database of both servers.
    pub(super) database: Database,
    /// A folder for files of the run.
    pub(super) place: PathBuf,
    /// Where the servers' words go.
    pub(super) log: PathBuf,
}

impl Stage {
    /// A stage for `service` on `database`, with files in `place`.
    pub(super) fn new(service: &Path, database: Database, place: &Path) -> anyhow::Result<Self> {
        ensure!(service.exists(), "{} is not built", service.display());
        let log = place.join(format!("{}.log", database.name()));
        Ok(Self { service: service.canonicalize()?, database, place: place.to_owned(), log })
    }

    /// A migrated database with an admin and the measured rows.
    pub(super) async fn prepare(&self, amount: seed::Amount) -> anyhow::Result<()> {
        eprintln!("{}: migrating and seeding", self.database.name());
        finish(self.service(&["migrate"]))?;
        let mut admin = self.service(&["admin", "create", "--email", EMAIL, "--name", "Bench"]);
        admin.env("BINA_ADMIN_PASSWORD", PASSWORD);
        finish(admin)?;
        seed::write(&self.database, amount).await?;
        Ok(())
    }

    /// A command of the service, in the environment of this measurement only.
    fn service(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.service);
        command
            .args(arguments)
            .env("BINA_DATABASE_URL", self.database.url())
            .env("BINA_SECRET_KEY", SECRET_KEY)
            .env("BINA_RATE_LIMITS", "off")
            .env("BINA_DRAIN_SECONDS", "1")
            .current_dir(&self.place);
        command
    }

    /// The command that serves on `address`.
    pub(super) fn service_on(&self, address: &str) -> anyhow::Result<Command> {
        let mut command = self.service(&["serve"]);
        command.env("BINA_ADDR", address).env("BINA_METRICS_ADDR", free_address()?);
        Ok(command)
    }

    /// The command of the floor on `address`, with the cursors of the measured pages, where somebody reads them.
    pub(super) fn floor_on(&self, address: &str, cursors: &Cursors) -> anyhow::Result<Command> {
        let workers = std::thread::available_parallelism()?.to_string();
        let mut command = Command::new(env::current_exe()?);
        command.args(["floor", "--database", &self.database.url(), "--addr", address]);
        command.args(["--workers", &workers]).env("BINA_SECRET_KEY", SECRET_KEY);
        for (name, page) in [("--cursors", &cursors.assessments), ("--registration-cursors", &cursors.registrations)] {
            if let Some(page) = page {
                command.args([name, page]);
            }
        }
        Ok(command)
    }

    /// Starts the service.
    pub(super) async fn start_service(&self) -> anyhow::Result<Server> {
        let address = free_address()?;
        Server::start(self.service_on(&address)?, address, &self.log).await
    }

    /// Starts the floor.
    pub(super) async fn start_floor(&self, cursors: &Cursors) -> anyhow::Result<Server> {
        let address = free_address()?;
        Server::start(self.floor_on(&address, cursors)?, address, &self.log).await
    }
}

/// The admin's sign-in.
pub(super) fn sign_in(service: &Server) -> Request {
    let body = format!(r#"{{"email":"{EMAIL}","password":"{PASSWORD}"}}"#);
    Request {
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: Some(Template::plain(&body)),
        ..service.request("POST", "/api/v1/auth/login")
    }
}

/// Signs in; gives the header lines of the admin's further requests.
pub(super) async fn signed_in(service: &Server) -> anyhow::Result<Vec<(String, String)>> {
    let answer = sign_in(service).once(0).await?;
    ensure!(answer.status == 200, "sign-in: {}", String::from_utf8_lossy(&answer.body));
    let SignedIn { access_token } = serde_json::from_slice(&answer.body)?;
    Ok(vec![
        ("authorization".to_owned(), format!("Bearer {access_token}")),
        ("content-type".to_owned(), "application/json".to_owned()),
    ])
}

/// Runs a command to its end and shows its words where it fails.
fn finish(mut command: Command) -> anyhow::Result<()> {
    let output = command.output()?;
    if !output.status.success() {
        bail!("{command:?}: {}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
