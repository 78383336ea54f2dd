use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// For whom results are frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ResultAudience {
    /// For those who run the library.
    Library,
    /// For everybody, once they are published.
    Public,
}

/// The results of a campaign, frozen when it closed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign_results")]
pub struct Model {
    /// The campaign.
    #[sea_orm(primary_key, auto_increment = false)]
    pub campaign_id: Uuid,
    /// For whom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub audience: ResultAudience,
    /// The version of the computations.
    pub method: i32,
    /// The formula of the index, where the SKM was asked.
    pub skm_formula_id: Option<Uuid>,
    /// The fewest people of whom anything is told.
    pub threshold: i32,
    /// How many answered; null where that is withheld.
    pub answered_count: Option<i32>,
    /// The index (IKM) in hundredths.
    pub ikm: Option<i32>,
    /// All figures as JSON, kept as the very text that it was then.
    pub content: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// Words that somebody answered with.
///
/// They lie apart from the answers to other questions, each under a number of its own, so that two of one person are not told together.
pub mod comment {
    use sea_orm::entity::prelude::*;

    /// A comment.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "campaign_comments")]
    pub struct Model {
        /// A scattered number: their order tells nothing.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// The campaign.
        pub campaign_id: Uuid,
        /// The question.
        pub question_code: String,
        /// The words.
        pub text: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
