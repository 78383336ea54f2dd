//! A new version of a framework: a draft copy, linked competency by competency with what it was made from.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::dto::{Framework, NewFrameworkVersion};
use super::entity::{ActiveModel, Entity, FrameworkStatus, Model};
use super::service::{FRAMEWORK_VERSION_TAKEN, lock_in, searched};
use crate::competencies::items::entity::{self as competency, link};
use crate::competencies::items::service::all_of;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{INVALID_TRANSITION, Result, ResultExt};
use crate::kernel::policy::Access;

/// Makes a draft of the next version.
pub async fn create(db: &Db, access: &Access, id: Uuid, new: NewFrameworkVersion) -> Result<Framework> {
    db.create(access, async move |tx: &Tx<'_>| {
        let origin = lock_in(tx, id).await?;
        if origin.status == FrameworkStatus::Draft {
            return Err(INVALID_TRANSITION.into());
        }
        let draft = tx.insert::<Entity>(copy_of(&origin, &new.version_label), "framework.created").await;
        let draft = draft.on_duplicate_of("version_label", FRAMEWORK_VERSION_TAKEN, "version_label")?;
        copy_competencies_in(tx, origin.id, draft.id).await?;
        Ok(Framework::seen(draft, tx.access()))
    })
    .await
}

fn copy_of(origin: &Model, version_label: &str) -> ActiveModel {
    ActiveModel {
        code: Set(origin.code.clone()),
        version_label: Set(version_label.to_owned()),
        title: Set(origin.title.clone()),
        description: Set(origin.description.clone()),
        source: Set(origin.source.clone()),
        status: Set(FrameworkStatus::Draft),
        level_rule: Set(origin.level_rule),
        required_source: Set(origin.required_source),
        supersedes_id: Set(Some(origin.id)),
        provisional: Set(origin.provisional),
        search_text: Set(searched(&origin.code, version_label, &origin.title)),
        ..Default::default()
    }
}

async fn copy_competencies_in(tx: &Tx<'_>, from: Uuid, to: Uuid) -> Result<()> {
    let rows = all_of(tx.reader(), from).await?;
    let ids: HashMap<Uuid, Uuid> = rows.iter().map(|row| (row.id, tx.new_id())).collect();
    for row in parents_first(&rows) {
        let Some(id) = ids.get(&row.id) else { continue };
        let copy = competency::ActiveModel {
            id: Set(*id),
            framework_id: Set(to),
            parent_id: Set(row.parent_id.and_then(|parent| ids.get(&parent).copied())),
            kind: Set(row.kind),
            code: Set(row.code.clone()),
            title: Set(row.title.clone()),
            statement: Set(row.statement.clone()),
            level_descriptors: Set(row.level_descriptors.clone()),
            field: Set(row.field),
            cluster: Set(row.cluster.clone()),
            source: Set(row.source.clone()),
            provisional: Set(row.provisional),
            sequence: Set(row.sequence),
            search_text: Set(row.search_text.clone()),
            ..Default::default()
        };
        tx.insert::<competency::Entity>(copy, "competency.created").await?;
        let same = link::ActiveModel {
            from_id: Set(row.id),
            to_id: Set(*id),
            kind: Set(link::CompetencyLinkKind::ExactMatchOf),
            framework_id: Set(to),
        };
        tx.put::<link::Entity>(same).await?;
    }
    Ok(())
}

/// The competencies in an order in which each stands after its parent, else as they were.
pub fn parents_first(rows: &[competency::Model]) -> Vec<&competency::Model> {
    let mut children: HashMap<Option<Uuid>, Vec<&competency::Model>> = HashMap::new();
    for row in rows {
        children.entry(row.parent_id).or_default().push(row);
    }
    let mut ordered = children.remove(&None).unwrap_or_default();
    let mut next = 0;
    while let Some(row) = ordered.get(next) {
        let below = children.remove(&Some(row.id)).unwrap_or_default();
        ordered.extend(below);
        next += 1;
    }
    ordered
}
