//! Line chart: one series over time, with the target it is held against.

use super::Caption;
use super::canvas::{Anchor, Canvas, Font, LABEL, Label, MARGIN, SOFT};
use super::scale::{decimals_of, scale, ticks};
use super::words::{count, finite, fixed, number, width};

const WIDTH: f64 = 880.0;
const PLOT_HEIGHT: f64 = 270.0;
/// One period of a [`LineChart`].
#[derive(Debug, Clone, PartialEq)]
pub struct LinePoint {
    /// Name of the period, for instance `2026-03` or `TW I`.
    pub label: String,
    /// Value; `None` = none known, the line is interrupted.
    pub value: Option<f64>,
}

/// A series over time.
#[derive(Debug, Clone, PartialEq)]
pub struct LineChart {
    /// Title, language and description.
    pub caption: Caption,
    /// Periods from the earliest on.
    pub points: Vec<LinePoint>,
    /// Value to be reached, drawn as a dashed line.
    pub target: Option<f64>,
    /// Name of the series.
    pub series_label: String,
    /// Name of the target.
    pub target_label: String,
    /// Unit of the values, shown above the value axis; may be empty.
    pub unit: String,
    /// Decimals of printed values, at most 6 are used.
    pub decimals: usize,
}

impl LineChart {
    /// Draws the chart.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::default();
        let top = canvas.heading(&self.caption, WIDTH);
        self.draw_legend(&mut canvas, top + 4.0);
        let plot = self.plot(top + if self.unit.is_empty() { 34.0 } else { 52.0 });
        self.draw_axes(&mut canvas, &plot);
        if let Some(target) = self.target.and_then(finite) {
            let y = plot.y(target);
            canvas.line("bp-goal", (plot.left, y), (plot.right, y));
            canvas.text(GOAL, Anchor::Start, (plot.right + 8.0, y + 4.0), &self.written(target));
        }
        self.draw_series(&mut canvas, &plot);
        canvas.finish(&self.caption, (WIDTH, plot.bottom + 26.0 + MARGIN - 6.0), ("", ""))
    }

    fn written(&self, value: f64) -> String {
        fixed(value, self.decimals.min(6), &self.caption.lang)
    }

    fn plot(&self, top: f64) -> Plot {
        let values = || self.points.iter().map(|point| point.value).chain([self.target]).flatten().filter_map(finite);
        let (low, high, step) =
            scale(values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        let ticks: Vec<(f64, String)> = ticks(low, high, step)
            .into_iter()
            .map(|tick| (tick, number(tick, decimals_of(step), &self.caption.lang)))
            .collect();
        let widest = ticks.iter().map(|tick| width(&tick.1, SOFT.size)).fold(0.0, f64::max);
        let behind = self.target.map_or(0.0, |target| width(&self.written(target), GOAL.size) + 8.0);
        let bottom = top + PLOT_HEIGHT;
        Plot {
            left: MARGIN + widest + 10.0,
            right: WIDTH - MARGIN - behind.max(12.0),
            top,
            bottom,
            low,
            high,
            ticks,
            periods: self.points.len(),
        }
    }

    fn draw_axes(&self, canvas: &mut Canvas, plot: &Plot) {
        if !self.unit.is_empty() {
            canvas.text(SOFT, Anchor::Start, (MARGIN, plot.top - 16.0), &self.unit);
        }
        for (index, (tick, text)) in plot.ticks.iter().enumerate() {
            let y = plot.y(*tick);
            let class = if index == 0 { "bp-axis" } else { "bp-grid" };
            canvas.line(class, (plot.left, y), (plot.right, y));
            canvas.text(SOFT, Anchor::End, (plot.left - 10.0, y + 4.0), text);
        }
        let widest =
            self.points.iter().map(|point| width(&point.label, SOFT.size)).fold(0.0, f64::max).min(MOST_PERIOD);
        let every = (1..=self.points.len().max(1)).find(|every| count(*every) * plot.step() >= widest + 12.0);
        for (index, point) in self.points.iter().enumerate() {
            if every.is_none_or(|every| (self.points.len() - 1 - index).is_multiple_of(every)) {
                let label = Label::wrapped(&point.label, SOFT, MOST_PERIOD, 1);
                canvas.label(SOFT, Anchor::Middle, (plot.x(index), plot.bottom + 22.0), &label);
            }
        }
    }

    /// The line and its points. The area below is filled only where the axis begins at 0: from any other beginning its
    /// size would say something false.
    fn draw_series(&self, canvas: &mut Canvas, plot: &Plot) {
        let known: Vec<Option<(f64, f64)>> = self
            .points
            .iter()
            .enumerate()
            .map(|(index, point)| point.value.and_then(finite).map(|value| (plot.x(index), plot.y(value))))
            .collect();
        for run in known.split(Option::is_none).filter(|run| run.len() > 1) {
            let run: Vec<(f64, f64)> = run.iter().copied().flatten().collect();
            if plot.low <= 0.0 {
                let ends =
                    run.last().zip(run.first()).map(|(last, first)| [(last.0, plot.bottom), (first.0, plot.bottom)]);
                let area: Vec<(f64, f64)> = run.iter().copied().chain(ends.into_iter().flatten()).collect();
                canvas.outline("polygon", "bp-area", &area);
            }
            canvas.outline("polyline", "bp-main", &run);
        }
        let mut last = None;
        for (point, at) in self.points.iter().zip(&known) {
            if let (Some(value), Some(at)) = (point.value, at) {
                let hint = format!("{}: {}", point.label, self.written(value));
                canvas.explained(&hint, |canvas| canvas.circle("bp-dot", *at, 4.0));
                last = Some((value, *at));
            }
        }
        if let Some((value, at)) = last {
            let below_target = self.target.and_then(finite).is_some_and(|target| target >= value);
            let y = if below_target { at.1 + 21.0 } else { at.1 - 11.0 };
            canvas.text(VALUE, Anchor::Middle, (at.0, y), &self.written(value));
        }
    }

    fn draw_legend(&self, canvas: &mut Canvas, y: f64) {
        let mut x = MARGIN;
        let target = self.target.map(|_| ("bp-goal", &self.target_label));
        for (class, words) in [("bp-main", &self.series_label)].into_iter().chain(target) {
            canvas.line(class, (x, y), (x + 28.0, y));
            canvas.text(SOFT, Anchor::Start, (x + 36.0, y + 4.0), words);
            x += 36.0 + width(words, SOFT.size) + 28.0;
        }
    }
}

const GOAL: Font = Font { class: "bp-goal-text", size: 12.0 };
const VALUE: Font = Font { class: "bp-h1", size: LABEL.size + 1.0 };
/// Widest name of a period.
const MOST_PERIOD: f64 = 110.0;

struct Plot {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    low: f64,
    high: f64,
    ticks: Vec<(f64, String)>,
    periods: usize,
}

impl Plot {
    /// Distance of two periods; half of it stays free at both ends.
    fn step(&self) -> f64 {
        (self.right - self.left) / count(self.periods.max(1))
    }

    fn x(&self, index: usize) -> f64 {
        self.left + self.step() * (count(index) + 0.5)
    }

    fn y(&self, value: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * (value - self.low) / (self.high - self.low)
    }
}
