//! Who may do what with accounts and sessions.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, No, Own}, Rule, open, rule};

    pub const SIGN_IN:              Rule = open("sign_in");
    pub const REFRESH_TOKENS:            Rule = open("refresh_tokens");
    pub const READ_JWKS:          Rule = open("read_jwks");
    pub const SET_UP:             Rule = open("set_up");
    pub const ACCEPT_INVITATION:  Rule = open("accept_invitation");
    pub const RESET_PASSWORD:     Rule = open("reset_password");
    pub const REQUEST_PASSWORD_RESET: Rule = open("request_password_reset");

    //                                                           librarian  mentor  admin
    pub const PROVE_IDENTITY:     Rule = rule("prove_identity",     [Own,  Own,    Own]);
    pub const SIGN_OUT:             Rule = rule("sign_out",           [Own,  Own,    Own]);
    pub const LIST_SESSIONS:      Rule = rule("list_sessions",      [Own,  Own,    Own]).sorted_by(&["created_at"]);
    pub const END_SESSION:        Rule = rule("end_session",        [Own,  Own,    All]);
    pub const END_SESSIONS:       Rule = rule("end_sessions",       [Own,  Own,    Own]);
    pub const READ_ME:            Rule = rule("read_me",            [Own,  Own,    Own]);
    pub const UPDATE_ME:          Rule = rule("update_me",          [Own,  Own,    Own]);
    pub const CHANGE_PASSWORD:    Rule = rule("change_password",    [Own,  Own,    Own]);
    pub const ENROL_TOTP:         Rule = rule("enrol_totp",         [Own,  Own,    Own]).fresh();
    pub const CONFIRM_TOTP:       Rule = rule("confirm_totp",       [Own,  Own,    Own]);
    pub const REMOVE_TOTP:        Rule = rule("remove_totp",        [Own,  Own,    Own]).fresh();
    pub const LIST_USERS:         Rule = rule("list_users",         [No,   No,     All]).sorted_by(&["name", "created_at"]);
    pub const READ_USER:          Rule = rule("read_user",          [No,   No,     All]);
    pub const CREATE_USER:        Rule = rule("create_user",        [No,   No,     All]).fresh();
    pub const UPDATE_USER:        Rule = rule("update_user",        [No,   No,     All]).fresh();
    pub const DEACTIVATE_USER:    Rule = rule("deactivate_user",    [No,   No,     All]).fresh();
    pub const ACTIVATE_USER:      Rule = rule("activate_user",      [No,   No,     All]).fresh();
    pub const ISSUE_PASSWORD_RESET: Rule = rule("issue_password_reset", [No, No,   All]).fresh();
    pub const REMOVE_USER_TOTP:   Rule = rule("remove_user_totp",   [No,   No,     All]).fresh();
    pub const LIST_INVITATIONS:   Rule = rule("list_invitations",   [No,   No,     All]).sorted_by(&["created_at"]);
    pub const READ_INVITATION:    Rule = rule("read_invitation",    [No,   No,     All]);
    pub const CREATE_INVITATION:  Rule = rule("create_invitation",  [No,   No,     All]).fresh();
    pub const REVOKE_INVITATION:  Rule = rule("revoke_invitation",  [No,   No,     All]).fresh();
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[
    SIGN_IN,
    REFRESH_TOKENS,
    READ_JWKS,
    SIGN_OUT,
    LIST_SESSIONS,
    END_SESSION,
    END_SESSIONS,
    READ_ME,
    UPDATE_ME,
    CHANGE_PASSWORD,
    LIST_USERS,
    READ_USER,
    CREATE_USER,
    UPDATE_USER,
    DEACTIVATE_USER,
    ACTIVATE_USER,
    SET_UP,
    ACCEPT_INVITATION,
    RESET_PASSWORD,
    REQUEST_PASSWORD_RESET,
    PROVE_IDENTITY,
    ENROL_TOTP,
    CONFIRM_TOTP,
    REMOVE_TOTP,
    ISSUE_PASSWORD_RESET,
    REMOVE_USER_TOTP,
    LIST_INVITATIONS,
    READ_INVITATION,
    CREATE_INVITATION,
    REVOKE_INVITATION,
];
