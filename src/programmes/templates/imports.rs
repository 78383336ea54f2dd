//! Programmes from templates: a job reads the file, says everything that is wrong with it, and makes the draft whole or not at all.
//! A programme that is here already, just so, is left as it is: the same file, sent again, changes nothing.

use futures_util::FutureExt;

use super::dto::ProgrammeTemplate;
use super::service::{TemplateVerdict, judge, size, write_in};
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::http;
use crate::kernel::imports::{FileFormat, IMPORT_REJECTED, ImportFault, ImportOptions, ImportReport};
use crate::kernel::jobs::{Done, JobKind, Task};

/// The kind of jobs that brings a programme in.
pub const PROGRAMME_IMPORT: JobKind = JobKind { name: "programme_import", run: |db, task| run(db, task).boxed_local() };

/// The advisory lock of these imports on PostgreSQL: of two that bring the same programme, the second finds it.
const IMPORT_LOCK: i64 = 0x62_69_6E_70;

/// A file with a template.
pub struct TemplateFile;

impl FileFormat for TemplateFile {
    const MEDIA_TYPES: &'static [&'static str] = &["application/json"];
    const LIMIT: usize = 5 * 1024 * 1024;
}

async fn run(db: &Db, task: &Task) -> Result<Done> {
    let options: ImportOptions = task.input()?;
    let content = task.file(db).await?;
    // Editors put a byte order mark before their texts at times.
    let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&content);
    let template: ProgrammeTemplate = match http::parse(content) {
        Ok(template) => template,
        Err(error) => return reject(db, task, ImportReport::new(options), &error.refused().violations).await,
    };
    let report = ImportReport { rows: number(size(&template)), ..ImportReport::new(options) };
    let outcome = if options.dry_run {
        match judge(db.reader(), db.context(), &template).await {
            Ok(verdict) => return end(db, task, counted(&report, &verdict), None).await,
            Err(error) => Err(error),
        }
    } else {
        let (access, held, report) = (task.access()?, task.clone(), report.clone());
        let written = db.run(access, async move |tx: &Tx<'_>| {
            tx.advisory_lock(IMPORT_LOCK).await?;
            let verdict = judge(tx.reader(), tx.context(), &template).await?;
            if let TemplateVerdict::New(content) = &verdict {
                write_in(tx, &template, content).await?;
            }
            let report = ImportReport { applied: true, ..counted(&report, &verdict) };
            held.finish_in(tx, size(&template), &report, None).await
        });
        written.await
    };
    match outcome {
        Err(Error::Refused(refused)) if !refused.violations.is_empty() => {
            reject(db, task, report, &refused.violations).await
        }
        outcome => outcome,
    }
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn counted(report: &ImportReport, verdict: &TemplateVerdict) -> ImportReport {
    match verdict {
        TemplateVerdict::New(_) => ImportReport { created: report.rows, ..report.clone() },
        TemplateVerdict::Known => ImportReport { unchanged: report.rows, ..report.clone() },
    }
}

/// Ends a job that writes nothing because the file is wrong; a trial has done what it was asked for all the same.
async fn reject(
    db: &Db,
    task: &Task,
    mut report: ImportReport,
    violations: &[crate::kernel::validation::Violation],
) -> Result<Done> {
    report.failed = report.rows;
    report.blame(violations.iter().map(ImportFault::in_json).collect());
    let failure = (!report.dry_run).then_some(IMPORT_REJECTED);
    end(db, task, report, failure).await
}

async fn end(db: &Db, task: &Task, report: ImportReport, failure: Option<Refusal>) -> Result<Done> {
    let (access, task) = (task.access()?, task.clone());
    let count = usize::try_from(report.rows).unwrap_or_default();
    db.run(access, async move |tx: &Tx<'_>| task.finish_in(tx, count, &report, failure).await).await
}
