use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
pub use crate::staff::credit_points::calculation::PerformancePredicate;
use crate::staff::records::OfPerson;

/// The appraisal of a year, or of some months of it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "appraisals")]
pub struct Model {
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// The calendar year.
    pub year: i32,
    /// The first month that it is about.
    pub first_month: i32,
    /// How many months it is about.
    pub months: i32,
    /// Predikat kinerja.
    pub predicate: PerformancePredicate,
    /// Nilai kinerja, 0 to 100, in hundredths.
    pub score: Option<i32>,
    /// Words of the superior.
    pub note: Option<String>,
    /// The row's id in SIASN.
    pub siasn_id: Option<String>,
    /// Counts the changes.
    pub version: i32,
    /// When it was entered.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "appraisal";
    const COLLECTION: Option<&'static str> = Some("appraisals");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}

impl OfPerson for Entity {
    const ID: Column = Column::Id;
    const LIBRARIAN_ID: Column = Column::LibrarianId;
}
