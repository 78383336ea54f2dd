//! `bench load`: one kind of request from the command line.

use std::{fs, path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context;
use clap::Args;

use super::{Pace, Request, Template};
use crate::{process, syncs::Counter};

/// Options of `bench load`.
#[derive(Args)]
pub(crate) struct Options {
    /// Address of the requests, http only; `{n}`, `{uuid}`, `{line}` and `{next}` are filled in anew each time
    #[arg(long)]
    url: String,
    /// Connections that send at the same time
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Seconds that are counted
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// Seconds before
    #[arg(long, default_value_t = 1.0)]
    warm_up: f64,
    /// Requests a second of all connections together (open loop); without it, as fast as the answers come
    #[arg(long)]
    rate: Option<f64>,
    /// Method of the requests
    #[arg(long, default_value = "GET")]
    method: String,
    /// A further header, `Name: value`; may be given several times
    #[arg(long = "header")]
    headers: Vec<String>,
    /// Body of the requests, with the same places as the address
    #[arg(long)]
    body_template: Option<String>,
    /// A file whose lines `{line}` chooses from, and `{next}` takes in turn
    #[arg(long)]
    lines: Option<PathBuf>,
    /// The server's process, for its CPU time and memory
    #[arg(long)]
    pid: Option<u32>,
    /// Count the fsyncs of that process by `strace`, which slows it
    #[arg(long, requires = "pid")]
    fsyncs: bool,
}

/// Sends the requests and prints the figures.
pub(crate) async fn run(options: &Options) -> anyhow::Result<()> {
    let pace = Pace {
        connections: options.connections,
        warm_up: Duration::from_secs_f64(options.warm_up),
        duration: Duration::from_secs_f64(options.seconds),
        rate: options.rate,
    };
    let request = options.request()?;
    let folder = tempfile::tempdir()?;
    let watch = options.pid.filter(|_| options.fsyncs).map(|pid| Counter::attach(pid, folder.path())).transpose()?;
    println!("{}", super::run(&request, pace, options.pid).await?);
    if let Some((mut counter, mut strace)) = watch {
        println!("fsyncs    {} (warm-up included)", counter.count().await?);
        process::terminate(strace.id())?;
        strace.wait()?;
    }
    if let Some(pid) = options.pid {
        println!("memory    {:.1} MB", crate::run::megabytes(process::resident_bytes(pid)?));
    }
    Ok(())
}

impl Options {
    fn request(&self) -> anyhow::Result<Request> {
        let rest = self.url.strip_prefix("http://").context("the address must begin with http://")?;
        let (address, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let lines: Arc<[String]> = match &self.lines {
            Some(file) => fs::read_to_string(file)?.lines().map(str::to_owned).collect(),
            None => Arc::default(),
        };
        let headers = self.headers.iter().map(|header| {
            let (name, value) = header.split_once(':').with_context(|| format!("no colon in header {header}"))?;
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        });
        Ok(Request {
            address: address.to_owned(),
            method: self.method.clone(),
            path: Template::new(if path.is_empty() { "/" } else { path }, lines.clone()),
            headers: headers.collect::<anyhow::Result<_>>()?,
            body: self.body_template.as_deref().map(|text| Template::new(text, lines)),
        })
    }
}
