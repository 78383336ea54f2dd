//! The figure of a radar chart: its axes and rings, and room for the words around it.

use std::f64::consts::TAU;

use super::canvas::{Anchor, Canvas, Font};
use super::words::{count, number};

/// The highest level.
pub(super) const TOP: f64 = 5.0;
pub(super) const RINGS: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 5.0];
pub(super) const RADIUS: f64 = 215.0;
/// Between the circle and the words beside it.
pub(super) const GAP: f64 = 18.0;

/// Where an axis points to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Top,
    Right,
    Bottom,
    Left,
}

/// Where the chart stands and how many axes share it.
pub(super) struct Circle {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) axes: usize,
}

impl Circle {
    /// Sine and cosine of an axis, clockwise from the top.
    fn direction(&self, index: usize) -> (f64, f64) {
        (TAU * count(index) / count(self.axes)).sin_cos()
    }

    pub(super) fn at(&self, index: usize, distance: f64) -> (f64, f64) {
        let (sine, cosine) = self.direction(index);
        (self.x + distance * sine, self.y - distance * cosine)
    }

    pub(super) fn point(&self, index: usize, value: f64) -> (f64, f64) {
        self.at(index, RADIUS * value / TOP)
    }

    /// How far below the middle the figure reaches.
    pub(super) fn lowest(&self) -> f64 {
        let depth = (0..self.axes).map(|index| -self.direction(index).1);
        RADIUS * depth.fold(0.0, f64::max)
    }

    pub(super) fn side(&self, index: usize) -> Side {
        match (2 * index).cmp(&self.axes) {
            _ if index == 0 => Side::Top,
            std::cmp::Ordering::Less => Side::Right,
            std::cmp::Ordering::Equal => Side::Bottom,
            std::cmp::Ordering::Greater => Side::Left,
        }
    }

    pub(super) fn draw_grid(&self, canvas: &mut Canvas) {
        for ring in RINGS {
            let corners: Vec<_> = (0..self.axes).map(|index| self.point(index, ring)).collect();
            let class = if ring < TOP { "bp-grid" } else { "bp-axis" };
            canvas.outline("polygon", class, &corners);
        }
        for index in 0..self.axes {
            canvas.line("bp-grid", (self.x, self.y), self.point(index, TOP));
        }
    }

    pub(super) fn draw_numbers(&self, canvas: &mut Canvas, lang: &str) {
        let font = Font { class: "bp-ring", size: 10.5 };
        for ring in RINGS {
            let at = (self.x - 5.0, self.y - RADIUS * ring / TOP + 11.0);
            canvas.text(font, Anchor::End, at, &number(ring, 0, lang));
        }
    }

    /// How far from the middle a text beside the circle begins so as not to touch it.
    pub(super) fn clearance(&self, index: usize, center: f64, height: f64) -> f64 {
        let nearest = ((center - self.y).abs() - height / 2.0).max(0.0);
        let clear = RADIUS + GAP - 4.0;
        let outside = (clear * clear - nearest * nearest).max(0.0).sqrt();
        let tip = (self.at(index, RADIUS).0 - self.x).abs();
        (outside + 5.0).max(tip + 10.0)
    }

    pub(super) fn draw_leader(&self, canvas: &mut Canvas, index: usize, end: (f64, f64)) {
        let tip = self.at(index, RADIUS);
        if (end.0 - tip.0).hypot(end.1 - tip.1) > GAP + 2.0 {
            canvas.outline("polyline", "bp-leader", &[self.at(index, RADIUS + 3.0), end]);
        }
    }
}

/// Where something of a height would like to be.
pub(super) struct Span {
    pub(super) center: f64,
    pub(super) height: f64,
}

/// Centres in the given order that do not touch, within the bounds and as near to the wishes as can be: neighbours
/// that would touch become a block at the mean of its wishes (pool adjacent violators).
pub(super) fn apart(wishes: &[Span], bounds: (f64, f64)) -> Vec<f64> {
    let mut offsets = Vec::with_capacity(wishes.len());
    let mut total = 0.0;
    for span in wishes {
        offsets.push(total + span.height / 2.0);
        total += span.height;
    }
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (span, offset) in wishes.iter().zip(&offsets) {
        let mut block = (span.center - offset, 1);
        while let Some(&(sum, members)) = blocks.last() {
            if sum / count(members) <= block.0 / count(block.1) {
                break;
            }
            blocks.pop();
            block = (block.0 + sum, block.1 + members);
        }
        blocks.push(block);
    }
    let starts = blocks.iter().flat_map(|(sum, members)| std::iter::repeat_n(sum / count(*members), *members));
    let latest = bounds.1 - total;
    starts.zip(&offsets).map(|(start, offset)| start.min(latest).max(bounds.0) + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_fit_stay_and_others_move_apart_evenly() {
        let spans = |centers: &[f64]| -> Vec<Span> {
            centers.iter().map(|center| Span { center: *center, height: 10.0 }).collect()
        };
        let free = (f64::NEG_INFINITY, f64::INFINITY);
        assert_eq!(apart(&spans(&[0.0, 20.0, 40.0]), free), [0.0, 20.0, 40.0]);
        assert_eq!(apart(&spans(&[10.0, 10.0, 40.0]), free), [5.0, 15.0, 40.0]);
        assert_eq!(apart(&spans(&[0.0, 0.0, 0.0]), (0.0, 100.0)), [5.0, 15.0, 25.0]);
        assert_eq!(apart(&spans(&[95.0, 99.0]), (0.0, 100.0)), [85.0, 95.0]);
    }

    #[test]
    fn axes_go_clockwise_from_the_top() {
        let circle = Circle { x: 0.0, y: 0.0, axes: 4 };
        let near = |found: (f64, f64), x: f64, y: f64| (found.0 - x).hypot(found.1 - y) < 1e-9;
        assert!(near(circle.point(0, 5.0), 0.0, -RADIUS));
        assert!(near(circle.point(1, 2.5), RADIUS / 2.0, 0.0));
        assert!(near(circle.point(2, 1.0), 0.0, RADIUS / 5.0));
        assert!(near(circle.point(3, 0.0), 0.0, 0.0));
        let sides = (0..4).map(|index| circle.side(index)).collect::<Vec<_>>();
        assert!(sides == [Side::Top, Side::Right, Side::Bottom, Side::Left]);
    }
}
