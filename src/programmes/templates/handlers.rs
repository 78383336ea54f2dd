use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::ProgrammeTemplate;
use super::imports::{PROGRAMME_IMPORT, TemplateFile};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::{INVALID_PARAMETER, Result};
use crate::kernel::http::{Computed, Path};
use crate::kernel::imports::{self, ImportMode, ImportOptions, ONE_OF, Upload};
use crate::kernel::jobs::{Accepted, Job};
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::kernel::validation::Violation;
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

/// Import a programme
///
/// From a template, as a draft with its milestones and its activities as drafts; at most 5 MiB. Competencies are found by their CASE
/// identifiers, else by framework, version and code. A programme comes whole or not at all, so `mode` is `atomic`; one that is here
/// already, just so, is left as it is. A job does it: its `report` points at every mistake. Try with `dry_run=true` first.
#[utoipa::path(
    params(ImportOptions),
    request_body(content = ProgrammeTemplate, content_type = "application/json"),
    responses((status = ACCEPTED, description = "The job that brings the programme in", body = Job))
)]
#[post("/programmes/imports", wrap = "policy::IMPORT_PROGRAMME")]
pub async fn import_programme(
    access: Access,
    db: Data<Db>,
    Query(options): Query<ImportOptions>,
    file: Upload<TemplateFile>,
) -> Result<Accepted> {
    if options.mode == ImportMode::Partial {
        return Err(INVALID_PARAMETER.at(Violation::parameter("mode", &ONE_OF).with("allowed", "atomic")));
    }
    imports::accept(&db, &access, PROGRAMME_IMPORT.name, options, file.content).await
}
