use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{Framework, FrameworkChanges, FrameworkFilter, FrameworkPage, NewFramework, NewFrameworkVersion};
use super::{service, versions};
use crate::competencies::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_frameworks)
        .service(create_framework)
        .service(read_framework)
        .service(update_framework)
        .service(archive_framework)
        .service(restore_framework)
        .service(publish_framework)
        .service(retire_framework)
        .service(create_framework_version);
}

/// List frameworks
///
/// By code unless sorted otherwise (`code`, `created_at`). Drafts are shown to admins alone.
#[utoipa::path(params(Listing<FrameworkFilter>), responses((status = OK, description = "A page of frameworks", body = FrameworkPage)))]
#[get("/frameworks", wrap = "policy::LIST_FRAMEWORKS")]
pub async fn list_frameworks(access: Access, db: Data<Db>, list: Listing<FrameworkFilter>) -> Result<FrameworkPage> {
    service::list(&db, &access, &list).await
}

/// Read a framework
///
/// Drafts and archived ones are shown to admins alone.
#[utoipa::path(responses((status = OK, description = "The framework", body = Framework)))]
#[get("/frameworks/{framework_id}", wrap = "policy::READ_FRAMEWORK")]
pub async fn read_framework(access: Access, db: Data<Db>, framework_id: Path<Uuid>) -> Result<Tagged<Framework>> {
    service::read(&db, &access, *framework_id).await.map(Tagged)
}

/// Enter a framework
///
/// As a draft without competencies. Code and version label together are new.
#[utoipa::path(responses((status = CREATED, description = "The new draft", body = Framework)))]
#[post("/frameworks", wrap = "policy::CREATE_FRAMEWORK")]
pub async fn create_framework(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewFramework>,
) -> Result<Created<Framework>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a framework
///
/// While it is a draft; what was published never changes.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The framework", body = Framework)))]
#[patch("/frameworks/{framework_id}", wrap = "policy::UPDATE_FRAMEWORK")]
pub async fn update_framework(
    access: Access,
    db: Data<Db>,
    framework_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<FrameworkChanges>,
) -> Result<Tagged<Framework>> {
    service::update(&db, &access, *framework_id, expected, changes).await.map(Tagged)
}

/// Archive a framework
///
/// A draft that is not wanted any more; what was published is retired instead. `restoration` undoes it.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The framework is archived")))]
#[delete("/frameworks/{framework_id}", wrap = "policy::ARCHIVE_FRAMEWORK")]
pub async fn archive_framework(
    access: Access,
    db: Data<Db>,
    framework_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::archive(&db, &access, *framework_id, expected).await.map(|()| NoContent)
}

/// Restore a framework
///
/// Takes a draft back from the archive.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The framework", body = Framework)))]
#[post("/frameworks/{framework_id}/restoration", wrap = "policy::RESTORE_FRAMEWORK")]
pub async fn restore_framework(
    access: Access,
    db: Data<Db>,
    framework_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Framework>> {
    service::restore(&db, &access, *framework_id, expected).await.map(Tagged)
}

/// Publish a framework
///
/// From now on its units can be required and assessed, everybody can read it, and it never changes again.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The framework", body = Framework)))]
#[post("/frameworks/{framework_id}/publication", wrap = "policy::PUBLISH_FRAMEWORK")]
pub async fn publish_framework(
    access: Access,
    db: Data<Db>,
    framework_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Framework>> {
    service::publish(&db, &access, *framework_id, expected).await.map(Tagged)
}

/// Retire a framework
///
/// From now on nothing new is assessed by it; what was assessed stays.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The framework", body = Framework)))]
#[post("/frameworks/{framework_id}/retirement", wrap = "policy::RETIRE_FRAMEWORK")]
pub async fn retire_framework(
    access: Access,
    db: Data<Db>,
    framework_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Framework>> {
    service::retire(&db, &access, *framework_id, expected).await.map(Tagged)
}

/// Make a new version of a framework
///
/// A draft with a copy of every competency, each linked to the one that it was made from, so that assessments can be carried
/// over: as an exact match until its texts are changed, from then on as its replacement.
#[utoipa::path(responses((status = CREATED, description = "The new draft", body = Framework)))]
#[post("/frameworks/{framework_id}/versions", wrap = "policy::CREATE_FRAMEWORK_VERSION")]
pub async fn create_framework_version(
    access: Access,
    db: Data<Db>,
    framework_id: Path<Uuid>,
    Json(new): Json<NewFrameworkVersion>,
) -> Result<Created<Framework>> {
    versions::create(&db, &access, *framework_id, new).await.map(Created)
}
