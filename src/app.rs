//! The table of contents: which chapters there are, and how they become one application.

use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, OnceLock};

use actix_cors::Cors;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::{Compress, Condition, from_fn};
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse};
use serde_json::Value;
use utoipa::OpenApi;
use utoipa_actix_web::{AppExt, scope};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::identity::{self, directory::Directory, keys};
use crate::kernel::auth::Tokens;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Context, Db};
use crate::kernel::error::{METHOD_NOT_ALLOWED, NOT_FOUND, Refused, Result};
use crate::kernel::front::{Front, front, unmark};
use crate::kernel::gate::Gate;
use crate::kernel::id::Ids;
use crate::kernel::limits::Limits;
use crate::kernel::routes::{ROOT, ServiceConfig};
use crate::kernel::secret::Secrets;
use crate::kernel::slice::Slice;
use crate::kernel::store::Store;
use crate::kernel::{openapi, problem, routes};
use crate::{
    activities, calendars, certificates, competencies, credits, evaluation, events, files, health, jobs, learning,
    mentoring, problems, programmes, security_contact, settings, staff, surveys, tasks,
};

/// The chapters, in the order in which they are read.
pub const SLICES: &[Slice] = &[
    health::SLICE,
    problems::SLICE,
    security_contact::SLICE,
    identity::SLICE,
    staff::SLICE,
    tasks::SLICE,
    competencies::SLICE,
    settings::SLICE,
    credits::SLICE,
    certificates::SLICE,
    programmes::SLICE,
    activities::SLICE,
    surveys::SLICE,
    mentoring::SLICE,
    learning::SLICE,
    evaluation::SLICE,
    calendars::SLICE,
    files::SLICE,
    events::SLICE,
    jobs::SLICE,
];

/// Clock, identifiers, keys, the place of files, and what the chapters do for one another: what a database is opened with.
pub fn context(clock: Clock, ids: Ids, secrets: Secrets, store: Store) -> Context {
    let hooks = SLICES.iter().flat_map(|slice| slice.hooks).copied().collect();
    let contributions = SLICES.iter().flat_map(|slice| slice.contributions).copied().collect();
    Context { clock, ids, secrets, store, hooks, contributions }
}

/// What the workers of a process share.
#[derive(Clone)]
pub struct Shared {
    /// The database.
    pub db: Data<Db>,
    /// What every guard needs.
    pub gate: Data<Gate>,
    /// What the front needs.
    pub front: Data<Arc<Front>>,
    /// Whether the process is about to stop.
    pub health: Data<health::Health>,
    /// Whom to tell about a weakness.
    pub security_contact: Data<security_contact::SecurityContact>,
    /// Web pages of other origins that may call.
    pub cors_origins: Arc<Vec<String>>,
}

/// What differs between processes.
#[derive(Clone, Debug)]
pub struct Options {
    /// The issuer of tokens.
    pub public_url: String,
    /// Whether limits hold.
    pub rate_limits: bool,
    /// Requests under way at once.
    pub capacity: usize,
    /// Whether a proxy in front says where requests come from.
    pub trust_proxy: bool,
    /// Web pages of other origins that may call.
    pub cors_origins: Vec<String>,
    /// Whether an admin without a second factor is no admin.
    pub require_admin_mfa: bool,
    /// Whom to tell about a weakness: a `mailto:` or `https:` address.
    pub security_contact: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:8080".to_owned(),
            rate_limits: true,
            capacity: 512,
            trust_proxy: false,
            cors_origins: Vec::new(),
            require_admin_mfa: false,
            security_contact: None,
        }
    }
}

impl Shared {
    /// Prepares a process: loads the signing keys, making them where there are none.
    pub async fn prepare(db: Db, options: Options) -> Result<Self> {
        let ring = keys::load(&db).await?;
        let contact = security_contact::SecurityContact::new(options.security_contact, &options.public_url);
        let gate = Gate {
            tokens: Tokens::new(options.public_url, ring),
            sessions: Box::new(Directory(db.clone())),
            limits: Limits::new(options.rate_limits),
            require_admin_mfa: options.require_admin_mfa,
            db: db.clone(),
        };
        let front = Front {
            stopping: AtomicBool::new(false),
            db: db.clone(),
            capacity: options.capacity,
            busy: AtomicUsize::new(0),
            trust_proxy: options.trust_proxy,
        };
        Ok(Self {
            health: Data::new(health::Health::new(db.clone())),
            db: Data::new(db),
            gate: Data::new(gate),
            front: Data::new(Arc::new(front)),
            security_contact: Data::new(contact),
            cors_origins: Arc::new(options.cors_origins),
        })
    }
}

