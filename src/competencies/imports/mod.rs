//! Frameworks from files: a CASE package, or a table. A framework comes whole or not at all.
//!
//! What is here already, just so, is left as it is: the same file, sent again, changes nothing. A package keeps its identifiers and
//! its state; a table makes a draft, whose competencies get identifiers here.

pub(crate) mod handlers;
mod table;

use std::collections::HashSet;

use futures_util::FutureExt;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::table::{COLUMNS, FRAMEWORK_FIRST, FrameworkTable};
use super::case::import::{self, FRAMEWORK_EXISTS, ImportOutcome, Plan};
use super::case::render::Renderer;
use super::frameworks::entity::{self as framework, FrameworkStatus};
use super::frameworks::service::searched;
use super::items::entity::{self as competency, LevelDescriptors};
use super::items::service::{all_of, searched as searched_competency};
use crate::kernel::db::{Db, Reader, Tx};
use crate::kernel::error::{Error, INVALID, Result};
use crate::kernel::imports::{FileFormat, IMPORT_REJECTED, ImportFault, ImportOptions, ImportReport};
use crate::kernel::jobs::{Done, JobKind, Task};
use crate::kernel::{csv, http};

/// The kind of jobs that brings a framework in.
pub const FRAMEWORK_IMPORT: JobKind = JobKind { name: "framework_import", run: |db, task| run(db, task).boxed_local() };

/// A file with a framework.
pub struct FrameworkFile;

impl FileFormat for FrameworkFile {
    const MEDIA_TYPES: &'static [&'static str] = &["application/json", csv::MEDIA_TYPE];
    const LIMIT: usize = 10 * 1024 * 1024;
}

/// What the job is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FrameworkOrder {
    /// How.
    pub options: ImportOptions,
    /// The media type of the file.
    pub media_type: String,
    /// The public address of this instance, in which our objects are named.
    pub base: String,
}

/// A framework that is right by itself.
#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "one at a time, for the length of an import")]
enum Coming {
    Package { package: Value, plan: Plan, renderer: Renderer },
    Table(FrameworkTable),
}

async fn run(db: &Db, task: &Task) -> Result<Done> {
    let order: FrameworkOrder = task.input()?;
    let options = order.options;
    let coming = match read(&order, &task.file(db).await?) {
        Ok(coming) => coming,
        Err((count, faults)) => return reject(db, task, options, count, faults).await,
    };
    let count = coming.count();
    let outcome = if options.dry_run {
        match coming.judge(db.reader()).await {
            Ok(outcome) => return end(db, task, report(options, outcome, count), None).await,
            Err(error) => Err(error),
        }
    } else {
        let (access, task, coming) = (task.access()?, task.clone(), coming.clone());
        let written = db.run(access, async move |tx: &Tx<'_>| {
            let outcome = coming.judge(tx.reader()).await?;
            if outcome == ImportOutcome::Created {
                // Somebody brought the same in since it was judged: judge anew.
                let applied = coming.apply_in(tx).await;
                applied.map_err(|error| if matches!(error, Error::Duplicate(_)) { Error::Raced } else { error })?;
            }
            let report = ImportReport { applied: true, ..report(options, outcome, count) };
            task.finish_in(tx, count, &report, None).await
        });
        written.await
    };
    match outcome {
        Err(Error::Refused(refused)) if refused.refusal.status < 500 => {
            let mut faults: Vec<_> = refused.violations.iter().map(|violation| coming.fault(violation)).collect();
            if refused.refusal != INVALID {
                faults.insert(0, ImportFault::refused(refused.refusal));
            }
            reject(db, task, options, count, faults).await
        }
        outcome => outcome,
    }
}

