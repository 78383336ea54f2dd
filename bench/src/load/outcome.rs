//! What came of a run.

use std::{fmt, time::Duration};

use super::Connection;

/// Figures of one run. Latencies are kept one by one (4 bytes each), so the percentiles are exact.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    latencies_us: Vec<u32>,
    errors: u64,
    first_error: Option<String>,
    seconds: f64,
    cpu_us: Option<u64>,
}

impl Outcome {
    /// Counts one answer; `status` is none where the connection broke.
    pub(super) fn record(&mut self, latency: Duration, status: Option<u16>, connection: &Connection) {
        if status.is_some_and(|status| (200..300).contains(&status)) {
            self.latencies_us.push(u32::try_from(latency.as_micros()).unwrap_or(u32::MAX));
            return;
        }
        self.errors += 1;
        self.first_error.get_or_insert_with(|| match status {
            Some(status) => {
                let body: String = String::from_utf8_lossy(connection.body()).chars().take(400).collect();
                format!("{status}: {body}")
            }
            None => "the connection broke".to_owned(),
        });
    }

    /// Closes the books.
    pub(super) fn finish(&mut self, duration: Duration, cpu_us: Option<u64>) {
        self.latencies_us.sort_unstable();
        self.seconds = duration.as_secs_f64();
        self.cpu_us = cpu_us;
    }

    /// Requests that were answered with success.
    pub(crate) fn count(&self) -> usize {
        self.latencies_us.len()
    }

    /// Other answers and broken connections.
    pub(crate) fn errors(&self) -> u64 {
        self.errors
    }

    /// The first of the errors, in words.
    pub(crate) fn first_error(&self) -> Option<&str> {
        self.first_error.as_deref()
    }

    /// Requests a second.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    pub(crate) fn rate(&self) -> f64 {
        self.count() as f64 / self.seconds
    }

    /// CPU time of the server per request, in microseconds, failed ones included.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    pub(crate) fn cpu_us_per_request(&self) -> Option<f64> {
        let requests = self.count() as u64 + self.errors;
        (requests > 0).then_some(self.cpu_us? as f64 / requests as f64)
    }

    /// The latency that `percent` of the requests stay under, in milliseconds; 100 is the longest.
    pub(crate) fn percentile_ms(&self, percent: usize) -> f64 {
        let rank = (self.count() * percent).div_ceil(100).max(1);
        f64::from(self.latencies_us.get(rank - 1).copied().unwrap_or_default()) / 1000.0
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "requests  {} in {:.1} s: {:.0}/s", self.count(), self.seconds, self.rate())?;
        let [p50, p90, p99, max] = [50, 90, 99, 100].map(|percent| self.percentile_ms(percent));
        writeln!(f, "latency   p50 {p50:.3} ms, p90 {p90:.3} ms, p99 {p99:.3} ms, max {max:.3} ms")?;
        write!(f, "errors    {}", self.errors)?;
        if let Some(error) = &self.first_error {
            write!(f, ", the first: {error}")?;
        }
        if let Some(cpu) = self.cpu_us_per_request() {
            write!(f, "\nserver    {cpu:.1} µs of CPU a request")?;
        }
        Ok(())
    }
}
