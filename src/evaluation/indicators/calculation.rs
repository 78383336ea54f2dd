//! What an indicator comes to now, kept nowhere.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::service::one;
use crate::evaluation::calculators::{Calculation, reckon};
use crate::evaluation::indicator_methods::bands::IndicatorBand;
use crate::evaluation::indicator_methods::formula::FormulaKind;
use crate::evaluation::indicator_methods::service::in_force;
use crate::evaluation::measurements::dto::{MeasurementInput, told};
use crate::evaluation::measurements::service::NO_METHOD;
use crate::kernel::db::Db;
use crate::kernel::decimal::four_places;
use crate::kernel::error::{NOT_FOUND, Refused, Result};
use crate::kernel::period::{OTHER_KIND_OF_PERIOD, Period};
use crate::kernel::policy::Access;
use crate::kernel::validation::{Fault, IN_THE_FUTURE, Violation};

/// Its values are entered.
pub const ENTERED_BY_HAND: Fault = Fault {
    code: "entered_by_hand",
    id: "Nilai indikator ini diisi dengan bukti, tidak dihitung",
    en: "The values of this indicator are entered with evidence, not reckoned",
};

/// The service's own records know no districts.
pub const NOT_BY_DISTRICT: Fault = Fault {
    code: "not_by_district",
    id: "Indikator ini tidak dapat dihitung per kecamatan",
    en: "This indicator cannot be reckoned for a district",
};

/// What an indicator comes to (perhitungan), as things stand now.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "indicator_id": "019a0000-0000-7000-8000-000000000001", "period": "2026", "district_code": null, "value": 0.28,
    "method_id": "019a0000-0000-7000-8000-000000000002",
    "inputs": [{"name": "visits", "period": "2026-01..2026-10", "value": 69_419.0}], "band": null
}))]
pub struct IndicatorCalculation {
    /// The indicator.
    pub indicator_id: Uuid,
    /// The period.
    #[schema(max_length = 7, pattern = "^(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|S[12]))?$")]
    pub period: String,
    /// Kode wilayah (Kemendagri) of the district that it is about; null for the whole city.
    #[schema(required, max_length = 13)]
    pub district_code: Option<String>,
    /// The value, in the unit of the indicator.
    #[schema(minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub value: f64,
    /// The method: that of the period's last day.
    pub method_id: Uuid,
    /// What it is made of.
    #[schema(max_items = 30)]
    pub inputs: Vec<MeasurementInput>,
    /// What it is called; null where no band holds it.
    #[schema(required)]
    pub band: Option<IndicatorBand>,
}

/// Of which period.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CalculationQuery {
    /// The period, as long as those of the indicator; that of today unless another is asked for.
    #[param(max_length = 7, pattern = "^(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|S[12]))?$", example = "2026")]
    pub period: Option<String>,
    /// Of this district, from its own figures alone; of the whole city unless one is asked for.
    #[param(max_length = 13, example = "61.72.02")]
    pub district_code: Option<String>,
}

/// Reckons an indicator for a period, from what is known now.
pub async fn read(db: &Db, access: &Access, id: Uuid, query: &CalculationQuery) -> Result<IndicatorCalculation> {
    let asked = query.period.as_deref().map(|text| Period::parameter("period", text)).transpose()?;
    let indicator = db.reader().find(one(access, id)).await?;
    let period = asked.unwrap_or_else(|| Period::of(indicator.period_kind, db.today()));
    let absent = |fault| NOT_FOUND.at(Violation::parameter("period", fault));
    if period.kind() != indicator.period_kind {
        let violation = Violation::parameter("period", &OTHER_KIND_OF_PERIOD);
        return Err(NOT_FOUND.at(period.other_kind(violation, indicator.period_kind)));
    }
    if period.starts_on() > db.today() {
        return Err(absent(&IN_THE_FUTURE));
    }
    let method = in_force(db.reader(), id, period.ends_on()).await?.ok_or_else(|| absent(&NO_METHOD))?;
    let district = query.district_code.as_deref().filter(|code| !code.is_empty());
    if district.is_some() && method.formula.kind != FormulaKind::Figures {
        return Err(NOT_FOUND.at(Violation::parameter("district_code", &NOT_BY_DISTRICT)));
    }
    let reckoned = reckon(db, &method.formula, indicator.places(), period, district).await?;
    match reckoned.ok_or_else(|| absent(&ENTERED_BY_HAND))? {
        Ok(Calculation { value, inputs }) => Ok(IndicatorCalculation {
            indicator_id: id,
            period: period.to_string(),
            district_code: district.map(str::to_owned),
            value: four_places(value),
            method_id: method.id,
            inputs: told(inputs, access),
            band: method.bands.of(value).cloned(),
        }),
        Err(shortfalls) => {
            let wrong = shortfalls.into_iter().map(|short| short.at(|fault| Violation::parameter("period", fault)));
            Err(Refused { violations: wrong.collect(), ..Refused::from(NOT_FOUND) }.into())
        }
    }
}
