//! The content of a file: it comes once, is looked through, and never changes.
//!
//! It is written to the store before the transaction that makes the file available, so a file that is available has its content.
//! What was written for a transaction that failed is cleared away later.

use actix_web::web::Bytes;
use data_encoding::HEXLOWER;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, IntoActiveModel, QueryFilter};
use tokio::sync::Semaphore;
use utoipa::ToSchema;
use uuid::Uuid;

use super::dto::File;
use super::entity::{Column, Entity, FileStatus, MediaType, Model};
use super::inspect;
use super::service::{discard, owned, readable};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::download::{Cut, Download, Wanted};
use crate::kernel::error::{Error, NOT_FOUND, Refusal, Result};
use crate::kernel::imports::FileFormat;
use crate::kernel::policy::Access;
use crate::kernel::secret::sha256;
use crate::kernel::store::new_key;
use crate::kernel::validation::{Fault, Violation};

/// The content was given, or was refused for good.
pub const CONTENT_GIVEN: Refusal = Refusal {
    code: "content_given",
    status: 409,
    id: "Isi berkas ini sudah pernah dikirim; umumkan berkas baru",
    en: "The content of this file was sent before; announce another file",
};

/// More or fewer bytes came than were announced.
pub const OTHER_SIZE: Fault = Fault {
    code: "other_size",
    id: "Ukurannya {found} byte, padahal diumumkan {announced}",
    en: "It has {found} bytes, and {announced} were announced",
};

/// Content of another type came than was announced.
pub const OTHER_TYPE: Fault = Fault {
    code: "other_type",
    id: "Jenis isinya diumumkan {announced}; kirim dengan jenis itu",
    en: "Its type was announced as {announced}; send it as that",
};

/// The content is not what `Content-Digest` says.
pub const OTHER_DIGEST: Fault = Fault {
    code: "other_digest",
    id: "Isi yang sampai tidak cocok dengan Content-Digest; kirim lagi",
    en: "What arrived is not what Content-Digest says; send it again",
};

/// Contents that are looked through at once in this process: a picture takes a hundred times its file while it is open.
static INSPECTING: Semaphore = Semaphore::const_new(2);

/// What is taken.
pub struct FileFormats;

impl FileFormat for FileFormats {
    const MEDIA_TYPES: &'static [&'static str] = &[
        MediaType::Pdf.name(),
        MediaType::Png.name(),
        MediaType::Jpeg.name(),
        MediaType::Webp.name(),
        MediaType::Docx.name(),
        MediaType::Xlsx.name(),
        MediaType::Csv.name(),
    ];
    const LIMIT: usize = 10 * 1024 * 1024;
}

/// The bytes of a file.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary, min_length = 1, max_length = 10_485_760, example = "%PDF-1.7")]
pub struct FileContent(#[expect(dead_code, reason = "the document alone needs it")] String);

/// The bytes of a file as it is kept.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary, min_length = 1, max_length = 33_554_432, example = "%PDF-1.7")]
pub struct KeptContent(#[expect(dead_code, reason = "the document alone needs it")] String);

/// What came.
#[derive(Debug)]
pub struct Sent {
    /// The type that it is said to be of.
    pub media_type: &'static str,
    /// The bytes.
    pub bytes: Bytes,
    /// Their SHA-256, where the sender gave it.
    pub digest: Option<[u8; 32]>,
}

/// Takes the content of a file in.
pub async fn put(db: &Db, access: &Access, id: Uuid, expected: Precondition, sent: Sent) -> Result<File> {
    let file = db.reader().find(owned(access)?.filter(Column::Id.eq(id))).await?;
    open(&file, expected)?;
    as_announced(&file, &sent)?;
    let kept = look_through(file.media_type, sent.bytes).await?;
    let kept = match kept {
        Ok(kept) => kept,
        Err(fault) => {
            reject(db, access, id, expected).await?;
            let fault = Violation::pointer("#".to_owned(), fault).with("media_type", file.media_type.name());
            return Err(Error::invalid(vec![fault]));
        }
    };
    let (size, hash) = (i64::try_from(kept.len()).map_err(Error::internal)?, HEXLOWER.encode(&sha256(&kept)));
    let key = new_key(&db.context().secrets, db.now())?;
    db.context().store.put(&key, kept).await?;
    let place = key.clone();
    let taken = db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(owned(tx.access())?.filter(Column::Id.eq(id))).await?;
        open(&before, expected)?;
        let mut row = before.clone().into_active_model();
        row.status = Set(FileStatus::Available);
        row.size = Set(size);
        row.sha256 = Set(Some(hash.clone()));
        row.storage_key = Set(Some(place.clone()));
        tx.update::<Entity>(&before, row, expected, "file.available").await.map(File::from)
    });
    let taken = taken.await;
    // Only who came second surely wrote for nothing: of a transaction whose answer was lost nobody knows yet whether it holds.
    if taken.as_ref().is_err_and(|error| error.refused().refusal == CONTENT_GIVEN) {
        discard(db, &key).await;
    }
    taken
}

