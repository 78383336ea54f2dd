//! The items of a test, and what each person had in them.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which of the two tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum TestKind {
    /// The test before (pre-test).
    PreTest,
    /// The test after (post-test).
    #[default]
    PostTest,
}

/// An item as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptItem {
    /// Its code.
    pub code: String,
    /// The most points, in hundredths.
    pub maximum: i32,
}

/// The items of a test, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct KeptItems(pub Vec<KeptItem>);

/// A test of an activity.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity_tests")]
pub struct Model {
    /// The activity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub activity_id: Uuid,
    /// Which test.
    #[sea_orm(primary_key, auto_increment = false)]
    pub test: TestKind,
    /// Its items.
    #[sea_orm(column_type = "JsonBinary")]
    pub items: KeptItems,
}

impl ActiveModelBehavior for ActiveModel {}

/// What each person had in the items.
pub mod points {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::TestKind;

    /// Points in hundredths, in the order of the items.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Points(pub Vec<i32>);

    /// Somebody's points.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "activity_test_points")]
    pub struct Model {
        /// The activity.
        #[sea_orm(primary_key, auto_increment = false)]
        pub activity_id: Uuid,
        /// Which test.
        #[sea_orm(primary_key, auto_increment = false)]
        pub test: TestKind,
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub registration_id: Uuid,
        /// Their points.
        #[sea_orm(column_type = "JsonBinary")]
        pub points: Points,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
