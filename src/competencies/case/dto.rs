//! The objects of CASE as they go out: its own names and its own casing (1EdTech CASE 1.0 and 1.1).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::competencies::assessments::entity::AssessmentMethod;
use crate::competencies::frameworks::entity::LevelRule;
use crate::competencies::items::entity::{CompetencyField, CompetencyKind};

/// A version of CASE.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum CaseVersion {
    /// CASE 1.0.
    V1p0,
    /// CASE 1.1.
    V1p1,
}

/// Which documents to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CaseListQuery {
    /// How many at the most.
    #[param(minimum = 1, maximum = 500, default = 100)]
    pub limit: Option<u64>,
    /// How many to leave out first.
    #[param(minimum = 0, maximum = 100_000, default = 0)]
    pub offset: Option<u64>,
    /// What to sort by.
    #[param(inline)]
    pub sort: Option<CaseSort>,
    /// In which direction.
    #[param(inline)]
    pub order_by: Option<CaseOrder>,
}

/// What documents can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum CaseSort {
    /// The title.
    Title,
    /// The identifier.
    Identifier,
    /// The last change.
    LastChangeDateTime,
}

/// The direction of a sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum CaseOrder {
    /// Upwards.
    Asc,
    /// Downwards.
    Desc,
}

/// A reference to another object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "title": "Pengembangan koleksi", "identifier": "019b76da-a801-7744-8794-f39da6a7068c",
    "uri": "https://bina.example/ims/case/v1p1/CFItems/019b76da-a801-7744-8794-f39da6a7068c"
}))]
pub struct CaseLink {
    /// What it is called.
    #[schema(max_length = 20000)]
    pub title: String,
    /// Its identifier; other instances may use any text.
    #[schema(max_length = 300)]
    pub identifier: String,
    /// Where it can be read.
    #[schema(max_length = 2000, format = "uri")]
    pub uri: String,
}

/// A framework.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "identifier": "019b76da-a879-7dbb-8951-f1d2431f5e14",
    "uri": "https://bina.example/ims/case/v1p1/CFDocuments/019b76da-a879-7dbb-8951-f1d2431f5e14",
    "creator": "Kepmenaker 236/2019", "title": "Kerangka Kompetensi Pustakawan Indonesia",
    "lastChangeDateTime": "2026-01-05T01:00:00Z", "language": "id", "version": "2026.1", "adoptionStatus": "Adopted"
}))]
pub struct CaseDocument {
    /// The framework.
    pub identifier: Uuid,
    /// Where it can be read.
    #[schema(max_length = 2000, format = "uri")]
    pub uri: String,
    /// Who made it.
    #[schema(max_length = 2000)]
    #[schema(required = false)]
    pub creator: String,
    /// The title, in the document's language.
    #[schema(max_length = 2000)]
    pub title: String,
    /// When it last changed.
    pub last_change_date_time: DateTime<Utc>,
    /// What it covers.
    #[schema(max_length = 20000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The language of the texts (BCP 47).
    #[schema(max_length = 35)]
    #[schema(required = false)]
    pub language: String,
    /// Which version it is.
    #[schema(max_length = 40)]
    #[schema(required = false)]
    pub version: String,
    /// `Draft`, `Adopted`, `Deprecated`, or another word of CASE.
    #[schema(max_length = 40)]
    #[schema(required = false)]
    pub adoption_status: String,
    /// From when it has been in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_start_date: Option<NaiveDate>,
    /// Until when it was in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_end_date: Option<NaiveDate>,
    /// The package that holds all of it.
    #[serde(rename = "CFPackageURI", skip_serializing_if = "Option::is_none")]
    pub cf_package_uri: Option<CaseLink>,
    /// The version of CASE, from 1.1 on.
    #[schema(max_length = 10)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_version: Option<String>,
    /// What CASE has no field for.
    #[schema(value_type = Option<Object>)]
    pub extensions: DocumentExtensions,
}

/// What a framework has beyond CASE.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentExtensions {
    /// Under the name of this service.
    #[serde(rename = "binaPustaka")]
    pub own: OwnDocument,
}

