//! The drawing surface: shapes and text become elements, the finished picture a document.

use std::fmt::{self, Write};

use super::Caption;
use super::words::{coordinate, fit, wrap};
use crate::kernel::text::escape_markup as escape;

/// Space between the edge and what is drawn.
pub(super) const MARGIN: f64 = 32.0;

/// Looks that all pictures share. Paper and pages without a preference get the light colours, so dark ones are for
/// screens only.
const STYLE: &str = "\
.bp-bg{fill:#fff}.bp-text{fill:#1f2a33}.bp-h1{fill:#1f2a33;font-weight:600}.bp-soft{fill:#5a6672}\
.bp-alert{fill:#b0401f;font-weight:600}.bp-grid{stroke:#dce2e7;stroke-width:1;fill:none}\
.bp-axis{stroke:#aab4bd;stroke-width:1;fill:none}.bp-leader{stroke:#b8c1c9;stroke-width:.8;fill:none}\
.bp-area{fill:#2f6f9f;fill-opacity:.2;stroke:none}\
.bp-main{stroke:#2f6f9f;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round;fill:none}\
.bp-dot{fill:#2f6f9f;stroke:#fff;stroke-width:1.2}.bp-bar{fill:#4a86b3}.bp-track{fill:#edf1f4}\
.bp-goal{stroke:#c2512a;stroke-width:1.9;stroke-dasharray:6 4;stroke-linejoin:round;fill:none}\
.bp-goal-text{fill:#b0401f}.bp-ring{fill:#7a8691;stroke:#fff;stroke-width:3;paint-order:stroke}\
.bp-empty{fill:none;stroke:#d3dae0;stroke-width:1}";

const DARK: &str = "\
.bp-bg{fill:#12171d}.bp-text,.bp-h1{fill:#e6ebf0}.bp-soft{fill:#9aa7b3}.bp-alert,.bp-goal-text{fill:#f2a07f}\
.bp-grid{stroke:#29323b}.bp-axis{stroke:#4d5963}.bp-leader{stroke:#4d5963}.bp-area{fill:#6cabdb;fill-opacity:.22}\
.bp-main{stroke:#6cabdb}.bp-dot{fill:#6cabdb;stroke:#12171d}.bp-bar{fill:#4f8dbb}.bp-track{fill:#1d252d}\
.bp-goal{stroke:#ee8a63}.bp-ring{fill:#8b98a4;stroke:#12171d}.bp-empty{stroke:#2e3842}";

/// Which end of a text its position means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    const fn attribute(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Middle => " text-anchor=\"middle\"",
            Self::End => " text-anchor=\"end\"",
        }
    }
}

/// How a text looks: class and size in pixels.
#[derive(Clone, Copy)]
pub(super) struct Font {
    pub(super) class: &'static str,
    pub(super) size: f64,
}

pub(super) const LABEL: Font = Font { class: "bp-text", size: 12.0 };
pub(super) const SOFT: Font = Font { class: "bp-soft", size: 12.0 };
const TITLE: Font = Font { class: "bp-h1", size: 20.0 };
const SUBTITLE: Font = Font { class: "bp-soft", size: 13.0 };

/// Elements in the order in which they were drawn.
#[derive(Default)]
pub(super) struct Canvas {
    body: String,
}

impl Canvas {
    fn put(&mut self, markup: fmt::Arguments<'_>) {
        // A string takes everything, so there is no failure to report.
        let _ = self.body.write_fmt(markup);
    }

