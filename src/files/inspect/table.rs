//! CSV: text in UTF-8 that is nothing else.

use super::{OTHER_CONTENT, UNSAFE_CONTENT, has_markup};
use crate::kernel::validation::Fault;

/// What a text begins with that is a program, or a document of another kind.
const OTHERS: [&str; 5] = ["#!", "%PDF", "{\\rtf", "%!PS", "@echo"];

pub(super) fn inspect(content: &[u8]) -> Result<(), &'static Fault> {
    let text = std::str::from_utf8(content).map_err(|_| &OTHER_CONTENT)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let foreign = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\r' | '\n');
    if text.contains(foreign) {
        return Err(&OTHER_CONTENT);
    }
    let begins = text.trim_start();
    let is_other = OTHERS
        .iter()
        .any(|other| begins.get(..other.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(other)));
    if is_other || begins.starts_with('<') || has_markup(content) {
        return Err(&UNSAFE_CONTENT);
    }
    Ok(())
}
