//! The only way to write: inside a transaction, leaving an event.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Query, Value};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait,
    IntoActiveModel, Iterable, ModelTrait, QuerySelect, QueryTrait, Select, StatementBuilder, TryIntoModel,
};
use serde::Serialize;
use std::cell::Cell;
use std::rc::Rc;
use std::str::FromStr;
use uuid::Uuid;

use super::Context;
use super::reader::{Reader, Source, Stored};
use super::sqlite;
use super::value::null;
use crate::kernel::error::{Error, Result};
use crate::kernel::event::{self, Readers};
use crate::kernel::policy::Access;

/// Rows of one insert: far below what either database binds to one statement.
pub(super) const ROWS_AT_ONCE: usize = 250;

/// A table whose rows are objects of the API: each has an id, a version, and leaves an event with every change.
///
/// Its columns are named alike everywhere: `id`, `version`, `created_at`, `updated_at`, and `archived_at` where rows are archived.
pub trait Record:
    Stored<
        Model: Serialize + Clone + IntoActiveModel<<Self as EntityTrait>::ActiveModel>,
        ActiveModel: ActiveModelTrait<Entity = Self>,
    >
{
    /// What kind of object a row is, in events and problems.
    const KIND: &'static str;

    /// The collection in which such objects are read, each under its id, after `/api/v1/`; `None` where they have no address of
    /// their own.
    const COLLECTION: Option<&'static str>;

    /// Who may learn from the change feed that a row changed.
    const READERS: Readers;

    /// The librarian whose personal record the row belongs to.
    fn person(_row: &Self::Model) -> Option<Uuid> {
        None
    }

    /// Another librarian whom a change concerns as much. They are told by an event of their own, without the values.
    fn other_person(_row: &Self::Model) -> Option<Uuid> {
        None
    }

    /// What the audit trail keeps of a row. Override it where a row holds a secret.
    fn audit(row: &Self::Model) -> Result<serde_json::Value> {
        serde_json::to_value(row).map_err(Error::internal)
    }
}

/// The version that a client holds, from `If-Match`; without one any version will do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Precondition(pub Option<i32>);

impl Precondition {
    /// Fails with 412 when the client's version is not this one.
    pub fn check(self, current: i32) -> Result<()> {
        match self.0 {
            Some(version) if version != current => Err(Error::stale(current)),
            _ => Ok(()),
        }
    }
}

/// A transaction in the making. Everything written through it is kept or lost together.
pub struct Tx<'a> {
    pub(super) connection: TxConnection,
    pub(super) context: &'a Context,
    pub(super) access: &'a Access,
    pub(super) now: DateTime<Utc>,
    pub(super) cause: Cell<Option<Uuid>>,
}

pub(super) enum TxConnection {
    Sqlite(Rc<rusqlite::Connection>),
    Postgres(DatabaseTransaction),
}

