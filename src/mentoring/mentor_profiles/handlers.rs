use actix_web::web::Data;
use actix_web::{get, patch, post};
use uuid::Uuid;

use super::content::{MentorProfileChanges, NewMentorProfile};
use super::dto::{MentorProfile, MentorProfileFilter, MentorProfilePage};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::mentoring::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_mentor_profiles)
        .service(create_mentor_profile)
        .service(read_mentor_profile)
        .service(update_mentor_profile);
}

/// List mentor profiles
///
/// Who offers to help with what; the newest first unless sorted otherwise (`created_at`, `capacity`). Who takes on mentees now:
/// `is_active=true`.
#[utoipa::path(params(Listing<MentorProfileFilter>), responses((status = OK, description = "A page of profiles", body = MentorProfilePage)))]
#[get("/mentor-profiles", wrap = "policy::LIST_MENTOR_PROFILES")]
pub async fn list_mentor_profiles(
    access: Access,
    db: Data<Db>,
    list: Listing<MentorProfileFilter>,
) -> Result<MentorProfilePage> {
    service::list(&db, &access, &list).await
}

/// Read a mentor profile
///
/// With the number of places that are taken now.
#[utoipa::path(responses((status = OK, description = "The profile", body = MentorProfile)))]
#[get("/mentor-profiles/{mentor_profile_id}", wrap = "policy::READ_MENTOR_PROFILE")]
pub async fn read_mentor_profile(
    access: Access,
    db: Data<Db>,
    mentor_profile_id: Path<Uuid>,
) -> Result<Tagged<MentorProfile>> {
    service::read(&db, &access, *mentor_profile_id).await.map(Tagged)
}

/// Offer to be a mentor
///
/// One profile a person (`mentor_profile_exists`). Competencies are those of published frameworks.
#[utoipa::path(responses((status = CREATED, description = "The new profile", body = MentorProfile)))]
#[post("/mentor-profiles", wrap = "policy::CREATE_MENTOR_PROFILE")]
pub async fn create_mentor_profile(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewMentorProfile>,
) -> Result<Created<MentorProfile>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a mentor profile
///
/// By the mentor or an admin. Pairs that are there stay as they are, also when the mentor pauses.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The profile", body = MentorProfile)))]
#[patch("/mentor-profiles/{mentor_profile_id}", wrap = "policy::UPDATE_MENTOR_PROFILE")]
pub async fn update_mentor_profile(
    access: Access,
    db: Data<Db>,
    mentor_profile_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<MentorProfileChanges>,
) -> Result<Tagged<MentorProfile>> {
    service::update(&db, &access, *mentor_profile_id, expected, changes).await.map(Tagged)
}
