use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{TOO_MUCH_INSIDE, UNREADABLE_CONTENT, inspect};
use crate::files::entity::MediaType;

/// An archive whose list says that a large part is small.
#[test]
fn an_archive_that_lies_about_its_size_is_not_read_beyond_the_bound() -> Result<(), Box<dyn std::error::Error>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .start_file("word/a.bin", SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated))?;
    let zeros = vec![0; 1024 * 1024];
    for _ in 0..101 {
        writer.write_all(&zeros)?;
    }
    let mut bytes = writer.finish()?.into_inner();
    let told = (101_u32 * 1024 * 1024).to_le_bytes();
    let places: Vec<_> = bytes.windows(4).enumerate().filter(|(_, four)| *four == told).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes.splice(at..at + 4, 1_000_u32.to_le_bytes());
    }
    let refused = inspect(MediaType::Docx, &bytes);
    assert!(matches!(refused, Err(fault) if *fault == TOO_MUCH_INSIDE || *fault == UNREADABLE_CONTENT));
    Ok(())
}
