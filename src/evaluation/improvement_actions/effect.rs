//! What an action changed: the value after it less the value before, judged by the direction that is better.
//!
//! It is told as what followed, never as what the action caused: other things happened in the same time.

use serde::Serialize;
use utoipa::ToSchema;

use crate::evaluation::indicators::entity::IndicatorDirection;
use crate::kernel::decimal::four_places;

/// How the value moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EffectVerdict {
    /// Membaik: it moved to the better side.
    Improved,
    /// Tetap: it did not move.
    Unchanged,
    /// Memburuk: it moved to the worse side.
    Worsened,
}

/// What was measured before and after (dampak terukur): an association, no proof.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(example = json!({"before": 2.9, "after": 3.2, "change": 0.3, "verdict": "improved", "target_reached": false}))]
pub struct MeasuredEffect {
    /// The value before.
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000)]
    pub before: f64,
    /// The value of the last recheck.
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000)]
    pub after: f64,
    /// After less before.
    #[schema(minimum = -2_000_000_000, maximum = 2_000_000_000)]
    pub change: f64,
    /// How it moved, by the direction that is better.
    pub verdict: EffectVerdict,
    /// Whether the target is reached; null where there is none.
    #[schema(required)]
    pub target_reached: Option<bool>,
}

impl MeasuredEffect {
    /// The effect between two values in ten-thousandths.
    pub fn of(direction: IndicatorDirection, before: i64, after: i64, target: Option<i64>) -> Self {
        let gain = match direction {
            IndicatorDirection::HigherIsBetter => after - before,
            IndicatorDirection::LowerIsBetter => before - after,
        };
        let verdict = match gain {
            1.. => EffectVerdict::Improved,
            0 => EffectVerdict::Unchanged,
            _ => EffectVerdict::Worsened,
        };
        let reached = |target: i64| match direction {
            IndicatorDirection::HigherIsBetter => after >= target,
            IndicatorDirection::LowerIsBetter => after <= target,
        };
        Self {
            before: four_places(before),
            after: four_places(after),
            change: four_places(after - before),
            verdict,
            target_reached: target.map(reached),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_effect_is_after_less_before_with_its_direction() {
        let waiting = MeasuredEffect::of(IndicatorDirection::LowerIsBetter, 98_000, 41_000, Some(40_000));
        assert_eq!((waiting.change, waiting.verdict), (-5.7, EffectVerdict::Improved));
        assert_eq!(waiting.target_reached, Some(false));
        let satisfied = MeasuredEffect::of(IndicatorDirection::HigherIsBetter, 29_000, 32_000, Some(32_000));
        assert_eq!((satisfied.change, satisfied.verdict), (0.3, EffectVerdict::Improved));
        assert_eq!(satisfied.target_reached, Some(true));
        assert_eq!(
            MeasuredEffect::of(IndicatorDirection::HigherIsBetter, 5, 5, None).verdict,
            EffectVerdict::Unchanged
        );
    }

    proptest! {
        #[test]
        fn turned_round_the_better_is_the_worse(before in -1_000_000_i64..1_000_000, after in -1_000_000_i64..1_000_000) {
            let verdict = |direction| MeasuredEffect::of(direction, before, after, None).verdict;
            let (higher, lower) = (verdict(IndicatorDirection::HigherIsBetter), verdict(IndicatorDirection::LowerIsBetter));
            prop_assert_eq!(higher == EffectVerdict::Improved, lower == EffectVerdict::Worsened);
            prop_assert_eq!(higher == EffectVerdict::Unchanged, before == after);
        }
    }
}
