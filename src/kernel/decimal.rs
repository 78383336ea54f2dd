//! Numbers with two or four decimals: whole hundredths or ten-thousandths inside, JSON numbers outside.

use validator::ValidationError;

use super::validation::{TWO_DECIMALS, fault};

/// Hundredths as a number with two decimals.
pub fn decimal(hundredths: i64) -> f64 {
    // Exact for every figure here: far below 2^53.
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let whole = hundredths as f64;
    whole / 100.0
}

/// Ten-thousandths as a number with four decimals.
pub fn four_decimals(ten_thousandths: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let whole = ten_thousandths as f64;
    whole / 10_000.0
}

/// A number with four decimals as ten-thousandths.
pub fn ten_thousandths(number: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "far below 2^53")]
    let whole = (number * 10_000.0).round() as i64;
    whole
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

    #[test]
    fn ten_thousandths_come_back_as_they_went() {
        for number in [-3, 0, 1, 28_571, 32_889, 10_000_000_000_000] {
            assert_eq!(ten_thousandths(four_decimals(number)), number);
        }
    }
}
