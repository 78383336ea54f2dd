//! The database schema, step by step, for SQLite and PostgreSQL alike.
//!
//! One file a chapter for the first version, then dated additions. See `README.md` for how to change a schema that is in use.

mod columns;
mod m20260101_000001_kernel;
mod m20260101_000002_staff;
mod m20260101_000003_identity;
mod m20260101_000004_competencies;
mod m20260101_000005_jobs;
mod m20260101_000006_records;
mod m20260101_000007_settings;
mod m20260101_000008_credits;
mod m20260101_000009_programmes;
mod m20260101_000010_activities;
mod m20260101_000011_certificates;
mod m20260101_000012_learning;
mod m20260101_000013_files;
mod m20260101_000014_matching;
mod m20260101_000015_mentorships;
mod m20260101_000016_surveys;
mod m20260101_000017_indicators;
mod m20260101_000018_evaluation;
mod m20260101_000019_results;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// All steps, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20260101_000001_kernel::Migration),
            Box::new(m20260101_000002_staff::Migration),
            Box::new(m20260101_000003_identity::Migration),
            Box::new(m20260101_000004_competencies::Migration),
            Box::new(m20260101_000005_jobs::Migration),
            Box::new(m20260101_000006_records::Migration),
            Box::new(m20260101_000007_settings::Migration),
            Box::new(m20260101_000008_credits::Migration),
            Box::new(m20260101_000009_programmes::Migration),
            Box::new(m20260101_000010_activities::Migration),
            Box::new(m20260101_000011_certificates::Migration),
            Box::new(m20260101_000012_learning::Migration),
            Box::new(m20260101_000013_files::Migration),
            Box::new(m20260101_000014_matching::Migration),
            Box::new(m20260101_000015_mentorships::Migration),
            Box::new(m20260101_000016_surveys::Migration),
            Box::new(m20260101_000017_indicators::Migration),
            Box::new(m20260101_000018_evaluation::Migration),
            Box::new(m20260101_000019_results::Migration),
        ]
    }
}
