//! Who may do what with certificates. What is open is found by a secret on the paper alone.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, Mentees, No, Own}, Rule, open, rule};

    // librarian, mentor, admin
    pub const LIST_CERTIFICATES: Rule = rule("list_certificates", [Own, Mentees, All]).sorted_by(&["issued_at"]);
    pub const READ_CERTIFICATE: Rule = rule("read_certificate", [Own, Mentees, All]).also(&["application/pdf"]);
    pub const DOWNLOAD_CERTIFICATE: Rule = rule("download_certificate", [Own, Mentees, All]).also(&["application/pdf"]);
    pub const REVOKE_CERTIFICATE: Rule = rule("revoke_certificate", [No, No, All]);
    pub const REPLACE_CERTIFICATE: Rule = rule("replace_certificate", [No, No, All]);
    pub const READ_CREDENTIAL: Rule = open("read_credential").also(&["application/vc+jwt"]);
    pub const READ_CREDENTIAL_STATUS_LIST: Rule = open("read_credential_status_list").also(&["application/vc+jwt"]);
    pub const READ_CREDENTIAL_ISSUER: Rule = open("read_credential_issuer");
    pub const LIST_CREDENTIAL_KEYS: Rule = open("list_credential_keys");
    pub const READ_CREDENTIAL_KEY: Rule = open("read_credential_key");
    pub const VERIFY_CERTIFICATE: Rule = open("verify_certificate").also(&["text/html"]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[
    LIST_CERTIFICATES,
    READ_CERTIFICATE,
    DOWNLOAD_CERTIFICATE,
    REVOKE_CERTIFICATE,
    REPLACE_CERTIFICATE,
    READ_CREDENTIAL,
    READ_CREDENTIAL_STATUS_LIST,
    READ_CREDENTIAL_ISSUER,
    LIST_CREDENTIAL_KEYS,
    READ_CREDENTIAL_KEY,
    VERIFY_CERTIFICATE,
];
