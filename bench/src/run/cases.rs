//! The cases, one after the other, service and floor in turn.

use std::{path::Path, time::Duration};

use anyhow::Context;
use tokio::time::sleep;

use super::{
    Options, Part,
    answers::Comparison,
    megabytes,
    report::{Case, Fact, Section},
    server::Server,
    stage::{Cursors, Stage, sign_in, signed_in},
};
use crate::{
    database::Database,
    floor::{gaps, registrations, rows},
    load::{self, Outcome, Pace, Request, Template},
    process, seed,
};

/// Starts whose median is the time to ready.
const STARTS: usize = 5;
/// Assessments that are read in turn, and compared.
const SAMPLE: usize = 2_000;
/// Of those, how many are compared byte by byte.
const COMPARED: u64 = 200;
/// Connections of the cases, but for those of reports, whose answers are large or read many rows.
pub(super) const CONNECTIONS: usize = 32;
pub(super) const REPORT_CONNECTIONS: usize = 8;
/// Connections that sign in without pause.
const SIGN_INS: usize = 4;

/// One database's measurement.
pub(super) struct Bench<'a> {
    pub(super) options: &'a Options,
    pub(super) stage: Stage,
}

/// The two servers side by side, and the header lines that go to both.
pub(super) struct Pair {
    pub(super) service: Server,
    pub(super) floor: Server,
    pub(super) headers: Vec<(String, String)>,
}

impl<'a> Bench<'a> {
    /// Makes ready to measure on `database`, with files in `place`.
    pub(super) fn new(options: &'a Options, database: Database, place: &'a Path) -> anyhow::Result<Self> {
        Ok(Self { options, stage: Stage::new(&options.service, database, place)? })
    }

    /// Seeds, then measures all cases, or those that were asked for.
    pub(super) async fn measure(&self) -> anyhow::Result<Section> {
        let mut section = Section { database: self.stage.database.name(), cases: Vec::new(), facts: Vec::new() };
        if self.options.only == [Part::Flat] {
            return Ok(section);
        }
        let wants = |part| self.options.wants(part);
        self.stage.prepare(self.options.needed()).await?;
        if wants(Part::Start) {
            self.starts(&mut section).await?;
        }
        let pair = self.start_both(&mut section).await?;
        if wants(Part::Assessments) {
            self.compare(&pair, &mut section).await?;
            self.both(&pair, &mut section).await?;
        }
        if wants(Part::SignIn) {
            self.sign_ins(&pair, &mut section).await?;
        }
        self.people(&pair, &mut section).await?;
        if wants(Part::Indicators) {
            self.indicators(&pair, &mut section).await?;
        }
        if wants(Part::Surveys) {
            self.surveys(&pair, &mut section).await?;
        }
        if wants(Part::Results) {
            self.results(&pair, &mut section).await?;
        }
        if wants(Part::CheckIns) {
            self.check_ins(&pair, &mut section).await?;
        }
        section.fact("memory after the benchmark", memory(&pair.service)?, "< 100 MB");
        pair.service.stop().await?;
        pair.floor.stop().await?;
        if wants(Part::Fsyncs) {
            self.syncs(&pair.headers, &mut section).await?;
        }
        Ok(section)
    }

    async fn starts(&self, section: &mut Section) -> anyhow::Result<()> {
        let mut times = Vec::new();
        for _ in 0..STARTS {
            let server = self.stage.start_service().await?;
            times.push(server.ready_after);
            server.stop().await?;
        }
        times.sort_unstable();
        let median = times.get(STARTS / 2).copied().unwrap_or_default();
        section.fact("start to ready, median of 5", format!("{} ms", median.as_millis()), "< 200 ms");
        Ok(())
    }

    /// Starts the service, weighs it, signs in, and starts the floor with what the service alone can know.
    async fn start_both(&self, section: &mut Section) -> anyhow::Result<Pair> {
        let service = self.stage.start_service().await?;
        sleep(Duration::from_secs(5)).await;
        section.fact("memory 5 s after ready", memory(&service)?, "< 25 MB");
        let headers = signed_in(&service).await?;
        let page = async |path| {
            let page = Request { headers: headers.clone(), ..service.request("GET", path) }.once(0).await?;
            let page: serde_json::Value = serde_json::from_slice(&page.body).context("a measured page")?;
            anyhow::Ok(page.get("page").context("a measured page has no `page`")?.to_string())
        };
        let cursors = Cursors {
            assessments: Some(page(rows::PAGE).await?),
            registrations: Some(page(registrations::PAGE).await?),
        };
        let floor = self.stage.start_floor(&cursors).await?;
        Ok(Pair { service, floor, headers })
    }

    async fn compare(&self, pair: &Pair, section: &mut Section) -> anyhow::Result<()> {
        for (name, path, times) in [
            ("answers equal: get", "{line}", COMPARED),
            ("answers equal: page", rows::PAGE, 1),
            ("answers equal: gap report", gaps::GAPS, 1),
        ] {
            let mut comparison = Comparison::default();
            for (n, one) in (0..times).zip(self.paths()) {
                let path = if path == "{line}" { one.as_str() } else { path };
                let [service, floor] = pair.requests("GET", &Template::plain(path), None);
                comparison.compare(&service, &floor, n).await?;
            }
            section.fact(name, comparison.to_string(), "all");
        }
        let kept = pair.kept_equal_a_scan(std::iter::once(gaps::GAPS.to_owned())).await?;
        section.fact("gap report: kept figures equal a full scan", kept.to_string(), "all");
        Ok(())
    }

