//! How many people to ask: the sample of Krejcie and Morgan (1970), as PermenPANRB 14/2017 takes it over.

/// Chi-square of one degree of freedom at 95 %, in thousandths: 3.841.
const CHI_SQUARE: u64 = 3841;

/// The sample for a population: `X² N P(1-P) / (d² (N-1) + X² P(1-P))` with P = 0.5 and d = 0.05, to the nearest whole number.
/// Printed tables give 384 for the largest populations, where the formula gives 383 to 384.
pub fn krejcie_morgan(population: u64) -> u64 {
    // Times 4000: X² P(1-P) is X² / 4, and d² is 1 / 400.
    let above = u128::from(CHI_SQUARE) * u128::from(population);
    let below = 10 * u128::from(population.saturating_sub(1)) + u128::from(CHI_SQUARE);
    u64::try_from((2 * above + below) / (2 * below)).unwrap_or(population)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn samples_are_those_of_the_formula() {
        for (population, sample) in [
            (10, 10),
            (50, 44),
            (100, 80),
            (200, 132),
            (500, 217),
            (1000, 278),
            (5000, 357),
            (10_000, 370),
            (100_000, 383),
        ] {
            assert_eq!(krejcie_morgan(population), sample, "{population}");
        }
        assert_eq!((krejcie_morgan(0), krejcie_morgan(1)), (0, 1));
    }

    proptest! {
        #[test]
        fn more_people_never_need_fewer(population in 0_u64..1_000_000_000) {
            let (sample, next) = (krejcie_morgan(population), krejcie_morgan(population + 1));
            prop_assert!(sample <= next && sample <= population && sample <= 385);
        }
    }
}
