use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::evaluation::needs::{Need, NeedKind};
use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// What a review found.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "findings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub review_id: Uuid,
    /// Its place in the review, from 1.
    pub position: i32,
    pub title: String,
    pub detail: Option<String>,
    pub source_kind: Option<NeedKind>,
    pub source_id: Option<Uuid>,
    pub source_element: Option<String>,
    /// Why nothing is done about it.
    pub no_action_reason: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "finding";
    const COLLECTION: Option<&'static str> = Some("findings");
    const READERS: Readers = Readers::Everyone;
}

impl Model {
    /// What shows it.
    pub fn need(&self) -> Option<Need> {
        Need::of(self.source_kind, self.source_id, self.source_element.clone())
    }
}
