use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::dto::{CaseListQuery, CaseOrder, CaseSort, CaseVersion};
use super::package::{Whole, document};
use super::read::{self, ITEM_TYPES};
use super::render::{Renderer, value};
use crate::competencies::frameworks::entity::{Column, Entity, FrameworkStatus, Model};
use crate::competencies::items::entity as competency;
use crate::kernel::db::Db;
use crate::kernel::error::{NOT_FOUND, Result};

/// How many frameworks are counted.
const COUNTED: u64 = 100_000;

/// What the world may read: frameworks in use, and those that were.
fn public() -> Select<Entity> {
    Entity::find().filter(Column::Status.ne(FrameworkStatus::Draft)).filter(Column::ArchivedAt.is_null())
}

/// Lists frameworks; with how many there are in all.
pub async fn documents(
    db: &Db,
    renderer: &Renderer,
    version: CaseVersion,
    query: &CaseListQuery,
) -> Result<(Value, i64)> {
    let column = match query.sort {
        Some(CaseSort::Title) => Column::SearchText,
        Some(CaseSort::LastChangeDateTime) => Column::UpdatedAt,
        Some(CaseSort::Identifier) | None => Column::Id,
    };
    let order = if query.order_by == Some(CaseOrder::Desc) { Order::Desc } else { Order::Asc };
    let rows = public()
        .order_by(column, order)
        .order_by_asc(Column::Id)
        .offset(query.offset.unwrap_or(0))
        .limit(query.limit.unwrap_or(100));
    let rows = db.reader().all(rows).await?;
    let documents = rows.iter().map(|row| document(renderer, row, version)).collect::<Result<Vec<_>>>()?;
    Ok((json!({"CFDocuments": documents}), db.reader().count(public(), COUNTED).await?))
}

async fn framework(db: &Db, id: Uuid) -> Result<Model> {
    db.reader().find(public().filter(Column::Id.eq(id))).await
}

/// Reads a framework without its content.
pub async fn one_document(db: &Db, renderer: &Renderer, version: CaseVersion, id: Uuid) -> Result<Value> {
    document(renderer, &framework(db, id).await?, version)
}

/// Reads all of a framework.
pub async fn package(db: &Db, renderer: &Renderer, version: CaseVersion, id: Uuid) -> Result<Value> {
    Whole::of(db.reader(), framework(db, id).await?).await?.package(renderer, version)
}

async fn with_item(db: &Db, id: Uuid) -> Result<(Whole, competency::Model)> {
    let row = db.reader().find(competency::Entity::find().filter(competency::Column::Id.eq(id))).await?;
    let whole = Whole::of(db.reader(), framework(db, row.framework_id).await?).await?;
    Ok((whole, row))
}

fn of_document(mut object: Value, whole: &Whole, renderer: &Renderer) -> Result<Value> {
    if let Some(fields) = object.as_object_mut() {
        fields.insert("CFDocumentURI".to_owned(), value(renderer.document_link(&whole.document))?);
    }
    Ok(object)
}

/// Reads a competency.
pub async fn item(db: &Db, renderer: &Renderer, id: Uuid) -> Result<Value> {
    let (whole, row) = with_item(db, id).await?;
    of_document(whole.item(renderer, &row)?, &whole, renderer)
}

/// Reads a competency with its associations.
pub async fn item_associations(db: &Db, renderer: &Renderer, id: Uuid) -> Result<Value> {
    let (whole, row) = with_item(db, id).await?;
    let own = whole.associations(renderer)?.into_iter().filter(|raw| {
        read::association(raw).is_some_and(|association| association.origin == id || association.destination == id)
    });
    let own = own.map(|raw| of_document(raw, &whole, renderer)).collect::<Result<Vec<_>>>()?;
    let item = of_document(whole.item(renderer, &row)?, &whole, renderer)?;
    Ok(json!({"CFItem": item, "CFAssociations": own}))
}

/// Everything that the world may read, whole. There are few frameworks, and none is large.
async fn every(db: &Db) -> Result<Vec<Whole>> {
    let mut all = Vec::new();
    for row in db.reader().all(public().order_by_asc(Column::Id)).await? {
        all.push(Whole::of(db.reader(), row).await?);
    }
    Ok(all)
}

/// Reads an association.
pub async fn association(db: &Db, renderer: &Renderer, id: Uuid) -> Result<Value> {
    for whole in every(db).await? {
        let found = whole.associations(renderer)?.into_iter().find(|raw| read::id(raw) == Some(id));
        if let Some(found) = found {
            return of_document(found, &whole, renderer);
        }
    }
    Err(NOT_FOUND.into())
}

/// Reads a rubric.
pub async fn rubric(db: &Db, renderer: &Renderer, id: Uuid) -> Result<Value> {
    for whole in every(db).await? {
        let rubrics = whole.rubrics(renderer)?;
        let found = rubrics.iter().filter_map(Value::as_array).flatten().find(|raw| read::id(raw) == Some(id));
        if let Some(found) = found {
            return Ok(found.clone());
        }
    }
    Err(NOT_FOUND.into())
}

/// Reads a definition of a framework: an item type, a subject, a concept, a licence.
pub async fn definition(db: &Db, renderer: &Renderer, collection: &str, id: Uuid) -> Result<Value> {
    if collection == "CFItemTypes" {
        let own = ITEM_TYPES.iter().map(|(kind, _)| renderer.item_type(*kind)).find(|own| own.identifier == id);
        if let Some(own) = own {
            return value(own);
        }
    }
    for whole in every(db).await? {
        let definitions = whole.definitions(renderer)?.unwrap_or_else(|| Value::Object(Map::new()));
        if let Some(found) = read::list(&definitions, collection).iter().find(|raw| read::id(raw) == Some(id)) {
            return Ok(found.clone());
        }
    }
    Err(NOT_FOUND.into())
}
