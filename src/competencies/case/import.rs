//! A CFPackage of another instance, or of another origin, as a framework.

use std::collections::{HashMap, HashSet};

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::dto::CaseVersion;
use super::package::{ItemExtra, PackageExtra, Whole};
use super::read::{self, AssociationKind, ReadAssociation, ReadDocument, ReadItem};
use super::render::Renderer;
use crate::competencies::frameworks::entity::{self as framework, FrameworkStatus};
use crate::competencies::frameworks::service::{FRAMEWORK_VERSION_TAKEN, searched as searched_framework};
use crate::competencies::items::entity::{self as competency, CompetencyKind, LevelDescriptors, link};
use crate::competencies::items::service::searched;
use crate::competencies::items::tree::{PART_OF_ITSELF, WRONG_PLACE, fits};
use crate::kernel::db::{Reader, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::language::Localized;
use crate::kernel::validation::{NOT_VALID, REPEATED, REQUIRED, TAKEN, TOO_LONG, Violation};

/// The framework is here already, and says something else.
pub const FRAMEWORK_EXISTS: Refusal = Refusal {
    code: "framework_exists",
    status: 409,
    id: "Kerangka ini sudah ada dengan isi yang lain",
    en: "This framework is here already with other content",
};

/// The longest text of a competency.
const LONGEST_TEXT: usize = 2000;
/// The longest code; an item with a longer one goes by its identifier.
const LONGEST_CODE: usize = 100;
/// The greatest place in a reading order.
const LAST_PLACE: i64 = 1_000_000;

/// What an import does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportOutcome {
    /// The framework is new.
    Created,
    /// It is here already, just so.
    Unchanged,
}

/// A package that was read and found right.
#[derive(Clone, Debug)]
pub struct Plan {
    id: Uuid,
    document: ReadDocument,
    items: Vec<PlannedItem>,
    links: Vec<ReadAssociation>,
    extra: PackageExtra,
}

#[derive(Clone, Debug)]
struct PlannedItem {
    read: ReadItem,
    raw: Value,
    code: String,
    kind: CompetencyKind,
    parent: Option<Uuid>,
    adopted: Option<Uuid>,
    sequence: i32,
    descriptors: Vec<Localized>,
}

/// Reads a package; names everything that is wrong with it.
pub fn plan(package: &Value) -> Result<Plan> {
    let mut wrong = Vec::new();
    let document = document(package, &mut wrong);
    let items = items(package, &mut wrong);
    let associations = associations(package, &mut wrong);
    let Some((id, document)) = document.filter(|_| wrong.is_empty()) else { return Err(Error::invalid(wrong)) };
    let tree = Tree::of(id, &items, &associations, &mut wrong);
    let kinds = tree.kinds(&items, &mut wrong);
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    let (codes, places) = (codes(&items), tree.places(&items));
    let mut descriptors = read::descriptors(read::list(package, "CFRubrics"));
    let mut planned = Vec::new();
    for (index, ((raw, read), kind)) in read::list(package, "CFItems").iter().zip(&items).zip(kinds).enumerate() {
        let levels = descriptors.remove(&read.id).filter(|_| kind == CompetencyKind::Unit).unwrap_or_default();
        if levels.iter().any(too_long) {
            wrong.push(Violation::pointer("#/CFRubrics".to_owned(), &TOO_LONG).with("max", LONGEST_TEXT));
        }
        planned.push(PlannedItem {
            kind,
            raw: raw.clone(),
            code: codes.get(index).cloned().unwrap_or_default(),
            parent: tree.parent(read.id),
            adopted: tree.adopted.get(&read.id).map(|association| association.id),
            sequence: places.get(index).copied().unwrap_or_default(),
            descriptors: levels,
            read: read.clone(),
        });
    }
    let known: HashSet<Uuid> = items.iter().map(|item| item.id).collect();
    let links = associations.into_iter().filter(|association| {
        matches!(association.kind, AssociationKind::Link(_))
            && !association.origin.is_nil()
            && !association.destination.is_nil()
            && (known.contains(&association.origin) || known.contains(&association.destination))
    });
    let mut said = HashSet::new();
    let links = links.filter(|link| said.insert((link.kind, link.origin, link.destination))).collect();
    let mut rest = package.as_object().cloned().unwrap_or_default();
    // The items are kept with their rows; their list keeps its place among the others.
    if let Some(items) = rest.get_mut("CFItems") {
        *items = Value::Array(Vec::new());
    }
    let extra = PackageExtra { package: rest, order: items.iter().map(|item| item.id).collect() };
    if wrong.is_empty() { Ok(Plan { id, document, items: planned, links, extra }) } else { Err(Error::invalid(wrong)) }
}

