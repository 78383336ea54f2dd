//! Texts with places that differ from request to request.

use std::{io::Write, sync::Arc};

use uuid::Uuid;

/// A text in which `{n}` becomes the request's number, `{uuid}` a fresh UUIDv7, `{line}` one of some given lines, chosen
/// at random, and `{next}` each of these lines in turn, once. Every other brace stays as it is, so a JSON body needs no
/// escapes.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pieces: Vec<Piece>,
    lines: Arc<[String]>,
}

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Number,
    Uuid,
    Line,
    Next,
}

impl Template {
    /// Takes a text apart; `lines` are what `{line}` and `{next}` may become.
    pub(crate) fn new(text: &str, lines: Arc<[String]>) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((at, mark, piece)) = next_place(rest) {
            let (before, after) = rest.split_at(at);
            pieces.extend([Piece::Text(before.to_owned()), piece]);
            rest = after.strip_prefix(mark).unwrap_or_default();
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Self { pieces, lines }
    }

    /// A text without lines to choose from.
    pub(crate) fn plain(text: &str) -> Self {
        Self::new(text, Arc::default())
    }

    /// How often it can be sent: as many times as there are lines, where each serves once.
    pub(crate) fn most(&self) -> Option<u64> {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Next)).then_some(self.lines.len() as u64)
    }

    /// Appends the text for request `n`.
    pub(crate) fn render(&self, n: u64, out: &mut Vec<u8>) {
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.extend_from_slice(text.as_bytes()),
                // Writing to a vector cannot fail.
                Piece::Number => drop(write!(out, "{n}")),
                Piece::Uuid => drop(write!(out, "{}", Uuid::now_v7())),
                Piece::Line => {
                    let line = fastrand::choice(self.lines.iter()).map_or("", String::as_str);
                    out.extend_from_slice(line.as_bytes());
                }
                Piece::Next => {
                    let line = usize::try_from(n).ok().and_then(|place| self.lines.get(place));
                    out.extend_from_slice(line.map_or("", String::as_str).as_bytes());
                }
            }
        }
    }
}

/// The first place in `text`: where, how it is written, and what it is.
fn next_place(text: &str) -> Option<(usize, &'static str, Piece)> {
    [("{n}", Piece::Number), ("{uuid}", Piece::Uuid), ("{line}", Piece::Line), ("{next}", Piece::Next)]
        .into_iter()
        .filter_map(|(mark, piece)| Some((text.find(mark)?, mark, piece)))
        .min_by_key(|(at, ..)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_other_braces_stay() {
        let lines: Arc<[String]> = Arc::new(["só".to_owned()]);
        let mut out = Vec::new();
        Template::new(r#"{"é":"{line}","no":{n},"id":"{uuid}"}"#, lines).render(7, &mut out);
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(value["é"], "só");
        assert_eq!(value["no"], 7);
        assert!(Uuid::parse_str(value["id"].as_str().unwrap()).is_ok());
    }

    #[test]
    fn each_line_serves_once() {
        let lines: Arc<[String]> = Arc::new(["a".to_owned(), "b".to_owned()]);
        let template = Template::new("/{next}?{n}", lines.clone());
        let mut out = Vec::new();
        (0..3).for_each(|n| template.render(n, &mut out));
        assert_eq!(out, b"/a?0/b?1/?2");
        assert_eq!((template.most(), Template::new("/{line}", lines).most()), (Some(2), None));
    }
}
