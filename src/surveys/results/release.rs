//! What of the answers may be told to whom.

use super::counting::{Counting, Counts, Scale};
use crate::surveys::statistics::disclosure::{Partition, answerable, apart_from, groups, publishable};

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
    /// Of each scale, whether its reliability is told.
    pub scales: Vec<bool>,
}

impl Release {
    /// What may be told at this threshold. What others were told `before` at a lower one only becomes coarser, so that both together
    /// tell no more than the finer one.
    pub fn of(counting: &Counting, least: u64, before: Option<&Self>) -> Self {
        let categories = counting.layout().categories();
        let each = || categories.iter().map(|count| Some((0..*count).map(Some).collect())).collect();
        let fine: Vec<Option<Partition>> = before.map_or_else(each, |before| before.partitions.clone());
        let partitions = publishable(&counting.classes(|counts| counts.people), &fine, least);
        let grouped = counting.grouped(&partitions);
        let offered: Vec<Option<Partition>> = partitions
            .iter()
            .map(|partition| partition.as_ref().map(|one| (0..groups(one)).map(Some).collect()))
            .collect();
        let everybody = counting.everybody();
        let told = |variable: usize, dimension: usize| {
            before.is_none_or(|before| before.by.get(variable).and_then(|by| by.get(dimension)) == Some(&true))
        };
        let variables = 0..counting.layout().variables.len();
        let by = variables.clone().map(|variable| {
            let held_back = |(dimension, partition): (usize, &Option<Partition>)| {
                partition.clone().filter(|_| told(variable, dimension))
            };
            let offered: Vec<_> = offered.iter().enumerate().map(held_back).collect();
            answerable(&grouped.classes(|counts| counts.answered(variable)), &offered, least)
        });
        let mut release = Self {
            least,
            by: by.collect(),
            overall: variables.map(|variable| everybody.answered(variable) >= least).collect(),
            partitions,
            scales: Vec::new(),
        };
        release.withhold_barrier(&grouped, &offered, before);
        release.scales = release.reliable(&everybody, counting, before);
        release
    }

    /// A barrier is of those who answered every element, so that it could be subtracted from the figures of one: it is told by as
    /// many dimensions as they are, or of everybody, or not at all.
    fn withhold_barrier(&mut self, grouped: &Counting, offered: &[Option<Partition>], before: Option<&Self>) {
        let layout = grouped.layout();
        let Some(barrier) = layout.barrier_variable() else { return };
        let asked: Vec<usize> =
            layout.change().iter().flatten().filter_map(|place| layout.variable_of(*place)).collect();
        let whole = grouped.classes(|counts| counts.answered(barrier));
        let rest =
            |asked: &usize| grouped.classes(|counts| counts.answered(*asked).saturating_sub(counts.answered(barrier)));
        let rests: Vec<_> = asked.iter().map(rest).collect();
        let is_by =
            |variable: usize, dimension: usize| self.by.get(variable).and_then(|by| by.get(dimension)) == Some(&true);
        let is_safe = |with_its_own: bool| {
            let known = |dimension| {
                (with_its_own && is_by(barrier, dimension)) || asked.iter().any(|asked| is_by(*asked, dimension))
            };
            let published: Vec<_> =
                offered.iter().enumerate().map(|(place, groups)| groups.clone().filter(|_| known(place))).collect();
            apart_from(&whole, &rests, &published, self.least)
        };
        let (broken_down, of_everybody) = (is_safe(true), is_safe(false));
        let was_told = before.is_none_or(|before| before.overall.get(barrier) == Some(&true));
        if let Some(by) = self.by.get_mut(barrier).filter(|_| !(broken_down && was_told)) {
            by.fill(false);
        }
        if let Some(overall) = self.overall.get_mut(barrier) {
            *overall = *overall && of_everybody && was_told;
        }
    }

    /// The reliability of a scale is of those who answered all of its questions too; it is told of everybody alone.
    fn reliable(&self, everybody: &Counts, counting: &Counting, before: Option<&Self>) -> Vec<bool> {
        let layout = counting.layout();
        let tells = |(number, scale): (usize, &Scale)| {
            let complete = everybody.complete(number);
            let rest = |place: &usize| {
                let answered = layout.variable_of(*place).map_or(0, |variable| everybody.answered(variable));
                answered.saturating_sub(complete)
            };
            complete >= self.least
                && scale.questions.iter().map(rest).all(|rest| rest == 0 || rest >= self.least)
                && before.is_none_or(|before| before.scales.get(number) == Some(&true))
        };
        counting.scales.iter().enumerate().map(tells).collect()
    }

    /// Whether anything is told of everybody.
    pub fn tells(&self, people: u64) -> bool {
        people >= self.least
    }
}
