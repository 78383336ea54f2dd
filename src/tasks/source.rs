//! How a chapter says what it waits for.

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::LocalBoxFuture;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{BinOper, Expr, ExprTrait, Func, SelectStatement, SimpleExpr};

pub use super::kind::TaskKind;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::policy::Access;

/// Where tasks of a kind come from.
#[derive(Clone, Copy)]
pub struct TaskSource {
    /// The kind.
    pub kind: TaskKind,
    /// What is to be done, in Indonesian and English.
    pub title: [&'static str; 2],
    /// The collection of the objects, under `/api/v1/`.
    pub collection: &'static str,
    /// The transition that ends the task, one of the object's `actions`; `None` where more than one does.
    pub action: Option<&'static str>,
    /// What waits for this caller; `None` where their roles never have such a task.
    pub find: Find,
}

/// How a chapter finds what waits.
#[derive(Clone, Copy)]
pub enum Find {
    /// From who asks alone.
    AtOnce(fn(&Asking<'_>) -> Option<Waiting>),
    /// After a look at what there is: whom an object concerns is for another chapter to say, one object at a time.
    AfterALook(for<'a> fn(&'a Asking<'a>) -> LocalBoxFuture<'a, Result<Option<Waiting>>>),
}

/// Who asks, and when.
pub struct Asking<'a> {
    /// Who, for whatever they may do: [`Access::under`] gives their reach under a chapter's own row.
    pub access: &'a Access,
    /// The day.
    pub today: NaiveDate,
    /// The instant.
    pub now: DateTime<Utc>,
    /// Where it is looked up.
    pub db: &'a Db,
}

/// The objects that wait.
pub struct Waiting {
    pub(super) rows: SelectStatement,
    pub(super) id: SimpleExpr,
    pub(super) label: SimpleExpr,
    pub(super) since: SimpleExpr,
    pub(super) person: Option<SimpleExpr>,
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
    /// Rows of a statement that selects nothing yet: the object, what it is called, and since when it waits.
    pub fn new(rows: SelectStatement, id: impl ColumnTrait, label: SimpleExpr, since: SimpleExpr) -> Self {
        Self { rows, id: of(id), label, since, person: None, due: None }
    }

    /// This librarian's record it is.
    #[must_use]
    pub fn about(self, person: impl ColumnTrait) -> Self {
        Self { person: Some(of(person)), ..self }
    }

    /// They are due on this day; null where nothing presses.
    #[must_use]
    pub fn due_on(self, day: SimpleExpr) -> Self {
        Self { due: Some(Due::On(day)), ..self }
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

/// A field of a JSON object, as text.
pub fn field(object: SimpleExpr, name: &'static str) -> SimpleExpr {
    object.binary(BinOper::Custom("->>"), Expr::val(name))
}

/// A text that is a day, as one.
pub fn day(text: SimpleExpr) -> SimpleExpr {
    Func::cust("date").arg(text).into()
}