/// An object as JSON text.
fn text(object: &impl Serialize) -> Result<String> {
    serde_json::to_string(object).map_err(Error::internal)
}

fn too_long(text: &Localized) -> bool {
    [Some(&text.id), text.en.as_ref()].into_iter().flatten().any(|text| text.chars().count() > LONGEST_TEXT)
}

fn document(package: &Value, wrong: &mut Vec<Violation>) -> Option<(Uuid, ReadDocument)> {
    let missing = Value::Null;
    let raw = package.get("CFDocument").unwrap_or(&missing);
    let mut fault = |field: &str, fault| wrong.push(Violation::field(format!("CFDocument/{field}"), fault));
    if read::text(raw, "title").is_none() {
        fault("title", &REQUIRED);
    }
    let id = read::id(raw);
    if id.is_none() {
        fault("identifier", if raw.get("identifier").is_some() { &NOT_VALID } else { &REQUIRED });
    }
    let read = read::document(raw)?;
    let long = too_long(&read.title) || read.description.as_ref().is_some_and(too_long);
    if long || read.version_label.chars().count() > 40 || read.own.code.chars().count() > 60 {
        fault("title", &TOO_LONG);
    }
    Some((id?, read))
}

fn items(package: &Value, wrong: &mut Vec<Violation>) -> Vec<ReadItem> {
    let mut seen = HashSet::new();
    let mut items = Vec::new();
    for (index, raw) in read::list(package, "CFItems").iter().enumerate() {
        let mut fault = |field: &str, fault| wrong.push(Violation::field(format!("CFItems/{index}/{field}"), fault));
        match (read::id(raw), read::item(raw)) {
            (None, _) => {
                fault("identifier", if raw.get("identifier").is_some() { &NOT_VALID } else { &REQUIRED });
            }
            (Some(_), None) => fault("fullStatement", &REQUIRED),
            (Some(id), Some(_)) if !seen.insert(id) => fault("identifier", &REPEATED),
            (Some(_), Some(item)) => {
                if too_long(&item.title) {
                    fault("abbreviatedStatement", &TOO_LONG);
                }
                if item.statement.as_ref().is_some_and(too_long) {
                    fault("fullStatement", &TOO_LONG);
                }
                items.push(item);
            }
        }
    }
    for violation in wrong.iter_mut().filter(|violation| violation.fault == &TOO_LONG && violation.params.is_empty()) {
        *violation = violation.clone().with("max", LONGEST_TEXT);
    }
    items
}

fn associations(package: &Value, wrong: &mut Vec<Violation>) -> Vec<ReadAssociation> {
    let mut associations = Vec::new();
    for (index, raw) in read::list(package, "CFAssociations").iter().enumerate() {
        match read::association(raw) {
            Some(association) => associations.push(association),
            None => wrong.push(Violation::field(format!("CFAssociations/{index}"), &NOT_VALID)),
        }
    }
    associations
}

/// The codes of the items: their own, where they have one that is short enough and theirs alone.
fn codes(items: &[ReadItem]) -> Vec<String> {
    let mut taken = HashSet::new();
    let own = items.iter().map(|item| {
        let code = item.code.clone().filter(|code| code.chars().count() <= LONGEST_CODE && taken.insert(code.clone()));
        code.unwrap_or_else(|| item.id.to_string())
    });
    own.collect()
}

/// What is part of what.
struct Tree {
    document: Uuid,
    /// The association that says what an item is part of: its first one to a place in the package.
    adopted: HashMap<Uuid, ReadAssociation>,
}

