use sea_orm::entity::prelude::*;

/// A private note. It is no `Record`: its changes leave no event.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_private_notes")]
pub struct Model {
    /// The meeting.
    #[sea_orm(primary_key, auto_increment = false)]
    pub meeting_id: Uuid,
    /// The librarian who wrote it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub author_id: Uuid,
    pub text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
