//! Which database is meant, in the notation of `BINA_DATABASE_URL`.

use std::{path::PathBuf, str::FromStr};

use anyhow::bail;

/// A database of the service.
#[derive(Clone, Debug)]
pub(crate) enum Database {
    /// The file behind `sqlite://…`.
    Sqlite(PathBuf),
    /// The whole `postgres://…`.
    Postgres(String),
}

impl FromStr for Database {
    type Err = anyhow::Error;

    fn from_str(url: &str) -> anyhow::Result<Self> {
        match url.split_once("://") {
            Some(("sqlite", rest)) => {
                let file = rest.split_once('?').map_or(rest, |(file, _)| file);
                Ok(Self::Sqlite(file.into()))
            }
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(url.to_owned())),
            _ => bail!("expected sqlite://FILE or postgres://…, got {url}"),
        }
    }
}

impl Database {
    /// The address as the service's `BINA_DATABASE_URL` expects it.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite(file) => format!("sqlite://{}", file.display()),
            Self::Postgres(url) => url.clone(),
        }
    }

    /// The name in the table of results.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }
}