fn read(order: &FrameworkOrder, content: &[u8]) -> Result<Coming, (usize, Vec<ImportFault>)> {
    if order.media_type == csv::MEDIA_TYPE {
        return table::read(content).map(Coming::Table);
    }
    let told = |error: Error, count: usize| {
        let refused = error.refused();
        if refused.violations.is_empty() {
            return (count, vec![ImportFault::refused(refused.refusal)]);
        }
        (count, refused.violations.iter().map(ImportFault::in_json).collect())
    };
    // Spreadsheets are not alone in putting a byte order mark before their texts.
    let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
    let package: Value = http::parse(content).map_err(|error| told(error, 0))?;
    let count = package.get("CFItems").and_then(Value::as_array).map_or(0, Vec::len);
    let plan = import::plan(&package).map_err(|error| told(error, count))?;
    Ok(Coming::Package { package, plan, renderer: Renderer { base: order.base.clone() } })
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn report(options: ImportOptions, outcome: ImportOutcome, count: usize) -> ImportReport {
    let mut report = ImportReport { rows: number(count), ..ImportReport::new(options) };
    match outcome {
        ImportOutcome::Created => report.created = number(count),
        ImportOutcome::Unchanged => report.unchanged = number(count),
    }
    report
}

/// Ends a job that writes nothing because the file is wrong; a trial has done what it was asked for all the same.
async fn reject(db: &Db, task: &Task, options: ImportOptions, count: usize, faults: Vec<ImportFault>) -> Result<Done> {
    let mut report = ImportReport { rows: number(count), ..ImportReport::new(options) };
    let wrong: HashSet<_> = faults
        .iter()
        .filter_map(|fault| fault.row.map_or_else(|| item_of(fault), |row| Some(row.to_string())))
        .collect();
    report.failed = number(wrong.len().min(count));
    report.blame(faults);
    end(db, task, report, (!options.dry_run).then_some(IMPORT_REJECTED)).await
}

/// The item of a package that a mistake is in: `#/CFItems/3`.
fn item_of(fault: &ImportFault) -> Option<String> {
    let rest = fault.pointer.as_ref()?.strip_prefix("#/CFItems/")?;
    rest.split('/').next().map(|index| format!("#/CFItems/{index}"))
}

async fn end(
    db: &Db,
    task: &Task,
    report: ImportReport,
    failure: Option<crate::kernel::error::Refusal>,
) -> Result<Done> {
    let (access, task) = (task.access()?, task.clone());
    let count = usize::try_from(report.rows).unwrap_or_default();
    db.run(access, async move |tx: &Tx<'_>| task.finish_in(tx, count, &report, failure).await).await
}

impl Coming {
    fn count(&self) -> usize {
        match self {
            Self::Package { plan, .. } => plan.count(),
            Self::Table(table) => table.items.len(),
        }
    }

    fn fault(&self, violation: &crate::kernel::validation::Violation) -> ImportFault {
        match self {
            Self::Package { .. } => ImportFault::in_json(violation),
            Self::Table(_) => ImportFault::in_row(2, violation),
        }
    }

    /// What would become of it now.
    async fn judge(&self, reader: Reader<'_>) -> Result<ImportOutcome> {
        let table = match self {
            Self::Package { package, plan, renderer } => return plan.check(reader, package, renderer).await,
            Self::Table(table) => table,
        };
        let twin = framework::Entity::find()
            .filter(framework::Column::Code.eq(table.head.code.as_str()))
            .filter(framework::Column::VersionLabel.eq(table.head.version_label.as_str()));
        let Some(twin) = reader.one(twin).await? else { return Ok(ImportOutcome::Created) };
        let rows = all_of(reader, twin.id).await?;
        // Read as the file was, so that blanks around a text make no difference.
        let here = table::read(&FrameworkTable::of(twin, rows).write()?);
        match here {
            Ok(here) if here.write()? == table.write()? => Ok(ImportOutcome::Unchanged),
            _ => Err(FRAMEWORK_EXISTS.into()),
        }
    }

    async fn apply_in(&self, tx: &Tx<'_>) -> Result<()> {
        match self {
            Self::Package { plan, .. } => plan.apply_in(tx).await,
            Self::Table(table) => table.apply_in(tx).await,
        }
    }
}

impl FrameworkTable {
    async fn apply_in(&self, tx: &Tx<'_>) -> Result<()> {
        let head = &self.head;
        let row = framework::ActiveModel {
            code: Set(head.code.clone()),
            version_label: Set(head.version_label.clone()),
            title: Set(head.title.clone()),
            description: Set(head.description.clone()),
            source: Set(head.source.clone()),
            status: Set(FrameworkStatus::Draft),
            level_rule: Set(head.level_rule),
            required_source: Set(head.required_source),
            provisional: Set(head.provisional),
            search_text: Set(searched(&head.code, &head.version_label, &head.title)),
            ..Default::default()
        };
        let framework = tx.insert::<framework::Entity>(row, "framework.imported").await?;
        let mut ids = std::collections::HashMap::new();
        for (sequence, (item, parent)) in (1..).zip(&self.items) {
            let row = competency::ActiveModel {
                framework_id: Set(framework.id),
                parent_id: Set(parent.as_ref().and_then(|code| ids.get(code).copied())),
                kind: Set(item.kind),
                code: Set(item.code.clone()),
                title: Set(item.title.clone()),
                statement: Set(item.statement.clone()),
                level_descriptors: Set(LevelDescriptors(item.level_descriptors.clone())),
                field: Set(item.field),
                cluster: Set(item.cluster.clone()),
                source: Set(item.source.clone()),
                provisional: Set(item.provisional),
                sequence: Set(sequence),
                search_text: Set(searched_competency(&item.code, &item.title, item.statement.as_ref())),
                ..Default::default()
            };
            let row = tx.insert::<competency::Entity>(row, "competency.imported").await?;
            ids.insert(item.code.clone(), row.id);
        }
        Ok(())
    }
}
