//! Who may do what with settings and reference tables.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, No}, Rule, rule};

    // librarian, mentor, admin
    pub const READ_SETTINGS: Rule = rule("read_settings", [All, All, All]);
    pub const UPDATE_SETTINGS: Rule = rule("update_settings", [No, No, All]);
    pub const LIST_VENUES: Rule = rule("list_venues", [All, All, All]).sorted_by(&["code", "name"]);
    pub const READ_VENUE: Rule = rule("read_venue", [All, All, All]);
    pub const CREATE_VENUE: Rule = rule("create_venue", [No, No, All]);
    pub const UPDATE_VENUE: Rule = rule("update_venue", [No, No, All]);
    pub const ARCHIVE_VENUE: Rule = rule("archive_venue", [No, No, All]);
    pub const RESTORE_VENUE: Rule = rule("restore_venue", [No, No, All]);
    pub const LIST_HOLIDAYS: Rule = rule("list_holidays", [All, All, All]).sorted_by(&["held_on"]);
    pub const READ_HOLIDAY: Rule = rule("read_holiday", [All, All, All]);
    pub const CREATE_HOLIDAY: Rule = rule("create_holiday", [No, No, All]);
    pub const UPDATE_HOLIDAY: Rule = rule("update_holiday", [No, No, All]);
    pub const DELETE_HOLIDAY: Rule = rule("delete_holiday", [No, No, All]);
    pub const LIST_CREDIT_RULES: Rule = rule("list_credit_rules", [All, All, All]).sorted_by(&["valid_from"]);
    pub const READ_CREDIT_RULE: Rule = rule("read_credit_rule", [All, All, All]);
    pub const CREATE_CREDIT_RULE: Rule = rule("create_credit_rule", [No, No, All]);
    pub const UPDATE_CREDIT_RULE: Rule = rule("update_credit_rule", [No, No, All]);
    pub const DELETE_CREDIT_RULE: Rule = rule("delete_credit_rule", [No, No, All]);
    pub const LIST_CREDIT_REQUIREMENTS: Rule = rule("list_credit_requirements", [All, All, All]).sorted_by(&["valid_from"]);
    pub const READ_CREDIT_REQUIREMENT: Rule = rule("read_credit_requirement", [All, All, All]);
    pub const CREATE_CREDIT_REQUIREMENT: Rule = rule("create_credit_requirement", [No, No, All]);
    pub const UPDATE_CREDIT_REQUIREMENT: Rule = rule("update_credit_requirement", [No, No, All]);
    pub const DELETE_CREDIT_REQUIREMENT: Rule = rule("delete_credit_requirement", [No, No, All]);
    pub const LIST_TRAINING_TYPES: Rule = rule("list_training_types", [All, All, All]).sorted_by(&["siasn_id"]);
    pub const READ_TRAINING_TYPE: Rule = rule("read_training_type", [All, All, All]);
    pub const UPDATE_TRAINING_TYPE: Rule = rule("update_training_type", [No, No, All]);
    pub const LIST_PROFESSIONALISM_FORMULAS: Rule = rule("list_professionalism_formulas", [All, All, All]).sorted_by(&["valid_from"]);
    pub const READ_PROFESSIONALISM_FORMULA: Rule = rule("read_professionalism_formula", [All, All, All]);
    pub const CREATE_PROFESSIONALISM_FORMULA: Rule = rule("create_professionalism_formula", [No, No, All]);
    pub const UPDATE_PROFESSIONALISM_FORMULA: Rule = rule("update_professionalism_formula", [No, No, All]);
    pub const DELETE_PROFESSIONALISM_FORMULA: Rule = rule("delete_professionalism_formula", [No, No, All]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[
    READ_SETTINGS,
    UPDATE_SETTINGS,
    LIST_VENUES,
    READ_VENUE,
    CREATE_VENUE,
    UPDATE_VENUE,
    ARCHIVE_VENUE,
    RESTORE_VENUE,
    LIST_HOLIDAYS,
    READ_HOLIDAY,
    CREATE_HOLIDAY,
    UPDATE_HOLIDAY,
    DELETE_HOLIDAY,
    LIST_CREDIT_RULES,
    READ_CREDIT_RULE,
    CREATE_CREDIT_RULE,
    UPDATE_CREDIT_RULE,
    DELETE_CREDIT_RULE,
    LIST_CREDIT_REQUIREMENTS,
    READ_CREDIT_REQUIREMENT,
    CREATE_CREDIT_REQUIREMENT,
    UPDATE_CREDIT_REQUIREMENT,
    DELETE_CREDIT_REQUIREMENT,
    LIST_TRAINING_TYPES,
    READ_TRAINING_TYPE,
    UPDATE_TRAINING_TYPE,
    LIST_PROFESSIONALISM_FORMULAS,
    READ_PROFESSIONALISM_FORMULA,
    CREATE_PROFESSIONALISM_FORMULA,
    UPDATE_PROFESSIONALISM_FORMULA,
    DELETE_PROFESSIONALISM_FORMULA,
];
