//! Servers under measurement: started on a free port, waited for, ended as an operator would.

use std::{
    fs::File,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tokio::time::sleep;

use crate::{
    database::Database,
    load::{Request, Template},
    process,
};

/// The longest time that a server may take to be ready, or to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server; killed when dropped, so that a failed measurement leaves none behind.
pub(super) struct Server {
    child: Child,
    /// The process that serves; not the child itself where that one only watches it.
    pub(super) pid: u32,
    /// `host:port`.
    pub(super) address: String,
    /// From the start of the process to the first success of `/health/ready`.
    pub(super) ready_after: Duration,
}

impl Server {
    /// Starts `command`, which listens on `address`, with its output in `log`, and waits until it is ready.
    pub(super) async fn start(mut command: Command, address: String, log: &Path) -> anyhow::Result<Self> {
        let output = File::options().create(true).append(true).open(log)?;
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        let begin = Instant::now();
        let child = command.spawn().with_context(|| format!("{}", command.get_program().display()))?;
        let pid = child.id();
        let mut server = Self { child, pid, address, ready_after: Duration::ZERO };
        while !server.is_ready().await {
            if let Some(status) = server.child.try_wait()? {
                bail!("the server ended ({status}), its words: {}", std::fs::read_to_string(log)?);
            }
            if begin.elapsed() > PATIENCE {
                bail!("the server is not ready, its words: {}", std::fs::read_to_string(log)?);
            }
            sleep(Duration::from_millis(1)).await;
        }
        server.ready_after = begin.elapsed();
        Ok(server)
    }

    async fn is_ready(&self) -> bool {
        let answer = self.request("GET", "/health/ready").once(0).await;
        answer.is_ok_and(|answer| answer.status == 200)
    }

    /// A request to this server, without headers and body.
    pub(super) fn request(&self, method: &str, path: &str) -> Request {
        Request {
            address: self.address.clone(),
            method: method.to_owned(),
            path: Template::plain(path),
            headers: Vec::new(),
            body: None,
        }
    }

    /// Ends the server and waits for it.
    pub(super) async fn stop(mut self) -> anyhow::Result<()> {
        process::terminate(self.pid)?;
        let begin = Instant::now();
        while self.child.try_wait()?.is_none() {
            if begin.elapsed() > PATIENCE {
                bail!("the server does not end");
            }
            sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail where it has ended already, as it should have.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// An address of this host that nobody listens on now.
pub(super) fn free_address() -> anyhow::Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

/// A database on a PostgreSQL server, made for one run.
pub(super) struct OwnDatabase {
    server: String,
    name: String,
}

impl OwnDatabase {
    /// Makes an empty database on the server that `url` reaches.
    pub(super) async fn create(url: &str, suffix: &str) -> anyhow::Result<Self> {
        let name = format!("bina_bench_{}_{suffix}", std::process::id());
        let mut connection = PgConnection::connect(url).await.context("BINA_TEST_POSTGRES")?;
        connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await?;
        Ok(Self { server: url.to_owned(), name })
    }

    /// It, for the service.
    pub(super) fn database(&self) -> Database {
        let (address, parameters) = self.server.split_once('?').unwrap_or((&self.server, ""));
        let host = address.match_indices('/').nth(2).map_or(address, |(at, _)| address.split_at(at).0);
        let mark = if parameters.is_empty() { "" } else { "?" };
        Database::Postgres(format!("{host}/{}{mark}{parameters}", self.name))
    }

    /// Drops it.
    pub(super) async fn remove(self) -> anyhow::Result<()> {
        let mut connection = PgConnection::connect(&self.server).await?;
        connection.execute(AssertSqlSafe(format!("DROP DATABASE {} WITH (FORCE)", self.name))).await?;
        Ok(())
    }
}
