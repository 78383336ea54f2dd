use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// How far somebody has taken a change up.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum AdoptionStage {
    /// Belum mulai.
    NotStarted,
    /// Sudah dilatih.
    Trained,
    /// Sedang mencoba.
    Trying,
    /// Sudah memakai: it is how they work now.
    Using,
    /// Penggerak: uses it, and helps others to.
    Champion,
}

impl AdoptionStage {
    /// Whether the new way is in use.
    pub const fn is_use(self) -> bool {
        matches!(self, Self::Using | Self::Champion)
    }
}

/// A stage that somebody reached on a day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "adoptions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub change_initiative_id: Uuid,
    pub librarian_id: Uuid,
    pub stage: AdoptionStage,
    pub reached_on: Date,
    pub note: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "adoption";
    const COLLECTION: Option<&'static str> = Some("adoptions");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}