impl Tx<'_> {
    /// Reads what this transaction sees.
    pub fn reader(&self) -> Reader<'_> {
        Reader(match &self.connection {
            TxConnection::Sqlite(connection) => Source::Writer(connection),
            TxConnection::Postgres(transaction) => Source::Transaction(transaction),
        })
    }

    /// On whose behalf this is done.
    pub fn access(&self) -> &Access {
        self.access
    }

    /// The one instant of this transaction.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The calendar day of this transaction where the library stands.
    pub fn today(&self) -> NaiveDate {
        crate::kernel::clock::local_date(self.now)
    }

    /// A new identifier.
    pub fn new_id(&self) -> Uuid {
        self.context.ids.next(self.now)
    }

    /// What else the process keeps at hand.
    pub fn context(&self) -> &Context {
        self.context
    }

    /// Reads a row and keeps others from changing it until this transaction ends; 404 when there is none.
    pub async fn lock<E: Stored>(&self, select: Select<E>) -> Result<E::Model> {
        self.reader().find(self.locking(select)).await
    }

    /// Reads rows, in the order of the query, and keeps others from changing them until this transaction ends.
    pub async fn lock_all<E: Stored>(&self, select: Select<E>) -> Result<Vec<E::Model>> {
        self.reader().all(self.locking(select)).await
    }

    /// Reads a row that others may read like this at the same time, while nobody holds it for themself ([`Self::lock`]) until all
    /// these transactions end; 404 when there is none.
    pub async fn share<E: Stored>(&self, select: Select<E>) -> Result<E::Model> {
        let select = match self.connection {
            TxConnection::Sqlite(_) => select,
            TxConnection::Postgres(_) => select.lock(LockType::KeyShare),
        };
        self.reader().find(select).await
    }

    fn locking<E: Stored>(&self, select: Select<E>) -> Select<E> {
        match self.connection {
            TxConnection::Sqlite(_) => select,
            TxConnection::Postgres(_) => select.lock(LockType::Update),
        }
    }

    /// Creates an object. Its id (unless given), version and times are set here; columns left unset become null.
    pub async fn insert<E: Record>(&self, row: E::ActiveModel, name: &'static str) -> Result<E::Model> {
        let model = self.put::<E>(self.new_row::<E>(row)?).await?;
        let changes = event::difference(None, Some(E::audit(&model)?));
        self.record::<E>(&model, name, false, changes).await?;
        Ok(model)
    }

    pub(super) fn new_row<E: Record>(&self, mut row: E::ActiveModel) -> Result<E::ActiveModel> {
        let id = column::<E>("id")?;
        if row.is_not_set(id) {
            row.try_set(id, self.new_id().into())?;
        }
        row.try_set(column::<E>("version")?, 1_i32.into())?;
        row.try_set(column::<E>("created_at")?, self.now.into())?;
        row.try_set(column::<E>("updated_at")?, self.now.into())?;
        Ok(row)
    }

    /// Changes an object whose row was read in this transaction. Fails with 412 when `expected` is not its version;
    /// runs everything anew when another transaction changed it meanwhile. Nothing changed leaves no event.
    pub async fn update<E: Record>(
        &self,
        before: &E::Model,
        row: E::ActiveModel,
        expected: Precondition,
        name: &'static str,
    ) -> Result<E::Model> {
        let version = version_of::<E>(before)?;
        expected.check(version)?;
        let changes = event::difference(Some(E::audit(before)?), Some(E::audit(&row.clone().try_into_model()?)?));
        if changes.is_empty() && !differs::<E>(before, &row) {
            return Ok(before.clone());
        }
        self.next_version::<E>(before, row, name, changes).await
    }

    /// Changes something that belongs to an object and stands beside its row: the object has its next version, and its event tells each
    /// field with its value before and after.
    pub async fn revise<E: Record>(
        &self,
        before: &E::Model,
        name: &'static str,
        was: serde_json::Value,
        is: serde_json::Value,
    ) -> Result<E::Model> {
        let changes = event::difference(Some(was), Some(is));
        self.next_version::<E>(before, before.clone().into_active_model(), name, changes).await
    }

    async fn next_version<E: Record>(
        &self,
        before: &E::Model,
        mut row: E::ActiveModel,
        name: &'static str,
        changes: serde_json::Map<String, serde_json::Value>,
    ) -> Result<E::Model> {
        let version = version_of::<E>(before)?;
        row.try_set(column::<E>("version")?, (version + 1).into())?;
        row.try_set(column::<E>("updated_at")?, self.now.into())?;
        let mut update = Query::update();
        update.table(E::default().table_ref());
        for column in E::Column::iter() {
            if let ActiveValue::Set(value) = row.get(column) {
                update.value(column, column.save_as(Expr::val(value)));
            }
        }
        update.and_where(Expr::col(column::<E>("id")?).eq(id_of::<E>(before)?));
        update.and_where(Expr::col(column::<E>("version")?).eq(version));
        if self.execute(&update).await? == 0 {
            return Err(Error::Raced);
        }
        let after = row.try_into_model()?;
        self.record::<E>(&after, name, false, changes).await?;
        Ok(after)
    }

    /// Puts an object aside: gone for all but admins who ask for archived ones.
    pub async fn archive<E: Record>(
        &self,
        before: &E::Model,
        expected: Precondition,
        name: &'static str,
    ) -> Result<()> {
        let mut row = before.clone().into_active_model();
        row.try_set(column::<E>("archived_at")?, self.now.into())?;
        self.update::<E>(before, row, expected, name).await?;
        Ok(())
    }

    /// Takes an archived object back.
    pub async fn restore<E: Record>(
        &self,
        before: &E::Model,
        expected: Precondition,
        name: &'static str,
    ) -> Result<E::Model> {
        let mut row = before.clone().into_active_model();
        row.try_set(column::<E>("archived_at")?, Value::ChronoDateTimeUtc(None))?;
        self.update::<E>(before, row, expected, name).await
    }

    /// Says that something happened to an object without changing its row.
    pub async fn note<E: Record>(&self, row: &E::Model, name: &'static str) -> Result<()> {
        self.record::<E>(row, name, false, serde_json::Map::new()).await
    }

    /// Says that something that belongs to an object changed: each field with its value before and after.
    pub async fn note_changes<E: Record>(
        &self,
        row: &E::Model,
        name: &'static str,
        before: serde_json::Value,
        after: serde_json::Value,
    ) -> Result<()> {
        let changes = event::difference(Some(before), Some(after));
        self.record::<E>(row, name, false, changes).await
    }

    /// Removes an object for good. For what was never in use; all else is archived.
    pub async fn delete<E: Record>(&self, before: &E::Model, expected: Precondition, name: &'static str) -> Result<()> {
        let version = version_of::<E>(before)?;
        expected.check(version)?;
        let delete = Query::delete()
            .from_table(E::default().table_ref())
            .and_where(Expr::col(column::<E>("id")?).eq(id_of::<E>(before)?))
            .and_where(Expr::col(column::<E>("version")?).eq(version))
            .to_owned();
        if self.execute(&delete).await? == 0 {
            return Err(Error::Raced);
        }
        let was = E::audit(before)?;
        let fields = was.as_object().into_iter().flat_map(serde_json::Map::keys);
        let gone = fields.map(|name| (name.clone(), serde_json::Value::Null)).collect();
        let changes = event::difference(Some(was.clone()), Some(serde_json::Value::Object(gone)));
        self.record::<E>(before, name, true, changes).await
    }

    /// Writes a row that is part of an object or kept besides it, and leaves no event of its own.
    pub async fn put<E: Stored>(&self, mut row: E::ActiveModel) -> Result<E::Model>
    where
        E::ActiveModel: ActiveModelTrait<Entity = E>,
    {
        fill_up::<E>(&mut row)?;
        let insert = E::insert(row.clone());
        self.execute(insert.as_query()).await?;
        Ok(row.try_into_model()?)
    }

    /// Writes many rows that are part of objects or kept besides them. Every row sets the same columns.
    pub async fn put_all<E: Stored>(&self, rows: impl IntoIterator<Item = E::ActiveModel>) -> Result<()>
    where
        E::ActiveModel: ActiveModelTrait<Entity = E>,
    {
        let rows: Vec<_> = rows.into_iter().collect();
        for some in rows.chunks(ROWS_AT_ONCE) {
            self.execute(E::insert_many(some.iter().cloned()).as_query()).await?;
        }
        Ok(())
    }

    /// Runs a statement on rows that are part of an object or kept besides it; says how many it changed.
    pub async fn execute<S: StatementBuilder + Sync>(&self, statement: &S) -> Result<u64> {
        match &self.connection {
            TxConnection::Sqlite(connection) => {
                sqlite::execute(connection, &StatementBuilder::build(statement, &DbBackend::Sqlite))
            }
            TxConnection::Postgres(transaction) => Ok(transaction.execute(statement).await?.rows_affected()),
        }
    }

    /// Takes a lock that at most one transaction holds, if it is free. SQLite has one writer anyway.
    pub async fn try_advisory_lock(&self, key: i64) -> Result<bool> {
        match &self.connection {
            TxConnection::Sqlite(_) => Ok(true),
            TxConnection::Postgres(transaction) => {
                let call = Expr::cust_with_values("pg_try_advisory_xact_lock($1)", [key]);
                let row = transaction.query_one(&Query::select().expr(call).to_owned()).await?;
                row.map_or(Ok(false), |row| Ok(row.try_get_by_index(0)?))
            }
        }
    }

    /// Waits for a lock that at most one transaction holds. SQLite has one writer anyway.
    pub async fn advisory_lock(&self, key: i64) -> Result<()> {
        if let TxConnection::Postgres(transaction) = &self.connection {
            let call = Expr::cust_with_values("pg_advisory_xact_lock($1)", [key]).cast_as("text");
            transaction.query_one(&Query::select().expr(call).to_owned()).await?;
        }
        Ok(())
    }
}

