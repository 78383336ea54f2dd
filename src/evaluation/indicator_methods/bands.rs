//! Bands (kategori): what a value is called, from its least value on.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::kernel::decimal::{four_decimals, ten_thousandths};
use crate::kernel::language::Localized;
use crate::kernel::validation::{self, Fault};

/// Bands go up.
pub const BANDS_GO_UP: Fault = Fault {
    code: "bands_go_up",
    id: "Batas bawah kategori harus makin besar",
    en: "The least values of bands must go up",
};

/// A band of an indicator. What lies between two bands belongs to the lower one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"from": 76.61, "code": "B", "label": {"id": "Baik", "en": "Good"}}))]
pub struct IndicatorBand {
    /// The least value.
    #[validate(range(min = -100_000_000_000.0, max = 100_000_000_000.0), custom(function = four_decimals))]
    #[schema(minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub from: f64,
    /// A short code: `B`.
    #[validate(length(min = 1, max = 20), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Z0-9][A-Z0-9._-]*$")]
    pub code: String,
    /// What it is called.
    #[validate(nested)]
    pub label: Localized,
}

/// All bands of a method, the lowest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Bands(pub Vec<IndicatorBand>);

impl Bands {
    /// Whether each begins above the one before it.
    pub fn go_up(&self) -> bool {
        self.0.array_windows().all(|[lower, upper]| ten_thousandths(lower.from) < ten_thousandths(upper.from))
    }

    /// The band of a value in ten-thousandths: the highest that it reaches.
    pub fn of(&self, value: i64) -> Option<&IndicatorBand> {
        self.0.iter().rev().find(|band| ten_thousandths(band.from) <= value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands(edges: &[(f64, &str)]) -> Bands {
        let band = |(from, code): &(f64, &str)| IndicatorBand {
            from: *from,
            code: (*code).to_owned(),
            label: Localized::new(*code, *code),
        };
        Bands(edges.iter().map(band).collect())
    }

    #[test]
    fn what_lies_between_bands_belongs_to_the_lower() {
        let tgm = bands(&[(0.0, "SR"), (20.1, "R"), (40.1, "S"), (60.1, "T"), (80.1, "ST")]);
        let of = |value: f64| tgm.of(ten_thousandths(value)).map(|band| band.code.as_str());
        assert_eq!([0.0, 20.05, 20.1, 56.4, 100.0].map(of), [Some("SR"), Some("SR"), Some("R"), Some("S"), Some("ST")]);
        assert_eq!(of(-0.01), None);
        assert!(tgm.go_up() && !bands(&[(1.0, "A"), (1.0, "B")]).go_up());
        let ikm = bands(&[(25.0, "D"), (65.0, "C"), (76.61, "B"), (88.31, "A")]);
        let of = |value: f64| ikm.of(ten_thousandths(value)).map(|band| band.code.as_str());
        assert_eq!([82.22, 81.40, 88.5, 87.62, 88.3].map(of), ["B", "B", "A", "B", "B"].map(Some));
    }
}
