use sea_orm::entity::prelude::*;

/// The sums of a person and year, in hundredths. Always what the rows of the ledger add up to.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_balances")]
pub struct Model {
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub librarian_id: Uuid,
    /// The year: the calendar year in which it begins.
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    /// The first day of the year: 1 January, or an anniversary of the contract.
    pub starts_on: Date,
    /// The last day.
    pub ends_on: Date,
    /// All hours.
    pub credited: i32,
    /// Of these, in courses and classes.
    pub formal: i32,
    /// Of these, from others.
    pub social: i32,
    /// Of these, at work.
    pub experience: i32,
    /// Credits that stand.
    pub entry_count: i32,
    /// Calendar months with credit that stands: bit 0 is the month of `starts_on`.
    pub active_months: i32,
}

impl ActiveModelBehavior for ActiveModel {}