/// Sets what is left of a row to null.
pub(super) fn fill_up<E: Stored>(row: &mut E::ActiveModel) -> Result<()>
where
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    for column in E::Column::iter() {
        if row.is_not_set(column) {
            row.try_set(column, null(column.def().get_column_type())?)?;
        }
    }
    Ok(())
}

/// The column of this name; every [`Record`] has those that are asked for here.
pub(super) fn column<E: Stored>(name: &str) -> Result<E::Column> {
    E::Column::from_str(name)
        .map_err(|_| Error::internal(format!("{} has no column {name}", E::default().table_name())))
}

fn differs<E: Record>(before: &E::Model, row: &E::ActiveModel) -> bool {
    E::Column::iter().any(|column| matches!(row.get(column), ActiveValue::Set(value) if value != before.get(column)))
}

/// Whether an object was put aside. What happens to it while it lies there does not bring it back.
pub(super) fn is_archived<E: Record>(row: &E::Model) -> bool {
    E::Column::from_str("archived_at").is_ok_and(|at| row.get(at) != Value::ChronoDateTimeUtc(None))
}

/// The id of an object's row.
pub fn id_of<E: Record>(row: &E::Model) -> Result<Uuid> {
    match row.get(column::<E>("id")?) {
        Value::Uuid(Some(id)) => Ok(id),
        other => Err(Error::internal(format!("an id is a UUID, not {other:?}"))),
    }
}

/// The version of an object's row.
pub fn version_of<E: Record>(row: &E::Model) -> Result<i32> {
    match row.get(column::<E>("version")?) {
        Value::Int(Some(version)) => Ok(version),
        other => Err(Error::internal(format!("a version is an integer, not {other:?}"))),
    }
}
