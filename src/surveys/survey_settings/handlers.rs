use actix_web::web::Data;
use actix_web::{get, patch};

use super::dto::{SurveySettings, SurveySettingsChanges};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{IfMatch, Json, Tagged};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::surveys::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_survey_settings).service(update_survey_settings);
}

/// Read how soon readers get an answer
///
/// In hours, by what they say.
#[utoipa::path(responses((status = OK, description = "The hours", body = SurveySettings)))]
#[get("/survey-settings", wrap = "policy::READ_SURVEY_SETTINGS")]
pub async fn read_survey_settings(_access: Access, db: Data<Db>) -> Result<Tagged<SurveySettings>> {
    service::read(&db).await.map(Tagged)
}

/// Change how soon readers get an answer
///
/// What came in before keeps the time that was promised then.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The hours", body = SurveySettings)))]
#[patch("/survey-settings", wrap = "policy::UPDATE_SURVEY_SETTINGS")]
pub async fn update_survey_settings(
    access: Access,
    db: Data<Db>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<SurveySettingsChanges>,
) -> Result<Tagged<SurveySettings>> {
    service::update(&db, &access, expected, changes).await.map(Tagged)
}
