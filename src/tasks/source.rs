//! How a chapter says what it waits for.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement, SimpleExpr};

use crate::kernel::policy::Access;

/// A kind of task.
#[derive(Clone, Copy)]
pub struct TaskSource {
    /// Its name, for clients that branch on it.
    pub kind: &'static str,
    /// What is to be done, in Indonesian and English.
    pub title: [&'static str; 2],
    /// The collection of the objects, under `/api/v1/`.
    pub collection: &'static str,
    /// The transition that ends the task, one of the object's `actions`; `None` where more than one does.
    pub action: Option<&'static str>,
    /// What waits for this caller; `None` where their roles never have such a task.
    pub find: fn(&Asking<'_>) -> Option<Waiting>,
}

/// Who asks, and when.
pub struct Asking<'a> {
    /// Who, for whatever they may do: [`Access::under`] gives their reach under a chapter's own row.
    pub access: &'a Access,
    /// The day.
    pub today: NaiveDate,
    /// The instant.
    pub now: DateTime<Utc>,
}

/// The objects that wait.
pub struct Waiting {
    pub(super) rows: SelectStatement,
    pub(super) id: SimpleExpr,
    pub(super) person: SimpleExpr,
    pub(super) label: SimpleExpr,
    pub(super) since: SimpleExpr,
    pub(super) due: Option<Due>,
}

/// Until when.
pub(super) enum Due {
    /// The end of this day, where the library stands.
    On(SimpleExpr),
    /// This instant.
    At(SimpleExpr),
}

impl Waiting {
    /// Rows of a statement that selects nothing yet: whose object, whose record it is, what it is called, and since when it waits.
    pub fn new(
        rows: SelectStatement,
        id: impl ColumnTrait,
        person: impl ColumnTrait,
        label: SimpleExpr,
        since: SimpleExpr,
    ) -> Self {
        Self { rows, id: of(id), person: of(person), label, since, due: None }
    }

    /// They are due on this day; null where nothing presses.
    #[must_use]
    pub fn due_on(self, day: impl ColumnTrait) -> Self {
        Self { due: Some(Due::On(of(day))), ..self }
    }

    /// They are due at this instant; null where nothing presses.
    #[must_use]
    pub fn due_at(self, instant: impl ColumnTrait) -> Self {
        Self { due: Some(Due::At(of(instant))), ..self }
    }
}

/// A column with the name of its table.
pub fn of(column: impl ColumnTrait) -> SimpleExpr {
    Expr::col(column.as_column_ref())
}

/// The first of two columns that is not null.
pub fn either(first: impl ColumnTrait, second: impl ColumnTrait) -> SimpleExpr {
    of(first).if_null(of(second))
}
