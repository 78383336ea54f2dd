//! The reference table of positions that ships with the service (`data/positions.json`).

use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use serde::Deserialize;
use uuid::Uuid;

use super::positions::entity::{ActiveModel, Entity, PositionCategory};
use super::positions::service::searched;
use crate::kernel::db::Tx;
use crate::kernel::error::{Error, Result};
use crate::kernel::language::Localized;

const POSITIONS: &str = include_str!("../../data/positions.json");

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
    #[serde(rename = "coefficient_bp")]
    coefficient: Option<i32>,
    #[serde(rename = "credit_points_for_grade_bp")]
    credit_points_for_grade: Option<i32>,
    #[serde(rename = "credit_points_for_next_level_bp")]
    credit_points_for_next_level: Option<i32>,
    legal_basis: Option<String>,
    provisional: bool,
}

/// Puts the positions into a database that has none.
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
            coefficient: Set(position.coefficient),
            credit_points_for_grade: Set(position.credit_points_for_grade),
            credit_points_for_next_level: Set(position.credit_points_for_next_level),
            legal_basis: Set(position.legal_basis),
            provisional: Set(position.provisional),
            standard_version: Set(1),
            ..Default::default()
        };
        tx.insert::<Entity>(row, "position.created").await?;
    }
    Ok(())
}
