//! Bringing a table in.

use std::collections::HashMap;
use std::sync::Arc;

use super::fault::{IMPORT_REJECTED, SAME_AS_ROW, TOO_MANY_ROWS};
use super::report::{ImportFault, ImportMode, ImportOptions, ImportReport, RowOutcome};
use super::table::{Cells, Numbered, Table, TableColumn};
use crate::kernel::db::{Db, Reader, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::jobs::{Done, Task};
use crate::kernel::validation::Violation;

/// Rows that are looked at, and in `partial` written, together.
const BATCH: usize = 250;
/// How often an atomic import is checked anew because others wrote meanwhile.
const ROUNDS: usize = 3;

/// The advisory lock of imports on PostgreSQL: what no constraint keeps apart (people without a number) is written by one at a time.
const IMPORT_LOCK: i64 = 0x62_69_6E_66;

/// A kind of tables that bring objects in.
pub trait TableImport: 'static {
    /// The columns, in the order of the template.
    const COLUMNS: &'static [TableColumn];
    /// The most rows.
    const MOST_ROWS: usize;
    /// What rows refer to: loaded once for a file.
    type Lookups;
    /// A row that is right by itself.
    type Row: Clone + Send + Sync + 'static;
    /// What a row does to the database.
    type Change;

    /// Loads what rows refer to.
    fn lookups(reader: Reader<'_>) -> impl Future<Output = Result<Self::Lookups>>;

    /// Reads a row, and says everything that is wrong with it.
    fn read(lookups: &Self::Lookups, cells: &Cells<'_>, wrong: &mut Vec<Violation>) -> Option<Self::Row>;

    /// What a row is about: the column that says so, and what it says. Two rows of a file are never about the same.
    fn key(row: &Self::Row) -> (&'static str, String);

    /// What becomes of each of these rows, in few queries.
    fn judge(reader: Reader<'_>, rows: &[Self::Row]) -> impl Future<Output = Result<Vec<Verdict<Self::Change>>>>;

    /// Writes what rows do.
    fn write_in(tx: &Tx<'_>, changes: Vec<Self::Change>) -> impl Future<Output = Result<()>>;
}

/// What becomes of a row.
#[derive(Debug)]
pub enum Verdict<C> {
    /// It is new.
    Create(C),
    /// It changes something.
    Update(C),
    /// It says what is here already.
    Unchanged,
    /// It does not fit what is here.
    Wrong(Violation),
}

type ReadRow<I> = Numbered<Result<<I as TableImport>::Row, Vec<ImportFault>>>;

/// Does the job of an import.
pub async fn run<I: TableImport>(db: &Db, task: &Task) -> Result<Done> {
    let options: ImportOptions = task.input()?;
    let content = task.file(db).await?;
    let lookups = I::lookups(db.reader()).await?;
    let rows = match read::<I>(&content, &lookups) {
        Ok(rows) => Arc::new(rows),
        Err(faults) => {
            let mut report = ImportReport::new(options);
            report.blame(faults);
            return finish(db, task, report, Some(IMPORT_REJECTED)).await;
        }
    };
    if options.mode == ImportMode::Partial && !options.dry_run {
        return write_in_parts::<I>(db, task, options, rows).await;
    }
    for _ in 0..ROUNDS {
        let mut report = ImportReport::new(options);
        for batch in rows.chunks(BATCH) {
            judge::<I>(db.reader(), batch, &mut report).await?;
        }
        if options.dry_run {
            return finish(db, task, report, None).await;
        }
        if report.is_wrong() {
            return finish(db, task, report, Some(IMPORT_REJECTED)).await;
        }
        match write_at_once::<I>(db, task, options, Arc::clone(&rows)).await {
            // Somebody else wrote since it was checked: the report is to say so.
            Err(Error::Refused(refused)) if refused.refusal == IMPORT_REJECTED => {}
            outcome => return outcome,
        }
    }
    Err(Error::Raced)
}

/// Ends a job that has written nothing.
async fn finish(db: &Db, task: &Task, report: ImportReport, failure: Option<Refusal>) -> Result<Done> {
    let (access, task) = (task.access()?, task.clone());
    db.run(access, async move |tx: &Tx<'_>| task.finish_in(tx, rows_of(&report), &report, failure).await).await
}

fn rows_of(report: &ImportReport) -> usize {
    usize::try_from(report.rows).unwrap_or_default()
}

/// Reads all rows; fails where the table as a whole cannot be read.
fn read<I: TableImport>(content: &[u8], lookups: &I::Lookups) -> Result<Vec<ReadRow<I>>, Vec<ImportFault>> {
    let mut table = Table::open(content, I::COLUMNS)?;
    let mut rows = Vec::new();
    let mut seen: HashMap<(&'static str, String), i32> = HashMap::new();
    while let Some(mut next) = table.next(|cells, wrong| I::read(lookups, cells, wrong)) {
        if rows.len() == I::MOST_ROWS {
            let fault = Violation::field("", &TOO_MANY_ROWS).with("max", I::MOST_ROWS);
            return Err(vec![ImportFault::in_row(next.row, &fault)]);
        }
        if let Ok(row) = &next.content {
            let key = I::key(row);
            let column = key.0;
            match seen.get(&key) {
                Some(first) => {
                    let fault = Violation::field(column, &SAME_AS_ROW).with("row", *first);
                    next.content = Err(vec![ImportFault::in_row(next.row, &fault)]);
                }
                None => drop(seen.insert(key, next.row)),
            }
        }
        rows.push(next);
    }
    Ok(rows)
}

/// Says what becomes of rows, and counts it.
async fn judge<I: TableImport>(
    reader: Reader<'_>,
    batch: &[ReadRow<I>],
    report: &mut ImportReport,
) -> Result<Vec<I::Change>> {
    let right: Vec<_> = batch.iter().filter_map(|row| row.content.as_ref().ok().cloned()).collect();
    let mut verdicts = I::judge(reader, &right).await?.into_iter();
    let mut changes = Vec::new();
    for row in batch {
        if let Err(faults) = &row.content {
            report.fail(faults.clone());
            continue;
        }
        match verdicts.next().ok_or_else(|| Error::internal("a row has no verdict"))? {
            Verdict::Create(change) => {
                report.count(RowOutcome::Created);
                changes.push(change);
            }
            Verdict::Update(change) => {
                report.count(RowOutcome::Updated);
                changes.push(change);
            }
            Verdict::Unchanged => report.count(RowOutcome::Unchanged),
            Verdict::Wrong(violation) => report.fail(vec![ImportFault::in_row(row.row, &violation)]),
        }
    }
    Ok(changes)
}

/// Writes everything in one transaction, which ends the job.
async fn write_at_once<I: TableImport>(
    db: &Db,
    task: &Task,
    options: ImportOptions,
    rows: Arc<Vec<ReadRow<I>>>,
) -> Result<Done> {
    let (access, task) = (task.access()?, task.clone());
    db.run(access, async move |tx: &Tx<'_>| {
        tx.advisory_lock(IMPORT_LOCK).await?;
        let mut report = ImportReport::new(options);
        for batch in rows.chunks(BATCH) {
            let changes = judge::<I>(tx.reader(), batch, &mut report).await?;
            if report.is_wrong() {
                return Err(IMPORT_REJECTED.into());
            }
            I::write_in(tx, changes).await?;
        }
        report.applied = true;
        task.finish_in(tx, rows.len(), &report, None).await
    })
    .await
}

/// Writes part after part, each in a transaction that says how far the job is; goes on where an earlier worker stopped.
async fn write_in_parts<I: TableImport>(
    db: &Db,
    task: &Task,
    options: ImportOptions,
    rows: Arc<Vec<ReadRow<I>>>,
) -> Result<Done> {
    let mut report = task.report()?.unwrap_or_else(|| ImportReport::new(options));
    let mut from = rows_of(&report);
    loop {
        let (held, rows, before) = (task.clone(), Arc::clone(&rows), report);
        let part = db.run(task.access()?, async move |tx: &Tx<'_>| {
            tx.advisory_lock(IMPORT_LOCK).await?;
            let to = rows.len().min(from + BATCH);
            let mut report = before.clone();
            let changes = judge::<I>(tx.reader(), rows.get(from..to).unwrap_or_default(), &mut report).await?;
            I::write_in(tx, changes).await?;
            report.applied = true;
            let done = if to == rows.len() {
                Some(held.finish_in(tx, to, &report, None).await?)
            } else {
                held.save_in(tx, to, rows.len(), &report).await?;
                None
            };
            Ok((report, done))
        });
        let (after, done) = part.await?;
        if let Some(done) = done {
            return Ok(done);
        }
        from = rows_of(&after);
        report = after;
    }
}
