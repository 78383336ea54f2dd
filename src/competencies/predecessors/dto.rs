use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

pub use crate::competencies::items::entity::link::CompetencyLinkKind;
use crate::competencies::items::entity::{CompetencyKind, Model};
use crate::kernel::error::Result;
use crate::kernel::idempotency::{Answer, Outcome, StoredAnswer};
use crate::kernel::language::Localized;

/// A competency of another framework whose place this one takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "competency_id": "019b76da-a80d-71df-b3c6-af7595a17024", "framework_id": "019b76da-a879-7dbb-8951-f1d2431f5e14",
    "kind": "unit", "code": "R.91PRP01.X01",
    "title": {"id": "Mengevaluasi koleksi perpustakaan", "en": "Evaluate the library collection"}, "link": "replaced_by"
}))]
pub struct Predecessor {
    /// The competency.
    pub competency_id: Uuid,
    /// Its framework.
    pub framework_id: Uuid,
    /// Its place in the tree.
    pub kind: CompetencyKind,
    /// Its code.
    #[schema(max_length = 100)]
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Whether it is replaced, or means the same.
    pub link: CompetencyLinkKind,
}

impl Predecessor {
    /// A predecessor by its row.
    pub fn of(row: Model, link: CompetencyLinkKind) -> Self {
        Self {
            competency_id: row.id,
            framework_id: row.framework_id,
            kind: row.kind,
            code: row.code,
            title: row.title,
            link,
        }
    }
}

impl Answer for Predecessor {
    fn stored(&self, _: Outcome) -> Result<StoredAnswer> {
        let body = serde_json::to_string(self).map_err(crate::kernel::error::Error::internal)?;
        Ok(StoredAnswer { status: 200, location: None, version: None, body: Some(body) })
    }
}

/// The predecessors of a competency.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"items": []}))]
pub struct Predecessors {
    /// Ordered by code.
    #[schema(max_items = 10_000)]
    pub items: Vec<Predecessor>,
}

/// How a competency relates to its predecessor.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"link": "replaced_by"}))]
pub struct NewPredecessor {
    /// `exact_match_of` where both mean the same; `replaced_by` where this one takes the other's place.
    pub link: CompetencyLinkKind,
}
