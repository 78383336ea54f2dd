use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{Milestone, MilestoneChanges, MilestoneFilter, MilestonePage, NewMilestone};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, MaybeIfMatch, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::programmes::outcome::{OutcomeReason, Step};
use crate::programmes::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_milestones)
        .service(create_milestone)
        .service(read_milestone)
        .service(update_milestone)
        .service(archive_milestone)
        .service(restore_milestone)
        .service(achieve_milestone)
        .service(miss_milestone)
        .service(cancel_milestone)
        .service(reopen_milestone);
}

/// List milestones
///
/// By due day unless sorted otherwise (`due_on`, `title`, `created_at`). Those of a draft programme are shown to admins alone.
#[utoipa::path(params(Listing<MilestoneFilter>), responses((status = OK, description = "A page of milestones", body = MilestonePage)))]
#[get("/milestones", wrap = "policy::LIST_MILESTONES")]
pub async fn list_milestones(access: Access, db: Data<Db>, list: Listing<MilestoneFilter>) -> Result<MilestonePage> {
    service::list(&db, &access, &list).await
}

/// Read a milestone
///
/// Archived ones are shown to admins alone.
#[utoipa::path(responses((status = OK, description = "The milestone", body = Milestone)))]
#[get("/milestones/{milestone_id}", wrap = "policy::READ_MILESTONE")]
pub async fn read_milestone(access: Access, db: Data<Db>, milestone_id: Path<Uuid>) -> Result<Tagged<Milestone>> {
    service::read(&db, &access, *milestone_id).await.map(Tagged)
}

/// Enter a milestone
///
/// Of a goal that is open, of a programme that is not closed, or of both.
#[utoipa::path(responses((status = CREATED, description = "The new milestone", body = Milestone)))]
#[post("/milestones", wrap = "policy::CREATE_MILESTONE")]
pub async fn create_milestone(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewMilestone>,
) -> Result<Created<Milestone>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a milestone
///
/// While it is open.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The milestone", body = Milestone)))]
#[patch("/milestones/{milestone_id}", wrap = "policy::UPDATE_MILESTONE")]
pub async fn update_milestone(
    access: Access,
    db: Data<Db>,
    milestone_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<MilestoneChanges>,
) -> Result<Tagged<Milestone>> {
    service::update(&db, &access, *milestone_id, expected, changes).await.map(Tagged)
}

/// Archive a milestone
///
/// It leaves the lists and is counted no longer. `restoration` undoes it.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The milestone is archived")))]
#[delete("/milestones/{milestone_id}", wrap = "policy::ARCHIVE_MILESTONE")]
pub async fn archive_milestone(
    access: Access,
    db: Data<Db>,
    milestone_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::archive(&db, &access, *milestone_id, expected).await.map(|()| NoContent)
}

/// Restore a milestone
///
/// Takes it back from the archive.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The milestone", body = Milestone)))]
#[post("/milestones/{milestone_id}/restoration", wrap = "policy::RESTORE_MILESTONE")]
pub async fn restore_milestone(
    access: Access,
    db: Data<Db>,
    milestone_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Milestone>> {
    service::restore(&db, &access, *milestone_id, expected).await.map(Tagged)
}

/// Say that a milestone is achieved
///
/// Today is the day that counts.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The milestone", body = Milestone)))]
#[post("/milestones/{milestone_id}/achievement", wrap = "policy::ACHIEVE_MILESTONE")]
pub async fn achieve_milestone(
    access: Access,
    db: Data<Db>,
    milestone_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Milestone>> {
    service::settle(&db, &access, *milestone_id, expected, Step::Achieve).await.map(Tagged)
}

/// Say that a milestone was missed
///
/// With the reason, for everybody to read.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The milestone", body = Milestone)))]
#[post("/milestones/{milestone_id}/lapse", wrap = "policy::MISS_MILESTONE")]
pub async fn miss_milestone(
    access: Access,
    db: Data<Db>,
    milestone_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<OutcomeReason>,
) -> Result<Tagged<Milestone>> {
    service::settle(&db, &access, *milestone_id, expected, Step::Miss(reason.reason)).await.map(Tagged)
}

/// Give a milestone up
///
/// With the reason, for everybody to read.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The milestone", body = Milestone)))]
#[post("/milestones/{milestone_id}/cancellation", wrap = "policy::CANCEL_MILESTONE")]
pub async fn cancel_milestone(
    access: Access,
    db: Data<Db>,
    milestone_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<OutcomeReason>,
) -> Result<Tagged<Milestone>> {
    service::settle(&db, &access, *milestone_id, expected, Step::Cancel(reason.reason)).await.map(Tagged)
}

/// Reopen a milestone
///
/// Day and reason are forgotten; the log keeps them.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The milestone", body = Milestone)))]
#[post("/milestones/{milestone_id}/reopening", wrap = "policy::REOPEN_MILESTONE")]
pub async fn reopen_milestone(
    access: Access,
    db: Data<Db>,
    milestone_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Milestone>> {
    service::settle(&db, &access, *milestone_id, expected, Step::Reopen).await.map(Tagged)
}
