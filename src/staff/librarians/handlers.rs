use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{Librarian, LibrarianChanges, LibrarianFilter, LibrarianSummaryPage, NewLibrarian};
use super::imports::{STAFF_IMPORT, StaffTable};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Rendered, Tagged};
use crate::kernel::imports::{self, CsvFile, ImportOptions, TableImport, Upload};
use crate::kernel::jobs::{Accepted, Job};
use crate::kernel::page::{Listing, Query};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::staff::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_librarians)
        .service(create_librarian)
        .service(read_librarian)
        .service(update_librarian)
        .service(archive_librarian)
        .service(restore_librarian)
        .service(import_librarians)
        .service(read_librarian_import_template);
}

/// List staff
///
/// The directory for whoever is signed in: name, unit, position; by name unless sorted otherwise (`name`, `created_at`).
#[utoipa::path(params(Listing<LibrarianFilter>), responses((status = OK, description = "A page of the directory", body = LibrarianSummaryPage)))]
#[get("/librarians", wrap = "policy::LIST_LIBRARIANS")]
pub async fn list_librarians(
    access: Access,
    db: Data<Db>,
    list: Listing<LibrarianFilter>,
) -> Result<LibrarianSummaryPage> {
    service::list(&db, &access, &list).await
}

/// Read a professional record
///
/// For the person, their present mentors, and admins; the employee number is hidden from mentors.
#[utoipa::path(responses((status = OK, description = "The record", body = Librarian)))]
#[get("/librarians/{librarian_id}", wrap = "policy::READ_LIBRARIAN")]
pub async fn read_librarian(access: Access, db: Data<Db>, librarian_id: Path<Uuid>) -> Result<Tagged<Librarian>> {
    service::read(&db, &access, *librarian_id).await.map(Tagged)
}

/// Enter a member of staff
///
/// NIP and NI PPPK are checked digit by digit; day of birth and sex are read from them where they are not given.
#[utoipa::path(responses((status = CREATED, description = "The new record", body = Librarian)))]
#[post("/librarians", wrap = "policy::CREATE_LIBRARIAN")]
pub async fn create_librarian(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewLibrarian>,
) -> Result<Created<Librarian>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a professional record
///
/// The person may change e-mail, telephone, languages and interests; admins may change everything.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The record", body = Librarian)))]
#[patch("/librarians/{librarian_id}", wrap = "policy::UPDATE_LIBRARIAN")]
pub async fn update_librarian(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<LibrarianChanges>,
) -> Result<Tagged<Librarian>> {
    service::update(&db, &access, *librarian_id, expected, changes).await.map(Tagged)
}

/// Archive a professional record
///
/// The person has left: gone from the directory and from all figures. `restoration` undoes it.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The record is archived")))]
#[delete("/librarians/{librarian_id}", wrap = "policy::ARCHIVE_LIBRARIAN")]
pub async fn archive_librarian(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::archive(&db, &access, *librarian_id, expected).await.map(|()| NoContent)
}

/// Restore a professional record
///
/// The person is back, with all their levels.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The record", body = Librarian)))]
#[post("/librarians/{librarian_id}/restoration", wrap = "policy::RESTORE_LIBRARIAN")]
pub async fn restore_librarian(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Librarian>> {
    service::restore(&db, &access, *librarian_id, expected).await.map(Tagged)
}

/// Import staff
///
/// A table as CSV with the columns `employee_number`, `employment_kind` (`pns`, `pppk`, `non_asn`), `name`, `unit_code`,
/// `position_code` (SIASN), `grade` (pangkat/golongan), `effective_on` (TMT jabatan) and `email`; the last four may be left out.
/// At most 10 MiB and 10,000 rows. People are found again by their number, those without one by their name, so the same file
/// sent again changes nothing. A job does it: its `report` names every wrong row and column. Try with `dry_run=true` first.
#[utoipa::path(
    params(ImportOptions),
    request_body(content = CsvFile, content_type = "text/csv"),
    responses((status = ACCEPTED, description = "The job that brings the table in", body = Job))
)]
#[post("/librarians/imports", wrap = "policy::IMPORT_LIBRARIANS")]
pub async fn import_librarians(
    access: Access,
    db: Data<Db>,
    Query(options): Query<ImportOptions>,
    file: Upload<StaffTable>,
) -> Result<Accepted> {
    imports::accept(&db, &access, STAFF_IMPORT.name, options, file.content).await
}

/// Get an empty table for the import of staff
///
/// The header alone, as CSV.
#[utoipa::path(responses((status = OK, description = "The table", body = String, content_type = "text/csv")))]
#[get("/librarians/imports/template", wrap = "policy::READ_LIBRARIAN_IMPORT_TEMPLATE")]
pub async fn read_librarian_import_template(_access: Access) -> Result<Rendered> {
    imports::template(StaffTable::COLUMNS, "librarians.csv")
}