/// What is kept of content, or why it is refused; beside the threads that serve.
async fn look_through(kind: MediaType, bytes: Bytes) -> Result<Result<Vec<u8>, &'static Fault>> {
    let _turn = INSPECTING.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || inspect::inspect(kind, &bytes)).await.map_err(Error::internal)
}

/// A file takes its content once; who comes second is told so, whichever version they saw.
fn open(file: &Model, expected: Precondition) -> Result<()> {
    if file.status != FileStatus::Pending {
        return Err(CONTENT_GIVEN.into());
    }
    expected.check(file.version)
}

/// What came is what was announced. A mistake here is one of the way, and mended by sending it again.
fn as_announced(file: &Model, sent: &Sent) -> Result<()> {
    let mut wrong = Vec::new();
    if sent.media_type != file.media_type.name() {
        wrong.push(Violation::header("Content-Type", &OTHER_TYPE).with("announced", file.media_type.name()));
    }
    if i64::try_from(sent.bytes.len()) != Ok(file.size) {
        let violation = Violation::pointer("#".to_owned(), &OTHER_SIZE);
        wrong.push(violation.with("announced", file.size).with("found", sent.bytes.len()));
    }
    if sent.digest.is_some_and(|digest| digest != sha256(&sent.bytes)) {
        wrong.push(Violation::header("Content-Digest", &OTHER_DIGEST));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid(wrong)) }
}

/// What was not what it said to be, or not safe, is remembered as such: the log shows who brought it.
async fn reject(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    let rejected = db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(owned(tx.access())?.filter(Column::Id.eq(id))).await?;
        open(&before, expected)?;
        let mut row = before.clone().into_active_model();
        row.status = Set(FileStatus::Rejected);
        tx.update::<Entity>(&before, row, expected, "file.rejected").await.map(File::from)
    });
    rejected.await.map(|_| ())
}

/// Gives the content of a file, or a part of it; 404 until it is there.
pub async fn get(db: &Db, access: &Access, id: Uuid, wanted: &Wanted) -> Result<Download> {
    let file = db.reader().find(readable(db, access, id)?.filter(Column::Status.eq(FileStatus::Available))).await?;
    let (Some(key), Some(hash)) = (file.storage_key, file.sha256) else { return Err(NOT_FOUND.into()) };
    let (size, tag) = (file.size.unsigned_abs(), format!("\"{hash}\""));
    let cut = wanted.cut(size, &tag)?;
    let content = match &cut {
        Cut::Nothing => None,
        Cut::Whole => Some(db.context().store.get(&key, 0..size).await?),
        Cut::Part(span) => Some(db.context().store.get(&key, span.clone()).await?),
    };
    Ok(Download { file_name: file.name, media_type: file.media_type.name(), tag, size, cut, content })
}