/// The fields of a framework beyond CASE.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnDocument {
    /// The code that its versions share.
    pub code: String,
    /// The title in English.
    #[serde(default)]
    pub title_en: Option<String>,
    /// The description in English.
    #[serde(default)]
    pub description_en: Option<String>,
    /// The regulations that it is made from.
    #[serde(default)]
    pub source: Option<String>,
    /// How several assessments become one level.
    pub level_rule: LevelRule,
    /// The method that alone counts.
    #[serde(default)]
    pub required_source: Option<AssessmentMethod>,
    /// Whether it waits to be checked.
    #[serde(default)]
    pub provisional: bool,
    /// From when it has been in use.
    #[serde(default)]
    pub published_at: Option<DateTime<Utc>>,
    /// From when it has been out of use.
    #[serde(default)]
    pub retired_at: Option<DateTime<Utc>>,
}

/// A competency.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "identifier": "019b76da-a80d-71df-b3c6-af7595a17024",
    "uri": "https://bina.example/ims/case/v1p1/CFItems/019b76da-a80d-71df-b3c6-af7595a17024",
    "fullStatement": "Menilai kesesuaian, kemutakhiran, dan keterpakaian koleksi", "humanCodingScheme": "R.91PRP01.X01",
    "CFItemType": "Unit Kompetensi", "language": "id", "lastChangeDateTime": "2026-01-05T01:00:00Z"
}))]
pub struct CaseItem {
    /// The competency.
    pub identifier: Uuid,
    /// The framework; in an answer with this item alone.
    #[serde(rename = "CFDocumentURI", skip_serializing_if = "Option::is_none")]
    pub cf_document_uri: Option<CaseLink>,
    /// Where it can be read.
    #[schema(max_length = 2000, format = "uri")]
    pub uri: String,
    /// What somebody does who has it, else the title.
    #[schema(max_length = 20000)]
    pub full_statement: String,
    /// The title.
    #[schema(max_length = 20000)]
    #[schema(required = false)]
    pub abbreviated_statement: String,
    /// The code.
    #[schema(max_length = 300)]
    #[schema(required = false)]
    pub human_coding_scheme: String,
    /// Fungsi Kunci, Unit Kompetensi, Elemen Kompetensi.
    #[serde(rename = "CFItemType")]
    #[schema(max_length = 300)]
    #[schema(required = false)]
    pub cf_item_type: String,
    /// The same as a reference.
    #[serde(rename = "CFItemTypeURI", skip_serializing_if = "Option::is_none")]
    pub cf_item_type_uri: Option<CaseLink>,
    /// The language of the texts (BCP 47).
    #[schema(max_length = 35)]
    #[schema(required = false)]
    pub language: String,
    /// When it last changed.
    pub last_change_date_time: DateTime<Utc>,
    /// What CASE has no field for.
    #[schema(value_type = Option<Object>)]
    pub extensions: ItemExtensions,
}

/// What a competency has beyond CASE.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemExtensions {
    /// Under the name of this service.
    #[serde(rename = "binaPustaka")]
    pub own: OwnItem,
}

/// The fields of a competency beyond CASE.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnItem {
    /// The place in the tree.
    pub kind: CompetencyKind,
    /// The title in English.
    #[serde(default)]
    pub title_en: Option<String>,
    /// Whether `fullStatement` is a statement of its own, and not the title.
    pub has_statement: bool,
    /// The statement in English.
    #[serde(default)]
    pub statement_en: Option<String>,
    /// The field of work.
    #[serde(default)]
    pub field: Option<CompetencyField>,
    /// The cluster of certification.
    #[serde(default)]
    pub cluster: Option<String>,
    /// The standard that it is taken from.
    #[serde(default)]
    pub source: Option<String>,
    /// Whether it waits to be checked.
    #[serde(default)]
    pub provisional: bool,
}

