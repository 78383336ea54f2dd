//! SQLite without a hop: readers run on the thread that asks, the one writer commits for many at once.
//!
//! Measured against a pool of connections behind a driver's threads, reads cost a third and creates run ten times as fast.

use std::cell::{Cell as Slot, RefCell};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use sea_orm::Statement;
use tokio::sync::{Semaphore, mpsc};

use super::value::Bound;
use crate::kernel::error::{Error, OVERLOADED, Result};

/// How long a read may hold the thread that serves requests; what takes longer starts anew on a thread of its own.
const INLINE_DEADLINE: Duration = Duration::from_millis(3);
/// How long any read may take.
const READ_DEADLINE: Duration = Duration::from_secs(10);
/// How many slow reads run at once.
const SLOW_READS: usize = 2;
/// SQLite's virtual machine steps between two looks at the clock.
const STEPS_PER_LOOK: i32 = 2_000;
/// How many writes share a commit at the most.
const GROUP: usize = 256;
/// How many writes may wait.
const QUEUE: usize = 2_048;
/// How long a write waits for its turn before the caller is told to come again.
const WRITE_PATIENCE: Duration = Duration::from_secs(2);
/// Statements kept prepared on each connection.
const PREPARED: usize = 256;

thread_local! {
    static CONNECTIONS: RefCell<HashMap<u64, Connection>> = RefCell::default();
    static DEADLINE: Slot<Option<Instant>> = const { Slot::new(None) };
}

/// The way to one SQLite file.
pub(super) struct Sqlite {
    lane: Arc<Lane>,
    writer: mpsc::Sender<Job>,
}

/// What a reader needs to know, on whichever thread it runs.
struct Lane {
    id: u64,
    path: PathBuf,
    slow: Semaphore,
}

/// A unit of work for the writer.
pub(super) struct Job {
    pub(super) queued: Instant,
    pub(super) work: Box<dyn Work>,
}

/// What the writer does with a job.
pub(super) trait Work: Send {
    /// Runs the statements; true when they are to be kept.
    fn run(&mut self, connection: &std::rc::Rc<Connection>) -> bool;
    /// Answers the caller, after the commit that the work was part of has succeeded or failed.
    fn answer(self: Box<Self>, committed: Result<()>);
}

impl Sqlite {
    /// Opens the file and starts its writer. The schema must be there already.
    pub(super) fn open(path: &Path) -> Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let writer = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        writer.execute_batch(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=67108864;
             PRAGMA wal_autocheckpoint=4000; PRAGMA cell_size_check=ON; PRAGMA cache_size=-8000; PRAGMA secure_delete=ON;",
        )?;
        writer.busy_timeout(WRITE_PATIENCE)?;
        if !plans_once(&writer)? {
            tracing::warn!(
                "SQLite was built without ENABLE_QPSG (see .cargo/config.toml): statements are planned again and again"
            );
        }
        let (sender, receiver) = mpsc::channel(QUEUE);
        std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || write_all(writer, receiver))
            .map_err(Error::internal)?;
        let lane =
            Lane { id: NEXT.fetch_add(1, Ordering::Relaxed), path: path.to_owned(), slow: Semaphore::new(SLOW_READS) };
        Ok(Self { lane: Arc::new(lane), writer: sender })
    }

    /// Hands a unit of work to the writer.
    pub(super) fn submit(&self, work: Box<dyn Work>) -> Result<()> {
        let job = Job { queued: Instant::now(), work };
        self.writer.try_send(job).map_err(|_| Error::later(OVERLOADED, 1))
    }

    /// Reads on this thread; a read that turns out to be slow is given up and runs on a thread for slow ones.
    pub(super) async fn read<T, F>(&self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&Connection) -> Result<T> + Send + 'static,
    {
        match self.lane.here(INLINE_DEADLINE, &read)? {
            Some(outcome) => Ok(outcome),
            None => self.read_slowly(read).await,
        }
    }

    /// Reads on a thread for slow reads, at once: for what is known to be heavy.
    pub(super) async fn read_slowly<T, F>(&self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&Connection) -> Result<T> + Send + 'static,
    {
        let _turn = self.lane.slow.acquire().await.map_err(Error::internal)?;
        let lane = Arc::clone(&self.lane);
        let outcome = tokio::task::spawn_blocking(move || lane.here(READ_DEADLINE, &read));
        outcome.await.map_err(Error::internal)??.ok_or_else(|| Error::later(OVERLOADED, 5))
    }

    /// Folds the log into the file and empties it; the writer waits meanwhile.
    pub(super) async fn empty_log(&self) -> Result<()> {
        let path = self.lane.path.clone();
        let emptied = tokio::task::spawn_blocking(move || -> Result<bool> {
            let connection = open(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            let is_busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            Ok(is_busy == 0)
        });
        if emptied.await.map_err(Error::internal)?? { Ok(()) } else { Err(Error::later(OVERLOADED, 1)) }
    }
}

