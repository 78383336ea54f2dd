//! The formula that ships with the service (`data/skm_formula.json`).

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use uuid::Uuid;

use super::entity::{ActiveModel, Entity, SkmTerms};
use crate::kernel::db::Tx;
use crate::kernel::error::{Error, Result};

const FORMULA: &str = include_str!("../../../data/skm_formula.json");

#[derive(Deserialize)]
struct Shipped {
    id: Uuid,
    valid_from: NaiveDate,
    terms: SkmTerms,
    legal_basis: String,
    source: Option<String>,
    verified: bool,
}

/// Puts the formula into a database that has none.
pub async fn seed_in(tx: &Tx<'_>) -> Result<()> {
    let shipped: Shipped = serde_json::from_str(FORMULA).map_err(Error::internal)?;
    let row = ActiveModel {
        id: Set(shipped.id),
        valid_from: Set(shipped.valid_from),
        valid_to: Set(None),
        terms: Set(shipped.terms),
        legal_basis: Set(shipped.legal_basis),
        source: Set(shipped.source),
        verified: Set(shipped.verified),
        ..Default::default()
    };
    tx.insert::<Entity>(row, "skm_formula.created").await.map(|_| ())
}
