//! Readiness for change: the barrier of ADKAR, resistance, and the readiness index (ORIC).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::exact::Fraction;
use super::tally::{Tally, signed};

/// An element of ADKAR, in the order in which a change is made one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeElement {
    /// Kesadaran: why it is needed.
    Awareness,
    /// Keinginan: wanting to take part.
    Desire,
    /// Pengetahuan: knowing how.
    Knowledge,
    /// Kemampuan: being able to.
    Ability,
    /// Penguatan: keeping it up.
    Reinforcement,
}

/// All of them, in order.
pub const CHANGE_ELEMENTS: [ChangeElement; 5] = [
    ChangeElement::Awareness,
    ChangeElement::Desire,
    ChangeElement::Knowledge,
    ChangeElement::Ability,
    ChangeElement::Reinforcement,
];

/// An element scoring this or less is a barrier.
const BARRIER: i64 = 3;

/// The barrier: the first element whose score is 3 or less; `None` where every score lies above.
pub fn barrier(scores: &[Fraction; 5]) -> Option<ChangeElement> {
    // Compared exactly: 3.004 lies above, whatever it is rounded to.
    let stops = |score: &Fraction| !score.exceeds(BARRIER);
    CHANGE_ELEMENTS.into_iter().zip(scores).find(|(_, score)| stops(score)).map(|(element, _)| element)
}

/// Resistance in percent: the share of people whose barrier is awareness or desire. `people` counts them by barrier in the order of
/// [`CHANGE_ELEMENTS`], those without one last.
pub fn resistance(people: &[u64; 6]) -> Option<Fraction> {
    let [awareness, desire, ..] = people;
    Fraction::new(100 * signed(awareness + desire), people.iter().sum::<u64>())
}

/// How ready people are for a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadinessBand {
    /// Siap: 75 or more.
    Ready,
    /// Sebagian siap: 50 to below 75.
    PartlyReady,
    /// Belum siap: below 50.
    NotReady,
}

/// The readiness index in hundredths, `(mean - 1) / 4 x 100` of answers from 1 to 5, and its band; the index is rounded first.
pub fn readiness(answers: &Tally) -> Option<(i64, ReadinessBand)> {
    let above_one = answers.sum() - signed(answers.answered());
    let index = Fraction::new(25 * above_one, answers.answered())?.rounded(100);
    let band = match index {
        7500.. => ReadinessBand::Ready,
        5000.. => ReadinessBand::PartlyReady,
        _ => ReadinessBand::NotReady,
    };
    Some((index, band))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(scores: [i64; 5]) -> [Fraction; 5] {
        scores.map(|tenths| Fraction::new(tenths, 10).unwrap())
    }

    #[test]
    fn the_first_low_score_is_the_barrier() {
        assert_eq!(barrier(&scores([40, 30, 20, 20, 10])), Some(ChangeElement::Desire));
        assert_eq!(barrier(&scores([42, 30, 26, 22, 18])), Some(ChangeElement::Desire));
        assert_eq!(barrier(&scores([40, 40, 50, 40, 40])), None);
        assert_eq!(barrier(&scores([31, 31, 31, 31, 31])), None);
        assert_eq!(barrier(&scores([50, 50, 50, 50, 10])), Some(ChangeElement::Reinforcement));
    }

    #[test]
    fn who_is_unaware_or_unwilling_resists() {
        assert_eq!(resistance(&[2, 3, 4, 5, 1, 5]).unwrap().rounded(100), 2500);
        assert_eq!(resistance(&[0; 6]), None);
    }

    #[test]
    fn bands_of_readiness_begin_where_they_say() {
        let index = |answers: &[(i32, u64)]| readiness(&Tally(answers.to_vec()));
        assert_eq!(index(&[(4, 10)]), Some((7500, ReadinessBand::Ready)));
        assert_eq!(index(&[(3, 10)]), Some((5000, ReadinessBand::PartlyReady)));
        assert_eq!(index(&[(3, 17), (4, 8)]), Some((5800, ReadinessBand::PartlyReady)));
        assert_eq!(index(&[(2, 1), (3, 9)]), Some((4750, ReadinessBand::NotReady)));
        assert_eq!(index(&[(1, 3)]), Some((0, ReadinessBand::NotReady)));
        assert_eq!(index(&[]), None);
    }
}
