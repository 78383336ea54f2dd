use sea_orm::entity::prelude::*;

/// A certificate that a person has credit for. The row goes when the credit is reversed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_certificates")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub librarian_id: Uuid,
    /// The number, folded: case and white space make no difference.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number_key: String,
    /// The organiser, folded; empty where nobody said.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organiser_key: String,
    pub entry_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}
