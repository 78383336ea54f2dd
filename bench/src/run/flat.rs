//! What a page costs in a small and in a large database: the same, where an index leads to it.

use std::path::Path;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::{
    Options, Part,
    cases::CONNECTIONS,
    report::Section,
    server::{OwnDatabase, Server},
    stage::{Stage, signed_in},
};
use crate::{
    database::Database,
    floor::registrations,
    load::{self, Outcome, Pace, Request, Template},
    seed::Amount,
};

/// Rounds, each of which measures every database in turn, so that an hour of much else does not fall on one of them.
const ROUNDS: usize = 2;
/// Rows of the pages by which the middle of a list is reached.
const STRIDE: usize = 200;

/// One database with its service.
struct Size {
    rows: usize,
    own: Option<OwnDatabase>,
    server: Option<Server>,
    /// The first page and one in the middle of the list.
    pages: [Request; 2],
}

/// Measures the page in databases of each size, where that was asked for. `server` is PostgreSQL's; without it SQLite.
pub(super) async fn measure(
    options: &Options,
    server: Option<&str>,
    place: &Path,
    section: &mut Section,
) -> anyhow::Result<()> {
    if !options.wants(Part::Flat) {
        return Ok(());
    }
    let mut sizes = Vec::new();
    for rows in &options.flat {
        sizes.push(Size::new(options, server, place, *rows).await?);
    }
    let measured = pages(options, &sizes).await;
    for size in sizes {
        size.end().await?;
    }
    for (name, outcomes) in ["first page", "page in the middle"].into_iter().zip(measured?) {
        let (Some(small), Some(large)) = (outcomes.first(), outcomes.last()) else { continue };
        let few = options.flat.first().copied().unwrap_or_default();
        let many = options.flat.last().copied().unwrap_or_default();
        let figures = format!(
            "{:.2} times the CPU ({:.1} µs against {:.1} µs), {:.2} times the median ({:.2} ms against {:.2} ms)",
            large.cpu / small.cpu,
            large.cpu,
            small.cpu,
            large.median / small.median,
            large.median,
            small.median
        );
        section.fact(format!("registrations, {name}: {many} rows against {few}"), figures, "about 1");
    }
    Ok(())
}

/// Means over the rounds.
#[derive(Clone, Copy, Default)]
struct Cost {
    /// Microseconds a request.
    cpu: f64,
    /// Milliseconds.
    median: f64,
}

impl Cost {
    #[expect(clippy::cast_precision_loss, reason = "a handful of rounds")]
    fn add(&mut self, outcome: &Outcome) {
        self.cpu += outcome.cpu_us_per_request().unwrap_or_default() / ROUNDS as f64;
        self.median += outcome.percentile_ms(50) / ROUNDS as f64;
    }
}

/// Each page's cost by size.
async fn pages(options: &Options, sizes: &[Size]) -> anyhow::Result<[Vec<Cost>; 2]> {
    let mut costs = [(); 2].map(|()| vec![Cost::default(); sizes.len()]);
    let pace = Pace {
        connections: CONNECTIONS,
        warm_up: std::time::Duration::from_secs(1),
        duration: options.duration().div_f64(2.0),
        rate: None,
    };
    for _ in 0..ROUNDS {
        for (page, costs) in costs.iter_mut().enumerate() {
            for (size, cost) in sizes.iter().zip(costs) {
                let request = size.pages.get(page).context("two pages")?;
                let pid = size.server.as_ref().map(|server| server.pid);
                let outcome = load::run(request, pace, pid).await?;
                eprintln!("page {page} of {} registrations\n{outcome}", size.rows);
                ensure!(outcome.errors() == 0, "{}", outcome.first_error().unwrap_or_default());
                ensure!(outcome.count() > 0, "no answer came in {:?}", pace.duration);
                cost.add(&outcome);
            }
        }
    }
    Ok(costs)
}

impl Size {
    /// A database of so many registrations, with its service.
    async fn new(options: &Options, server: Option<&str>, place: &Path, rows: usize) -> anyhow::Result<Self> {
        let own = match server {
            Some(url) => Some(OwnDatabase::create(url, &rows.to_string()).await?),
            None => None,
        };
        let database = match &own {
            Some(own) => own.database(),
            None => Database::Sqlite(place.join(format!("flat-{rows}.db"))),
        };
        let begun = Self::begin(options, database, place, rows).await;
        match begun {
            Ok((server, pages)) => Ok(Self { rows, own, server: Some(server), pages }),
            Err(error) => {
                if let Some(own) = own {
                    own.remove().await?;
                }
                Err(error)
            }
        }
    }

    async fn begin(
        options: &Options,
        database: Database,
        place: &Path,
        rows: usize,
    ) -> anyhow::Result<(Server, [Request; 2])> {
        let stage = Stage::new(&options.service, database, place)?;
        let registrations_alone =
            Amount { assessments: 0, registrations: rows, credits: 0, answers: 0, indicators: 0, ..options.amount };
        stage.prepare(registrations_alone).await?;
        let server = stage.start_service().await?;
        let headers = signed_in(&server).await?;
        let request =
            |path: &str| Request { path: Template::plain(path), headers: headers.clone(), ..server.request("GET", "") };
        // A cursor belongs to a list whatever the length of its pages, so long ones lead to the middle.
        let long = registrations::PAGE.replace("limit=20", &format!("limit={STRIDE}"));
        let mut cursor = String::new();
        for _ in 0..(rows / 2 / STRIDE).max(1) {
            let answer = request(&format!("{long}{cursor}")).once(0).await?;
            ensure!(answer.status == 200, "{}", String::from_utf8_lossy(&answer.body));
            let page: Value = serde_json::from_slice(&answer.body)?;
            let next = page.pointer("/page/next_cursor").and_then(Value::as_str);
            // Not everybody has a seat, so a small list may end before.
            let Some(next) = next else { break };
            cursor = format!("&cursor={next}");
        }
        let pages = [request(registrations::PAGE), request(&format!("{}{cursor}", registrations::PAGE))];
        Ok((server, pages))
    }

    async fn end(self) -> anyhow::Result<()> {
        if let Some(server) = self.server {
            server.stop().await?;
        }
        match self.own {
            Some(own) => own.remove().await,
            None => Ok(()),
        }
    }
}
