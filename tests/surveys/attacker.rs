//! Somebody who adds and subtracts whatever was told.

use std::collections::BTreeSet;

/// Who is in a group that was told: the people whose option is among its codes, or who said nothing. What a group holds besides
/// its codes is not said; it is known from the others of the same dimension.
pub type Group = BTreeSet<usize>;

/// Numbers without order, the same each time (xorshift).
pub struct Draw(pub u64);

impl Draw {
    /// A number below this.
    pub fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }

    /// A place by weight.
    pub fn by(&mut self, weights: &[u64]) -> usize {
        let mut drawn = self.below(weights.iter().sum());
        weights
            .iter()
            .position(|weight| {
                let found = drawn < *weight;
                drawn = drawn.saturating_sub(*weight);
                found
            })
            .unwrap()
    }
}

/// A large prime: what is zero modulo it is zero, but for a chance that nobody meets.
const PRIME: u128 = (1 << 61) - 1;

fn inverse(value: u128) -> u128 {
    let (mut power, mut result, mut exponent) = (value, 1, PRIME - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * power % PRIME;
        }
        power = power * power % PRIME;
        exponent >>= 1;
    }
    result
}

/// Rows in echelon form; says whether a row is independent of those before it.
#[derive(Default)]
struct Echelon(Vec<(usize, Vec<u128>)>);

impl Echelon {
    fn take(&mut self, row: &[u128]) -> bool {
        let mut row = row.to_vec();
        for (pivot, other) in &self.0 {
            let factor = row[*pivot];
            if factor > 0 {
                for (value, other) in row.iter_mut().zip(other) {
                    *value = (*value + (PRIME - factor) * other) % PRIME;
                }
            }
        }
        let Some(pivot) = row.iter().position(|value| *value > 0) else { return false };
        let scale = inverse(row[pivot]);
        for value in &mut row {
            *value = *value * scale % PRIME;
        }
        self.0.push((pivot, row));
        true
    }

    /// Weights of the publications whose sum is zero for each row that was taken: the first column that is no pivot is 1.
    fn vanishing(&self, columns: usize) -> Option<Vec<u128>> {
        let free = (0..columns).find(|column| self.0.iter().all(|(pivot, _)| pivot != column))?;
        let mut weights = vec![0; columns];
        weights[free] = 1;
        for (pivot, row) in self.0.iter().rev() {
            let sum = (0..columns)
                .filter(|column| column != pivot)
                .fold(0, |sum, column| (sum + row[column] * weights[column]) % PRIME);
            weights[*pivot] = (PRIME - sum) % PRIME;
        }
        Some(weights)
    }
}

/// The fewest people that some combination of these groups is about, as far as `tries` attempts find: each takes people in a random
/// order until all but one of the combinations are fixed, makes the last one zero on them, and counts on whom it is not. Whatever
/// is about few people is zero on nearly all others, so that nearly every attempt finds it.
pub fn fewest(groups: &[Group], count: usize, draw: &mut Draw, tries: usize) -> usize {
    let row = |one: usize| groups.iter().map(|group| u128::from(group.contains(&one))).collect::<Vec<_>>();
    let rows: Vec<Vec<u128>> = (0..count).map(row).filter(|row| row.iter().any(|value| *value > 0)).collect();
    // Publications that follow from others add nothing; without them each combination has one form.
    let mut kept: Vec<usize> = Vec::new();
    let mut independent = Echelon::default();
    for column in 0..groups.len() {
        if independent.take(&rows.iter().map(|row| row[column]).collect::<Vec<_>>()) {
            kept.push(column);
        }
    }
    let rows: Vec<Vec<u128>> = rows.iter().map(|row| kept.iter().map(|column| row[*column]).collect()).collect();
    let mut fewest = usize::MAX;
    for _ in 0..tries {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        for place in (1..order.len()).rev() {
            order.swap(place, usize::try_from(draw.below(place as u64 + 1)).unwrap());
        }
        let mut fixed = Echelon::default();
        for one in order {
            if fixed.0.len() + 1 == kept.len() {
                break;
            }
            fixed.take(&rows[one]);
        }
        let weights = fixed.vanishing(kept.len()).unwrap();
        let on = |row: &Vec<u128>| {
            row.iter().zip(&weights).fold(0, |sum, (value, weight)| (sum + value * weight) % PRIME) > 0
        };
        fewest = fewest.min(rows.iter().filter(|row| on(row)).count());
    }
    fewest
}

/// Every pair of groups: their difference, and what only one of them has.
pub fn pairs_tell_of(groups: &[Group]) -> usize {
    let pairs =
        groups.iter().enumerate().flat_map(|(place, one)| groups[..place].iter().map(move |other| (one, other)));
    pairs
        .map(|(one, other)| one.symmetric_difference(other).count())
        .filter(|count| *count > 0)
        .min()
        .unwrap_or(usize::MAX)
}
