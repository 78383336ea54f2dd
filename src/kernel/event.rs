//! One log for all: every change writes one event in its own transaction.
//!
//! A transaction writes its events without a number. A sequencer, one at a time, then gives each committed event its number and
//! its link in a hash chain; whoever reads the log reads numbered events only, in commit order. The chain holds a salted
//! commitment of the changed values, which stand beside it: erasing them leaves the chain whole.
//!
//! Three things show that a row was touched: its `seal` (nobody without the instance's secret can make one), its `hash` (which
//! covers the row before), and the head of the chain (which says how long it must be).

use std::time::Duration;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ActiveValue, QueryOrder, QuerySelect};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::db::{Db, Tx};
use super::error::{Error, Result};
use super::policy::Access;
use super::secret::{random_bytes, sha256};

/// The longest that a committed event waits for its number.
pub const SEQUENCING_INTERVAL: Duration = Duration::from_millis(100);
/// How many events one pass of the sequencer numbers.
const BATCH: u64 = 1_000;
/// The advisory lock of the sequencer on PostgreSQL.
const SEQUENCER_LOCK: i64 = 0x62_69_6E_61;

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
        commitment: commit(&salt, &changes).to_vec(),
        salt: Some(salt),
        changes: Some(changes),
        seal: Vec::new(),
        hash: None,
    };
    event.seal = tx.context().secrets.log_seal(&content(&event)?).to_vec();
    Ok(event)
}

impl Model {
    /// Every column set, as a row to be inserted.
    pub(super) fn into_set(self) -> ActiveModel {
        use sea_orm::IntoActiveModel;
        self.into_active_model().reset_all()
    }
}

/// JSON with keys in order, so that it hashes alike after a database has kept it in its own form.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<_> = fields.iter().collect();
            names.sort_by_key(|(name, _)| *name);
            let parts: Vec<_> =
                names.iter().map(|(name, value)| format!("{}:{}", json!(name), canonical(value))).collect();
            format!("{{{}}}", parts.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Number(number) => canonical_number(number),
        other => other.to_string(),
    }
}

/// PostgreSQL keeps `1e16` as 10000000000000000 and knows no negative zero: whole numbers are told without exponent and sign of zero.
fn canonical_number(number: &serde_json::Number) -> String {
    match number.as_f64().filter(|_| number.is_f64()) {
        Some(0.0) => "0".to_owned(),
        Some(float) if float.fract() == 0.0 => format!("{float}"),
        _ => number.to_string(),
    }
}

fn commit(salt: &[u8], changes: &Value) -> [u8; 32] {
    let mut bytes = salt.to_vec();
    bytes.extend_from_slice(canonical(changes).as_bytes());
    sha256(&bytes)
}

/// What a seal covers: all that the transaction said, the values by their commitment.
fn content(event: &Event) -> Result<Vec<u8>> {
    serde_json::to_vec(&(
        event.id,
        &event.name,
        (&event.subject_kind, &event.subject_collection),
        event.subject_id,
        (event.subject_version, event.is_gone),
        (event.person_id, event.readers, event.actor_id, event.caused_by, event.request_id),
        event.occurred_at.timestamp_millis(),
        &event.commitment,
    ))
    .map_err(Error::internal)
}

fn link(previous: &[u8], seq: i64, seal: &[u8]) -> [u8; 32] {
    let mut bytes = previous.to_vec();
    bytes.extend_from_slice(&seq.to_be_bytes());
    bytes.extend_from_slice(seal);
    sha256(&bytes)
}

fn head_content(seq: i64, hash: &[u8]) -> Vec<u8> {
    let mut bytes = b"head".to_vec();
    bytes.extend_from_slice(&seq.to_be_bytes());
    bytes.extend_from_slice(hash);
    bytes
}

