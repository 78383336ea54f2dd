//! Levels of competencies at which something aims: an activity, a programme.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, EntityTrait, FromJsonQueryResult, QueryFilter, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::assessments::service::NOT_ASSESSABLE;
use super::frameworks::entity::{self as framework, FrameworkStatus};
use super::items::entity::{self as competency, CompetencyKind};
use crate::kernel::db::Reader;
use crate::kernel::error::Result;
use crate::kernel::validation::{self, Violation};

/// A level of a competency: what something aims at, or asks of who takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"competency_id": "019a0000-0000-7000-8000-000000000002", "level": 3}))]
pub struct CompetencyAim {
    /// The competency: a unit of a published framework.
    pub competency_id: Uuid,
    /// The level, 1 to 5.
    #[validate(range(min = 1, max = 5))]
    #[schema(minimum = 1, maximum = 5)]
    pub level: i32,
}

/// What something aims at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Aims(pub Vec<CompetencyAim>);

/// One level for each competency.
pub fn no_competency_twice(aims: &[CompetencyAim]) -> std::result::Result<(), ValidationError> {
    let mut seen = HashSet::new();
    if aims.iter().all(|aim| seen.insert(aim.competency_id)) {
        Ok(())
    } else {
        Err(validation::fault(&validation::REPEATED))
    }
}

/// The aims in `field` whose competency is not among these.
pub fn not_among(known: &HashSet<Uuid>, aims: &[CompetencyAim], field: &str) -> Vec<Violation> {
    let unknown = aims.iter().enumerate().filter(|(_, aim)| !known.contains(&aim.competency_id));
    let place = |index| format!("#/{field}/{index}/competency_id");
    unknown.map(|(index, _)| Violation::pointer(place(index), &NOT_ASSESSABLE)).collect()
}

/// Which of these competencies a plan may aim at: units of a framework that is published, or still being written.
pub async fn plannable_among(reader: Reader<'_>, ids: impl IntoIterator<Item = Uuid>) -> Result<HashSet<Uuid>> {
    let frameworks = framework::Entity::find()
        .filter(framework::Column::Status.ne(FrameworkStatus::Retired))
        .filter(framework::Column::ArchivedAt.is_null())
        .select_only()
        .column(framework::Column::Id)
        .into_query();
    let units = competency::Entity::find()
        .filter(competency::Column::Id.is_in(ids))
        .filter(competency::Column::Kind.eq(CompetencyKind::Unit))
        .filter(competency::Column::FrameworkId.in_subquery(frameworks));
    Ok(reader.all(units).await?.into_iter().map(|row| row.id).collect())
}
