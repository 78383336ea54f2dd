//! Our rows as objects of CASE.

use aws_lc_rs::digest;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::{Builder, Uuid};

use super::dto::{
    CaseAssociation, CaseCriterion, CaseDefinition, CaseDocument, CaseItem, CaseLevel, CaseLink, CaseRubric,
    DocumentExtensions, ItemExtensions, OwnDocument, OwnItem,
};
use super::read::{ITEM_TYPES, NO_SOURCE};
use crate::competencies::frameworks::entity::{self as framework, FrameworkStatus};
use crate::competencies::items::entity::{self as competency, CompetencyKind, link};
use crate::kernel::clock::local_date;
use crate::kernel::error::{Error, Result};

/// What the levels 1 to 5 are called (PermenPANRB 38/2017).
const LEVELS: [&str; 5] = ["Paham/dalam pengembangan", "Dasar", "Menengah", "Mumpuni", "Ahli"];

/// The object as JSON.
pub fn value(object: impl Serialize) -> Result<Value> {
    serde_json::to_value(object).map_err(Error::internal)
}

/// The identifier of what belongs to an object and has none of its own: a UUIDv5 (RFC 9562) of both.
pub fn derived(namespace: Uuid, name: &str) -> Uuid {
    let mut bytes = namespace.as_bytes().to_vec();
    bytes.extend_from_slice(name.as_bytes());
    let hash = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &bytes);
    let mut first = [0_u8; 16];
    first.iter_mut().zip(hash.as_ref()).for_each(|(to, from)| *to = *from);
    Builder::from_sha1_bytes(first).into_uuid()
}

/// Renders objects under the public address of an instance.
#[derive(Clone, Debug)]
pub struct Renderer {
    /// The public address, without a slash at its end.
    pub base: String,
}

impl Renderer {
    /// The address of an object: one for all versions of CASE, for it names the object.
    pub fn uri(&self, collection: &str, id: impl std::fmt::Display) -> String {
        format!("{}/ims/case/v1p1/{collection}/{id}", self.base)
    }

    fn link(&self, collection: &str, id: Uuid, title: &str) -> CaseLink {
        CaseLink { title: title.to_owned(), identifier: id.to_string(), uri: self.uri(collection, id) }
    }

    /// The framework as a reference.
    pub fn document_link(&self, row: &framework::Model) -> CaseLink {
        self.link("CFDocuments", row.id, &row.title.id)
    }

    /// A framework.
    pub fn document(&self, row: &framework::Model) -> CaseDocument {
        CaseDocument {
            identifier: row.id,
            uri: self.uri("CFDocuments", row.id),
            creator: row.source.clone().unwrap_or_else(|| NO_SOURCE.to_owned()),
            title: row.title.id.clone(),
            last_change_date_time: row.updated_at,
            description: row.description.as_ref().map(|text| text.id.clone()),
            language: "id".to_owned(),
            version: row.version_label.clone(),
            adoption_status: match row.status {
                FrameworkStatus::Draft => "Draft",
                FrameworkStatus::Published => "Adopted",
                FrameworkStatus::Retired => "Deprecated",
            }
            .to_owned(),
            status_start_date: row.published_at.map(local_date),
            status_end_date: row.retired_at.map(local_date),
            cf_package_uri: Some(self.link("CFPackages", row.id, &row.title.id)),
            case_version: Some("1.1".to_owned()),
            extensions: DocumentExtensions {
                own: OwnDocument {
                    code: row.code.clone(),
                    title_en: row.title.en.clone(),
                    description_en: row.description.as_ref().and_then(|text| text.en.clone()),
                    source: row.source.clone(),
                    level_rule: row.level_rule,
                    required_source: row.required_source,
                    provisional: row.provisional,
                    published_at: row.published_at,
                    retired_at: row.retired_at,
                },
            },
        }
    }

    /// A competency.
    pub fn item(&self, row: &competency::Model) -> CaseItem {
        let kind = self.item_type(row.kind);
        let statement = row.statement.as_ref().unwrap_or(&row.title);
        CaseItem {
            identifier: row.id,
            cf_document_uri: None,
            uri: self.uri("CFItems", row.id),
            full_statement: statement.id.clone(),
            abbreviated_statement: row.title.id.clone(),
            human_coding_scheme: row.code.clone(),
            cf_item_type: kind.title.clone(),
            cf_item_type_uri: Some(self.link("CFItemTypes", kind.identifier, &kind.title)),
            language: "id".to_owned(),
            last_change_date_time: row.updated_at,
            extensions: ItemExtensions {
                own: OwnItem {
                    kind: row.kind,
                    title_en: row.title.en.clone(),
                    has_statement: row.statement.is_some(),
                    statement_en: row.statement.as_ref().and_then(|text| text.en.clone()),
                    field: row.field,
                    cluster: row.cluster.clone(),
                    source: row.source.clone(),
                    provisional: row.provisional,
                },
            },
        }
    }

