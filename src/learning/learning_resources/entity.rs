use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::competencies::aims::Aims;
use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// What kind of thing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum LearningResourceKind {
    /// A book (buku).
    Book,
    /// An article (artikel).
    Article,
    /// A guideline, standard or regulation (pedoman).
    Guideline,
    /// A course that one follows alone (kursus daring).
    Course,
    /// A video.
    Video,
    /// A podcast (siniar).
    Podcast,
    /// A web site (situs web).
    Website,
}

/// Something to learn from.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "learning_resources")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: LearningResourceKind,
    pub title: String,
    pub authors: Option<String>,
    pub publisher: Option<String>,
    pub published_year: Option<i32>,
    /// BCP 47.
    pub language: String,
    pub url: Option<String>,
    /// Where it stands in the library: a call number.
    pub location: Option<String>,
    pub summary: Option<String>,
    /// How long it takes.
    pub minutes: Option<i32>,
    /// What it helps with, and up to which level.
    #[sea_orm(column_type = "JsonBinary")]
    pub competencies: Aims,
    /// How many people rated it.
    pub rating_count: i32,
    /// Their stars together.
    pub rating_sum: i32,
    /// Their mean in hundredths; 0 while nobody rated it.
    pub rating_hundredths: i32,
    /// How many people read it.
    pub reader_count: i32,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "learning_resource";
    const COLLECTION: Option<&'static str> = Some("learning-resources");
    const READERS: Readers = Readers::Everyone;
}

/// What a resource is found by.
pub mod covered {
    use sea_orm::entity::prelude::*;

    /// A competency that a resource helps with.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "learning_resource_competencies")]
    pub struct Model {
        /// The resource.
        #[sea_orm(primary_key, auto_increment = false)]
        pub learning_resource_id: Uuid,
        /// The competency.
        #[sea_orm(primary_key, auto_increment = false)]
        pub competency_id: Uuid,
        /// The level that it leads to.
        pub level: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
