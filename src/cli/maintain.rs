use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use crate::config::{DatabaseOptions, SecretOptions};
use crate::kernel::db::Location;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::Store;
use crate::kernel::{event, schema};

/// Bring the database's schema up to date.
#[derive(Debug, Args)]
pub(super) struct Migrate {
    #[command(flatten)]
    database: DatabaseOptions,
}

impl Migrate {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let location = self.database.location().map_err(Error::internal)?;
        let _lock = schema::lock(&location)?;
        schema::migrate(&location).await?;
        println!("the schema is up to date");
        Ok(ExitCode::SUCCESS)
    }
}

/// Walk the log and report every row that was altered, deleted or inserted.
#[derive(Debug, Args)]
pub(super) struct VerifyLog {
    #[command(flatten)]
    database: DatabaseOptions,
    #[command(flatten)]
    secret: SecretOptions,
}

impl VerifyLog {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let db = super::open(&self.database, super::secrets(&self.secret)?, Store::none()).await?;
        let found = event::verify(&db).await?;
        for finding in &found.findings {
            println!("{finding}");
        }
        if found.findings.is_empty() {
            println!("the log is whole: {} events", found.events);
            return Ok(ExitCode::SUCCESS);
        }
        println!("the log is NOT whole: {} findings in {} events", found.findings.len(), found.events);
        Ok(ExitCode::FAILURE)
    }
}

/// Write a copy of an SQLite database to a file, beside a running service.
#[derive(Debug, Args)]
pub(super) struct Backup {
    #[command(flatten)]
    database: DatabaseOptions,
    /// The file to be written; it must not exist yet.
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(self) -> Result<ExitCode> {
        match self.database.location().map_err(Error::internal)? {
            Location::Postgres(_) => {
                eprintln!(
                    "bina: back up PostgreSQL with pg_dump: pg_dump --format=custom --file=bina.dump \"$BINA_DATABASE_URL\""
                );
                Ok(ExitCode::from(2))
            }
            Location::Sqlite(path) => {
                schema::backup(&path, &self.file)?;
                println!("{} holds a complete, checked copy", self.file.display());
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// Ask a running service whether it is ready.
#[derive(Debug, Args)]
pub(super) struct Health {
    /// The address of the API.
    #[arg(long, env = "BINA_ADDR", default_value = "127.0.0.1:8080")]
    addr: SocketAddr,
}

impl Health {
    pub(super) fn run(self) -> Result<ExitCode> {
        let mut addr = self.addr;
        if addr.ip().is_unspecified() {
            addr.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
        }
        let patience = Duration::from_secs(2);
        let mut stream = TcpStream::connect_timeout(&addr, patience).map_err(Error::internal)?;
        stream.set_read_timeout(Some(patience)).map_err(Error::internal)?;
        let request = format!("GET /health/ready HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).map_err(Error::internal)?;
        let mut answer = [0_u8; 12];
        stream.read_exact(&mut answer).map_err(Error::internal)?;
        Ok(if answer.ends_with(b" 200") { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
