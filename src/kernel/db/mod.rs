//! The database: one way to read, one way to write, on SQLite and PostgreSQL alike.
//!
//! [`Db::reader`] reads; [`Db::write`] and [`Db::create`] write. A write is a closure over a [`Tx`]: it may run more than once
//! (PostgreSQL gives up one of two transactions that meet; the closure then starts anew), so it takes what it uses by reference.
//! On SQLite many writes share one commit: each is rolled back alone when it fails, and answered after the commit is on disk.
//! A write goes on when the client has left.

mod many;
mod reader;
mod sqlite;
mod trail;
mod tx;
mod value;

use std::cell::Cell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::FutureExt;
use rusqlite::Connection;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, TransactionTrait};
use tokio::sync::oneshot;

pub use reader::{Reader, Stored};
pub use tx::{Precondition, Record, Tx, id_of, version_of};
pub use value::{Cell as ReportCell, Row, enum_of};

use super::clock::Clock;
use super::error::{Error, OVERLOADED, Result};
use super::hook::{Contribution, Hook};
use super::id::Ids;
use super::idempotency::{self, Answer, Outcome};
use super::policy::Access;
use super::secret::Secrets;
use super::store::Store;
use reader::Source;
use sqlite::{Sqlite, Work};
use tx::TxConnection;

/// How often a transaction that met another is tried before the caller is told to come again.
const ATTEMPTS: u32 = 8;

/// What every transaction needs besides the database.
#[derive(Clone, Debug)]
pub struct Context {
    /// The time.
    pub clock: Clock,
    /// New identifiers.
    pub ids: Ids,
    /// Keys.
    pub secrets: Secrets,
    /// Where the content of files lies.
    pub store: Store,
    /// What chapters do when something happens in others.
    pub hooks: Vec<Hook>,
    /// What chapters give to the answers of those below.
    pub contributions: Vec<Contribution>,
}

impl Context {
    /// What the chapters above give of this type, in the order of the chapters.
    pub fn contributions<T: 'static>(&self) -> impl Iterator<Item = &'static T> {
        self.contributions.iter().filter_map(|given| given.downcast_ref())
    }
}

/// Where the data lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// An SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL database, by its address.
    Postgres(String),
}

impl Location {
    /// Reads `sqlite://path` or `postgres://…`.
    pub fn parse(address: &str) -> Result<Self, String> {
        if let Some(path) = address.strip_prefix("sqlite://").or_else(|| address.strip_prefix("sqlite:")) {
            let path = path.split('?').next().unwrap_or(path);
            return if path.is_empty() || path == ":memory:" {
                Err("an SQLite database needs a file: sqlite://path/to/bina.db".to_owned())
            } else {
                Ok(Self::Sqlite(PathBuf::from(path)))
            };
        }
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            return Ok(Self::Postgres(address.to_owned()));
        }
        Err(format!("a database address begins with sqlite:// or postgres://, not {address}"))
    }

    /// Opens a plain connection, for migrations and checks; the service itself goes through [`Db`].
    pub async fn connect(&self, connections: u32) -> Result<DatabaseConnection> {
        let mut options = match self {
            Self::Sqlite(path) => ConnectOptions::new(format!("sqlite://{}?mode=rwc", path.display())),
            Self::Postgres(address) => ConnectOptions::new(address.clone()),
        };
        options
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(2))
            .connect_timeout(Duration::from_secs(5))
            .sqlx_logging(false)
            .test_before_acquire(false);
        if let Self::Postgres(_) = self {
            options.map_sqlx_postgres_opts(|options| {
                options.application_name("bina").options([
                    ("statement_timeout", "10s"),
                    ("lock_timeout", "2s"),
                    ("idle_in_transaction_session_timeout", "15s"),
                    ("timezone", "UTC"),
                ])
            });
        }
        Ok(Database::connect(options).await?)
    }
}

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    context: Arc<Context>,
}

enum Engine {
    Sqlite(Sqlite),
    Postgres(DatabaseConnection),
}

impl Db {
    /// Opens a database whose schema is up to date. `connections` bounds the pool on PostgreSQL.
    pub async fn open(location: &Location, connections: u32, context: Context) -> Result<Self> {
        let engine = match location {
            Location::Sqlite(path) => Engine::Sqlite(Sqlite::open(path)?),
            Location::Postgres(_) => Engine::Postgres(location.connect(connections).await?),
        };
        Ok(Self { engine: Arc::new(engine), context: Arc::new(context) })
    }

    /// Which database this is.
    pub fn backend(&self) -> DbBackend {
        match *self.engine {
            Engine::Sqlite(_) => DbBackend::Sqlite,
            Engine::Postgres(_) => DbBackend::Postgres,
        }
    }

    /// Clock, identifiers and keys.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The time now.
    pub fn now(&self) -> DateTime<Utc> {
        self.context.clock.now()
    }

    /// The calendar day now where the library stands.
    pub fn today(&self) -> NaiveDate {
        self.context.clock.today()
    }

