//! PDF: from its first byte to its last mark, without scripts.

use super::{OTHER_CONTENT, UNREADABLE_CONTENT, UNSAFE_CONTENT, ends_as_zip, has_markup};
use crate::kernel::validation::Fault;

/// Where a browser looks when it guesses what bytes are.
const SNIFFED: usize = 1_445;
/// How far from its end a PDF says that it ends.
const TAIL: usize = 1_024;
/// What a PDF calls that which runs.
const RUNS: [&[u8]; 2] = [b"/JavaScript", b"/Launch"];

pub(super) fn inspect(content: &[u8]) -> Result<(), &'static Fault> {
    if !content.starts_with(b"%PDF-1.") && !content.starts_with(b"%PDF-2.") {
        return Err(&OTHER_CONTENT);
    }
    let tail = content.get(content.len().saturating_sub(TAIL)..).unwrap_or_default();
    let end = tail.windows(5).rposition(|window| window == b"%%EOF").ok_or(&UNREADABLE_CONTENT)?;
    let behind = tail.get(end + 5..).unwrap_or_default();
    if !behind.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) || ends_as_zip(content) {
        return Err(&UNSAFE_CONTENT);
    }
    let sniffed = content.get(..SNIFFED.min(content.len())).unwrap_or_default();
    let runs = RUNS.iter().any(|name| content.windows(name.len()).any(|window| window == *name));
    if runs || has_markup(sniffed) { Err(&UNSAFE_CONTENT) } else { Ok(()) }
}
