use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::dto::{SiasnCourse, SiasnExport, SiasnExportPage, SiasnFilter};
use crate::credits::entries::entity::{Column, Entity, EntryKind, Model};
use crate::kernel::csv;
use crate::kernel::db::Db;
use crate::kernel::error::{Error, INVALID_PARAMETER, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::validation::{OUT_OF_RANGE, Violation};
use crate::settings::library_settings::entity as library;
use crate::settings::training_types::entity as training_type;
use crate::staff::librarians::entity::{self as librarian, EmploymentKind};

/// How many rows of a table are read at once.
const AT_ONCE: u64 = 2_000;

const SORTABLE: &Sortable<Entity> = &[("counted_on", Column::CountedOn)];

/// Credit of civil servants that ended in a year and stands.
fn standing(year: i32) -> Result<Select<Entity>> {
    let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).filter(|_| (1900..=3000).contains(&year));
    let (Some(from), Some(until)) = (first(year), first(year.saturating_add(1))) else {
        let violation = Violation::parameter("year", &OUT_OF_RANGE).with("min", 1900).with("max", 2999);
        return Err(INVALID_PARAMETER.at(violation));
    };
    let taken_back = Entity::find()
        .select_only()
        .column(Column::ReversalOf)
        .filter(Column::Kind.eq(EntryKind::Reversal))
        .filter(Column::CountedOn.gte(from))
        .filter(Column::CountedOn.lt(until))
        .into_query();
    let others = librarian::Entity::find()
        .select_only()
        .column(librarian::Column::Id)
        .filter(librarian::Column::EmploymentKind.eq(EmploymentKind::NonAsn))
        .into_query();
    Ok(Entity::find()
        .filter(Column::Kind.eq(EntryKind::Credit))
        .filter(Column::CountedOn.gte(from))
        .filter(Column::CountedOn.lt(until))
        .filter(Column::Id.not_in_subquery(taken_back))
        .filter(Column::LibrarianId.not_in_subquery(others)))
}

/// Lists what SIASN would be sent.
pub async fn list(db: &Db, list: &Listing<SiasnFilter>) -> Result<SiasnExportPage> {
    let rows = standing(list.filter.year)?;
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "counted_on").await?;
    let items = exports(db, page.items).await?;
    Ok(page::Page { items, page: page.page })
}

/// The complete ones as a table.
pub async fn table(db: &Db, filter: SiasnFilter) -> Result<Vec<u8>> {
    let mut rows = Vec::new();
    let mut after: Option<(NaiveDate, Uuid)> = None;
    loop {
        let mut next = standing(filter.year)?.order_by_asc(Column::CountedOn).order_by_asc(Column::Id).limit(AT_ONCE);
        if let Some((day, id)) = after {
            let later = Column::CountedOn.gt(day).or(Column::CountedOn.eq(day).and(Column::Id.gt(id)));
            next = next.filter(Column::CountedOn.gte(day)).filter(later);
        }
        let entries = db.reader().all(next).await?;
        after = entries.last().map(|entry| (entry.counted_on, entry.id));
        let exported = exports(db, entries).await?;
        if exported.is_empty() {
            return csv::write(&SiasnCourse::COLUMNS, rows);
        }
        rows.extend(exported.into_iter().filter(|export| export.is_complete).map(|export| export.course.cells()));
    }
}

async fn exports(db: &Db, entries: Vec<Model>) -> Result<Vec<SiasnExport>> {
    let reader = db.reader();
    let library = reader.find(library::Entity::find()).await?;
    let mut ids: Vec<Uuid> = entries.iter().map(|entry| entry.librarian_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let people = reader.all(librarian::Entity::find().filter(librarian::Column::Id.is_in(ids))).await?;
    let people: HashMap<Uuid, _> = people.into_iter().map(|person| (person.id, person)).collect();
    let types = reader.all(training_type::Entity::find()).await?;
    let types: HashMap<Uuid, _> = types.into_iter().map(|kind| (kind.id, kind)).collect();
    let exports = entries.into_iter().map(|entry| {
        let kind = types.get(&entry.training_type_id);
        let kind = kind.ok_or_else(|| Error::internal("credit is of a type that is not there"))?;
        let person = people.get(&entry.librarian_id);
        Ok(SiasnExport::of(entry, person, kind, &library))
    });
    exports.collect()
}
