//! Text as it is compared and searched.
//!
//! `lower` of SQLite knows ASCII only and PostgreSQL's depends on its locale, so neither folds text: what is
//! searched is kept in a `search_text` column that is filled here, and the query passes through the same folding.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The parts of a record that a search looks through, folded into one line for a `search_text` column.
///
/// Compatibility forms, case, diacritics and the kind and amount of white space make no difference afterwards:
/// `["Ökonomi ", "ﬁksi"]` becomes `okonomi fiksi`. Control characters count as white space (PostgreSQL stores no
/// NUL), invisible formatting characters vanish. Empty parts leave no trace.
pub fn search_text(parts: &[&str]) -> String {
    let folded: String = parts
        .join(" ")
        .nfkd()
        .filter(|character| !is_diacritic(*character) && !is_invisible(*character))
        .flat_map(char::to_lowercase)
        .map(fold_variant)
        .nfkc()
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The pattern of a `LIKE … ESCAPE '\'` condition that finds `query` anywhere in a `search_text` column.
///
/// The query is folded as [`search_text`] folds; `%`, `_` and `\` in it stand for themselves. An empty query gives
/// `%%`, which finds everything. The `ESCAPE` clause has to be written out, SQLite has no default one.
pub fn like_pattern(query: &str) -> String {
    let folded = search_text(&[query]);
    let mut pattern = String::with_capacity(folded.len() + 2);
    pattern.push('%');
    for character in folded.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

/// Text in Unicode's composed form (NFC), in which the service stores what people type.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// Marks of Latin, Greek, Cyrillic, Hebrew and Arabic (Jawi) script, told by their combining class. The marks of
/// Indic, Thai and Japanese script carry vowels or consonants and stay.
fn is_diacritic(character: char) -> bool {
    matches!(canonical_combining_class(character), 10..=36 | 200..=240)
}

/// Soft hyphen, zero-width characters, direction marks and the byte order mark: copied along unseen from documents.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

fn fold_variant(character: char) -> char {
    match character {
        'ς' => 'σ',
        control if control.is_control() => ' ',
        other => other,
    }
}

/// Text without markup characters and without characters that XML forbids.
pub fn escape_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            control if control.is_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_case_diacritics_and_compatibility_forms() {
        assert_eq!(search_text(&["Ökonomi"]), "okonomi");
        assert_eq!(search_text(&["ﬁ"]), "fi");
        assert_eq!(search_text(&["Ｐｅｒｐｕｓｔａｋａａｎ №５"]), "perpustakaan no5");
        assert_eq!(search_text(&["İSTANBUL", "Éducation", "Straße"]), "istanbul education straße");
        assert_eq!(search_text(&["ΟΔΟΣ"]), search_text(&["οδος"]));
    }

    #[test]
    fn composed_and_decomposed_spellings_are_the_same() {
        assert_eq!(search_text(&["e\u{301}tude"]), search_text(&["\u{e9}tude"]));
        assert_eq!(nfc("e\u{301}"), "\u{e9}");
        assert_eq!(nfc("ﬁ"), "ﬁ", "storing keeps what was typed");
    }

    #[test]
    fn white_space_and_unseen_characters_make_no_difference() {
        assert_eq!(search_text(&["  Maria\u{a0}\t Lestari\n", "", " Bong "]), "maria lestari bong");
        assert_eq!(search_text(&["Kata\u{ad}log\u{200b}"]), "katalog");
        assert_eq!(search_text(&["a\0b"]), "a b");
        assert_eq!(search_text(&[]), "");
    }

    #[test]
    fn names_of_singkawang() {
        assert_eq!(search_text(&["Bong Kĩm Chhîn", "黄金春"]), "bong kim chhin 黄金春");
        assert_eq!(search_text(&["Liu Ńg Siông-ngiàm"]), "liu ng siong-ngiam");
        assert_eq!(search_text(&["\u{2f29}山口洋"]), "小山口洋", "a radical is searched as its character");
        assert_eq!(search_text(&["كِتَابُ"]), "كتاب");
    }

    #[test]
    fn marks_that_are_letters_stay() {
        assert_eq!(search_text(&["ガイド"]), "ガイド");
        assert_eq!(search_text(&["हिन्दी"]), "हिन्दी");
        assert_eq!(search_text(&["ที่"]), "ที่");
    }

    #[test]
    fn patterns_take_the_query_literally() {
        assert_eq!(like_pattern("100%"), "%100\\%%");
        assert_eq!(like_pattern("a_b\\c"), "%a\\_b\\\\c%");
        assert_eq!(like_pattern("１００％"), "%100\\%%", "escaped after folding");
        assert_eq!(like_pattern("  Ökonomi  Kreatif"), "%okonomi kreatif%");
        assert_eq!(like_pattern(""), "%%");
    }

    /// What `LIKE … ESCAPE '\'` does on both databases with folded text.
    fn is_like(text: &[char], pattern: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('%', rest)) => (0..=text.len()).any(|start| is_like(&text[start..], rest)),
            Some(('\\', rest)) => !text.is_empty() && text[0] == rest[0] && is_like(&text[1..], &rest[1..]),
            Some(('_', rest)) => !text.is_empty() && is_like(&text[1..], rest),
            Some((literal, rest)) => !text.is_empty() && text[0] == *literal && is_like(&text[1..], rest),
        }
    }

    proptest! {
        #[test]
        fn words_of_a_text_are_found_in_it(
            words in proptest::collection::vec("[\\p{L}\\p{N}%_\\\\]{1,8}", 1..8),
            from in 0usize..8, length in 1usize..8,
        ) {
            let text = words.join("  ");
            let from = from % words.len();
            let query = words[from..words.len().min(from + length)].join(" ");
            let folded = search_text(&[&text]);
            prop_assert!(folded.contains(&search_text(&[&query])), "{query:?} in {text:?}");
            let pattern: Vec<char> = like_pattern(&query).chars().collect();
            prop_assert!(is_like(&folded.chars().collect::<Vec<_>>(), &pattern));
        }

        #[test]
        fn part_of_a_latin_word_is_found(text in "[A-Za-zÀ-ÿ ]{1,30}", from in 0usize..30, length in 1usize..10) {
            let query: String = text.chars().skip(from).take(length).collect();
            prop_assert!(search_text(&[&text]).contains(&search_text(&[&query])));
        }

        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = search_text(&[&text]);
            prop_assert_eq!(search_text(&[&once]), once);
        }

        #[test]
        fn a_pattern_has_no_wildcard_inside(query in any::<String>()) {
            let pattern = like_pattern(&query);
            let inner = pattern.strip_prefix('%').unwrap().strip_suffix('%').unwrap();
            let mut characters = inner.chars();
            while let Some(character) = characters.next() {
                prop_assert!(!matches!(character, '%' | '_'));
                if character == '\\' {
                    prop_assert!(matches!(characters.next(), Some('%' | '_' | '\\')));
                }
            }
        }
    }
}
