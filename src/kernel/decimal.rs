//! Numbers with fixed decimals: whole hundredths or ten-thousandths inside, JSON numbers outside.

use validator::ValidationError;

use super::validation::{TOO_MANY_DECIMALS, TWO_DECIMALS, fault};

/// How many ten-thousandths a whole has.
const WHOLE: i64 = 10_000;
/// The greatest size, in ten-thousandths, of a figure: a hundred thousand million, which a JSON number still tells exactly.
const GREATEST: i64 = 100_000_000_000 * WHOLE;

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

/// Ten-thousandths as a number with four decimals.
pub fn four_places(ten_thousandths: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "figures stay below 2^53")]
    let whole = ten_thousandths as f64;
    whole / 10_000.0
}

/// A number within its limits as ten-thousandths.
pub fn ten_thousandths(number: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "limits are checked before; the cast saturates beyond")]
    let whole = (number * 10_000.0).round() as i64;
    whole
}

/// No more than four decimals.
pub fn four_decimals(number: f64) -> Result<(), ValidationError> {
    let scaled = number * 10_000.0;
    // Great numbers lie further apart than the tolerance.
    let tolerance = (scaled.abs() * f64::EPSILON).max(1e-6);
    if (scaled - scaled.round()).abs() < tolerance {
        return Ok(());
    }
    let mut error = fault(&TOO_MANY_DECIMALS);
    error.add_param("max".into(), &4);
    Err(error)
}

/// Ten-thousandths with no more than so many decimals, at most four.
pub fn has_decimals(ten_thousandths: i64, decimals: u32) -> bool {
    ten_thousandths % step(decimals) == 0
}

/// A fraction in ten-thousandths, rounded half up to so many decimals, at most four. Nothing where it is divided by 0 or too great.
pub fn rounded(numerator: i128, denominator: i128, decimals: u32) -> Option<i64> {
    let (numerator, denominator) = if denominator < 0 { (-numerator, -denominator) } else { (numerator, denominator) };
    if denominator == 0 {
        return None;
    }
    let step = step(decimals);
    let scaled = numerator.checked_mul(2 * i128::from(WHOLE / step))?.checked_add(denominator)?;
    let units = scaled.div_euclid(denominator.checked_mul(2)?);
    let value = i64::try_from(units).ok()?.checked_mul(step)?;
    (value.abs() <= GREATEST).then_some(value)
}

/// How many ten-thousandths the last of so many decimals is worth.
fn step(decimals: u32) -> i64 {
    10_i64.pow(4_u32.saturating_sub(decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousandths_come_back_as_they_went() {
        for number in [0.0, 0.0001, 0.28, 82.22, 38_400_000.0, 99_999_999_999.999_9, -3.5] {
            assert!(four_decimals(number).is_ok(), "{number}");
            assert!((four_places(ten_thousandths(number)) - number).abs() < f64::EPSILON, "{number}");
        }
        assert!(four_decimals(0.000_05).is_err());
        assert!(has_decimals(822_200, 2) && !has_decimals(822_200, 1) && has_decimals(820_000, 0));
    }

    #[test]
    fn fractions_round_half_up_to_their_decimals() {
        assert_eq!(rounded(296, 360, 2), Some(8_200));
        assert_eq!(rounded(1, 8, 2), Some(1_300));
        assert_eq!(rounded(-1, 8, 2), Some(-1_200));
        assert_eq!(rounded(1, -8, 3), Some(-1_250));
        assert_eq!(rounded(2, 3, 4), Some(6_667));
        assert_eq!(rounded(5, 2, 0), Some(30_000));
        assert_eq!(rounded(1, 0, 2), None);
        assert_eq!(rounded(i128::MAX, 1, 2), None);
    }

    #[test]
    fn hundredths_come_back_as_they_went() {
        for number in [0.0, 0.01, 3.35, 24.0, 999.99] {
            assert!(two_decimals(number).is_ok());
            assert!((decimal(hundredths(number).into()) - number).abs() < f64::EPSILON);
        }
        assert!(two_decimals(0.125).is_err());
    }
}
