//! Which groups of people may be told apart, so that nothing can be worked out about fewer than so many of them.
//!
//! Everything that is published of a question is a sum over a published group: how many, how many chose an option, a total. Who
//! holds several publications can only add and subtract them, and so learns sums over people with whole or broken weights. A
//! publication is safe when every such sum that is not empty is one over at least `least` people.
//!
//! The proof for a publication is a certificate: `least` sets of people, no person in two of them, of which each alone fixes the
//! weights of everybody (a basis of the space that the published groups span). A combination of publications that is not zero
//! everywhere cannot be zero on any of these sets, so it weighs at least one person of each. See `docs/decisions/0021-…`.

use std::collections::HashMap;

/// The group of each category of a dimension; `None` where nobody is in a category and nobody needs to be hidden by it.
pub type Partition = Vec<Option<usize>>;

/// People who are alike in every dimension: their categories, and how many they are.
pub type Class = (Vec<usize>, u64);

/// How many groups a partition has.
pub fn groups(partition: &Partition) -> usize {
    partition.iter().flatten().max().map_or(0, |last| last + 1)
}

/// Which dimensions may be published with which groups, for everybody asked: from fine groups (each category one, or the groups of
/// an earlier publication) to coarser ones, until every combination is of at least `least` people. A dimension that would be left
/// with one group is not published.
pub fn publishable(classes: &[Class], fine: &[Option<Partition>], least: u64) -> Vec<Option<Partition>> {
    let mut published: Vec<Option<Partition>> = vec![None; fine.len()];
    for (dimension, start) in fine.iter().enumerate() {
        let Some(start) = start else { continue };
        let mut next = pooled(start, &sizes(classes, dimension, start), least);
        while let Some(partition) = next {
            if let Some(place) = published.get_mut(dimension) {
                *place = Some(partition.clone());
            }
            if is_safe(classes, &published, least) {
                break;
            }
            next = coarser(&partition, &sizes(classes, dimension, &partition));
            if let Some(place) = published.get_mut(dimension) {
                *place = None;
            }
        }
    }
    published
}

/// Which of the published dimensions may be published for those who answered one question: each whole, or not at all.
pub fn answerable(classes: &[Class], published: &[Option<Partition>], least: u64) -> Vec<bool> {
    if classes.iter().map(|(_, people)| people).sum::<u64>() < least {
        return vec![false; published.len()];
    }
    // What is safe together is safe in part; most questions are answered by nearly everybody.
    if is_safe(classes, published, least) {
        return published.iter().map(Option::is_some).collect();
    }
    let mut kept: Vec<Option<Partition>> = vec![None; published.len()];
    for (place, partition) in published.iter().enumerate() {
        let Some(partition) = partition else { continue };
        let Some(mine) = kept.get_mut(place) else { continue };
        *mine = Some(partition.clone());
        if !is_safe(classes, &kept, least)
            && let Some(mine) = kept.get_mut(place)
        {
            *mine = None;
        }
    }
    kept.iter().map(Option::is_some).collect()
}

fn sizes(classes: &[Class], dimension: usize, partition: &Partition) -> Vec<u64> {
    let mut sizes = vec![0; groups(partition)];
    for (categories, people) in classes {
        if let Some(size) = group_of(categories, dimension, partition).and_then(|group| sizes.get_mut(group)) {
            *size += people;
        }
    }
    sizes
}

fn group_of(categories: &[usize], dimension: usize, partition: &Partition) -> Option<usize> {
    partition.get(*categories.get(dimension)?).copied().flatten()
}

/// Groups of fewer than `least` together become one, with more added until it is large enough. Empty ones are hidden among them,
/// and fall away where there is nobody to hide. `None` where fewer than two groups are left.
fn pooled(fine: &Partition, sizes: &[u64], least: u64) -> Option<Partition> {
    let mut pool: Vec<usize> = (0..sizes.len()).filter(|group| size(sizes, *group) < least).collect();
    let mut people: u64 = pool.iter().map(|group| size(sizes, *group)).sum();
    if people == 0 {
        return apart(fine, sizes.len(), &[], &pool);
    }
    for group in by_size(sizes) {
        if people >= least {
            break;
        }
        if !pool.contains(&group) {
            people += size(sizes, group);
            pool.push(group);
        }
    }
    apart(fine, sizes.len(), &pool, &[])
}

/// The two smallest groups as one. The pool is always the last group.
fn coarser(fine: &Partition, sizes: &[u64]) -> Option<Partition> {
    let pool = fine.iter().flatten().filter(|group| **group + 1 == sizes.len()).count() > 1;
    let mut merged: Vec<usize> = if pool { vec![sizes.len() - 1] } else { Vec::new() };
    merged
        .extend(by_size(sizes).into_iter().filter(|group| !(pool && group + 1 == sizes.len())).take(2 - merged.len()));
    apart(fine, sizes.len(), &merged, &[])
}

fn size(sizes: &[u64], group: usize) -> u64 {
    sizes.get(group).copied().unwrap_or_default()
}

fn by_size(sizes: &[u64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|group| (size(sizes, *group), *group));
    order
}

