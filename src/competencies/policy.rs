//! Who may do what with frameworks, standards and assessments.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, Mentees, No, Own}, Rule, open, rule};

    //                                                                        librarian  mentor    admin
    pub const LIST_FRAMEWORKS:       Rule = rule("list_frameworks",       [All, All,     All]).sorted_by(&["code", "created_at"]);
    pub const READ_FRAMEWORK:        Rule = rule("read_framework",        [All, All,     All]);
    pub const CREATE_FRAMEWORK:      Rule = rule("create_framework",      [No,  No,      All]);
    pub const UPDATE_FRAMEWORK:      Rule = rule("update_framework",      [No,  No,      All]);
    pub const ARCHIVE_FRAMEWORK:     Rule = rule("archive_framework",     [No,  No,      All]);
    pub const RESTORE_FRAMEWORK:     Rule = rule("restore_framework",     [No,  No,      All]);
    pub const PUBLISH_FRAMEWORK:     Rule = rule("publish_framework",     [No,  No,      All]);
    pub const RETIRE_FRAMEWORK:      Rule = rule("retire_framework",      [No,  No,      All]);
    pub const CREATE_FRAMEWORK_VERSION:         Rule = rule("create_framework_version", [No, No, All]);
    pub const IMPORT_FRAMEWORK:      Rule = rule("import_framework",      [No,  No,      All]);
    pub const READ_FRAMEWORK_IMPORT_TEMPLATE:   Rule = rule("read_framework_import_template", [No, No, All]).also(&["text/csv"]);
    pub const READ_FRAMEWORK_CSV:    Rule = rule("read_framework_csv",    [All, All,     All]).also(&["text/csv"]);
    pub const LIST_COMPETENCIES:     Rule = rule("list_competencies",     [All, All,     All]).sorted_by(&["sequence", "code"]);
    pub const SEARCH_COMPETENCIES:   Rule = rule("search_competencies",   [All, All,     All]).sorted_by(&["code"]);
    pub const READ_COMPETENCY:       Rule = rule("read_competency",       [All, All,     All]);
    pub const CREATE_COMPETENCY:     Rule = rule("create_competency",     [No,  No,      All]);
    pub const UPDATE_COMPETENCY:     Rule = rule("update_competency",     [No,  No,      All]);
    pub const DELETE_COMPETENCY:     Rule = rule("delete_competency",     [No,  No,      All]);
    pub const LIST_PREDECESSORS:     Rule = rule("list_predecessors",     [All, All,     All]);
    pub const LINK_PREDECESSOR:      Rule = rule("link_predecessor",      [No,  No,      All]);
    pub const UNLINK_PREDECESSOR:    Rule = rule("unlink_predecessor",    [No,  No,      All]);
    pub const READ_FRAMEWORK_DIFFERENCES:       Rule = rule("read_framework_differences", [All, All, All]);
    pub const PREVIEW_FRAMEWORK_REMAP:          Rule = rule("preview_framework_remap", [No, No, All]);
    pub const APPLY_FRAMEWORK_REMAP: Rule = rule("apply_framework_remap", [No,  No,      All]);
    pub const READ_POSITION_STANDARD:           Rule = rule("read_position_standard", [All, All, All]);
    pub const REPLACE_POSITION_STANDARD:        Rule = rule("replace_position_standard", [No, No, All]);
    pub const LIST_CASE_DOCUMENTS: Rule = open("list_case_documents");
    pub const READ_CASE_DOCUMENT: Rule = open("read_case_document");
    pub const READ_CASE_PACKAGE: Rule = open("read_case_package");
    pub const READ_CASE_ITEM: Rule = open("read_case_item");
    pub const READ_CASE_ITEM_ASSOCIATIONS: Rule = open("read_case_item_associations");
    pub const READ_CASE_ASSOCIATION: Rule = open("read_case_association");
    pub const READ_CASE_RUBRIC: Rule = open("read_case_rubric");
    pub const READ_CASE_ITEM_TYPE: Rule = open("read_case_item_type");
    pub const READ_CASE_SUBJECT: Rule = open("read_case_subject");
    pub const READ_CASE_CONCEPT: Rule = open("read_case_concept");
    pub const READ_CASE_LICENSE: Rule = open("read_case_license");
    pub const LIST_ASSESSMENTS:      Rule = rule("list_assessments",      [Own, Mentees, All]).sorted_by(&["assessed_on", "created_at"]);
    pub const READ_ASSESSMENT:       Rule = rule("read_assessment",       [Own, Mentees, All]);
    pub const CREATE_ASSESSMENT:     Rule = rule("create_assessment",     [Own, Mentees, All]);
    pub const UPDATE_ASSESSMENT:     Rule = rule("update_assessment",     [Own, Mentees, All]);
    pub const ARCHIVE_ASSESSMENT:    Rule = rule("archive_assessment",    [Own, Mentees, All]);
    pub const RESTORE_ASSESSMENT:    Rule = rule("restore_assessment",    [No,  No,      All]);
    pub const SUBMIT_ASSESSMENT:     Rule = rule("submit_assessment",     [Own, Mentees, All]);
    pub const CONFIRM_ASSESSMENT:    Rule = rule("confirm_assessment",    [No,  Mentees, All]);
    pub const RETURN_ASSESSMENT:     Rule = rule("return_assessment",     [No,  Mentees, All]);
    pub const READ_COMPETENCY_PROFILE:          Rule = rule("read_competency_profile", [Own, Mentees, All]).also(&["image/svg+xml"]);
    pub const READ_COMPETENCY_PROFILE_SVG:      Rule = rule("read_competency_profile_svg", [Own, Mentees, All]).also(&["image/svg+xml"]);
    pub const LIST_RECOMMENDATIONS:  Rule = rule("list_recommendations",  [Own, Mentees, All]);
    pub const READ_COMPETENCY_GAPS:             Rule = rule("read_competency_gaps",  [No,  Mentees, All]).also(&["text/csv", "image/svg+xml"]);
    pub const READ_COMPETENCY_GAPS_CSV:         Rule = rule("read_competency_gaps_csv", [No,  Mentees, All]).also(&["text/csv"]);
    pub const READ_COMPETENCY_GAPS_SVG:         Rule = rule("read_competency_gaps_svg", [No,  Mentees, All]).also(&["image/svg+xml"]);
    pub const READ_COVERAGE:         Rule = rule("read_coverage",         [No,  Mentees, All]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[
    LIST_FRAMEWORKS,
    READ_FRAMEWORK,
    CREATE_FRAMEWORK,
    UPDATE_FRAMEWORK,
    ARCHIVE_FRAMEWORK,
    RESTORE_FRAMEWORK,
    PUBLISH_FRAMEWORK,
    RETIRE_FRAMEWORK,
    CREATE_FRAMEWORK_VERSION,
    IMPORT_FRAMEWORK,
    READ_FRAMEWORK_IMPORT_TEMPLATE,
    READ_FRAMEWORK_CSV,
    LIST_COMPETENCIES,
    SEARCH_COMPETENCIES,
    READ_COMPETENCY,
    CREATE_COMPETENCY,
    UPDATE_COMPETENCY,
    DELETE_COMPETENCY,
    LIST_PREDECESSORS,
    LINK_PREDECESSOR,
    UNLINK_PREDECESSOR,
    READ_FRAMEWORK_DIFFERENCES,
    PREVIEW_FRAMEWORK_REMAP,
    APPLY_FRAMEWORK_REMAP,
    READ_POSITION_STANDARD,
    REPLACE_POSITION_STANDARD,
    LIST_CASE_DOCUMENTS,
    READ_CASE_DOCUMENT,
    READ_CASE_PACKAGE,
    READ_CASE_ITEM,
    READ_CASE_ITEM_ASSOCIATIONS,
    READ_CASE_ASSOCIATION,
    READ_CASE_RUBRIC,
    READ_CASE_ITEM_TYPE,
    READ_CASE_SUBJECT,
    READ_CASE_CONCEPT,
    READ_CASE_LICENSE,
    LIST_ASSESSMENTS,
    READ_ASSESSMENT,
    CREATE_ASSESSMENT,
    UPDATE_ASSESSMENT,
    ARCHIVE_ASSESSMENT,
    RESTORE_ASSESSMENT,
    SUBMIT_ASSESSMENT,
    CONFIRM_ASSESSMENT,
    RETURN_ASSESSMENT,
    READ_COMPETENCY_PROFILE,
    READ_COMPETENCY_PROFILE_SVG,
    LIST_RECOMMENDATIONS,
    READ_COMPETENCY_GAPS,
    READ_COMPETENCY_GAPS_CSV,
    READ_COMPETENCY_GAPS_SVG,
    READ_COVERAGE,
];
