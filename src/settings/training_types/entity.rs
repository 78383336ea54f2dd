use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::kernel::language::Localized;

/// SIASN's class of a certificate (jenisKursusSertipikat).
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
pub enum CertificateClass {
    /// Technical (teknis).
    #[sea_orm(string_value = "T")]
    T,
    /// Functional (fungsional).
    #[sea_orm(string_value = "F")]
    F,
    /// Seminar, workshop and the like.
    #[sea_orm(string_value = "P")]
    P,
}

/// How training is held (jalur pelatihan).
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum TrainingTrack {
    /// In class (klasikal).
    Classical,
    /// Outside of it (nonklasikal).
    NonClassical,
}

/// The share of the 70:20:10 rule that learning belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum LearningBucket {
    /// Courses and classes: 10 per cent.
    Formal,
    /// Coaching, mentoring and learning from one another: 20 per cent.
    Social,
    /// Experience at work: 70 per cent.
    Experience,
}

/// A type of training (jenis diklat): a row of SIASN's reference table `jenisDiklat`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "training_types")]
pub struct Model {
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SIASN's jenisDiklatId.
    #[sea_orm(unique)]
    pub siasn_id: i32,
    /// The name.
    #[sea_orm(column_type = "JsonBinary")]
    pub name: Localized,
    /// SIASN's class of its certificates.
    pub certificate_class: CertificateClass,
    /// How it is held.
    pub track: TrainingTrack,
    /// Its share of 70:20:10.
    pub bucket: LearningBucket,
    /// SIASN's jenisKursus, where one fits.
    pub course_code: Option<i32>,
    /// What is searched.
    pub search_text: String,
    /// Counts the changes.
    pub version: i32,
    /// When it was entered.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "training_type";
    const COLLECTION: Option<&'static str> = Some("training-types");
    const READERS: Readers = Readers::Everyone;
}
