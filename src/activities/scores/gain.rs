//! Hake's normalised gain: what was learned of what there was to learn, `g = (post - pre) / (max - pre)`.
//!
//! Bands: 0.7 and more is high (tinggi), 0.3 and more medium (sedang), less is low (rendah), negative ones too. Who had the best
//! score before had nothing to learn and is left out. A group's gain is the gain of its means.

use serde::Serialize;
use utoipa::ToSchema;

/// How much was learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GainBand {
    /// Tinggi: 0.7 or more.
    High,
    /// Sedang: 0.3 to below 0.7.
    Medium,
    /// Rendah: below 0.3, or less than before.
    Low,
}

/// How well a training worked, by its group's gain in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effectiveness {
    /// Tidak efektif: below 40.
    NotEffective,
    /// Kurang efektif: 40 to 55.
    LessEffective,
    /// Cukup efektif: 56 to 75.
    FairlyEffective,
    /// Efektif: above 75.
    Effective,
}

/// A gain as a fraction: what was gained, and what could be. Both in the same unit; `possible` is above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gain {
    gained: i64,
    possible: i64,
}

impl Gain {
    /// The gain between two scores in hundredths; none where one is missing or the first was the best possible.
    pub fn of(pre: Option<i32>, post: Option<i32>, maximum: i32) -> Option<Self> {
        let (pre, post) = (i64::from(pre?), i64::from(post?));
        let possible = i64::from(maximum) * 100 - pre;
        (possible > 0).then_some(Self { gained: post - pre, possible })
    }

    /// The gain of the means of a group's scores in hundredths: those who have both.
    pub fn of_means(scores: &[(i32, i32)], maximum: i32) -> Option<Self> {
        let sum = |scores: &mut dyn Iterator<Item = i32>| scores.map(i64::from).sum::<i64>();
        let (pre, post) =
            (sum(&mut scores.iter().map(|(pre, _)| *pre)), sum(&mut scores.iter().map(|(_, post)| *post)));
        let possible = i64::try_from(scores.len()).ok()? * i64::from(maximum) * 100 - pre;
        (possible > 0).then_some(Self { gained: post - pre, possible })
    }

    /// The mean of the gains of a group, in ten-thousandths.
    pub fn mean(gains: &[Self]) -> Option<f64> {
        let count = i64::try_from(gains.len()).ok().filter(|count| *count > 0)?;
        let sum: i64 = gains.iter().map(|gain| gain.ten_thousandths()).sum();
        Some(four_decimals(divided(sum, count)))
    }

    /// The gain with four decimals, half up.
    pub fn number(self) -> f64 {
        four_decimals(self.ten_thousandths())
    }

    fn ten_thousandths(self) -> i64 {
        divided(self.gained * 10_000, self.possible)
    }

    /// The band, by the exact fraction.
    pub fn band(self) -> GainBand {
        if self.gained * 10 >= self.possible * 7 {
            GainBand::High
        } else if self.gained * 10 >= self.possible * 3 {
            GainBand::Medium
        } else {
            GainBand::Low
        }
    }

    /// How well the training worked.
    pub fn effectiveness(self) -> Effectiveness {
        let percent = self.gained * 100;
        if percent > self.possible * 75 {
            Effectiveness::Effective
        } else if percent >= self.possible * 56 {
            Effectiveness::FairlyEffective
        } else if percent >= self.possible * 40 {
            Effectiveness::LessEffective
        } else {
            Effectiveness::NotEffective
        }
    }
}

/// A quotient rounded half up.
fn divided(sum: i64, count: i64) -> i64 {
    (2 * sum + count).div_euclid(2 * count)
}

fn four_decimals(ten_thousandths: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let whole = ten_thousandths as f64;
    whole / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gain(pre: i32, post: i32) -> Option<Gain> {
        Gain::of(Some(pre), Some(post), 100)
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "both sides come from the same division")]
    fn from_52_to_78_of_100_is_0_5417_and_medium() {
        let gain = gain(5_200, 7_800).unwrap();
        assert_eq!((gain.number(), gain.band()), (0.5417, GainBand::Medium));
        assert_eq!(gain.effectiveness(), Effectiveness::LessEffective);
        assert_eq!(Gain::of_means(&[(5_200, 7_800), (4_800, 8_200)], 100).unwrap().number(), 0.6);
        assert_eq!(Gain::mean(&[gain, Gain { gained: 1, possible: 2 }]), Some(0.5209));
    }

    #[test]
    fn bands_begin_at_their_lower_bound() {
        assert_eq!(gain(0, 7_000).unwrap().band(), GainBand::High);
        assert_eq!(gain(0, 6_999).unwrap().band(), GainBand::Medium);
        assert_eq!(gain(0, 3_000).unwrap().band(), GainBand::Medium);
        assert_eq!(gain(0, 2_999).unwrap().band(), GainBand::Low);
        assert_eq!(gain(6_000, 5_000).unwrap().band(), GainBand::Low);
    }

    #[test]
    fn who_had_the_best_score_before_is_left_out() {
        assert_eq!(gain(10_000, 10_000), None);
        assert_eq!(Gain::of(Some(1), None, 100), None);
        assert_eq!(Gain::of_means(&[], 100), None);
    }
}
