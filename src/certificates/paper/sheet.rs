//! The surface of a sheet: lines of text, rules and shapes in a few colours.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;

use super::typeface::Typeface;

/// Points across an A4 sheet that lies on its side, and down.
pub(super) const WIDTH: f32 = 841.89;
pub(super) const HEIGHT: f32 = 595.28;

/// Red, green, blue.
pub(super) type Colour = (u8, u8, u8);

/// Deep sea green, for what is read first.
pub(super) const DEEP: Colour = (15, 61, 62);
/// Old gold, for ornament.
pub(super) const GOLD: Colour = (168, 126, 54);
/// Ink.
pub(super) const INK: Colour = (38, 42, 46);
/// Ink of what is said by the way.
pub(super) const SOFT: Colour = (98, 98, 92);
/// Red of a stamp.
pub(super) const STAMP: Colour = (176, 32, 40);

fn colour((red, green, blue): Colour) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

/// A surface on which one draws.
pub(super) struct Sheet<'a, 'b> {
    pub surface: &'a mut Surface<'b>,
}

/// How a line of text looks.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub face: &'a Typeface,
    pub size: f32,
    pub colour: Colour,
    pub tracking: f32,
}

impl<'a> Look<'a> {
    pub(super) fn new(face: &'a Typeface, size: f32, colour: Colour) -> Self {
        Self { face, size, colour, tracking: 0.0 }
    }

    pub(super) fn tracked(self, tracking: f32) -> Self {
        Self { tracking, ..self }
    }
}

impl Sheet<'_, '_> {
    /// Writes a line around `x`.
    pub(super) fn centred(&mut self, x: f32, baseline: f32, text: &str, look: Look) {
        let line = look.face.set(text, look.size, look.tracking);
        self.write(x - line.width / 2.0, baseline, text, look);
    }

    /// Writes a line from `x` on.
    pub(super) fn write(&mut self, x: f32, baseline: f32, text: &str, look: Look) {
        let line = look.face.set(text, look.size, look.tracking);
        self.fill_with(look.colour, 1.0);
        let font = look.face.font.clone();
        self.surface.draw_glyphs(Point::from_xy(x, baseline), &line.glyphs, font, &line.text, look.size, false);
    }

    fn fill_with(&mut self, of: Colour, opacity: f32) {
        self.surface.set_stroke(None);
        let opacity = NormalizedF32::new(opacity).unwrap_or(NormalizedF32::ONE);
        self.surface.set_fill(Some(Fill { paint: colour(of).into(), opacity, ..Fill::default() }));
    }

    fn stroke_with(&mut self, of: Colour, width: f32, opacity: f32) {
        self.surface.set_fill(None);
        let opacity = NormalizedF32::new(opacity).unwrap_or(NormalizedF32::ONE);
        self.surface.set_stroke(Some(Stroke { paint: colour(of).into(), width, opacity, ..Stroke::default() }));
    }

    /// Fills a shape.
    pub(super) fn fill(&mut self, path: Option<&Path>, of: Colour, opacity: f32) {
        if let Some(path) = path {
            self.fill_with(of, opacity);
            self.surface.draw_path(path);
        }
    }

    /// Draws a shape's outline.
    pub(super) fn outline(&mut self, path: Option<&Path>, of: Colour, width: f32, opacity: f32) {
        if let Some(path) = path {
            self.stroke_with(of, width, opacity);
            self.surface.draw_path(path);
        }
    }

    /// Draws a straight line across.
    pub(super) fn rule(&mut self, from: f32, until: f32, y: f32, of: Colour, width: f32) {
        let mut path = PathBuilder::new();
        path.move_to(from, y);
        path.line_to(until, y);
        self.outline(path.finish().as_ref(), of, width, 1.0);
    }
}

/// A rectangle that stays this far from the sheet's edge.
pub(super) fn inset(by: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_ltrb(by, by, WIDTH - by, HEIGHT - by)?);
    path.finish()
}

/// A closed line through these points.
pub(super) fn polygon(points: impl IntoIterator<Item = (f32, f32)>) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (index, (x, y)) in points.into_iter().enumerate() {
        if index == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    path.close();
    path.finish()
}
