use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveEnum, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use super::dto::{Competency, CompetencyChanges, CompetencyFilter, CompetencyPage, CompetencySearch, NewCompetency};
use super::entity::link::{self, CompetencyLinkKind};
use super::entity::{ActiveModel, Column, CompetencyKind, Entity, LevelDescriptors, Model};
use super::tree;
use crate::competencies::frameworks::{self, entity as framework};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, Refusal, Result, ResultExt};
use crate::kernel::language::Localized;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::{Patch, set};
use crate::kernel::policy::Access;
use crate::kernel::text::search_text;
use crate::kernel::validation::{self, Fault, Violation};

/// Another competency of the framework has this code.
pub const COMPETENCY_CODE_TAKEN: Refusal = Refusal {
    code: "competency_code_taken",
    status: 409,
    id: "Kode kompetensi ini sudah dipakai dalam kerangka",
    en: "Another competency of the framework has this code",
};

/// Others are part of it.
pub const COMPETENCY_HAS_PARTS: Refusal = Refusal {
    code: "competency_has_parts",
    status: 409,
    id: "Kompetensi masih memuat kompetensi lain",
    en: "Other competencies are still part of this one",
};

/// A unit has five level descriptors or none, anything else has none.
pub const FIVE_LEVELS: Fault = Fault {
    code: "five_levels",
    id: "Unit kompetensi memuat lima uraian level atau tidak sama sekali; selain unit tidak memuatnya",
    en: "A unit has five level descriptors or none; areas and elements have none",
};

/// The greatest place in the reading order.
const LAST_PLACE: i32 = 1_000_000;

const SORTABLE: &Sortable<Entity> = &[("sequence", Column::Sequence), ("code", Column::Code)];

/// Reading order means something within a framework alone.
const ACROSS: &Sortable<Entity> = &[("code", Column::Code)];

/// The competencies this caller may know of: those of the frameworks that they may know of.
pub fn visible(access: &Access) -> Select<Entity> {
    let known = frameworks::service::visible(access, true).select_only().column(framework::Column::Id);
    Entity::find().filter(Column::FrameworkId.in_subquery(known.into_query()))
}

/// Lists a framework's competencies.
pub async fn list(
    db: &Db,
    access: &Access,
    framework_id: Uuid,
    list: &Listing<CompetencyFilter>,
) -> Result<CompetencyPage> {
    frameworks::service::row(db, access, framework_id).await?;
    let rows = Entity::find().filter(Column::FrameworkId.eq(framework_id)).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "sequence").await?;
    Ok(page.map(Competency::from))
}

/// Lists the competencies of every framework that the caller may know of.
pub async fn search(db: &Db, access: &Access, list: &Listing<CompetencySearch>) -> Result<CompetencyPage> {
    let rows = visible(access).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, ACROSS, "code").await?;
    Ok(page.map(Competency::from))
}

/// All competencies of a framework, in reading order.
pub async fn all_of(reader: Reader<'_>, framework_id: Uuid) -> Result<Vec<Model>> {
    let rows = Entity::find()
        .filter(Column::FrameworkId.eq(framework_id))
        .order_by_asc(Column::Sequence)
        .order_by_asc(Column::Id);
    reader.all(rows).await
}

/// Reads a competency.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Competency> {
    db.reader().find(visible(access).filter(Column::Id.eq(id))).await.map(Competency::from)
}

/// What a search looks through.
pub fn searched(code: &str, title: &Localized, statement: Option<&Localized>) -> String {
    let english = |text: &Localized| text.en.clone().unwrap_or_default();
    let statement = statement.map(|text| (text.id.clone(), english(text))).unwrap_or_default();
    search_text(&[code, &title.id, &english(title), &statement.0, &statement.1])
}

/// Whether a competency of this kind may have so many level descriptors.
pub fn descriptors_fit(kind: CompetencyKind, descriptors: &[Localized]) -> bool {
    descriptors.is_empty() || kind == CompetencyKind::Unit && descriptors.len() == 5
}

fn check_descriptors(kind: CompetencyKind, descriptors: &[Localized]) -> Result<()> {
    if descriptors_fit(kind, descriptors) {
        return Ok(());
    }
    Err(Error::invalid(vec![Violation::field("level_descriptors", &FIVE_LEVELS)]))
}

/// Enters a competency in a draft.
pub async fn create(db: &Db, access: &Access, framework_id: Uuid, new: NewCompetency) -> Result<Competency> {
    check_descriptors(new.kind, &new.level_descriptors)?;
    db.create(access, async move |tx: &Tx<'_>| {
        frameworks::service::lock_draft_in(tx, framework_id).await?;
        tree::check_in(tx, framework_id, None, new.kind, new.parent_id).await?;
        let sequence = match new.sequence {
            Some(sequence) => sequence,
            None => next_place(tx, framework_id).await?,
        };
        let row = ActiveModel {
            framework_id: Set(framework_id),
            parent_id: Set(new.parent_id),
            kind: Set(new.kind),
            code: Set(new.code.clone()),
            title: Set(new.title.clone()),
            statement: Set(new.statement.clone()),
            level_descriptors: Set(LevelDescriptors(new.level_descriptors.clone())),
            field: Set(new.field),
            cluster: Set(new.cluster.clone()),
            source: Set(new.source.clone()),
            provisional: Set(new.provisional),
            sequence: Set(sequence),
            search_text: Set(searched(&new.code, &new.title, new.statement.as_ref())),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "competency.created").await;
        row.map(Competency::from).on_duplicate_of("code", COMPETENCY_CODE_TAKEN, "code")
    })
    .await
}

