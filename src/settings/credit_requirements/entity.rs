use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::staff::librarians::entity::EmploymentKind;

/// What a year asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RequirementKind {
    /// At least so many hours.
    Duty,
    /// At most so many hours. More warn and are never refused.
    Ceiling,
}

/// How many credit hours (JP) a year asks of those employed in one way, from one day until another.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "credit_requirements")]
pub struct Model {
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of whom it asks.
    pub employment_kind: EmploymentKind,
    /// Whether it is a least or a most.
    pub kind: RequirementKind,
    /// In hundredths.
    pub hours: i32,
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
    const KIND: &'static str = "credit_requirement";
    const COLLECTION: Option<&'static str> = Some("credit-requirements");
    const READERS: Readers = Readers::Everyone;
}