/// What the document says of itself.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Bina Pustaka",
        description = "The service on which a city library runs the development of its librarians (program pembinaan pustakawan): \
competency framework, assessment, gap, plan, training, mentoring, credit hours, evaluation and impact.\n\n\
**Sign in** with `POST /api/v1/auth/login` and send `Authorization: Bearer …`. **Lists** come in pages: follow `next_cursor`. \
**Changes** need `If-Match` with the object's ETag, so that nobody overwrites another. **Errors** are problem details (RFC 9457); \
branch on `code` alone. **Languages**: `Accept-Language: id` (default) or `en`. Instants are UTC with milliseconds, dates are \
`YYYY-MM-DD`, money is whole rupiah. Unknown response fields may appear in any version: ignore them.",
        contact(name = "Perpustakaan Kota Singkawang", url = "https://github.com/bina-pustaka", email = "bina@pustaka.example"),
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    servers((url = "/", description = "The production server, or the local one, that gave this document")),
    components(schemas(problem::Problem, problem::ProblemPart)),
)]
struct About;

/// The OpenAPI document, completed and in its final form.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let app = App::new().into_utoipa_app().openapi(About::openapi());
        let app = app.configure(|document| root_routes(&mut ServiceConfig::describing(document)));
        let api = scope(ROOT).configure(|document| api_routes(&mut ServiceConfig::describing(document)));
        let (_, document) = app.service(api).split_for_parts();
        let mut document = serde_json::to_value(&document).unwrap_or_default();
        openapi::finish(&mut document, SLICES);
        document
    })
}

/// The routes at the root.
fn root_routes(config: &mut ServiceConfig) {
    for routes in SLICES.iter().filter_map(|slice| slice.root_routes) {
        config.configure(routes);
    }
}

/// The routes of the API.
fn api_routes(config: &mut ServiceConfig) {
    for slice in SLICES {
        (slice.routes)(config);
    }
}

/// Builds the application; once for each worker.
#[expect(clippy::needless_pass_by_value, reason = "a borrow would tie the application to it")]
pub fn build(
    shared: Shared,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let api = web::scope(ROOT).configure(|config| api_routes(&mut ServiceConfig::serving(config, ROOT)));
    let app = App::new().configure(|config| root_routes(&mut ServiceConfig::serving(config, ""))).service(api);
    let swagger = Config::new(["/openapi.json"])
        .deep_linking(true)
        .display_request_duration(true)
        .persist_authorization(true)
        .filter(true)
        .doc_expansion("none")
        .validator_url("none");
    app.app_data(shared.db.clone())
        .app_data(shared.gate.clone())
        .app_data(shared.front.clone())
        .app_data(shared.health.clone())
        .app_data(shared.security_contact.clone())
        .route("/openapi.json", web::get().to(serve_document))
        .route(
            "/docs",
            web::get().to(|| async {
                HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "/docs/")).finish()
            }),
        )
        .service(SwaggerUi::new("/docs/{_:.*}").config(swagger))
        .default_service(web::to(elsewhere))
        .wrap(from_fn(front))
        .wrap(Compress::default())
        .wrap(from_fn(unmark))
        .wrap(Condition::new(!shared.cors_origins.is_empty(), cors(&shared.cors_origins)))
}

/// Which other origins may call: exactly those of the configuration, with bearer tokens and without cookies.
fn cors(origins: &[String]) -> Cors {
    let exposed = [
        "ETag",
        "Link",
        "Location",
        "RateLimit",
        "RateLimit-Policy",
        "Retry-After",
        "X-Request-Id",
        "Idempotency-Replayed",
        "Accept-Ranges",
        "Content-Disposition",
        "Content-Range",
    ];
    let cors = Cors::default()
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([
            "Authorization",
            "Content-Type",
            "Accept",
            "Accept-Language",
            "If-Match",
            "If-None-Match",
            "Idempotency-Key",
            "Content-Digest",
            "Range",
            "If-Range",
        ])
        .expose_headers(exposed)
        .max_age(7200);
    origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}

async fn serve_document(request: HttpRequest) -> HttpResponse {
    static BYTES: OnceLock<Bytes> = OnceLock::new();
    let bytes = BYTES.get_or_init(|| Bytes::from(serde_json::to_vec(document()).unwrap_or_default()));
    crate::kernel::http::tagged(&request, None, bytes.to_vec(), "application/json")
}

/// No handler is here: another method of a known path, or nothing at all.
async fn elsewhere(request: HttpRequest) -> Result<HttpResponse> {
    let allowed = allowed_methods(request.path());
    if allowed.is_empty() {
        return Err(NOT_FOUND.into());
    }
    let allow = allowed.join(", ");
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent().insert_header((header::ALLOW, allow)).finish());
    }
    Err(Refused { allowed: Some(("Allow", allow)), ..Refused::from(METHOD_NOT_ALLOWED) }.into())
}

/// The methods of a path, from the document.
fn allowed_methods(path: &str) -> Vec<String> {
    let mut methods = Vec::new();
    let Some(paths) = document().get("paths").and_then(Value::as_object) else { return methods };
    for (template, item) in paths {
        if routes::fits(template, path)
            && let Some(item) = item.as_object()
        {
            for method in item.keys().map(|method| method.to_uppercase()) {
                if method == "GET" && !methods.contains(&"HEAD".to_owned()) {
                    methods.push("HEAD".to_owned());
                }
                if !methods.contains(&method) {
                    methods.push(method);
                }
            }
        }
    }
    methods.sort();
    if !methods.is_empty() {
        methods.push("OPTIONS".to_owned());
    }
    methods
}
