use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::{PublicSurvey, SurveyAnswers, SurveyResponse, SurveyResponseFilter, SurveyResponsePage};
use super::{named, service};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::gate::Gate;
use crate::kernel::http::{Computed, Json, NoContent, Path, Secret};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::problem::Problem;
use crate::kernel::routes::ServiceConfig;
use crate::surveys::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(read_public_survey)
        .service(answer_public_survey)
        .service(list_survey_responses)
        .service(answer_campaign);
}

/// Read a survey by its token
///
/// What is asked, in the caller's language (`Accept-Language`). A one-time token that was used is told so (`already_answered`), and
/// so is a survey that has not begun or is over (`survey_not_open`).
#[utoipa::path(
    params(("token" = String, Path, description = "A one-time token, or that of an open link", max_length = 100, example = "3PV9K0XQ7M2D8HTRB5WJN61CGYFZE4AS")),
    responses(
        (status = OK, description = "What is asked", body = PublicSurvey),
        (status = CONFLICT, description = "It was answered with this token, has not begun, or is over", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/public/surveys/{token}", wrap = "policy::READ_PUBLIC_SURVEY")]
pub async fn read_public_survey(access: Access, db: Data<Db>, token: Path<String>) -> Result<Secret<PublicSurvey>> {
    service::read(&db, &token, access.language()).await.map(Secret)
}

/// Answer a survey by its token
///
/// Anonymous: nothing is kept of who answers, from where, or at what time; only the day. A one-time token answers once, however often
/// it is sent (`already_answered`); an open link is limited by address, and takes about 256,000
/// answers (`survey_full`). Everything that is wrong is told at once.
#[utoipa::path(
    params(("token" = String, Path, description = "A one-time token, or that of an open link", max_length = 100, example = "3PV9K0XQ7M2D8HTRB5WJN61CGYFZE4AS")),
    responses((status = NO_CONTENT, description = "The answer is in"))
)]
#[post("/public/surveys/{token}", wrap = "policy::ANSWER_PUBLIC_SURVEY")]
pub async fn answer_public_survey(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    token: Path<String>,
    Json(answers): Json<SurveyAnswers>,
) -> Result<NoContent> {
    let address = access.request().and_then(|request| request.address);
    service::answer(&db, &gate.limits, address, &token, &answers).await.map(|()| NoContent)
}

/// List answers by name
///
/// One's own, or as an admin everybody's; newest first. Anonymous answers are in no list: see the results of the campaign.
#[utoipa::path(params(Listing<SurveyResponseFilter>), responses((status = OK, description = "A page of answers", body = SurveyResponsePage)))]
#[get("/survey-responses", wrap = "policy::LIST_SURVEY_RESPONSES")]
pub async fn list_survey_responses(
    access: Access,
    db: Data<Db>,
    list: Listing<SurveyResponseFilter>,
) -> Result<SurveyResponsePage> {
    named::list(&db, &access, &list).await
}

/// Answer a campaign by name
///
/// Whom the campaign asks answers once (`already_answered`). Anonymous campaigns are answered through a token or the open link.
#[utoipa::path(responses((status = OK, description = "The answer", body = SurveyResponse)))]
#[post("/campaigns/{campaign_id}/responses", wrap = "policy::ANSWER_CAMPAIGN")]
pub async fn answer_campaign(
    access: Access,
    db: Data<Db>,
    campaign_id: Path<Uuid>,
    Json(answers): Json<SurveyAnswers>,
) -> Result<Computed<SurveyResponse>> {
    named::answer(&db, &access, *campaign_id, answers).await
}
