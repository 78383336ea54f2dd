//! How answers lie.
//!
//! A row is what one person answered in one campaign. `answers` is a JSON array with one element for each question of the
//! campaign's edition, in the order of its questions; editions that are asked never change, so the place says which question it is:
//!
//! | kind of question | element |
//! |---|---|
//! | `likert_5`, `scale_1_4`, `scale_0_10` | the whole number |
//! | `number` | the number, with at most two decimals |
//! | `single` | the place of the option among the options, from 0 |
//! | `multiple` | an array of such places, ascending |
//! | `text` | the text |
//! | not answered | `null` |
//!
//! `[4,3,null,[0,2],1,"Terima kasih"]`. An anonymous row has a random id (version 4), no person, and the day alone; on `SQLite`
//! rows lie in the order of their ids, on `PostgreSQL` they are written anew in random order when the campaign closes
//! (`docs/decisions/0020`). Rows of one campaign lie together: read them by `campaign_id`.

use sea_orm::entity::prelude::*;

/// What somebody answered.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_responses")]
pub struct Model {
    /// The campaign.
    #[sea_orm(primary_key, auto_increment = false)]
    pub campaign_id: Uuid,
    /// The answer: random where it is anonymous.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who answered, where the campaign asks by name.
    pub librarian_id: Option<Uuid>,
    /// The day.
    pub answered_on: Date,
    /// The answers, as this file's head says.
    pub answers: String,
}

impl ActiveModelBehavior for ActiveModel {}
