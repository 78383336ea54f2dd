use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{DisciplinaryRecord, DisciplinaryRecordChanges, DisciplinaryRecordPage, NewDisciplinaryRecord};
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
        .service(list_disciplinary_measures)
        .service(create_disciplinary_measure)
        .service(read_disciplinary_measure)
        .service(update_disciplinary_measure)
        .service(delete_disciplinary_measure);
}

/// List the disciplinary measures of a person
///
/// The latest first (`imposed_on`). For the person and admins alone.
#[utoipa::path(params(Listing<NoFilter>), responses((status = OK, description = "A page of disciplinary measures", body = DisciplinaryRecordPage)))]
#[get("/librarians/{librarian_id}/disciplinary-measures", wrap = "policy::LIST_DISCIPLINARY_MEASURES")]
pub async fn list_disciplinary_measures(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    list: Listing<NoFilter>,
) -> Result<DisciplinaryRecordPage> {
    service::list(&db, &access, *librarian_id, &list).await
}

/// Enter a disciplinary measure
///
/// The professionalism index (IP ASN) of its years goes by the gravest one.
#[utoipa::path(responses((status = CREATED, description = "The new disciplinary measure", body = DisciplinaryRecord)))]
#[post("/librarians/{librarian_id}/disciplinary-measures", wrap = "policy::CREATE_DISCIPLINARY_MEASURE")]
pub async fn create_disciplinary_measure(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    Json(new): Json<NewDisciplinaryRecord>,
) -> Result<Created<DisciplinaryRecord>> {
    service::create(&db, &access, *librarian_id, new).await.map(Created)
}

/// Read a disciplinary measure
///
/// For the person and admins alone.
#[utoipa::path(responses((status = OK, description = "The disciplinary measure", body = DisciplinaryRecord)))]
#[get("/disciplinary-measures/{disciplinary_measure_id}", wrap = "policy::READ_DISCIPLINARY_MEASURE")]
pub async fn read_disciplinary_measure(
    access: Access,
    db: Data<Db>,
    disciplinary_measure_id: Path<Uuid>,
) -> Result<Tagged<DisciplinaryRecord>> {
    service::read(&db, &access, *disciplinary_measure_id).await.map(Tagged)
}

/// Change a disciplinary measure
///
/// Fields that are absent stay as they are.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The disciplinary measure", body = DisciplinaryRecord)))]
#[patch("/disciplinary-measures/{disciplinary_measure_id}", wrap = "policy::UPDATE_DISCIPLINARY_MEASURE")]
pub async fn update_disciplinary_measure(
    access: Access,
    db: Data<Db>,
    disciplinary_measure_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<DisciplinaryRecordChanges>,
) -> Result<Tagged<DisciplinaryRecord>> {
    service::update(&db, &access, *disciplinary_measure_id, expected, changes).await.map(Tagged)
}

/// Remove a disciplinary measure
///
/// For what was entered by mistake, or lifted as unfounded.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The disciplinary measure is removed")))]
#[delete("/disciplinary-measures/{disciplinary_measure_id}", wrap = "policy::DELETE_DISCIPLINARY_MEASURE")]
pub async fn delete_disciplinary_measure(
    access: Access,
    db: Data<Db>,
    disciplinary_measure_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *disciplinary_measure_id, expected).await.map(|()| NoContent)
}
