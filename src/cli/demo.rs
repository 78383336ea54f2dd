use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use crate::config::{ServerOptions, Switch};
use crate::kernel::db::{Db, Location};
use crate::kernel::error::{Error, Result};
use crate::kernel::id::Ids;
use crate::kernel::schema;
use crate::kernel::secret::{Secrets, random_token};
use crate::kernel::store::Store;
use crate::{app, demo};

/// Serve a demonstration library, filled anew.
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// The address of the API; it must be one of this machine alone.
    #[arg(long, env = "BINA_ADDR", default_value = "127.0.0.1:8080")]
    addr: SocketAddr,
    /// The address of `/metrics` for Prometheus. None unless given.
    #[arg(long, env = "BINA_METRICS_ADDR")]
    metrics_addr: Option<SocketAddr>,
    /// Keep the data in this folder, which is filled anew on each start; in a temporary place unless given.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Fill this empty PostgreSQL database instead: `postgres://…`.
    #[arg(long, env = "BINA_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// The secret of this demonstration; made anew unless given.
    #[arg(long, env = "BINA_SECRET_KEY", hide_env_values = true)]
    secret_key: Option<String>,
    /// Limits on how often anybody may come.
    #[arg(long, env = "BINA_RATE_LIMITS", value_enum, default_value_t = Switch::Off)]
    rate_limits: Switch,
}

impl Demo {
    pub(super) async fn run(self) -> Result<ExitCode> {
        if !self.addr.ip().is_loopback() {
            eprintln!("bina: the demonstration has a known password: it listens on an address of this machine alone");
            return Ok(ExitCode::from(2));
        }
        let folder = match &self.data {
            Some(folder) => folder.clone(),
            None => std::env::temp_dir().join(format!("bina-demo-{}", std::process::id())),
        };
        let location = self.location(&folder)?;
        let store = files_in(&folder)?;
        let lock = schema::lock(&location)?;
        let secret = match self.secret_key {
            Some(secret) => secret,
            None => random_token()?,
        };
        let db = fill(&location, &secret, store).await?;
        let server = ServerOptions {
            addr: self.addr,
            metrics_addr: self.metrics_addr,
            workers: None,
            capacity: 512,
            drain_seconds: 0,
            public_url: format!("http://{}", self.addr),
            cors_origins: Vec::new(),
            trust_proxy: Switch::Off,
            rate_limits: self.rate_limits,
            security_contact: None,
            require_admin_mfa: Switch::Off,
        };
        super::serve::listen(db, &server, || announce(self.addr)).await?;
        drop(lock);
        if self.data.is_none() {
            // What the system clears anyway is cleared now; a leftover harms nobody.
            let _ = fs::remove_dir_all(&folder);
        }
        Ok(ExitCode::SUCCESS)
    }

    fn location(&self, folder: &PathBuf) -> Result<Location> {
        if let Some(address) = &self.database_url {
            let location = Location::parse(address).map_err(Error::internal)?;
            if matches!(location, Location::Postgres(_)) || self.data.is_none() {
                return Ok(location);
            }
        }
        fs::create_dir_all(folder).map_err(Error::internal)?;
        for file in ["bina.db", "bina.db-wal", "bina.db-shm"] {
            match fs::remove_file(folder.join(file)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Error::internal(error)),
                _ => {}
            }
        }
        Ok(Location::Sqlite(folder.join("bina.db")))
    }
}

/// The place of the demonstration's files, empty. Its name is one that nobody gives to a folder of their own.
fn files_in(folder: &Path) -> Result<Store> {
    let files = folder.join("bina-demo-files");
    match fs::remove_dir_all(&files) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::internal(error)),
        _ => Store::folder(&files),
    }
}

/// Fills the database under a clock of its own, and opens it again under the real one.
async fn fill(location: &Location, secret: &str, store: Store) -> Result<Db> {
    schema::migrate(location).await?;
    let past = app::context(demo::clock(), Ids::sequence(), Secrets::derive(secret), store.clone());
    let db = Db::open(location, 8, past).await?;
    demo::fill(&db).await?;
    drop(db);
    let now = app::context(crate::kernel::clock::Clock::System, Ids::default(), Secrets::derive(secret), store);
    Db::open(location, 8, now).await
}

fn announce(addr: SocketAddr) {
    println!("Bina Pustaka, the demonstration of a library in Singkawang; every person is invented.\n");
    println!("Swagger UI: http://{addr}/docs/");
    println!("accounts: {}", demo::ACCOUNTS.join(", "));
    println!("password: {}", demo::PASSWORD);
}
