//! What of the answers may be told to whom.

use super::counting::Counting;
use crate::surveys::statistics::disclosure::{Partition, answerable, groups, publishable};

/// The fewest people of whom something is told.
pub const FEWEST: u64 = 5;
/// The same where minors or sensitive matters are asked about, and for whatever is published.
pub const FEWEST_STRICT: u64 = 10;

/// What may be told.
#[derive(Clone, Debug)]
pub struct Release {
    /// The fewest people of whom something is told.
    pub least: u64,
    /// The groups of each dimension; none where it is not told.
    pub partitions: Vec<Option<Partition>>,
    /// Of each variable, whether it is told of everybody.
    pub overall: Vec<bool>,
    /// Of each variable, by which dimensions it is broken down.
    pub by: Vec<Vec<bool>>,
}

impl Release {
    /// What may be told at this threshold. What others were told `before` at a lower one only becomes coarser, so that both together
    /// tell no more than the finer one.
    pub fn of(counting: &Counting<'_>, least: u64, before: Option<&Self>) -> Self {
        let categories = counting.layout().categories();
        let each = || categories.iter().map(|count| Some((0..*count).map(Some).collect())).collect();
        let fine: Vec<Option<Partition>> = before.map_or_else(each, |before| before.partitions.clone());
        let partitions = publishable(&counting.people(), &fine, least);
        let grouped = counting.grouped(&partitions);
        let as_grouped: Vec<Option<Partition>> = partitions
            .iter()
            .map(|partition| partition.as_ref().map(|one| (0..groups(one)).map(Some).collect()))
            .collect();
        let everybody = counting.everybody();
        let enough = |variable: usize| everybody.answered.get(variable).is_some_and(|count| u64::from(*count) >= least);
        let told = |variable: usize, dimension: usize| {
            before.is_none_or(|before| before.by.get(variable).and_then(|by| by.get(dimension)) == Some(&true))
        };
        let variables = 0..counting.layout().variables.len();
        let by = variables.clone().map(|variable| {
            let held_back = |(dimension, partition): (usize, &Option<Partition>)| {
                partition.clone().filter(|_| told(variable, dimension))
            };
            let offered: Vec<_> = as_grouped.iter().enumerate().map(held_back).collect();
            answerable(&grouped.answered(variable), &offered, least)
        });
        Self { least, by: by.collect(), overall: variables.map(enough).collect(), partitions }
    }

    /// Whether anything is told of everybody.
    pub fn tells(&self, people: u64) -> bool {
        people >= self.least
    }
}
