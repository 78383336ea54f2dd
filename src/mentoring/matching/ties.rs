//! Of all assignments that are equally good, the one with the smaller ids: the first mentee has the first mentor they can have, and
//! rather a mentor than none; then the second mentee, and so on.
//!
//! By the prices an assignment is as good as the best if and only if each of its pairs costs what the prices say (it is tight), and
//! no place whose price is not 0 is left. So one walks along tight pairs alone.

use super::solver::{Optimum, Problem};

/// Bits for mentees.
#[derive(Clone, Debug)]
struct Bits(Vec<u64>);

impl Bits {
    fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn set(&mut self, index: usize, value: bool) {
        if let Some(word) = self.0.get_mut(index / 64) {
            let bit = 1 << (index % 64);
            *word = if value { *word | bit } else { *word & !bit };
        }
    }

    fn has(&self, index: usize) -> bool {
        self.0.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    /// Takes out of `self` what `other` holds, and hands it over one by one.
    fn take_common(&mut self, other: &Self, mut hand: impl FnMut(usize)) {
        for (place, (own, other)) in self.0.iter_mut().zip(&other.0).enumerate() {
            let mut common = *own & other;
            *own &= !common;
            while common != 0 {
                hand(place * 64 + common.trailing_zeros() as usize);
                common &= common - 1;
            }
        }
    }
}

/// Where a mentee would go, so that a place with their mentor is free.
#[derive(Clone, Copy, Debug)]
struct Step {
    row: usize,
    to: usize,
}

struct Walk<'a> {
    optimum: &'a mut Optimum,
    /// For each mentor, and for none, the mentees with whom the pair is tight.
    tight: Vec<Bits>,
    capacities: Vec<usize>,
    /// Mentees whose mentor is not settled.
    open: Bits,
    /// For each mentor from whom a way leads on: who would go where.
    steps: Vec<Option<Step>>,
    /// Mentors from whom a way leads to its end.
    good: Vec<bool>,
}

/// Changes the assignment into the one with the smaller ids.
pub(super) fn break_ties(problem: &Problem, optimum: &mut Optimum) {
    let (rows, none) = (problem.mentees(), problem.mentors());
    let mut tight = vec![Bits::none(rows); none + 1];
    let prices = optimum.column_price.clone();
    for (row, own) in optimum.row_price.iter().enumerate() {
        let mut see = |column: usize, cost: i64, price: i64| {
            if let Some(bits) = tight.get_mut(column).filter(|_| cost - own - price == 0) {
                bits.set(row, true);
            }
        };
        for (column, (score, price)) in problem.row(row).iter().zip(&prices).enumerate() {
            if *score >= 0 {
                see(column, optimum.cost(*score), *price);
            }
        }
        see(none, 0, 0);
    }
    let mut open = Bits::none(rows);
    (0..rows).for_each(|row| open.set(row, true));
    let mut capacities: Vec<usize> = problem.capacities.iter().map(|count| *count as usize).collect();
    // Any number of people can be without a mentor.
    capacities.push(rows + 1);
    let (steps, good) = (vec![None; none + 1], vec![false; none + 1]);
    let mut walk = Walk { optimum, tight, capacities, open, steps, good };
    for row in 0..rows {
        walk.settle(row);
    }
}

#[expect(clippy::indexing_slicing, reason = "each index is a mentee or a mentor of the problem")]
impl Walk<'_> {
    /// Gives a mentee the first mentor that those before leave them.
    fn settle(&mut self, row: usize) {
        self.open.set(row, false);
        let current = self.optimum.assigned[row];
        let wanted: Vec<usize> = (0..current).filter(|column| self.tight[*column].has(row)).collect();
        if wanted.is_empty() {
            return;
        }
        self.steps.fill(None);
        self.good.fill(false);
        let mut left = self.open.clone();
        // First the ways that end with the mentor whom this mentee leaves.
        let around = self.spread(vec![current], &mut left);
        // A place may be left empty where it has no price; then a way may end at any place that is left.
        let given_up = around.into_iter().find(|column| self.optimum.column_price[*column] == 0);
        if given_up.is_some() {
            let ends = (0..self.good.len()).filter(|column| !self.good[*column] && self.has_place(*column)).collect();
            self.spread(ends, &mut left);
        }
        let Some(first) = wanted.into_iter().find(|column| self.good[*column]) else { return };
        let end = self.follow(first);
        if let Some(given_up) = given_up.filter(|_| end != current) {
            self.follow(given_up);
        }
        self.go(row, first);
    }

    fn has_place(&self, column: usize) -> bool {
        self.optimum.load[column] < self.capacities[column]
    }

    /// Marks everybody from whom a way leads to one of `ends`.
    fn spread(&mut self, ends: Vec<usize>, left: &mut Bits) -> Vec<usize> {
        let mut marked = ends;
        for column in &marked {
            self.good[*column] = true;
        }
        let mut next = 0;
        while let Some(column) = marked.get(next).copied() {
            next += 1;
            left.take_common(&self.tight[column], |row| {
                let theirs = self.optimum.assigned[row];
                if !self.good[theirs] {
                    self.good[theirs] = true;
                    self.steps[theirs] = Some(Step { row, to: column });
                    marked.push(theirs);
                }
            });
        }
        marked
    }

    /// Moves everybody on the way from a mentor, and says where it ends.
    fn follow(&mut self, from: usize) -> usize {
        let mut column = from;
        while let Some(step) = self.steps[column] {
            self.go(step.row, step.to);
            column = step.to;
        }
        column
    }

    fn go(&mut self, row: usize, to: usize) {
        let from = std::mem::replace(&mut self.optimum.assigned[row], to);
        self.optimum.load[from] -= 1;
        self.optimum.load[to] += 1;
    }
}