impl Tree {
    fn of(document: Uuid, items: &[ReadItem], associations: &[ReadAssociation], wrong: &mut Vec<Violation>) -> Self {
        let known: HashSet<Uuid> = items.iter().map(|item| item.id).collect();
        let mut adopted = HashMap::new();
        for association in associations.iter().filter(|association| association.kind == AssociationKind::IsChildOf) {
            let (origin, destination) = (association.origin, association.destination);
            if known.contains(&origin) && (known.contains(&destination) || destination == document) {
                adopted.entry(origin).or_insert_with(|| association.clone());
            }
        }
        let tree = Self { document, adopted };
        for (index, item) in items.iter().enumerate() {
            let steps = std::iter::successors(Some(item.id), |id| tree.parent(*id)).take(items.len() + 1).count();
            if steps > items.len() {
                wrong.push(Violation::field(format!("CFItems/{index}"), &PART_OF_ITSELF));
            }
        }
        tree
    }

    fn parent(&self, id: Uuid) -> Option<Uuid> {
        self.adopted.get(&id).map(|association| association.destination).filter(|parent| *parent != self.document)
    }

    /// The kinds: as the items say, where all of them do; else by their depth.
    fn kinds(&self, items: &[ReadItem], wrong: &mut Vec<Violation>) -> Vec<CompetencyKind> {
        if !wrong.is_empty() {
            return Vec::new();
        }
        let declared: Option<HashMap<Uuid, CompetencyKind>> =
            items.iter().map(|item| item.kind.map(|kind| (item.id, kind))).collect();
        let Some(declared) = declared else { return items.iter().map(|item| self.kind_by_depth(item.id)).collect() };
        for (index, item) in items.iter().enumerate() {
            let parent = self.parent(item.id).and_then(|parent| declared.get(&parent).copied());
            if item.kind.is_some_and(|kind| !fits(kind, parent)) {
                wrong.push(Violation::field(format!("CFItems/{index}"), &WRONG_PLACE));
            }
        }
        items.iter().filter_map(|item| item.kind).collect()
    }

    fn kind_by_depth(&self, id: Uuid) -> CompetencyKind {
        let has_parts = || self.adopted.values().any(|association| association.destination == id);
        match std::iter::successors(Some(id), |id| self.parent(*id)).count() {
            1 if has_parts() => CompetencyKind::Area,
            1 | 2 => CompetencyKind::Unit,
            _ => CompetencyKind::Element,
        }
    }

    /// The places in the reading order: the sequence numbers, where each item has one of its own; else from the root downwards.
    fn places(&self, items: &[ReadItem]) -> Vec<i32> {
        let number = |item: &ReadItem| self.adopted.get(&item.id).and_then(|association| association.sequence);
        let mut seen = HashSet::new();
        let own: Option<Vec<i32>> = items
            .iter()
            .map(|item| {
                let number = number(item).filter(|number| (0..=LAST_PLACE).contains(number) && seen.insert(*number));
                number.and_then(|number| i32::try_from(number).ok())
            })
            .collect();
        if let Some(own) = own {
            return own;
        }
        let mut below: HashMap<Option<Uuid>, Vec<(i64, usize, Uuid)>> = HashMap::new();
        for (index, item) in items.iter().enumerate() {
            let place = (number(item).unwrap_or(i64::MAX), index, item.id);
            below.entry(self.parent(item.id)).or_default().push(place);
        }
        // The last comes first out of a stack.
        for siblings in below.values_mut() {
            siblings.sort_by(|one, other| other.cmp(one));
        }
        let mut stack = below.remove(&None).unwrap_or_default();
        let mut places: HashMap<Uuid, i32> = HashMap::new();
        let mut next = 1;
        while let Some((_, _, id)) = stack.pop() {
            places.insert(id, next);
            next += 1;
            stack.extend(below.remove(&Some(id)).unwrap_or_default());
        }
        items.iter().map(|item| places.get(&item.id).copied().unwrap_or_default()).collect()
    }
}

