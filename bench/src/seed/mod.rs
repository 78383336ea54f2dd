//! Fills a migrated, empty database with the amount of rows that is measured, by direct SQL.
//!
//! [`tables`] says which rows; this module writes them, in one transaction, foreign keys checked. The same seed
//! always makes the same rows, ids too.

mod activities;
mod credits;
mod draw;
mod figures;
mod indicators;
mod people;
mod postgres;
mod reference;
mod sqlite;
mod surveys;
mod tables;
mod value;

use clap::Args;
use uuid::Uuid;

use crate::database::Database;
pub(crate) use activities::{Door, doors};
pub(crate) use surveys::{answered_campaign, waiting_campaigns};
use tables::Library;
use value::Value;

/// Options of `bench seed`.
#[derive(Args)]
pub(crate) struct Options {
    /// A migrated, empty database, as in `BINA_DATABASE_URL`
    #[arg(long, env = "BINA_DATABASE_URL")]
    database: Database,
    #[command(flatten)]
    amount: Amount,
}

/// How many rows.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Amount {
    /// Assessments
    #[arg(long, default_value_t = 200_000)]
    pub(crate) assessments: usize,
    /// Librarians
    #[arg(long, default_value_t = 5_000)]
    pub(crate) librarians: usize,
    /// Competencies of the framework
    #[arg(long, default_value_t = 300)]
    pub(crate) competencies: usize,
    /// Registrations for activities
    #[arg(long, default_value_t = 100_000)]
    pub(crate) registrations: usize,
    /// Credit entries of a person and year, over three years up to today
    #[arg(long, default_value_t = 12)]
    pub(crate) credits: usize,
    /// Answers to the survey whose results are measured
    #[arg(long, default_value_t = 100_000)]
    pub(crate) answers: usize,
    /// Indicators, each measured for ten years
    #[arg(long, default_value_t = 200)]
    pub(crate) indicators: usize,
}

/// One table's rows: its name, its columns, and the rows one after the other.
struct Table<'a> {
    name: &'static str,
    columns: &'static [&'static str],
    rows: Box<dyn Iterator<Item = Vec<Value>> + 'a>,
}

impl Table<'_> {
    /// The columns for a statement, in quotes: `only` is a word of SQL.
    fn quoted_columns(&self) -> String {
        format!("\"{}\"", self.columns.join("\", \""))
    }
}

/// Fills the database of the options and says what it wrote.
pub(crate) async fn fill(options: &Options) -> anyhow::Result<()> {
    let rows = write(&options.database, options.amount).await?;
    println!("{rows} rows");
    Ok(())
}

/// Fills `database`; gives the number of rows.
pub(crate) async fn write(database: &Database, amount: Amount) -> anyhow::Result<u64> {
    let library = Library::new(amount);
    match database {
        Database::Sqlite(file) => sqlite::write(file, library.tables()),
        Database::Postgres(url) => postgres::write(url, library.tables()).await,
    }
}

/// Ids of `count` seeded assessments, spread over the table.
pub(crate) fn assessment_ids(amount: Amount, count: usize) -> impl Iterator<Item = Uuid> {
    tables::assessment_ids(amount, count)
}

/// Ids of `count` seeded librarians, spread over the table.
pub(crate) fn librarian_ids(amount: Amount, count: usize) -> impl Iterator<Item = Uuid> {
    tables::librarian_ids(amount, count)
}

/// `count` pairs of a seeded librarian and competency.
pub(crate) fn pairs(amount: Amount, count: usize) -> Vec<(Uuid, Uuid)> {
    Library::new(amount).pairs(count).collect()
}

#[cfg(test)]
mod tests;
