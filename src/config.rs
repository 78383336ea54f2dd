//! Every setting, its default, and why. Each is a flag and an environment variable; flags win.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::kernel::db::Location;
use crate::kernel::error::Result;
use crate::kernel::store::Store;

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// On.
    On,
    /// Off.
    Off,
}

/// Where the data lies.
#[derive(Clone, Debug, Args)]
pub struct DatabaseOptions {
    /// The database: `sqlite://path/to/bina.db` (embedded) or `postgres://user:password@host/name`.
    #[arg(long, env = "BINA_DATABASE_URL", default_value = "sqlite://bina.db", hide_env_values = true)]
    pub database_url: String,
    /// Connections of a PostgreSQL pool; the sum over all replicas must stay below the server's limit.
    #[arg(long, env = "BINA_DATABASE_CONNECTIONS", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=200))]
    pub database_connections: u32,
}

impl DatabaseOptions {
    /// The database's place.
    pub fn location(&self) -> Result<Location, String> {
        Location::parse(&self.database_url)
    }
}

/// The secret from outside.
#[derive(Clone, Debug, Args)]
pub struct SecretOptions {
    /// The secret from which all keys are derived: at least 32 characters, the same for every replica, kept as long as the data.
    #[arg(long, env = "BINA_SECRET_KEY", hide_env_values = true)]
    pub secret_key: Option<String>,
}

/// Where the content of files lies.
#[derive(Clone, Debug, Default, Args)]
pub struct FileOptions {
    /// The folder for the content of files, for this database alone; `files` beside an SQLite database, else in the working directory, unless given.
    #[arg(long, env = "BINA_FILES_DIR")]
    pub files_dir: Option<PathBuf>,
    /// A bucket for the content of files instead: `s3://bucket/prefix`; credentials, region and endpoint are `AWS_…` variables. None unless given.
    #[arg(long, env = "BINA_FILES_URL", conflicts_with = "files_dir")]
    pub files_url: Option<String>,
}

impl FileOptions {
    /// Opens it, for the files of this database.
    pub fn store(&self, database: &Location) -> Result<Store> {
        if let Some(address) = &self.files_url {
            return Store::bucket(address);
        }
        let beside = match database {
            Location::Sqlite(path) => path.parent().unwrap_or(Path::new("")),
            Location::Postgres(_) => Path::new(""),
        };
        Store::folder(&self.files_dir.clone().unwrap_or_else(|| beside.join("files")))
    }
}

/// How the service listens.
#[derive(Clone, Debug, Args)]
pub struct ServerOptions {
    /// The address of the API.
    #[arg(long, env = "BINA_ADDR", default_value = "127.0.0.1:8080")]
    pub addr: SocketAddr,
    /// The address of `/metrics` for Prometheus; keep it inside. None unless given.
    #[arg(long, env = "BINA_METRICS_ADDR")]
    pub metrics_addr: Option<SocketAddr>,
    /// Threads that serve requests; as many as there are processor cores unless given.
    #[arg(long, env = "BINA_WORKERS")]
    pub workers: Option<usize>,
    /// Requests under way at once; more are answered 503 with Retry-After.
    #[arg(long, env = "BINA_CAPACITY", default_value_t = 512)]
    pub capacity: usize,
    /// Seconds between the signal to stop and the end of listening: not ready, still serving, so that a proxy can turn away first.
    #[arg(long, env = "BINA_DRAIN_SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(..=60))]
    pub drain_seconds: u64,
    /// The address under which clients reach the service: the issuer of tokens.
    #[arg(long, env = "BINA_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
    pub public_url: String,
    /// Web pages of other origins that may call the API, separated by commas: `https://app.example.go.id`.
    #[arg(long, env = "BINA_CORS_ORIGINS", value_delimiter = ',')]
    pub cors_origins: Vec<String>,
    /// Whether the proxy in front writes `X-Forwarded-For`; only then is it believed.
    #[arg(long, env = "BINA_TRUST_PROXY", value_enum, default_value_t = Switch::Off)]
    pub trust_proxy: Switch,
    /// Limits on how often anybody may come.
    #[arg(long, env = "BINA_RATE_LIMITS", value_enum, default_value_t = Switch::On)]
    pub rate_limits: Switch,
    /// Whom to tell about a weakness, for /.well-known/security.txt: `mailto:…` or `https://…`. None unless given.
    #[arg(long, env = "BINA_SECURITY_CONTACT", value_parser = contact)]
    pub security_contact: Option<String>,
    /// Whether admins must have a second factor (TOTP): who signed in without one has no admin's rights until enrolled.
    #[arg(long, env = "BINA_REQUIRE_ADMIN_MFA", value_enum, default_value_t = Switch::Off)]
    pub require_admin_mfa: Switch,
}

fn contact(text: &str) -> Result<String, String> {
    let fits = (text.starts_with("mailto:") || text.starts_with("https://")) && !text.contains(char::is_whitespace);
    if fits { Ok(text.to_owned()) } else { Err("a contact begins with mailto: or https://".to_owned()) }
}
