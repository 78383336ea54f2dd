use actix_web::web::Data;
use actix_web::{get, patch};

use super::dto::{LibrarySettings, LibrarySettingsChanges};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{IfMatch, Json, Tagged};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::settings::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_settings).service(update_settings);
}

/// Read the settings
///
/// What the library is, and what stands on its letters and certificates.
#[utoipa::path(responses((status = OK, description = "The settings", body = LibrarySettings)))]
#[get("/settings", wrap = "policy::READ_SETTINGS")]
pub async fn read_settings(_access: Access, db: Data<Db>) -> Result<Tagged<LibrarySettings>> {
    service::read(&db).await.map(Tagged)
}

/// Change the settings
///
/// Fields that are absent stay as they are; null clears what may be missing.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The settings", body = LibrarySettings)))]
#[patch("/settings", wrap = "policy::UPDATE_SETTINGS")]
pub async fn update_settings(
    access: Access,
    db: Data<Db>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<LibrarySettingsChanges>,
) -> Result<Tagged<LibrarySettings>> {
    service::update(&db, &access, expected, changes).await.map(Tagged)
}
