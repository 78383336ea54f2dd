use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::{
    NewRegistration, ParticipantFilter, Registration, RegistrationFilter, RegistrationPage, RejectionReason,
};
use super::{approval, service};
use crate::activities::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, Json, MaybeIfMatch, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_activity_registrations)
        .service(create_registration)
        .service(list_registrations)
        .service(read_registration)
        .service(approve_registration)
        .service(reject_registration)
        .service(accept_registration)
        .service(cancel_registration);
}

/// List the registrations of an activity
///
/// For its staff and admins, in the order in which people registered.
#[utoipa::path(params(Listing<ParticipantFilter>), responses((status = OK, description = "A page of registrations", body = RegistrationPage)))]
#[get("/activities/{activity_id}/registrations", wrap = "policy::LIST_ACTIVITY_REGISTRATIONS")]
pub async fn list_activity_registrations(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    list: Listing<ParticipantFilter>,
) -> Result<RegistrationPage> {
    service::list_of_activity(&db, &access, *activity_id, &list).await
}

/// Register for an activity
///
/// Oneself, or as an admin somebody else. Answers `confirmed` where there is a seat, `waitlisted` where there is none, `requested`
/// where somebody has to approve. One registration for each person and activity: after a cancellation it begins anew.
#[utoipa::path(responses((status = CREATED, description = "The registration", body = Registration)))]
#[post("/activities/{activity_id}/registrations", wrap = "policy::CREATE_REGISTRATION")]
pub async fn create_registration(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    Json(new): Json<NewRegistration>,
) -> Result<Created<Registration>> {
    service::create(&db, &access, *activity_id, new).await.map(Created)
}

/// List registrations
///
/// One's own, those of one's mentees and of the people whose superior one is; admins see all. The latest first.
#[utoipa::path(params(Listing<RegistrationFilter>), responses((status = OK, description = "A page of registrations", body = RegistrationPage)))]
#[get("/registrations", wrap = "policy::LIST_REGISTRATIONS")]
pub async fn list_registrations(
    access: Access,
    db: Data<Db>,
    list: Listing<RegistrationFilter>,
) -> Result<RegistrationPage> {
    service::list(&db, &access, &list).await
}

/// Read a registration
///
/// With its place on the waiting list, and what the caller may do next in `actions`.
#[utoipa::path(responses((status = OK, description = "The registration", body = Registration)))]
#[get("/registrations/{registration_id}", wrap = "policy::READ_REGISTRATION")]
pub async fn read_registration(
    access: Access,
    db: Data<Db>,
    registration_id: Path<Uuid>,
) -> Result<Tagged<Registration>> {
    service::read(&db, &access, *registration_id).await.map(Tagged)
}

/// Approve a registration
///
/// As the person's superior, where the activity asks for two stages, or as an admin, which gives the seat or a place on the
/// waiting list.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The registration", body = Registration)))]
#[post("/registrations/{registration_id}/approval", wrap = "policy::APPROVE_REGISTRATION")]
pub async fn approve_registration(
    access: Access,
    db: Data<Db>,
    registration_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Registration>> {
    approval::approve(&db, &access, *registration_id, expected).await.map(Tagged)
}

/// Refuse a registration
///
/// As the person's superior or as an admin, with a reason that the person reads.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The registration", body = Registration)))]
#[post("/registrations/{registration_id}/rejection", wrap = "policy::REJECT_REGISTRATION")]
pub async fn reject_registration(
    access: Access,
    db: Data<Db>,
    registration_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<RejectionReason>,
) -> Result<Tagged<Registration>> {
    approval::reject(&db, &access, *registration_id, expected, reason).await.map(Tagged)
}

/// Take an offered seat
///
/// Before the offer expires.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The registration", body = Registration)))]
#[post("/registrations/{registration_id}/acceptance", wrap = "policy::ACCEPT_REGISTRATION")]
pub async fn accept_registration(
    access: Access,
    db: Data<Db>,
    registration_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Registration>> {
    service::accept(&db, &access, *registration_id, expected).await.map(Tagged)
}

/// Cancel a registration
///
/// One's own, or as an admin anybody's. A freed seat goes to the first on the waiting list in the same step.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The registration", body = Registration)))]
#[post("/registrations/{registration_id}/cancellation", wrap = "policy::CANCEL_REGISTRATION")]
pub async fn cancel_registration(
    access: Access,
    db: Data<Db>,
    registration_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Registration>> {
    service::cancel(&db, &access, *registration_id, expected).await.map(Tagged)
}
