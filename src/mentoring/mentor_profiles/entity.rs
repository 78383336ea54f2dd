use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::competencies::aims::Aims;
use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::mentoring::availability::WeeklyTimes;
use crate::staff::librarians::entity::Words;

/// What a librarian offers as a mentor.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "mentor_profiles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// One profile a person.
    #[sea_orm(unique)]
    pub librarian_id: Uuid,
    /// Competencies with the level up to which the person can help.
    #[sea_orm(column_type = "JsonBinary")]
    pub competencies: Aims,
    /// How many mentees at once.
    pub capacity: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub times: WeeklyTimes,
    #[sea_orm(column_type = "JsonBinary")]
    pub languages: Words,
    pub about: Option<String>,
    /// Whether the person takes on mentees now.
    pub is_active: bool,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "mentor_profile";
    const COLLECTION: Option<&'static str> = Some("mentor-profiles");
    const READERS: Readers = Readers::Everyone;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}

/// What profiles are found by.
pub mod offered {
    use sea_orm::entity::prelude::*;

    /// A competency that a mentor offers.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mentor_profile_competencies")]
    pub struct Model {
        /// The profile.
        #[sea_orm(primary_key, auto_increment = false)]
        pub mentor_profile_id: Uuid,
        /// The competency.
        #[sea_orm(primary_key, auto_increment = false)]
        pub competency_id: Uuid,
        /// Up to which level.
        pub level: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
