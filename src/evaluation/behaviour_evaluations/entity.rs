use sea_orm::FromJsonQueryResult;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// From whose side somebody's behaviour is seen.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Perspective {
    /// Alumni: who took part.
    Alumnus,
    /// Atasan langsung.
    Superior,
    /// Rekan sejawat: of the same unit.
    Peer,
}

/// All of them.
pub const PERSPECTIVES: [Perspective; 3] = [Perspective::Alumnus, Perspective::Superior, Perspective::Peer];

/// What is rated, from 1 (hardly) to 5 (fully).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BehaviourItem {
    /// Penerapan: uses at work what was learned.
    Application,
    /// Mutu: the quality of the work in that field.
    Quality,
    /// Kemandirian: does it without help.
    Independence,
    /// Berbagi: passes it on to colleagues.
    Sharing,
}

/// All of them, in the order in which they are asked.
pub const BEHAVIOUR_ITEMS: [BehaviourItem; 4] =
    [BehaviourItem::Application, BehaviourItem::Quality, BehaviourItem::Independence, BehaviourItem::Sharing];

/// How one item is rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"item": "application", "before": 2, "after": 4}))]
pub struct BehaviourRating {
    /// What is rated.
    pub item: BehaviourItem,
    /// As it was before the training, 1 to 5; null for who cannot say.
    #[validate(range(min = 1, max = 5))]
    #[schema(required, minimum = 1, maximum = 5)]
    #[serde(default)]
    pub before: Option<i32>,
    /// As it is now, 1 to 5.
    #[validate(range(min = 1, max = 5))]
    #[schema(minimum = 1, maximum = 5)]
    pub after: i32,
}

/// The ratings of all items.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Ratings(pub Vec<BehaviourRating>);

/// A question to somebody about what a participant does since.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "behaviour_evaluations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub activity_id: Uuid,
    pub registration_id: Uuid,
    /// Who took part.
    pub librarian_id: Uuid,
    pub perspective: Perspective,
    /// Who is asked; nobody where there was nobody to ask.
    pub respondent_id: Option<Uuid>,
    pub due_on: Date,
    /// From the day after it is late.
    pub late_after: Date,
    pub answered_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub ratings: Option<Ratings>,
    /// Whether what was learned is applied.
    pub is_applied: Option<bool>,
    pub comment: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "behaviour_evaluation";
    const COLLECTION: Option<&'static str> = Some("behaviour-evaluations");
    // Who mentors the respondent is not to learn of it.
    const READERS: Readers = Readers::Admin;
}

/// When somebody is asked about an activity's participants: a row since its completion, whose lock lets each batch through once.
pub mod round {
    use sea_orm::entity::prelude::*;

    /// What is asked about an activity, and whether it has been.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "behaviour_rounds")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub activity_id: Uuid,
        pub due_on: Date,
        /// From the day after it is late.
        pub late_after: Date,
        /// When the last of the questions was made.
        pub asked_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
