use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::error::{Error, Result};
use crate::kernel::event::Readers;
use crate::kernel::language::Localized;

/// The place of a competency in its framework's tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CompetencyKind {
    /// A key function (fungsi kunci): groups units.
    Area,
    /// A unit of competency (unit kompetensi): what is required and assessed.
    Unit,
    /// An element (elemen kompetensi) of a unit.
    Element,
}

/// The field of work that a competency belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CompetencyField {
    /// Manajemen informasi.
    InformationManagement,
    /// Layanan pengguna.
    UserServices,
    /// Teknologi informasi.
    InformationTechnology,
    /// Kompetensi manajerial.
    Managerial,
    /// Kompetensi sosial kultural.
    Sociocultural,
}

/// What the five levels of a unit look like, from 1 to 5.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct LevelDescriptors(pub Vec<Localized>);

/// A competency of a framework.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "competencies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub framework_id: Uuid,
    pub parent_id: Option<Uuid>,
    pub kind: CompetencyKind,
    /// Unique in the framework.
    pub code: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub title: Localized,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub statement: Option<Localized>,
    #[sea_orm(column_type = "JsonBinary")]
    pub level_descriptors: LevelDescriptors,
    pub field: Option<CompetencyField>,
    pub cluster: Option<String>,
    pub source: Option<String>,
    pub provisional: bool,
    /// The place in the framework's reading order.
    pub sequence: i32,
    /// What a CASE package said of it, as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub case_extra: Option<String>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "competency";
    const COLLECTION: Option<&'static str> = Some("competencies");
    const READERS: Readers = Readers::Everyone;

    fn audit(row: &Model) -> Result<serde_json::Value> {
        let mut kept = serde_json::to_value(row).map_err(Error::internal)?;
        if let Some(fields) = kept.as_object_mut() {
            // What follows from the rest, and what only goes out again as it came in.
            fields.retain(|name, _| name != "search_text" && name != "case_extra");
        }
        Ok(kept)
    }
}

/// How a competency relates to one of another framework.
pub mod link {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};
    use utoipa::ToSchema;

    /// The kinds of CASE associations that carry assessments over.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum CompetencyLinkKind {
        /// `replacedBy`: the other takes its place.
        ReplacedBy,
        /// `exactMatchOf`: both mean the same.
        ExactMatchOf,
    }

    /// A link.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "competency_links")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub from_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub to_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: CompetencyLinkKind,
        /// The framework that says so, which is that of one of the two; the other may not be known here.
        #[sea_orm(primary_key, auto_increment = false)]
        pub framework_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
