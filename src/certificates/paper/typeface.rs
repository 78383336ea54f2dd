//! Letters: their shapes come from the fonts in the binary, their places from the shaper.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Face, UnicodeBuffer};

use crate::kernel::error::{Error, Result};

const REGULAR: &[u8] = include_bytes!("../../../data/fonts/EBGaramond-Regular.ttf");
const ITALIC: &[u8] = include_bytes!("../../../data/fonts/EBGaramond-Italic.ttf");
const SEMI_BOLD: &[u8] = include_bytes!("../../../data/fonts/EBGaramond-SemiBold.ttf");

/// The typefaces of a sheet.
pub(super) struct Typefaces {
    pub regular: Typeface,
    pub italic: Typeface,
    pub semi_bold: Typeface,
}

impl Typefaces {
    pub(super) fn load() -> Result<Self> {
        Ok(Self {
            regular: Typeface::load(REGULAR)?,
            italic: Typeface::load(ITALIC)?,
            semi_bold: Typeface::load(SEMI_BOLD)?,
        })
    }
}

/// A typeface.
pub(super) struct Typeface {
    pub font: Font,
    face: Face<'static>,
}

/// A line of text, set.
pub(super) struct Line {
    pub glyphs: Vec<KrillaGlyph>,
    pub width: f32,
    pub text: String,
}

impl Typeface {
    fn load(data: &'static [u8]) -> Result<Self> {
        let font = Font::new(data.into(), 0).ok_or_else(|| Error::internal("a font cannot be read"))?;
        let face = Face::from_slice(data, 0).ok_or_else(|| Error::internal("a font cannot be read"))?;
        Ok(Self { font, face })
    }

    /// Sets a line; `tracking` is the space between letters, as a share of the size.
    #[expect(clippy::cast_precision_loss, reason = "font units are far below 2^23")]
    pub(super) fn set(&self, text: &str, size: f32, tracking: f32) -> Line {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        let shaped = rustybuzz::shape(&self.face, &[], buffer);
        let em = self.face.units_per_em() as f32;
        let infos = shaped.glyph_infos();
        let mut glyphs = Vec::with_capacity(infos.len());
        let mut width = 0.0;
        for (index, (info, position)) in infos.iter().zip(shaped.glyph_positions()).enumerate() {
            let from = info.cluster as usize;
            let following = infos.get(index + 1..).unwrap_or_default().iter().map(|info| info.cluster as usize);
            let until = following.into_iter().find(|next| *next > from).unwrap_or(text.len());
            let last = index + 1 == infos.len();
            let advance = position.x_advance as f32 / em + if last { 0.0 } else { tracking };
            width += advance * size;
            glyphs.push(KrillaGlyph {
                glyph_id: GlyphId::new(info.glyph_id),
                text_range: from..until,
                x_advance: advance,
                x_offset: position.x_offset as f32 / em,
                y_offset: position.y_offset as f32 / em,
                y_advance: 0.0,
                location: None,
            });
        }
        Line { glyphs, width, text: text.to_owned() }
    }

    /// The largest of the sizes at which a text fits the width, down to `least`.
    pub(super) fn fit(&self, text: &str, sizes: (f32, f32), width: f32) -> f32 {
        let (largest, least) = sizes;
        let needed = self.set(text, largest, 0.0).width;
        if needed <= width { largest } else { (largest * width / needed).max(least) }
    }

    /// Breaks a text into lines of this width, as even as they can be; words longer than a line are broken anywhere.
    pub(super) fn wrap(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let words: Vec<(String, f32)> = text
            .split_whitespace()
            .flat_map(|word| self.chopped(word, size, width))
            .map(|word| {
                let wide = self.set(&word, size, 0.0).width;
                (word, wide)
            })
            .collect();
        let space = self.set(" ", size, 0.0).width;
        let count = broken(&words, space, width).len();
        // The narrowest measure that needs no more lines.
        let (mut narrow, mut wide) = (width / 2.0, width);
        for _ in 0..8 {
            let middle = f32::midpoint(narrow, wide);
            if broken(&words, space, middle).len() > count { narrow = middle } else { wide = middle }
        }
        broken(&words, space, wide)
    }

    /// A word in pieces that fit the width.
    fn chopped(&self, word: &str, size: f32, width: f32) -> Vec<String> {
        if self.set(word, size, 0.0).width <= width {
            return vec![word.to_owned()];
        }
        let mut parts = vec![String::new()];
        for letter in word.chars() {
            let longer = format!("{}{letter}", parts.last().map_or("", String::as_str));
            if longer.chars().count() > 1 && self.set(&longer, size, 0.0).width > width {
                parts.push(letter.to_string());
            } else {
                parts.pop();
                parts.push(longer);
            }
        }
        parts
    }
}

/// Words in lines of this width, each as full as it can be.
fn broken(words: &[(String, f32)], space: f32, width: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut taken = f32::INFINITY;
    for (word, wide) in words {
        match lines.last_mut() {
            Some(line) if taken + space + wide <= width => {
                line.push(' ');
                line.push_str(word);
                taken += space + wide;
            }
            _ => {
                lines.push(word.clone());
                taken = *wide;
            }
        }
    }
    lines
}
