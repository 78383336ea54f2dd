use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// What somebody does in front.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SpeakerRole {
    /// Narasumber.
    #[default]
    Speaker,
    /// Moderator.
    Moderator,
    /// Panelis.
    Panellist,
    /// Pengajar, fasilitator.
    Trainer,
}

/// Somebody who speaks at an activity.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "activity_speakers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub activity_id: Uuid,
    /// The session; the whole activity where null.
    pub session_id: Option<Uuid>,
    /// The colleague; a guest where null.
    pub librarian_id: Option<Uuid>,
    pub name: String,
    pub organisation: Option<String>,
    pub role: SpeakerRole,
    pub topic: Option<String>,
    pub position: i32,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "speaker";
    const COLLECTION: Option<&'static str> = Some("speakers");
    const READERS: Readers = Readers::Everyone;
}
