//! The schema and the file: migrations under a lock, one process a file, copies that are checked.

use std::fs::{File, OpenOptions};
use std::path::Path;

use migrations::{Migrator, MigratorTrait};
use rusqlite::{Connection, OpenFlags};
use sea_orm::{ConnectionTrait, DatabaseConnection};

use super::db::Location;
use super::error::{Error, Result};

/// The advisory lock of migrations on PostgreSQL.
const MIGRATION_LOCK: i64 = 0x62_69_6E_63;

/// Keeps other processes from serving the same SQLite file; released when it is dropped or the process ends.
#[derive(Debug)]
pub struct FileLock(#[expect(dead_code, reason = "held, not used")] Option<File>);

/// Takes the lock beside an SQLite file. PostgreSQL serves any number of processes.
pub fn lock(location: &Location) -> Result<FileLock> {
    let Location::Sqlite(path) = location else { return Ok(FileLock(None)) };
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(Error::internal)?;
    }
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&name).map_err(Error::internal)?;
    file.try_lock().map_err(|_| Error::internal(format!("another process serves {}", path.display())))?;
    Ok(FileLock(Some(file)))
}

/// Whether the schema is the one that this binary expects.
pub async fn is_current(location: &Location) -> Result<bool> {
    let connection = location.connect(1).await?;
    prepare(&connection, location).await?;
    let pending = Migrator::get_pending_migrations(&connection).await;
    release(&connection, location).await?;
    connection.close().await?;
    Ok(pending?.is_empty())
}

/// Applies every step that is missing. Replicas that start at once wait for one another.
pub async fn migrate(location: &Location) -> Result<()> {
    let connection = location.connect(1).await?;
    prepare(&connection, location).await?;
    let outcome = Migrator::up(&connection, None).await;
    release(&connection, location).await?;
    connection.close().await?;
    Ok(outcome?)
}

/// Even a look at the list of steps makes the table that holds it, so both take the lock. One connection has it and runs the
/// steps, so the pool must not have a second.
async fn prepare(connection: &DatabaseConnection, location: &Location) -> Result<()> {
    match location {
        Location::Postgres(_) => {
            connection.execute_unprepared("SET lock_timeout = 0; SET statement_timeout = 0").await?;
            connection.execute_unprepared(&format!("SELECT pg_advisory_lock({MIGRATION_LOCK})")).await?;
        }
        Location::Sqlite(_) => {
            connection.execute_unprepared("PRAGMA journal_mode=WAL").await?;
        }
    }
    Ok(())
}

async fn release(connection: &DatabaseConnection, location: &Location) -> Result<()> {
    if matches!(location, Location::Postgres(_)) {
        connection.execute_unprepared(&format!("SELECT pg_advisory_unlock({MIGRATION_LOCK})")).await?;
    }
    Ok(())
}

/// Copies a database file that may be in use, and checks the copy.
pub fn backup(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        return Err(Error::internal(format!("{} exists already", to.display())));
    }
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    source.busy_timeout(std::time::Duration::from_secs(30))?;
    source.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    File::open(to).and_then(|copy| copy.sync_all()).map_err(Error::internal)?;
    let copy = Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let verdict: String = copy.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    let broken: i64 = copy.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
    if verdict != "ok" || broken > 0 {
        return Err(Error::internal(format!("the copy is not whole: {verdict}, {broken} broken references")));
    }
    Ok(())
}
