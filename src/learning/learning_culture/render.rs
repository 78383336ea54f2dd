//! The report as a table, and as a picture to hang up.

use super::dto::{CultureFigures, LearningCulture};
use crate::kernel::csv;
use crate::kernel::error::Result;
use crate::kernel::language::Language;
use crate::kernel::svg::{Caption, HeatCell, HeatMap, HeatRow, HeatScale};

/// Rows of the picture.
const PICTURE_ROWS: usize = 40;
/// The figures of a row of the table.
const COLUMNS: [&str; 13] = [
    "unit_code",
    "unit_name",
    "people_count",
    "is_suppressed",
    "learned_count",
    "learned_share",
    "median_streak",
    "longest_streak",
    "median_hours",
    "duty_count",
    "duty_met_count",
    "duty_met_share",
    "beyond_ceiling_count",
];

/// A row a unit, the whole first.
pub(super) fn table(culture: &LearningCulture, language: Language) -> Result<Vec<u8>> {
    let all = language.pick("Semua", "All").to_owned();
    let whole = row([String::new(), all], culture.people_count, culture.is_suppressed, culture.figures.as_ref());
    let units = culture.units.iter().map(|unit| {
        row([unit.code.clone(), unit.name.clone()], unit.people_count, unit.is_suppressed, unit.figures.as_ref())
    });
    csv::write(&COLUMNS, std::iter::once(whole).chain(units))
}

fn row(names: [String; 2], people: usize, is_suppressed: bool, figures: Option<&CultureFigures>) -> Vec<String> {
    let mut cells = Vec::from(names);
    cells.extend([people.to_string(), is_suppressed.to_string()]);
    match figures {
        Some(figures) => cells.extend([
            figures.learned_count.to_string(),
            format!("{:.2}", figures.learned_share),
            format!("{:.2}", figures.median_streak),
            figures.longest_streak.to_string(),
            format!("{:.2}", figures.median_hours),
            figures.duty_count.to_string(),
            figures.duty_met_count.to_string(),
            format!("{:.2}", figures.duty_met_share),
            figures.beyond_ceiling_count.to_string(),
        ]),
        None => cells.resize(COLUMNS.len(), String::new()),
    }
    cells
}

/// The share of people who learned something, by unit and month.
pub(super) fn picture(culture: &LearningCulture, language: Language) -> Vec<u8> {
    let shown = culture.figures.iter().chain(culture.units.iter().filter_map(|unit| unit.figures.as_ref()));
    let columns: Vec<String> =
        shown.take(1).flat_map(|figures| figures.months.iter().map(|month| month.month.clone())).collect();
    let line = |label: String, figures: Option<&CultureFigures>| HeatRow {
        label,
        cells: match figures {
            Some(figures) => figures.months.iter().map(|month| HeatCell::share(month.learned_share / 100.0)).collect(),
            None => columns.iter().map(|_| HeatCell::empty()).collect(),
        },
    };
    let whole = line(language.pick("Semua", "All").to_owned(), culture.figures.as_ref());
    let units = culture.units.iter().take(PICTURE_ROWS).map(|unit| line(unit.name.clone(), unit.figures.as_ref()));
    let rows = std::iter::once(whole).chain(units).collect();
    let map = HeatMap {
        caption: Caption {
            lang: language.tag().to_owned(),
            title: language.pick("Budaya belajar", "Learning culture").to_owned(),
            subtitle: format!(
                "{} · {} {}",
                culture.as_of,
                culture.people_count,
                language.pick("pegawai", "members of staff")
            ),
            description: language
                .pick(
                    "Bagian pegawai yang belajar sesuatu, per unit dan bulan",
                    "Share of staff who learned something, by unit and month",
                )
                .to_owned(),
        },
        columns: columns.clone(),
        rows,
        scale: HeatScale::Share,
        low_label: language.pick("belum ada yang belajar", "nobody learned").to_owned(),
        high_label: language.pick("semua belajar", "all learned").to_owned(),
        empty_label: language.pick("kurang dari lima orang", "fewer than five people").to_owned(),
    };
    map.to_svg().into_bytes()
}
