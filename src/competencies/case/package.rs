//! A framework as a CFPackage: our rows, and whatever came with it that we have no place for.
//!
//! What was imported is kept as it came, and goes out so for as long as our rows still say the same.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::dto::{CaseAssociation, CaseDefinitions, CaseVersion};
use super::read::{self, AssociationKind, ITEM_TYPES, ReadAssociation};
use super::render::{Renderer, value};
use crate::competencies::frameworks::entity as framework;
use crate::competencies::items::entity::{self as competency, link};
use crate::competencies::items::service::all_of;
use crate::kernel::db::Reader;
use crate::kernel::error::Result;
use crate::kernel::language::Localized;

/// What is kept of an imported package beside its items.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PackageExtra {
    /// The package, its items left out of their list.
    pub package: Map<String, Value>,
    /// The items, in the order in which they came.
    pub order: Vec<Uuid>,
}

/// What is kept of an imported item.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ItemExtra {
    /// The item.
    pub item: Value,
    /// The association that says what it is part of.
    pub parent: Option<Uuid>,
    /// The place in the reading order that it was given.
    pub sequence: i32,
}

fn extra<T: serde::de::DeserializeOwned>(kept: Option<&String>) -> Option<T> {
    kept.and_then(|kept| serde_json::from_str(kept).ok())
}

/// All of a framework, from the database.
pub struct Whole {
    /// The framework.
    pub document: framework::Model,
    /// Its competencies in reading order.
    pub rows: Vec<competency::Model>,
    links: Vec<link::Model>,
    /// Titles of competencies elsewhere that links name.
    titles: HashMap<Uuid, String>,
    kept: Option<PackageExtra>,
}

impl Whole {
    /// Reads all of a framework.
    pub async fn of(reader: Reader<'_>, document: framework::Model) -> Result<Self> {
        let rows = all_of(reader, document.id).await?;
        let links = link::Entity::find()
            .filter(link::Column::FrameworkId.eq(document.id))
            .order_by_asc(link::Column::ToId)
            .order_by_asc(link::Column::FromId)
            .order_by_asc(link::Column::Kind);
        let links = reader.all(links).await?;
        let ends: HashSet<Uuid> = links.iter().flat_map(|link| [link.from_id, link.to_id]).collect();
        let ends = reader.all(competency::Entity::find().filter(competency::Column::Id.is_in(ends))).await?;
        Ok(Self {
            titles: ends.into_iter().map(|row| (row.id, row.title.id)).collect(),
            kept: extra(document.case_extra.as_ref()),
            document,
            rows,
            links,
        })
    }

    fn came(&self, name: &str) -> Option<&Value> {
        self.kept.as_ref().and_then(|kept| kept.package.get(name))
    }

    /// The CFDocument.
    pub fn document(&self, renderer: &Renderer, version: CaseVersion) -> Result<Value> {
        document(renderer, &self.document, version)
    }

    /// The CFItem of a competency.
    #[expect(clippy::unused_self, reason = "reads beside its siblings, which need it")]
    pub fn item(&self, renderer: &Renderer, row: &competency::Model) -> Result<Value> {
        let kept: Option<ItemExtra> = extra(row.case_extra.as_ref());
        let ours = value(renderer.item(row))?;
        let Some(kept) = kept else { return Ok(ours) };
        if read::item(&kept.item).is_some_and(|item| item.says(row)) {
            return Ok(kept.item);
        }
        Ok(overlaid(ours, &kept.item))
    }

    /// The CFItems, in the order in which they came or else in reading order.
    pub fn items(&self, renderer: &Renderer) -> Result<Vec<Value>> {
        let order: HashMap<Uuid, usize> = self.kept.iter().flat_map(|kept| &kept.order).copied().zip(0..).collect();
        let mut rows: Vec<_> = self.rows.iter().collect();
        rows.sort_by_key(|row| order.get(&row.id).copied().unwrap_or(usize::MAX));
        rows.into_iter().map(|row| self.item(renderer, row)).collect()
    }

    /// The CFAssociations: those that came and still hold, then ours.
    pub fn associations(&self, renderer: &Renderer) -> Result<Vec<Value>> {
        let rows: HashMap<Uuid, &competency::Model> = self.rows.iter().map(|row| (row.id, row)).collect();
        let mut ours: Vec<(ReadAssociation, Value)> = Vec::new();
        for association in self.rendered(renderer, &rows) {
            let rendered = value(association)?;
            ours.extend(read::association(&rendered).map(|read| (read, rendered)));
        }
        let kept: HashMap<Uuid, ItemExtra> =
            self.rows.iter().filter_map(|row| Some((row.id, extra(row.case_extra.as_ref())?))).collect();
        let gone: HashSet<Uuid> =
            self.kept.iter().flat_map(|kept| &kept.order).filter(|id| !rows.contains_key(id)).copied().collect();
        let mut said = HashSet::new();
        let mut all = Vec::new();
        let came = self.came("CFAssociations").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for raw in came {
            let Some(association) = read::association(raw) else { continue };
            let place = ours.iter().position(|(known, _)| same(known, &association));
            let holds = match association.kind {
                AssociationKind::IsChildOf => {
                    let adopted = kept.get(&association.origin).filter(|kept| kept.parent == Some(association.id));
                    adopted.is_none_or(|kept| {
                        let row = rows.get(&association.origin);
                        place.is_some() && row.is_some_and(|row| row.sequence == kept.sequence)
                    })
                }
                AssociationKind::Link(_) => place.is_some(),
                AssociationKind::Other => true,
            };
            if holds && !gone.contains(&association.origin) && !gone.contains(&association.destination) {
                said.extend(place);
                all.push(raw.clone());
            }
        }
        // An item that came outside the tree stays outside it until somebody gives it a place.
        let outside = |association: &ReadAssociation| {
            kept.get(&association.origin).is_some_and(|kept| {
                let row = rows.get(&association.origin);
                kept.parent.is_none()
                    && association.kind == AssociationKind::IsChildOf
                    && row.is_some_and(|row| row.parent_id.is_none() && row.sequence == kept.sequence)
            })
        };
        let ours = ours.into_iter().enumerate().filter(|(place, _)| !said.contains(place));
        all.extend(ours.filter(|(_, (read, _))| !outside(read)).map(|(_, (_, rendered))| rendered));
        Ok(all)
    }

