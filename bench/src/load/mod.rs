//! The load generator: keep-alive connections over plain TCP on one thread, each sending its next request when the
//! last answer is in (closed loop), or at a fixed rate for all of them together (open loop).
//!
//! At a fixed rate a request that starts late because its connection was still busy counts from the moment at
//! which it was due, so that a stalled server cannot hide its queue. What can be sent once only ends when it is used up.

pub(crate) mod cli;
mod connection;
mod outcome;
mod template;

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use anyhow::{Context, bail};
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until},
};

pub(crate) use connection::{Answer, Connection};
pub(crate) use outcome::Outcome;
pub(crate) use template::Template;

/// One kind of request, to be sent again and again.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// `host:port`.
    pub(crate) address: String,
    /// `GET`, `POST`, …
    pub(crate) method: String,
    /// Path and query; see [`Template`].
    pub(crate) path: Template,
    /// Header lines beside `Host` and those of the body.
    pub(crate) headers: Vec<(String, String)>,
    /// The body, if it has one.
    pub(crate) body: Option<Template>,
}

impl Request {
    /// Writes request number `n` into `buffer`, replacing what was there.
    pub(crate) fn render(&self, n: u64, buffer: &mut Vec<u8>) {
        buffer.clear();
        buffer.extend_from_slice(self.method.as_bytes());
        buffer.push(b' ');
        self.path.render(n, buffer);
        buffer.extend_from_slice(b" HTTP/1.1\r\nhost: ");
        buffer.extend_from_slice(self.address.as_bytes());
        for (name, value) in &self.headers {
            for part in ["\r\n", name, ": ", value] {
                buffer.extend_from_slice(part.as_bytes());
            }
        }
        if let Some(template) = &self.body {
            let mut body = Vec::new();
            template.render(n, &mut body);
            buffer.extend_from_slice(format!("\r\ncontent-length: {}\r\n\r\n", body.len()).as_bytes());
            buffer.extend_from_slice(&body);
        } else {
            buffer.extend_from_slice(b"\r\n\r\n");
        }
    }

    /// How often it can be sent; none: as often as one likes.
    fn most(&self) -> Option<u64> {
        let body = self.body.as_ref().and_then(Template::most);
        self.path.most().into_iter().chain(body).min()
    }

    /// Sends it once, as number `n`.
    pub(crate) async fn once(&self, n: u64) -> anyhow::Result<Answer> {
        let mut buffer = Vec::new();
        self.render(n, &mut buffer);
        let mut connection = Connection::open(&self.address).await?;
        connection.exchange(&buffer).await?;
        Ok(connection.answer())
    }
}

/// How hard and how long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Connections that send at the same time.
    pub(crate) connections: usize,
    /// Time before anything is counted.
    pub(crate) warm_up: Duration,
    /// Time that is counted.
    pub(crate) duration: Duration,
    /// Requests a second of all connections together; none: as fast as the answers come.
    pub(crate) rate: Option<f64>,
}

/// Sends `request` at `pace` and tells what came of it. `pid` is the server's process, for its cost.
pub(crate) async fn run(request: &Request, pace: Pace, pid: Option<u32>) -> anyhow::Result<Outcome> {
    let mut connections = Vec::with_capacity(pace.connections);
    for _ in 0..pace.connections {
        connections.push(Connection::open(&request.address).await?);
    }
    let begin = Instant::now() + pace.warm_up;
    let run = Run {
        request,
        pace,
        first: Instant::now(),
        begin,
        end: begin + pace.duration,
        most: request.most().unwrap_or(u64::MAX),
        numbers: Cell::new(0),
        outcome: RefCell::new(Outcome::default()),
        ended: Notify::new(),
    };
    // A LocalSet would serve as well; polling all workers from this one future spares the spawns.
    let workers = connections.into_iter().map(|connection| run.work(connection));
    let work = async {
        join_all(workers).await;
        run.ended.notify_one();
    };
    let ((), counted) = tokio::join!(work, run.counted(pid));
    let (duration, cost) = counted.context("the server's cost")?;
    let mut outcome = run.outcome.into_inner();
    outcome.finish(duration, cost);
    Ok(outcome)
}

