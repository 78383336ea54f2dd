use chrono::NaiveDate;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::entity::{Column, Entity, Model};
use crate::kernel::db::Reader;
use crate::kernel::error::Result;

/// The rule of a type of training that holds on this day, if there is one.
pub async fn in_force(reader: Reader<'_>, training_type_id: Uuid, on: NaiveDate) -> Result<Option<Model>> {
    let open = Condition::any().add(Column::ValidTo.is_null()).add(Column::ValidTo.gte(on));
    let holding = Entity::find()
        .filter(Column::TrainingTypeId.eq(training_type_id))
        .filter(Column::ValidFrom.lte(on))
        .filter(open);
    reader.one(holding).await
}
