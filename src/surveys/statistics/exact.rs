//! Exact fractions of whole numbers, rounded once, at the very end.

use std::cmp::Ordering;

use num_bigint::BigInt;

/// A fraction. Sums and products are exact, however many answers stand behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fraction {
    numerator: BigInt,
    /// Above zero.
    denominator: BigInt,
}

impl Fraction {
    /// `numerator / denominator`; nothing where there is nothing to divide by.
    pub fn new(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Option<Self> {
        let denominator = denominator.into();
        (denominator > BigInt::ZERO).then(|| Self { numerator: numerator.into(), denominator })
    }

    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Self { numerator: number.into(), denominator: 1.into() }
    }

    /// The sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let numerator = &self.numerator * &other.denominator + &other.numerator * &self.denominator;
        Self { numerator, denominator: &self.denominator * &other.denominator }
    }

    /// The product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        Self { numerator: &self.numerator * &other.numerator, denominator: &self.denominator * &other.denominator }
    }

    /// Which of two is larger.
    pub fn compare(&self, other: &Self) -> Ordering {
        (&self.numerator * &other.denominator).cmp(&(&other.numerator * &self.denominator))
    }

    /// Whether it is more than a whole number.
    pub fn exceeds(&self, whole: i64) -> bool {
        self.numerator > &self.denominator * whole
    }

    /// As so many of `1 / scale`, half up: 3.285 with scale 100 is 329. Saturates far beyond every figure here.
    pub fn rounded(&self, scale: i64) -> i64 {
        let twice: BigInt = &self.numerator * (2 * scale) + &self.denominator;
        let over: BigInt = &self.denominator * 2;
        let mut whole: BigInt = &twice / &over;
        // Division cuts towards zero; the floor of what lies below zero is one less.
        if &whole * &over > twice {
            whole -= 1;
        }
        i64::try_from(&whole).unwrap_or(if whole < BigInt::ZERO { i64::MIN } else { i64::MAX })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_go_up() {
        let rounded = |numerator, denominator| Fraction::new(numerator, denominator).unwrap().rounded(100);
        assert_eq!(rounded(3285, 1000), 329);
        assert_eq!(rounded(32849, 10_000), 328);
        assert_eq!(rounded(-125, 1000), -12);
        assert_eq!(rounded(-126, 1000), -13);
        assert_eq!(rounded(0, 7), 0);
        assert!(Fraction::new(1, 0).is_none());
    }

    #[test]
    fn thirds_and_sixths_add_up_to_one() {
        let sum = [3, 6, 2].iter().fold(Fraction::whole(0), |sum, part| sum.plus(&Fraction::new(1, *part).unwrap()));
        assert_eq!(sum.rounded(1_000_000_000), 1_000_000_000);
    }

    proptest! {
        #[test]
        fn rounding_is_never_further_than_half(numerator in -1_000_000_000_i64..1_000_000_000, denominator in 1_u64..1_000_000) {
            let rounded = i128::from(Fraction::new(numerator, denominator).unwrap().rounded(100));
            let distance = 2 * (rounded * i128::from(denominator) - i128::from(numerator) * 100);
            prop_assert!(distance <= i128::from(denominator) && distance > -i128::from(denominator));
        }
    }
}
