//! Horizontal bars, in place of a radar with too few or too many axes.

use super::canvas::{Anchor, Canvas, Font, LABEL, Label, MARGIN, SOFT};
use super::circle::{RINGS, TOP};
use super::radar::{RadarChart, SUFFIX_ROOM, Series, WIDTH, level};
use super::words::{count, number};

/// Draws the levels of a chart as bars with a mark at each required level.
pub(super) fn draw(chart: &RadarChart) -> String {
    const LABELS: f64 = 330.0;
    const STEP: f64 = 30.0;
    let mut canvas = Canvas::default();
    let top = canvas.heading(&chart.caption, WIDTH) + 22.0;
    let (start, end) = (MARGIN + LABELS, WIDTH - MARGIN - SUFFIX_ROOM);
    let at = |value: f64| start + (end - start) * value / TOP;
    let bottom = top + STEP * count(chart.axes.len());
    for ring in std::iter::once(0.0).chain(RINGS) {
        canvas.line("bp-grid", (at(ring), top - 6.0), (at(ring), bottom));
        canvas.text(SOFT, Anchor::Middle, (at(ring), top - 12.0), &number(ring, 0, ""));
    }
    for (index, axis) in chart.axes.iter().enumerate() {
        let middle = top + STEP * (count(index) + 0.5);
        let name = Label::wrapped(&axis.label, LABEL, LABELS - 16.0, 1);
        canvas.label(LABEL, Anchor::Start, (MARGIN, middle + 4.0), &name);
        canvas.explained(&chart.hint(axis), |canvas| {
            canvas.rect("bp-track", (start, middle - 8.0), (end - start, 16.0), 3.0);
            let reached = axis.actual.map_or(0.0, level);
            canvas.rect("bp-bar", (start, middle - 8.0), (at(reached) - start, 16.0), 3.0);
            let goal = at(level(axis.required));
            canvas.line("bp-mark", (goal, middle - 12.0), (goal, middle + 12.0));
        });
        let (actual, required) = chart.values(axis);
        let falls_short = axis.actual.map_or(0.0, level) < level(axis.required);
        let font = Font { class: if falls_short { "bp-alert" } else { "bp-soft" }, size: 12.0 };
        canvas.text(font, Anchor::End, (WIDTH - MARGIN, middle + 4.0), &format!("{actual} / {required}"));
    }
    chart.draw_legend(&mut canvas, bottom + 34.0, draw_bar_sample);
    canvas.finish(
        &chart.caption,
        (WIDTH, bottom + 34.0 + MARGIN - 4.0),
        (
            ".bp-mark,.bp-goal-mark{stroke:#c2512a;stroke-width:3;stroke-linecap:round}",
            ".bp-mark,.bp-goal-mark{stroke:#ee8a63}",
        ),
    )
}

fn draw_bar_sample(canvas: &mut Canvas, series: Series, at: (f64, f64)) {
    if series == Series::Actual {
        canvas.rect("bp-bar", (at.0, at.1 - 6.0), (28.0, 12.0), 3.0);
    } else {
        canvas.line("bp-goal-mark", (at.0 + 25.0, at.1 - 8.0), (at.0 + 25.0, at.1 + 8.0));
    }
}
