//! Radar chart: required and actual levels of competencies around a circle.

use super::Caption;
use super::bars;
use super::canvas::{Anchor, Canvas, LABEL, Label, MARGIN, SOFT};
use super::circle::{Circle, GAP, RADIUS, Side, Span, TOP, apart};
use super::words::{count, finite, number, width};

/// More axes than these cannot be read around a circle; such charts become bars.
pub const MAX_RADAR_AXES: usize = 40;
/// Fewer axes span no area.
const MIN_AXES: usize = 3;

pub(super) const WIDTH: f64 = 1040.0;
/// With more axes each label has one line.
const MAX_AXES_WITH_TWO_LINES: usize = 16;
/// Between two entries of the legend.
const BETWEEN_ENTRIES: f64 = 28.0;
/// What a value behind a label takes at most, distance included.
pub(super) const SUFFIX_ROOM: f64 = 54.0;

/// One competency of a [`RadarChart`].
#[derive(Debug, Clone, PartialEq)]
pub struct RadarAxis {
    /// Name of the competency; cut where it is too long, the whole name shows when one points at it.
    pub label: String,
    /// Required level, 0 to 5.
    pub required: f64,
    /// Level reached, 0 to 5; `None` = not assessed, drawn as 0 and written as a dash.
    pub actual: Option<f64>,
}

/// Required and actual levels, as a radar with 3 to [`MAX_RADAR_AXES`] axes, otherwise as bars.
#[derive(Debug, Clone, PartialEq)]
pub struct RadarChart {
    /// Title, language and description.
    pub caption: Caption,
    /// The competencies, clockwise from the top.
    pub axes: Vec<RadarAxis>,
    /// Word for the required level, in the legend.
    pub required_label: String,
    /// Word for the level reached.
    pub actual_label: String,
    /// Word for "not assessed"; only shown when an axis has no level.
    pub unknown_label: String,
}

impl RadarChart {
    /// Draws the chart.
    pub fn to_svg(&self) -> String {
        if (MIN_AXES..=MAX_RADAR_AXES).contains(&self.axes.len()) { self.radar() } else { bars::draw(self) }
    }

    fn radar(&self) -> String {
        let mut canvas = Canvas::default();
        let top = canvas.heading(&self.caption, WIDTH);
        let circle = Circle { x: WIDTH / 2.0, y: top + 48.0 + RADIUS, axes: self.axes.len() };
        circle.draw_grid(&mut canvas);
        let required: Vec<_> = self.points(&circle, |axis| level(axis.required));
        let actual: Vec<_> = self.points(&circle, |axis| axis.actual.map_or(0.0, level));
        canvas.outline("polygon", "bp-area", &actual);
        canvas.outline("polygon", "bp-goal", &required);
        canvas.outline("polygon", "bp-main", &actual);
        circle.draw_numbers(&mut canvas, &self.caption.lang);
        for (axis, point) in self.axes.iter().zip(&actual) {
            if axis.actual.and_then(finite).is_some() {
                canvas.explained(&self.hint(axis), |canvas| {
                    canvas.circle("bp-dot", *point, 3.6);
                });
            }
        }
        self.draw_labels(&mut canvas, &circle);
        let legend_at = circle.y + circle.lowest() + 72.0;
        self.draw_legend(&mut canvas, legend_at, draw_line_sample);
        canvas.finish(&self.caption, (WIDTH, legend_at + MARGIN - 4.0), ("", ""))
    }

    fn points(&self, circle: &Circle, value: impl Fn(&RadarAxis) -> f64) -> Vec<(f64, f64)> {
        self.axes.iter().enumerate().map(|(index, axis)| circle.point(index, value(axis))).collect()
    }

    pub(super) fn hint(&self, axis: &RadarAxis) -> String {
        let (actual, required) = self.values(axis);
        format!("{}: {} {actual}, {} {required}", axis.label, self.actual_label, self.required_label)
    }

    pub(super) fn values(&self, axis: &RadarAxis) -> (String, String) {
        let write = |value: f64| number(level(value), 2, &self.caption.lang);
        (axis.actual.and_then(finite).map_or("–".to_owned(), write), write(axis.required))
    }

    /// The label with "reached / required" behind it, coloured where a level is missing.
    fn label(&self, axis: &RadarAxis, room: f64, most: usize) -> Label {
        let (actual, required) = self.values(axis);
        let falls_short = axis.actual.map_or(0.0, level) < level(axis.required);
        let class = if falls_short { "bp-alert" } else { "bp-soft" };
        Label::wrapped(&axis.label, LABEL, room - SUFFIX_ROOM, most)
            .with_suffix(class, format!("{actual} / {required}"))
    }

