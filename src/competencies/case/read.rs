//! What a package of CASE says, in our words. What is said in `extensions` by another instance of this service is taken over
//! whole; of a package of any other origin, as much as there is a place for.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use uuid::Uuid;

use super::dto::{OwnDocument, OwnItem};
use crate::competencies::frameworks::entity::{self as framework, FrameworkStatus, LevelRule};
use crate::competencies::items::entity::{self as competency, CompetencyKind, link::CompetencyLinkKind};
use crate::kernel::language::Localized;

/// The kinds of competencies under their names in CASE.
pub const ITEM_TYPES: [(CompetencyKind, &str); 3] = [
    (CompetencyKind::Area, "Fungsi Kunci"),
    (CompetencyKind::Unit, "Unit Kompetensi"),
    (CompetencyKind::Element, "Elemen Kompetensi"),
];

/// Who made a framework that names no source.
pub const NO_SOURCE: &str = "Bina Pustaka";

/// A text of an object; an empty one is none.
pub fn text<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

/// The identifier of an object.
pub fn id(object: &Value) -> Option<Uuid> {
    text(object, "identifier").and_then(|text| text.parse().ok())
}

/// The objects of a list.
pub fn list<'a>(object: &'a Value, name: &str) -> &'a [Value] {
    object.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn own<T: serde::de::DeserializeOwned>(object: &Value) -> Option<T> {
    let own = object.get("extensions")?.get("binaPustaka")?;
    serde_json::from_value(own.clone()).ok()
}

/// A text in the language of its object: Indonesian unless it says English, which then stands for both.
fn localized(text: &str, object: &Value, english: Option<String>) -> Localized {
    let is_english = || object.get("language").and_then(Value::as_str).is_some_and(|tag| tag.starts_with("en"));
    Localized { id: text.to_owned(), en: english.or_else(|| is_english().then(|| text.to_owned())) }
}

/// A CFDocument as a framework.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadDocument {
    /// The fields beyond CASE, or what stands for them.
    pub own: OwnDocument,
    /// The title.
    pub title: Localized,
    /// What it covers.
    pub description: Option<Localized>,
    /// Which version it is.
    pub version_label: String,
    /// Where it stands.
    pub status: FrameworkStatus,
}

/// Reads a CFDocument; none without identifier or title.
pub fn document(object: &Value) -> Option<ReadDocument> {
    let (id, title) = (id(object)?, text(object, "title")?);
    let status = match text(object, "adoptionStatus") {
        Some("Adopted" | "Implemented") => FrameworkStatus::Published,
        Some("Deprecated") => FrameworkStatus::Retired,
        _ => FrameworkStatus::Draft,
    };
    let own = own::<OwnDocument>(object).unwrap_or_else(|| OwnDocument {
        code: format!("CASE-{}", id.simple().to_string().to_uppercase()),
        title_en: None,
        description_en: None,
        source: text(object, "creator").map(str::to_owned),
        level_rule: LevelRule::Latest,
        required_source: None,
        provisional: false,
        published_at: None,
        retired_at: None,
    });
    Some(ReadDocument {
        title: localized(title, object, own.title_en.clone()),
        description: text(object, "description").map(|text| localized(text, object, own.description_en.clone())),
        version_label: text(object, "version").unwrap_or("1").to_owned(),
        status,
        own,
    })
}

impl ReadDocument {
    /// Whether the framework is still what this says.
    pub fn says(&self, row: &framework::Model) -> bool {
        self.own.code == row.code
            && self.version_label == row.version_label
            && self.title == row.title
            && self.description == row.description
            && self.own.source == row.source
            && self.status == row.status
            && self.own.level_rule == row.level_rule
            && self.own.required_source == row.required_source
            && self.own.provisional == row.provisional
    }
}

/// A CFItem as a competency.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadItem {
    /// The competency.
    pub id: Uuid,
    /// Its kind, where the item says it.
    pub kind: Option<CompetencyKind>,
    /// Its code, where it has one.
    pub code: Option<String>,
    /// The title.
    pub title: Localized,
    /// The statement, where it is not the title.
    pub statement: Option<Localized>,
    /// The fields beyond CASE.
    pub own: Option<OwnItem>,
}

