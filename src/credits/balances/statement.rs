//! A person's statement of a year: from the kept sums, or from the rows that were there on a past day.

use chrono::{Datelike, NaiveDate};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{CreditBucket, CreditStatement, CreditStatus, CreditTarget, CreditWarning, StatementQuery};
use super::entity::{Column, Entity};
use super::service::{Sums, day_sums};
use crate::competencies::profiles::service::{past_day, person};
use crate::credits::entries::entity as entry;
use crate::credits::year::{CreditYear, contract_start};
use crate::kernel::db::Db;
use crate::kernel::decimal::decimal;
use crate::kernel::error::Result;
use crate::kernel::language::Localized;
use crate::kernel::policy::Access;
use crate::settings::credit_requirements::entity::{Model as Requirement, RequirementKind};
use crate::settings::credit_requirements::service::in_force;
use crate::settings::training_types::entity::LearningBucket;

/// Reads a statement.
pub async fn read(db: &Db, access: &Access, id: Uuid, query: &StatementQuery) -> Result<CreditStatement> {
    let as_of = past_day(db, query.as_of)?;
    let person = person(db, access, id).await?;
    let last = query.year.and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31)).unwrap_or(as_of);
    let contract = contract_start(db.reader(), &person, last).await?;
    let year = match query.year {
        Some(year) => CreditYear::beginning(contract, year),
        None => CreditYear::of(contract, as_of),
    };
    let sums = match query.as_of {
        None => kept(db, id, year.year).await?,
        Some(day) => {
            let known = Expr::col(entry::Column::RecordedOn).lte(day);
            Sums::of(&day_sums(db.reader(), id, year.year, Some(known)).await?)
        }
    };
    // What held on the last day of the year that was known.
    let holding = in_force(db.reader(), person.employment_kind, std::cmp::min(as_of, year.ends_on)).await?;
    let requirement = holding.into_iter().min_by_key(|requirement| requirement.kind == RequirementKind::Ceiling);
    let (status, warnings) = judge(requirement.as_ref(), sums.credited(), year.ends_on, as_of);
    Ok(CreditStatement {
        librarian_id: id,
        employment_kind: person.employment_kind,
        year: year.year,
        starts_on: year.starts_on,
        ends_on: year.ends_on,
        as_of,
        credited_hours: decimal(sums.credited()),
        entry_count: i32::try_from(sums.entries).unwrap_or(i32::MAX),
        buckets: buckets(&sums),
        requirement: requirement.map(|requirement| target(requirement, sums.credited())),
        status,
        warnings,
    })
}

async fn kept(db: &Db, id: Uuid, year: i32) -> Result<Sums> {
    let row = Entity::find().filter(Column::LibrarianId.eq(id)).filter(Column::Year.eq(year));
    Ok(db.reader().one(row).await?.map(Sums::from).unwrap_or_default())
}

fn buckets(sums: &Sums) -> Vec<CreditBucket> {
    let parts = [
        (LearningBucket::Experience, sums.experience, 70),
        (LearningBucket::Social, sums.social, 20),
        (LearningBucket::Formal, sums.formal, 10),
    ];
    let all = sums.credited();
    let share = |hours: i64| if all > 0 { decimal((hours * 20_000 + all) / (2 * all)) } else { 0.0 };
    let parts = parts.into_iter().map(|(bucket, hours, target_percent)| CreditBucket {
        bucket,
        hours: decimal(hours),
        percent: share(hours),
        target_percent,
    });
    parts.collect()
}

fn target(requirement: Requirement, credited: i64) -> CreditTarget {
    CreditTarget {
        id: requirement.id,
        kind: requirement.kind,
        hours: decimal(requirement.hours.into()),
        remaining_hours: decimal(std::cmp::max(i64::from(requirement.hours) - credited, 0)),
        legal_basis: requirement.legal_basis,
        source: requirement.source,
        verified: requirement.verified,
    }
}

/// Where hours leave somebody, and what they should know.
fn judge(
    requirement: Option<&Requirement>,
    credited: i64,
    ends_on: NaiveDate,
    as_of: NaiveDate,
) -> (CreditStatus, Vec<CreditWarning>) {
    let Some(requirement) = requirement else { return (CreditStatus::NoRequirement, Vec::new()) };
    let hours = i64::from(requirement.hours);
    let (most, missing, beyond) = (decimal(hours), decimal(hours - credited), decimal(credited - hours));
    let mut warnings = Vec::new();
    let mut warn = |code, id: String, en: String| {
        warnings.push(CreditWarning { code, message: Localized::new(id, en) });
    };
    let status = match requirement.kind {
        RequirementKind::Duty if credited >= hours => CreditStatus::DutyMet,
        RequirementKind::Duty if as_of <= ends_on => {
            warn(
                "duty_open",
                format!("Masih kurang {missing} JP sampai {ends_on}"),
                format!("{missing} JP are missing until {ends_on}"),
            );
            CreditStatus::DutyOpen
        }
        RequirementKind::Duty => {
            warn(
                "duty_missed",
                format!("Kewajiban {most} JP tahun {} tidak terpenuhi: kurang {missing} JP", ends_on.year()),
                format!("The duty of {most} JP was missed by {missing} JP"),
            );
            CreditStatus::DutyMissed
        }
        RequirementKind::Ceiling if credited <= hours => CreditStatus::WithinCeiling,
        RequirementKind::Ceiling => {
            warn(
                "ceiling_exceeded",
                format!("Melebihi batas {most} JP sebanyak {beyond} JP"),
                format!("{beyond} JP above the ceiling of {most} JP"),
            );
            CreditStatus::CeilingExceeded
        }
    };
    if !requirement.verified {
        warn(
            "requirement_unverified",
            "Angka ini belum dicocokkan dengan naskah resmi".to_owned(),
            "This figure was not compared with the official text yet".to_owned(),
        );
    }
    (status, warnings)
}
