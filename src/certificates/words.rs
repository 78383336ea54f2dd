//! Days and numbers as people read them on paper.

use chrono::{Datelike, NaiveDate};

use crate::kernel::language::Language;

const MONTHS: [(&str, &str); 12] = [
    ("Januari", "January"),
    ("Februari", "February"),
    ("Maret", "March"),
    ("April", "April"),
    ("Mei", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("Agustus", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Desember", "December"),
];

fn month(on: NaiveDate, language: Language) -> &'static str {
    let names = usize::try_from(on.month0()).ok().and_then(|month| MONTHS.get(month));
    names.map_or("", |(id, en)| language.pick(id, en))
}

/// A day: 18 Juni 2026.
pub(crate) fn day(on: NaiveDate, language: Language) -> String {
    format!("{} {} {}", on.day(), month(on, language), on.year())
}

/// Days from one to another, without saying anything twice: 16–18 Juni 2026.
pub(crate) fn days(from: NaiveDate, until: NaiveDate, language: Language) -> String {
    let until_words = day(until, language);
    if from == until {
        until_words
    } else if (from.year(), from.month()) == (until.year(), until.month()) {
        format!("{}–{until_words}", from.day())
    } else if from.year() == until.year() {
        format!("{} {} – {until_words}", from.day(), month(from, language))
    } else {
        format!("{} – {until_words}", day(from, language))
    }
}

/// Hours in hundredths: 2,5 in Indonesian, 2.5 in English.
pub(crate) fn hours(hundredths: i32, language: Language) -> String {
    let whole = hundredths / 100;
    let rest = format!("{:02}", hundredths % 100);
    match rest.trim_end_matches('0') {
        "" => whole.to_string(),
        rest => format!("{whole}{}{rest}", language.pick(",", ".")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_say_nothing_twice() {
        let on = |text: &str| text.parse::<NaiveDate>().unwrap();
        let said = |from, until| days(on(from), on(until), Language::Indonesian);
        assert_eq!(said("2026-06-16", "2026-06-16"), "16 Juni 2026");
        assert_eq!(said("2026-06-16", "2026-06-18"), "16–18 Juni 2026");
        assert_eq!(said("2026-02-28", "2026-03-02"), "28 Februari – 2 Maret 2026");
        assert_eq!(said("2026-12-30", "2027-01-02"), "30 Desember 2026 – 2 Januari 2027");
        assert_eq!(days(on("2026-05-01"), on("2026-05-02"), Language::English), "1–2 May 2026");
    }

    #[test]
    fn hours_have_the_decimals_that_they_need() {
        assert_eq!(hours(2_400, Language::Indonesian), "24");
        assert_eq!(hours(250, Language::Indonesian), "2,5");
        assert_eq!(hours(205, Language::English), "2.05");
    }
}
