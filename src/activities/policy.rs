//! Who may do what with activities. For check-ins, attendance, scores and participants "own" is an activity whose door one keeps;
//! for the decisions on a registration it is one's own, and those of the people whose superior one is.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, Mentees, No, Own}, Rule, rule};

    //                                                                                     librarian mentor   admin
    pub const LIST_ACTIVITIES:             Rule = rule("list_activities",             [All,      All,     All]).sorted_by(&["starts_at", "created_at", "title", "interest_count"]);
    pub const READ_ACTIVITY:               Rule = rule("read_activity",               [All,      All,     All]);
    pub const CREATE_ACTIVITY:             Rule = rule("create_activity",             [No,       No,      All]);
    pub const UPDATE_ACTIVITY:             Rule = rule("update_activity",             [No,       No,      All]);
    pub const ARCHIVE_ACTIVITY:            Rule = rule("archive_activity",            [No,       No,      All]);
    pub const RESTORE_ACTIVITY:            Rule = rule("restore_activity",            [No,       No,      All]);
    pub const PUBLISH_ACTIVITY:            Rule = rule("publish_activity",            [No,       No,      All]);
    pub const CANCEL_ACTIVITY:             Rule = rule("cancel_activity",             [No,       No,      All]);
    pub const COMPLETE_ACTIVITY:           Rule = rule("complete_activity",           [No,       No,      All]);
    pub const LIST_ACTIVITY_SERIES:        Rule = rule("list_activity_series",        [All,      All,     All]).sorted_by(&["created_at"]);
    pub const READ_ACTIVITY_SERIES:        Rule = rule("read_activity_series",        [All,      All,     All]);
    pub const CREATE_ACTIVITY_SERIES:      Rule = rule("create_activity_series",      [No,       No,      All]);
    pub const PUBLISH_ACTIVITY_SERIES:     Rule = rule("publish_activity_series",     [No,       No,      All]);
    pub const LIST_ACTIVITY_SESSIONS:      Rule = rule("list_activity_sessions",      [All,      All,     All]).sorted_by(&["starts_at"]);
    pub const READ_ACTIVITY_SESSION:       Rule = rule("read_activity_session",       [All,      All,     All]);
    pub const CREATE_ACTIVITY_SESSION:     Rule = rule("create_activity_session",     [No,       No,      All]);
    pub const UPDATE_ACTIVITY_SESSION:     Rule = rule("update_activity_session",     [No,       No,      All]);
    pub const DELETE_ACTIVITY_SESSION:     Rule = rule("delete_activity_session",     [No,       No,      All]);
    pub const LIST_VENUE_BOOKINGS:         Rule = rule("list_venue_bookings",         [All,      All,     All]).sorted_by(&["starts_at"]);
    pub const LIST_SPEAKERS:               Rule = rule("list_speakers",               [All,      All,     All]).sorted_by(&["position"]);
    pub const READ_SPEAKER:                Rule = rule("read_speaker",                [All,      All,     All]);
    pub const CREATE_SPEAKER:              Rule = rule("create_speaker",              [No,       No,      All]);
    pub const UPDATE_SPEAKER:              Rule = rule("update_speaker",              [No,       No,      All]);
    pub const DELETE_SPEAKER:              Rule = rule("delete_speaker",              [No,       No,      All]);
    pub const LIST_MATERIALS:              Rule = rule("list_materials",              [All,      All,     All]).sorted_by(&["position"]);
    pub const READ_MATERIAL:               Rule = rule("read_material",               [All,      All,     All]);
    pub const CREATE_MATERIAL:             Rule = rule("create_material",             [No,       No,      All]);
    pub const UPDATE_MATERIAL:             Rule = rule("update_material",             [No,       No,      All]);
    pub const DELETE_MATERIAL:             Rule = rule("delete_material",             [No,       No,      All]);
    pub const LIST_INTERESTS:              Rule = rule("list_interests",              [Own,      Mentees, All]).sorted_by(&["created_at"]);
    pub const READ_INTEREST:               Rule = rule("read_interest",               [Own,      Mentees, All]);
    pub const CREATE_INTEREST:             Rule = rule("create_interest",             [All,      All,     All]);
    pub const DELETE_INTEREST:             Rule = rule("delete_interest",             [Own,      Own,     All]);
    pub const LIST_ACTIVITY_REGISTRATIONS: Rule = rule("list_activity_registrations", [Own,      Own,     All]).sorted_by(&["registered_at"]);
    pub const CREATE_REGISTRATION:         Rule = rule("create_registration",         [All,      All,     All]);
    pub const LIST_REGISTRATIONS:          Rule = rule("list_registrations",          [Own,      Mentees, All]).sorted_by(&["registered_at"]);
    pub const READ_REGISTRATION:           Rule = rule("read_registration",           [Own,      Mentees, All]);
    pub const APPROVE_REGISTRATION:        Rule = rule("approve_registration",        [Own,      Own,     All]);
    pub const REJECT_REGISTRATION:         Rule = rule("reject_registration",         [Own,      Own,     All]);
    pub const ACCEPT_REGISTRATION:         Rule = rule("accept_registration",         [Own,      Own,     All]);
    pub const CANCEL_REGISTRATION:         Rule = rule("cancel_registration",         [Own,      Own,     All]);
    pub const LIST_CHECK_INS:              Rule = rule("list_check_ins",              [Own,      Own,     All]).sorted_by(&["scanned_at"]);
    pub const RECORD_CHECK_INS:            Rule = rule("record_check_ins",            [Own,      Own,     All]);
    pub const READ_CHECK_IN:               Rule = rule("read_check_in",               [Own,      Own,     All]);
    pub const ANNUL_CHECK_IN:              Rule = rule("annul_check_in",              [Own,      Own,     All]);
    pub const READ_CHECK_IN_CODE:          Rule = rule("read_check_in_code",          [Own,      Own,     All]);
    pub const READ_SESSION_VERIFIERS:      Rule = rule("read_session_verifiers",      [Own,      Own,     All]);
    pub const LIST_ATTENDANCE:             Rule = rule("list_attendance",             [Own,      Own,     All]).sorted_by(&["registered_at"]);
    pub const SET_ATTENDANCE:              Rule = rule("set_attendance",              [Own,      Own,     All]);
    pub const READ_ATTENDANCE_LIST:        Rule = rule("read_attendance_list",        [Own,      Own,     All]).also(&["text/html", "text/csv"]);
    pub const READ_ATTENDANCE_LIST_CSV:    Rule = rule("read_attendance_list_csv",    [Own,      Own,     All]).also(&["text/csv"]);
    pub const READ_ATTENDANCE_LIST_HTML:   Rule = rule("read_attendance_list_html",   [Own,      Own,     All]).also(&["text/html"]);
    pub const READ_ASSIGNMENT_LETTER:      Rule = rule("read_assignment_letter",      [Own,      Own,     All]).also(&["text/html"]);
    pub const READ_ACTIVITY_SCORES:        Rule = rule("read_activity_scores",        [Own,      Own,     All]);
    pub const RECORD_ACTIVITY_SCORES:      Rule = rule("record_activity_scores",      [Own,      Own,     All]);
    pub const READ_ITEM_SCORES:            Rule = rule("read_item_scores",            [Own,      Own,     All]);
    pub const RECORD_ITEM_SCORES:          Rule = rule("record_item_scores",          [Own,      Own,     All]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[
    LIST_ACTIVITIES,
    READ_ACTIVITY,
    CREATE_ACTIVITY,
    UPDATE_ACTIVITY,
    ARCHIVE_ACTIVITY,
    RESTORE_ACTIVITY,
    PUBLISH_ACTIVITY,
    CANCEL_ACTIVITY,
    COMPLETE_ACTIVITY,
    LIST_ACTIVITY_SERIES,
    READ_ACTIVITY_SERIES,
    CREATE_ACTIVITY_SERIES,
    PUBLISH_ACTIVITY_SERIES,
    LIST_ACTIVITY_SESSIONS,
    READ_ACTIVITY_SESSION,
    CREATE_ACTIVITY_SESSION,
    UPDATE_ACTIVITY_SESSION,
    DELETE_ACTIVITY_SESSION,
    LIST_VENUE_BOOKINGS,
    LIST_SPEAKERS,
    READ_SPEAKER,
    CREATE_SPEAKER,
    UPDATE_SPEAKER,
    DELETE_SPEAKER,
    LIST_MATERIALS,
    READ_MATERIAL,
    CREATE_MATERIAL,
    UPDATE_MATERIAL,
    DELETE_MATERIAL,
    LIST_INTERESTS,
    READ_INTEREST,
    CREATE_INTEREST,
    DELETE_INTEREST,
    LIST_ACTIVITY_REGISTRATIONS,
    CREATE_REGISTRATION,
    LIST_REGISTRATIONS,
    READ_REGISTRATION,
    APPROVE_REGISTRATION,
    REJECT_REGISTRATION,
    ACCEPT_REGISTRATION,
    CANCEL_REGISTRATION,
    LIST_CHECK_INS,
    RECORD_CHECK_INS,
    READ_CHECK_IN,
    ANNUL_CHECK_IN,
    READ_CHECK_IN_CODE,
    READ_SESSION_VERIFIERS,
    LIST_ATTENDANCE,
    SET_ATTENDANCE,
    READ_ATTENDANCE_LIST,
    READ_ATTENDANCE_LIST_CSV,
    READ_ATTENDANCE_LIST_HTML,
    READ_ASSIGNMENT_LETTER,
    READ_ACTIVITY_SCORES,
    RECORD_ACTIVITY_SCORES,
    READ_ITEM_SCORES,
    RECORD_ITEM_SCORES,
];
