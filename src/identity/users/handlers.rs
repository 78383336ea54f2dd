use actix_web::web::Data;
use actix_web::{get, patch, post, put};
use uuid::Uuid;

use super::dto::{MyChanges, NewUser, PasswordChange, User, UserChanges, UserFilter, UserPage};
use super::service;
use crate::identity::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::gate::Gate;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(read_me)
        .service(update_me)
        .service(change_password)
        .service(list_users)
        .service(create_user)
        .service(read_user)
        .service(update_user)
        .service(deactivate_user)
        .service(activate_user);
}

/// Read own account
///
/// Who the caller is, and which professional record is theirs.
#[utoipa::path(responses((status = OK, description = "The caller's account", body = User)))]
#[get("/me", wrap = "policy::READ_ME")]
pub async fn read_me(access: Access, db: Data<Db>) -> Result<Tagged<User>> {
    service::read_me(&db, &access).await.map(Tagged)
}

/// Change own account
///
/// Name and language; roles and address are an admin's.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The caller's account", body = User)))]
#[patch("/me", wrap = "policy::UPDATE_ME")]
pub async fn update_me(
    access: Access,
    db: Data<Db>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<MyChanges>,
) -> Result<Tagged<User>> {
    service::update_me(&db, &access, expected, changes).await.map(Tagged)
}

/// Change own password
///
/// Ends all other sessions of the caller.
#[utoipa::path(responses((status = NO_CONTENT, description = "The password is changed")))]
#[put("/me/password", wrap = "policy::CHANGE_PASSWORD")]
pub async fn change_password(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    Json(change): Json<PasswordChange>,
) -> Result<NoContent> {
    service::change_password(&db, &gate, &access, change).await.map(|()| NoContent)
}

/// List accounts
///
/// By name unless sorted otherwise (`name`, `created_at`).
#[utoipa::path(params(Listing<UserFilter>), responses((status = OK, description = "A page of accounts", body = UserPage)))]
#[get("/users", wrap = "policy::LIST_USERS")]
pub async fn list_users(_access: Access, db: Data<Db>, list: Listing<UserFilter>) -> Result<UserPage> {
    service::list(&db, &list).await
}

/// Read an account
///
/// With its roles and its state.
#[utoipa::path(responses((status = OK, description = "The account", body = User)))]
#[get("/users/{user_id}", wrap = "policy::READ_USER")]
pub async fn read_user(_access: Access, db: Data<Db>, user_id: Path<Uuid>) -> Result<Tagged<User>> {
    service::read(&db, *user_id).await.map(Tagged)
}

/// Make an account
///
/// With a password it can be used at once; without one it waits for an invitation.
#[utoipa::path(responses((status = CREATED, description = "The new account", body = User)))]
#[post("/users", wrap = "policy::CREATE_USER")]
pub async fn create_user(access: Access, db: Data<Db>, Json(new): Json<NewUser>) -> Result<Created<User>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change an account
///
/// A changed role counts within seconds, also for tokens that live. The last active admin stays one.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The account", body = User)))]
#[patch("/users/{user_id}", wrap = "policy::UPDATE_USER")]
pub async fn update_user(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    user_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<UserChanges>,
) -> Result<Tagged<User>> {
    service::update(&db, &gate.tokens, &access, *user_id, expected, changes).await.map(Tagged)
}

/// Deactivate an account
///
/// Ends all its sessions. The last active admin cannot be deactivated.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The account", body = User)))]
#[post("/users/{user_id}/deactivation", wrap = "policy::DEACTIVATE_USER")]
pub async fn deactivate_user(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    user_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<User>> {
    service::deactivate(&db, &gate.tokens, &access, *user_id, expected).await.map(Tagged)
}

/// Activate an account
///
/// Opens a deactivated account again; its owner signs in anew.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The account", body = User)))]
#[post("/users/{user_id}/activation", wrap = "policy::ACTIVATE_USER")]
pub async fn activate_user(
    access: Access,
    db: Data<Db>,
    user_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<User>> {
    service::activate(&db, &access, *user_id, expected).await.map(Tagged)
}
