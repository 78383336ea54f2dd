//! How certificates are numbered: a text with places for the number in the year, the month and the year.

use chrono::{Datelike, NaiveDate};

use crate::kernel::validation::Fault;

/// How a library numbers that did not say otherwise, in the manner of official letters (tata naskah dinas).
pub const USUAL: &str = "{number}/SERT/{month}/{year}";

/// Without number and year two certificates could have one number.
pub const NOT_A_NUMBERING: Fault = Fault {
    code: "not_a_numbering",
    id: "Pola nomor harus memuat {number} dan {year} masing-masing sekali, boleh {month}, tanpa kurung kurawal lain",
    en: "A numbering has {number} and {year} once each, {month} if wanted, and no other braces",
};

const MONTHS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// Whether every certificate gets a number of its own by this pattern.
pub fn is_sound(pattern: &str) -> bool {
    let once = |place: &str| pattern.matches(place).count() == 1;
    let rest = ["{number}", "{month}", "{year}"].iter().fold(pattern.to_owned(), |text, place| text.replace(place, ""));
    // A digit beside the number would make 1 of "1{number}" and 11 of "{number}" alike.
    let digit = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit() || byte == b'{' || byte == b'}');
    let apart = pattern
        .split_once("{number}")
        .is_some_and(|(before, after)| !digit(before.bytes().next_back()) && !digit(after.bytes().next()));
    once("{number}") && once("{year}") && apart && !rest.contains(['{', '}'])
}

/// The number of the certificate that is the `sequence`-th of its year.
pub fn number(pattern: &str, sequence: i32, on: NaiveDate) -> String {
    let month = usize::try_from(on.month0()).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    pattern
        .replace("{number}", &format!("{sequence:04}"))
        .replace("{month}", month)
        .replace("{year}", &format!("{:04}", on.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_tells_its_place_month_and_year() {
        let on = "2026-06-18".parse().unwrap();
        assert_eq!(number(USUAL, 7, on), "0007/SERT/VI/2026");
        assert_eq!(number("PKS-{year}-{number}", 12_345, on), "PKS-2026-12345");
    }

    #[test]
    fn a_numbering_without_number_or_year_is_none() {
        assert!(is_sound(USUAL) && is_sound("PKS-{year}-{number}"));
        for wrong in [
            "",
            "{number}",
            "{year}",
            "{number}{year}",
            "1{number}/{year}",
            "{number}/{year}/{day}",
            "{number}/{year}}",
        ] {
            assert!(!is_sound(wrong), "{wrong}");
        }
    }
}
