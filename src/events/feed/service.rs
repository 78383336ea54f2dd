use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::cursor;
use super::dto::{FeedEvent, FeedEventPage, FeedQuery};
use crate::kernel::db::Db;
use crate::kernel::error::{CURSOR_EXPIRED, Result};
use crate::kernel::event::{Column, Entity, Readers};
use crate::kernel::page::{self, OpenName, Page, PageInfo};
use crate::kernel::policy::{Access, Reach};
use crate::staff::reach;

/// Events of a page unless the client says otherwise.
const DEFAULT_LIMIT: u32 = 50;

/// The events that this caller may learn of; every query of this file starts here.
fn visible(db: &Db, access: &Access) -> Condition {
    if access.reach() == Reach::All {
        return Condition::all();
    }
    let person = reach::within(access, Column::PersonId, db.today());
    Condition::any()
        .add(Column::Readers.eq(Readers::Everyone))
        .add(Condition::all().add(Column::Readers.eq(Readers::Person)).add(person))
}

/// The first and the last number that the log holds now.
async fn extent(db: &Db) -> Result<Option<(i64, i64)>> {
    let seq = || Expr::col(Column::Seq);
    let ends = Query::select().expr(seq().min()).expr(seq().max()).from(Entity).to_owned();
    let ends = db.reader().rows(&ends, |row| Ok(row.get::<Option<i64>>(0)?.zip(row.get::<Option<i64>>(1)?))).await?;
    Ok(ends.into_iter().next().flatten())
}

/// A page of the feed.
pub async fn list(db: &Db, access: &Access, query: FeedQuery) -> Result<FeedEventPage> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let kinds: Vec<_> =
        query.types.map_or_else(Vec::new, |types| types.0.into_iter().map(|OpenName(kind)| kind).collect());
    let secrets = &db.context().secrets;
    let after = query.cursor.map(|given| cursor::open(secrets, &page::cursor(given)?, &kinds)).transpose()?;
    let (first, last) = extent(db).await?.unwrap_or((1, 0));
    if after.is_some_and(|after| after + 1 < first) {
        return Err(CURSOR_EXPIRED.into());
    }
    let after = after.unwrap_or(first - 1);
    // What is numbered after this look belongs to the next page: the cursor of this one must not pass it by.
    let mut rows = Entity::find()
        .filter(Column::Seq.gt(after))
        .filter(Column::Seq.lte(last))
        .filter(visible(db, access))
        .order_by_asc(Column::Seq)
        .limit(u64::from(limit) + 1);
    if !kinds.is_empty() {
        rows = rows.filter(Column::SubjectKind.is_in(kinds.iter().map(String::as_str)));
    }
    let mut items = db.reader().all(rows).await?;
    let has_more = items.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    items.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let reached =
        if has_more { items.last().and_then(|event| event.seq).unwrap_or(after) } else { std::cmp::max(last, after) };
    let info = PageInfo { next_cursor: Some(cursor::seal(secrets, reached, &kinds)), has_more, ..PageInfo::default() };
    Ok(Page { items: items.into_iter().map(FeedEvent::from).collect(), page: info })
}
