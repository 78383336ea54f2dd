//! Who may do what with files. Besides the owner's, "own" includes for reading those that something of one's own refers to, and what
//! everybody may read; "mentees" those that something of a mentee's refers to.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::files::content::FileFormats;
    use crate::kernel::imports::FileFormat;
    use crate::kernel::policy::{Reach::{All, Mentees, Own}, Rule, rule};

    //                                                                librarian mentor   admin
    pub const LIST_FILES:        Rule = rule("list_files",        [Own,      Own,     All]).sorted_by(&["created_at"]);
    pub const CREATE_FILE:       Rule = rule("create_file",       [Own,      Own,     All]);
    pub const READ_FILE:         Rule = rule("read_file",         [Own,      Mentees, All]);
    pub const PUT_FILE_CONTENT:  Rule = rule("put_file_content",  [Own,      Own,     All]);
    pub const READ_FILE_CONTENT: Rule = rule("read_file_content", [Own,      Mentees, All]).also(FileFormats::MEDIA_TYPES);
    pub const DELETE_FILE:       Rule = rule("delete_file",       [Own,      Own,     All]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[LIST_FILES, CREATE_FILE, READ_FILE, PUT_FILE_CONTENT, READ_FILE_CONTENT, DELETE_FILE];
