use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

pub use crate::competencies::aims::{Aims, CompetencyAim};
use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::kernel::validation;

/// The life of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ProgrammeStatus {
    /// Being prepared; admins see it.
    Draft,
    /// Under way.
    Active,
    /// Over: it takes nothing new.
    Closed,
}

/// What a programme is to reach, each a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Objectives(pub Vec<String>);

/// At whom a programme aims (sasaran). Without units and positions it is the whole staff.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate, FromJsonQueryResult)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"tags": ["pustakawan ahli"], "unit_ids": [], "position_ids": []}))]
pub struct TargetGroup {
    /// Words for people to read; they do not decide who is counted.
    #[validate(length(max = 20), custom(function = validation::short_words))]
    #[schema(max_items = 20, value_type = Vec<validation::ShortWord>)]
    #[serde(default)]
    pub tags: Vec<String>,
    /// People of these units; of every unit where none is named.
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    #[serde(default)]
    pub unit_ids: Vec<Uuid>,
    /// People in these positions; in every position where none is named.
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    #[serde(default)]
    pub position_ids: Vec<Uuid>,
}

/// A year's programme.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "programmes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub year: i32,
    pub title: String,
    pub description: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub objectives: Objectives,
    #[sea_orm(column_type = "JsonBinary")]
    pub targets: Aims,
    #[sea_orm(column_type = "JsonBinary")]
    pub target_group: TargetGroup,
    pub responsible_id: Option<Uuid>,
    pub copied_from_id: Option<Uuid>,
    pub status: ProgrammeStatus,
    pub activated_at: Option<DateTimeUtc>,
    pub closed_at: Option<DateTimeUtc>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "programme";
    const COLLECTION: Option<&'static str> = Some("programmes");
    const READERS: Readers = Readers::Everyone;
}

impl Model {
    /// Whether it can still change and take something new.
    pub fn is_open(&self) -> bool {
        self.archived_at.is_none() && self.status != ProgrammeStatus::Closed
    }
}

/// What a programme aims at, by which it is found, and which keeps a competency from being removed.
pub mod target {
    use sea_orm::entity::prelude::*;

    /// A competency that a programme aims at.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "programme_competencies")]
    pub struct Model {
        /// The programme.
        #[sea_orm(primary_key, auto_increment = false)]
        pub programme_id: Uuid,
        /// The competency.
        #[sea_orm(primary_key, auto_increment = false)]
        pub competency_id: Uuid,
        /// The level aimed at.
        pub level: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
