//! Heat map: a matrix of competencies and units, coloured by how much there is or how much is missing.

use super::Caption;
use super::canvas::{Anchor, Canvas, Font, LABEL, Label, MARGIN, SOFT};
use super::palette::{AMBERS, BLUES, STEPS, step};
use super::words::{count, finite, number, width};

const ROW_STEP: f64 = 26.0;
const CELL_HEIGHT: f64 = 24.0;
const SPACE: f64 = 2.0;
/// More rows are parted into groups for the eye.
const MAX_ROWS_IN_ONE: usize = 12;
const ROWS_IN_GROUP: usize = 5;
const GROUP_SPACE: f64 = 7.0;
const LEAST_WIDTH: f64 = 640.0;
/// Widest row labels.
const MOST_ROW_LABEL: f64 = 340.0;
/// With more columns their labels are turned.
const MAX_LEVEL_COLUMNS: usize = 6;
const MOST_TURNED_LABEL: f64 = 230.0;
const TURN: f64 = 40.0;

/// What a high value means, and so which colours it gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeatScale {
    /// A share reached: darker blue is more.
    Share,
    /// Something missing: darker amber is more.
    Gap,
}

/// One field of the matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatCell {
    /// Strength of the colour, 0 to 1; `None` = no value, drawn as an empty field.
    pub value: Option<f64>,
    /// What is printed in the field, at most about six characters.
    pub text: String,
}

impl HeatCell {
    /// A share from 0 to 1, printed as a whole percentage without the sign.
    pub fn share(share: f64) -> Self {
        Self { value: Some(share), text: number(share * 100.0, 0, "") }
    }

    /// A gap, coloured in relation to the largest one possible (or found) and printed as given.
    pub fn gap(gap: f64, largest: f64, text: impl Into<String>) -> Self {
        let value = if largest > 0.0 { gap / largest } else { 0.0 };
        Self { value: Some(value), text: text.into() }
    }

    /// No value, printed as a dash.
    pub fn empty() -> Self {
        Self { value: None, text: "–".to_owned() }
    }
}

/// One row of the matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatRow {
    /// Name of the row, for instance a competency.
    pub label: String,
    /// Its fields, one for each column; missing ones are empty, further ones are not drawn.
    pub cells: Vec<HeatCell>,
}

/// A matrix of coloured fields. The caller limits rows and columns to what fits its purpose.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatMap {
    /// Title, language and description.
    pub caption: Caption,
    /// Names of the columns, for instance units.
    pub columns: Vec<String>,
    /// The rows from top to bottom.
    pub rows: Vec<HeatRow>,
    /// Meaning of the colours.
    pub scale: HeatScale,
    /// Words at the pale end of the legend.
    pub low_label: String,
    /// Words at the dark end of the legend.
    pub high_label: String,
    /// Word for "no value"; only shown when a field is empty.
    pub empty_label: String,
}

impl HeatMap {
    /// Draws the matrix.
    pub fn to_svg(&self) -> String {
        let layout = self.layout();
        let mut canvas = Canvas::default();
        let mut top = canvas.heading(&self.caption, layout.width) + 8.0;
        self.draw_legend(&mut canvas, top);
        top += 34.0 + layout.head;
        self.draw_columns(&mut canvas, &layout, top - 8.0);
        for (index, row) in self.rows.iter().enumerate() {
            self.draw_row(&mut canvas, &layout, row, top + self.offset(index));
        }
        let bottom = top + self.offset(self.rows.len().saturating_sub(1)) + ROW_STEP;
        let style = match self.scale {
            HeatScale::Share => BLUES,
            HeatScale::Gap => AMBERS,
        };
        canvas.finish(&self.caption, (layout.width, bottom + MARGIN - SPACE), style)
    }

    /// Where a row begins below the first one. In long matrices every fifth row is followed by a little space.
    fn offset(&self, index: usize) -> f64 {
        let groups = if self.rows.len() > MAX_ROWS_IN_ONE { index / ROWS_IN_GROUP } else { 0 };
        ROW_STEP * count(index) + GROUP_SPACE * count(groups)
    }

    fn layout(&self) -> Layout {
        let widest = self.rows.iter().map(|row| width(&row.label, LABEL.size)).fold(80.0, f64::max);
        let label_room = widest.min(MOST_ROW_LABEL);
        let turned = self.columns.len() > MAX_LEVEL_COLUMNS;
        let first = MARGIN + label_room + 14.0;
        let (cell, head, overhang) = if turned {
            let lengths: Vec<f64> =
                self.columns.iter().map(|label| width(label, LABEL.size).min(MOST_TURNED_LABEL)).collect();
            let (sine, cosine) = TURN.to_radians().sin_cos();
            let reach = |(after, length): (usize, &f64)| length * cosine - TURNED_CELL * (count(after) + 0.5);
            let overhang = lengths.iter().rev().enumerate().map(reach).fold(0.0, f64::max);
            let longest = lengths.iter().copied().fold(0.0, f64::max);
            (TURNED_CELL, longest * sine + 14.0, overhang)
        } else {
            let lines = self.columns.iter().map(|label| level_label(label).height(LABEL)).fold(0.0, f64::max);
            (LEVEL_CELL, lines + 4.0, 0.0)
        };
        let width = (first + cell * count(self.columns.len()) + overhang + MARGIN).max(LEAST_WIDTH);
        Layout { label_room, first, cell, head, turned, width }
    }

