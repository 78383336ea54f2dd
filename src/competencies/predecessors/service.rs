use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, Select};
use serde_json::{Value, json};
use uuid::Uuid;

use super::dto::{CompetencyLinkKind, NewPredecessor, Predecessor, Predecessors};
use crate::competencies::frameworks::entity::{self as framework, FrameworkStatus};
use crate::competencies::items::entity::{self as competency, link};
use crate::competencies::items::service as items;
use crate::kernel::db::{Db, Reader, Tx};
use crate::kernel::error::{NOT_FOUND, Refusal, Result};
use crate::kernel::policy::Access;

/// The other is not one whose place a competency can take.
pub const NOT_A_PREDECESSOR: Refusal = Refusal {
    code: "not_a_predecessor",
    status: 409,
    id: "Yang digantikan harus kompetensi sejenis dari kerangka lain yang sudah diterbitkan",
    en: "A predecessor is a competency of the same kind from another framework that was published",
};

/// The links that name this competency as successor: what it replaces, and what either side says is the same.
fn links_of(id: Uuid) -> Select<link::Entity> {
    let same = link::Column::FromId.eq(id).and(link::Column::Kind.eq(CompetencyLinkKind::ExactMatchOf));
    link::Entity::find().filter(Condition::any().add(link::Column::ToId.eq(id)).add(same))
}

fn strongest(known: Option<CompetencyLinkKind>, other: CompetencyLinkKind) -> CompetencyLinkKind {
    if known == Some(CompetencyLinkKind::ExactMatchOf) { CompetencyLinkKind::ExactMatchOf } else { other }
}

/// Lists what a competency takes the place of.
pub async fn list(db: &Db, access: &Access, id: Uuid) -> Result<Predecessors> {
    items::read(db, access, id).await?;
    let mut kinds: HashMap<Uuid, CompetencyLinkKind> = HashMap::new();
    for link in db.reader().all(links_of(id)).await? {
        let other = if link.to_id == id { link.from_id } else { link.to_id };
        let kind = strongest(kinds.get(&other).copied(), link.kind);
        kinds.insert(other, kind);
    }
    let rows = items::visible(access).filter(competency::Column::Id.is_in(kinds.keys().copied()));
    let rows = db.reader().all(rows).await?;
    let named = rows.into_iter().filter_map(|row| kinds.get(&row.id).map(|kind| Predecessor::of(row, *kind)));
    let mut items: Vec<_> = named.collect();
    items.sort_by(|one, other| (&one.code, one.competency_id).cmp(&(&other.code, other.competency_id)));
    Ok(Predecessors { items })
}

/// Says that a competency of a draft takes the place of another.
pub async fn link(
    db: &Db,
    access: &Access,
    id: Uuid,
    predecessor_id: Uuid,
    new: NewPredecessor,
) -> Result<Predecessor> {
    db.write(access, async move |tx: &Tx<'_>| {
        let row = items::lock_in(tx, id).await?;
        let other = items::visible(tx.access()).filter(competency::Column::Id.eq(predecessor_id));
        let other = tx.reader().find(other).await?;
        let origin = framework::Entity::find()
            .filter(framework::Column::Id.eq(other.framework_id))
            .filter(framework::Column::Status.ne(FrameworkStatus::Draft));
        let published = tx.reader().exists(origin).await?;
        if !published || other.framework_id == row.framework_id || other.kind != row.kind {
            return Err(NOT_A_PREDECESSOR.into());
        }
        let before = between(tx, id, predecessor_id).await?;
        if before.as_slice() != [new.link] {
            cut_in(tx, id, predecessor_id).await?;
            let link = link::ActiveModel {
                from_id: Set(predecessor_id),
                to_id: Set(id),
                kind: Set(new.link),
                framework_id: Set(row.framework_id),
            };
            tx.put::<link::Entity>(link).await?;
            let (before, after) = (told(predecessor_id, &before), told(predecessor_id, &[new.link]));
            tx.note_changes::<competency::Entity>(&row, "competency.predecessor_linked", before, after).await?;
        }
        Ok(Predecessor::of(other, new.link))
    })
    .await
}

/// Takes a link away.
pub async fn unlink(db: &Db, access: &Access, id: Uuid, predecessor_id: Uuid) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let row = items::lock_in(tx, id).await?;
        let before = between(tx, id, predecessor_id).await?;
        if before.is_empty() {
            return Err(NOT_FOUND.into());
        }
        cut_in(tx, id, predecessor_id).await?;
        let (before, after) = (told(predecessor_id, &before), told(predecessor_id, &[]));
        tx.note_changes::<competency::Entity>(&row, "competency.predecessor_unlinked", before, after).await
    })
    .await
}

async fn between(tx: &Tx<'_>, id: Uuid, predecessor_id: Uuid) -> Result<Vec<CompetencyLinkKind>> {
    let links = tx.reader().all(links_of(id)).await?;
    let of_both = links.into_iter().filter(|link| link.from_id == predecessor_id || link.to_id == predecessor_id);
    Ok(of_both.map(|link| link.kind).collect())
}

async fn cut_in(tx: &Tx<'_>, id: Uuid, predecessor_id: Uuid) -> Result<()> {
    let both =
        |from: Uuid, to: Uuid| Expr::col(link::Column::FromId).eq(from).and(Expr::col(link::Column::ToId).eq(to));
    let delete = Query::delete()
        .from_table(link::Entity)
        .cond_where(Condition::any().add(both(predecessor_id, id)).add(both(id, predecessor_id)))
        .to_owned();
    tx.execute(&delete).await.map(|_| ())
}

fn told(predecessor_id: Uuid, links: &[CompetencyLinkKind]) -> Value {
    json!({"predecessor": links.first().map(|link| json!({"competency_id": predecessor_id, "link": link}))})
}

/// For each competency of one framework those of another that take its place, and how.
pub type Successors = BTreeMap<Uuid, BTreeMap<Uuid, CompetencyLinkKind>>;

/// The successors, in a new framework, of the competencies of an old one; both ends are among these rows.
pub async fn successors(
    reader: Reader<'_>,
    old: &[competency::Model],
    new: &[competency::Model],
) -> Result<Successors> {
    let frameworks: HashSet<Uuid> = old.iter().chain(new).map(|row| row.framework_id).collect();
    let links = reader.all(link::Entity::find().filter(link::Column::FrameworkId.is_in(frameworks))).await?;
    let (old, new): (HashSet<Uuid>, HashSet<Uuid>) =
        (old.iter().map(|row| row.id).collect(), new.iter().map(|row| row.id).collect());
    let mut successors = Successors::new();
    for link in links {
        let backwards = link.kind == CompetencyLinkKind::ExactMatchOf && new.contains(&link.from_id);
        let (from, to) = if backwards { (link.to_id, link.from_id) } else { (link.from_id, link.to_id) };
        if old.contains(&from) && new.contains(&to) {
            let of = successors.entry(from).or_default();
            let kind = strongest(of.get(&to).copied(), link.kind);
            of.insert(to, kind);
        }
    }
    Ok(successors)
}
