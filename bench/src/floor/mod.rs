//! The floor: what the measured answers cost with nothing around them.
//!
//! Raw actix-web, one prepared statement per answer, the service's own tables, its columns and its JSON: a row is
//! read, decoded, put into a struct and serialised. What the service adds on top (token, policy, ETag, validation,
//! events, metrics) is what the ratio to the floor tells.

pub(crate) mod check_ins;
pub(crate) mod credits;
pub(crate) mod culture;
pub(crate) mod gaps;
pub(crate) mod indicators;
mod postgres;
pub(crate) mod registrations;
pub(crate) mod results;
pub(crate) mod rows;
mod sqlite;
pub(crate) mod surveys;

use std::{fmt, rc::Rc};

use actix_web::{
    App, HttpResponse, HttpServer, ResponseError,
    web::{Data, Json, Path, Query, ServiceConfig, get, post},
};
use clap::Args;
use uuid::Uuid;

use crate::database::Database;
use check_ins::{Batch, Report, Scan};
use credits::Statement;
use culture::Culture;
use gaps::GapReport;
use indicators::Dashboard;
use registrations::Registration;
use results::{Broken, Frozen};
use rows::{Assessment, Cursors, Filter, NewAssessment, Page};
use surveys::{Given, Response, TokenKey};

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
    /// The same of the measured page of registrations
    #[arg(long, default_value = r#"{"next_cursor":null,"prev_cursor":null}"#)]
    registration_cursors: String,
    /// The service's secret, under which it keeps the tokens of surveys
    #[arg(long, env = "BINA_SECRET_KEY", default_value = "", hide_env_values = true)]
    secret_key: String,
}

/// Cursors of the measured page of registrations.
#[derive(Clone)]
struct RegistrationCursors(Cursors);

/// The database work behind the answers.
trait Store: 'static {
    async fn assessment(&self, id: Uuid) -> anyhow::Result<Option<Assessment>>;
    async fn page(&self, filter: &Filter) -> anyhow::Result<Vec<Assessment>>;
    async fn create(&self, new: NewAssessment) -> anyhow::Result<Assessment>;
    async fn gaps(&self) -> anyhow::Result<GapReport>;
    async fn registrations(&self, filter: &Filter) -> anyhow::Result<Vec<Registration>>;
    async fn statement(&self, person: Uuid) -> anyhow::Result<Option<Statement>>;
    async fn culture(&self) -> anyhow::Result<Culture>;
    async fn check_in(&self, activity: Uuid, scans: Vec<Scan>) -> anyhow::Result<Vec<Scan>>;
    async fn dashboard(&self) -> anyhow::Result<Dashboard>;
    async fn frozen(&self, campaign: Uuid) -> anyhow::Result<Option<Frozen>>;
    /// Whether the answer was taken; not where its token was used before.
    async fn answer(&self, response: Response) -> anyhow::Result<bool>;
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
    let tokens = TokenKey::of(&options.secret_key)?;
    let others = RegistrationCursors(serde_json::from_str(&options.registration_cursors)?);
    actix_web::rt::System::new().block_on(async {
        HttpServer::new(move || {
            let open = open.clone();
            App::new()
                .data_factory(move || {
                    let store = open();
                    async { store.await.map(Rc::new) }
                })
                .app_data(Data::new(cursors.clone()))
                .app_data(Data::new(others.clone()))
                .app_data(Data::new(tokens.clone()))
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
        .route(rows::ASSESSMENTS, post().to(create::<S>))
        .route(&format!("{}/{{id}}", rows::ASSESSMENTS), get().to(read::<S>))
        .route(gaps::GAPS, get().to(report::<S>))
        .route(registrations::REGISTRATIONS, get().to(list_registrations::<S>))
        .route(credits::STATEMENT, get().to(statement::<S>))
        .route(culture::CULTURE, get().to(learning_culture::<S>))
        .route(check_ins::CHECK_INS, post().to(check_in::<S>))
        .route(indicators::DASHBOARD, get().to(dashboard::<S>))
        .route(results::RESULTS, get().to(campaign_results::<S>))
        .route(surveys::SURVEY, post().to(answer::<S>));
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

async fn list_registrations<S: Store>(
    store: Data<Rc<S>>,
    cursors: Data<RegistrationCursors>,
    filter: Query<Filter>,
) -> Result<HttpResponse, Failure> {
    let rows = store.registrations(&filter).await?;
    Ok(HttpResponse::Ok().json(Page::new(rows, filter.limit, &cursors.0)))
}

async fn statement<S: Store>(store: Data<Rc<S>>, id: Path<Uuid>) -> Result<HttpResponse, Failure> {
    Ok(match store.statement(*id).await? {
        Some(statement) => HttpResponse::Ok().json(statement),
        None => HttpResponse::NotFound().finish(),
    })
}

async fn learning_culture<S: Store>(store: Data<Rc<S>>) -> Result<HttpResponse, Failure> {
    Ok(HttpResponse::Ok().json(store.culture().await?))
}

async fn check_in<S: Store>(
    store: Data<Rc<S>>,
    activity: Path<Uuid>,
    batch: Json<Batch>,
) -> Result<HttpResponse, Failure> {
    let Some(scans) = batch.into_inner().scans() else {
        return Ok(HttpResponse::UnprocessableEntity().finish());
    };
    Ok(HttpResponse::Ok().json(Report::of(store.check_in(*activity, scans).await?)))
}

async fn dashboard<S: Store>(store: Data<Rc<S>>) -> Result<HttpResponse, Failure> {
    Ok(HttpResponse::Ok().json(store.dashboard().await?))
}

async fn campaign_results<S: Store>(
    store: Data<Rc<S>>,
    campaign: Path<Uuid>,
    broken: Query<Broken>,
) -> Result<HttpResponse, Failure> {
    Ok(match store.frozen(*campaign).await? {
        Some(frozen) => HttpResponse::Ok().json(frozen.results(&broken)?),
        None => HttpResponse::NotFound().finish(),
    })
}

async fn answer<S: Store>(
    store: Data<Rc<S>>,
    key: Data<TokenKey>,
    token: Path<String>,
    given: Json<Given>,
) -> Result<HttpResponse, Failure> {
    let Some(response) = Response::new(&key, &token, given.into_inner()) else {
        return Ok(HttpResponse::NotFound().finish());
    };
    let taken = store.answer(response).await?;
    Ok(if taken { HttpResponse::NoContent().finish() } else { HttpResponse::Conflict().finish() })
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