impl Plan {
    /// What an import of this would do now.
    pub async fn check(&self, reader: Reader<'_>, package: &Value, renderer: &Renderer) -> Result<ImportOutcome> {
        let existing = reader.one(framework::Entity::find().filter(framework::Column::Id.eq(self.id))).await?;
        if let Some(existing) = existing {
            let whole = Whole::of(reader, existing).await?;
            for version in [CaseVersion::V1p0, CaseVersion::V1p1] {
                if whole.package(renderer, version)? == *package {
                    return Ok(ImportOutcome::Unchanged);
                }
            }
            return Err(FRAMEWORK_EXISTS.into());
        }
        let twin = framework::Entity::find()
            .filter(framework::Column::Code.eq(self.document.own.code.as_str()))
            .filter(framework::Column::VersionLabel.eq(self.document.version_label.as_str()));
        if reader.exists(twin).await? {
            return Err(FRAMEWORK_VERSION_TAKEN.at(Violation::field("CFDocument/version", &TAKEN)));
        }
        let ids: Vec<Uuid> = self.items.iter().map(|item| item.read.id).collect();
        let taken = reader.all(competency::Entity::find().filter(competency::Column::Id.is_in(ids))).await?;
        let taken: HashSet<Uuid> = taken.into_iter().map(|row| row.id).collect();
        let wrong = self.items.iter().enumerate().filter(|(_, item)| taken.contains(&item.read.id));
        let wrong: Vec<_> =
            wrong.map(|(index, _)| Violation::field(format!("CFItems/{index}/identifier"), &TAKEN)).collect();
        if wrong.is_empty() { Ok(ImportOutcome::Created) } else { Err(Error::invalid(wrong)) }
    }

    /// How many competencies there are.
    pub fn count(&self) -> usize {
        self.items.len()
    }

    /// Writes what is planned.
    pub async fn apply_in(&self, tx: &Tx<'_>) -> Result<()> {
        let (document, own) = (&self.document, &self.document.own);
        let in_use = document.status != FrameworkStatus::Draft;
        let retired = document.status == FrameworkStatus::Retired;
        let row = framework::ActiveModel {
            id: Set(self.id),
            code: Set(own.code.clone()),
            version_label: Set(document.version_label.clone()),
            title: Set(document.title.clone()),
            description: Set(document.description.clone()),
            source: Set(own.source.clone()),
            status: Set(document.status),
            level_rule: Set(own.level_rule),
            required_source: Set(own.required_source),
            provisional: Set(own.provisional),
            published_at: Set(own.published_at.or_else(|| in_use.then(|| tx.now()))),
            retired_at: Set(own.retired_at.or_else(|| retired.then(|| tx.now()))),
            case_extra: Set(Some(text(&self.extra)?)),
            search_text: Set(searched_framework(&own.code, &document.version_label, &document.title)),
            ..Default::default()
        };
        tx.insert::<framework::Entity>(row, "framework.imported").await?;
        let mut below: HashMap<Option<Uuid>, Vec<&PlannedItem>> = HashMap::new();
        for item in &self.items {
            below.entry(item.parent).or_default().push(item);
        }
        let mut waiting = below.remove(&None).unwrap_or_default();
        while let Some(item) = waiting.pop() {
            tx.insert::<competency::Entity>(item.row(self.id)?, "competency.imported").await?;
            waiting.extend(below.remove(&Some(item.read.id)).unwrap_or_default());
        }
        for association in &self.links {
            let AssociationKind::Link(kind) = association.kind else { continue };
            let row = link::ActiveModel {
                from_id: Set(association.origin),
                to_id: Set(association.destination),
                kind: Set(kind),
                framework_id: Set(self.id),
            };
            tx.put::<link::Entity>(row).await?;
        }
        Ok(())
    }
}

impl PlannedItem {
    fn row(&self, framework_id: Uuid) -> Result<competency::ActiveModel> {
        let (read, own) = (&self.read, self.read.own.as_ref());
        let extra = ItemExtra { item: self.raw.clone(), parent: self.adopted, sequence: self.sequence };
        Ok(competency::ActiveModel {
            id: Set(read.id),
            framework_id: Set(framework_id),
            parent_id: Set(self.parent),
            kind: Set(self.kind),
            code: Set(self.code.clone()),
            title: Set(read.title.clone()),
            statement: Set(read.statement.clone()),
            level_descriptors: Set(LevelDescriptors(self.descriptors.clone())),
            field: Set(own.and_then(|own| own.field)),
            cluster: Set(own.and_then(|own| own.cluster.clone())),
            source: Set(own.and_then(|own| own.source.clone())),
            provisional: Set(own.is_some_and(|own| own.provisional)),
            sequence: Set(self.sequence),
            case_extra: Set(Some(text(&extra)?)),
            search_text: Set(searched(&self.code, &read.title, read.statement.as_ref())),
            ..Default::default()
        })
    }
}