/// Reads a CFItem; none without identifier or statement.
pub fn item(object: &Value) -> Option<ReadItem> {
    let (id, full) = (id(object)?, text(object, "fullStatement")?);
    let short = text(object, "abbreviatedStatement").unwrap_or(full);
    let own: Option<OwnItem> = own(object);
    let named = || {
        let name = text(object, "CFItemType")?;
        ITEM_TYPES.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(kind, _)| *kind)
    };
    let has_statement = own.as_ref().map_or(short != full, |own| own.has_statement);
    let english = |pick: fn(&OwnItem) -> &Option<String>| own.as_ref().and_then(|own| pick(own).clone());
    Some(ReadItem {
        id,
        kind: own.as_ref().map(|own| own.kind).or_else(named),
        code: text(object, "humanCodingScheme").map(str::to_owned),
        title: localized(short, object, english(|own| &own.title_en)),
        statement: has_statement.then(|| localized(full, object, english(|own| &own.statement_en))),
        own,
    })
}

impl ReadItem {
    /// Whether the competency is still what this says.
    pub fn says(&self, row: &competency::Model) -> bool {
        let own = self.own.as_ref();
        let code = row.code == row.id.to_string() || self.code.as_ref() == Some(&row.code);
        code && self.kind.is_none_or(|kind| kind == row.kind)
            && self.title == row.title
            && self.statement == row.statement
            && own.and_then(|own| own.field) == row.field
            && own.and_then(|own| own.cluster.as_ref()) == row.cluster.as_ref()
            && own.and_then(|own| own.source.as_ref()) == row.source.as_ref()
            && own.is_some_and(|own| own.provisional) == row.provisional
    }
}

/// A CFAssociation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadAssociation {
    /// The association.
    pub id: Uuid,
    /// How they relate.
    pub kind: AssociationKind,
    /// From where.
    pub origin: Uuid,
    /// To where.
    pub destination: Uuid,
    /// The place among others.
    pub sequence: Option<i64>,
}

/// The associations that mean something here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AssociationKind {
    /// The origin is part of the destination.
    IsChildOf,
    /// They carry assessments over.
    Link(CompetencyLinkKind),
    /// All else is carried, and not understood.
    Other,
}

impl AssociationKind {
    fn named(name: &str) -> Self {
        match name {
            "isChildOf" => Self::IsChildOf,
            "replacedBy" => Self::Link(CompetencyLinkKind::ReplacedBy),
            "exactMatchOf" => Self::Link(CompetencyLinkKind::ExactMatchOf),
            _ => Self::Other,
        }
    }
}

/// Reads a CFAssociation; none without its ends. An end that is no UUID belongs to another place.
pub fn association(object: &Value) -> Option<ReadAssociation> {
    let end = |name: &str| object.get(name).map(|end| id(end).unwrap_or_default());
    Some(ReadAssociation {
        id: id(object)?,
        kind: AssociationKind::named(text(object, "associationType")?),
        origin: end("originNodeURI")?,
        destination: end("destinationNodeURI")?,
        sequence: object.get("sequenceNumber").and_then(Value::as_i64),
    })
}

/// The level descriptors that rubrics hold: of criteria about an item that have exactly five levels with words.
pub fn descriptors(rubrics: &[Value]) -> HashMap<Uuid, Vec<Localized>> {
    let mut found = HashMap::new();
    for criterion in rubrics.iter().flat_map(|rubric| list(rubric, "CFRubricCriteria")) {
        let Some(item) = criterion.get("CFItemURI").and_then(id) else { continue };
        let levels = list(criterion, "CFRubricCriterionLevels");
        let mut ordered = BTreeMap::new();
        for (index, level) in (0_i64..).zip(levels) {
            let Some(words) = text(level, "description") else { continue };
            let english = level.get("extensions").and_then(|own| own.get("binaPustaka"));
            let english = english.and_then(|own| text(own, "descriptionEn")).map(str::to_owned);
            let place = level.get("position").and_then(Value::as_i64).unwrap_or(index);
            ordered.insert((place, index), Localized { id: words.to_owned(), en: english });
        }
        if ordered.len() == 5 && levels.len() == 5 {
            found.insert(item, ordered.into_values().collect());
        }
    }
    found
}
