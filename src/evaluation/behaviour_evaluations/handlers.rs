use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::{
    BehaviourAnswer, BehaviourEvaluation, BehaviourEvaluationFilter, BehaviourEvaluationPage, BehaviourReassignment,
};
use super::service;
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Json, MaybeIfMatch, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_behaviour_evaluations)
        .service(read_behaviour_evaluation)
        .service(answer_behaviour_evaluation)
        .service(reassign_behaviour_evaluation);
}

/// List questions about behaviour
///
/// Those to oneself, or as an admin all; what is due first comes first unless sorted otherwise (`due_on`, `created_at`). They are made
/// 90 days after the end of an activity, for who came and is still on the staff.
#[utoipa::path(params(Listing<BehaviourEvaluationFilter>), responses((status = OK, description = "A page of questions", body = BehaviourEvaluationPage)))]
#[get("/behaviour-evaluations", wrap = "policy::LIST_BEHAVIOUR_EVALUATIONS")]
pub async fn list_behaviour_evaluations(
    access: Access,
    db: Data<Db>,
    list: Listing<BehaviourEvaluationFilter>,
) -> Result<BehaviourEvaluationPage> {
    service::list(&db, &access, &list).await
}

/// Read a question about behaviour
///
/// What was answered is for the respondent and admins to read, not for the participant.
#[utoipa::path(responses((status = OK, description = "The question", body = BehaviourEvaluation)))]
#[get("/behaviour-evaluations/{behaviour_evaluation_id}", wrap = "policy::READ_BEHAVIOUR_EVALUATION")]
pub async fn read_behaviour_evaluation(
    access: Access,
    db: Data<Db>,
    behaviour_evaluation_id: Path<Uuid>,
) -> Result<Tagged<BehaviourEvaluation>> {
    service::read(&db, &access, *behaviour_evaluation_id).await.map(Tagged)
}

/// Answer a question about behaviour
///
/// Once, by who is asked (else `not_the_respondent`).
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The question", body = BehaviourEvaluation)))]
#[post("/behaviour-evaluations/{behaviour_evaluation_id}/answer", wrap = "policy::ANSWER_BEHAVIOUR_EVALUATION")]
pub async fn answer_behaviour_evaluation(
    access: Access,
    db: Data<Db>,
    behaviour_evaluation_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(answer): Json<BehaviourAnswer>,
) -> Result<Tagged<BehaviourEvaluation>> {
    service::answer(&db, &access, *behaviour_evaluation_id, expected, answer).await.map(Tagged)
}

/// Ask somebody else about behaviour
///
/// Another superior or colleague, before there is an answer. Who took part always answers for themself.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The question", body = BehaviourEvaluation)))]
#[post("/behaviour-evaluations/{behaviour_evaluation_id}/reassignment", wrap = "policy::REASSIGN_BEHAVIOUR_EVALUATION")]
pub async fn reassign_behaviour_evaluation(
    access: Access,
    db: Data<Db>,
    behaviour_evaluation_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(new): Json<BehaviourReassignment>,
) -> Result<Tagged<BehaviourEvaluation>> {
    service::reassign(&db, &access, *behaviour_evaluation_id, expected, new).await.map(Tagged)
}
