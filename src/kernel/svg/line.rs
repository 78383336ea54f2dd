//! Line chart: one series over time, with the targets it is held against and the bands that its values fall into.

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
    /// Value to be reached in the period, drawn as a dashed step.
    pub target: Option<f64>,
}

/// A band of values.
#[derive(Debug, Clone, PartialEq)]
pub struct LineBand {
    /// The least value.
    pub from: f64,
    /// What it is called.
    pub label: String,
}

/// A series over time.
#[derive(Debug, Clone, PartialEq)]
pub struct LineChart {
    /// Title, language and description.
    pub caption: Caption,
    /// Periods from the earliest on.
    pub points: Vec<LinePoint>,
    /// Bands from the lowest on; what lies below the first has none.
    pub bands: Vec<LineBand>,
    /// Whether the highest band is the best one.
    pub higher_is_better: bool,
    /// Name of the series.
    pub series_label: String,
    /// Name of the targets.
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
        self.draw_bands(&mut canvas, &plot);
        self.draw_axes(&mut canvas, &plot);
        self.draw_targets(&mut canvas, &plot);
        self.draw_series(&mut canvas, &plot);
        canvas.finish(&self.caption, (WIDTH, plot.bottom + 26.0 + MARGIN - 6.0), BANDS)
    }

    fn written(&self, value: f64) -> String {
        fixed(value, self.decimals.min(6), &self.caption.lang)
    }

    fn last_target(&self) -> Option<f64> {
        self.points.iter().rev().find_map(|point| point.target.and_then(finite))
    }

    fn plot(&self, top: f64) -> Plot {
        let values = || self.points.iter().flat_map(|point| [point.value, point.target]).flatten().filter_map(finite);
        let (low, high, step) =
            scale(values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        let ticks: Vec<(f64, String)> = ticks(low, high, step)
            .into_iter()
            .map(|tick| (tick, number(tick, decimals_of(step), &self.caption.lang)))
            .collect();
        let widest = ticks.iter().map(|tick| width(&tick.1, SOFT.size)).fold(0.0, f64::max);
        let behind = self.last_target().map_or(0.0, |target| width(&self.written(target), GOAL.size) + 8.0);
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

    /// The bands as far as the plot shows them, from pale amber for the worst to pale green for the best, each with its name.
    fn draw_bands(&self, canvas: &mut Canvas, plot: &Plot) {
        let edges: Vec<f64> = self.bands.iter().filter_map(|band| finite(band.from)).collect();
        if edges.len() != self.bands.len() {
            return;
        }
        for (index, band) in self.bands.iter().enumerate() {
            let ends = edges.get(index + 1).copied().unwrap_or(f64::INFINITY);
            let (from, to) = (band.from.max(plot.low), ends.min(plot.high));
            if from >= to {
                continue;
            }
            let (upper, lower) = (plot.y(to), plot.y(from));
            canvas.rect(self.tone(index), (plot.left, upper), (plot.right - plot.left, lower - upper), 0.0);
            if lower - upper >= NAME.size + 5.0 {
                let label = Label::wrapped(&band.label, NAME, (plot.right - plot.left) * 0.4, 1);
                canvas.label(NAME, Anchor::Start, (plot.left + 8.0, upper + NAME.size + 2.0), &label);
            }
        }
    }

    /// The class of a band by how good it is.
    fn tone(&self, index: usize) -> &'static str {
        let last = self.bands.len().saturating_sub(1).max(1);
        let goodness = if self.higher_is_better { index } else { self.bands.len() - 1 - index };
        TONES.get(goodness * (TONES.len() - 1) / last).copied().unwrap_or("bp-b2")
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

    /// The targets as steps, each as wide as its period; the last one is written beside the plot.
    fn draw_targets(&self, canvas: &mut Canvas, plot: &Plot) {
        let half = plot.step() / 2.0;
        let known: Vec<Option<[(f64, f64); 2]>> = self
            .points
            .iter()
            .enumerate()
            .map(|(index, point)| {
                let y = plot.y(point.target.and_then(finite)?);
                Some([(plot.x(index) - half, y), (plot.x(index) + half, y)])
            })
            .collect();
        for run in known.split(Option::is_none).filter(|run| !run.is_empty()) {
            let steps: Vec<(f64, f64)> = run.iter().flatten().flatten().copied().collect();
            canvas.outline("polyline", "bp-goal", &steps);
        }
        if let Some(target) = self.last_target() {
            canvas.text(GOAL, Anchor::Start, (plot.right + 8.0, plot.y(target) + 4.0), &self.written(target));
        }
    }

    /// The line and its points. The area below is filled only where the axis begins at 0 and no bands lie behind it: from any
    /// other beginning its size would say something false.
    fn draw_series(&self, canvas: &mut Canvas, plot: &Plot) {
        let known: Vec<Option<(f64, f64)>> = self
            .points
            .iter()
            .enumerate()
            .map(|(index, point)| point.value.and_then(finite).map(|value| (plot.x(index), plot.y(value))))
            .collect();
        for run in known.split(Option::is_none).filter(|run| run.len() > 1) {
            let run: Vec<(f64, f64)> = run.iter().copied().flatten().collect();
            if plot.low <= 0.0 && self.bands.is_empty() {
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
                last = Some((point, value, *at));
            }
        }
        if let Some((point, value, at)) = last {
            let below_target = point.target.and_then(finite).is_some_and(|target| target >= value);
            let y = if below_target { at.1 + 21.0 } else { at.1 - 11.0 };
            canvas.text(VALUE, Anchor::Middle, (at.0, y), &self.written(value));
        }
    }

    fn draw_legend(&self, canvas: &mut Canvas, y: f64) {
        let mut x = MARGIN;
        let target = self.last_target().map(|_| ("bp-goal", &self.target_label));
        for (class, words) in [("bp-main", &self.series_label)].into_iter().chain(target) {
            canvas.line(class, (x, y), (x + 28.0, y));
            canvas.text(SOFT, Anchor::Start, (x + 36.0, y + 4.0), words);
            x += 36.0 + width(words, SOFT.size) + 28.0;
        }
    }
}

/// Classes of bands from the worst to the best.
const TONES: [&str; 5] = ["bp-b0", "bp-b1", "bp-b2", "bp-b3", "bp-b4"];
/// Light and dark looks of bands.
const BANDS: (&str, &str) = (
    ".bp-b0{fill:#fbe3cf}.bp-b1{fill:#fdf0dc}.bp-b2{fill:#f6f6ee}.bp-b3{fill:#e9f4ea}.bp-b4{fill:#d6ecdc}\
     .bp-bn{fill:#5f6b64;font-style:italic}",
    ".bp-b0{fill:#3a2416}.bp-b1{fill:#2e241a}.bp-b2{fill:#1d2323}.bp-b3{fill:#182a22}.bp-b4{fill:#173427}\
     .bp-bn{fill:#93a199}",
);
const NAME: Font = Font { class: "bp-bn", size: 11.0 };
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
