use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::content::{LearningResourceChanges, NewLearningResource};
use super::dto::{LearningResource, LearningResourceFilter, LearningResourcePage};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::learning::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_learning_resources)
        .service(create_learning_resource)
        .service(read_learning_resource)
        .service(update_learning_resource)
        .service(archive_learning_resource)
        .service(restore_learning_resource);
}

/// List learning resources
///
/// The reading list: by competency and level, by kind, by words; newest first unless sorted otherwise (`created_at`, `rating`,
/// `reader_count`).
#[utoipa::path(params(Listing<LearningResourceFilter>), responses((status = OK, description = "A page of resources", body = LearningResourcePage)))]
#[get("/learning-resources", wrap = "policy::LIST_LEARNING_RESOURCES")]
pub async fn list_learning_resources(
    access: Access,
    db: Data<Db>,
    list: Listing<LearningResourceFilter>,
) -> Result<LearningResourcePage> {
    service::list(&db, &access, &list).await
}

/// Read a learning resource
///
/// With the mean of its stars, and how many people read it.
#[utoipa::path(responses((status = OK, description = "The resource", body = LearningResource)))]
#[get("/learning-resources/{learning_resource_id}", wrap = "policy::READ_LEARNING_RESOURCE")]
pub async fn read_learning_resource(
    access: Access,
    db: Data<Db>,
    learning_resource_id: Path<Uuid>,
) -> Result<Tagged<LearningResource>> {
    service::read(&db, &access, *learning_resource_id).await.map(Tagged)
}

/// Enter a learning resource
///
/// By admins and mentors. Tagged with what it helps with, it is recommended to whom that is missing.
#[utoipa::path(responses((status = CREATED, description = "The resource", body = LearningResource)))]
#[post("/learning-resources", wrap = "policy::CREATE_LEARNING_RESOURCE")]
pub async fn create_learning_resource(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewLearningResource>,
) -> Result<Created<LearningResource>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a learning resource
///
/// By admins and mentors.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The resource", body = LearningResource)))]
#[patch("/learning-resources/{learning_resource_id}", wrap = "policy::UPDATE_LEARNING_RESOURCE")]
pub async fn update_learning_resource(
    access: Access,
    db: Data<Db>,
    learning_resource_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<LearningResourceChanges>,
) -> Result<Tagged<LearningResource>> {
    service::update(&db, &access, *learning_resource_id, expected, changes).await.map(Tagged)
}

/// Archive a learning resource
///
/// It is no longer listed or recommended.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The resource is archived")))]
#[delete("/learning-resources/{learning_resource_id}", wrap = "policy::ARCHIVE_LEARNING_RESOURCE")]
pub async fn archive_learning_resource(
    access: Access,
    db: Data<Db>,
    learning_resource_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::archive(&db, &access, *learning_resource_id, expected).await.map(|()| NoContent)
}

/// Restore a learning resource
///
/// Takes it back from the archive.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The resource", body = LearningResource)))]
#[post("/learning-resources/{learning_resource_id}/restoration", wrap = "policy::RESTORE_LEARNING_RESOURCE")]
pub async fn restore_learning_resource(
    access: Access,
    db: Data<Db>,
    learning_resource_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<LearningResource>> {
    service::restore(&db, &access, *learning_resource_id, expected).await.map(Tagged)
}
