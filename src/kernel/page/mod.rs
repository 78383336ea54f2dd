//! Lists: filters, sort, and pages by cursor. A page costs the same wherever it stands, and no row is missed or seen twice
//! because others came or went meanwhile.

mod cursor;
mod document;

use std::collections::HashSet;
use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::str::FromStr;

use actix_web::body::BoxBody;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder};
use data_encoding::BASE64URL_NOPAD;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LikeExpr, Order, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub use cursor::{CURSOR_PATTERN, LONGEST_CURSOR, cursor};

use self::cursor::{from_text, open, seal};
use super::db::{Reader, Stored};
use super::error::{Error, INVALID_CURSOR, Result};
use super::http::tagged;
use super::query::{self, wrong};
use super::secret::{Secrets, sha256};
use super::validation::{NOT_SORTABLE, OUT_OF_RANGE, REPEATED, Violation, WRONG_TYPE};

pub use super::query::{AnyOf, OpenName, Query};

/// Rows of a page unless the client says otherwise.
const DEFAULT_LIMIT: u64 = 50;
/// The most rows of a page.
const GREATEST_LIMIT: u64 = 200;
/// The most keys to sort by.
const MOST_SORT_KEYS: usize = 3;
/// How far rows are counted.
const COUNTED: u64 = 10_000;

/// The columns that a list can be sorted by, under their public names. Each needs an index, and never holds null.
pub type Sortable<E> = [(&'static str, <E as EntityTrait>::Column)];

/// What a list request asks for: which rows (`F`, the resource's own filters) and which cut of them.
#[derive(Debug)]
pub struct Listing<F> {
    /// Which rows.
    pub filter: F,
    /// Which cut of them.
    pub cut: Cut,
}

/// Which cut of a list: how many rows, from where, in which order.
#[derive(Clone, Debug, Default)]
pub struct Cut {
    limit: Option<u64>,
    cursor: Option<String>,
    sort: Vec<(String, Order)>,
    include_total: bool,
    /// The other parameters as they came, so that a cursor serves the list that it was made for only.
    scope: String,
}

impl<F: DeserializeOwned + IntoParams + 'static> FromRequest for Listing<F> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::parse(request.query_string()))
    }
}

impl<F: DeserializeOwned + IntoParams + 'static> Listing<F> {
    fn parse(query: &str) -> Result<Self> {
        let mut cut = Cut::default();
        let mut own: Vec<(String, String)> = Vec::new();
        let mut seen = HashSet::new();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()).into_owned() {
            if !seen.insert(name.clone()) {
                return Err(wrong(Violation::parameter(name, &REPEATED)));
            }
            match name.as_str() {
                "limit" => cut.limit = Some(limit(&value)?),
                "cursor" => cut.cursor = Some(cursor(value)?),
                "sort" => cut.sort = sort_keys(&value)?,
                "include_total" => cut.include_total = boolean("include_total", &value)?,
                _ => own.push((name, value)),
            }
        }
        own.sort();
        let filter = query::read(&own)?;
        let sort: Vec<_> = cut.sort.iter().map(|(name, order)| format!("{name}{order:?}")).collect();
        cut.scope = format!("{own:?}{sort:?}");
        Ok(Self { filter, cut })
    }
}

fn limit(value: &str) -> Result<u64> {
    match value.parse() {
        Ok(limit @ 1..=GREATEST_LIMIT) => Ok(limit),
        _ => Err(wrong(Violation::parameter("limit", &OUT_OF_RANGE).with("min", 1).with("max", GREATEST_LIMIT))),
    }
}

fn boolean(name: &str, value: &str) -> Result<bool> {
    value.parse().map_err(|_| wrong(Violation::parameter(name, &WRONG_TYPE).with("expected", "boolean")))
}

fn sort_keys(value: &str) -> Result<Vec<(String, Order)>> {
    let keys: Vec<_> = value
        .split(',')
        .map(|key| match key.strip_prefix('-') {
            Some(name) => (name.to_owned(), Order::Desc),
            None => (key.to_owned(), Order::Asc),
        })
        .collect();
    if keys.len() > MOST_SORT_KEYS {
        return Err(wrong(Violation::parameter("sort", &OUT_OF_RANGE).with("min", 1).with("max", MOST_SORT_KEYS)));
    }
    Ok(keys)
}

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where to go on.
    pub page: PageInfo,
}

/// Where a list goes on.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[schema(example = json!({"next_cursor": null, "prev_cursor": null, "has_more": false, "total": null, "total_is_estimate": false}))]
pub struct PageInfo {
    /// Send it as `cursor` for the rows after these; null at the end.
    #[schema(required, max_length = 2000)]
    pub next_cursor: Option<String>,
    /// Send it as `cursor` for the rows before these; null at the beginning.
    #[schema(required, max_length = 2000)]
    pub prev_cursor: Option<String>,
    /// Whether there are rows after these.
    pub has_more: bool,
    /// How many rows there are in all, with `include_total=true`; else null.
    #[schema(required, minimum = 0, maximum = 10000)]
    pub total: Option<i64>,
    /// Whether there are more than `total` says: rows are counted up to 10,000.
    pub total_is_estimate: bool,
}

impl<T> Page<T> {
    /// The same page with other rows.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), page: self.page }
    }
}