    fn rendered(&self, renderer: &Renderer, rows: &HashMap<Uuid, &competency::Model>) -> Vec<CaseAssociation> {
        let tree = self.rows.iter().map(|row| {
            let parent = row.parent_id.and_then(|parent| rows.get(&parent).copied());
            renderer.child_of(row, parent, &self.document)
        });
        let links = self.links.iter().map(|link| {
            let title = |id: &Uuid| self.titles.get(id).map(String::as_str);
            let changed = rows.get(&link.to_id).or_else(|| rows.get(&link.from_id)).map(|row| row.updated_at);
            renderer.linked(
                link,
                [title(&link.from_id), title(&link.to_id)],
                changed.unwrap_or(self.document.updated_at),
            )
        });
        tree.chain(links).collect()
    }

    /// The CFRubrics; none where there is nothing to say.
    pub fn rubrics(&self, renderer: &Renderer) -> Result<Option<Value>> {
        let came = self.came("CFRubrics").filter(|came| came.is_array());
        let now: HashMap<Uuid, Vec<Localized>> = self
            .rows
            .iter()
            .filter(|row| !row.level_descriptors.0.is_empty())
            .map(|row| (row.id, row.level_descriptors.0.clone()))
            .collect();
        if let Some(came) = came {
            let mut said = read::descriptors(came.as_array().map_or(&[], Vec::as_slice));
            said.retain(|id, _| {
                self.rows.iter().any(|row| row.id == *id && row.kind == competency::CompetencyKind::Unit)
            });
            if said == now {
                return Ok(Some(came.clone()));
            }
        }
        let rubric = renderer.rubric(&self.document, &self.rows);
        rubric.map(|rubric| value([rubric])).transpose()
    }

    /// The CFDefinitions; as they came, where they came.
    pub fn definitions(&self, renderer: &Renderer) -> Result<Option<Value>> {
        if let Some(kept) = &self.kept {
            return Ok(kept.package.get("CFDefinitions").cloned());
        }
        let used = ITEM_TYPES.iter().filter(|(kind, _)| self.rows.iter().any(|row| row.kind == *kind));
        let item_types = used.map(|(kind, _)| renderer.item_type(*kind)).collect();
        value(CaseDefinitions { item_types }).map(Some)
    }

    /// The CFPackage.
    pub fn package(&self, renderer: &Renderer, version: CaseVersion) -> Result<Value> {
        let mut package = self.kept.as_ref().map_or_else(Map::new, |kept| kept.package.clone());
        let mut put = |name: &str, content: Option<Value>| match content {
            Some(content) => drop(package.insert(name.to_owned(), content)),
            None => drop(package.shift_remove(name)),
        };
        put("CFDocument", Some(self.document(renderer, version)?));
        put("CFItems", Some(Value::Array(self.items(renderer)?)));
        put("CFAssociations", Some(Value::Array(self.associations(renderer)?)));
        put("CFDefinitions", self.definitions(renderer)?);
        put("CFRubrics", self.rubrics(renderer)?);
        Ok(Value::Object(package))
    }
}

/// The CFDocument of a framework.
pub fn document(renderer: &Renderer, row: &framework::Model, version: CaseVersion) -> Result<Value> {
    let kept: Option<PackageExtra> = extra(row.case_extra.as_ref());
    let ours = value(renderer.document(row))?;
    let came = kept.as_ref().and_then(|kept| kept.package.get("CFDocument"));
    let mut document = match came {
        Some(came) if read::document(came).is_some_and(|said| said.says(row)) => came.clone(),
        Some(came) => overlaid(ours, came),
        None => ours,
    };
    if version == CaseVersion::V1p0
        && let Some(fields) = document.as_object_mut()
    {
        fields.shift_remove("caseVersion");
    }
    Ok(document)
}

fn same(one: &ReadAssociation, other: &ReadAssociation) -> bool {
    (one.kind, one.origin, one.destination) == (other.kind, other.origin, other.destination)
}

/// Our object, with the fields of the one that came which we do not have.
fn overlaid(ours: Value, came: &Value) -> Value {
    let (Value::Object(mut fields), Value::Object(came)) = (ours, came) else { return json!({}) };
    for (name, content) in came {
        match fields.get_mut(name) {
            None => drop(fields.insert(name.clone(), content.clone())),
            Some(own) if name == "extensions" => {
                let kept = std::mem::take(own);
                *own = overlaid(kept, content);
            }
            Some(_) => {}
        }
    }
    Value::Object(fields)
}
