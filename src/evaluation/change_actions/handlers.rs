use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{ChangeAction, ChangeActionChanges, ChangeActionPage, NewChangeAction};
use super::service;
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::{Listing, NoFilter};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_change_actions)
        .service(create_change_action)
        .service(read_change_action)
        .service(update_change_action)
        .service(delete_change_action);
}

/// List what is done for a change
///
/// By day (`held_on`); what followed each step stands in the change's evaluation.
#[utoipa::path(params(Listing<NoFilter>), responses((status = OK, description = "A page of steps", body = ChangeActionPage)))]
#[get("/change-initiatives/{change_initiative_id}/change-actions", wrap = "policy::LIST_CHANGE_ACTIONS")]
pub async fn list_change_actions(
    _access: Access,
    db: Data<Db>,
    change_initiative_id: Path<Uuid>,
    list: Listing<NoFilter>,
) -> Result<ChangeActionPage> {
    service::list(&db, *change_initiative_id, &list).await
}

/// Read what is done for a change
///
/// A step with its audience and evidence.
#[utoipa::path(responses((status = OK, description = "The step", body = ChangeAction)))]
#[get("/change-actions/{change_action_id}", wrap = "policy::READ_CHANGE_ACTION")]
pub async fn read_change_action(
    _access: Access,
    db: Data<Db>,
    change_action_id: Path<Uuid>,
) -> Result<Tagged<ChangeAction>> {
    service::read(&db, *change_action_id).await.map(Tagged)
}

/// Enter what is done for a change
///
/// Done or planned, while the change is not over.
#[utoipa::path(responses((status = CREATED, description = "The new step", body = ChangeAction)))]
#[post("/change-initiatives/{change_initiative_id}/change-actions", wrap = "policy::CREATE_CHANGE_ACTION")]
pub async fn create_change_action(
    access: Access,
    db: Data<Db>,
    change_initiative_id: Path<Uuid>,
    Json(new): Json<NewChangeAction>,
) -> Result<Created<ChangeAction>> {
    service::create(&db, &access, *change_initiative_id, new).await.map(Created)
}

/// Change what is done for a change
///
/// Its kind and what it answers stay.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The step", body = ChangeAction)))]
#[patch("/change-actions/{change_action_id}", wrap = "policy::UPDATE_CHANGE_ACTION")]
pub async fn update_change_action(
    access: Access,
    db: Data<Db>,
    change_action_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<ChangeActionChanges>,
) -> Result<Tagged<ChangeAction>> {
    service::update(&db, &access, *change_action_id, expected, changes).await.map(Tagged)
}

/// Remove what is done for a change
///
/// For good: a step that was entered by mistake.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The step is gone")))]
#[delete("/change-actions/{change_action_id}", wrap = "policy::DELETE_CHANGE_ACTION")]
pub async fn delete_change_action(
    access: Access,
    db: Data<Db>,
    change_action_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *change_action_id, expected).await.map(|()| NoContent)
}
