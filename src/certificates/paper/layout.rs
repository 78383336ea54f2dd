//! What stands where on a sheet.

use krilla::action::{Action, LinkAction};
use krilla::annotation::{LinkAnnotation, Target};
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::geom::{Path, PathBuilder, Rect, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};
use qrcode::{Color, EcLevel, QrCode};

use super::Paper;
use super::ornament;
use super::sheet::{Colour, DEEP, GOLD, HEIGHT, INK, Look, SOFT, STAMP, Sheet, WIDTH, polygon};
use super::typeface::{Typeface, Typefaces};
use crate::kernel::error::{Error, Result};

const MIDDLE: f32 = WIDTH / 2.0;
/// How wide a line of the text may be.
const MEASURE: f32 = 640.0;
/// The left edge, upper edge and size of the QR code, without its quiet zone.
const QR: (f32, f32, f32) = (76.0, 426.0, 84.0);
/// The middle of the signature.
const SIGNATURE: f32 = 672.0;

/// Draws a sheet as PDF, fit for archives (PDF/A-2b) unless a name has letters that the fonts lack.
pub(crate) fn draw(paper: &Paper) -> Result<Vec<u8>> {
    let archival = ConfigurationBuilder::new().with_archival_validator(Archival::A2_B).finish();
    let configuration = archival.map_err(|error| Error::internal(format!("{error:?}")))?;
    match drawn(paper, SerializeSettings { configuration, ..SerializeSettings::default() }) {
        Ok(sheet) => Ok(sheet),
        Err(_) => drawn(paper, SerializeSettings::default()),
    }
}

fn drawn(paper: &Paper, settings: SerializeSettings) -> Result<Vec<u8>> {
    let mut document = Document::new_with(settings);
    document.set_metadata(metadata(paper));
    let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| Error::internal("a sheet has a size"))?;
    let faces = Typefaces::load()?;
    let mut page = document.start_page_with(size);
    let mut surface = page.surface();
    let mut sheet = Sheet { surface: &mut surface };
    ornament::guilloche(&mut sheet, MIDDLE, 318.0);
    ornament::frame(&mut sheet);
    head(&mut sheet, &faces, paper);
    body(&mut sheet, &faces, paper);
    code(&mut sheet, &faces, paper)?;
    ornament::seal(&mut sheet, MIDDLE, 478.0);
    signature(&mut sheet, &faces, paper);
    if paper.is_revoked {
        stamp(&mut sheet, &faces);
    }
    surface.finish();
    if let Some(place) = Rect::from_xywh(QR.0, QR.1, QR.2, QR.2) {
        let target = Target::Action(Action::Link(LinkAction::new(paper.address_of_verification.to_owned())));
        page.add_annotation(LinkAnnotation::new(place, target).into());
    }
    page.finish();
    document.finish().map_err(|error| Error::internal(format!("{error:?}")))
}

fn metadata(paper: &Paper) -> Metadata {
    let (year, month, day) = paper.issued_on;
    Metadata::new()
        .title(format!("Sertifikat {} – {}", paper.number, paper.recipient))
        .authors(vec![paper.organiser.to_owned()])
        .description(paper.title.to_owned())
        .creator("Bina Pustaka".to_owned())
        .language("id".to_owned())
        .creation_date(DateTime::new(year).month(month).day(day))
        .document_id(paper.document_id.clone())
}

fn head(sheet: &mut Sheet, faces: &Typefaces, paper: &Paper) {
    let lines = paper.letterhead.iter().take(3);
    let mut baseline = 74.0;
    for line in lines {
        let look = Look::new(&faces.regular, faces.regular.fit(line, (10.5, 7.0), MEASURE - 120.0), SOFT).tracked(0.08);
        sheet.centred(MIDDLE, baseline, line, look);
        baseline += 14.0;
    }
    let size = faces.semi_bold.fit(paper.organiser, (19.0, 10.0), MEASURE);
    baseline += 7.0;
    sheet.centred(MIDDLE, baseline, paper.organiser, Look::new(&faces.semi_bold, size, DEEP).tracked(0.02));
    if let Some(address) = &paper.address {
        baseline += 14.0;
        let look = Look::new(&faces.italic, faces.italic.fit(address, (10.0, 7.0), MEASURE), SOFT);
        sheet.centred(MIDDLE, baseline, address, look);
    }
    ornament::divider(sheet, MIDDLE, baseline + 14.0, 150.0);
}

