use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::content::{NewProgramme, ProgrammeChanges};
use super::dto::{Programme, ProgrammeFilter, ProgrammePage};
use super::{lifecycle, service};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::programmes::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_programmes)
        .service(create_programme)
        .service(read_programme)
        .service(update_programme)
        .service(archive_programme)
        .service(restore_programme)
        .service(activate_programme)
        .service(close_programme);
}

/// List programmes
///
/// The latest year first unless sorted otherwise (`year`, `title`, `created_at`). Drafts are shown to admins alone.
#[utoipa::path(params(Listing<ProgrammeFilter>), responses((status = OK, description = "A page of programmes", body = ProgrammePage)))]
#[get("/programmes", wrap = "policy::LIST_PROGRAMMES")]
pub async fn list_programmes(access: Access, db: Data<Db>, list: Listing<ProgrammeFilter>) -> Result<ProgrammePage> {
    service::list(&db, &access, &list).await
}

/// Read a programme
///
/// Drafts and archived ones are shown to admins alone.
#[utoipa::path(responses((status = OK, description = "The programme", body = Programme)))]
#[get("/programmes/{programme_id}", wrap = "policy::READ_PROGRAMME")]
pub async fn read_programme(access: Access, db: Data<Db>, programme_id: Path<Uuid>) -> Result<Tagged<Programme>> {
    service::read(&db, &access, *programme_id).await.map(Tagged)
}

/// Enter a programme
///
/// As a draft; `activation` begins it.
#[utoipa::path(responses((status = CREATED, description = "The new draft", body = Programme)))]
#[post("/programmes", wrap = "policy::CREATE_PROGRAMME")]
pub async fn create_programme(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewProgramme>,
) -> Result<Created<Programme>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a programme
///
/// Until it is closed. The year stays once it has begun.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The programme", body = Programme)))]
#[patch("/programmes/{programme_id}", wrap = "policy::UPDATE_PROGRAMME")]
pub async fn update_programme(
    access: Access,
    db: Data<Db>,
    programme_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<ProgrammeChanges>,
) -> Result<Tagged<Programme>> {
    service::update(&db, &access, *programme_id, expected, changes).await.map(Tagged)
}

/// Archive a programme
///
/// A draft, or one that is closed. `restoration` undoes it.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The programme is archived")))]
#[delete("/programmes/{programme_id}", wrap = "policy::ARCHIVE_PROGRAMME")]
pub async fn archive_programme(
    access: Access,
    db: Data<Db>,
    programme_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::archive(&db, &access, *programme_id, expected).await.map(|()| NoContent)
}

/// Restore a programme
///
/// Takes an archived programme back.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The programme", body = Programme)))]
#[post("/programmes/{programme_id}/restoration", wrap = "policy::RESTORE_PROGRAMME")]
pub async fn restore_programme(
    access: Access,
    db: Data<Db>,
    programme_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Programme>> {
    lifecycle::restore(&db, &access, *programme_id, expected).await.map(Tagged)
}

/// Begin a programme
///
/// It needs somebody responsible, an objective, and targets of published frameworks. From now on everybody sees it.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The programme", body = Programme)))]
#[post("/programmes/{programme_id}/activation", wrap = "policy::ACTIVATE_PROGRAMME")]
pub async fn activate_programme(
    access: Access,
    db: Data<Db>,
    programme_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Programme>> {
    lifecycle::activate(&db, &access, *programme_id, expected).await.map(Tagged)
}

/// Close a programme
///
/// It takes no new activity or milestone; those that it has go on to their own end.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The programme", body = Programme)))]
#[post("/programmes/{programme_id}/closure", wrap = "policy::CLOSE_PROGRAMME")]
pub async fn close_programme(
    access: Access,
    db: Data<Db>,
    programme_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Programme>> {
    lifecycle::close(&db, &access, *programme_id, expected).await.map(Tagged)
}