/// Numbers and chains what was committed since the last pass. Any number of processes may call it; one works at a time.
pub async fn sequence(db: &Db) -> Result<usize> {
    let mut total = 0;
    loop {
        let numbered = db.run(Access::system(), async |tx: &Tx<'_>| sequence_in(tx).await).await?;
        total += numbered;
        if u64::try_from(numbered).map_err(Error::internal)? < BATCH {
            return Ok(total);
        }
    }
}

async fn sequence_in(tx: &Tx<'_>) -> Result<usize> {
    if !tx.try_advisory_lock(SEQUENCER_LOCK).await? {
        return Ok(0);
    }
    let waiting = Entity::find()
        .filter(Column::Seq.is_null())
        .order_by_asc(Column::OccurredAt)
        .order_by_asc(Column::Id)
        .limit(BATCH);
    let waiting = tx.reader().all(waiting).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let head = tx.reader().one(head::Entity::find()).await?;
    let (mut seq, mut hash) = head.as_ref().map_or((0, Vec::new()), |head| (head.seq, head.hash.clone()));
    for event in &waiting {
        seq += 1;
        hash = link(&hash, seq, &event.seal).to_vec();
        let number = Query::update()
            .table(Entity)
            .value(Column::Seq, seq)
            .value(Column::Hash, hash.clone())
            .and_where(Expr::col(Column::Id).eq(event.id))
            .to_owned();
        tx.execute(&number).await?;
    }
    let seal = tx.context().secrets.log_seal(&head_content(seq, &hash)).to_vec();
    if head.is_some() {
        let update = Query::update()
            .table(head::Entity)
            .values([
                (head::Column::Seq, seq.into()),
                (head::Column::Hash, hash.into()),
                (head::Column::Seal, seal.into()),
            ])
            .to_owned();
        tx.execute(&update).await?;
    } else {
        let first = head::ActiveModel {
            id: ActiveValue::Set(1),
            seq: ActiveValue::Set(seq),
            hash: ActiveValue::Set(hash),
            seal: ActiveValue::Set(seal),
        };
        tx.put::<head::Entity>(first).await?;
    }
    Ok(waiting.len())
}

/// What a walk along the log found.
#[derive(Debug, Default, Serialize)]
pub struct Verification {
    /// How many events the chain holds.
    pub events: i64,
    /// Everything that is not as it was written; empty when the log is whole.
    pub findings: Vec<String>,
}

/// Walks the whole log and reports every row that was altered, deleted or inserted.
pub async fn verify(db: &Db) -> Result<Verification> {
    let mut found = Verification::default();
    let secrets = &db.context().secrets;
    let mut hash = Vec::new();
    loop {
        let page = Entity::find().filter(Column::Seq.gt(found.events)).order_by_asc(Column::Seq).limit(BATCH);
        let page = db.reader().all(page).await?;
        if page.is_empty() {
            break;
        }
        for event in &page {
            let seq = event.seq.unwrap_or_default();
            if seq != found.events + 1 {
                found.findings.push(format!("events {} to {} are missing", found.events + 1, seq - 1));
            }
            found.events = seq;
            hash = link(&hash, seq, &event.seal).to_vec();
            if event.hash.as_deref() != Some(&hash) {
                found.findings.push(format!("event {seq} does not follow from the one before"));
                hash = event.hash.clone().unwrap_or_default();
            }
            examine(event, secrets, &format!("event {seq}"), &mut found.findings)?;
        }
    }
    examine_waiting(db, &mut found.findings).await?;
    find_gaps(db, &mut found.findings).await?;
    match db.reader().one(head::Entity::find()).await? {
        Some(head) if head.seal != secrets.log_seal(&head_content(head.seq, &head.hash)) => {
            found.findings.push("the head of the log carries a wrong seal".to_owned());
        }
        Some(head) if head.seq != found.events || head.hash != hash => {
            found.findings.push(format!("the log must end with event {}, not {}", head.seq, found.events));
        }
        None if found.events > 0 => found.findings.push("the head of the log is missing".to_owned()),
        _ => {}
    }
    Ok(found)
}

async fn examine_waiting(db: &Db, findings: &mut Vec<String>) -> Result<()> {
    let mut after = Uuid::nil();
    loop {
        let waiting = Entity::find().filter(Column::Seq.is_null()).filter(Column::Id.gt(after));
        let waiting = db.reader().all(waiting.order_by_asc(Column::Id).limit(BATCH)).await?;
        let Some(last) = waiting.last() else { return Ok(()) };
        after = last.id;
        for event in &waiting {
            let name = format!("event {} (not yet numbered)", event.id);
            examine(event, &db.context().secrets, &name, findings)?;
        }
    }
}

/// Each change of an object leaves an event with its next version: a version without one shows that an event was deleted before
/// it had a number, when the chain did not hold it yet.
async fn find_gaps(db: &Db, findings: &mut Vec<String>) -> Result<()> {
    let version = || Expr::col(Column::SubjectVersion);
    let span = version().max().sub(version().min()).add(1);
    let gaps = Query::select()
        .columns([Column::SubjectKind, Column::SubjectId])
        .from(Entity)
        .group_by_columns([Column::SubjectKind, Column::SubjectId])
        .and_having(version().count_distinct().ne(span))
        .limit(BATCH)
        .to_owned();
    let found = db.reader().heavy_rows(&gaps, |row| Ok((row.get::<String>(0)?, row.get::<Uuid>(1)?))).await?;
    findings.extend(found.into_iter().map(|(kind, id)| format!("an event of {kind} {id} is missing")));
    Ok(())
}

fn examine(event: &Event, secrets: &super::secret::Secrets, name: &str, findings: &mut Vec<String>) -> Result<()> {
    if event.seal != secrets.log_seal(&content(event)?) {
        findings.push(format!("{name} was altered or inserted"));
    }
    match (&event.salt, &event.changes) {
        (Some(salt), Some(changes)) if commit(salt, changes).as_slice() == event.commitment => {}
        (Some(_), Some(_)) => findings.push(format!("{name}: its values were altered")),
        _ => findings.push(format!("{name}: its values are missing")),
    }
    Ok(())
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

    #[test]
    fn numbers_hash_alike_after_postgresql_has_written_them_its_own_way() {
        let read = |text: &str| canonical(&serde_json::from_str(text).unwrap());
        let pairs = [
            ("1e16", "10000000000000000"),
            ("1.5e3", "1500"),
            ("-0.0", "0.0"),
            ("2.0", "2.0"),
            ("1e21", "1000000000000000000000"),
            ("1e-7", "0.0000001"),
            ("-9.3e18", "-9300000000000000000"),
            ("18446744073709551615", "18446744073709551615"),
        ];
        for (ours, theirs) in pairs {
            assert_eq!(read(ours), read(theirs), "{ours}");
        }
        assert_ne!(read("9007199254740993"), read("9007199254740992"));
    }

    proptest::proptest! {
        #[test]
        fn any_float_hashes_alike_after_it_was_kept_as_text(float in proptest::num::f64::NORMAL) {
            let value = json!(float);
            let kept: Value = serde_json::from_str(&value.to_string()).unwrap();
            let written_out: Value = serde_json::from_str(&format!("{float}")).unwrap();
            proptest::prop_assert_eq!(canonical(&value), canonical(&kept));
            proptest::prop_assert_eq!(canonical(&value), canonical(&written_out));
        }
    }

    #[test]
    fn canonical_json_does_not_depend_on_the_order_of_keys() {
        let one: Value = serde_json::from_str(r#"{"b":[1,{"y":2,"x":null}],"a":"é"}"#).unwrap();
        let other: Value = serde_json::from_str(r#"{"a":"é","b":[1,{"x":null,"y":2}]}"#).unwrap();
        assert_eq!(canonical(&one), canonical(&other));
    }
}
