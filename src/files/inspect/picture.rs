//! Pictures: opened within bounds, turned as their camera held them, and drawn anew.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits};

use super::{OTHER_CONTENT, TOO_MUCH_INSIDE, UNREADABLE_CONTENT};
use crate::files::entity::MediaType;
use crate::kernel::validation::Fault;

/// The longest side.
const LONGEST_SIDE: u32 = 16_384;
/// The most bytes of an open picture: 50 megapixels in colour, and somewhat more than any camera or scanner of the house makes.
const MOST_OPEN: u64 = 200 * 1024 * 1024;
/// The most bytes of what is kept.
const MOST_KEPT: usize = 32 * 1024 * 1024;
/// JPEG's usual quality for photographs: nobody sees the difference.
const QUALITY: u8 = 88;

/// The picture, and nothing else of the file.
pub(super) fn redraw(media_type: MediaType, content: &[u8]) -> Result<Vec<u8>, &'static Fault> {
    let (format, fits) = match media_type {
        MediaType::Png => (ImageFormat::Png, content.starts_with(b"\x89PNG\r\n\x1a\n")),
        MediaType::Jpeg => (ImageFormat::Jpeg, content.starts_with(b"\xff\xd8\xff")),
        _ => (ImageFormat::WebP, content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP")),
    };
    if !fits {
        return Err(&OTHER_CONTENT);
    }
    let mut reader = ImageReader::with_format(Cursor::new(content), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(2 * MOST_OPEN);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| fault(&error))?;
    if decoder.total_bytes() > MOST_OPEN {
        return Err(&TOO_MUCH_INSIDE);
    }
    // A camera writes down how it was held; with the note gone the picture itself has to stand upright.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    picture.apply_orientation(orientation);
    let stripped = (format == ImageFormat::WebP && orientation == Orientation::NoTransforms).then(|| strip(content));
    let kept = match stripped.flatten() {
        Some(kept) => kept,
        None => draw(&picture, format).map_err(|error| fault(&error))?,
    };
    if kept.len() > MOST_KEPT { Err(&TOO_MUCH_INSIDE) } else { Ok(kept) }
}

fn fault(error: &image::ImageError) -> &'static Fault {
    if matches!(error, image::ImageError::Limits(_)) { &TOO_MUCH_INSIDE } else { &UNREADABLE_CONTENT }
}

fn draw(picture: &DynamicImage, format: ImageFormat) -> ImageResult<Vec<u8>> {
    let mut drawn = Vec::new();
    match format {
        ImageFormat::Png => picture.write_with_encoder(PngEncoder::new(&mut drawn))?,
        ImageFormat::Jpeg => picture.write_with_encoder(JpegEncoder::new_with_quality(&mut drawn, QUALITY))?,
        // WebP knows but two kinds of pixels.
        _ if picture.color().has_alpha() => {
            DynamicImage::from(picture.to_rgba8()).write_with_encoder(WebPEncoder::new_lossless(&mut drawn))?;
        }
        _ => DynamicImage::from(picture.to_rgb8()).write_with_encoder(WebPEncoder::new_lossless(&mut drawn))?,
    }
    Ok(drawn)
}

/// The parts of a WebP file that are the image.
const IMAGE_PARTS: [&[u8]; 4] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH"];
/// The marks in `VP8X` of parts that are left out: colour profile, EXIF, XMP; and of animation.
const LEFT_OUT: u8 = 0x20 | 0x08 | 0x04;
const ANIMATED: u8 = 0x02;

/// A still WebP picture without what is not the image. Drawing it anew would make it many times as large, for only the form without loss
/// can be drawn here. Nothing for what moves.
fn strip(content: &[u8]) -> Option<Vec<u8>> {
    let mut kept = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut rest = content.get(12..)?;
    while rest.len() >= 8 {
        let (head, behind) = rest.split_at(8);
        let (name, length) = head.split_at(4);
        let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
        let part = behind.get(..length)?;
        if IMAGE_PARTS.contains(&name) {
            kept.extend_from_slice(head);
            let start = kept.len();
            kept.extend_from_slice(part);
            if name == b"VP8X" {
                let marks = kept.get_mut(start)?;
                if *marks & ANIMATED != 0 {
                    return None;
                }
                *marks &= !LEFT_OUT;
            }
            kept.resize(kept.len() + length % 2, 0);
        }
        rest = behind.get(length + length % 2..).unwrap_or_default();
    }
    let size = u32::try_from(kept.len() - 8).ok()?.to_le_bytes();
    kept.get_mut(4..8)?.copy_from_slice(&size);
    Some(kept)
}
