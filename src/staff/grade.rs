//! Grades (pangkat/golongan): I/a to IV/e of civil servants, I to XVII of staff on contract.

use crate::kernel::validation::{Fault, Violation};

/// Not a grade.
pub const NOT_A_GRADE: Fault = Fault {
    code: "not_a_grade",
    id: "Bukan golongan: I/a sampai IV/e untuk PNS, I sampai XVII untuk PPPK",
    en: "Not a grade: I/a to IV/e of civil servants, I to XVII of staff on contract",
};

const NUMERALS: [&str; 17] =
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"];
const STEPS: [&str; 5] = ["a", "b", "c", "d", "e"];

/// The place of a civil servant's grade among all of them, 0 for I/a; `None` for other texts.
pub fn rank(text: &str) -> Option<i64> {
    let (class, step) = text.split_once('/')?;
    let class = NUMERALS.iter().take(4).position(|known| *known == class)?;
    let step = STEPS.iter().position(|known| *known == step)?;
    i64::try_from(class * STEPS.len() + step).ok()
}

/// Whether this is a grade as decrees write it.
fn is_grade(text: &str) -> bool {
    rank(text).is_some() || NUMERALS.contains(&text)
}

/// Says what is wrong with a field that holds a grade.
pub fn check(field: &str, given: Option<&str>, wrong: &mut Vec<Violation>) {
    if given.is_some_and(|text| !is_grade(text)) {
        wrong.push(Violation::field(field, &NOT_A_GRADE));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_as_decrees_write_them() {
        for known in ["I/a", "II/c", "III/d", "IV/e", "I", "IX", "XVII"] {
            assert!(is_grade(known), "{known}");
        }
        for wrong in ["", "V/a", "III/f", "III/", "iii/a", "XVIII", "3A", "III/a "] {
            assert!(!is_grade(wrong), "{wrong}");
        }
        assert_eq!([rank("I/a"), rank("III/b"), rank("IV/e"), rank("IX")], [Some(0), Some(11), Some(19), None]);
    }
}