/// How two competencies, or a competency and its framework, relate.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "identifier": "7f5c2b1e-2a60-5e86-9d0e-2f7f0c1b9a55",
    "uri": "https://bina.example/ims/case/v1p1/CFAssociations/7f5c2b1e-2a60-5e86-9d0e-2f7f0c1b9a55",
    "associationType": "isChildOf", "sequenceNumber": 13,
    "originNodeURI": {"title": "Mengevaluasi koleksi", "identifier": "019b76da-a80d-71df-b3c6-af7595a17024",
        "uri": "https://bina.example/ims/case/v1p1/CFItems/019b76da-a80d-71df-b3c6-af7595a17024"},
    "destinationNodeURI": {"title": "Pengembangan koleksi", "identifier": "019b76da-a801-7744-8794-f39da6a7068c",
        "uri": "https://bina.example/ims/case/v1p1/CFItems/019b76da-a801-7744-8794-f39da6a7068c"},
    "lastChangeDateTime": "2026-01-05T01:00:00Z"
}))]
pub struct CaseAssociation {
    /// The association.
    pub identifier: Uuid,
    /// Where it can be read.
    #[schema(max_length = 2000, format = "uri")]
    pub uri: String,
    /// `isChildOf`, `exactMatchOf`, `replacedBy`, or another word of CASE.
    #[schema(max_length = 60)]
    pub association_type: String,
    /// The place among others; for `isChildOf`.
    #[schema(minimum = -9_007_199_254_740_991_i64, maximum = 9_007_199_254_740_991_i64)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence_number: Option<i32>,
    /// From where.
    #[serde(rename = "originNodeURI")]
    pub origin_node_uri: CaseLink,
    /// To where.
    #[serde(rename = "destinationNodeURI")]
    pub destination_node_uri: CaseLink,
    /// The framework; in an answer with this association alone.
    #[serde(rename = "CFDocumentURI", skip_serializing_if = "Option::is_none")]
    pub cf_document_uri: Option<CaseLink>,
    /// When it last changed.
    pub last_change_date_time: DateTime<Utc>,
}

/// What the levels of the units look like.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "identifier": "0a3c2f5e-8e0f-5c58-8c22-0f4e7a3a4d11",
    "uri": "https://bina.example/ims/case/v1p1/CFRubrics/0a3c2f5e-8e0f-5c58-8c22-0f4e7a3a4d11",
    "title": "Level kompetensi", "lastChangeDateTime": "2026-01-05T01:00:00Z", "CFRubricCriteria": []
}))]
pub struct CaseRubric {
    /// The rubric.
    pub identifier: Uuid,
    /// Where it can be read.
    #[schema(max_length = 2000, format = "uri")]
    pub uri: String,
    /// The title.
    #[schema(max_length = 20000)]
    pub title: String,
    /// When it last changed.
    pub last_change_date_time: DateTime<Utc>,
    /// A criterion for each unit.
    #[serde(rename = "CFRubricCriteria")]
    #[schema(max_items = 10_000)]
    #[schema(required = false)]
    pub criteria: Vec<CaseCriterion>,
}

/// The levels of one unit.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "identifier": "5d3f1c7a-64ad-5a0a-a3a4-6a1f0d5b8c21",
    "uri": "https://bina.example/ims/case/v1p1/CFRubrics/0a3c2f5e-8e0f-5c58-8c22-0f4e7a3a4d11#5d3f1c7a-64ad-5a0a-a3a4-6a1f0d5b8c21",
    "description": "Mengevaluasi koleksi perpustakaan", "position": 1, "lastChangeDateTime": "2026-01-05T01:00:00Z",
    "CFRubricCriterionLevels": []
}))]
pub struct CaseCriterion {
    /// The criterion.
    pub identifier: Uuid,
    /// Where it can be read.
    #[schema(max_length = 2000, format = "uri")]
    pub uri: String,
    /// The unit's title.
    #[schema(max_length = 20000)]
    #[schema(required = false)]
    pub description: String,
    /// The unit.
    #[serde(rename = "CFItemURI")]
    #[schema(required = false)]
    pub cf_item_uri: CaseLink,
    /// Its place.
    #[schema(minimum = 0, maximum = 1_000_000)]
    #[schema(required = false)]
    pub position: i32,
    /// The rubric.
    #[schema(required = false)]
    pub rubric_id: Uuid,
    /// When it last changed.
    pub last_change_date_time: DateTime<Utc>,
    /// The levels, from 1.
    #[serde(rename = "CFRubricCriterionLevels")]
    #[schema(max_items = 100)]
    #[schema(required = false)]
    pub levels: Vec<CaseLevel>,
}

