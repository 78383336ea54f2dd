use sea_orm::FromJsonQueryResult;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// The life of a change initiative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum InitiativeStatus {
    /// Being prepared; people may be trained already.
    Planned,
    /// Under way.
    Running,
    /// Over: the new way is the usual one.
    Completed,
    /// Given up.
    Cancelled,
}

/// Units or people, in the order in which they were named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Named(pub Vec<Uuid>);

/// A change and whom it concerns.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "change_initiatives")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    pub description: Option<String>,
    /// From when on the new way can be used.
    pub go_live_on: Date,
    #[sea_orm(column_type = "JsonBinary")]
    pub unit_ids: Named,
    #[sea_orm(column_type = "JsonBinary")]
    pub librarian_ids: Named,
    pub status: InitiativeStatus,
    pub started_at: Option<DateTimeUtc>,
    /// When it was completed or given up.
    pub ended_at: Option<DateTimeUtc>,
    /// Why it was given up.
    pub reason: Option<String>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "change_initiative";
    const COLLECTION: Option<&'static str> = Some("change-initiatives");
    const READERS: Readers = Readers::Everyone;
}

impl Model {
    /// Whether it can still change and people can still take it up.
    pub const fn is_open(&self) -> bool {
        matches!(self.status, InitiativeStatus::Planned | InitiativeStatus::Running)
    }
}

/// Units that a change concerns.
pub mod unit {
    use sea_orm::entity::prelude::*;

    /// A unit.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "change_initiative_units")]
    pub struct Model {
        /// The change.
        #[sea_orm(primary_key, auto_increment = false)]
        pub change_initiative_id: Uuid,
        /// The unit.
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// People whom a change concerns.
pub mod person {
    use sea_orm::entity::prelude::*;

    /// A librarian.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "change_initiative_people")]
    pub struct Model {
        /// The change.
        #[sea_orm(primary_key, auto_increment = false)]
        pub change_initiative_id: Uuid,
        /// The librarian.
        #[sea_orm(primary_key, auto_increment = false)]
        pub librarian_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
