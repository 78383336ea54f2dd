use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::kernel::validation;

/// A copy of a programme to be made.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"year": 2027, "title": "Program Pembinaan Pustakawan 2027"}))]
pub struct NewProgrammeCopy {
    /// The year of the copy; the year after unless given. All dates move by as many years.
    #[validate(range(min = 2000, max = 2100))]
    #[schema(minimum = 2000, maximum = 2100)]
    pub year: Option<i32>,
    /// The title of the copy; the same with the other year in it unless given.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub title: Option<String>,
}
