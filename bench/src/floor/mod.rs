//! The floor: what the measured answers cost with nothing around them.
//!
//! Raw actix-web, one prepared statement per answer, the service's own tables, its columns and its JSON: a row is
//! read, decoded, put into a struct and serialised. What the service adds on top (token, policy, ETag, validation,
//! events, metrics) is what the ratio to the floor tells.

pub(crate) mod gaps;
mod postgres;
pub(crate) mod rows;
mod sqlite;

use std::{fmt, rc::Rc};

use actix_web::{
    App, HttpResponse, HttpServer, ResponseError,
    web::{Data, Json, Path, Query, ServiceConfig, get},
};
use clap::Args;
use uuid::Uuid;

use crate::database::Database;
use gaps::GapReport;
use rows::{Assessment, Cursors, Filter, NewAssessment, Page};

/// Options of `bench floor`.
#[derive(Args)]
pub(crate) struct Options {
    /// The seeded database, as in `BINA_DATABASE_URL`
    #[arg(long, env = "BINA_DATABASE_URL")]
    database: Database,
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8090")]
    addr: String,
    /// Worker threads; the service takes one per core
    #[arg(long, default_value_t = 2)]
    workers: usize,
    /// The service's `page` object of the measured page: its cursors are signed, so the floor is told them
    #[arg(long, default_value = r#"{"next_cursor":null,"prev_cursor":null}"#)]
    cursors: String,
}

/// The database work behind the four answers.
trait Store: 'static {
    async fn assessment(&self, id: Uuid) -> anyhow::Result<Option<Assessment>>;
    async fn page(&self, filter: &Filter) -> anyhow::Result<Vec<Assessment>>;
    async fn create(&self, new: NewAssessment) -> anyhow::Result<Assessment>;
    async fn gaps(&self) -> anyhow::Result<GapReport>;
}

/// Serves until the process is told to end.
pub(crate) fn serve(options: &Options) -> anyhow::Result<()> {
    match &options.database {
        Database::Sqlite(file) => {
            let (file, writer) = (file.clone(), sqlite::Writer::start(file)?);
            listen(options, move || {
                let store = sqlite::Lane::open(&file, writer.clone());
                async { store }
            })
        }
        Database::Postgres(url) => {
            let url = url.clone();
            listen(options, move || postgres::Pool::open(url.clone()))
        }
    }
}

/// Runs actix-web with one store per worker thread.
fn listen<S, F, O>(options: &Options, open: F) -> anyhow::Result<()>
where
    S: Store,
    F: Fn() -> O + Clone + Send + 'static,
    O: Future<Output = anyhow::Result<S>> + 'static,
{
    let cursors: Cursors = serde_json::from_str(&options.cursors)?;
    actix_web::rt::System::new().block_on(async {
        HttpServer::new(move || {
            let open = open.clone();
            App::new()
                .data_factory(move || {
                    let store = open();
                    async { store.await.map(Rc::new) }
                })
                .app_data(Data::new(cursors.clone()))
                .configure(routes::<S>)
        })
        .workers(options.workers)
        .bind(&options.addr)?
        .run()
        .await?;
        Ok(())
    })
}

fn routes<S: Store>(app: &mut ServiceConfig) {
    app.route("/health/ready", get().to(HttpResponse::Ok))
        .route(rows::ASSESSMENTS, get().to(list::<S>))
        .route(rows::ASSESSMENTS, actix_web::web::post().to(create::<S>))
        .route(&format!("{}/{{id}}", rows::ASSESSMENTS), get().to(read::<S>))
        .route(gaps::GAPS, get().to(report::<S>));
}

async fn read<S: Store>(store: Data<Rc<S>>, id: Path<Uuid>) -> Result<HttpResponse, Failure> {
    Ok(match store.assessment(*id).await? {
        Some(assessment) => HttpResponse::Ok().json(assessment),
        None => HttpResponse::NotFound().finish(),
    })
}

async fn list<S: Store>(
    store: Data<Rc<S>>,
    cursors: Data<Cursors>,
    filter: Query<Filter>,
) -> Result<HttpResponse, Failure> {
    let rows = store.page(&filter).await?;
    Ok(HttpResponse::Ok().json(Page::new(rows, filter.limit, &cursors)))
}

async fn create<S: Store>(store: Data<Rc<S>>, new: Json<NewAssessment>) -> Result<HttpResponse, Failure> {
    Ok(HttpResponse::Created().json(store.create(new.into_inner()).await?))
}

async fn report<S: Store>(store: Data<Rc<S>>) -> Result<HttpResponse, Failure> {
    Ok(HttpResponse::Ok().json(store.gaps().await?))
}

/// A failed answer: 500 with the reason, since nobody but the person who measures sees it.
#[derive(Debug)]
struct Failure(anyhow::Error);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.0)
    }
}

impl ResponseError for Failure {}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self(error)
    }
}
