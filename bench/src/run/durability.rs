//! What a durable create costs: fsyncs, and what committing together gains.

use std::{
    fs::File,
    io::Write,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};

use super::{
    cases::{Bench, CONNECTIONS, Pair},
    report::{Case, Section},
    server::{Server, free_address},
    stage::Cursors,
};
use crate::{
    database::Database,
    floor::rows,
    load::{self, Request, Template},
    process,
    syncs::Counter,
};

impl Bench<'_> {
    /// What writing together gains: against one connection, whose creates the service must commit one by one, and
    /// against the floor, which commits one by one always.
    pub(super) async fn grouping(&self, pair: &Pair, section: &mut Section) -> anyhow::Result<()> {
        let [create, _] = pair.requests("POST", &Template::plain(rows::ASSESSMENTS), Some(&self.new_assessment()));
        let alone = self.load("create one, durable", &create, (1, None), &pair.service).await?.rate();
        let Some((together, floor)) = section.cases.last().and_then(Case::rates) else {
            return Ok(());
        };
        let times = format!("{:.1} times ({together:.0}/s against {alone:.0}/s)", together / alone);
        section.fact("creates at 32 parallel against one at a time", times, "≥ 5 times");
        let times = format!("{:.1} times ({together:.0}/s against {floor:.0}/s)", together / floor);
        section.fact("the same against the floor's bare rows, one commit each", times, "-");
        Ok(())
    }

    /// Creates for each fsync; both servers run again for it, since the counting costs time.
    pub(super) async fn syncs(&self, headers: &[(String, String)], section: &mut Section) -> anyhow::Result<()> {
        let address = free_address()?;
        let ours = self.creates_per_sync(self.stage.service_on(&address)?, address, headers).await;
        let address = free_address()?;
        let theirs = self.creates_per_sync(self.stage.floor_on(&address, &Cursors::default())?, address, headers).await;
        // PostgreSQL writes commits together of its own accord, so its floor has no figure to come to.
        let exact = matches!(self.stage.database, Database::Sqlite(_));
        for (name, counted, aim) in [
            ("creates for each fsync at 32 parallel", ours, "≥ 5"),
            ("the same of the floor", theirs, if exact { "about 1" } else { "-" }),
        ] {
            section.fact(name, counted.unwrap_or_else(|error| format!("not counted: {error:#}")), aim);
        }
        section.fact("one fdatasync of 4 KiB", format!("{} µs", sync_time(&self.stage.place)?.as_micros()), "-");
        Ok(())
    }

    async fn creates_per_sync(
        &self,
        server: Command,
        address: String,
        headers: &[(String, String)],
    ) -> anyhow::Result<String> {
        let mut counter = Counter::around(&self.stage.database, &self.stage.place).await?;
        let mut server = Server::start(counter.wrap(server), address, &self.stage.log).await?;
        if counter.is_outside() {
            server.pid = process::child_of(server.pid).context("strace has no child")?;
        }
        let create = Request {
            headers: headers.to_vec(),
            body: Some(self.new_assessment()),
            ..server.request("POST", rows::ASSESSMENTS)
        };
        let before = counter.count().await?;
        let pace = self.pace(CONNECTIONS, None, Duration::ZERO);
        let created = load::run(&create, pace, None).await?;
        let syncs = counter.count().await? - before;
        server.stop().await?;
        ensure!(created.errors() == 0, "{}", created.first_error().unwrap_or_default());
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
        let each = created.count() as f64 / syncs as f64;
        Ok(format!("{each:.1} ({} creates, {syncs} fsyncs)", created.count()))
    }
}

/// What waiting for this disk costs: the mean of 200 fdatasyncs, each after 4 KiB.
fn sync_time(place: &Path) -> anyhow::Result<Duration> {
    const TIMES: u32 = 200;
    let mut file = File::create(place.join("syncs.bin"))?;
    let begin = Instant::now();
    for _ in 0..TIMES {
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
    }
    Ok(begin.elapsed() / TIMES)
}
