use actix_web::web::Data;
use actix_web::{get, post};
use serde_json::json;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use super::{COLUMNS, FRAMEWORK_IMPORT, FrameworkFile, FrameworkOrder, FrameworkTable};
use crate::competencies::case::handlers::renderer;
use crate::competencies::frameworks::service;
use crate::competencies::items::service::all_of;
use crate::competencies::policy;
use crate::kernel::csv;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::gate::Gate;
use crate::kernel::http::{Path, Rendered};
use crate::kernel::imports::{self, CsvFile, Upload, WholeImportOptions};
use crate::kernel::jobs::{Accepted, Job};
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(import_framework).service(read_framework_import_template).service(read_framework_csv);
}

/// A CFPackage of CASE 1.0 or 1.1, of this or any other origin.
pub struct CaseFile;

impl PartialSchema for CaseFile {
    fn schema() -> RefOr<Schema> {
        // Without a `type`: whatever it is, a job judges it and points at its mistakes.
        ObjectBuilder::new()
            .schema_type(SchemaType::AnyValue)
            .description(Some("A CFPackage of CASE 1.0 or 1.1, of this or any other origin."))
            .examples([json!({
                "CFDocument": {
                    "identifier": "7c3f9a52-1d1f-4a53-9a47-0c8c2a2f8e10", "title": "Kerangka Kompetensi Layanan Anak",
                    "version": "2026.1", "adoptionStatus": "Draft",
                },
                "CFItems": [{
                    "identifier": "0b5f5e0e-8d3a-4a32-8d2f-0f5f0d6a1c11",
                    "fullStatement": "Menyelenggarakan kegiatan literasi anak", "humanCodingScheme": "ANAK.01",
                }],
                "CFAssociations": [],
            })])
            .into()
    }
}

impl ToSchema for CaseFile {}

/// Import a framework
///
/// A CASE package as JSON keeps its identifiers and its state, and goes out again as it came in. A table as CSV makes a draft: its
/// first row is the framework (`kind` `framework`, with `version_label`), each further row a competency (`area`, `unit`, `element`)
/// with the code of what it is part of, which stands above it. At most 10 MiB. A framework comes whole or not at all, so `mode` is
/// `atomic`; one that is here already, just so, is left as it is. A job does it: its `report` points at every mistake.
#[utoipa::path(
    params(WholeImportOptions),
    request_body(content((CaseFile = "application/json"), (CsvFile = "text/csv"))),
    responses((status = ACCEPTED, description = "The job that brings the framework in", body = Job))
)]
#[post("/frameworks/imports", wrap = "policy::IMPORT_FRAMEWORK")]
pub async fn import_framework(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    Query(options): Query<WholeImportOptions>,
    file: Upload<FrameworkFile>,
) -> Result<Accepted> {
    let (media_type, base) = (file.media_type.to_owned(), renderer(&gate).base);
    let order = FrameworkOrder { options: options.into(), media_type, base };
    imports::accept(&db, &access, FRAMEWORK_IMPORT.name, order, file.content).await
}

/// Get an empty table for the import of a framework
///
/// The header alone, as CSV.
#[utoipa::path(responses((status = OK, description = "The table", body = String, content_type = "text/csv")))]
#[get("/frameworks/imports/template", wrap = "policy::READ_FRAMEWORK_IMPORT_TEMPLATE")]
pub async fn read_framework_import_template(_access: Access) -> Result<Rendered> {
    imports::template(COLUMNS, "framework.csv")
}

/// Export a framework as a table
///
/// In the form that the import takes. As a CASE package it is at `/ims/case/v1p1/CFPackages/{id}`.
#[utoipa::path(responses((status = OK, description = "The table", body = String, content_type = "text/csv")))]
#[get("/frameworks/{framework_id}/competencies.csv", wrap = "policy::READ_FRAMEWORK_CSV")]
pub async fn read_framework_csv(access: Access, db: Data<Db>, framework_id: Path<Uuid>) -> Result<Rendered> {
    let framework = service::row(&db, &access, *framework_id).await?;
    let safe =
        |character: char| if character.is_ascii_alphanumeric() || ".-_".contains(character) { character } else { '-' };
    let name: String = format!("{}-{}", framework.code, framework.version_label).chars().map(safe).collect();
    let rows = all_of(db.reader(), framework.id).await?;
    let body = FrameworkTable::of(framework, rows).write()?;
    Ok(Rendered { media_type: csv::MEDIA_TYPE, body, file_name: Some(format!("{name}.csv")) })
}
