//! What one more place, or one pair more that may be, would do for somebody without a mentor.

use super::solver::{FAR, Optimum, Problem};

/// How others make room with a mentor, at the least loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// The score that is lost when they move; below 0 where they gain.
    pub loss: i64,
    /// Where the last of them goes: to the place that is left, or that was added.
    pub mentor: usize,
}

/// How to make room with each mentor, where that is possible.
#[derive(Debug)]
pub struct Rooms(Vec<Option<Room>>);

impl Rooms {
    /// With places that are left.
    pub fn left(problem: &Problem, optimum: &Optimum) -> Self {
        let load = optimum.load.iter().map(|load| *load as u64);
        let places = problem.capacities.iter().zip(load).map(|(places, load)| u64::from(*places) > load);
        Self::search(problem, optimum, places.map(|free| free.then_some(0)).collect())
    }

    /// With one place more than there is, wherever it is worth most among the mentors who can take one.
    pub fn added(problem: &Problem, optimum: &Optimum, can_grow: impl Fn(usize) -> bool) -> Self {
        // A place that has a price is worth as much.
        let prices = optimum.column_price.iter().take(problem.mentors()).enumerate();
        let ends = prices.map(|(mentor, price)| can_grow(mentor).then_some(*price)).collect();
        Self::search(problem, optimum, ends)
    }

    /// How to make room with this mentor.
    pub fn at(&self, mentor: usize) -> Option<Room> {
        self.0.get(mentor).copied().flatten()
    }

    /// From every end at once, against the direction in which people would move (Dijkstra; pairs cost no less than prices say).
    #[expect(clippy::indexing_slicing, reason = "each index is a mentee or a mentor of the problem")]
    fn search(problem: &Problem, optimum: &Optimum, ends: Vec<Option<i64>>) -> Self {
        let mentors = problem.mentors();
        // Length and end of the shortest way from each mentor; of two as short, the one with the smaller end.
        let mut ways: Vec<(i64, usize)> =
            ends.into_iter().enumerate().map(|(column, length)| (length.unwrap_or(FAR), column)).collect();
        let mut settled = vec![false; mentors];
        loop {
            let open = ways.iter().enumerate().filter(|(column, way)| !settled[*column] && way.0 < FAR);
            let Some((column, way)) = open.min_by_key(|(_, way)| **way).map(|(column, way)| (column, *way)) else {
                break;
            };
            settled[column] = true;
            for (row, theirs) in optimum.assigned.iter().enumerate() {
                if *theirs == mentors || settled[*theirs] {
                    continue;
                }
                let score = problem.row(row)[column];
                if score >= 0 {
                    let over = optimum.cost(score) - optimum.row_price[row] - optimum.column_price[column];
                    ways[*theirs] = ways[*theirs].min((way.0 + over, way.1));
                }
            }
        }
        let prices = &optimum.column_price;
        let rooms = ways
            .into_iter()
            .zip(prices)
            .map(|((length, mentor), price)| (length < FAR).then_some(Room { loss: length - price, mentor }));
        Self(rooms.collect())
    }
}
