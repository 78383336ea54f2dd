use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{Material, MaterialChanges, MaterialPage, NewMaterial};
use super::service;
use crate::activities::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::{Listing, NoFilter};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_materials)
        .service(create_material)
        .service(read_material)
        .service(update_material)
        .service(delete_material);
}

/// List the materials of an activity
///
/// In their order.
#[utoipa::path(params(Listing<NoFilter>), responses((status = OK, description = "A page of materials", body = MaterialPage)))]
#[get("/activities/{activity_id}/materials", wrap = "policy::LIST_MATERIALS")]
pub async fn list_materials(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    list: Listing<NoFilter>,
) -> Result<MaterialPage> {
    service::list(&db, &access, *activity_id, &list).await
}

/// Read a material
///
/// Those of drafts are shown to admins alone.
#[utoipa::path(responses((status = OK, description = "The material", body = Material)))]
#[get("/materials/{material_id}", wrap = "policy::READ_MATERIAL")]
pub async fn read_material(access: Access, db: Data<Db>, material_id: Path<Uuid>) -> Result<Tagged<Material>> {
    service::read(&db, &access, *material_id).await.map(Tagged)
}

/// Enter a material
///
/// A link to something to read or see, or a file; after the activity too.
#[utoipa::path(responses((status = CREATED, description = "The new material", body = Material)))]
#[post("/activities/{activity_id}/materials", wrap = "policy::CREATE_MATERIAL")]
pub async fn create_material(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    Json(new): Json<NewMaterial>,
) -> Result<Created<Material>> {
    service::create(&db, &access, *activity_id, new).await.map(Created)
}

/// Change a material
///
/// Fields that are absent stay as they are.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The material", body = Material)))]
#[patch("/materials/{material_id}", wrap = "policy::UPDATE_MATERIAL")]
pub async fn update_material(
    access: Access,
    db: Data<Db>,
    material_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<MaterialChanges>,
) -> Result<Tagged<Material>> {
    service::update(&db, &access, *material_id, expected, changes).await.map(Tagged)
}

/// Remove a material
///
/// The link goes, not what it leads to: neither a page elsewhere nor a file.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The material is removed")))]
#[delete("/materials/{material_id}", wrap = "policy::DELETE_MATERIAL")]
pub async fn delete_material(
    access: Access,
    db: Data<Db>,
    material_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *material_id, expected).await.map(|()| NoContent)
}