    /// Paths of assessments all over the table.
    fn paths(&self) -> impl Iterator<Item = String> {
        seed::assessment_ids(self.options.amount, SAMPLE).map(|id| format!("{}/{id}", rows::ASSESSMENTS))
    }

    /// The body of a new assessment of somebody in something.
    pub(super) fn new_assessment(&self) -> Template {
        let pairs = seed::pairs(self.options.amount, SAMPLE).into_iter().map(|(who, what)| rows::pair(who, what));
        Template::new(rows::NEW_ASSESSMENT, pairs.collect())
    }

    async fn both(&self, pair: &Pair, section: &mut Section) -> anyhow::Result<()> {
        let get = Template::new("{line}", self.paths().collect());
        let (page, gaps) = (Template::plain(rows::PAGE), Template::plain(gaps::GAPS));
        let (all, new) = (Template::plain(rows::ASSESSMENTS), self.new_assessment());
        for (name, aim, connections, requests) in [
            ("get one assessment", Some(2.0), CONNECTIONS, pair.requests("GET", &get, None)),
            ("page of 20, filtered and sorted", Some(2.5), CONNECTIONS, pair.requests("GET", &page, None)),
            ("gap report", None, REPORT_CONNECTIONS, pair.requests("GET", &gaps, None)),
            ("create one, durable", None, CONNECTIONS, pair.requests("POST", &all, Some(&new))),
        ] {
            let case = self.case(name, aim, connections, (requests, pair)).await?;
            section.cases.push(case);
        }
        self.grouping(pair, section).await
    }

    /// Sign-in itself, and what others feel while it goes on.
    async fn sign_ins(&self, pair: &Pair, section: &mut Section) -> anyhow::Result<()> {
        let sign_in = sign_in(&pair.service);
        let get = Template::new("{line}", self.paths().collect());
        let [reader, _] = pair.requests("GET", &get, None);
        let rate = Some(self.options.probe_rate);
        let quiet = self.load("others, quiet", &reader, (CONNECTIONS, rate), &pair.service).await?;
        let (signed_in, beside) = tokio::try_join!(
            self.load("sign in", &sign_in, (SIGN_INS, None), &pair.service),
            self.load("others, beside sign-ins", &reader, (CONNECTIONS, rate), &pair.service),
        )?;
        let (before, during) = (quiet.percentile_ms(99), beside.percentile_ms(99));
        let figures = format!("{before:.2} ms quiet, {during:.2} ms beside: {:.1} times", during / before);
        let name = format!("p99 of others ({:.0}/s) while 4 connections sign in", self.options.probe_rate);
        section.fact(name, figures, "< 3 times");
        section.cases.push(Case { name: "sign in, 4 connections", aim: None, service: signed_in, floor: None });
        Ok(())
    }

    /// Measures a case on both. The aims are those on SQLite.
    pub(super) async fn case(
        &self,
        name: &'static str,
        aim: Option<f64>,
        connections: usize,
        ([service, floor], pair): ([Request; 2], &Pair),
    ) -> anyhow::Result<Case> {
        let ours = self.load(name, &service, (connections, None), &pair.service).await?;
        let theirs = self.load(name, &floor, (connections, None), &pair.floor).await?;
        let aim = aim.filter(|_| matches!(self.stage.database, Database::Sqlite(_)));
        Ok(Case { name, aim, service: ours, floor: Some(theirs) })
    }

    /// As long as the options say.
    pub(super) fn pace(&self, connections: usize, rate: Option<f64>, warm_up: Duration) -> Pace {
        Pace { connections, warm_up, duration: self.options.duration(), rate }
    }

    /// Measures one case after a second of warm-up, and says so.
    pub(super) async fn load(
        &self,
        name: &str,
        request: &Request,
        (connections, rate): (usize, Option<f64>),
        server: &Server,
    ) -> anyhow::Result<Outcome> {
        let pace = self.pace(connections, rate, Duration::from_secs(1));
        let outcome = load::run(request, pace, Some(server.pid)).await.with_context(|| name.to_owned())?;
        eprintln!("{}: {name} ({connections} connections)\n{outcome}", self.stage.database.name());
        Ok(outcome)
    }
}

impl Pair {
    /// The same request to the service and to the floor.
    pub(super) fn requests(&self, method: &str, path: &Template, body: Option<&Template>) -> [Request; 2] {
        [&self.service, &self.floor].map(|server| Request {
            path: path.clone(),
            headers: self.headers.clone(),
            body: body.cloned(),
            ..server.request(method, "")
        })
    }
}

impl Pair {
    /// Asks the service for each of `paths` of today, and again as of today, for which it reads every row.
    pub(super) async fn kept_equal_a_scan(&self, paths: impl Iterator<Item = String>) -> anyhow::Result<Comparison> {
        let mut comparison = Comparison::default();
        for path in paths {
            let [kept, _] = self.requests("GET", &Template::plain(&path), None);
            let report: serde_json::Value = serde_json::from_slice(&kept.once(0).await?.body)?;
            let today = report.get("as_of").and_then(serde_json::Value::as_str).context("the report has no day")?;
            let [scanned, _] = self.requests("GET", &Template::plain(&format!("{path}?as_of={today}")), None);
            comparison.compare(&kept, &scanned, 0).await?;
        }
        Ok(comparison)
    }
}

impl Section {
    /// Takes up a single figure.
    pub(super) fn fact(&mut self, name: impl Into<String>, value: impl Into<String>, aim: &'static str) {
        self.facts.push(Fact { name: name.into(), value: value.into(), aim });
    }
}

/// Memory of a server now.
pub(super) fn memory(server: &Server) -> anyhow::Result<String> {
    Ok(format!("{:.1} MB", megabytes(process::resident_bytes(server.pid)?)))
}