    /// A kind of competencies. What it is called never changes, nor does its identifier.
    pub fn item_type(&self, kind: CompetencyKind) -> CaseDefinition {
        let title = ITEM_TYPES.iter().find(|(known, _)| *known == kind).map_or("", |(_, title)| *title);
        let identifier = derived(Uuid::NAMESPACE_URL, &format!("https://github.com/bina-pustaka#{title}"));
        CaseDefinition {
            identifier,
            uri: self.uri("CFItemTypes", identifier),
            title: title.to_owned(),
            last_change_date_time: DateTime::<Utc>::UNIX_EPOCH,
        }
    }

    /// What a competency is part of.
    pub fn child_of(
        &self,
        row: &competency::Model,
        parent: Option<&competency::Model>,
        document: &framework::Model,
    ) -> CaseAssociation {
        let identifier = derived(row.id, "isChildOf");
        CaseAssociation {
            identifier,
            uri: self.uri("CFAssociations", identifier),
            association_type: "isChildOf".to_owned(),
            sequence_number: Some(row.sequence),
            origin_node_uri: self.link("CFItems", row.id, &row.title.id),
            destination_node_uri: match parent {
                Some(parent) => self.link("CFItems", parent.id, &parent.title.id),
                None => self.document_link(document),
            },
            cf_document_uri: None,
            last_change_date_time: row.updated_at,
        }
    }

    /// What takes the place of a competency, or is the same as it. `titles` are of those of its ends that are known here.
    pub fn linked(&self, row: &link::Model, titles: [Option<&str>; 2], changed: DateTime<Utc>) -> CaseAssociation {
        let kind = match row.kind {
            link::CompetencyLinkKind::ReplacedBy => "replacedBy",
            link::CompetencyLinkKind::ExactMatchOf => "exactMatchOf",
        };
        let identifier = derived(row.from_id, &format!("{kind}:{}", row.to_id));
        let [from, to] = titles;
        let end = |id: Uuid, title: Option<&str>| {
            self.link("CFItems", id, &title.map_or_else(|| id.to_string(), str::to_owned))
        };
        CaseAssociation {
            identifier,
            uri: self.uri("CFAssociations", identifier),
            association_type: kind.to_owned(),
            sequence_number: None,
            origin_node_uri: end(row.from_id, from),
            destination_node_uri: end(row.to_id, to),
            cf_document_uri: None,
            last_change_date_time: changed,
        }
    }

    /// The level descriptors of a framework's units; none where it has none.
    pub fn rubric(&self, document: &framework::Model, rows: &[competency::Model]) -> Option<CaseRubric> {
        let identifier = derived(document.id, "rubric");
        let uri = self.uri("CFRubrics", identifier);
        let described: Vec<_> = rows.iter().filter(|row| !row.level_descriptors.0.is_empty()).collect();
        let changed = described.iter().map(|row| row.updated_at).max()?;
        let criteria = (1..).zip(described).map(|(place, row)| self.criterion(identifier, &uri, place, row)).collect();
        Some(CaseRubric {
            identifier,
            title: format!("Level kompetensi: {}", document.title.id),
            last_change_date_time: changed,
            criteria,
            uri,
        })
    }

    fn criterion(&self, rubric_id: Uuid, rubric: &str, position: i32, row: &competency::Model) -> CaseCriterion {
        let identifier = derived(row.id, "criterion");
        let levels = (1..).zip(LEVELS).zip(&row.level_descriptors.0).map(|((level, name), words)| {
            let own = derived(row.id, &format!("level {level}"));
            CaseLevel {
                identifier: own,
                uri: format!("{rubric}#{own}"),
                description: words.id.clone(),
                quality: name.to_owned(),
                score: f64::from(level),
                position: level,
                rubric_criterion_id: identifier,
                last_change_date_time: row.updated_at,
                extensions: words.en.as_ref().map(|en| serde_json::json!({"binaPustaka": {"descriptionEn": en}})),
            }
        });
        CaseCriterion {
            identifier,
            uri: format!("{rubric}#{identifier}"),
            description: row.title.id.clone(),
            cf_item_uri: self.link("CFItems", row.id, &row.title.id),
            position,
            rubric_id,
            last_change_date_time: row.updated_at,
            levels: levels.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_identifiers_are_uuid_v5() {
        // The example of RFC 9562, appendix A.4.
        let id = derived(Uuid::NAMESPACE_DNS, "www.example.com");
        assert_eq!(id.to_string(), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }
}
