//! What one chapter does when something happens in another, in the same transaction.
//!
//! A chapter below knows nothing of those above: it leaves its event, and whoever declared a hook for that kind of object is run
//! before the transaction ends. What a hook refuses undoes the whole.

use std::any::Any;

use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::db::Tx;
use super::error::Result;

/// What happened to an object.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// The event's name: `librarian.updated`.
    pub name: &'a str,
    /// The object.
    pub subject_id: Uuid,
    /// Its changed fields, each `[before, after]`.
    pub fields: &'a Map<String, Value>,
}

impl Change<'_> {
    /// Before and after of a field that holds an id; `None` when it did not change.
    pub fn id(&self, field: &str) -> Option<(Option<Uuid>, Option<Uuid>)> {
        let [before, after] = self.fields.get(field)?.as_array()?.as_slice() else { return None };
        let read = |value: &Value| value.as_str().and_then(|text| text.parse().ok());
        Some((read(before), read(after)))
    }

    /// What a field holds afterwards; `None` when it did not change, or is null.
    pub fn after<T: DeserializeOwned>(&self, field: &str) -> Option<T> {
        let [_, after] = self.fields.get(field)?.as_array()?.as_slice() else { return None };
        serde_json::from_value(after.clone()).ok()
    }
}

/// Something that a chapter gives to the answers of one below, which declares its type and asks
/// [`crate::kernel::db::Context::contributions`] for all of them. The kernel carries it without knowing it.
pub type Contribution = &'static (dyn Any + Send + Sync);

/// A chapter's interest in a kind of object.
#[derive(Clone, Copy, Debug)]
pub struct Hook {
    /// The kind of the object, as in its events.
    pub subject_kind: &'static str,
    /// What to do.
    pub run: for<'a> fn(&'a Tx<'a>, Change<'a>) -> LocalBoxFuture<'a, Result<()>>,
}
