//! The best assignment of a whole cohort: most people matched, then the greatest total score, then the smaller ids.
//!
//! Successive shortest paths with prices (the Hungarian method, as Jonker and Volgenant run it) for mentors of several places. One
//! number holds both aims: a match is worth more than all scores together, so the cheapest assignment matches most people and then
//! scores most. [`super::ties`] then picks among all assignments that are as good. Everything is whole numbers: the same input gives
//! the same answer everywhere. Memory: four bytes a pair, and one bit a pair while ties are broken.

/// The score of a pair that may not be.
pub const FORBIDDEN: i32 = -1;

/// Farther than any path.
pub(super) const FAR: i64 = i64::MAX / 4;

/// Mentees in the order of their ids, mentors in the order of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Free places of each mentor.
    pub capacities: Vec<u32>,
    /// For each mentee in turn the score with each mentor, not below 0; [`FORBIDDEN`] where the pair may not be.
    pub scores: Vec<i32>,
}

impl Problem {
    /// How many mentees.
    pub fn mentees(&self) -> usize {
        self.scores.len().checked_div(self.capacities.len()).unwrap_or(0)
    }

    /// How many mentors.
    pub fn mentors(&self) -> usize {
        self.capacities.len()
    }

    /// The scores of a mentee with each mentor.
    pub fn row(&self, mentee: usize) -> &[i32] {
        let width = self.mentors();
        self.scores.get(mentee * width..(mentee + 1) * width).unwrap_or_default()
    }
}

/// The best assignment, with the prices that prove it.
#[derive(Clone, Debug)]
pub struct Optimum {
    /// The mentor of each mentee; [`Problem::mentors`] stands for none.
    pub(super) assigned: Vec<usize>,
    /// Taken places of each mentor; the last counts those without one.
    pub(super) load: Vec<usize>,
    /// What each mentee costs at these prices.
    pub(super) row_price: Vec<i64>,
    /// The price of a place with each mentor: not above 0, and 0 where places are left. The last stands for none, at 0.
    pub(super) column_price: Vec<i64>,
    /// What a match is worth.
    pub(super) worth: i64,
    /// The sum of the scores of all pairs.
    pub score: i64,
}

impl Optimum {
    /// The mentor of a mentee.
    pub fn mentor_of(&self, mentee: usize) -> Option<usize> {
        let none = self.column_price.len() - 1;
        self.assigned.get(mentee).copied().filter(|mentor| *mentor != none)
    }

    /// What a pair costs; far where it may not be.
    pub(super) fn cost(&self, score: i32) -> i64 {
        if score < 0 { FAR } else { -self.worth - i64::from(score) }
    }
}

/// Finds the best assignment.
pub fn solve(problem: &Problem) -> Optimum {
    let (rows, none) = (problem.mentees(), problem.mentors());
    let greatest = problem.scores.iter().copied().max().unwrap_or(0).max(0);
    let worth = i64::from(greatest) * i64::try_from(rows).unwrap_or(i64::MAX) + 1;
    let mut search = Search {
        problem,
        optimum: Optimum {
            assigned: vec![none; rows],
            load: vec![0; none + 1],
            row_price: vec![0; rows],
            column_price: vec![0; none + 1],
            worth,
            score: 0,
        },
        members: vec![Vec::new(); none],
        distance: vec![FAR; none],
        before: vec![usize::MAX; none],
        reached: vec![false; none],
    };
    for row in 0..rows {
        search.place(row);
    }
    let mut optimum = search.optimum;
    super::ties::break_ties(problem, &mut optimum);
    let pairs = optimum.assigned.iter().enumerate().filter(|(_, mentor)| **mentor != none);
    optimum.score =
        pairs.filter_map(|(row, mentor)| problem.row(row).get(*mentor)).map(|score| i64::from(*score)).sum();
    optimum
}

struct Search<'a> {
    problem: &'a Problem,
    optimum: Optimum,
    /// The mentees of each mentor.
    members: Vec<Vec<usize>>,
    /// How far each mentor is from the mentee to be placed.
    distance: Vec<i64>,
    /// From which mentee one comes to a mentor.
    before: Vec<usize>,
    /// Mentors without a place left whose mentees were asked to move.
    reached: Vec<bool>,
}

