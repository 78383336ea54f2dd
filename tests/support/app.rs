//! The service as tests see it: in this process, with a database and a clock of its own.

use std::panic::AssertUnwindSafe;
use std::rc::Rc;

use actix_http::Request;
use actix_web::body::BoxBody;
use actix_web::dev::{Service, ServiceResponse};
use bina_pustaka::app::{self, Options, Shared};
use bina_pustaka::kernel::clock::Clock;
use bina_pustaka::kernel::db::Db;
use bina_pustaka::kernel::event;
use bina_pustaka::kernel::id::Ids;
use bina_pustaka::kernel::secret::Secrets;
use bina_pustaka::kernel::store::Store;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::client::Client;
use super::database::{TestDatabase, postgres};

/// The instant at which every test begins: a Monday morning in Singkawang.
pub const BEGINNING: &str = "2026-03-02T01:00:00Z";
/// The secret of every test.
pub const SECRET: &str = "a secret for tests alone, long enough";

type Call = dyn Fn(Request) -> LocalBoxFuture<'static, Result<ServiceResponse<BoxBody>, actix_web::Error>>;

/// The service, with a database of its own.
#[derive(Clone)]
pub struct TestApp {
    pub shared: Shared,
    pub clock: Clock,
    pub(super) call: Rc<Call>,
}

/// Runs a behaviour on SQLite and on PostgreSQL.
pub async fn each_database(behaviour: impl AsyncFn(TestApp)) {
    each_database_with(Options { rate_limits: false, ..Options::default() }, behaviour).await;
}

/// The same with other options.
pub async fn each_database_with(options: Options, behaviour: impl AsyncFn(TestApp)) {
    run("SQLite", TestDatabase::sqlite().await, options.clone(), &behaviour).await;
    if let Some(server) = postgres().await {
        run("PostgreSQL", TestDatabase::postgres(server).await, options, &behaviour).await;
    }
}

async fn run(name: &str, database: TestDatabase, options: Options, behaviour: &impl AsyncFn(TestApp)) {
    let app = TestApp::start(&database, options).await;
    let outcome = AssertUnwindSafe(behaviour(app)).catch_unwind().await;
    database.close().await;
    if let Err(panic) = outcome {
        eprintln!("--- failed on {name}");
        std::panic::resume_unwind(panic);
    }
}

impl TestApp {
    pub async fn start(database: &TestDatabase, options: Options) -> Self {
        let clock = Clock::at(BEGINNING.parse::<DateTime<Utc>>().unwrap());
        let store = Store::folder(database.files.path()).unwrap();
        let mut context = app::context(clock.clone(), Ids::default(), Secrets::derive(SECRET), store);
        context.contributions.extend(super::jobs::KINDS);
        let db = Db::open(&database.location, 6, context).await.unwrap();
        Self::over(db, clock, options).await
    }

    /// A process over a database that is open already: another replica, or the same after a restart.
    pub async fn over(db: Db, clock: Clock, options: Options) -> Self {
        let shared = Shared::prepare(db, options).await.unwrap();
        let service = Rc::new(actix_web::test::init_service(app::build(shared.clone())).await);
        let call = Rc::new(move |request| {
            let service = Rc::clone(&service);
            async move { service.call(request).await.map(ServiceResponse::map_into_boxed_body) }.boxed_local()
        });
        Self { shared, clock, call }
    }

    /// Another process over the same database.
    pub async fn restarted(&self) -> Self {
        let options = Options { rate_limits: false, ..Options::default() };
        Self::over(self.db().clone(), self.clock.clone(), options).await
    }

    pub fn db(&self) -> &Db {
        &self.shared.db
    }

    /// Lets time pass.
    pub fn after(&self, time: TimeDelta) {
        self.clock.advance(time);
    }

    /// Gives what was committed its place in the log.
    pub async fn settle(&self) {
        event::sequence(self.db()).await.unwrap();
    }

    /// The names of all events so far that begin with one of these kinds, in order.
    pub async fn events_of(&self, kinds: &[&str]) -> Vec<String> {
        use sea_orm::{EntityTrait, QueryOrder};
        self.settle().await;
        let rows = event::Entity::find().order_by_asc(event::Column::Seq);
        let rows = self.db().reader().all(rows).await.unwrap();
        rows.into_iter().filter(|row| kinds.contains(&row.subject_kind.as_str())).map(|row| row.name).collect()
    }

    pub fn anonymous(&self) -> Client {
        Client::new(self.clone(), None)
    }
}
