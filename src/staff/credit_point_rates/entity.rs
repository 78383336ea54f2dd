use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::kernel::dated::Dated;
use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// Credit points of a position from one day until another, in hundredths.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "credit_point_rates")]
pub struct Model {
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The position.
    pub position_id: Uuid,
    /// Koefisien: points of a year with the predicate "baik".
    pub coefficient: i32,
    /// From one grade to the next.
    pub points_for_grade: Option<i32>,
    /// To the next level.
    pub points_for_next_level: Option<i32>,
    /// Functional trainings that a promotion to this position asks for.
    pub required_trainings: i32,
    /// The first day.
    pub valid_from: Date,
    /// The last day; null while nobody knows of an end.
    pub valid_to: Option<Date>,
    /// The regulation.
    pub legal_basis: String,
    /// Where the figures were read.
    pub source: Option<String>,
    /// Whether they were checked against the official text.
    pub verified: bool,
    /// Counts the changes.
    pub version: i32,
    /// When it was entered.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "credit_point_rate";
    const COLLECTION: Option<&'static str> = Some("credit-point-rates");
    const READERS: Readers = Readers::Everyone;
}

impl Dated for Entity {
    const VALID_FROM: Column = Column::ValidFrom;
    const VALID_TO: Column = Column::ValidTo;
    const CREATED: &'static str = "credit_point_rate.created";
    const UPDATED: &'static str = "credit_point_rate.updated";
    const DELETED: &'static str = "credit_point_rate.deleted";

    fn period(row: &Model) -> (Date, Option<Date>) {
        (row.valid_from, row.valid_to)
    }
}