/// Reads a page of a query. `default` sorts where the client does not; `id` breaks ties, so that the order is total.
pub async fn fetch<E: Stored>(
    reader: Reader<'_>,
    secrets: &Secrets,
    select: Select<E>,
    cut: &Cut,
    sortable: &Sortable<E>,
    default: &str,
) -> Result<Page<E::Model>> {
    let list = BASE64URL_NOPAD.encode(&sha256(cut.scope.as_bytes())[..9]);
    let keys = keys::<E>(cut, sortable, default)?;
    let position = cut.cursor.as_deref().map(|cursor| open(secrets, cursor, &list)).transpose()?;
    let back = position.as_ref().is_some_and(|position| position.back);
    let limit = cut.limit.unwrap_or(DEFAULT_LIMIT);
    let total = if cut.include_total { Some(reader.count(select.clone(), COUNTED + 1).await?) } else { None };

    let mut rows = select.limit(limit + 1);
    for (column, order) in &keys {
        rows = rows.order_by(*column, if back { reversed(order) } else { order.clone() });
    }
    if let Some(position) = &position {
        rows = rows.filter(beyond::<E>(&keys, &position.values, back)?);
    }
    let mut items = reader.all(rows).await?;
    let more = items.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        items.pop();
    }
    if back {
        items.reverse();
    }
    let cursor = |row: Option<&E::Model>, back| row.map(|row| seal::<E>(secrets, &keys, row, back, &list)).transpose();
    let (has_next, has_prev) = if back { (true, more) } else { (more, position.is_some()) };
    let counted = i64::try_from(COUNTED).unwrap_or(i64::MAX);
    let page = PageInfo {
        next_cursor: cursor(items.last().filter(|_| has_next), false)?,
        prev_cursor: cursor(items.first().filter(|_| has_prev), true)?,
        has_more: has_next && !items.is_empty(),
        total: total.map(|total| std::cmp::min(total, counted)),
        total_is_estimate: total.is_some_and(|total| total > counted),
    };
    Ok(Page { items, page })
}

type Keys<E> = Vec<(<E as EntityTrait>::Column, Order)>;

fn keys<E: Stored>(cut: &Cut, sortable: &Sortable<E>, default: &str) -> Result<Keys<E>> {
    let asked = if cut.sort.is_empty() { sort_keys(default)? } else { cut.sort.clone() };
    let mut keys: Keys<E> = Vec::new();
    for (name, order) in asked {
        let Some((_, column)) = sortable.iter().find(|(known, _)| *known == name) else {
            let allowed: Vec<_> = sortable.iter().map(|(name, _)| *name).collect();
            return Err(wrong(Violation::parameter("sort", &NOT_SORTABLE).with("allowed", allowed.join(", "))));
        };
        keys.push((*column, order));
    }
    let id = E::Column::from_str("id").map_err(|_| Error::internal("a list is of objects with an id"))?;
    let order = keys.last().map_or(Order::Asc, |(_, order)| order.clone());
    keys.push((id, order));
    Ok(keys)
}

fn reversed(order: &Order) -> Order {
    if matches!(order, Order::Desc) { Order::Asc } else { Order::Desc }
}

/// The rows after (or before) a position: `a > x OR (a = x AND b > y) …`, with `a >= x` in front so that the index begins there.
fn beyond<E: Stored>(keys: &Keys<E>, values: &[String], back: bool) -> Result<Condition> {
    if values.len() != keys.len() {
        return Err(INVALID_CURSOR.into());
    }
    let mut any = Condition::any();
    let mut equal: Vec<SimpleExpr> = Vec::new();
    let mut bound = None;
    for ((column, order), text) in keys.iter().zip(values) {
        let value = from_text(column.def().get_column_type(), text)?;
        let up = matches!(order, Order::Desc) == back;
        let expr = || Expr::col(column.as_column_ref());
        let past = if up { expr().gt(value.clone()) } else { expr().lt(value.clone()) };
        if bound.is_none() {
            bound = Some(if up { expr().gte(value.clone()) } else { expr().lte(value.clone()) });
        }
        let mut all = Condition::all().add(past);
        for same in &equal {
            all = all.add(same.clone());
        }
        any = any.add(all);
        equal.push(expr().eq(value));
    }
    Ok(Condition::all().add_option(bound).add(any))
}

impl<T: Serialize> Responder for Page<T> {
    type Body = BoxBody;

    /// The page with links to its neighbours (RFC 8288).
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let link = |cursor: Option<&str>, relation: &str| {
            let others =
                url::form_urlencoded::parse(request.query_string().as_bytes()).filter(|(name, _)| name != "cursor");
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(others);
            if let Some(cursor) = cursor {
                query.append_pair("cursor", cursor);
            }
            format!("<{}?{}>; rel=\"{relation}\"", request.path(), query.finish())
        };
        let mut links = vec![link(None, "first")];
        links.extend(self.page.next_cursor.as_deref().map(|cursor| link(Some(cursor), "next")));
        links.extend(self.page.prev_cursor.as_deref().map(|cursor| link(Some(cursor), "prev")));
        match serde_json::to_vec(&self) {
            Ok(body) => {
                let mut answer = tagged(request, None, body, "application/json");
                if let Ok(value) = header::HeaderValue::from_str(&links.join(", ")) {
                    answer.headers_mut().insert(header::LINK, value);
                }
                answer
            }
            Err(error) => HttpResponse::from_error(Error::internal(error)),
        }
    }
}

/// A filter for lists that have none of their own.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct NoFilter {
    #[serde(skip)]
    #[param(ignore)]
    _nothing: PhantomData<()>,
}

/// A column of normalised text that holds these words.
pub fn matches<C: ColumnTrait>(column: C, words: &str) -> SimpleExpr {
    Expr::col(column.as_column_ref()).like(LikeExpr::new(super::text::like_pattern(words)).escape('\\'))
}
