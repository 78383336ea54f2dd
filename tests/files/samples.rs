//! Files as people have them, and as those make them who mean harm.

use std::io::{Cursor, Write};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub const PDF: &str = "application/pdf";
pub const PNG: &str = "image/png";
pub const JPEG: &str = "image/jpeg";
pub const WEBP: &str = "image/webp";
pub const CSV: &str = "text/csv";
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A document with something in its middle.
pub fn pdf(middle: &str) -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog {middle} >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
    )
    .into_bytes()
}

/// A small picture, wider than high, red on its left.
pub fn picture(format: ImageFormat) -> Vec<u8> {
    let red = |x, _| if x < 16 { Rgb([250, 10, 10]) } else { Rgb([10, 10, 250]) };
    let mut bytes = Vec::new();
    let picture = DynamicImage::from(RgbImage::from_fn(32, 16, red));
    picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// What a camera writes beside a picture: that it was held upright, and where.
const EXIF: &[u8] =
    b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPSLatitude 0.9 GPSLongitude 108.98";

/// A photograph with such notes.
pub fn photograph() -> Vec<u8> {
    let mut bytes = picture(ImageFormat::Jpeg);
    let notes = [b"Exif\0\0", EXIF].concat();
    let length = u16::try_from(notes.len() + 2).unwrap().to_be_bytes();
    bytes.splice(2..2, [b"\xff\xe1", &length[..], &notes].concat());
    bytes
}

/// A part of a PNG file.
pub fn png_part(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let named = [&name[..], content].concat();
    let mut sum = flate2::Crc::new();
    sum.update(&named);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length[..], &named, &sum.sum().to_be_bytes()].concat()
}

/// A PNG picture with a text in it, and a page behind its end.
pub fn png_with_more() -> Vec<u8> {
    let mut bytes = picture(ImageFormat::Png);
    bytes.splice(33..33, png_part(*b"tEXt", b"Comment\0taken at home"));
    bytes.extend_from_slice(b"<script>alert(1)</script>");
    bytes
}

/// A PNG picture that says that it is enormous.
pub fn enormous_png() -> Vec<u8> {
    let side = 16_000_u32.to_be_bytes();
    let head = [&side[..], &side, &[8, 2, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n", &png_part(*b"IHDR", &head)[..], &png_part(*b"IDAT", &[]), &png_part(*b"IEND", &[])].concat()
}

/// A WebP picture with notes of the camera.
pub fn webp_with_notes() -> Vec<u8> {
    let plain = picture(ImageFormat::WebP);
    let part = |name: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap().to_le_bytes();
        let fill = vec![0; content.len() % 2];
        [&name[..], &length, content, &fill].concat()
    };
    let extended = part(b"VP8X", &[0x08, 0, 0, 0, 31, 0, 0, 15, 0, 0]);
    let notes = part(b"EXIF", b"GPSLatitude 0.9");
    let body = [b"WEBP", &extended[..], &plain[12..], &notes].concat();
    [b"RIFF", &u32::try_from(body.len()).unwrap().to_le_bytes()[..], &body].concat()
}

/// An archive of these parts.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const WORD_TYPES: &[u8] = br#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const EXCEL_TYPES: &[u8] = br#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;

/// A document of a word processor with more parts.
pub fn docx(more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts = vec![("[Content_Types].xml", WORD_TYPES), ("word/document.xml", &b"<w:document/>"[..])];
    parts.extend_from_slice(more);
    archive(&parts)
}

/// A workbook.
pub fn xlsx() -> Vec<u8> {
    archive(&[("[Content_Types].xml", EXCEL_TYPES), ("xl/workbook.xml", b"<workbook/>")])
}

/// The same with another name of one part, of the same length: writers of archives refuse to write such.
pub fn renamed(mut archive: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    for start in 0..=archive.len() - from.len() {
        if &archive[start..start + from.len()] == from.as_bytes() {
            archive[start..start + from.len()].copy_from_slice(to.as_bytes());
        }
    }
    archive
}
