use actix_web::web::Data;
use actix_web::{get, patch};
use uuid::Uuid;

use super::dto::{TrainingType, TrainingTypeChanges, TrainingTypeFilter, TrainingTypePage};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{IfMatch, Json, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::settings::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(list_training_types).service(read_training_type).service(update_training_type);
}

/// List types of training
///
/// SIASN's reference table of types (jenis diklat), in its order.
#[utoipa::path(params(Listing<TrainingTypeFilter>), responses((status = OK, description = "A page of types", body = TrainingTypePage)))]
#[get("/training-types", wrap = "policy::LIST_TRAINING_TYPES")]
pub async fn list_training_types(
    _access: Access,
    db: Data<Db>,
    list: Listing<TrainingTypeFilter>,
) -> Result<TrainingTypePage> {
    service::list(&db, &list).await
}

/// Read a type of training
///
/// With the bucket of 70:20:10 that it belongs to.
#[utoipa::path(responses((status = OK, description = "The type", body = TrainingType)))]
#[get("/training-types/{training_type_id}", wrap = "policy::READ_TRAINING_TYPE")]
pub async fn read_training_type(
    _access: Access,
    db: Data<Db>,
    training_type_id: Path<Uuid>,
) -> Result<Tagged<TrainingType>> {
    service::read(&db, *training_type_id).await.map(Tagged)
}

/// Change a type of training
///
/// Its name, track, bucket or course code. Credit that was given keeps the bucket of its day.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The type", body = TrainingType)))]
#[patch("/training-types/{training_type_id}", wrap = "policy::UPDATE_TRAINING_TYPE")]
pub async fn update_training_type(
    access: Access,
    db: Data<Db>,
    training_type_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<TrainingTypeChanges>,
) -> Result<Tagged<TrainingType>> {
    service::update(&db, &access, *training_type_id, expected, changes).await.map(Tagged)
}
