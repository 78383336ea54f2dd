use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{NewSpeaker, Speaker, SpeakerChanges, SpeakerPage};
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
        .service(list_speakers)
        .service(create_speaker)
        .service(read_speaker)
        .service(update_speaker)
        .service(delete_speaker);
}

/// List the speakers of an activity
///
/// Moderators, panellists and trainers in their order.
#[utoipa::path(params(Listing<NoFilter>), responses((status = OK, description = "A page of speakers", body = SpeakerPage)))]
#[get("/activities/{activity_id}/speakers", wrap = "policy::LIST_SPEAKERS")]
pub async fn list_speakers(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    list: Listing<NoFilter>,
) -> Result<SpeakerPage> {
    service::list(&db, &access, *activity_id, &list).await
}

/// Read a speaker
///
/// Those of drafts are shown to admins alone.
#[utoipa::path(responses((status = OK, description = "The speaker", body = Speaker)))]
#[get("/speakers/{speaker_id}", wrap = "policy::READ_SPEAKER")]
pub async fn read_speaker(access: Access, db: Data<Db>, speaker_id: Path<Uuid>) -> Result<Tagged<Speaker>> {
    service::read(&db, &access, *speaker_id).await.map(Tagged)
}

/// Enter a speaker
///
/// A colleague by their record, or a guest by name. Until the activity is over or called off.
#[utoipa::path(responses((status = CREATED, description = "The new speaker", body = Speaker)))]
#[post("/activities/{activity_id}/speakers", wrap = "policy::CREATE_SPEAKER")]
pub async fn create_speaker(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    Json(new): Json<NewSpeaker>,
) -> Result<Created<Speaker>> {
    service::create(&db, &access, *activity_id, new).await.map(Created)
}

/// Change a speaker
///
/// Fields that are absent stay as they are.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The speaker", body = Speaker)))]
#[patch("/speakers/{speaker_id}", wrap = "policy::UPDATE_SPEAKER")]
pub async fn update_speaker(
    access: Access,
    db: Data<Db>,
    speaker_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<SpeakerChanges>,
) -> Result<Tagged<Speaker>> {
    service::update(&db, &access, *speaker_id, expected, changes).await.map(Tagged)
}

/// Remove a speaker
///
/// Until the activity is over or called off.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The speaker is removed")))]
#[delete("/speakers/{speaker_id}", wrap = "policy::DELETE_SPEAKER")]
pub async fn delete_speaker(
    access: Access,
    db: Data<Db>,
    speaker_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *speaker_id, expected).await.map(|()| NoContent)
}
