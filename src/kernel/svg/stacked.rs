//! Stacked bars: how answers spread over an ordered scale, from bad (amber) to good (blue).

use super::Caption;
use super::canvas::{Anchor, Canvas, Font, LABEL, Label, MARGIN, SOFT};
use super::words::{count, finite, number, width};

const WIDTH: f64 = 880.0;
const LABEL_ROOM: f64 = 316.0;
const FIGURE_ROOM: f64 = 66.0;
const ROW_STEP: f64 = 38.0;
const BAR: f64 = 22.0;
const SPACE: f64 = 1.5;
/// A segment narrower than this has no room for its number.
const LEAST_PRINTED: f64 = 27.0;

/// Bars with one scale and one legend.
#[derive(Debug, Clone, PartialEq)]
pub struct StackedSection {
    /// Names of the segments from bad to good: two to five.
    pub legend: Vec<String>,
    /// Name of the figure at the end of each bar.
    pub figure_label: String,
    /// The bars from top to bottom.
    pub rows: Vec<StackedRow>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct StackedRow {
    /// What it is about.
    pub label: String,
    /// Percent of each segment; `None` draws an empty bar.
    pub shares: Option<Vec<f64>>,
    /// What is printed at its end.
    pub figure: String,
}

/// A picture of such bars. The caller limits rows to what fits its purpose.
#[derive(Debug, Clone, PartialEq)]
pub struct StackedBars {
    /// Title, language and description.
    pub caption: Caption,
    /// The sections from top to bottom.
    pub sections: Vec<StackedSection>,
    /// Words in an empty bar.
    pub empty_label: String,
}

/// Light and dark looks of segments and of the numbers in them.
const STYLE: (&str, &str) = (
    ".bp-d0{fill:#b95c16}.bp-d1{fill:#efbb7c}.bp-d2{fill:#dfe4e8}.bp-d3{fill:#93bddb}.bp-d4{fill:#22639a}\
     .bp-e0,.bp-e4{fill:#fff}.bp-e1,.bp-e2,.bp-e3{fill:#1b2730}.bp-figure{fill:#1f2a33;font-weight:600}",
    ".bp-d0{fill:#d5772c}.bp-d1{fill:#8a5a25}.bp-d2{fill:#333d47}.bp-d3{fill:#2f5f86}.bp-d4{fill:#63a5d8}\
     .bp-e0,.bp-e4{fill:#0c1218}.bp-e1,.bp-e2,.bp-e3{fill:#e6ebf0}.bp-figure{fill:#e6ebf0}",
);
const FIGURE: Font = Font { class: "bp-figure", size: 14.0 };

/// Colours of so many segments: the ends are always the deep ones.
const fn steps(segments: usize) -> &'static [usize] {
    match segments {
        0..=2 => &[0, 4],
        3 => &[0, 2, 4],
        4 => &[0, 1, 3, 4],
        _ => &[0, 1, 2, 3, 4],
    }
}

const SEGMENTS: [(&str, &str); 5] =
    [("bp-d0", "bp-e0"), ("bp-d1", "bp-e1"), ("bp-d2", "bp-e2"), ("bp-d3", "bp-e3"), ("bp-d4", "bp-e4")];

fn looks(segments: usize) -> impl Iterator<Item = (&'static str, &'static str)> {
    steps(segments).iter().filter_map(|step| SEGMENTS.get(*step).copied())
}