/// One level of one unit.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "identifier": "c3a0c4d9-1a52-58bb-90a5-2b3a6f0e7d42",
    "uri": "https://bina.example/ims/case/v1p1/CFRubrics/0a3c2f5e-8e0f-5c58-8c22-0f4e7a3a4d11#c3a0c4d9-1a52-58bb-90a5-2b3a6f0e7d42",
    "description": "Menyebut tujuan evaluasi koleksi", "quality": "Dasar", "score": 2.0, "position": 2,
    "lastChangeDateTime": "2026-01-05T01:00:00Z"
}))]
pub struct CaseLevel {
    /// The level's description.
    pub identifier: Uuid,
    /// Where it can be read.
    #[schema(max_length = 2000, format = "uri")]
    pub uri: String,
    /// What it looks like.
    #[schema(max_length = 20000)]
    #[schema(required = false)]
    pub description: String,
    /// What the level is called.
    #[schema(max_length = 2000)]
    #[schema(required = false)]
    pub quality: String,
    /// The level.
    #[schema(minimum = -1_000_000, maximum = 1_000_000)]
    #[schema(required = false)]
    pub score: f64,
    /// Its place.
    #[schema(minimum = 0, maximum = 1_000_000)]
    #[schema(required = false)]
    pub position: i32,
    /// The criterion.
    #[schema(required = false)]
    pub rubric_criterion_id: Uuid,
    /// When it last changed.
    pub last_change_date_time: DateTime<Utc>,
    /// What CASE has no field for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub extensions: Option<serde_json::Value>,
}

/// A kind of competency, a subject, a concept or a licence that a framework defines.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "identifier": "4f2a9f5e-64f1-5b6a-8f19-2c1b7a9d0e33",
    "uri": "https://bina.example/ims/case/v1p1/CFItemTypes/4f2a9f5e-64f1-5b6a-8f19-2c1b7a9d0e33",
    "title": "Unit Kompetensi", "lastChangeDateTime": "2026-01-01T00:00:00Z"
}))]
pub struct CaseDefinition {
    /// What is defined.
    pub identifier: Uuid,
    /// Where it can be read.
    #[schema(max_length = 2000, format = "uri")]
    pub uri: String,
    /// The title.
    #[schema(max_length = 20000)]
    pub title: String,
    /// When it last changed.
    pub last_change_date_time: DateTime<Utc>,
}

/// What a framework defines.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(example = json!({"CFItemTypes": []}))]
pub struct CaseDefinitions {
    /// Kinds of competencies.
    #[serde(rename = "CFItemTypes")]
    #[schema(max_items = 10_000)]
    pub item_types: Vec<CaseDefinition>,
}

/// All of a framework.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "CFDocument": {
        "identifier": "019b76da-a879-7dbb-8951-f1d2431f5e14",
        "uri": "https://bina.example/ims/case/v1p1/CFDocuments/019b76da-a879-7dbb-8951-f1d2431f5e14",
        "creator": "Kepmenaker 236/2019", "title": "Kerangka Kompetensi Pustakawan Indonesia",
        "lastChangeDateTime": "2026-01-05T01:00:00Z", "language": "id", "version": "2026.1", "adoptionStatus": "Adopted"
    },
    "CFItems": [], "CFAssociations": [],
    "CFDefinitions": {"CFItemTypes": []}, "CFRubrics": []
}))]
pub struct CasePackage {
    /// The framework.
    #[serde(rename = "CFDocument")]
    pub document: CaseDocument,
    /// Its competencies.
    #[serde(rename = "CFItems")]
    #[schema(max_items = 100_000)]
    pub items: Vec<CaseItem>,
    /// How they relate.
    #[serde(rename = "CFAssociations")]
    #[schema(max_items = 100_000)]
    pub associations: Vec<CaseAssociation>,
    /// What it defines.
    #[serde(rename = "CFDefinitions", skip_serializing_if = "Option::is_none")]
    pub definitions: Option<CaseDefinitions>,
    /// What levels look like.
    #[serde(rename = "CFRubrics", skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 1_000)]
    pub rubrics: Option<Vec<CaseRubric>>,
}

