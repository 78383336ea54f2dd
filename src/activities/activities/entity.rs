use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

pub use crate::competencies::aims::{Aims, CompetencyAim};
use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// What kind of activity it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// Pelatihan, bimbingan teknis.
    Training,
    /// Lokakarya.
    Workshop,
    /// Seminar.
    Seminar,
    /// Diskusi panel.
    Panel,
    /// Webinar.
    Webinar,
    /// Konferensi.
    Conference,
    /// Patok banding.
    BenchmarkingVisit,
    /// Program bersama pustaka lain.
    JointProgramme,
}

/// How far an activity reaches; some kinds earn more credit hours when international.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ActivityScope {
    /// Nasional.
    #[default]
    National,
    /// Internasional.
    International,
}

/// Where people take part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ActivityMode {
    /// Luring.
    #[default]
    OnSite,
    /// Daring.
    Online,
    /// Both at once.
    Hybrid,
}

/// Who has to approve a registration before it counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ApprovalStages {
    /// Nobody.
    #[default]
    None,
    /// An admin.
    One,
    /// The direct superior (atasan langsung), then an admin.
    Two,
}

/// How a freed seat finds the next person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum WaitlistPolicy {
    /// The first on the waiting list who has no other session then gets it at once.
    #[default]
    Auto,
    /// It is offered to them for a while.
    Offer,
}

/// The life of an activity. Whether it is running follows from its sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ActivityStatus {
    /// Being prepared; admins see it.
    Draft,
    /// Announced.
    Published,
    /// Over, with all that follows from it.
    Completed,
    /// Will not take place.
    Cancelled,
}

/// Objects that an activity names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Ids(pub Vec<Uuid>);

/// What somebody must have to take part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate, FromJsonQueryResult)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"activity_ids": [], "levels": []}))]
pub struct Prerequisites {
    /// Activities that they completed.
    #[validate(length(max = 10))]
    #[schema(max_items = 10)]
    #[serde(default)]
    pub activity_ids: Vec<Uuid>,
    /// Levels that they reached.
    #[validate(nested, length(max = 10))]
    #[schema(max_items = 10)]
    #[serde(default)]
    pub levels: Vec<CompetencyAim>,
}

/// A training, workshop, seminar, panel.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "activities")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: ActivityKind,
    pub title: String,
    pub description: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub competencies: Aims,
    #[sea_orm(column_type = "JsonBinary")]
    pub prerequisites: Prerequisites,
    #[sea_orm(column_type = "JsonBinary")]
    pub staff_ids: Ids,
    /// Jam pelajaran in hundredths.
    pub credit_hundredths: i32,
    pub training_type_id: Option<Uuid>,
    pub scope: ActivityScope,
    pub mode: ActivityMode,
    pub place: Option<String>,
    pub online_url: Option<String>,
    pub programme_id: Option<Uuid>,
    pub series_id: Option<Uuid>,
    pub capacity: Option<i32>,
    pub registration_opens_at: Option<DateTimeUtc>,
    pub registration_closes_at: Option<DateTimeUtc>,
    pub approval_stages: ApprovalStages,
    pub waitlist_policy: WaitlistPolicy,
    pub offer_hours: i32,
    pub least_attendance_percent: i32,
    pub least_post_test_hundredths: Option<i32>,
    pub score_maximum: i32,
    pub status: ActivityStatus,
    pub published_at: Option<DateTimeUtc>,
    pub completed_at: Option<DateTimeUtc>,
    pub cancelled_at: Option<DateTimeUtc>,
    pub cancel_reason: Option<String>,
    /// When the first session begins; kept with each session.
    pub starts_at: Option<DateTimeUtc>,
    /// When the last session ends; kept with each session.
    pub ends_at: Option<DateTimeUtc>,
    /// `starts_at`, or the end of time where there is no date.
    pub sorts_at: DateTimeUtc,
    /// Confirmed and offered registrations, and those who came in the end.
    pub seats_taken: i32,
    pub waiting_count: i32,
    /// The last number drawn for the waiting list.
    pub last_waitlist_number: i32,
    pub interest_count: i32,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "activity";
    const COLLECTION: Option<&'static str> = Some("activities");
    const READERS: Readers = Readers::Everyone;
}

impl Model {
    /// Whether it can still change: neither over nor called off.
    pub fn is_open(&self) -> bool {
        self.archived_at.is_none() && matches!(self.status, ActivityStatus::Draft | ActivityStatus::Published)
    }
}

/// What an activity covers, by which it is found.
pub mod covered {
    use sea_orm::entity::prelude::*;

    /// A competency that an activity covers.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "activity_competencies")]
    pub struct Model {
        /// The activity.
        #[sea_orm(primary_key, auto_increment = false)]
        pub activity_id: Uuid,
        /// The competency.
        #[sea_orm(primary_key, auto_increment = false)]
        pub competency_id: Uuid,
        /// The level aimed at.
        pub level: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who keeps the door of an activity.
pub mod staff {
    use sea_orm::entity::prelude::*;

    /// A librarian who checks people in.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "activity_staff")]
    pub struct Model {
        /// The activity.
        #[sea_orm(primary_key, auto_increment = false)]
        pub activity_id: Uuid,
        /// The librarian.
        #[sea_orm(primary_key, auto_increment = false)]
        pub librarian_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
