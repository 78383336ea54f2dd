use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::surveys::statistics::change::ChangeElement;

/// What kind of step it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ChangeActionKind {
    /// Komunikasi.
    Communication,
    /// Demonstrasi manfaat nyata.
    Demonstration,
    /// Pelatihan.
    Training,
    /// Pendampingan.
    Coaching,
    /// Penghargaan.
    Recognition,
    /// Pelibatan.
    Involvement,
}

impl ChangeActionKind {
    /// The element of ADKAR that such a step usually answers.
    pub const fn answers(self) -> ChangeElement {
        match self {
            Self::Communication => ChangeElement::Awareness,
            Self::Demonstration | Self::Involvement => ChangeElement::Desire,
            Self::Training => ChangeElement::Knowledge,
            Self::Coaching => ChangeElement::Ability,
            Self::Recognition => ChangeElement::Reinforcement,
        }
    }
}

/// The element as it lies in the row: the statistics below know no database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum KeptElement {
    /// Kesadaran.
    Awareness,
    /// Keinginan.
    Desire,
    /// Pengetahuan.
    Knowledge,
    /// Kemampuan.
    Ability,
    /// Penguatan.
    Reinforcement,
}

impl From<ChangeElement> for KeptElement {
    fn from(element: ChangeElement) -> Self {
        match element {
            ChangeElement::Awareness => Self::Awareness,
            ChangeElement::Desire => Self::Desire,
            ChangeElement::Knowledge => Self::Knowledge,
            ChangeElement::Ability => Self::Ability,
            ChangeElement::Reinforcement => Self::Reinforcement,
        }
    }
}

impl From<KeptElement> for ChangeElement {
    fn from(element: KeptElement) -> Self {
        match element {
            KeptElement::Awareness => Self::Awareness,
            KeptElement::Desire => Self::Desire,
            KeptElement::Knowledge => Self::Knowledge,
            KeptElement::Ability => Self::Ability,
            KeptElement::Reinforcement => Self::Reinforcement,
        }
    }
}

/// A step towards a change.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "change_actions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub change_initiative_id: Uuid,
    pub kind: ChangeActionKind,
    /// What it answers.
    pub element: KeptElement,
    pub title: String,
    pub held_on: Date,
    pub audience: String,
    pub evidence: Option<String>,
    pub evidence_url: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "change_action";
    const COLLECTION: Option<&'static str> = Some("change-actions");
    const READERS: Readers = Readers::Everyone;
}
