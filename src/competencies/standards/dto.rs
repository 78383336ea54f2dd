use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::language::Localized;

/// The competency standard of a position (standar kompetensi jabatan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "position_id": "019b76da-a87a-7cdd-a96e-def968b86e38",
    "entries": [{
        "competency_id": "019b76da-a80d-71df-b3c6-af7595a17024", "code": "R.91PRP01.X01",
        "title": {"id": "Mengevaluasi koleksi perpustakaan", "en": "Evaluate the library collection"},
        "required_level": 3, "weight": 2
    }],
    "version": 1, "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct PositionStandard {
    /// The position.
    pub position_id: Uuid,
    /// What it asks, by code.
    #[schema(max_items = 500)]
    pub entries: Vec<StandardEntry>,
    /// Counts the changes of the standard; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When the position or its standard last changed.
    pub updated_at: Instant,
}

/// What a position asks of one competency.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "competency_id": "019b76da-a80d-71df-b3c6-af7595a17024", "code": "R.91PRP01.X01",
    "title": {"id": "Mengevaluasi koleksi perpustakaan", "en": "Evaluate the library collection"},
    "required_level": 3, "weight": 2
}))]
pub struct StandardEntry {
    /// The competency.
    pub competency_id: Uuid,
    /// Its code.
    #[schema(max_length = 100)]
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// The level that is asked, 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub required_level: i32,
    /// How much a gap counts, 1 to 10.
    #[schema(minimum = 1, maximum = 10)]
    pub weight: i32,
}

impl Resource for PositionStandard {
    fn path(&self) -> String {
        format!("/api/v1/positions/{}/standard", self.position_id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A standard that takes the place of the present one.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "entries": [{"competency_id": "019b76da-a80d-71df-b3c6-af7595a17024", "required_level": 3, "weight": 2}]
}))]
pub struct NewPositionStandard {
    /// Everything that the position asks; each competency once.
    #[validate(nested, length(max = 500))]
    #[schema(max_items = 500)]
    pub entries: Vec<NewStandardEntry>,
}

/// What a position is to ask of one competency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"competency_id": "019b76da-a80d-71df-b3c6-af7595a17024", "required_level": 3, "weight": 2}))]
pub struct NewStandardEntry {
    /// The competency: a unit of a published framework.
    pub competency_id: Uuid,
    /// The level that is asked, 1 to 5.
    #[validate(range(min = 1, max = 5))]
    #[schema(minimum = 1, maximum = 5)]
    pub required_level: i32,
    /// How much a gap counts, 1 to 10.
    #[validate(range(min = 1, max = 10))]
    #[schema(minimum = 1, maximum = 10)]
    pub weight: i32,
}
