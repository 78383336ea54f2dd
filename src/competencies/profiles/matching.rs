//! The figures of a person against a position: gap and job-person match.

use crate::competencies::profiles::dto::MatchBand;

/// How much of what a position asks is missing: only what is above 0 counts; no level counts as 0.
pub fn gap(required: i32, actual: Option<i32>) -> i32 {
    (required - actual.unwrap_or(0)).max(0)
}

/// The job-person match in hundredths of a percent: the mean of `min(actual / required, 1)` (PerBKN 26/2019).
/// Nothing required: no match.
pub fn job_person_match(levels: &[(i32, Option<i32>)]) -> Option<i64> {
    /// All of 1 to 5 divide 60, so the ratios add up exactly.
    const WHOLE: i64 = 60;
    let count = i64::try_from(levels.len()).ok().filter(|count| *count > 0)?;
    let ratios = levels.iter().map(|(required, actual)| {
        let (required, actual) = (i64::from(*required).max(1), i64::from(actual.unwrap_or(0)));
        WHOLE * actual.min(required) / required
    });
    let sum: i64 = ratios.sum();
    // Half up.
    Some((sum * 10_000 * 2 + WHOLE * count) / (2 * WHOLE * count))
}

/// The band of a match: from 80 optimal, from 68 fairly optimal.
pub fn band(hundredths: i64) -> MatchBand {
    match hundredths {
        8_000.. => MatchBand::Optimal,
        6_800.. => MatchBand::FairlyOptimal,
        _ => MatchBand::LessOptimal,
    }
}

#[cfg(test)]
#[expect(clippy::cast_precision_loss, reason = "small figures")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_worked_example_comes_out() {
        let levels = [(3, Some(3)), (3, Some(2)), (3, Some(4)), (3, Some(3))];
        assert_eq!(job_person_match(&levels), Some(9_167));
        assert_eq!(levels.map(|(required, actual)| gap(required, actual)), [0, 1, 0, 0]);
        assert_eq!(band(9_167), MatchBand::Optimal);
    }

    #[test]
    fn bands_begin_where_they_say() {
        assert_eq!(
            [8_000, 7_999, 6_800, 6_799].map(band),
            [MatchBand::Optimal, MatchBand::FairlyOptimal, MatchBand::FairlyOptimal, MatchBand::LessOptimal]
        );
        assert_eq!(job_person_match(&[]), None);
    }

    proptest! {
        #[test]
        fn a_match_is_the_rounded_mean(levels in prop::collection::vec((1..=5_i32, prop::option::of(1..=5_i32)), 1..40)) {
            let mean = levels.iter().map(|(required, actual)| (f64::from(actual.unwrap_or(0)) / f64::from(*required)).min(1.0)).sum::<f64>()
                / levels.len() as f64;
            let found = job_person_match(&levels).unwrap();
            prop_assert!((found as f64 - mean * 10_000.0).abs() <= 0.5 + 1e-6);
        }
    }
}