impl StackedBars {
    /// Draws the bars.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::default();
        let mut top = canvas.heading(&self.caption, WIDTH) + 4.0;
        for section in &self.sections {
            draw_legend(&mut canvas, section, top);
            top += 30.0;
            for row in &section.rows {
                self.draw_row(&mut canvas, section, row, top);
                top += ROW_STEP;
            }
            top += 18.0;
        }
        canvas.finish(&self.caption, (WIDTH, top + MARGIN - 30.0), STYLE)
    }

    fn draw_row(&self, canvas: &mut Canvas, section: &StackedSection, row: &StackedRow, top: f64) {
        let middle = top + ROW_STEP / 2.0;
        let label = Label::wrapped(&row.label, LABEL, LABEL_ROOM - 18.0, 2);
        let lines = label.height(LABEL);
        canvas.label(LABEL, Anchor::Start, (MARGIN, middle - lines / 2.0 + LABEL.size * 1.05), &label);
        let start = MARGIN + LABEL_ROOM;
        let room = WIDTH - MARGIN - FIGURE_ROOM - start;
        let Some(shares) = &row.shares else {
            canvas.rect("bp-empty", (start + 0.5, middle - BAR / 2.0), (room - 1.0, BAR), 3.0);
            canvas.text(SOFT, Anchor::Middle, (start + room / 2.0, middle + 4.2), &self.empty_label);
            return;
        };
        let whole: f64 = shares.iter().copied().filter_map(finite).sum();
        let mut left = start;
        for ((share, name), (class, text)) in shares.iter().zip(&section.legend).zip(looks(section.legend.len())) {
            let wide = finite(*share).filter(|_| whole > 0.0).map_or(0.0, |share| room * share.max(0.0) / whole);
            let percent = number(*share, 1, &self.caption.lang);
            if wide > SPACE {
                canvas.explained(&format!("{} · {name}: {percent} %", row.label), |canvas| {
                    canvas.rect(class, (left, middle - BAR / 2.0), (wide - SPACE, BAR), 2.0);
                    if wide >= LEAST_PRINTED {
                        let font = Font { class: text, size: 11.0 };
                        let at = (left + (wide - SPACE) / 2.0, middle + 4.0);
                        canvas.text(font, Anchor::Middle, at, &number(*share, 0, &self.caption.lang));
                    }
                });
            }
            left += wide;
        }
        canvas.text(FIGURE, Anchor::End, (WIDTH - MARGIN, middle + 5.0), &row.figure);
    }
}

/// Names of the segments above the bars, and of the figure above its column.
fn draw_legend(canvas: &mut Canvas, section: &StackedSection, top: f64) {
    let mut left = MARGIN + LABEL_ROOM;
    let whole = WIDTH - MARGIN - FIGURE_ROOM - left;
    let wanted: f64 = section.legend.iter().map(|name| width(name, SOFT.size) + 38.0).sum();
    // Each name has the room that it wants, unless all together have none.
    let room = if wanted <= whole { whole } else { whole / count(section.legend.len().max(1)) };
    for (name, (class, _)) in section.legend.iter().zip(looks(section.legend.len())) {
        canvas.rect(class, (left, top + 2.0), (13.0, 13.0), 2.0);
        let label = Label::wrapped(name, SOFT, room - 26.0, 1);
        canvas.label(SOFT, Anchor::Start, (left + 19.0, top + 12.8), &label);
        left += (width(name, SOFT.size).min(room - 26.0) + 38.0).min(room);
    }
    canvas.text(SOFT, Anchor::End, (WIDTH - MARGIN, top + 12.8), &section.figure_label);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(shares: Option<Vec<f64>>) -> String {
        let legend = ["1", "2", "3", "4"].map(str::to_owned).to_vec();
        let row = StackedRow { label: "U1 <Persyaratan>".to_owned(), shares, figure: "3,20".to_owned() };
        let caption = Caption {
            lang: "id".to_owned(),
            title: "SKM".to_owned(),
            subtitle: String::new(),
            description: String::new(),
        };
        let section = StackedSection { legend, figure_label: "NRR".to_owned(), rows: vec![row] };
        StackedBars { caption, sections: vec![section], empty_label: "ditahan".to_owned() }.to_svg()
    }

    #[test]
    fn segments_fill_the_bar_and_say_what_they_are() {
        let picture = bars(Some(vec![0.0, 12.5, 37.5, 50.0]));
        assert!(picture.contains("U1 &lt;Persyaratan&gt; · 2: 12,5 %") && picture.contains(">3,20</text>"));
        // The four colours of the legend, and the three segments that are not empty.
        assert_eq!(picture.matches("class=\"bp-d").count(), 4 + 3);
        assert!(!picture.contains("ditahan"));
    }

    #[test]
    fn what_is_withheld_is_an_empty_bar() {
        let picture = bars(None);
        assert!(picture.contains("ditahan") && picture.contains("bp-empty"));
        assert_eq!(picture.matches("class=\"bp-d").count(), 4);
    }

    #[test]
    fn two_to_five_segments_end_in_the_deep_colours() {
        for segments in 2..=5 {
            let found: Vec<_> = looks(segments).collect();
            assert_eq!(found.len(), segments);
            assert_eq!((found.first().unwrap().0, found.last().unwrap().0), ("bp-d0", "bp-d4"));
        }
    }
}
