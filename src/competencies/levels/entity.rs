use sea_orm::entity::prelude::*;

/// The present level of a person in a competency.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "current_levels")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub librarian_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub competency_id: Uuid,
    pub level: i32,
    /// The assessment that decided.
    pub assessment_id: Uuid,
    /// The first day on which time alone may change it.
    pub next_change_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How many people of a unit and position stand at each level of a competency.
pub mod level_count {
    use sea_orm::entity::prelude::*;

    /// A row of counts.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "level_counts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub competency_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: Uuid,
        /// The nil UUID for people without a position.
        #[sea_orm(primary_key, auto_increment = false)]
        pub position_id: Uuid,
        #[sea_orm(column_name = "level_1")]
        pub level_1: i32,
        #[sea_orm(column_name = "level_2")]
        pub level_2: i32,
        #[sea_orm(column_name = "level_3")]
        pub level_3: i32,
        #[sea_orm(column_name = "level_4")]
        pub level_4: i32,
        #[sea_orm(column_name = "level_5")]
        pub level_5: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Column {
        /// The column that counts the people at a level.
        pub fn of(level: i32) -> Self {
            match level {
                1 => Self::Level1,
                2 => Self::Level2,
                3 => Self::Level3,
                4 => Self::Level4,
                _ => Self::Level5,
            }
        }

        /// The columns of all levels, from 1.
        pub const LEVELS: [Self; 5] = [Self::Level1, Self::Level2, Self::Level3, Self::Level4, Self::Level5];
    }
}

/// How many people there are in a unit and position.
pub mod staff_count {
    use sea_orm::entity::prelude::*;

    /// A row of counts.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "staff_counts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: Uuid,
        /// The nil UUID for people without a position.
        #[sea_orm(primary_key, auto_increment = false)]
        pub position_id: Uuid,
        pub people: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
