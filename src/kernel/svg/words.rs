//! Words and numbers of a picture: how wide they are, where to cut them.

/// Estimated width in pixels. The reader's font is unknown; the estimate lies a little above that of common ones.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(relative_width).sum::<f64>() * size
}

fn relative_width(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.29,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '-' | '/' | 'I' => 0.39,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 0.92,
        'A'..='Z' => 0.69,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' => 1.02,
        '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3ffff}' => 1.2,
        _ => 0.59,
    }
}

/// The text, cut with an ellipsis where it would be wider than `limit`.
pub(super) fn fit(text: &str, size: f64, limit: f64) -> String {
    if width(text, size) <= limit {
        return text.to_owned();
    }
    let mut room = limit - width("…", size);
    let kept: String = text
        .chars()
        .take_while(|character| {
            room -= relative_width(*character) * size;
            room >= 0.0
        })
        .collect();
    format!("{}…", kept.trim_end_matches([' ', ',', '-', '/', '(', ':', '.']))
}

/// The text broken at spaces into at most `most` lines no wider than `limit`, the last one cut where necessary.
pub(super) fn wrap(text: &str, size: f64, limit: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut current = String::new();
    for word in text.split_whitespace() {
        let longer = if current.is_empty() { word.to_owned() } else { format!("{current} {word}") };
        let may_break = !current.is_empty() && lines.len() + 1 < most;
        if may_break && width(&longer, size) > limit {
            lines.push(fit(&current, size, limit));
            word.clone_into(&mut current);
        } else {
            current = longer;
        }
    }
    lines.push(fit(&current, size, limit));
    lines
}

/// A number with at most `decimals` decimals in the manner of the language, without trailing zeros.
pub(super) fn number(value: f64, decimals: usize, lang: &str) -> String {
    let written = format!("{value:.decimals$}");
    let short = if written.contains('.') { written.trim_end_matches('0').trim_end_matches('.') } else { &written };
    localised(if short == "-0" { "0" } else { short }, lang)
}

/// A number with exactly `decimals` decimals in the manner of the language.
pub(super) fn fixed(value: f64, decimals: usize, lang: &str) -> String {
    localised(&format!("{value:.decimals$}"), lang)
}

fn localised(number: &str, lang: &str) -> String {
    if lang == "id" || lang.starts_with("id-") { number.replace('.', ",") } else { number.to_owned() }
}

/// A length or position as an SVG attribute.
pub(super) fn coordinate(value: f64) -> String {
    number(value, 2, "")
}

/// A count as a number to calculate positions with.
pub(super) fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

/// A value that can be placed on a scale: `None` in place of infinite values, not-a-number and sizes beyond all use.
pub(super) fn finite(value: f64) -> Option<f64> {
    (value.is_finite() && value.abs() <= 1e15).then_some(value)
}
