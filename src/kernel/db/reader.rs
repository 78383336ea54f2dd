//! Reading: the same words in and outside a transaction, on both databases.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rusqlite::Connection;
use sea_orm::sea_query::{Alias, ColumnType, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, EntityTrait,
    Iterable, QuerySelect, QueryTrait, Select, Statement, StatementBuilder, TryIntoModel,
};

use super::sqlite::{self, Sqlite};
use super::value::{Row, decode};
use crate::kernel::error::{Error, NOT_FOUND, Result};

/// An entity as the kernel handles it; every SeaORM entity of ours is one.
pub trait Stored:
    EntityTrait<
        Model: Send + Sync + 'static,
        ActiveModel: TryIntoModel<<Self as EntityTrait>::Model> + Default + Send + 'static,
        Column: Send + Sync + 'static,
    >
{
}

impl<E> Stored for E
where
    E: EntityTrait,
    E::Model: Send + Sync + 'static,
    E::ActiveModel: TryIntoModel<E::Model> + Default + Send + 'static,
    E::Column: Send + Sync + 'static,
{
}

/// Where rows are read from. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Reader<'a>(pub(super) Source<'a>);

#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// SQLite, on the connection of this thread.
    Lane(&'a Sqlite),
    /// SQLite, inside the writer's transaction.
    Writer(&'a Connection),
    /// PostgreSQL, any connection.
    Pool(&'a DatabaseConnection),
    /// PostgreSQL, inside a transaction.
    Transaction(&'a DatabaseTransaction),
}

impl Reader<'_> {
    /// Every row of a query. Bound it: a list without a limit belongs to a report with a known size.
    pub async fn all<E: Stored>(self, select: Select<E>) -> Result<Vec<E::Model>> {
        match self.0 {
            Source::Lane(sqlite) => {
                let statement = select.build(DbBackend::Sqlite);
                sqlite.read(move |connection| models::<E>(connection, &statement)).await
            }
            Source::Writer(connection) => models::<E>(connection, &select.build(DbBackend::Sqlite)),
            Source::Pool(pool) => Ok(select.all(pool).await?),
            Source::Transaction(transaction) => Ok(select.all(transaction).await?),
        }
    }

    /// The first row of a query, if it has one.
    pub async fn one<E: Stored>(self, select: Select<E>) -> Result<Option<E::Model>> {
        Ok(self.all(select.limit(1)).await?.into_iter().next())
    }

    /// The first row of a query, else 404.
    pub async fn find<E: Stored>(self, select: Select<E>) -> Result<E::Model> {
        self.one(select).await?.ok_or_else(|| NOT_FOUND.into())
    }

    /// How many rows a query has, counted up to `most`.
    pub async fn count<E: Stored>(self, select: Select<E>, most: u64) -> Result<i64> {
        let inner = select.select_only().expr(Expr::val(1)).limit(most).into_query();
        let counted = Query::select()
            .expr(Expr::col(sea_orm::sea_query::Asterisk).count())
            .from_subquery(inner, Alias::new("counted"))
            .to_owned();
        let rows = self.rows(&counted, |row| row.get::<i64>(0)).await?;
        Ok(rows.into_iter().next().unwrap_or_default())
    }

    /// Whether a query has a row.
    pub async fn exists<E: Stored>(self, select: Select<E>) -> Result<bool> {
        Ok(self.count(select, 1).await? > 0)
    }

    /// The rows of a report: any columns, each read by its place.
    pub async fn rows<T, F>(self, select: &SelectStatement, take: F) -> Result<Vec<T>>
    where
        T: Send + 'static,
        F: Fn(Row<'_>) -> Result<T> + Send + 'static,
    {
        match self.0 {
            Source::Lane(sqlite) => {
                let statement = StatementBuilder::build(select, &DbBackend::Sqlite);
                sqlite.read(move |connection| reported(connection, &statement, &take)).await
            }
            source => source.rows_in_place(select, &take).await,
        }
    }

    /// The rows of a report that is known to be heavy: it keeps no thread from serving others.
    pub async fn heavy_rows<T, F>(self, select: &SelectStatement, take: F) -> Result<Vec<T>>
    where
        T: Send + 'static,
        F: Fn(Row<'_>) -> Result<T> + Send + 'static,
    {
        match self.0 {
            Source::Lane(sqlite) => {
                let statement = StatementBuilder::build(select, &DbBackend::Sqlite);
                sqlite.read_slowly(move |connection| reported(connection, &statement, &take)).await
            }
            source => source.rows_in_place(select, &take).await,
        }
    }
}

impl Source<'_> {
    async fn rows_in_place<T>(self, select: &SelectStatement, take: &impl Fn(Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        let rows = match self {
            Self::Lane(_) => return Err(Error::internal("a lane hands its rows over")),
            Self::Writer(connection) => {
                return reported(connection, &StatementBuilder::build(select, &DbBackend::Sqlite), take);
            }
            Self::Pool(pool) => pool.query_all(select).await?,
            Self::Transaction(transaction) => transaction.query_all(select).await?,
        };
        rows.iter().map(|row| take(Row::Postgres(row))).collect()
    }
}

fn reported<T>(connection: &Connection, statement: &Statement, take: &impl Fn(Row<'_>) -> Result<T>) -> Result<Vec<T>> {
    sqlite::query(connection, statement, |row| take(Row::Sqlite(row)))
}

/// The columns of an entity in their order, each with its type.
type Columns<E> = Rc<[(<E as EntityTrait>::Column, ColumnType)]>;

thread_local! {
    /// The columns of the entities that were read on this thread. They never change, and spelling them out costs as much as a row.
    static COLUMNS: RefCell<HashMap<TypeId, Rc<dyn Any>>> = RefCell::default();
}

fn columns_of<E: Stored>() -> Columns<E> {
    let known = COLUMNS.with_borrow(|known| known.get(&TypeId::of::<E>()).and_then(|any| any.downcast_ref().cloned()));
    known.unwrap_or_else(|| {
        let columns: Columns<E> =
            E::Column::iter().map(|column| (column, column.def().get_column_type().to_owned())).collect();
        COLUMNS.with_borrow_mut(|known| known.insert(TypeId::of::<E>(), Rc::new(Rc::clone(&columns))));
        columns
    })
}

fn models<E: Stored>(connection: &Connection, statement: &Statement) -> Result<Vec<E::Model>> {
    let columns = columns_of::<E>();
    sqlite::query(connection, statement, |row| {
        let mut model = <E::ActiveModel as Default>::default();
        for (index, (column, kind)) in columns.iter().enumerate() {
            model.try_set(*column, decode(row.get_ref(index)?, kind)?)?;
        }
        Ok(model.try_into_model()?)
    })
}