fn body(sheet: &mut Sheet, faces: &Typefaces, paper: &Paper) {
    sheet.centred(MIDDLE, 196.0, "SERTIFIKAT", Look::new(&faces.semi_bold, 46.0, DEEP).tracked(0.16));
    sheet.centred(MIDDLE, 214.0, "CERTIFICATE OF COMPLETION", Look::new(&faces.regular, 10.0, GOLD).tracked(0.28));
    let number = format!("Nomor {}", paper.number);
    sheet.centred(MIDDLE, 233.0, &number, Look::new(&faces.regular, 11.0, SOFT).tracked(0.03));
    bilingual(sheet, faces, 256.0, "diberikan kepada", "is awarded to");
    let size = faces.semi_bold.fit(paper.recipient, (36.0, 14.0), MEASURE);
    sheet.centred(MIDDLE, 294.0, paper.recipient, Look::new(&faces.semi_bold, size, INK));
    sheet.rule(MIDDLE - 190.0, MIDDLE + 190.0, 305.0, GOLD, 0.8);
    bilingual(sheet, faces, 323.0, "yang telah menyelesaikan", "for having completed");
    let (title, size) = fitted(&faces.semi_bold, paper.title, &[21.0, 18.0, 15.0, 12.5], 2);
    let mut baseline = if title.len() > 1 { 343.0 } else { 348.0 };
    for line in &title {
        sheet.centred(MIDDLE, baseline, line, Look::new(&faces.semi_bold, size, DEEP));
        baseline += size * 1.12;
    }
    baseline += 19.0 - size * 1.12;
    let [id, en] = &paper.dates;
    let [id_hours, en_hours] = paper.hours.as_ref().map_or_else(Default::default, |[id, en]| {
        [format!("  ·  {id} jam pelajaran (JP)"), format!("  ·  {en} credit hours")]
    });
    let said = format!("{id}{id_hours}");
    sheet.centred(MIDDLE, baseline, &said, Look::new(&faces.regular, 12.5, INK));
    let said = format!("{en}{en_hours}");
    sheet.centred(MIDDLE, baseline + 13.5, &said, Look::new(&faces.italic, 10.5, SOFT));
    competencies(sheet, faces, paper, baseline + 30.0);
}

fn competencies(sheet: &mut Sheet, faces: &Typefaces, paper: &Paper, first: f32) {
    let said = paper.competencies.join("  ·  ");
    if said.is_empty() {
        return;
    }
    let (lines, size) = fitted(&faces.regular, &said, &[10.0, 9.0, 8.0, 7.0], 2);
    for (index, line) in (0_u8..).zip(&lines) {
        let look = Look::new(&faces.regular, size, SOFT);
        sheet.centred(MIDDLE, first + f32::from(index) * size * 1.2, line, look);
    }
}

/// The largest size at which a text needs at most so many lines; at the smallest the rest is cut.
fn fitted(face: &Typeface, text: &str, sizes: &[f32], most: usize) -> (Vec<String>, f32) {
    let mut found = (Vec::new(), 10.0);
    for size in sizes {
        found = (face.wrap(text, *size, MEASURE), *size);
        if found.0.len() <= most {
            return found;
        }
    }
    found.0.truncate(most);
    if let Some(last) = found.0.last_mut() {
        last.push('…');
    }
    found
}

fn bilingual(sheet: &mut Sheet, faces: &Typefaces, baseline: f32, id: &str, en: &str) {
    let (left, right) = (format!("{id}  "), format!("/  {en}"));
    let first = Look::new(&faces.italic, 12.0, INK);
    let second = Look::new(&faces.italic, 12.0, SOFT);
    let (one, other) = (faces.italic.set(&left, 12.0, 0.0).width, faces.italic.set(&right, 12.0, 0.0).width);
    let from = MIDDLE - f32::midpoint(one, other);
    sheet.write(from, baseline, &left, first);
    sheet.write(from + one, baseline, &right, second);
}

