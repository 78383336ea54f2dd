//! The indicators that ship with the service, each with the method that it starts with (`data/indicators.json`).

use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use serde::Deserialize;
use uuid::Uuid;

use super::indicator_methods::bands::{Bands, IndicatorBand};
use super::indicator_methods::entity as method;
use super::indicator_methods::formula::IndicatorFormula;
use super::indicators::entity::{self as indicator, IndicatorDirection};
use super::indicators::service::searched;
use crate::kernel::db::Tx;
use crate::kernel::decimal::ten_thousandths;
use crate::kernel::error::{Error, Result};
use crate::kernel::language::Localized;
use crate::kernel::period::PeriodKind;

const INDICATORS: &str = include_str!("../../data/indicators.json");

#[derive(Deserialize)]
struct Indicator {
    id: Uuid,
    code: String,
    name: Localized,
    definition: Localized,
    unit: Localized,
    decimals: i32,
    direction: IndicatorDirection,
    period_kind: PeriodKind,
    tolerance: f64,
    source: Option<String>,
    method: Method,
}

#[derive(Deserialize)]
struct Method {
    id: Uuid,
    label: String,
    formula: IndicatorFormula,
    bands: Vec<IndicatorBand>,
    valid_from: chrono::NaiveDate,
    legal_basis: String,
    source: Option<String>,
    verified: bool,
}

/// Puts the indicators into a database that has none.
pub async fn seed_in(tx: &Tx<'_>) -> Result<()> {
    if tx.reader().exists(indicator::Entity::find()).await? {
        return Ok(());
    }
    for shipped in serde_json::from_str::<Vec<Indicator>>(INDICATORS).map_err(Error::internal)? {
        let row = indicator::ActiveModel {
            id: Set(shipped.id),
            search_text: Set(searched(&shipped.code, &shipped.name)),
            code: Set(shipped.code),
            name: Set(shipped.name),
            definition: Set(shipped.definition),
            unit: Set(shipped.unit),
            decimals: Set(shipped.decimals),
            direction: Set(shipped.direction),
            period_kind: Set(shipped.period_kind),
            tolerance: Set(ten_thousandths(shipped.tolerance)),
            source: Set(shipped.source),
            ..Default::default()
        };
        tx.insert::<indicator::Entity>(row, "indicator.created").await?;
        let (id, shipped) = (shipped.id, shipped.method);
        let row = method::ActiveModel {
            id: Set(shipped.id),
            indicator_id: Set(id),
            label: Set(shipped.label),
            formula: Set(shipped.formula),
            bands: Set(Bands(shipped.bands)),
            valid_from: Set(shipped.valid_from),
            legal_basis: Set(shipped.legal_basis),
            source: Set(shipped.source),
            verified: Set(shipped.verified),
            ..Default::default()
        };
        tx.insert::<method::Entity>(row, "indicator_method.created").await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use validator::Validate;

    use super::*;

    #[test]
    fn what_ships_says_all_that_it_needs() {
        let shipped: Vec<Indicator> = serde_json::from_str(INDICATORS).unwrap();
        assert!(shipped.len() > 20);
        for indicator in shipped {
            let code = indicator.code;
            let method = indicator.method;
            assert!(method.formula.validate().is_ok() && method.formula.mistakes("#").is_empty(), "{code}");
            assert_eq!(method.formula.clone().whole(), method.formula, "{code}");
            assert!(method.bands.iter().all(|band| band.validate().is_ok()), "{code}");
            assert!(Bands(method.bands).go_up(), "{code}");
            for text in [indicator.name, indicator.definition, indicator.unit] {
                assert!(text.validate().is_ok() && text.en.is_some(), "{code}");
            }
        }
    }
}