    /// Reads what is committed.
    pub fn reader(&self) -> Reader<'_> {
        Reader(match &*self.engine {
            Engine::Sqlite(sqlite) => Source::Lane(sqlite),
            Engine::Postgres(pool) => Source::Pool(pool),
        })
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.read(|connection| Ok(connection.execute_batch("SELECT 1")?)).await,
            Engine::Postgres(pool) => Ok(pool.execute_unprepared("SELECT 1").await.map(|_| ())?),
        }
    }

    /// Takes what was deleted from these tables from the disk as well. SQLite overwrites what it deletes and needs its log emptied only;
    /// PostgreSQL writes the tables anew, for which they are locked as long as it takes. What another transaction may still have to
    /// see stays, so do it again later.
    pub async fn scrub(&self, tables: &[&'static str]) -> Result<()> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.empty_log().await,
            Engine::Postgres(pool) => {
                for table in tables {
                    pool.execute_unprepared(&format!("VACUUM FULL {table}")).await?;
                }
                Ok(())
            }
        }
    }

    /// Changes objects. With an Idempotency-Key the answer is kept, and the same request is done once.
    pub async fn write<T, F>(&self, access: &Access, work: F) -> Result<T>
    where
        T: Answer + Send + 'static,
        F: AsyncFn(&Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.once(access, Outcome::Changed, work).await
    }

    /// Creates an object, which is to be answered with 201. Else like [`Self::write`].
    pub async fn create<T, F>(&self, access: &Access, work: F) -> Result<T>
    where
        T: Answer + Send + 'static,
        F: AsyncFn(&Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.once(access, Outcome::Created, work).await
    }

    async fn once<T, F>(&self, access: &Access, outcome: Outcome, work: F) -> Result<T>
    where
        T: Answer + Send + 'static,
        F: AsyncFn(&Tx<'_>) -> Result<T> + Send + 'static,
    {
        match access.idempotency() {
            None => self.run(access.clone(), work).await,
            Some(key) => {
                let key = key.clone();
                let guarded = async move |tx: &Tx<'_>| {
                    idempotency::claim(tx, &key).await?;
                    let answer = work(tx).await?;
                    idempotency::keep(tx, &key, answer.stored(outcome)?).await?;
                    Ok(answer)
                };
                self.run(access.clone(), guarded).await
            }
        }
    }

    /// Runs a transaction whose result no client waits for in this form, or that must not be kept: jobs, secrets, tokens.
    pub async fn run<T, F>(&self, access: Access, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&Tx<'_>) -> Result<T> + Send + 'static,
    {
        match &*self.engine {
            Engine::Sqlite(sqlite) => {
                let (sender, receiver) = oneshot::channel();
                let context = Arc::clone(&self.context);
                sqlite.submit(Box::new(SqliteWork { work, access, context, outcome: None, sender }))?;
                receiver.await.map_err(|_| Error::internal("the writer has stopped"))?
            }
            Engine::Postgres(pool) => {
                let (pool, context) = (pool.clone(), Arc::clone(&self.context));
                let work = async move { run_on_postgres(&pool, &context, &access, work).await };
                // Boxed, so that the runtime knows one kind of task for each result, not one for each operation.
                let task = actix_web::rt::spawn(work.boxed_local());
                task.await.map_err(Error::internal)?
            }
        }
    }
}

fn begin<'a>(connection: TxConnection, context: &'a Context, access: &'a Access) -> Tx<'a> {
    Tx { connection, context, access, now: context.clock.now(), cause: Cell::default() }
}

async fn run_on_postgres<T>(
    pool: &DatabaseConnection,
    context: &Context,
    access: &Access,
    work: impl AsyncFn(&Tx<'_>) -> Result<T>,
) -> Result<T> {
    for attempt in 0..ATTEMPTS {
        let tx = begin(TxConnection::Postgres(pool.begin().await?), context, access);
        let outcome = work(&tx).await;
        let TxConnection::Postgres(transaction) = tx.connection else {
            return Err(Error::internal("a PostgreSQL transaction stays one"));
        };
        let outcome = match outcome {
            Ok(value) => transaction.commit().await.map(|()| value).map_err(Error::from),
            Err(error) => {
                // The connection may be gone, and with it the transaction; the first error is the one that tells.
                let _ = transaction.rollback().await;
                Err(error)
            }
        };
        match outcome {
            Err(Error::Raced) => {
                // Of two that met, each waits another while, so that they do not meet again.
                let spread = u64::from(context.ids.next(context.clock.now()).as_bytes()[15] % 8);
                tokio::time::sleep(Duration::from_millis(u64::from(attempt) * 4 + spread)).await;
            }
            outcome => return outcome,
        }
    }
    Err(Error::later(OVERLOADED, 1))
}

/// A write on its way to SQLite's writer.
struct SqliteWork<T, F> {
    work: F,
    access: Access,
    context: Arc<Context>,
    outcome: Option<Result<T>>,
    sender: oneshot::Sender<Result<T>>,
}

impl<T, F> Work for SqliteWork<T, F>
where
    T: Send,
    F: AsyncFn(&Tx<'_>) -> Result<T> + Send,
{
    fn run(&mut self, connection: &Rc<Connection>) -> bool {
        let tx = begin(TxConnection::Sqlite(Rc::clone(connection)), &self.context, &self.access);
        // Nothing in a transaction waits on SQLite: the statements run on this very thread.
        let outcome = (self.work)(&tx)
            .now_or_never()
            .unwrap_or_else(|| Err(Error::internal("a transaction waited for something else than its database")));
        let keep = outcome.is_ok();
        self.outcome = Some(outcome);
        keep
    }

    fn answer(self: Box<Self>, committed: Result<()>) {
        let outcome = match (self.outcome, committed) {
            (Some(Err(error)), _) | (_, Err(error)) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(Error::internal("a write was not run")),
        };
        // Who asked may have left.
        let _ = self.sender.send(outcome);
    }
}
