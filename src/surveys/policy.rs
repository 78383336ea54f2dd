//! Who may do what with surveys. Of reader feedback "own" is what one is to answer or wrote down; of answers, what one gave by name.
//! What is open is found by a token or a code alone.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, No, Own}, Rule, open, rule};

    //                                                                              librarian mentor admin
    pub const LIST_QUESTIONNAIRES:         Rule = rule("list_questionnaires",         [All, All, All]).sorted_by(&["code", "created_at"]);
    pub const READ_QUESTIONNAIRE:          Rule = rule("read_questionnaire",          [All, All, All]);
    pub const CREATE_QUESTIONNAIRE:        Rule = rule("create_questionnaire",        [No,  No,  All]);
    pub const UPDATE_QUESTIONNAIRE:        Rule = rule("update_questionnaire",        [No,  No,  All]);
    pub const DELETE_QUESTIONNAIRE:        Rule = rule("delete_questionnaire",        [No,  No,  All]);
    pub const PUBLISH_QUESTIONNAIRE:       Rule = rule("publish_questionnaire",       [No,  No,  All]);
    pub const BEGIN_QUESTIONNAIRE_EDITION: Rule = rule("begin_questionnaire_edition", [No,  No,  All]);
    pub const RETIRE_QUESTIONNAIRE:        Rule = rule("retire_questionnaire",        [No,  No,  All]);
    pub const LIST_CAMPAIGNS:              Rule = rule("list_campaigns",              [All, All, All]).sorted_by(&["created_at", "closes_on"]);
    pub const READ_CAMPAIGN:               Rule = rule("read_campaign",               [All, All, All]);
    pub const CREATE_CAMPAIGN:             Rule = rule("create_campaign",             [No,  No,  All]);
    pub const UPDATE_CAMPAIGN:             Rule = rule("update_campaign",             [No,  No,  All]);
    pub const OPEN_CAMPAIGN:               Rule = rule("open_campaign",               [No,  No,  All]);
    pub const CLOSE_CAMPAIGN:              Rule = rule("close_campaign",              [No,  No,  All]);
    pub const CANCEL_CAMPAIGN:             Rule = rule("cancel_campaign",             [No,  No,  All]);
    pub const PUBLISH_CAMPAIGN:            Rule = rule("publish_campaign",            [No,  No,  All]);
    pub const ISSUE_CAMPAIGN_TOKENS:       Rule = rule("issue_campaign_tokens",       [No,  No,  All]);
    pub const RENEW_CAMPAIGN_LINK:         Rule = rule("renew_campaign_link",         [No,  No,  All]);
    pub const ANSWER_CAMPAIGN:             Rule = rule("answer_campaign",             [All, All, All]);
    pub const LIST_SURVEY_RESPONSES:       Rule = rule("list_survey_responses",       [Own, Own, All]).sorted_by(&["answered_on"]);
    pub const READ_PUBLIC_SURVEY:          Rule = open("read_public_survey");
    pub const ANSWER_PUBLIC_SURVEY:        Rule = open("answer_public_survey");
    pub const READ_CAMPAIGN_RESULTS:       Rule = rule("read_campaign_results",       [No,  No,  All]).also(&["text/csv", "image/svg+xml"]);
    pub const READ_CAMPAIGN_RESULTS_CSV:   Rule = rule("read_campaign_results_csv",   [No,  No,  All]).also(&["text/csv"]);
    pub const READ_CAMPAIGN_RESULTS_SVG:   Rule = rule("read_campaign_results_svg",   [No,  No,  All]).also(&["image/svg+xml"]);
    pub const VERIFY_CAMPAIGN_RESULTS:     Rule = rule("verify_campaign_results",     [No,  No,  All]);
    pub const LIST_CAMPAIGN_COMMENTS:      Rule = rule("list_campaign_comments",      [No,  No,  All]).sorted_by(&["question_code"]);
    pub const READ_PUBLISHED_RESULTS:      Rule = open("read_published_results").also(&["text/csv", "image/svg+xml"]);
    pub const READ_PUBLISHED_RESULTS_CSV:  Rule = open("read_published_results_csv").also(&["text/csv"]);
    pub const READ_PUBLISHED_RESULTS_SVG:  Rule = open("read_published_results_svg").also(&["image/svg+xml"]);
    pub const LIST_SKM_FORMULAS:           Rule = rule("list_skm_formulas",           [All, All, All]).sorted_by(&["valid_from"]);
    pub const READ_SKM_FORMULA:            Rule = rule("read_skm_formula",            [All, All, All]);
    pub const CREATE_SKM_FORMULA:          Rule = rule("create_skm_formula",          [No,  No,  All]);
    pub const UPDATE_SKM_FORMULA:          Rule = rule("update_skm_formula",          [No,  No,  All]);
    pub const DELETE_SKM_FORMULA:          Rule = rule("delete_skm_formula",          [No,  No,  All]);
    pub const LIST_READER_FEEDBACK:        Rule = rule("list_reader_feedback",        [Own, Own, All]).sorted_by(&["created_at", "due_at"]);
    pub const READ_READER_FEEDBACK:        Rule = rule("read_reader_feedback",        [Own, Own, All]);
    pub const CREATE_READER_FEEDBACK:      Rule = rule("create_reader_feedback",      [All, All, All]);
    pub const ASSIGN_READER_FEEDBACK:      Rule = rule("assign_reader_feedback",      [No,  No,  All]);
    pub const ANSWER_READER_FEEDBACK:      Rule = rule("answer_reader_feedback",      [Own, Own, All]);
    pub const CLOSE_READER_FEEDBACK:       Rule = rule("close_reader_feedback",       [Own, Own, All]);
    pub const REJECT_READER_FEEDBACK:      Rule = rule("reject_reader_feedback",      [No,  No,  All]);
    pub const SEND_PUBLIC_FEEDBACK:        Rule = open("send_public_feedback");
    pub const READ_PUBLIC_FEEDBACK:        Rule = open("read_public_feedback");
    pub const READ_SURVEY_SETTINGS:        Rule = rule("read_survey_settings",        [All, All, All]);
    pub const UPDATE_SURVEY_SETTINGS:      Rule = rule("update_survey_settings",      [No,  No,  All]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[
    LIST_QUESTIONNAIRES,
    READ_QUESTIONNAIRE,
    CREATE_QUESTIONNAIRE,
    UPDATE_QUESTIONNAIRE,
    DELETE_QUESTIONNAIRE,
    PUBLISH_QUESTIONNAIRE,
    BEGIN_QUESTIONNAIRE_EDITION,
    RETIRE_QUESTIONNAIRE,
    LIST_CAMPAIGNS,
    READ_CAMPAIGN,
    CREATE_CAMPAIGN,
    UPDATE_CAMPAIGN,
    OPEN_CAMPAIGN,
    CLOSE_CAMPAIGN,
    CANCEL_CAMPAIGN,
    PUBLISH_CAMPAIGN,
    ISSUE_CAMPAIGN_TOKENS,
    RENEW_CAMPAIGN_LINK,
    ANSWER_CAMPAIGN,
    LIST_SURVEY_RESPONSES,
    READ_PUBLIC_SURVEY,
    ANSWER_PUBLIC_SURVEY,
    READ_CAMPAIGN_RESULTS,
    READ_CAMPAIGN_RESULTS_CSV,
    READ_CAMPAIGN_RESULTS_SVG,
    VERIFY_CAMPAIGN_RESULTS,
    LIST_CAMPAIGN_COMMENTS,
    READ_PUBLISHED_RESULTS,
    READ_PUBLISHED_RESULTS_CSV,
    READ_PUBLISHED_RESULTS_SVG,
    LIST_SKM_FORMULAS,
    READ_SKM_FORMULA,
    CREATE_SKM_FORMULA,
    UPDATE_SKM_FORMULA,
    DELETE_SKM_FORMULA,
    LIST_READER_FEEDBACK,
    READ_READER_FEEDBACK,
    CREATE_READER_FEEDBACK,
    ASSIGN_READER_FEEDBACK,
    ANSWER_READER_FEEDBACK,
    CLOSE_READER_FEEDBACK,
    REJECT_READER_FEEDBACK,
    SEND_PUBLIC_FEEDBACK,
    READ_PUBLIC_FEEDBACK,
    READ_SURVEY_SETTINGS,
    UPDATE_SURVEY_SETTINGS,
];
