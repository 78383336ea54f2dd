//! Ornament: a frame of pucuk rebung, the bamboo shoots of the songket woven in Sambas, and a seal with an open book.

use std::f32::consts::TAU;

use krilla::geom::{Path, PathBuilder};

use super::sheet::{DEEP, GOLD, HEIGHT, Sheet, WIDTH, inset, polygon};

/// Where the band of shoots lies, from the sheet's edge.
const BAND: (f32, f32) = (27.0, 39.0);

/// Draws the frame.
pub(super) fn frame(sheet: &mut Sheet) {
    sheet.outline(inset(22.0).as_ref(), DEEP, 2.4, 1.0);
    sheet.outline(inset(BAND.0).as_ref(), GOLD, 0.6, 1.0);
    sheet.outline(inset(BAND.1).as_ref(), GOLD, 0.6, 1.0);
    let inner = (BAND.1, BAND.1, WIDTH - BAND.1, HEIGHT - BAND.1);
    let across = shoots(inner.2 - inner.0);
    let down = shoots(inner.3 - inner.1);
    for turn in 0..across.1 {
        let from = inner.0 + f32::from(turn) * across.0;
        shoot(sheet, (from, BAND.0), (across.0, 0.0), (0.0, 1.0));
        shoot(sheet, (from, HEIGHT - BAND.0), (across.0, 0.0), (0.0, -1.0));
    }
    for turn in 0..down.1 {
        let from = inner.1 + f32::from(turn) * down.0;
        shoot(sheet, (BAND.0, from), (0.0, down.0), (1.0, 0.0));
        shoot(sheet, (WIDTH - BAND.0, from), (0.0, down.0), (-1.0, 0.0));
    }
    let middle = f32::midpoint(BAND.0, BAND.1);
    for x in [middle, WIDTH - middle] {
        for y in [middle, HEIGHT - middle] {
            star(sheet, x, y);
        }
    }
    sheet.outline(inset(46.0).as_ref(), DEEP, 0.5, 0.55);
}

/// How wide a shoot is, and how many fill this length.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dozen")]
fn shoots(length: f32) -> (f32, u16) {
    let count = (length / 11.0).round();
    (length / count, count as u16)
}

/// A shoot: a slender triangle that grows from the outer line of the band, with a smaller one in it.
fn shoot(sheet: &mut Sheet, (x, y): (f32, f32), (along_x, along_y): (f32, f32), (up_x, up_y): (f32, f32)) {
    let height = BAND.1 - BAND.0 - 1.6;
    let corner = |share: f32, rise: f32| (x + along_x * share + up_x * rise, y + along_y * share + up_y * rise);
    let outer = polygon([corner(0.0, 0.0), corner(1.0, 0.0), corner(0.5, height)]);
    let inner = polygon([corner(0.28, 0.0), corner(0.72, 0.0), corner(0.5, height * 0.52)]);
    sheet.fill(outer.as_ref(), GOLD, 0.9);
    sheet.fill(inner.as_ref(), DEEP, 1.0);
}

/// A star of eight points for the corners.
fn star(sheet: &mut Sheet, x: f32, y: f32) {
    let points = (0_u8..16).map(|turn| {
        let radius = if turn % 2 == 0 { 5.4 } else { 2.3 };
        let angle = f32::from(turn) * TAU / 16.0;
        (x + radius * angle.cos(), y + radius * angle.sin())
    });
    sheet.fill(polygon(points).as_ref(), DEEP, 1.0);
}

/// A lozenge between two thin rules.
pub(super) fn divider(sheet: &mut Sheet, x: f32, y: f32, reach: f32) {
    sheet.rule(x - reach, x - 9.0, y, GOLD, 0.7);
    sheet.rule(x + 9.0, x + reach, y, GOLD, 0.7);
    let lozenge = polygon([(x - 5.0, y), (x, y - 3.2), (x + 5.0, y), (x, y + 3.2)]);
    sheet.fill(lozenge.as_ref(), GOLD, 1.0);
}

