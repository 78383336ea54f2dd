//! Competencies as another library finds them: by their CASE identifier, or by framework, version and code.

use std::collections::{BTreeSet, HashMap};

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::competencies::aims::CompetencyAim;
use crate::competencies::frameworks::entity::{self as framework, FrameworkStatus};
use crate::competencies::items::entity::{self as competency, CompetencyKind};
use crate::kernel::db::Reader;
use crate::kernel::error::Result;
use crate::kernel::validation::{Fault, Violation};

/// The competency that a template means is not here.
pub const COMPETENCY_MISSING: Fault = Fault {
    code: "competency_missing",
    id: "Kompetensi {code} dari kerangka {framework} versi {version} tidak ada di sini; impor kerangkanya dahulu",
    en: "There is no competency {code} of the framework {framework}, version {version}, here; import the framework first",
};

/// A competency as another library finds it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"identifier": "019a0000-0000-7000-8000-000000000002", "framework_code": "SKKNI-KAMUS",
    "version_label": "2026.1", "code": "R.91PUS00.001.1"}))]
pub struct TemplateCompetency {
    /// Its CASE identifier.
    pub identifier: Uuid,
    /// The code of its framework.
    #[validate(length(min = 1, max = 60))]
    #[schema(min_length = 1, max_length = 60)]
    pub framework_code: String,
    /// The version of its framework.
    #[validate(length(min = 1, max = 60))]
    #[schema(min_length = 1, max_length = 60)]
    pub version_label: String,
    /// Its code.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub code: String,
}

/// A competency with the level aimed at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"competency": {"identifier": "019a0000-0000-7000-8000-000000000002", "framework_code": "SKKNI-KAMUS",
    "version_label": "2026.1", "code": "R.91PUS00.001.1"}, "level": 3}))]
pub struct TemplateAim {
    /// The competency.
    #[validate(nested)]
    pub competency: TemplateCompetency,
    /// The level, 1 to 5.
    #[validate(range(min = 1, max = 5))]
    #[schema(minimum = 1, maximum = 5)]
    pub level: i32,
}

/// What these competencies are called elsewhere.
pub async fn told(
    reader: Reader<'_>,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, TemplateCompetency>> {
    let ids: BTreeSet<Uuid> = ids.into_iter().collect();
    let rows = known(reader, ids).await?;
    Ok(rows.into_iter().map(|row| (row.identifier, row)).collect())
}

/// Aims as they are told elsewhere.
pub fn tell(aims: &[CompetencyAim], known: &HashMap<Uuid, TemplateCompetency>) -> Vec<TemplateAim> {
    let told = |aim: &CompetencyAim| {
        Some(TemplateAim { competency: known.get(&aim.competency_id)?.clone(), level: aim.level })
    };
    aims.iter().filter_map(told).collect()
}

async fn known(reader: Reader<'_>, ids: BTreeSet<Uuid>) -> Result<Vec<TemplateCompetency>> {
    let statement = Query::select()
        .column((competency::Entity, competency::Column::Id))
        .column((framework::Entity, framework::Column::Code))
        .column((framework::Entity, framework::Column::VersionLabel))
        .column((competency::Entity, competency::Column::Code))
        .from(competency::Entity)
        .inner_join(
            framework::Entity,
            Expr::col((framework::Entity, framework::Column::Id))
                .equals((competency::Entity, competency::Column::FrameworkId)),
        )
        .and_where(Expr::col((competency::Entity, competency::Column::Id)).is_in(ids))
        .to_owned();
    let rows = reader.rows(&statement, |row| {
        Ok(TemplateCompetency {
            identifier: row.get(0)?,
            framework_code: row.get(1)?,
            version_label: row.get(2)?,
            code: row.get(3)?,
        })
    });
    rows.await
}

/// The competencies of this instance, by what templates call them.
#[derive(Clone, Debug, Default)]
pub struct Found {
    by_identifier: HashMap<Uuid, Uuid>,
    by_code: HashMap<(String, String, String), Uuid>,
}

impl Found {
    /// Looks up what a template means: units of published frameworks.
    pub async fn load(reader: Reader<'_>, meant: &[TemplateCompetency]) -> Result<Self> {
        if meant.is_empty() {
            return Ok(Self::default());
        }
        let identifiers: BTreeSet<Uuid> = meant.iter().map(|one| one.identifier).collect();
        let codes: BTreeSet<&str> = meant.iter().map(|one| one.code.as_str()).collect();
        let named =
            Condition::any().add(competency::Column::Id.is_in(identifiers)).add(competency::Column::Code.is_in(codes));
        let units = competency::Entity::find().filter(competency::Column::Kind.eq(CompetencyKind::Unit)).filter(named);
        let units = reader.all(units).await?;
        let published = framework::Entity::find().filter(framework::Column::Status.eq(FrameworkStatus::Published));
        let frameworks: HashMap<Uuid, framework::Model> =
            reader.all(published).await?.into_iter().map(|row| (row.id, row)).collect();
        let mut found = Self::default();
        for unit in units {
            let Some(framework) = frameworks.get(&unit.framework_id) else { continue };
            found.by_identifier.insert(unit.id, unit.id);
            let key = (framework.code.clone(), framework.version_label.clone(), unit.code);
            found.by_code.insert(key, unit.id);
        }
        Ok(found)
    }

    fn one(&self, meant: &TemplateCompetency) -> Option<Uuid> {
        let key = || (meant.framework_code.clone(), meant.version_label.clone(), meant.code.clone());
        self.by_identifier.get(&meant.identifier).or_else(|| self.by_code.get(&key())).copied()
    }

    /// Aims in terms of this instance; what is not here is told, below this pointer.
    pub fn aims(&self, told: &[TemplateAim], pointer: &str, wrong: &mut Vec<Violation>) -> Vec<CompetencyAim> {
        let mut aims = Vec::new();
        for (index, aim) in told.iter().enumerate() {
            match self.one(&aim.competency) {
                Some(competency_id) => aims.push(CompetencyAim { competency_id, level: aim.level }),
                None => wrong.push(
                    Violation::pointer(format!("{pointer}/{index}/competency"), &COMPETENCY_MISSING)
                        .with("code", aim.competency.code.clone())
                        .with("framework", aim.competency.framework_code.clone())
                        .with("version", aim.competency.version_label.clone()),
                ),
            }
        }
        aims
    }
}
