//! What may change of a row that holds from one day until another.

use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// What may change of a rule: how sure it is, never what it says.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"verified": true, "source": "jdih.lan.go.id"}))]
pub struct Provenance {
    /// Other regulations.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub legal_basis: Option<String>,
    /// Another source; null clears it.
    #[validate(length(min = 1, max = 500))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    #[serde(default)]
    pub source: Patch<String>,
    /// Whether somebody compared it with the official text.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub verified: Option<bool>,
}
