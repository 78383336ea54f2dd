use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{MentorshipGoal, MentorshipGoalChanges, MentorshipGoalFilter, MentorshipGoalPage, NewMentorshipGoal};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::mentoring::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_mentorship_goals)
        .service(create_mentorship_goal)
        .service(read_mentorship_goal)
        .service(update_mentorship_goal)
        .service(delete_mentorship_goal);
}

/// List the goals of a mentorship
///
/// For the mentee, the mentor as long as the mentorship stands, and admins; in the order in which they were set.
#[utoipa::path(params(Listing<MentorshipGoalFilter>), responses((status = OK, description = "A page of goals", body = MentorshipGoalPage)))]
#[get("/mentorships/{mentorship_id}/goals", wrap = "policy::LIST_MENTORSHIP_GOALS")]
pub async fn list_mentorship_goals(
    access: Access,
    db: Data<Db>,
    mentorship_id: Path<Uuid>,
    list: Listing<MentorshipGoalFilter>,
) -> Result<MentorshipGoalPage> {
    service::list(&db, &access, *mentorship_id, &list).await
}

/// Read a goal of a mentorship
///
/// With the mentee's level of now.
#[utoipa::path(responses((status = OK, description = "The goal", body = MentorshipGoal)))]
#[get("/mentorship-goals/{mentorship_goal_id}", wrap = "policy::READ_MENTORSHIP_GOAL")]
pub async fn read_mentorship_goal(
    access: Access,
    db: Data<Db>,
    mentorship_goal_id: Path<Uuid>,
) -> Result<Tagged<MentorshipGoal>> {
    service::read(&db, &access, *mentorship_goal_id).await.map(Tagged)
}

/// Set a goal of a mentorship
///
/// By either of the two or an admin, while the mentorship stands. It keeps the mentee's level of that day.
#[utoipa::path(responses((status = CREATED, description = "The new goal", body = MentorshipGoal)))]
#[post("/mentorships/{mentorship_id}/goals", wrap = "policy::CREATE_MENTORSHIP_GOAL")]
pub async fn create_mentorship_goal(
    access: Access,
    db: Data<Db>,
    mentorship_id: Path<Uuid>,
    Json(new): Json<NewMentorshipGoal>,
) -> Result<Created<MentorshipGoal>> {
    service::create(&db, &access, *mentorship_id, new).await.map(Created)
}

/// Change a goal of a mentorship
///
/// How far it has come, when it was achieved, or what it is.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The goal", body = MentorshipGoal)))]
#[patch("/mentorship-goals/{mentorship_goal_id}", wrap = "policy::UPDATE_MENTORSHIP_GOAL")]
pub async fn update_mentorship_goal(
    access: Access,
    db: Data<Db>,
    mentorship_goal_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<MentorshipGoalChanges>,
) -> Result<Tagged<MentorshipGoal>> {
    service::update(&db, &access, *mentorship_goal_id, expected, changes).await.map(Tagged)
}

/// Take a goal of a mentorship away
///
/// For good.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The goal is gone")))]
#[delete("/mentorship-goals/{mentorship_goal_id}", wrap = "policy::DELETE_MENTORSHIP_GOAL")]
pub async fn delete_mentorship_goal(
    access: Access,
    db: Data<Db>,
    mentorship_goal_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *mentorship_goal_id, expected).await.map(|()| NoContent)
}