/// The partition whose groups stay as they are but for those that are pooled, which become the last, and those that are left out.
fn apart(fine: &Partition, count: usize, pool: &[usize], gone: &[usize]) -> Option<Partition> {
    let alone: Vec<usize> = (0..count).filter(|group| !pool.contains(group) && !gone.contains(group)).collect();
    if alone.len() + usize::from(!pool.is_empty()) < 2 {
        return None;
    }
    let place = |group: usize| {
        if gone.contains(&group) {
            None
        } else {
            Some(alone.iter().position(|other| *other == group).unwrap_or(alone.len()))
        }
    };
    // Categories that had no group have nobody: they hide in the pool, where there is one.
    let hidden = (!pool.is_empty()).then_some(alone.len());
    Some(fine.iter().map(|group| group.map_or(hidden, place)).collect())
}

/// Whether figures of those who answered all of several questions may be told by these dimensions, beside those of everybody who
/// answered each: `whole` answered all of them, and each of `rests` one of them, but not all. What is told of a question less what is
/// told of `whole` is a figure of its rest, so every rest has nobody, or is as safe as those who are told of.
pub fn apart_from(whole: &[Class], rests: &[Vec<Class>], published: &[Option<Partition>], least: u64) -> bool {
    let nobody = |rest: &[Class]| rest.iter().all(|(_, people)| *people == 0);
    is_safe(whole, published, least) && rests.iter().all(|rest| nobody(rest) || is_safe(rest, published, least))
}

/// Whether no combination of the published groups (and of everybody) is one of fewer than `least` people: whether `least` sets of
/// people can be set apart that each span it. May be cautious, never rash.
fn is_safe(classes: &[Class], published: &[Option<Partition>], least: u64) -> bool {
    let mut alike: HashMap<Vec<usize>, u64> = HashMap::new();
    for (categories, people) in classes {
        let key = published.iter().enumerate().filter_map(|(dimension, partition)| {
            partition.as_ref().map(|partition| group_of(categories, dimension, partition).unwrap_or(usize::MAX))
        });
        *alike.entry(key.collect()).or_default() += people;
    }
    let widths: Vec<usize> = published.iter().flatten().map(groups).collect();
    let mut left: Vec<Class> = alike.into_iter().filter(|(_, people)| *people > 0).collect();
    left.sort_unstable();
    // Each dimension adds a column less than it has groups, since all its groups together are everybody.
    let most = widths.iter().map(|width| width.saturating_sub(1)).sum::<usize>() + 1;
    let mut rank = None;
    for _ in 0..least {
        // Those of whom there are most go first, so that the few last for as many sets as they can.
        left.sort_by_key(|(_, people)| std::cmp::Reverse(*people));
        let mut basis = Basis::default();
        for (key, people) in &mut left {
            if basis.rank() == rank.unwrap_or(most) {
                break;
            }
            if *people > 0 {
                match basis.take(row(key, &widths)) {
                    Some(true) => *people -= 1,
                    Some(false) => {}
                    None => return false,
                }
            }
        }
        if *rank.get_or_insert(basis.rank()) != basis.rank() {
            return false;
        }
    }
    rank.is_some_and(|rank| rank > 0)
}

/// Everybody, and the groups of each dimension: 1 where the person is in.
fn row(key: &[usize], widths: &[usize]) -> Vec<i64> {
    let mut row = vec![1];
    for (group, width) in key.iter().zip(widths) {
        row.extend((0..*width).map(|other| i64::from(other == *group)));
    }
    row
}

/// Numbers are kept as they come until they are larger than this; hardly any ever are.
const LARGE: u64 = 1 << 24;

/// Rows that are independent of one another, in exact whole numbers.
#[derive(Default)]
struct Basis {
    /// Each with the column in which it alone of all later ones begins.
    rows: Vec<(usize, Vec<i64>)>,
}

impl Basis {
    fn rank(&self) -> usize {
        self.rows.len()
    }

    /// Adds a row if it is independent of those that are there. `None` where the numbers grow beyond reckoning.
    fn take(&mut self, mut row: Vec<i64>) -> Option<bool> {
        for (pivot, other) in &self.rows {
            let (mine, theirs) = (*row.get(*pivot)?, *other.get(*pivot)?);
            if mine == 0 {
                continue;
            }
            for (value, other) in row.iter_mut().zip(other) {
                *value = value.checked_mul(theirs)?.checked_sub(other.checked_mul(mine)?)?;
            }
            if row.iter().any(|value| value.unsigned_abs() > LARGE) {
                let divisor = row.iter().fold(0, |divisor, value| common_divisor(divisor, *value));
                for value in &mut row {
                    *value /= divisor.max(1);
                }
            }
        }
        let Some(pivot) = row.iter().position(|value| *value != 0) else { return Some(false) };
        self.rows.push((pivot, row));
        Some(true)
    }
}

fn common_divisor(one: i64, other: i64) -> i64 {
    if other == 0 { one.abs() } else { common_divisor(other, one % other) }
}

#[cfg(test)]
#[path = "disclosure_tests.rs"]
mod tests;
