//! The reference tables of positions and their credit points that ship with the service (`data/positions.json`,
//! `data/credit_point_rates.json`, `data/credit_point_rules.json`).

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use serde::Deserialize;
use uuid::Uuid;

use super::credit_point_rates::entity as rate;
use super::credit_point_rules::entity as rule;
use super::credit_points::calculation::PerformancePredicate;
use super::positions::entity::{ActiveModel, Entity, PositionCategory};
use super::positions::service::searched;
use crate::kernel::dated::Dated;
use crate::kernel::db::Tx;
use crate::kernel::error::{Error, Result};
use crate::kernel::language::Localized;

const POSITIONS: &str = include_str!("../../data/positions.json");
const RATES: &str = include_str!("../../data/credit_point_rates.json");
const RULES: &str = include_str!("../../data/credit_point_rules.json");

#[derive(Deserialize)]
struct Position {
    id: Uuid,
    code: String,
    legacy_code: Option<String>,
    title: Localized,
    category: PositionCategory,
    level_code: Option<String>,
    level: i32,
    grade_from: Option<String>,
    grade_to: Option<String>,
    retirement_age: Option<i32>,
    legal_basis: Option<String>,
    provisional: bool,
}

#[derive(Deserialize)]
struct Rate {
    id: Uuid,
    position_id: Uuid,
    coefficient: i32,
    points_for_grade: Option<i32>,
    points_for_next_level: Option<i32>,
    required_trainings: i32,
    valid_from: NaiveDate,
    legal_basis: String,
    source: Option<String>,
    verified: bool,
}

#[derive(Deserialize)]
struct Rule {
    id: Uuid,
    very_good_percent: i32,
    good_percent: i32,
    needs_improvement_percent: i32,
    poor_percent: i32,
    very_poor_percent: i32,
    least_predicate: PerformancePredicate,
    least_months_in_level: i32,
    valid_from: NaiveDate,
    legal_basis: String,
    source: Option<String>,
    verified: bool,
}

/// Puts the positions and what their credit points are into a database that has none.
pub async fn seed_in(tx: &Tx<'_>) -> Result<()> {
    if tx.reader().exists(Entity::find()).await? {
        return Ok(());
    }
    for position in serde_json::from_str::<Vec<Position>>(POSITIONS).map_err(Error::internal)? {
        let title = position.title;
        let row = ActiveModel {
            id: Set(position.id),
            search_text: Set(searched(&position.code, &title)),
            code: Set(position.code),
            legacy_code: Set(position.legacy_code),
            title: Set(title),
            category: Set(position.category),
            level_code: Set(position.level_code),
            level: Set(position.level),
            grade_from: Set(position.grade_from),
            grade_to: Set(position.grade_to),
            retirement_age: Set(position.retirement_age),
            legal_basis: Set(position.legal_basis),
            provisional: Set(position.provisional),
            standard_version: Set(1),
            ..Default::default()
        };
        tx.insert::<Entity>(row, "position.created").await?;
    }
    credit_points_in(tx).await
}

async fn credit_points_in(tx: &Tx<'_>) -> Result<()> {
    for shipped in serde_json::from_str::<Vec<Rate>>(RATES).map_err(Error::internal)? {
        let row = rate::ActiveModel {
            id: Set(shipped.id),
            position_id: Set(shipped.position_id),
            coefficient: Set(shipped.coefficient),
            points_for_grade: Set(shipped.points_for_grade),
            points_for_next_level: Set(shipped.points_for_next_level),
            required_trainings: Set(shipped.required_trainings),
            valid_from: Set(shipped.valid_from),
            legal_basis: Set(shipped.legal_basis),
            source: Set(shipped.source),
            verified: Set(shipped.verified),
            ..Default::default()
        };
        tx.insert::<rate::Entity>(row, rate::Entity::CREATED).await?;
    }
    for shipped in serde_json::from_str::<Vec<Rule>>(RULES).map_err(Error::internal)? {
        let row = rule::ActiveModel {
            id: Set(shipped.id),
            very_good_percent: Set(shipped.very_good_percent),
            good_percent: Set(shipped.good_percent),
            needs_improvement_percent: Set(shipped.needs_improvement_percent),
            poor_percent: Set(shipped.poor_percent),
            very_poor_percent: Set(shipped.very_poor_percent),
            least_predicate: Set(shipped.least_predicate),
            least_months_in_level: Set(shipped.least_months_in_level),
            valid_from: Set(shipped.valid_from),
            legal_basis: Set(shipped.legal_basis),
            source: Set(shipped.source),
            verified: Set(shipped.verified),
            ..Default::default()
        };
        tx.insert::<rule::Entity>(row, rule::Entity::CREATED).await?;
    }
    Ok(())
}
