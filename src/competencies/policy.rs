//! Who may do what with frameworks, standards and assessments.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, Mentees, No, Own}, Rule, rule};

    //                                                                        librarian  mentor    admin
    pub const LIST_ASSESSMENTS:      Rule = rule("list_assessments",      [Own, Mentees, All]);
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