fn code(sheet: &mut Sheet, faces: &Typefaces, paper: &Paper) -> Result<()> {
    let (left, top, size) = QR;
    let code =
        QrCode::with_error_correction_level(paper.address_of_verification, EcLevel::M).map_err(Error::internal)?;
    sheet.fill(modules(&code, left, top, size).as_ref(), DEEP, 1.0);
    let x = left + size + 12.0;
    sheet.write(x, top + 12.0, "Pindai untuk memeriksa keasliannya", Look::new(&faces.regular, 9.0, INK));
    sheet.write(x, top + 23.0, "Scan to verify", Look::new(&faces.italic, 9.0, SOFT));
    let (groups, rest) = paper.code.split_at_checked(20).unwrap_or((paper.code, ""));
    let look = Look::new(&faces.semi_bold, 9.5, DEEP).tracked(0.06);
    sheet.write(x, top + 45.0, groups.trim_end_matches('-'), look);
    sheet.write(x, top + 57.0, rest, look);
    let address = paper.address_of_verification.rsplit_once('/').map_or("", |(address, _)| address);
    let host = address.trim_start_matches("https://").trim_start_matches("http://");
    sheet.write(x, top + 80.0, host, Look::new(&faces.regular, faces.regular.fit(host, (8.0, 5.0), 170.0), SOFT));
    Ok(())
}

/// The dark modules of a QR code, each run of a row as one rectangle.
#[expect(clippy::cast_precision_loss, reason = "a QR code has at most 177 modules a side")]
fn modules(code: &QrCode, left: f32, top: f32, size: f32) -> Option<Path> {
    let width = code.width();
    let module = size / width as f32;
    let mut path = PathBuilder::new();
    for (row, colours) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in colours.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                let (x, y) = (left + column as f32 * module, top + row as f32 * module);
                path.push_rect(Rect::from_xywh(x, y, run.len() as f32 * module, module)?);
            }
            column += run.len();
        }
    }
    path.finish()
}

fn signature(sheet: &mut Sheet, faces: &Typefaces, paper: &Paper) {
    let [name, position, number] = paper.signatory;
    sheet.centred(SIGNATURE, 437.0, &paper.signed, Look::new(&faces.regular, 11.0, INK));
    if let Some(position) = position {
        let look = Look::new(&faces.regular, faces.regular.fit(position, (11.0, 7.0), 220.0), INK);
        sheet.centred(SIGNATURE, 451.0, position, look);
    }
    if let Some(name) = name {
        let size = faces.semi_bold.fit(name, (12.5, 8.0), 220.0);
        sheet.centred(SIGNATURE, 503.0, name, Look::new(&faces.semi_bold, size, INK));
        sheet.rule(SIGNATURE - 92.0, SIGNATURE + 92.0, 508.0, GOLD, 0.7);
    }
    if let Some(number) = number {
        sheet.centred(SIGNATURE, 521.0, &format!("NIP {number}"), Look::new(&faces.regular, 10.0, SOFT));
    }
}

fn stamp(sheet: &mut Sheet, faces: &Typefaces) {
    let (width, height) = (420.0, 92.0);
    sheet.surface.push_transform(&Transform::from_rotate_at(-16.0, MIDDLE, 300.0));
    let frame = |by: f32| {
        let (x, y) = (MIDDLE - width / 2.0 + by, 300.0 - height / 2.0 + by);
        let (right, bottom) = (MIDDLE + width / 2.0 - by, 300.0 + height / 2.0 - by);
        polygon([(x, y), (right, y), (right, bottom), (x, bottom)])
    };
    sheet.outline(frame(0.0).as_ref(), STAMP, 3.2, 0.85);
    sheet.outline(frame(6.0).as_ref(), STAMP, 1.0, 0.85);
    let red: Colour = STAMP;
    sheet.centred(MIDDLE, 312.0, "DICABUT", Look::new(&faces.semi_bold, 54.0, red).tracked(0.18));
    sheet.centred(MIDDLE, 333.0, "REVOKED", Look::new(&faces.regular, 15.0, red).tracked(0.5));
    sheet.surface.pop();
}