/// Sends `requests` one after the other over one connection. Each answer must begin with `expected`: what is fast because
/// it did something else is not measured.
pub(crate) async fn series(requests: &[Request], expected: &str, pid: u32) -> anyhow::Result<Outcome> {
    let Some(first) = requests.first() else { return Ok(Outcome::default()) };
    let mut connection = Connection::open(&first.address).await?;
    let (mut outcome, mut buffer, mut spent) = (Outcome::default(), Vec::new(), Duration::ZERO);
    let before = crate::process::cpu_us(pid)?;
    for (request, n) in requests.iter().zip(0..) {
        request.render(n, &mut buffer);
        let begin = Instant::now();
        let status = connection.exchange(&buffer).await?;
        spent += begin.elapsed();
        if !connection.body().starts_with(expected.as_bytes()) {
            let words: String = String::from_utf8_lossy(connection.body()).chars().take(400).collect();
            bail!("{status} instead of {expected}: {words}");
        }
        outcome.record(begin.elapsed(), Some(status), &connection);
    }
    outcome.finish(spent, Some(crate::process::cpu_us(pid)? - before));
    Ok(outcome)
}

/// A run under way.
struct Run<'a> {
    request: &'a Request,
    pace: Pace,
    first: Instant,
    begin: Instant,
    end: Instant,
    /// Requests that there are.
    most: u64,
    numbers: Cell<u64>,
    outcome: RefCell<Outcome>,
    /// Told when no connection works any more.
    ended: Notify,
}

impl Run<'_> {
    /// One connection's work until the end.
    async fn work(&self, mut connection: Connection) {
        let mut buffer = Vec::new();
        loop {
            let n = self.numbers.replace(self.numbers.get() + 1);
            let since = self.due(n).await;
            if since >= self.end || n >= self.most {
                return;
            }
            self.request.render(n, &mut buffer);
            let answered = connection.exchange(&buffer).await;
            let now = Instant::now();
            if since >= self.begin && now <= self.end {
                self.outcome.borrow_mut().record(now - since, answered.as_ref().ok().copied(), &connection);
            }
            if answered.is_err() || connection.is_closing() {
                match Connection::open(&self.request.address).await {
                    Ok(fresh) => connection = fresh,
                    Err(_) => return,
                }
            }
        }
    }

    /// Waits until request `n` is due and tells from when its latency counts.
    #[expect(clippy::cast_precision_loss, reason = "request numbers stay far below 2^52")]
    async fn due(&self, n: u64) -> Instant {
        let now = Instant::now();
        let Some(rate) = self.pace.rate else {
            return now;
        };
        let due = self.first + Duration::from_secs_f64(n as f64 / rate);
        if due <= now {
            return due;
        }
        sleep_until(due).await;
        // The timer's own lateness (up to a millisecond) is ours, not the server's.
        Instant::now()
    }

    /// How long requests were counted, and the CPU time that the server used meanwhile, in microseconds.
    async fn counted(&self, pid: Option<u32>) -> anyhow::Result<(Duration, Option<u64>)> {
        let used = || pid.map(crate::process::cpu_us).transpose();
        sleep_until(self.begin).await;
        let before = used()?;
        tokio::select! {
            () = sleep_until(self.end) => {}
            () = self.ended.notified() => {}
        }
        let cost = used()?.zip(before).map(|(after, before)| after - before);
        Ok((self.begin.elapsed().min(self.pace.duration), cost))
    }
}

/// Polls every future on this task until all are done; each wakes alone.
async fn join_all(futures: impl Iterator<Item = impl Future<Output = ()>>) {
    let local = futures.collect::<futures_util::stream::FuturesUnordered<_>>();
    futures_util::StreamExt::for_each(local, |()| async {}).await;
}

#[cfg(test)]
mod tests;
