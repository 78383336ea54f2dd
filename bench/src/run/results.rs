//! The results of a survey: what it costs to close it, and then to read what was frozen.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use serde::{Deserialize, de::IgnoredAny};
use tokio::time::sleep;

use super::{
    cases::{Bench, CONNECTIONS, Pair, memory},
    megabytes,
    people::equal,
    report::Section,
};
use crate::{
    floor::{results::RESULTS, rows},
    load::{Request, Template},
    process, seed,
};

/// How long the counting may take, which goes on after the answer.
const PATIENCE: Duration = Duration::from_mins(5);

/// How others fared while the survey was closed.
#[derive(Default)]
struct Others {
    writes: u64,
    refused: u64,
    longest: Duration,
}

/// The part of a campaign that the measurement needs.
#[derive(Deserialize)]
struct Campaign {
    results_frozen_at: Option<String>,
}

/// The part of broken down results that the measurement needs.
#[derive(Deserialize)]
struct Broken {
    groups: Vec<IgnoredAny>,
}

/// The part of a verification that the measurement needs.
#[derive(Deserialize)]
struct Verified {
    is_equal: bool,
}

impl Bench<'_> {
    /// Closes the survey, compares and measures its results, whole and broken down.
    pub(super) async fn results(&self, pair: &Pair, section: &mut Section) -> anyhow::Result<()> {
        let campaign = format!("/api/v1/campaigns/{}", seed::answered_campaign());
        self.close(pair, &campaign, section).await?;
        let path = RESULTS.replace("{id}", &seed::answered_campaign().to_string());
        let by_service = format!("{path}?by=service");
        equal(pair, "results of a survey", [path.clone(), by_service.clone()].into_iter(), section).await?;
        let [broken, _] = pair.requests("GET", &Template::plain(&by_service), None);
        let Broken { groups } = serde_json::from_slice(&broken.once(0).await?.body)?;
        ensure!(!groups.is_empty(), "so few answers are not told by service: --answers");
        let [verify, _] = pair.requests("GET", &Template::plain(&format!("{path}/verification")), None);
        let begin = Instant::now();
        let answer = verify.once(0).await?;
        ensure!(answer.status == 200, "verification: {}", String::from_utf8_lossy(&answer.body));
        let Verified { is_equal } = serde_json::from_slice(&answer.body)?;
        let (took, so) = (begin.elapsed().as_millis(), if is_equal { "equal" } else { "**not equal**" });
        section.fact("results of a survey: frozen and counted again", format!("{so}, {took} ms"), "equal");
        for (name, path) in [("results of a survey", path), ("results of a survey, by service", by_service)] {
            let requests = pair.requests("GET", &Template::plain(&path), None);
            let case = self.case(name, None, CONNECTIONS, (requests, pair)).await?;
            section.cases.push(case);
        }
        Ok(())
    }

    /// Closes the survey while somebody else writes, one create after the other, until its results are there: the longest
    /// of these waited for as long as the writer was held.
    async fn close(&self, pair: &Pair, campaign: &str, section: &mut Section) -> anyhow::Result<()> {
        let [closing, _] = pair.requests("POST", &Template::plain(&format!("{campaign}/closing")), None);
        let [read, _] = pair.requests("GET", &Template::plain(campaign), None);
        let [create, _] = pair.requests("POST", &Template::plain(rows::ASSESSMENTS), Some(&self.new_assessment()));
        let before = process::cpu_us(pair.service.pid)?;
        let (begin, is_over) = (Instant::now(), Cell::new(false));
        let close = async {
            let answer = closing.once(0).await?;
            let answered = begin.elapsed();
            until_counted(&read, begin).await.with_context(|| String::from_utf8_lossy(&answer.body).into_owned())?;
            is_over.set(true);
            anyhow::Ok((answer.status, answered, begin.elapsed()))
        };
        let others = async {
            let mut others = Others::default();
            while !is_over.get() {
                let asked = Instant::now();
                let answer = create.once(others.writes).await?;
                others.writes += 1;
                others.refused += u64::from(answer.status != 201);
                others.longest = others.longest.max(asked.elapsed());
            }
            anyhow::Ok(others)
        };
        let ((status, answered, took), others) = tokio::try_join!(close, others)?;
        let cost = process::cpu_us(pair.service.pid)?.checked_sub(before).context("the service was replaced")?;
        let figures = match status {
            200 => {
                format!("{} ms, counted after {} ms, {} ms of CPU", answered.as_millis(), took.as_millis(), cost / 1000)
            }
            other => format!("**{other}** after {} ms, counted after {} ms", answered.as_millis(), took.as_millis()),
        };
        let answers = self.options.amount.answers;
        section.fact(format!("closing a survey of {answers} answers, once"), figures, "-");
        let Others { writes, refused, longest } = others;
        let figures = format!("{} ms, {refused} of {writes} creates refused", longest.as_millis());
        section.fact("longest wait of another's write meanwhile", figures, "-");
        let most = megabytes(process::most_resident_bytes(pair.service.pid)?);
        section.fact("memory after it, and the most so far", format!("{}, {most:.1} MB", memory(&pair.service)?), "-");
        Ok(())
    }
}

/// Waits until the answers are counted: a job does that, after the campaign is closed.
async fn until_counted(read: &Request, begin: Instant) -> anyhow::Result<()> {
    loop {
        let answer = read.once(0).await?;
        if serde_json::from_slice::<Campaign>(&answer.body).is_ok_and(|campaign| campaign.results_frozen_at.is_some()) {
            return Ok(());
        }
        if begin.elapsed() > PATIENCE {
            bail!("the survey is not counted");
        }
        sleep(Duration::from_millis(50)).await;
    }
}
