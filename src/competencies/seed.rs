//! The framework and the position standards that ship with the service (`data/framework.json`, `data/position_standards.json`).

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use serde::Deserialize;
use uuid::Uuid;

use super::frameworks::entity::{self as framework, FrameworkStatus, LevelRule};
use super::items::entity::{self as competency, CompetencyField, CompetencyKind, LevelDescriptors};
use super::standards::entity as standard;
use super::{frameworks, items};
use crate::kernel::db::Tx;
use crate::kernel::error::{Error, Result};
use crate::kernel::language::Localized;
use crate::staff::positions::entity as position;

const FRAMEWORK: &str = include_str!("../../data/framework.json");
const STANDARDS: &str = include_str!("../../data/position_standards.json");

#[derive(Deserialize)]
struct Framework {
    id: Uuid,
    code: String,
    version_label: String,
    title: Localized,
    description: Localized,
    source: String,
    provisional: bool,
    level_rule: LevelRule,
    competencies: Vec<Competency>,
}

#[derive(Deserialize)]
struct Competency {
    id: Uuid,
    parent: Option<String>,
    kind: CompetencyKind,
    code: String,
    field: Option<CompetencyField>,
    cluster: Option<String>,
    provisional: bool,
    source: String,
    title: Localized,
    statement: Option<Localized>,
    level_descriptors: Vec<Localized>,
}

#[derive(Deserialize)]
struct Standard {
    position_code: String,
    entries: Vec<StandardEntry>,
}

#[derive(Deserialize)]
struct StandardEntry {
    competency_code: String,
    required_level: i32,
    weight: i32,
}

/// Puts the framework, published, and the standards into a database that has no framework. The positions must be there.
pub async fn seed_in(tx: &Tx<'_>) -> Result<()> {
    if tx.reader().exists(framework::Entity::find()).await? {
        return Ok(());
    }
    let seed: Framework = serde_json::from_str(FRAMEWORK).map_err(Error::internal)?;
    let title = seed.title;
    let row = framework::ActiveModel {
        id: Set(seed.id),
        search_text: Set(frameworks::service::searched(&seed.code, &seed.version_label, &title)),
        code: Set(seed.code),
        version_label: Set(seed.version_label),
        title: Set(title),
        description: Set(Some(seed.description)),
        source: Set(Some(seed.source)),
        status: Set(FrameworkStatus::Published),
        level_rule: Set(seed.level_rule),
        provisional: Set(seed.provisional),
        published_at: Set(Some(tx.now())),
        ..Default::default()
    };
    tx.insert::<framework::Entity>(row, "framework.published").await?;
    let mut ids = HashMap::new();
    for (sequence, item) in (0_i32..).zip(seed.competencies) {
        let parent_id = item.parent.as_ref().and_then(|code| ids.get(code)).copied();
        ids.insert(item.code.clone(), item.id);
        tx.insert::<competency::Entity>(row_of(seed.id, parent_id, sequence, item), "competency.created").await?;
    }
    seed_standards_in(tx, &ids).await
}

fn row_of(framework_id: Uuid, parent_id: Option<Uuid>, sequence: i32, item: Competency) -> competency::ActiveModel {
    let title = item.title;
    competency::ActiveModel {
        id: Set(item.id),
        framework_id: Set(framework_id),
        parent_id: Set(parent_id),
        kind: Set(item.kind),
        search_text: Set(items::service::searched(&item.code, &title, item.statement.as_ref())),
        code: Set(item.code),
        title: Set(title),
        statement: Set(item.statement),
        level_descriptors: Set(LevelDescriptors(item.level_descriptors)),
        field: Set(item.field),
        cluster: Set(item.cluster),
        source: Set(Some(item.source)),
        provisional: Set(item.provisional),
        sequence: Set(sequence),
        ..Default::default()
    }
}

async fn seed_standards_in(tx: &Tx<'_>, competencies: &HashMap<String, Uuid>) -> Result<()> {
    let positions = tx.reader().all(position::Entity::find()).await?;
    for seed in serde_json::from_str::<Vec<Standard>>(STANDARDS).map_err(Error::internal)? {
        let Some(position) = positions.iter().find(|position| position.code == seed.position_code) else { continue };
        for entry in seed.entries {
            let competency = competencies.get(&entry.competency_code);
            let competency =
                competency.ok_or_else(|| Error::internal(format!("no competency {}", entry.competency_code)))?;
            let row = standard::ActiveModel {
                position_id: Set(position.id),
                competency_id: Set(*competency),
                required_level: Set(entry.required_level),
                weight: Set(entry.weight),
            };
            tx.put::<standard::Entity>(row).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::competencies::items::service::descriptors_fit;
    use crate::competencies::items::tree::fits;

    #[test]
    fn the_shipped_framework_keeps_its_own_rules() {
        let shipped: Framework = serde_json::from_str(FRAMEWORK).unwrap();
        let mut kinds: HashMap<&str, CompetencyKind> = HashMap::new();
        for one in &shipped.competencies {
            let parent = one.parent.as_deref().map(|code| *kinds.get(code).expect("a parent stands before its parts"));
            assert!(fits(one.kind, parent), "{}", one.code);
            assert!(descriptors_fit(one.kind, &one.level_descriptors), "{}", one.code);
            assert_eq!(kinds.insert(&one.code, one.kind), None, "{} stands twice", one.code);
        }
        let standards: Vec<Standard> = serde_json::from_str(STANDARDS).unwrap();
        assert_eq!(standards.len(), 7);
        for entry in standards.iter().flat_map(|standard| &standard.entries) {
            assert_eq!(kinds.get(entry.competency_code.as_str()), Some(&CompetencyKind::Unit));
            assert!((1..=5).contains(&entry.required_level) && (1..=10).contains(&entry.weight));
        }
    }
}
