//! The reference tables that ship with the service (`data/training_types.json`, `data/credit_requirements.json`,
//! `data/professionalism_formula.json`).

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use serde::Deserialize;
use uuid::Uuid;

use super::credit_requirements::entity::{self as requirement, RequirementKind};
use super::credit_rules::entity::{self as rule, CreditBasis};
use super::library_settings::entity::{self as library, TimeZone};
use super::library_settings::numbering;
use super::professionalism_formulas::entity::{self as formula, IndexPoints};
use super::training_types::entity::{self as training_type, CertificateClass, LearningBucket, TrainingTrack};
use super::training_types::service::searched;
use crate::kernel::db::Tx;
use crate::kernel::error::{Error, Result};
use crate::kernel::language::Localized;
use crate::staff::librarians::entity::EmploymentKind;

const TRAINING_TYPES: &str = include_str!("../../data/training_types.json");
const FORMULA: &str = include_str!("../../data/professionalism_formula.json");
const REQUIREMENTS: &str = include_str!("../../data/credit_requirements.json");

#[derive(Deserialize)]
struct TrainingType {
    id: Uuid,
    siasn_id: i32,
    name: Localized,
    certificate_class: CertificateClass,
    track: TrainingTrack,
    bucket: LearningBucket,
    course_code: Option<i32>,
    rule: Rule,
}

#[derive(Deserialize)]
struct Rule {
    id: Uuid,
    valid_from: NaiveDate,
    counts_certificate_hours: bool,
    basis: CreditBasis,
    national_hours: Option<i32>,
    international_hours: Option<i32>,
    minutes_per_hour: i32,
    cap_per_entry: Option<i32>,
    cap_per_day: Option<i32>,
    cap_per_month: Option<i32>,
    cap_per_year: Option<i32>,
    legal_basis: String,
    source: Option<String>,
    verified: bool,
}

#[derive(Deserialize)]
struct Requirement {
    id: Uuid,
    employment_kind: EmploymentKind,
    kind: RequirementKind,
    hours: i32,
    valid_from: NaiveDate,
    legal_basis: String,
    source: Option<String>,
    verified: bool,
}

#[derive(Deserialize)]
struct ShippedFormula {
    id: Uuid,
    valid_from: NaiveDate,
    points: IndexPoints,
    legal_basis: String,
    source: Option<String>,
    verified: bool,
}

/// Puts the reference tables into a database that has none.
pub async fn seed_in(tx: &Tx<'_>) -> Result<()> {
    if tx.reader().exists(training_type::Entity::find()).await? {
        return Ok(());
    }
    let library = library::ActiveModel {
        only: Set(1),
        name: Set("Perpustakaan Kota Singkawang".to_owned()),
        city: Set(Some("Singkawang".to_owned())),
        time_zone: Set(TimeZone::Pontianak),
        certificate_numbering: Set(numbering::USUAL.to_owned()),
        ..Default::default()
    };
    tx.insert::<library::Entity>(library, "library_settings.created").await?;
    for shipped in serde_json::from_str::<Vec<TrainingType>>(TRAINING_TYPES).map_err(Error::internal)? {
        let name = shipped.name;
        let row = training_type::ActiveModel {
            id: Set(shipped.id),
            siasn_id: Set(shipped.siasn_id),
            search_text: Set(searched(&name)),
            name: Set(name),
            certificate_class: Set(shipped.certificate_class),
            track: Set(shipped.track),
            bucket: Set(shipped.bucket),
            course_code: Set(shipped.course_code),
            ..Default::default()
        };
        tx.insert::<training_type::Entity>(row, "training_type.created").await?;
        tx.insert::<rule::Entity>(rule_of(shipped.id, shipped.rule), "credit_rule.created").await?;
    }
    for shipped in serde_json::from_str::<Vec<Requirement>>(REQUIREMENTS).map_err(Error::internal)? {
        let row = requirement::ActiveModel {
            id: Set(shipped.id),
            employment_kind: Set(shipped.employment_kind),
            kind: Set(shipped.kind),
            hours: Set(shipped.hours),
            valid_from: Set(shipped.valid_from),
            valid_to: Set(None),
            legal_basis: Set(shipped.legal_basis),
            source: Set(shipped.source),
            verified: Set(shipped.verified),
            ..Default::default()
        };
        tx.insert::<requirement::Entity>(row, "credit_requirement.created").await?;
    }
    seed_formula_in(tx).await
}

async fn seed_formula_in(tx: &Tx<'_>) -> Result<()> {
    let shipped: ShippedFormula = serde_json::from_str(FORMULA).map_err(Error::internal)?;
    let row = formula::ActiveModel {
        id: Set(shipped.id),
        valid_from: Set(shipped.valid_from),
        valid_to: Set(None),
        points: Set(shipped.points),
        legal_basis: Set(shipped.legal_basis),
        source: Set(shipped.source),
        verified: Set(shipped.verified),
        ..Default::default()
    };
    tx.insert::<formula::Entity>(row, "professionalism_formula.created").await.map(|_| ())
}

/// The points of the formula that ships, for tests of what is made of them.
#[cfg(test)]
pub(crate) fn shipped_index_points() -> IndexPoints {
    serde_json::from_str::<ShippedFormula>(FORMULA).unwrap().points
}

fn rule_of(training_type_id: Uuid, shipped: Rule) -> rule::ActiveModel {
    rule::ActiveModel {
        id: Set(shipped.id),
        training_type_id: Set(training_type_id),
        valid_from: Set(shipped.valid_from),
        valid_to: Set(None),
        counts_certificate_hours: Set(shipped.counts_certificate_hours),
        basis: Set(shipped.basis),
        national_hours: Set(shipped.national_hours),
        international_hours: Set(shipped.international_hours),
        minutes_per_hour: Set(shipped.minutes_per_hour),
        cap_per_entry: Set(shipped.cap_per_entry),
        cap_per_day: Set(shipped.cap_per_day),
        cap_per_month: Set(shipped.cap_per_month),
        cap_per_year: Set(shipped.cap_per_year),
        legal_basis: Set(shipped.legal_basis),
        source: Set(shipped.source),
        verified: Set(shipped.verified),
        ..Default::default()
    }
}
