//! Who may do what with calendars. A personal calendar is open to whoever has its link.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::Own, Rule, open, rule};

    // librarian, mentor, admin
    pub const READ_CALENDAR_LINK: Rule = rule("read_calendar_link", [Own, Own, Own]);
    pub const RENEW_CALENDAR_LINK: Rule = rule("renew_calendar_link", [Own, Own, Own]);
    pub const DELETE_CALENDAR_LINK: Rule = rule("delete_calendar_link", [Own, Own, Own]);
    pub const READ_PERSONAL_CALENDAR: Rule = open("read_personal_calendar").also(&["text/calendar"]);
    pub const READ_PUBLIC_CALENDAR: Rule = open("read_public_calendar").also(&["text/calendar"]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] =
    &[READ_CALENDAR_LINK, RENEW_CALENDAR_LINK, DELETE_CALENDAR_LINK, READ_PERSONAL_CALENDAR, READ_PUBLIC_CALENDAR];