    fn draw_columns(&self, canvas: &mut Canvas, layout: &Layout, bottom: f64) {
        for (index, name) in self.columns.iter().enumerate() {
            let middle = layout.first + layout.cell * (count(index) + 0.5) - SPACE / 2.0;
            if layout.turned {
                let label = Label::wrapped(name, LABEL, MOST_TURNED_LABEL, 1).turned(-TURN);
                canvas.label(LABEL, Anchor::Start, (middle, bottom), &label);
            } else {
                let label = level_label(name);
                let first_line = bottom - label.height(LABEL) + LABEL.size * 1.1;
                canvas.label(LABEL, Anchor::Middle, (middle, first_line), &label);
            }
        }
    }

    fn draw_row(&self, canvas: &mut Canvas, layout: &Layout, row: &HeatRow, top: f64) {
        let base_line = top + CELL_HEIGHT / 2.0 + 4.2;
        let name = Label::wrapped(&row.label, LABEL, layout.label_room, 1);
        canvas.label(LABEL, Anchor::Start, (MARGIN, base_line), &name);
        for (index, column) in self.columns.iter().enumerate() {
            let cell = row.cells.get(index).cloned().unwrap_or_else(HeatCell::empty);
            let left = layout.first + layout.cell * count(index);
            canvas.explained(&format!("{} · {column}: {}", row.label, cell.text), |canvas| {
                let (class, font_class) = cell.value.and_then(finite).map_or(("bp-empty", "bp-soft"), step);
                let inset = if class == "bp-empty" { 0.5 } else { 0.0 };
                let size = (layout.cell - SPACE - 2.0 * inset, CELL_HEIGHT - 2.0 * inset);
                canvas.rect(class, (left + inset, top + inset), size, 3.0);
                let middle = left + (layout.cell - SPACE) / 2.0;
                let text = Label::wrapped(&cell.text, CELL, layout.cell - 8.0, 1);
                canvas.label(Font { class: font_class, ..CELL }, Anchor::Middle, (middle, base_line), &text);
            });
        }
    }

    fn draw_legend(&self, canvas: &mut Canvas, top: f64) {
        let mut x = MARGIN;
        canvas.text(SOFT, Anchor::Start, (x, top + 10.5), &self.low_label);
        x += width(&self.low_label, SOFT.size) + 8.0;
        for class in STEPS {
            canvas.rect(class, (x, top), (26.0, 13.0), 2.0);
            x += 27.0;
        }
        x += 7.0;
        canvas.text(SOFT, Anchor::Start, (x, top + 10.5), &self.high_label);
        if self.has_empty_cells() {
            x += width(&self.high_label, SOFT.size) + 26.0;
            canvas.rect("bp-empty", (x + 0.5, top + 0.5), (25.0, 12.0), 2.0);
            canvas.text(SOFT, Anchor::Middle, (x + 13.0, top + 10.5), "–");
            canvas.text(SOFT, Anchor::Start, (x + 34.0, top + 10.5), &self.empty_label);
        }
    }

    fn has_empty_cells(&self) -> bool {
        let columns = self.columns.len();
        self.rows.iter().any(|row| {
            row.cells.len() < columns
                || row.cells.iter().take(columns).any(|cell| cell.value.and_then(finite).is_none())
        })
    }
}

const CELL: Font = Font { class: "bp-soft", size: 11.5 };
/// Width of a column whose label is turned.
const TURNED_CELL: f64 = 58.0;
/// Width of a column whose label is written level.
const LEVEL_CELL: f64 = 112.0;

fn level_label(name: &str) -> Label {
    Label::wrapped(name, LABEL, LEVEL_CELL - 12.0, 3)
}

struct Layout {
    label_room: f64,
    first: f64,
    cell: f64,
    /// Height of the column labels.
    head: f64,
    turned: bool,
    width: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_print_what_they_stand_for() {
        assert_eq!(HeatCell::share(0.625).text, "62");
        assert_eq!(HeatCell::gap(1.0, 4.0, "1,0"), HeatCell { value: Some(0.25), text: "1,0".to_owned() });
        assert_eq!(HeatCell::gap(1.0, 0.0, "1").value, Some(0.0));
        assert_eq!(HeatCell::empty().value, None);
    }
}
