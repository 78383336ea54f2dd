//! Blacking out what names people in free text: e-mail addresses, telephone numbers, personnel numbers, names of the staff.

/// What stands where something was blacked out.
const BLACKED_OUT: &str = "[…]";

/// Digits of a telephone number, at the least.
const SHORTEST_PHONE: usize = 9;
/// Digits of a personnel or identity number (NIP, NIK), at the least.
const SHORTEST_NUMBER: usize = 16;

/// Bytes of a day as ISO 8601 writes it.
const DAY: usize = 10;

/// Blacks out people.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    /// Names, the longest first, so that a part of a name does not hide the rest of it.
    names: Vec<String>,
}

impl Redactor {
    /// One that knows these names.
    pub fn of(names: impl IntoIterator<Item = String>) -> Self {
        let mut names: Vec<String> =
            names.into_iter().map(|name| name.trim().to_owned()).filter(|name| name.chars().count() > 1).collect();
        names.sort_by(|one, other| (other.len(), one).cmp(&(one.len(), other)));
        names.dedup();
        Self { names }
    }

    /// One that knows more names.
    #[must_use]
    pub fn and(&self, names: impl IntoIterator<Item = String>) -> Self {
        Self::of(self.names.iter().cloned().chain(names))
    }

    /// The text without people.
    pub fn text(&self, text: &str) -> String {
        let mut text = without_numbers(&without_addresses(text));
        for name in &self.names {
            text = without_name(&text, name);
        }
        text
    }

    /// The same for a text that may be missing.
    pub fn maybe(&self, text: Option<&str>) -> Option<String> {
        text.map(|text| self.text(text))
    }
}

/// Without words that hold an `@` between other characters.
fn without_addresses(text: &str) -> String {
    let hides = |word: &str| word.trim_matches('@').contains('@');
    text.split_inclusive(char::is_whitespace)
        .map(|part| {
            let word = part.trim_end_matches(char::is_whitespace);
            if hides(word) { format!("{BLACKED_OUT}{}", &part[word.len()..]) } else { part.to_owned() }
        })
        .collect()
}

/// Without telephone numbers (which begin with 0 or +) and long numbers. Dates and times stay.
fn without_numbers(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit() || character == '+') {
        result.push_str(&rest[..start]);
        let run = if begins_with_a_day(&rest[start..]) { DAY } else { run_of_digits(&rest[start..]) };
        let found = &rest[start..start + run];
        let digits = found.chars().filter(char::is_ascii_digit).count();
        let is_phone = found.starts_with(['0', '+']) && digits >= SHORTEST_PHONE;
        result.push_str(if is_phone || digits >= SHORTEST_NUMBER { BLACKED_OUT } else { found });
        rest = &rest[start + run..];
    }
    result.push_str(rest);
    result
}

/// Whether a day stands at the beginning: what follows it is no part of a number.
fn begins_with_a_day(text: &str) -> bool {
    let form = text.bytes().take(DAY).map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    form.eq(*b"0000-00-00")
}

/// How many bytes at the beginning are digits with single separators between them.
fn run_of_digits(text: &str) -> usize {
    let mut end = 1;
    let mut gap = 0;
    for (place, character) in text.char_indices().skip(1) {
        if character.is_ascii_digit() {
            end = place + 1;
            gap = 0;
        } else if matches!(character, ' ' | '-' | '.' | '(' | ')') && gap == 0 {
            gap += 1;
        } else {
            break;
        }
    }
    end
}

/// Without a name that stands by itself, as it is written.
fn without_name(text: &str, name: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(name) {
        let end = start + name.len();
        let before = result.chars().last().filter(|_| start == 0).or_else(|| rest[..start].chars().last());
        let after = rest[end..].chars().next();
        let alone = !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric);
        result.push_str(&rest[..start]);
        result.push_str(if alone { BLACKED_OUT } else { name });
        rest = &rest[end..];
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_are_blacked_out() {
        let redactor = Redactor::of(["Maria".to_owned(), "Maria Lestari Bong".to_owned(), "Dewi".to_owned()]);
        let told =
            redactor.text("Hubungi Maria Lestari Bong (maria@kota.example, 0812-3456-7890 atau +62 562 631 234).");
        assert_eq!(told, "Hubungi […] […] […] atau […]).");
        assert_eq!(redactor.text("NIP 197804122003122001"), "NIP […]");
        assert_eq!(redactor.text("Dewi, Dewinta dan Maria"), "[…], Dewinta dan […]");
    }

    #[test]
    fn dates_times_and_other_words_stay() {
        let redactor = Redactor::default();
        for text in ["2026-03-10 08.00-16.00", "Pukul 08.00", "R.91PUS00.001.1", "12 orang @ 3 JP", "+ kopi", ""] {
            assert_eq!(redactor.text(text), text);
        }
    }

    proptest! {
        #[test]
        fn twice_is_as_once(text in "\\PC{0,60}", name in "[A-Z][a-z]{1,8}") {
            let redactor = Redactor::of([name]);
            let once = redactor.text(&text);
            prop_assert_eq!(redactor.text(&once), once);
        }
    }
}