    fn draw_labels(&self, canvas: &mut Canvas, circle: &Circle) {
        let mut sides = (Vec::new(), Vec::new());
        let mut bounds = (f64::NEG_INFINITY, f64::INFINITY);
        for (index, axis) in self.axes.iter().enumerate() {
            let pole = match circle.side(index) {
                Side::Right => {
                    sides.1.push((index, axis));
                    continue;
                }
                Side::Left => {
                    sides.0.insert(0, (index, axis));
                    continue;
                }
                Side::Top => {
                    bounds.0 = circle.y - RADIUS - 8.0;
                    circle.y - RADIUS - 20.0
                }
                Side::Bottom => {
                    bounds.1 = circle.y + RADIUS + 9.0;
                    circle.y + RADIUS + 28.0
                }
            };
            let label = self.label(axis, WIDTH * 0.5, 1);
            canvas.label(LABEL, Anchor::Middle, (circle.x, pole), &label);
        }
        self.draw_beside(canvas, circle, &sides.0, Anchor::End, bounds);
        self.draw_beside(canvas, circle, &sides.1, Anchor::Start, bounds);
    }

    /// Words from top to bottom along one side, moved apart where they would touch, with a thin line to the axis of
    /// those that had to move.
    fn draw_beside(
        &self,
        canvas: &mut Canvas,
        circle: &Circle,
        axes: &[(usize, &RadarAxis)],
        anchor: Anchor,
        bounds: (f64, f64),
    ) {
        let most = if self.axes.len() <= MAX_AXES_WITH_TWO_LINES { 2 } else { 1 };
        let least_room = WIDTH / 2.0 - RADIUS - GAP - MARGIN;
        let wishes: Vec<Span> = axes
            .iter()
            .map(|(index, axis)| Span {
                center: circle.at(*index, RADIUS + GAP).1,
                height: self.label(axis, least_room, most).height(LABEL) + 2.0,
            })
            .collect();
        let direction = if anchor == Anchor::Start { 1.0 } else { -1.0 };
        for ((index, axis), (center, span)) in axes.iter().zip(apart(&wishes, bounds).into_iter().zip(&wishes)) {
            let distance = circle.clearance(*index, center, span.height);
            let label = self.label(axis, WIDTH / 2.0 - distance - MARGIN, most);
            let edge = circle.x + direction * distance;
            circle.draw_leader(canvas, *index, (edge - direction * 5.0, center));
            let first_line = center - label.height(LABEL) / 2.0 + LABEL.size * 0.98;
            canvas.label(LABEL, anchor, (edge, first_line), &label);
        }
    }

    /// The legend below the picture; `sample` draws what an entry stands for left of its words.
    pub(super) fn draw_legend(&self, canvas: &mut Canvas, y: f64, sample: fn(&mut Canvas, Series, (f64, f64))) {
        let mut entries = vec![
            (Some(Series::Actual), self.actual_label.clone()),
            (Some(Series::Required), self.required_label.clone()),
        ];
        if self.axes.iter().any(|axis| axis.actual.and_then(finite).is_none()) {
            entries.push((None, format!("–  {}", self.unknown_label)));
        }
        let sample_room = |series: &Option<Series>| if series.is_some() { 36.0 } else { 0.0 };
        let length = |(series, words): &(Option<Series>, String)| sample_room(series) + width(words, SOFT.size);
        let total: f64 = entries.iter().map(length).sum::<f64>() + BETWEEN_ENTRIES * (count(entries.len()) - 1.0);
        let mut x = (WIDTH - total) / 2.0;
        for entry in &entries {
            if let Some(series) = entry.0 {
                sample(canvas, series, (x, y - 4.0));
            }
            canvas.text(SOFT, Anchor::Start, (x + sample_room(&entry.0), y), &entry.1);
            x += length(entry) + BETWEEN_ENTRIES;
        }
    }
}

/// A level within the scale; what is no number counts as 0.
pub(super) fn level(value: f64) -> f64 {
    finite(value).map_or(0.0, |value| value.clamp(0.0, TOP))
}

/// What the legend explains.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Series {
    Actual,
    Required,
}

fn draw_line_sample(canvas: &mut Canvas, series: Series, at: (f64, f64)) {
    let class = if series == Series::Actual { "bp-main" } else { "bp-goal" };
    canvas.line(class, at, (at.0 + 28.0, at.1));
}
