use actix_web::web::Data;
use actix_web::{delete, get, post, put};
use uuid::Uuid;

use super::content::{self, FileContent, FileFormats, KeptContent, Sent};
use super::dto::{File, FileFilter, FilePage, NewFile};
use super::{policy, service};
use crate::kernel::db::Db;
use crate::kernel::download::{ContentDigest, Download, Wanted};
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::imports::Upload;
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this chapter.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_files)
        .service(create_file)
        .service(read_file)
        .service(put_file_content)
        .service(read_file_content)
        .service(delete_file);
}

/// List files
///
/// The caller's own, for admins all; the latest first (`created_at`).
#[utoipa::path(params(Listing<FileFilter>), responses((status = OK, description = "A page of files", body = FilePage)))]
#[get("/files", wrap = "policy::LIST_FILES")]
pub async fn list_files(access: Access, db: Data<Db>, list: Listing<FileFilter>) -> Result<FilePage> {
    service::list(&db, &access, &list).await
}

/// Read a file
///
/// What it is, not its content: for its owner, for admins, and for whoever may read what refers to it.
#[utoipa::path(responses((status = OK, description = "The file", body = File)))]
#[get("/files/{file_id}", wrap = "policy::READ_FILE")]
pub async fn read_file(access: Access, db: Data<Db>, file_id: Path<Uuid>) -> Result<Tagged<File>> {
    service::read(&db, &access, *file_id).await.map(Tagged)
}

/// Announce a file
///
/// Its name, type and size; then `PUT` its content within a day. PDF, PNG, JPEG, WebP, Word (docx), Excel (xlsx) and CSV are taken, at
/// most 10 MiB each.
#[utoipa::path(responses((status = CREATED, description = "The file, which waits for its content", body = File)))]
#[post("/files", wrap = "policy::CREATE_FILE")]
pub async fn create_file(access: Access, db: Data<Db>, Json(new): Json<NewFile>) -> Result<Created<File>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Send the content of a file
///
/// The bytes as they are, with the announced type as `Content-Type` and the announced size; once. It is looked through: what is not of
/// its type, unpacks to too much, or could run something (scripts, macros) is refused, and the file is `rejected` for good. Of pictures
/// the image is kept and nothing else, so their size and hash change. With `Content-Digest` (sha-256, RFC 9530) it is checked on the way.
#[utoipa::path(
    params(IfMatch, ContentDigest),
    request_body(content(
        (FileContent = "application/pdf"),
        (FileContent = "image/png"),
        (FileContent = "image/jpeg"),
        (FileContent = "image/webp"),
        (FileContent = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (FileContent = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (FileContent = "text/csv"),
    )),
    responses((status = OK, description = "The file, available", body = File))
)]
#[put("/files/{file_id}/content", wrap = "policy::PUT_FILE_CONTENT")]
pub async fn put_file_content(
    access: Access,
    db: Data<Db>,
    file_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    ContentDigest(digest): ContentDigest,
    upload: Upload<FileFormats>,
) -> Result<Tagged<File>> {
    let sent = Sent { media_type: upload.media_type, bytes: upload.content, digest };
    content::put(&db, &access, *file_id, expected, sent).await.map(Tagged)
}

/// Get the content of a file
///
/// As an attachment under its name, whole or in part (`Range`); 404 until it is there. The ETag is its SHA-256: a client that has it is
/// told so (304).
#[utoipa::path(
    params(Wanted),
    responses(
        (status = OK, description = "The content", content(
            (KeptContent = "application/pdf"),
            (KeptContent = "image/png"),
            (KeptContent = "image/jpeg"),
            (KeptContent = "image/webp"),
            (KeptContent = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (KeptContent = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (KeptContent = "text/csv"),
        )),
        (status = PARTIAL_CONTENT, description = "The part of it that was asked for", content(
            (KeptContent = "application/pdf"),
            (KeptContent = "image/png"),
            (KeptContent = "image/jpeg"),
            (KeptContent = "image/webp"),
            (KeptContent = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (KeptContent = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (KeptContent = "text/csv"),
        )),
    )
)]
#[get("/files/{file_id}/content", wrap = "policy::READ_FILE_CONTENT")]
pub async fn read_file_content(access: Access, db: Data<Db>, file_id: Path<Uuid>, wanted: Wanted) -> Result<Download> {
    content::get(&db, &access, *file_id, &wanted).await
}

/// Delete a file
///
/// For good, with its content. While a material or evidence refers to it that is refused (409).
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The file is gone")))]
#[delete("/files/{file_id}", wrap = "policy::DELETE_FILE")]
pub async fn delete_file(
    access: Access,
    db: Data<Db>,
    file_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *file_id, expected).await.map(|()| NoContent)
}
