//! Who may do what with the professional record.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, Mentees, No, Own}, Rule, rule};

    //                                                           librarian  mentor  admin
    pub const LIST_UNITS:         Rule = rule("list_units",         [All,  All,    All]).sorted_by(&["code", "name", "created_at"]);
    pub const READ_UNIT:          Rule = rule("read_unit",          [All,  All,    All]);
    pub const CREATE_UNIT:        Rule = rule("create_unit",        [No,   No,     All]);
    pub const UPDATE_UNIT:        Rule = rule("update_unit",        [No,   No,     All]);
    pub const ARCHIVE_UNIT:       Rule = rule("archive_unit",       [No,   No,     All]);
    pub const RESTORE_UNIT:       Rule = rule("restore_unit",       [No,   No,     All]);
    pub const LIST_POSITIONS:     Rule = rule("list_positions",     [All,  All,     All]).sorted_by(&["level", "code"]);
    pub const READ_POSITION:      Rule = rule("read_position",      [All,  All,     All]);
    pub const LIST_LIBRARIANS:    Rule = rule("list_librarians",    [All,  All,     All]).sorted_by(&["name", "created_at"]);
    pub const CREATE_POSITION:    Rule = rule("create_position",    [No,   No,      All]);
    pub const UPDATE_POSITION:    Rule = rule("update_position",    [No,   No,      All]);
    pub const ARCHIVE_POSITION:   Rule = rule("archive_position",   [No,   No,      All]);
    pub const RESTORE_POSITION:   Rule = rule("restore_position",   [No,   No,      All]);
    pub const READ_LIBRARIAN:     Rule = rule("read_librarian",     [Own,  Mentees, All]);
    pub const CREATE_LIBRARIAN:   Rule = rule("create_librarian",   [No,   No,      All]);
    pub const UPDATE_LIBRARIAN:   Rule = rule("update_librarian",   [Own,  Own,     All]);
    pub const ARCHIVE_LIBRARIAN:  Rule = rule("archive_librarian",  [No,   No,      All]);
    pub const RESTORE_LIBRARIAN:  Rule = rule("restore_librarian",  [No,   No,      All]);
    pub const IMPORT_LIBRARIANS:  Rule = rule("import_librarians",  [No,   No,      All]);
    pub const READ_LIBRARIAN_IMPORT_TEMPLATE: Rule = rule("read_librarian_import_template", [No, No, All]).also(&["text/csv"]);
    pub const LIST_APPOINTMENTS: Rule = rule("list_appointments", [Own, Mentees, All]).sorted_by(&["effective_on"]);
    pub const READ_APPOINTMENT: Rule = rule("read_appointment", [Own, Mentees, All]);
    pub const CREATE_APPOINTMENT: Rule = rule("create_appointment", [No, No, All]);
    pub const UPDATE_APPOINTMENT: Rule = rule("update_appointment", [No, No, All]);
    pub const DELETE_APPOINTMENT: Rule = rule("delete_appointment", [No, No, All]);
    pub const LIST_EDUCATION: Rule = rule("list_education", [Own, Mentees, All]).sorted_by(&["graduated_year"]);
    pub const READ_EDUCATION: Rule = rule("read_education", [Own, Mentees, All]);
    pub const CREATE_EDUCATION: Rule = rule("create_education", [No, No, All]);
    pub const UPDATE_EDUCATION: Rule = rule("update_education", [No, No, All]);
    pub const DELETE_EDUCATION: Rule = rule("delete_education", [No, No, All]);
    pub const LIST_CERTIFICATIONS: Rule = rule("list_certifications", [Own, Mentees, All]).sorted_by(&["issued_on"]);
    pub const LIST_LIBRARIAN_CERTIFICATIONS: Rule = rule("list_librarian_certifications", [Own, Mentees, All]).sorted_by(&["issued_on"]);
    pub const READ_CERTIFICATION: Rule = rule("read_certification", [Own, Mentees, All]);
    pub const CREATE_CERTIFICATION: Rule = rule("create_certification", [No, No, All]);
    pub const UPDATE_CERTIFICATION: Rule = rule("update_certification", [No, No, All]);
    pub const DELETE_CERTIFICATION: Rule = rule("delete_certification", [No, No, All]);
    pub const LIST_APPRAISALS: Rule = rule("list_appraisals", [Own, Mentees, All]).sorted_by(&["year"]);
    pub const READ_APPRAISAL: Rule = rule("read_appraisal", [Own, Mentees, All]);
    pub const CREATE_APPRAISAL: Rule = rule("create_appraisal", [No, No, All]);
    pub const UPDATE_APPRAISAL: Rule = rule("update_appraisal", [No, No, All]);
    pub const DELETE_APPRAISAL: Rule = rule("delete_appraisal", [No, No, All]);
    pub const LIST_DISCIPLINARY_MEASURES: Rule = rule("list_disciplinary_measures", [Own, Own, All]).sorted_by(&["imposed_on"]);
    pub const READ_DISCIPLINARY_MEASURE: Rule = rule("read_disciplinary_measure", [Own, Own, All]);
    pub const CREATE_DISCIPLINARY_MEASURE: Rule = rule("create_disciplinary_measure", [No, No, All]);
    pub const UPDATE_DISCIPLINARY_MEASURE: Rule = rule("update_disciplinary_measure", [No, No, All]);
    pub const DELETE_DISCIPLINARY_MEASURE: Rule = rule("delete_disciplinary_measure", [No, No, All]);
    pub const LIST_LEAVES: Rule = rule("list_leaves", [Own, Mentees, All]).sorted_by(&["starts_on"]);
    pub const READ_LEAVE: Rule = rule("read_leave", [Own, Mentees, All]);
    pub const CREATE_LEAVE: Rule = rule("create_leave", [No, No, All]);
    pub const UPDATE_LEAVE: Rule = rule("update_leave", [No, No, All]);
    pub const DELETE_LEAVE: Rule = rule("delete_leave", [No, No, All]);
    pub const LIST_CREDIT_POINT_RATES: Rule = rule("list_credit_point_rates", [All, All, All]).sorted_by(&["valid_from"]);
    pub const READ_CREDIT_POINT_RATE: Rule = rule("read_credit_point_rate", [All, All, All]);
    pub const CREATE_CREDIT_POINT_RATE: Rule = rule("create_credit_point_rate", [No, No, All]);
    pub const UPDATE_CREDIT_POINT_RATE: Rule = rule("update_credit_point_rate", [No, No, All]);
    pub const DELETE_CREDIT_POINT_RATE: Rule = rule("delete_credit_point_rate", [No, No, All]);
    pub const LIST_CREDIT_POINT_RULES: Rule = rule("list_credit_point_rules", [All, All, All]).sorted_by(&["valid_from"]);
    pub const READ_CREDIT_POINT_RULE: Rule = rule("read_credit_point_rule", [All, All, All]);
    pub const CREATE_CREDIT_POINT_RULE: Rule = rule("create_credit_point_rule", [No, No, All]);
    pub const UPDATE_CREDIT_POINT_RULE: Rule = rule("update_credit_point_rule", [No, No, All]);
    pub const DELETE_CREDIT_POINT_RULE: Rule = rule("delete_credit_point_rule", [No, No, All]);
    pub const READ_CREDIT_POINTS: Rule = rule("read_credit_points", [Own, Mentees, All]);
    pub const CALCULATE_CREDIT_POINTS: Rule = rule("calculate_credit_points", [All, All, All]);
    pub const READ_PROMOTION_READINESS: Rule = rule("read_promotion_readiness", [Own, Mentees, All]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[
    LIST_UNITS,
    READ_UNIT,
    CREATE_UNIT,
    UPDATE_UNIT,
    ARCHIVE_UNIT,
    RESTORE_UNIT,
    LIST_POSITIONS,
    READ_POSITION,
    CREATE_POSITION,
    UPDATE_POSITION,
    ARCHIVE_POSITION,
    RESTORE_POSITION,
    LIST_LIBRARIANS,
    READ_LIBRARIAN,
    CREATE_LIBRARIAN,
    UPDATE_LIBRARIAN,
    ARCHIVE_LIBRARIAN,
    RESTORE_LIBRARIAN,
    IMPORT_LIBRARIANS,
    READ_LIBRARIAN_IMPORT_TEMPLATE,
    LIST_APPOINTMENTS,
    READ_APPOINTMENT,
    CREATE_APPOINTMENT,
    UPDATE_APPOINTMENT,
    DELETE_APPOINTMENT,
    LIST_EDUCATION,
    READ_EDUCATION,
    CREATE_EDUCATION,
    UPDATE_EDUCATION,
    DELETE_EDUCATION,
    LIST_CERTIFICATIONS,
    LIST_LIBRARIAN_CERTIFICATIONS,
    READ_CERTIFICATION,
    CREATE_CERTIFICATION,
    UPDATE_CERTIFICATION,
    DELETE_CERTIFICATION,
    LIST_APPRAISALS,
    READ_APPRAISAL,
    CREATE_APPRAISAL,
    UPDATE_APPRAISAL,
    DELETE_APPRAISAL,
    LIST_DISCIPLINARY_MEASURES,
    READ_DISCIPLINARY_MEASURE,
    CREATE_DISCIPLINARY_MEASURE,
    UPDATE_DISCIPLINARY_MEASURE,
    DELETE_DISCIPLINARY_MEASURE,
    LIST_LEAVES,
    READ_LEAVE,
    CREATE_LEAVE,
    UPDATE_LEAVE,
    DELETE_LEAVE,
    LIST_CREDIT_POINT_RATES,
    READ_CREDIT_POINT_RATE,
    CREATE_CREDIT_POINT_RATE,
    UPDATE_CREDIT_POINT_RATE,
    DELETE_CREDIT_POINT_RATE,
    LIST_CREDIT_POINT_RULES,
    READ_CREDIT_POINT_RULE,
    CREATE_CREDIT_POINT_RULE,
    UPDATE_CREDIT_POINT_RULE,
    DELETE_CREDIT_POINT_RULE,
    READ_CREDIT_POINTS,
    CALCULATE_CREDIT_POINTS,
    READ_PROMOTION_READINESS,
];
