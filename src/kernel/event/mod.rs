//! One log for all: every change writes one event in its own transaction.
//!
//! A transaction writes its events without a number. A sequencer, one at a time, then gives each committed event its number and
//! its link in a hash chain; whoever reads the log reads numbered events only, in commit order. The chain holds a salted
//! commitment of the changed values, which stand beside it: erasing them leaves the chain whole.
//!
//! Three things show that a row was touched: its `seal` (nobody without the instance's secret can make one), its `hash` (which
//! covers the row before), and the head of the chain (which says how long it must be).

mod seal;
mod sequencer;
mod verification;

use sea_orm::entity::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value, json};

pub use sequencer::{SEQUENCING_INTERVAL, sequence};
pub use verification::{Verification, verify};

use super::db::Tx;
use super::error::Result;
use super::secret::random_bytes;

/// How many events are numbered, or looked at, at once.
const BATCH: u64 = 1_000;

/// Who may learn that an object changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Readers {
    /// Whoever is signed in.
    Everyone,
    /// The person whose record it is, who mentors them, and admins.
    Person,
    /// Admins.
    Admin,
}

/// One row of the log.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "events")]
pub struct Model {
    /// The event.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its place in the log, from 1 without gaps; null until the sequencer has seen it.
    #[sea_orm(unique)]
    pub seq: Option<i64>,
    /// What happened: `assessment.confirmed`.
    pub name: String,
    /// The kind of the object.
    pub subject_kind: String,
    /// The collection in which the object stands, under `/api/v1/`; null where its kind has no address of its own.
    pub subject_collection: Option<String>,
    /// The object.
    pub subject_id: Uuid,
    /// The object's version after it.
    pub subject_version: i32,
    /// Whether the object is gone after it: removed, or archived.
    pub is_gone: bool,
    /// The librarian whose record the object belongs to.
    pub person_id: Option<Uuid>,
    /// Who may learn of it.
    pub readers: Readers,
    /// The user who did it; null when the service did.
    pub actor_id: Option<Uuid>,
    /// The event of the same transaction that led to this one.
    pub caused_by: Option<Uuid>,
    /// The request in which it was done.
    pub request_id: Option<Uuid>,
    /// When.
    pub occurred_at: DateTimeUtc,
    /// What makes the commitment unguessable; null once the values were erased.
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub salt: Option<Vec<u8>>,
    /// Before and after of each changed field; null once erased.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub changes: Option<Json>,
    /// SHA-256 of salt and changes.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub commitment: Vec<u8>,
    /// HMAC of the row under the instance's secret.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub seal: Vec<u8>,
    /// SHA-256 of the hash before, the number and the seal; null until numbered.
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub hash: Option<Vec<u8>>,
}

impl ActiveModelBehavior for ActiveModel {}

/// An event as the transaction that wrote it sees it.
pub type Event = Model;

/// The head of the chain: how far it goes and where it ends.
pub mod head {
    use sea_orm::entity::prelude::*;

    /// The only row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "event_head")]
    pub struct Model {
        /// Always 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        /// The number of the last event.
        pub seq: i64,
        /// The hash of the last event.
        #[sea_orm(column_type = "VarBinary(StringLen::None)")]
        pub hash: Vec<u8>,
        /// HMAC of both under the instance's secret.
        #[sea_orm(column_type = "VarBinary(StringLen::None)")]
        pub seal: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What an event is about.
pub struct Subject {
    /// The kind of the object.
    pub kind: &'static str,
    /// The collection of such objects.
    pub collection: Option<&'static str>,
    /// The object.
    pub id: Uuid,
    /// Its version after the event.
    pub version: i32,
    /// Whether it is gone after the event.
    pub is_gone: bool,
    /// Whose record it belongs to.
    pub person: Option<Uuid>,
    /// Who may learn of it.
    pub readers: Readers,
}

/// The fields that differ, each with its value before and after.
pub fn difference(before: Option<Value>, after: Option<Value>) -> Map<String, Value> {
    let fields = |value: Option<Value>| match value {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let (mut before, after) = (fields(before), fields(after));
    let mut changes = Map::new();
    for (name, now) in after {
        let then = before.remove(&name).unwrap_or(Value::Null);
        if then != now && !matches!(name.as_str(), "version" | "updated_at" | "search_text") {
            changes.insert(name, json!([then, now]));
        }
    }
    changes
}

/// An event of a transaction, to be written into it.
pub(super) fn compose(
    tx: &Tx<'_>,
    id: Uuid,
    name: &'static str,
    subject: &Subject,
    caused_by: Option<Uuid>,
    changes: Map<String, Value>,
) -> Result<Event> {
    let salt = random_bytes::<16>()?.to_vec();
    let changes = Value::Object(changes);
    let mut event = Model {
        id,
        seq: None,
        name: name.to_owned(),
        subject_kind: subject.kind.to_owned(),
        subject_collection: subject.collection.map(str::to_owned),
        subject_id: subject.id,
        subject_version: subject.version,
        is_gone: subject.is_gone,
        person_id: subject.person,
        readers: subject.readers,
        actor_id: tx.access().caller().map(|caller| caller.user_id),
        caused_by,
        request_id: tx.access().request_id(),
        occurred_at: tx.now(),
        commitment: seal::commit(&salt, &changes).to_vec(),
        salt: Some(salt),
        changes: Some(changes),
        seal: Vec::new(),
        hash: None,
    };
    event.seal = tx.context().secrets.log_seal(&seal::content(&event)?).to_vec();
    Ok(event)
}

impl Model {
    /// Every column set, as a row to be inserted.
    pub(super) fn into_set(self) -> ActiveModel {
        use sea_orm::IntoActiveModel;
        self.into_active_model().reset_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_names_changed_fields_only() {
        let before = json!({"name": "A", "code": "X", "version": 1});
        let after = json!({"name": "B", "code": "X", "version": 2});
        let changes = Value::Object(difference(Some(before), Some(after)));
        assert_eq!(changes, json!({"name": ["A", "B"]}));
    }
}
