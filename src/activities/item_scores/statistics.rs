//! Classical item statistics. Difficulty (tingkat kesukaran) is the mean of the points by the most possible; discrimination (daya
//! pembeda) the correlation between the points in an item and in all others, so that no item is held against itself.
//!
//! Bands are those of Arikunto's *Dasar-Dasar Evaluasi Pendidikan*, as Indonesian training centres use them.

use serde::Serialize;
use utoipa::ToSchema;

/// How hard an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DifficultyBand {
    /// Sukar: up to 0.30.
    Hard,
    /// Sedang: above 0.30, up to 0.70.
    Medium,
    /// Mudah: above 0.70.
    Easy,
}

/// How well an item tells who knows more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DiscriminationBand {
    /// Negative: who knows more has less; the item is to be thrown out.
    Misleading,
    /// Jelek: up to 0.20.
    Poor,
    /// Cukup: above 0.20, up to 0.40.
    Fair,
    /// Baik: above 0.40, up to 0.70.
    Good,
    /// Baik sekali: above 0.70.
    Excellent,
}

/// What the points in an item come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ItemFigures {
    /// The mean of the points, in hundredths, with its fraction.
    pub mean: f64,
    /// The mean by the most possible.
    pub difficulty: f64,
    /// None where all have the same, in the item or in all others.
    pub discrimination: Option<f64>,
}

impl ItemFigures {
    /// The figures of an item with so many points at most; each person's points in it, and in the whole test. Nothing for nobody.
    pub fn of(maximum: i32, people: &[(i32, i64)]) -> Option<Self> {
        let count = i128::try_from(people.len()).ok().filter(|count| *count > 0)?;
        let pairs =
            || people.iter().map(|(points, whole)| (i128::from(*points), i128::from(*whole) - i128::from(*points)));
        let sum = |of: fn((i128, i128)) -> i128| pairs().map(of).sum::<i128>();
        let (points, rest) = (sum(|(points, _)| points), sum(|(_, rest)| rest));
        let spread = count * sum(|(points, _)| points * points) - points * points;
        let rest_spread = count * sum(|(_, rest)| rest * rest) - rest * rest;
        let together = count * sum(|(points, rest)| points * rest) - points * rest;
        let mean = number(points) / number(count);
        let discrimination = (spread > 0 && rest_spread > 0)
            .then(|| (number(together) / (number(spread).sqrt() * number(rest_spread).sqrt())).clamp(-1.0, 1.0));
        Some(Self { mean, difficulty: mean / f64::from(maximum.max(1)), discrimination })
    }
}

fn number(sum: i128) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "four decimals are told")]
    let number = sum as f64;
    number
}

impl DifficultyBand {
    /// The band of a difficulty.
    pub fn of(difficulty: f64) -> Self {
        match difficulty {
            hard if hard <= 0.3 => Self::Hard,
            medium if medium <= 0.7 => Self::Medium,
            _ => Self::Easy,
        }
    }
}

impl DiscriminationBand {
    /// The band of a discrimination.
    pub fn of(discrimination: f64) -> Self {
        match discrimination {
            misleading if misleading < 0.0 => Self::Misleading,
            poor if poor <= 0.2 => Self::Poor,
            fair if fair <= 0.4 => Self::Fair,
            good if good <= 0.7 => Self::Good,
            _ => Self::Excellent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six people, four items of one point: the first easy, the second what who knows has, the third what who knows has not, the
    /// fourth had by everybody. Expected values by `statistics.correlation` of Python.
    const PEOPLE: [[i32; 4]; 6] = [[1, 1, 0, 1], [1, 1, 0, 1], [1, 1, 1, 1], [1, 0, 0, 1], [0, 0, 1, 1], [0, 0, 1, 1]];

    fn figures(item: usize) -> ItemFigures {
        let people = PEOPLE.map(|person| (person[item] * 100, i64::from(person.iter().sum::<i32>()) * 100));
        ItemFigures::of(100, &people).unwrap()
    }

    #[test]
    fn items_are_as_hard_and_as_telling_as_expected() {
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 5e-5, "{found} is not {expected}");
        for (item, difficulty, discrimination) in [(0, 2.0 / 3.0, 0.0), (1, 0.5, 0.447_21), (2, 0.5, -0.557_09)] {
            close(figures(item).difficulty, difficulty);
            close(figures(item).discrimination.unwrap(), discrimination);
        }
        assert_eq!(figures(3).discrimination, None, "all have the same");
        assert_eq!(ItemFigures::of(100, &[]), None);
    }

    #[test]
    fn bands_end_at_their_upper_bound() {
        use DifficultyBand::{Easy, Hard, Medium};
        use DiscriminationBand::{Excellent, Fair, Good, Misleading, Poor};
        assert_eq!([0.3, 0.31, 0.7, 0.71].map(DifficultyBand::of), [Hard, Medium, Medium, Easy]);
        let found = [-0.01, 0.0, 0.2, 0.21, 0.4, 0.7, 0.71].map(DiscriminationBand::of);
        assert_eq!(found, [Misleading, Poor, Poor, Fair, Fair, Good, Excellent]);
    }
}
