//! Counts how often a database is made to wait for the disk.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command},
};

use anyhow::Context;
use sqlx::{Connection, PgConnection, Row};

use crate::database::Database;

/// What is counted, for `strace`.
const CALLS: &str = "trace=fsync,fdatasync";

/// Counts fsyncs.
pub(crate) enum Counter {
    /// SQLite: `strace` around the server, which writes a line for each call. By seccomp it stops the server at these
    /// calls only, so that the rest runs at its own speed.
    Strace(PathBuf),
    /// PostgreSQL: its own count of WAL syncs.
    Wal(PgConnection),
}

impl Counter {
    /// A counter for servers to be started on `database`, with files in `place`.
    pub(crate) async fn around(database: &Database, place: &Path) -> anyhow::Result<Self> {
        Ok(match database {
            Database::Sqlite(_) => Self::Strace(place.join("fsyncs.txt")),
            Database::Postgres(url) => Self::Wal(PgConnection::connect(url).await?),
        })
    }

    /// A counter for SQLite's process `pid`, which runs already; it stops at every system call meanwhile, and slows.
    pub(crate) fn attach(pid: u32, place: &Path) -> anyhow::Result<(Self, Child)> {
        let lines = place.join("fsyncs.txt");
        let mut command = Command::new("strace");
        command.args(["-f", "-q", "-e", CALLS, "-e", "signal=none", "-p", &pid.to_string(), "-o"]).arg(&lines);
        let child = command.spawn().context("strace is not installed")?;
        Ok((Self::Strace(lines), child))
    }

    /// The command to start instead of `server`, so that its fsyncs are counted.
    pub(crate) fn wrap(&self, server: Command) -> Command {
        let Self::Strace(lines) = self else {
            return server;
        };
        let mut command = Command::new("strace");
        command.args(["-f", "--seccomp-bpf", "-e", CALLS, "-e", "signal=none", "-o"]).arg(lines);
        command.arg(server.get_program()).args(server.get_args());
        if let Some(folder) = server.get_current_dir() {
            command.current_dir(folder);
        }
        for (name, value) in server.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    }

    /// Whether the server is a child of the process that was started.
    pub(crate) fn is_outside(&self) -> bool {
        matches!(self, Self::Strace(_))
    }

    /// Fsyncs so far.
    pub(crate) async fn count(&mut self) -> anyhow::Result<u64> {
        match self {
            Self::Strace(lines) => {
                let text = fs::read_to_string(lines).context("strace, which counts, is missing or may not trace")?;
                // A call that another thread's call interrupts takes a second line, without the parenthesis.
                Ok(text.lines().filter(|line| line.contains("sync(")).count() as u64)
            }
            Self::Wal(connection) => {
                let row = sqlx::query("SELECT wal_sync FROM pg_stat_wal").fetch_one(connection).await?;
                Ok(u64::try_from(row.try_get::<i64, _>(0)?)?)
            }
        }
    }
}
