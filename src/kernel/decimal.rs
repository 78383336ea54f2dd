//! Numbers with two decimals: hundredths inside, JSON numbers outside.

use validator::ValidationError;

use super::validation::{TWO_DECIMALS, fault};

/// Hundredths as a number with two decimals.
pub fn decimal(hundredths: i64) -> f64 {
    // Exact for every figure here: far below 2^53.
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let whole = hundredths as f64;
    whole / 100.0
}

/// A number within its limits as hundredths.
pub fn hundredths(number: f64) -> i32 {
    // The limits of every field are far within an i32; the cast saturates beyond.
    #[expect(clippy::cast_possible_truncation, reason = "limits are checked before")]
    let whole = (number * 100.0).round() as i32;
    whole
}

/// No more than two decimals.
pub fn two_decimals(number: f64) -> Result<(), ValidationError> {
    let scaled = number * 100.0;
    if (scaled - scaled.round()).abs() < 1e-6 { Ok(()) } else { Err(fault(&TWO_DECIMALS)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_come_back_as_they_went() {
        for number in [0.0, 0.01, 3.35, 24.0, 999.99] {
            assert!(two_decimals(number).is_ok());
            assert!((decimal(hundredths(number).into()) - number).abs() < f64::EPSILON);
        }
        assert!(two_decimals(0.125).is_err());
    }
}
