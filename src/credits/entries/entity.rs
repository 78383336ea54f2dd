use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::settings::training_types::entity::LearningBucket;

/// What a row of the ledger does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Gives hours.
    Credit,
    /// Takes them back.
    Reversal,
}

/// What hours were earned by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CreditSource {
    /// An activity of the library.
    Activity,
    /// Something learned elsewhere, verified.
    LearningEntry,
    /// A meeting of mentor and mentee.
    MentoringMeeting,
}

/// The cap that held hours back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CreditCap {
    /// Of one entry.
    Entry,
    /// Of its days.
    Day,
    /// Of its calendar month.
    Month,
    /// Of its year.
    Year,
}

/// A row of the ledger. All hours are hundredths.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "credit_entries")]
pub struct Model {
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// Whether it gives hours or takes them back.
    pub kind: EntryKind,
    /// The year of the person's duty that it counts in.
    pub year: i32,
    /// The first day.
    pub starts_on: Date,
    /// The last day of what was learned.
    pub counted_on: Date,
    /// The day on which the ledger learned of it.
    pub recorded_on: Date,
    /// The type of training (jenis diklat).
    pub training_type_id: Uuid,
    /// The bucket of the type on that day.
    pub bucket: LearningBucket,
    /// The kind of what earned it.
    pub source_kind: CreditSource,
    /// The object that earned it.
    pub source_id: Uuid,
    /// 1, and one more after each reversal that was made good.
    pub round: i32,
    /// What it was.
    pub title: String,
    /// Who held it.
    pub organiser: Option<String>,
    /// The certificate's number.
    pub certificate_number: Option<String>,
    /// Where the evidence is.
    pub evidence_url: Option<String>,
    /// Whether it was held across borders.
    pub is_international: bool,
    /// On how many days.
    pub days: i32,
    /// How many sessions.
    pub sessions: i32,
    /// How long it took.
    pub minutes: i32,
    /// What the certificate or the person says.
    pub claimed: Option<i32>,
    /// The rule that was applied.
    pub rule_id: Option<Uuid>,
    /// What the rule makes of it, before caps.
    pub computed: i32,
    /// The cap that held hours back.
    pub cap: Option<CreditCap>,
    /// What counts; not above 0 in a reversal.
    pub credited: i32,
    /// The account that had it credited; null for the service itself.
    pub verifier_id: Option<Uuid>,
    /// The credit that this takes back.
    #[sea_orm(unique)]
    pub reversal_of: Option<Uuid>,
    /// Why it is taken back.
    pub reason: Option<String>,
    /// Always 1.
    pub version: i32,
    /// When it was written.
    pub created_at: DateTimeUtc,
    /// The same: rows do not change.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "credit_entry";
    const COLLECTION: Option<&'static str> = Some("credit-entries");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}
