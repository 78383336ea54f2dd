use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// What credit hours are counted by, where no certificate says how many they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CreditBasis {
    /// The time that it took, by minutes per credit hour.
    Minutes,
    /// So many for each day.
    Day,
    /// So many for each session.
    Session,
    /// So many for the whole.
    Activity,
    /// Nothing: the certificate alone counts.
    None,
}

/// How a type of training becomes credit hours (JP), from one day until another.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "credit_rules")]
pub struct Model {
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The type of training (jenis diklat).
    pub training_type_id: Uuid,
    /// The first day.
    pub valid_from: Date,
    /// The last day; null while nobody knows of an end.
    pub valid_to: Option<Date>,
    /// Whether the hours that a certificate states count.
    pub counts_certificate_hours: bool,
    /// What hours are counted by.
    pub basis: CreditBasis,
    /// For each day, session or activity, in hundredths.
    pub national_hours: Option<i32>,
    /// The same of international ones.
    pub international_hours: Option<i32>,
    /// How long a credit hour is.
    pub minutes_per_hour: i32,
    /// The most for one entry, in hundredths.
    pub cap_per_entry: Option<i32>,
    /// The most of this type a day.
    pub cap_per_day: Option<i32>,
    /// The most of this type a calendar month.
    pub cap_per_month: Option<i32>,
    /// The most of this type a year.
    pub cap_per_year: Option<i32>,
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
    const KIND: &'static str = "credit_rule";
    const COLLECTION: Option<&'static str> = Some("credit-rules");
    const READERS: Readers = Readers::Everyone;
}