impl Lane {
    /// Runs a read on this thread's own connection; `None` when the deadline passed.
    fn here<T>(&self, deadline: Duration, read: &impl Fn(&Connection) -> Result<T>) -> Result<Option<T>> {
        CONNECTIONS.with_borrow_mut(|connections| {
            let connection = match connections.entry(self.id) {
                std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::hash_map::Entry::Vacant(entry) => entry.insert(open_reader(&self.path)?),
            };
            DEADLINE.set(Some(Instant::now() + deadline));
            let outcome = read(connection);
            DEADLINE.set(None);
            match outcome {
                Err(Error::Internal(cause)) if was_interrupted(cause.as_ref()) => Ok(None),
                outcome => outcome.map(Some),
            }
        })
    }
}

fn was_interrupted(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    cause
        .downcast_ref::<rusqlite::Error>()
        .is_some_and(|error| error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted))
}

/// Whether SQLite was built so that it plans a statement once, whatever is bound (the query planner stability guarantee).
fn plans_once(connection: &Connection) -> Result<bool> {
    let mut options = connection.prepare("PRAGMA compile_options")?;
    let options = options.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(options.iter().any(|option| option == "ENABLE_QPSG"))
}

fn open(path: &Path, mode: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.execute_batch("PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF;")?;
    Ok(connection)
}

fn open_reader(path: &Path) -> Result<Connection> {
    // Read-write for the file, so that a reader may recover the log after a crash; the pragma forbids it to write rows.
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute_batch("PRAGMA query_only=ON; PRAGMA cache_size=-4000;")?;
    let late = || DEADLINE.get().is_some_and(|deadline| Instant::now() > deadline);
    connection.progress_handler(STEPS_PER_LOOK, Some(late))?;
    Ok(connection)
}

/// Runs a statement and hands each row to `take`.
pub(super) fn query<T>(
    connection: &Connection,
    statement: &Statement,
    mut take: impl FnMut(&rusqlite::Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    bind(&mut prepared, statement)?;
    let mut rows = prepared.raw_query();
    let mut taken = Vec::new();
    while let Some(row) = rows.next()? {
        taken.push(take(row)?);
    }
    Ok(taken)
}

/// Runs a statement that changes rows, and says how many.
pub(super) fn execute(connection: &Connection, statement: &Statement) -> Result<u64> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    bind(&mut prepared, statement)?;
    let changed = prepared.raw_execute()?;
    u64::try_from(changed).map_err(Error::internal)
}

fn bind(prepared: &mut rusqlite::CachedStatement<'_>, statement: &Statement) -> Result<()> {
    if let Some(values) = &statement.values {
        for (index, value) in values.0.iter().enumerate() {
            prepared.raw_bind_parameter(index + 1, Bound(value))?;
        }
    }
    Ok(())
}

/// The writer's life: take what waits, run each piece alone in its savepoint, commit once, then answer all.
fn write_all(connection: Connection, mut jobs: mpsc::Receiver<Job>) {
    let connection = std::rc::Rc::new(connection);
    let mut group = Vec::with_capacity(GROUP);
    while let Some(first) = jobs.blocking_recv() {
        group.push(first);
        while group.len() < GROUP
            && let Ok(job) = jobs.try_recv()
        {
            group.push(job);
        }
        let mut jobs: Vec<Box<dyn Work>> = Vec::with_capacity(group.len());
        for job in group.drain(..) {
            if job.queued.elapsed() < WRITE_PATIENCE {
                jobs.push(job.work);
            } else {
                job.work.answer(Err(Error::later(OVERLOADED, 1)));
            }
        }
        let outcome = commit(&connection, &mut jobs);
        for job in jobs {
            job.answer(match &outcome {
                Ok(()) => Ok(()),
                Err(error) => Err(retold(error)),
            });
        }
    }
    // The last handle is gone: fold the log into the file, so that it can be copied as it is.
    let _ = connection.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);");
}

fn commit(connection: &std::rc::Rc<Connection>, jobs: &mut [Box<dyn Work>]) -> Result<()> {
    let run = |sql: &str| connection.prepare_cached(sql).and_then(|mut statement| statement.raw_execute());
    run("BEGIN IMMEDIATE")?;
    let mut all = || -> Result<()> {
        for job in &mut *jobs {
            run("SAVEPOINT job")?;
            if !job.run(connection) {
                run("ROLLBACK TO job")?;
            }
            run("RELEASE job")?;
        }
        run("COMMIT")?;
        Ok(())
    };
    all().inspect_err(|_| {
        let _ = run("ROLLBACK");
    })
}

/// One failure told to each of several callers.
fn retold(error: &Error) -> Error {
    match error {
        Error::Refused(refused) => Error::Refused(refused.clone()),
        other => Error::internal(other.to_string()),
    }
}
