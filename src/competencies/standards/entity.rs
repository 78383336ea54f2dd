use sea_orm::entity::prelude::*;

/// What a position asks of one competency.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "position_standard_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub position_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub competency_id: Uuid,
    /// 1 to 5.
    pub required_level: i32,
    /// How much a gap counts, 1 to 10.
    pub weight: i32,
}

impl ActiveModelBehavior for ActiveModel {}
