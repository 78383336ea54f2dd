//! Surveys (survei): asking staff and readers, and what readers write by themselves.
//!
//! A questionnaire says what is asked; a campaign asks it of somebody for a while; answers lie apart from everything that could say
//! whose they are. Nothing that is done with an anonymous answer leaves an event, a time or an order.

pub(crate) mod campaigns;
pub(crate) mod policy;
pub(crate) mod questionnaires;
pub(crate) mod reader_feedback;
pub mod responses;
pub(crate) mod results;
pub(crate) mod seed;
pub(crate) mod skm_formulas;
pub(crate) mod statistics;
pub(crate) mod survey_settings;
pub(crate) mod tasks;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "surveys",
    tags: &[
        (
            "questionnaires",
            "Questionnaires (kuesioner): what is asked, in editions of which a published one never changes.",
        ),
        ("campaigns", "Campaigns (pelaksanaan survei): a questionnaire asked of somebody for a while."),
        ("survey-responses", "Answers that were given by name."),
        (
            "skm-formulas",
            "Formulas of the citizen satisfaction survey (SKM): weights and grades, each from one day until another.",
        ),
        ("reader-feedback", "Reader feedback (saran, pengaduan, apresiasi): received, assigned, answered."),
        ("survey-settings", "How soon readers get an answer."),
    ],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[
        questionnaires::service::QUESTIONNAIRE_CODE_TAKEN,
        questionnaires::service::QUESTIONNAIRE_CLOSED,
        campaigns::service::CAMPAIGN_CLOSED,
        campaigns::lifecycle::QUESTIONNAIRE_NOT_PUBLISHED,
        campaigns::lifecycle::SAMPLE_TOO_SMALL,
        campaigns::tokens::BY_NAME,
        campaigns::tokens::TOO_MANY_TOKENS,
        responses::service::SURVEY_NOT_OPEN,
        responses::service::ALREADY_ANSWERED,
        responses::service::SURVEY_FULL,
        responses::named::NOT_ASKED,
        responses::named::NOT_BY_NAME,
        results::service::RESULTS_NOT_FROZEN,
        reader_feedback::lifecycle::NOT_YOURS_TO_ANSWER,
    ],
    faults: &[
        &questionnaires::rules::WRONG_OPTIONS,
        &questionnaires::rules::NOT_FOR_THIS_KIND,
        &campaigns::service::NOT_PUBLISHED,
        &campaigns::service::PARTICIPANTS_OF_NOTHING,
        &campaigns::service::READERS_HAVE_NO_NAME,
        &responses::form::NO_SUCH_QUESTION,
        &responses::form::ANSWER_MISSING,
        &results::service::NOT_COUNTED,
        &results::service::NOT_ASKED_ABOUT,
    ],
    hooks: &[],
    contributions: &[
        &campaigns::subject::ACTIVITIES,
        &campaigns::lifecycle::CLOSE_DUE,
        &responses::traces::FORGET_TRACES,
        &results::job::COUNTING,
        &results::job::COUNT_AGAIN,
        &tasks::SURVEYS_TO_ANSWER,
        &tasks::FEEDBACK_TO_ASSIGN,
        &tasks::FEEDBACK_TO_ANSWER,
    ],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(questionnaires::handlers::routes)
        .configure(campaigns::handlers::routes)
        .configure(responses::handlers::routes)
        .configure(results::handlers::routes)
        .configure(skm_formulas::handlers::routes)
        .configure(reader_feedback::handlers::routes)
        .configure(reader_feedback::public::routes)
        .configure(survey_settings::handlers::routes);
}