/// Fine interlaced lines, as banknotes have them, behind the text.
pub(super) fn guilloche(sheet: &mut Sheet, x: f32, y: f32) {
    for turn in 0_u8..12 {
        let phase = f32::from(turn) * TAU / 12.0;
        let curve = (0_u16..=240).map(|step| {
            let angle = f32::from(step) * TAU / 240.0;
            let radius = 150.0 + 34.0 * (6.0 * angle + phase).sin();
            (x + 1.55 * radius * angle.cos(), y + 0.92 * radius * angle.sin())
        });
        sheet.outline(polygon(curve).as_ref(), GOLD, 0.35, 0.20);
    }
}

/// The seal: a rosette with an open book.
pub(super) fn seal(sheet: &mut Sheet, x: f32, y: f32) {
    let petals = (0_u16..=360).map(|step| {
        let angle = f32::from(step) * TAU / 360.0;
        let radius = 35.0 + 1.7 * (24.0 * angle).cos();
        (x + radius * angle.cos(), y + radius * angle.sin())
    });
    sheet.fill(polygon(petals).as_ref(), GOLD, 1.0);
    sheet.fill(circle(x, y, 30.4).as_ref(), (255, 253, 247), 1.0);
    sheet.outline(circle(x, y, 28.6).as_ref(), GOLD, 0.5, 1.0);
    for turn in 0_u8..8 {
        let phase = f32::from(turn) * TAU / 8.0;
        let curve = (0_u16..=240).map(|step| {
            let angle = f32::from(step) * TAU / 240.0;
            let radius = 25.0 + 2.6 * (9.0 * angle + phase).sin();
            (x + radius * angle.cos(), y + radius * angle.sin())
        });
        sheet.outline(polygon(curve).as_ref(), GOLD, 0.3, 0.8);
    }
    sheet.fill(circle(x, y, 20.6).as_ref(), DEEP, 1.0);
    book(sheet, x, y);
}

fn book(sheet: &mut Sheet, x: f32, y: f32) {
    for side in [-1.0, 1.0] {
        let mut page = PathBuilder::new();
        page.move_to(x + side * 0.7, y - 5.4);
        page.cubic_to(x + side * 4.0, y - 8.6, x + side * 9.0, y - 8.4, x + side * 13.2, y - 6.4);
        page.line_to(x + side * 13.2, y + 6.0);
        page.cubic_to(x + side * 9.0, y + 4.0, x + side * 4.0, y + 3.8, x + side * 0.7, y + 7.4);
        page.close();
        sheet.fill(page.finish().as_ref(), (255, 253, 247), 1.0);
        for line in [-3.4_f32, -0.4, 2.6] {
            let mut text = PathBuilder::new();
            text.move_to(x + side * 2.8, y + line - 0.9);
            text.cubic_to(
                x + side * 5.0,
                y + line - 2.5,
                x + side * 8.5,
                y + line - 2.3,
                x + side * 11.2,
                y + line - 1.2,
            );
            sheet.outline(text.finish().as_ref(), DEEP, 0.7, 0.8);
        }
    }
}

/// How far the handles of a quarter of a circle reach.
const HANDLE: f32 = 0.552_284_8;

fn circle(x: f32, y: f32, radius: f32) -> Option<Path> {
    let handle = radius * HANDLE;
    let mut path = PathBuilder::new();
    path.move_to(x + radius, y);
    path.cubic_to(x + radius, y + handle, x + handle, y + radius, x, y + radius);
    path.cubic_to(x - handle, y + radius, x - radius, y + handle, x - radius, y);
    path.cubic_to(x - radius, y - handle, x - handle, y - radius, x, y - radius);
    path.cubic_to(x + handle, y - radius, x + radius, y - handle, x + radius, y);
    path.close();
    path.finish()
}
