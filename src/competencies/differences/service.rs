use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::dto::{
    CompetencyDifference, CompetencyPart, DifferenceKind, FrameworkDifferences, FrameworkField, OlderFramework,
};
use crate::competencies::frameworks::{self, entity as framework};
use crate::competencies::items::entity::{Model, link::CompetencyLinkKind};
use crate::competencies::items::service::all_of;
use crate::competencies::predecessors::service::{Successors, successors};
use crate::kernel::db::Db;
use crate::kernel::error::{Error, NOT_FOUND, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::{NO_SUCH_OBJECT, REQUIRED, Violation};

/// A framework and the older one that it is compared with: the one that is named, else the version that it was made from.
pub async fn with_older(
    db: &Db,
    access: &Access,
    id: Uuid,
    query: OlderFramework,
) -> Result<(framework::Model, framework::Model)> {
    let new = frameworks::service::row(db, access, id).await?;
    let wrong = |fault| NOT_FOUND.at(Violation::parameter("from", fault));
    let from = query.from.or(new.supersedes_id).ok_or_else(|| wrong(&REQUIRED))?;
    match frameworks::service::row(db, access, from).await {
        Ok(old) => Ok((old, new)),
        Err(Error::Refused(_)) => Err(wrong(&NO_SUCH_OBJECT)),
        Err(error) => Err(error),
    }
}

/// Compares a framework with an older one.
pub async fn read(db: &Db, access: &Access, id: Uuid, query: OlderFramework) -> Result<FrameworkDifferences> {
    let (from, to) = with_older(db, access, id, query).await?;
    let (old, new) = (all_of(db.reader(), from.id).await?, all_of(db.reader(), to.id).await?);
    let successors = successors(db.reader(), &old, &new).await?;
    let (unchanged_count, items) = compare(&old, &new, &successors);
    Ok(FrameworkDifferences {
        from_id: from.id,
        framework_id: to.id,
        framework_fields: framework_fields(&from, &to),
        unchanged_count,
        items,
    })
}

fn framework_fields(old: &framework::Model, new: &framework::Model) -> Vec<FrameworkField> {
    let differs = [
        (FrameworkField::Code, old.code != new.code),
        (FrameworkField::VersionLabel, old.version_label != new.version_label),
        (FrameworkField::Title, old.title != new.title),
        (FrameworkField::Description, old.description != new.description),
        (FrameworkField::Source, old.source != new.source),
        (FrameworkField::LevelRule, old.level_rule != new.level_rule),
        (FrameworkField::RequiredSource, old.required_source != new.required_source),
        (FrameworkField::Provisional, old.provisional != new.provisional),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

/// An old competency and one that takes its place, by a link or by the code alone.
type Pair<'a> = (&'a Model, &'a Model, Option<CompetencyLinkKind>);

fn pairs<'a>(old: &'a [Model], new: &'a [Model], successors: &Successors) -> Vec<Pair<'a>> {
    let by_id: HashMap<Uuid, &Model> = new.iter().map(|row| (row.id, row)).collect();
    let linked: HashSet<Uuid> = successors.values().flat_map(|of| of.keys().copied()).collect();
    let unlinked: HashMap<&str, &Model> =
        new.iter().filter(|row| !linked.contains(&row.id)).map(|row| (row.code.as_str(), row)).collect();
    let mut pairs = Vec::new();
    for row in old {
        match successors.get(&row.id) {
            Some(of) => {
                let of = of.iter().filter_map(|(id, kind)| Some((*by_id.get(id)?, *kind)));
                let mut of: Vec<_> = of.collect();
                of.sort_by_key(|(to, _)| (to.sequence, to.id));
                pairs.extend(of.into_iter().map(|(to, kind)| (row, to, Some(kind))));
            }
            None => pairs.extend(unlinked.get(row.code.as_str()).map(|to| (row, *to, None))),
        }
    }
    pairs
}

/// How many competencies are just as they were, and what is different in the others.
fn compare(old: &[Model], new: &[Model], successors: &Successors) -> (usize, Vec<CompetencyDifference>) {
    let pairs = pairs(old, new, successors);
    let mut after: HashMap<Uuid, Vec<Pair<'_>>> = HashMap::new();
    for pair in &pairs {
        after.entry(pair.0.id).or_default().push(*pair);
    }
    let mut unchanged = 0;
    let mut items = Vec::new();
    for row in old {
        let Some(of) = after.get(&row.id) else {
            items.push(difference(DifferenceKind::Removed, None, Vec::new(), Some(row), None));
            continue;
        };
        for (_, to, link) in of {
            let fields = fields(row, to, &after);
            let place = |part: &CompetencyPart| matches!(part, CompetencyPart::ParentId | CompetencyPart::Sequence);
            let kind = match link {
                Some(CompetencyLinkKind::ReplacedBy) => DifferenceKind::Replaced,
                _ if fields.is_empty() => {
                    unchanged += 1;
                    continue;
                }
                _ if fields.iter().all(place) => DifferenceKind::Moved,
                _ => DifferenceKind::Changed,
            };
            items.push(difference(kind, *link, fields, Some(row), Some(to)));
        }
    }
    let known: HashSet<Uuid> = pairs.iter().map(|(_, to, _)| to.id).collect();
    let added = new.iter().filter(|row| !known.contains(&row.id));
    items.extend(added.map(|row| difference(DifferenceKind::Added, None, Vec::new(), None, Some(row))));
    (unchanged, items)
}

fn difference(
    kind: DifferenceKind,
    link: Option<CompetencyLinkKind>,
    fields: Vec<CompetencyPart>,
    before: Option<&Model>,
    after: Option<&Model>,
) -> CompetencyDifference {
    let told = |row: Option<&Model>| row.cloned().map(Into::into);
    CompetencyDifference { kind, link, fields, before: told(before), after: told(after) }
}

fn fields(old: &Model, new: &Model, after: &HashMap<Uuid, Vec<Pair<'_>>>) -> Vec<CompetencyPart> {
    let same_parent = match (old.parent_id, new.parent_id) {
        (None, None) => true,
        (Some(old), Some(new)) => after.get(&old).is_some_and(|of| of.iter().any(|(_, to, _)| to.id == new)),
        _ => false,
    };
    let differs = [
        (CompetencyPart::ParentId, !same_parent),
        (CompetencyPart::Sequence, old.sequence != new.sequence),
        (CompetencyPart::Kind, old.kind != new.kind),
        (CompetencyPart::Code, old.code != new.code),
        (CompetencyPart::Title, old.title != new.title),
        (CompetencyPart::Statement, old.statement != new.statement),
        (CompetencyPart::LevelDescriptors, old.level_descriptors != new.level_descriptors),
        (CompetencyPart::Field, old.field != new.field),
        (CompetencyPart::Cluster, old.cluster != new.cluster),
        (CompetencyPart::Source, old.source != new.source),
        (CompetencyPart::Provisional, old.provisional != new.provisional),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
}
