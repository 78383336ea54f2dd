use actix_web::web::Data;
use actix_web::{get, post};
use serde_json::json;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use super::dto::ProgrammeTemplate;
use super::imports::{PROGRAMME_IMPORT, TemplateFile};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Path};
use crate::kernel::imports::{self, ImportOptions, Upload, WholeImportOptions};
use crate::kernel::jobs::{Accepted, Job};
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::programmes::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_programme_template).service(import_programme);
}

/// Export a programme as a template
///
/// One JSON file for another library, in the form that `programmes/imports` takes: competencies by their CASE identifiers and codes,
/// milestones, activities with their sessions. People, rooms, links and units are left out; names of the staff and speakers,
/// e-mail addresses, telephone and personnel numbers in free text become `[…]`.
#[utoipa::path(responses((status = OK, description = "The template", body = ProgrammeTemplate)))]
#[get("/programmes/{programme_id}/template", wrap = "policy::READ_PROGRAMME_TEMPLATE")]
pub async fn read_programme_template(
    access: Access,
    db: Data<Db>,
    programme_id: Path<Uuid>,
) -> Result<Computed<ProgrammeTemplate>> {
    service::export(&db, &access, *programme_id).await.map(Computed)
}

/// A programme as `GET programmes/{id}/template` gives it, of this or another library.
pub struct ProgrammeFile;

impl PartialSchema for ProgrammeFile {
    fn schema() -> RefOr<Schema> {
        // Without a `type`: whatever it is, a job judges it and points at its mistakes.
        ObjectBuilder::new()
            .schema_type(SchemaType::AnyValue)
            .description(Some("A ProgrammeTemplate as `GET programmes/{id}/template` gives it, of this or another library."))
            .examples([json!({
                "format": "bina-pustaka/programme-template/1", "year": 2026, "title": "Program Pembinaan Pustakawan 2026",
                "description": null, "objectives": ["Setiap pustakawan mencapai 20 JP"], "targets": [],
                "target_group": {"tags": ["pustakawan ahli"], "position_codes": ["15504"]},
                "milestones": [{"title": "Asesmen awal tahun selesai", "description": null, "due_on": "2026-02-27"}],
                "parts": {"activities": []},
            })])
            .into()
    }
}

impl ToSchema for ProgrammeFile {}

/// Import a programme
///
/// From a template, as a draft with its milestones and its activities as drafts; at most 5 MiB. Competencies are found by their CASE
/// identifiers, else by framework, version and code. A programme comes whole or not at all, so `mode` is `atomic`; one that is here
/// already, just so, is left as it is. A job does it: its `report` points at every mistake. Try with `dry_run=true` first.
#[utoipa::path(
    params(WholeImportOptions),
    request_body(content = ProgrammeFile, content_type = "application/json"),
    responses((status = ACCEPTED, description = "The job that brings the programme in", body = Job))
)]
#[post("/programmes/imports", wrap = "policy::IMPORT_PROGRAMME")]
pub async fn import_programme(
    access: Access,
    db: Data<Db>,
    Query(options): Query<WholeImportOptions>,
    file: Upload<TemplateFile>,
) -> Result<Accepted> {
    imports::accept(&db, &access, PROGRAMME_IMPORT.name, ImportOptions::from(options), file.content).await
}
