use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{Education, EducationChanges, EducationPage, NewEducation};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::{Listing, NoFilter};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::staff::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_education)
        .service(create_education)
        .service(read_education)
        .service(update_education)
        .service(delete_education);
}

/// List the education of a person
///
/// The formal education (riwayat pendidikan), the latest first (`graduated_year`).
#[utoipa::path(params(Listing<NoFilter>), responses((status = OK, description = "A page of diplomas", body = EducationPage)))]
#[get("/librarians/{librarian_id}/education", wrap = "policy::LIST_EDUCATION")]
pub async fn list_education(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    list: Listing<NoFilter>,
) -> Result<EducationPage> {
    service::list(&db, &access, *librarian_id, &list).await
}

/// Enter a diploma
///
/// A diploma. The highest one is what the professionalism index (IP ASN) goes by.
#[utoipa::path(responses((status = CREATED, description = "The new diploma", body = Education)))]
#[post("/librarians/{librarian_id}/education", wrap = "policy::CREATE_EDUCATION")]
pub async fn create_education(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    Json(new): Json<NewEducation>,
) -> Result<Created<Education>> {
    service::create(&db, &access, *librarian_id, new).await.map(Created)
}

/// Read a diploma
///
/// For the person, their present mentors, and admins.
#[utoipa::path(responses((status = OK, description = "The diploma", body = Education)))]
#[get("/education/{education_id}", wrap = "policy::READ_EDUCATION")]
pub async fn read_education(access: Access, db: Data<Db>, education_id: Path<Uuid>) -> Result<Tagged<Education>> {
    service::read(&db, &access, *education_id).await.map(Tagged)
}

/// Change a diploma
///
/// Fields that are absent stay as they are.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The diploma", body = Education)))]
#[patch("/education/{education_id}", wrap = "policy::UPDATE_EDUCATION")]
pub async fn update_education(
    access: Access,
    db: Data<Db>,
    education_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<EducationChanges>,
) -> Result<Tagged<Education>> {
    service::update(&db, &access, *education_id, expected, changes).await.map(Tagged)
}

/// Remove a diploma
///
/// For what was entered by mistake.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The diploma is removed")))]
#[delete("/education/{education_id}", wrap = "policy::DELETE_EDUCATION")]
pub async fn delete_education(
    access: Access,
    db: Data<Db>,
    education_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *education_id, expected).await.map(|()| NoContent)
}