    fn element(&mut self, name: &str, class: &str, attributes: &[(&str, f64)]) {
        self.put(format_args!("<{name} class=\"{class}\""));
        for (key, value) in attributes {
            self.put(format_args!(" {key}=\"{}\"", coordinate(*value)));
        }
        self.body.push_str("/>\n");
    }

    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.element("line", class, &[("x1", from.0), ("y1", from.1), ("x2", to.0), ("y2", to.1)]);
    }

    pub(super) fn rect(&mut self, class: &str, corner: (f64, f64), size: (f64, f64), rounding: f64) {
        let place = [("x", corner.0), ("y", corner.1), ("width", size.0), ("height", size.1), ("rx", rounding)];
        self.element("rect", class, &place);
    }

    pub(super) fn circle(&mut self, class: &str, center: (f64, f64), radius: f64) {
        self.element("circle", class, &[("cx", center.0), ("cy", center.1), ("r", radius)]);
    }

    /// A closed (`polygon`) or an open (`polyline`) outline.
    pub(super) fn outline(&mut self, name: &str, class: &str, points: &[(f64, f64)]) {
        let points: Vec<String> =
            points.iter().map(|(x, y)| format!("{},{}", coordinate(*x), coordinate(*y))).collect();
        self.put(format_args!("<{name} class=\"{class}\" points=\"{}\"/>\n", points.join(" ")));
    }

    /// What `draw` draws, with a text that shows when one points at it.
    pub(super) fn explained(&mut self, hint: &str, draw: impl FnOnce(&mut Self)) {
        self.put(format_args!("<g><title>{}</title>", escape(hint)));
        draw(self);
        self.body.push_str("</g>\n");
    }

    /// One line of text.
    pub(super) fn text(&mut self, font: Font, anchor: Anchor, at: (f64, f64), text: &str) {
        self.label(font, anchor, at, &Label::line(text));
    }

    /// A text of one or more lines; its first base line is at `at`.
    pub(super) fn label(&mut self, font: Font, anchor: Anchor, at: (f64, f64), label: &Label) {
        let (x, y) = (coordinate(at.0), coordinate(at.1));
        self.put(format_args!(
            "<text class=\"{}\" x=\"{x}\" y=\"{y}\" font-size=\"{}\"{}{}>",
            font.class,
            coordinate(font.size),
            anchor.attribute(),
            label.turn.map(|angle| format!(" transform=\"rotate({} {x} {y})\"", coordinate(angle))).unwrap_or_default(),
        ));
        if let Some(hint) = &label.hint {
            self.put(format_args!("<title>{}</title>", escape(hint)));
        }
        let last = label.lines.len().saturating_sub(1);
        for (index, line) in label.lines.iter().enumerate() {
            let suffix = label.suffix.as_ref().filter(|_| index == last).map_or(String::new(), |(class, text)| {
                format!("<tspan class=\"{class}\" dx=\"7\">{}</tspan>", escape(text))
            });
            if index == 0 {
                self.put(format_args!("{}{suffix}", escape(line)));
            } else {
                let step = coordinate(font.size * LINE_HEIGHT);
                self.put(format_args!("<tspan x=\"{x}\" dy=\"{step}\">{}{suffix}</tspan>", escape(line)));
            }
        }
        self.body.push_str("</text>\n");
    }

    /// Title and subtitle at the top left; gives the height below which the picture begins.
    pub(super) fn heading(&mut self, caption: &Caption, picture_width: f64) -> f64 {
        let room = picture_width - 2.0 * MARGIN;
        let mut bottom = MARGIN;
        for (font, text) in [(TITLE, &caption.title), (SUBTITLE, &caption.subtitle)] {
            if !text.trim().is_empty() {
                let label = Label::wrapped(text, font, room, 2);
                self.label(font, Anchor::Start, (MARGIN, bottom + font.size * 0.9), &label);
                bottom += label.height(font) + 4.0;
            }
        }
        bottom + 12.0
    }

    /// The finished document. `style` are the looks of this kind of picture, light and dark.
    pub(super) fn finish(self, caption: &Caption, size: (f64, f64), style: (&str, &str)) -> String {
        let (width, height) = (coordinate(size.0.ceil()), coordinate(size.1.ceil()));
        let description = if caption.description.trim().is_empty() { &caption.title } else { &caption.description };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" lang=\"{lang}\" xml:lang=\"{lang}\" \
             font-family=\"system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif\">\n\
             <title>{title}</title>\n<desc>{description}</desc>\n\
             <style>{STYLE}{light}@media screen and (prefers-color-scheme:dark){{{DARK}{dark}}}</style>\n\
             <rect class=\"bp-bg\" width=\"{width}\" height=\"{height}\"/>\n{body}</svg>\n",
            lang = escape(&caption.lang),
            title = escape(&caption.title),
            description = escape(description),
            light = style.0,
            dark = style.1,
            body = self.body,
        )
    }
}

/// Distance of base lines in font sizes.
const LINE_HEIGHT: f64 = 1.25;

/// A text as it is placed: its lines, what else is known about it.
pub(super) struct Label {
    lines: Vec<String>,
    /// The whole text where the lines show it cut or broken.
    hint: Option<String>,
    /// Class and words of a remark behind the last line.
    suffix: Option<(&'static str, String)>,
    /// Degrees by which the text is turned around its position.
    turn: Option<f64>,
}

impl Label {
    /// One line, whatever its length.
    pub(super) fn line(text: &str) -> Self {
        Self { lines: vec![text.to_owned()], hint: None, suffix: None, turn: None }
    }

    /// At most `most` lines within `room` pixels.
    pub(super) fn wrapped(text: &str, font: Font, room: f64, most: usize) -> Self {
        let lines = if most > 1 { wrap(text, font.size, room, most) } else { vec![fit(text, font.size, room)] };
        let whole = lines.len() == 1 && lines.first().is_some_and(|line| line == text);
        Self { lines, hint: (!whole).then(|| text.to_owned()), suffix: None, turn: None }
    }

    pub(super) fn with_suffix(mut self, class: &'static str, text: String) -> Self {
        self.suffix = Some((class, text));
        self
    }

    pub(super) fn turned(mut self, degrees: f64) -> Self {
        self.turn = Some(degrees);
        self
    }

    pub(super) fn height(&self, font: Font) -> f64 {
        super::words::count(self.lines.len()) * font.size * LINE_HEIGHT
    }
}