async fn next_place(tx: &Tx<'_>, framework_id: Uuid) -> Result<i32> {
    let last = Entity::find().filter(Column::FrameworkId.eq(framework_id)).order_by_desc(Column::Sequence);
    Ok(tx.reader().one(last).await?.map_or(1, |last| std::cmp::min(last.sequence + 1, LAST_PLACE)))
}

/// The competency, whose framework is a draft and stands still until the transaction ends.
pub async fn lock_in(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    let found = tx.reader().find(visible(tx.access()).filter(Column::Id.eq(id))).await?;
    frameworks::service::lock_draft_in(tx, found.framework_id).await?;
    tx.lock(Entity::find().filter(Column::Id.eq(id))).await
}

/// Changes a competency of a draft.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: CompetencyChanges,
) -> Result<Competency> {
    if let Patch::Set(statement) = &changes.statement {
        let wrong = validation::violations_of(statement, "#/statement");
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
    }
    db.write(access, async move |tx: &Tx<'_>| {
        let before = lock_in(tx, id).await?;
        let changes = changes.clone();
        let kind = changes.kind.unwrap_or(before.kind);
        let parent_id = changes.parent_id.or(before.parent_id);
        check_descriptors(kind, changes.level_descriptors.as_ref().unwrap_or(&before.level_descriptors.0))?;
        if (kind, parent_id) != (before.kind, before.parent_id) {
            tree::check_in(tx, before.framework_id, Some(id), kind, parent_id).await?;
        }
        let mut row = before.clone().into_active_model();
        changes.parent_id.apply(&mut row.parent_id);
        set(&mut row.kind, changes.kind);
        set(&mut row.code, changes.code.clone());
        set(&mut row.title, changes.title.clone());
        let statement = changes.statement.clone().or(before.statement.clone());
        changes.statement.apply(&mut row.statement);
        set(&mut row.level_descriptors, changes.level_descriptors.map(LevelDescriptors));
        changes.field.apply(&mut row.field);
        changes.cluster.apply(&mut row.cluster);
        changes.source.apply(&mut row.source);
        set(&mut row.provisional, changes.provisional);
        set(&mut row.sequence, changes.sequence);
        let (code, title) =
            (changes.code.as_ref().unwrap_or(&before.code), changes.title.as_ref().unwrap_or(&before.title));
        row.search_text = Set(searched(code, title, statement.as_ref()));
        let row = tx.update::<Entity>(&before, row, expected, "competency.updated").await;
        let row = row.on_duplicate_of("code", COMPETENCY_CODE_TAKEN, "code")?;
        if means_something_else(&before, &row) {
            no_longer_the_same_in(tx, id).await?;
        }
        Ok(row.into())
    })
    .await
}

fn means_something_else(before: &Model, after: &Model) -> bool {
    before.title != after.title
        || before.statement != after.statement
        || before.level_descriptors != after.level_descriptors
        || before.kind != after.kind
}

/// What it was an exact match of it now replaces.
async fn no_longer_the_same_in(tx: &Tx<'_>, id: Uuid) -> Result<()> {
    let links = tx.reader().all(link::Entity::find().filter(link::Column::ToId.eq(id))).await?;
    let (same, replacing): (Vec<_>, Vec<_>) =
        links.into_iter().partition(|link| link.kind == CompetencyLinkKind::ExactMatchOf);
    if same.is_empty() {
        return Ok(());
    }
    let delete = Query::delete()
        .from_table(link::Entity)
        .and_where(Expr::col(link::Column::ToId).eq(id))
        .and_where(Expr::col(link::Column::Kind).eq(CompetencyLinkKind::ExactMatchOf.to_value()))
        .to_owned();
    tx.execute(&delete).await?;
    for link in same {
        if replacing.iter().all(|known| known.from_id != link.from_id) {
            let replaced = link::ActiveModel {
                from_id: Set(link.from_id),
                to_id: Set(id),
                kind: Set(CompetencyLinkKind::ReplacedBy),
                framework_id: Set(link.framework_id),
            };
            tx.put::<link::Entity>(replaced).await?;
        }
    }
    Ok(())
}

/// Takes a competency out of a draft.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = lock_in(tx, id).await?;
        if tx.reader().exists(Entity::find().filter(Column::ParentId.eq(id))).await? {
            return Err(COMPETENCY_HAS_PARTS.into());
        }
        let links = Query::delete()
            .from_table(link::Entity)
            .and_where(Expr::col(link::Column::ToId).eq(id).or(Expr::col(link::Column::FromId).eq(id)))
            .to_owned();
        tx.execute(&links).await?;
        tx.delete::<Entity>(&before, expected, "competency.deleted").await
    })
    .await
}