/// Where a search ended.
#[derive(Clone, Copy)]
enum End {
    /// At a mentor with a place left.
    Mentor(usize),
    /// At a mentee who stays without one.
    Nobody(usize),
}

#[expect(clippy::indexing_slicing, reason = "each index is a mentee or a mentor of the problem")]
impl Search<'_> {
    /// Finds a place for one more mentee: others move along the cheapest path.
    fn place(&mut self, newcomer: usize) {
        self.distance.fill(FAR);
        self.before.fill(usize::MAX);
        self.reached.fill(false);
        // Every mentee that may have to move, with the distance to them.
        let mut tree: Vec<(usize, i64)> = vec![(newcomer, 0)];
        // To leave somebody without a mentor costs nothing by itself.
        let (mut unmatched, mut unmatched_at) = (FAR, newcomer);
        let mut asked = 0;
        let (end, length) = loop {
            for (row, base) in &tree[asked..] {
                relax(&self.optimum, self.problem.row(*row), (*row, *base), &mut self.distance, &mut self.before);
                let alone = base - self.optimum.row_price[*row];
                if alone < unmatched {
                    (unmatched, unmatched_at) = (alone, *row);
                }
            }
            asked = tree.len();
            let (next, nearest) = self.nearest();
            if unmatched <= nearest {
                break (End::Nobody(unmatched_at), unmatched);
            }
            if self.has_place(next) {
                break (End::Mentor(next), nearest);
            }
            self.reached[next] = true;
            tree.extend(self.members[next].iter().map(|row| (*row, nearest)));
        };
        for (row, base) in tree {
            self.optimum.row_price[row] += length - base;
        }
        for (column, price) in self.optimum.column_price.iter_mut().take(self.reached.len()).enumerate() {
            if self.reached[column] {
                *price -= length - self.distance[column];
            }
        }
        self.turn(newcomer, end);
    }

    fn has_place(&self, column: usize) -> bool {
        self.members[column].len() < self.problem.capacities[column] as usize
    }

    /// The nearest mentor not yet reached; of several, one with a place left.
    fn nearest(&self) -> (usize, i64) {
        let (mut at, mut nearest, mut has_place) = (0, FAR, false);
        for (column, distance) in self.distance.iter().enumerate() {
            if *distance <= nearest && *distance < FAR && !self.reached[column] {
                let place = self.has_place(column);
                if *distance < nearest || (place && !has_place) {
                    (at, nearest, has_place) = (column, *distance, place);
                }
            }
        }
        (at, nearest)
    }

    /// Moves everybody on the path, from its end to the newcomer.
    fn turn(&mut self, newcomer: usize, end: End) {
        let none = self.problem.mentors();
        let (mut row, mut to) = match end {
            End::Mentor(column) => (self.before[column], column),
            End::Nobody(row) => (row, none),
        };
        loop {
            let from = std::mem::replace(&mut self.optimum.assigned[row], to);
            self.optimum.load[to] += 1;
            if to < none {
                self.members[to].push(row);
            }
            if row == newcomer {
                return;
            }
            self.optimum.load[from] -= 1;
            self.members[from].retain(|other| *other != row);
            (row, to) = (self.before[from], from);
        }
    }
}

/// Looks whether mentors are nearer by way of this mentee.
fn relax(optimum: &Optimum, scores: &[i32], from: (usize, i64), distance: &mut [i64], before: &mut [usize]) {
    let (row, base) = from;
    let price = optimum.row_price.get(row).copied().unwrap_or_default();
    let start = base - price - optimum.worth;
    let columns = scores.iter().zip(&optimum.column_price).zip(distance.iter_mut().zip(before));
    for ((score, price), (distance, before)) in columns {
        let length = start - i64::from(*score) - price;
        if *score >= 0 && length < *distance {
            (*distance, *before) = (length, row);
        }
    }
}