/// A list of frameworks.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"CFDocuments": []}))]
pub struct CaseDocumentSet {
    /// The frameworks.
    #[serde(rename = "CFDocuments")]
    #[schema(max_items = 500)]
    pub documents: Vec<CaseDocument>,
}

/// A competency and how it relates to others.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "CFItem": {
        "identifier": "019b76da-a80d-71df-b3c6-af7595a17024",
        "uri": "https://bina.example/ims/case/v1p1/CFItems/019b76da-a80d-71df-b3c6-af7595a17024",
        "fullStatement": "Menilai kesesuaian, kemutakhiran, dan keterpakaian koleksi",
        "lastChangeDateTime": "2026-01-05T01:00:00Z"
    },
    "CFAssociations": []
}))]
pub struct CaseAssociationSet {
    /// The competency.
    #[serde(rename = "CFItem")]
    pub item: CaseItem,
    /// Where it begins or ends.
    #[serde(rename = "CFAssociations")]
    #[schema(max_items = 100_000)]
    pub associations: Vec<CaseAssociation>,
}

/// Kinds of competencies.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"CFItemTypes": []}))]
pub struct CaseItemTypeSet {
    /// The kinds.
    #[serde(rename = "CFItemTypes")]
    #[schema(max_items = 1_000)]
    pub item_types: Vec<CaseDefinition>,
}

/// Subjects.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"CFSubjects": []}))]
pub struct CaseSubjectSet {
    /// The subjects.
    #[serde(rename = "CFSubjects")]
    #[schema(max_items = 1_000)]
    pub subjects: Vec<CaseDefinition>,
}

/// Concepts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"CFConcepts": []}))]
pub struct CaseConceptSet {
    /// The concepts.
    #[serde(rename = "CFConcepts")]
    #[schema(max_items = 1_000)]
    pub concepts: Vec<CaseDefinition>,
}

/// What went wrong, in the words of 1EdTech.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_description": "Tidak ditemukan",
    "imsx_codeMinor": {"imsx_codeMinorField": [
        {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": "unknownobject"}
    ]}
}))]
pub struct CaseStatusInfo {
    /// Always `failure`.
    #[serde(rename = "imsx_codeMajor")]
    #[schema(max_length = 20)]
    pub code_major: &'static str,
    /// Always `error`.
    #[serde(rename = "imsx_severity")]
    #[schema(max_length = 20)]
    pub severity: &'static str,
    /// What happened, in the caller's language.
    #[serde(rename = "imsx_description")]
    #[schema(max_length = 2000)]
    pub description: String,
    /// The code.
    #[serde(rename = "imsx_codeMinor")]
    pub code_minor: CaseCodeMinor,
}

/// The codes of what went wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"imsx_codeMinorField": []}))]
pub struct CaseCodeMinor {
    /// One of them.
    #[serde(rename = "imsx_codeMinorField")]
    #[schema(max_items = 10)]
    pub fields: Vec<CaseCodeMinorField>,
}

/// A code of what went wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": "unknownobject"}))]
pub struct CaseCodeMinorField {
    /// Who says so.
    #[serde(rename = "imsx_codeMinorFieldName")]
    #[schema(max_length = 60)]
    pub name: &'static str,
    /// `unknownobject`, `invalid_uuid`, `invalid_query_parameter`.
    #[serde(rename = "imsx_codeMinorFieldValue")]
    #[schema(max_length = 60)]
    pub value: &'static str,
}
