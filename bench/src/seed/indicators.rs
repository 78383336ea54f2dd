//! Indicators, measured month by month for ten years, three of four with a target for every month.

use chrono::{Days, Months, NaiveDate};

use super::{
    Amount, Table, Value,
    draw::{first_day, id, int, scatter, start_of},
    tables::rows,
};

/// Months that were measured, up to the first day of the other rows: ten years.
const MONTHS: usize = 120;
/// Months of each that the dashboard shows, as the service has it.
const SHOWN: usize = 12;
/// One in so many has no target.
const WITHOUT_TARGET: usize = 4;
/// A formula whose values are entered by hand.
const FORMULA: &str = r#"{"kind":"manual","calculator":null,"calculator_version":null,"terms":[],"denominator":null,"denominator_per":null,"factor":null,"divisor":null}"#;
/// What values are called.
const BANDS: &str = r#"[{"from":0.0,"code":"R","label":{"id":"Rendah","en":"Low"}},{"from":40.1,"code":"S","label":{"id":"Sedang","en":"Middling"}},{"from":80.1,"code":"T","label":{"id":"Tinggi","en":"High"}}]"#;

/// The tables.
pub(super) fn tables<'a>(amount: Amount) -> [Table<'a>; 4] {
    [indicators(amount), methods(amount), targets(amount), measurements(amount)]
}

/// The first day of a month, 0 being the earliest.
fn month(index: usize) -> Option<NaiveDate> {
    first_day().checked_sub_months(Months::new(u32::try_from(MONTHS - index).ok()?))
}

/// Name, first and last day of a month, as three columns.
fn period(index: usize) -> [Value; 3] {
    let starts_on = month(index);
    let ends_on = starts_on.and_then(|day| day.checked_add_months(Months::new(1))?.checked_sub_days(Days::new(1)));
    [starts_on.map(|day| day.format("%Y-%m").to_string()).into(), starts_on.into(), ends_on.into()]
}

/// A value with two decimals between 0 and 100, in ten-thousandths.
fn value(number: usize) -> Value {
    int(scatter(number) % 10_001 * 100)
}

fn indicators<'a>(amount: Amount) -> Table<'a> {
    let indicators = (0..amount.indicators).map(|index| {
        vec![
            id(16, index).into(),
            format!("BENCH.{index:03}").into(),
            format!(r#"{{"id":"Indikator layanan {index}","en":"Indicator of service {index}"}}"#).into(),
            r#"{"id":"Bagian pembaca yang puas","en":"Share of readers who are content"}"#.into(),
            r#"{"id":"persen","en":"percent"}"#.into(),
            Value::Int(2),
            if index % 3 == 2 { "lower_is_better" } else { "higher_is_better" }.into(),
            "month".into(),
            Value::Int(50_000),
            "ISO 11620".into(),
            month(MONTHS - SHOWN).into(),
            format!("bench.{index:03} indikator layanan {index}").into(),
        ]
    });
    Table {
        name: "indicators",
        columns: &[
            "id",
            "code",
            "name",
            "definition",
            "unit",
            "decimals",
            "direction",
            "period_kind",
            "tolerance",
            "source",
            "shown_from",
            "search_text",
            "created_at",
            "updated_at",
            "version",
        ],
        rows: rows(indicators),
    }
}

fn methods<'a>(amount: Amount) -> Table<'a> {
    let methods = (0..amount.indicators).map(|index| {
        vec![
            id(17, index).into(),
            id(16, index).into(),
            "2014".into(),
            FORMULA.into(),
            BANDS.into(),
            month(0).into(),
            "ISO 11620".into(),
            false.into(),
        ]
    });
    Table {
        name: "indicator_methods",
        columns: &[
            "id",
            "indicator_id",
            "label",
            "formula",
            "bands",
            "valid_from",
            "legal_basis",
            "verified",
            "created_at",
            "updated_at",
            "version",
        ],
        rows: rows(methods),
    }
}

fn targets<'a>(amount: Amount) -> Table<'a> {
    let aimed_at = (0..amount.indicators).filter(|index| index % WITHOUT_TARGET != WITHOUT_TARGET - 1);
    let targets = aimed_at.flat_map(|index| (0..MONTHS).map(move |month| (index, month))).map(|(index, month)| {
        let number = index * MONTHS + month;
        let [period, starts_on, ends_on] = period(month);
        vec![id(18, number).into(), id(16, index).into(), period, starts_on, ends_on, Value::Int(600_000)]
    });
    Table {
        name: "indicator_targets",
        columns: &[
            "id",
            "indicator_id",
            "period",
            "starts_on",
            "ends_on",
            "value",
            "created_at",
            "updated_at",
            "version",
        ],
        rows: rows(targets),
    }
}

/// Entered on the first day of the other rows and closed but for the last year, as the service would have them.
fn measurements<'a>(amount: Amount) -> Table<'a> {
    let measured = (0..amount.indicators).flat_map(|index| (0..MONTHS).map(move |month| (index, month)));
    let measurements = measured.map(|(index, month)| {
        let number = index * MONTHS + month;
        let [period, starts_on, ends_on] = period(month);
        vec![
            id(19, number).into(),
            id(16, index).into(),
            period,
            starts_on,
            ends_on,
            Value::Int(1),
            true.into(),
            value(number),
            "entered".into(),
            id(17, index).into(),
            "[]".into(),
            "[]".into(),
            first_day().into(),
            (month < MONTHS - SHOWN).then(|| start_of(first_day())).into(),
        ]
    });
    Table {
        name: "measurements",
        columns: &[
            "id",
            "indicator_id",
            "period",
            "starts_on",
            "ends_on",
            "revision",
            "is_current",
            "value",
            "origin",
            "method_id",
            "inputs",
            "evidence",
            "measured_on",
            "closed_at",
            "created_at",
            "updated_at",
            "version",
        ],
        rows: rows(measurements),
    }
}
