use std::collections::HashSet;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::content::{NewProgramme, ProgrammeChanges};
use super::dto::{Programme, ProgrammeFilter, ProgrammePage};
use super::entity::{ActiveModel, Column, Entity, Model, ProgrammeStatus, target};
use crate::competencies::aims::{CompetencyAim, not_among, plannable_among};
use crate::competencies::frameworks::entity::{self as framework, FrameworkStatus};
use crate::competencies::items::entity as competency;
use crate::kernel::db::{Db, Precondition, Reader, Stored, Tx};
use crate::kernel::error::{Error, IN_USE, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::hook::{Change, Hook};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, NO_SUCH_OBJECT, NOT_VALID, REQUIRED, Violation};
use crate::programmes::outcome::unknown_person;
use crate::staff::positions::entity as position;
use crate::staff::units::entity as unit;

/// It is over.
pub const PROGRAMME_CLOSED: Refusal = Refusal {
    code: "programme_closed",
    status: 409,
    id: "Program yang sudah ditutup tidak dapat diubah dan tidak menerima kegiatan atau tonggak baru",
    en: "A programme that is closed can no longer change, and takes no new activity or milestone",
};

/// A framework at which a programme aims stays.
pub const KEEP_FRAMEWORKS: Hook = Hook { subject_kind: "framework", run: keep_framework };

const SORTABLE: &Sortable<Entity> =
    &[("year", Column::Year), ("title", Column::Title), ("created_at", Column::CreatedAt)];

/// The programmes this caller may know of; every query starts here. Drafts are for admins.
pub fn visible(access: &Access, include_archived: bool) -> Select<Entity> {
    let rows = Entity::find();
    if !access.is_admin() {
        rows.filter(Column::ArchivedAt.is_null()).filter(Column::Status.ne(ProgrammeStatus::Draft))
    } else if include_archived {
        rows
    } else {
        rows.filter(Column::ArchivedAt.is_null())
    }
}

/// The ids of the programmes this caller may know of, as a sub-query for what belongs to them.
pub fn visible_ids(access: &Access) -> SelectStatement {
    visible(access, true).select_only().column(Column::Id).into_query()
}

/// A programme by its id.
pub fn one(access: &Access, id: Uuid) -> Select<Entity> {
    visible(access, true).filter(Column::Id.eq(id))
}

/// The programme to which something is added, kept from being closed until this transaction ends; `field` names it.
pub async fn hold_open_in(tx: &Tx<'_>, id: Uuid, field: &str) -> Result<Model> {
    let found = tx.lock_all(Entity::find().filter(Column::Id.eq(id)).filter(Column::ArchivedAt.is_null())).await?;
    match found.into_iter().next() {
        None => Err(Error::invalid(vec![Violation::field(field, &NO_SUCH_OBJECT)])),
        Some(row) if row.is_open() => Ok(row),
        Some(_) => Err(PROGRAMME_CLOSED.at(Violation::field(field, &NOT_VALID))),
    }
}

/// Lists programmes.
pub async fn list(db: &Db, access: &Access, list: &Listing<ProgrammeFilter>) -> Result<ProgrammePage> {
    let rows = visible(access, list.filter.include_archived).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-year").await?;
    Ok(page.map(|row| Programme::seen(row, access)))
}

/// Reads a programme.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Programme> {
    db.reader().find(one(access, id)).await.map(|row| Programme::seen(row, access))
}

/// Enters a programme, as a draft.
pub async fn create(db: &Db, access: &Access, new: NewProgramme) -> Result<Programme> {
    db.create(access, async move |tx: &Tx<'_>| {
        check_in(tx, &new, None).await?;
        let row = create_in(tx, &new, None).await?;
        Ok(Programme::seen(row, tx.access()))
    })
    .await
}

/// Enters a draft whose content was checked, perhaps as a copy.
pub async fn create_in(tx: &Tx<'_>, new: &NewProgramme, copied_from_id: Option<Uuid>) -> Result<Model> {
    let mut row =
        ActiveModel { copied_from_id: Set(copied_from_id), status: Set(ProgrammeStatus::Draft), ..Default::default() };
    new.write(&mut row);
    let row = tx.insert::<Entity>(row, "programme.created").await?;
    index_in(tx, &row).await?;
    Ok(row)
}

/// Changes a programme until it is closed.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: ProgrammeChanges,
) -> Result<Programme> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        expected.check(before.version)?;
        if !before.is_open() {
            return Err(PROGRAMME_CLOSED.into());
        }
        let content = changes.clone().onto(&before);
        validation::check(&content)?;
        check_in(tx, &content, Some(&before)).await?;
        if before.status == ProgrammeStatus::Active {
            check_under_way(&before, &content)?;
        }
        let mut row = before.clone().into_active_model();
        content.write(&mut row);
        let row = tx.update::<Entity>(&before, row, expected, "programme.updated").await?;
        if row.targets != before.targets {
            index_in(tx, &row).await?;
        }
        Ok(Programme::seen(row, tx.access()))
    })
    .await
}

/// What is under way keeps its year, and somebody who answers for it.
fn check_under_way(before: &Model, content: &NewProgramme) -> Result<()> {
    let mut wrong = Vec::new();
    if content.year != before.year {
        wrong.push(Violation::field("year", &NOT_VALID));
    }
    if content.responsible_id.is_none() {
        wrong.push(Violation::field("responsible_id", &REQUIRED));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid(wrong)) }
}

/// Writes what the programme is found by.
async fn index_in(tx: &Tx<'_>, row: &Model) -> Result<()> {
    let mut old = Query::delete();
    old.from_table(target::Entity).and_where(Expr::col(target::Column::ProgrammeId).eq(row.id));
    tx.execute(&old).await?;
    let aims = row.targets.0.iter().map(|aim| target::ActiveModel {
        programme_id: Set(row.id),
        competency_id: Set(aim.competency_id),
        level: Set(aim.level),
    });
    tx.put_all::<target::Entity>(aims).await
}

/// Whether what the content refers to exists; all mistakes at once. What the programme aims at already may stay, whatever
/// becomes of its framework.
async fn check_in(tx: &Tx<'_>, content: &NewProgramme, before: Option<&Model>) -> Result<()> {
    let reader = tx.reader();
    hold_drafts_in(tx, &content.targets).await?;
    let mut plannable = plannable_among(reader, content.targets.iter().map(|aim| aim.competency_id)).await?;
    plannable.extend(before.into_iter().flat_map(|row| &row.targets.0).map(|aim| aim.competency_id));
    let mut wrong = not_among(&plannable, &content.targets, "targets");
    let group = &content.target_group;
    let units = unit::Entity::find().filter(unit::Column::Id.is_in(group.unit_ids.iter().copied()));
    wrong.extend(unknown(reader, units, |row| row.id, &group.unit_ids, "unit_ids").await?);
    let positions = position::Entity::find().filter(position::Column::Id.is_in(group.position_ids.iter().copied()));
    wrong.extend(unknown(reader, positions, |row| row.id, &group.position_ids, "position_ids").await?);
    wrong.extend(unknown_person(reader, content.responsible_id, "responsible_id").await?);
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid(wrong)) }
}

async fn unknown<E: Stored>(
    reader: Reader<'_>,
    rows: Select<E>,
    id: impl Fn(&E::Model) -> Uuid,
    ids: &[Uuid],
    field: &str,
) -> Result<Vec<Violation>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let known: HashSet<Uuid> = reader.all(rows).await?.iter().map(id).collect();
    let unknown = ids.iter().enumerate().filter(|(_, id)| !known.contains(id));
    let place = |index| format!("#/target_group/{field}/{index}");
    Ok(unknown.map(|(index, _)| Violation::pointer(place(index), &NO_SUCH_OBJECT)).collect())
}

/// Keeps frameworks that are still being written from being put aside meanwhile. Who puts one aside waits here.
async fn hold_drafts_in(tx: &Tx<'_>, aims: &[CompetencyAim]) -> Result<()> {
    if aims.is_empty() {
        return Ok(());
    }
    let meant = competency::Entity::find()
        .filter(competency::Column::Id.is_in(aims.iter().map(|aim| aim.competency_id)))
        .select_only()
        .column(competency::Column::FrameworkId)
        .into_query();
    let drafts = framework::Entity::find()
        .filter(framework::Column::Id.in_subquery(meant))
        .filter(framework::Column::Status.eq(FrameworkStatus::Draft))
        .order_by_asc(framework::Column::Id);
    tx.lock_all(drafts).await.map(|_| ())
}

fn keep_framework<'a>(tx: &'a Tx<'a>, change: Change<'a>) -> LocalBoxFuture<'a, Result<()>> {
    async move {
        if change.name != "framework.archived" {
            return Ok(());
        }
        let items = competency::Entity::find()
            .filter(competency::Column::FrameworkId.eq(change.subject_id))
            .select_only()
            .column(competency::Column::Id)
            .into_query();
        let aiming = target::Entity::find().filter(target::Column::CompetencyId.in_subquery(items));
        if tx.reader().exists(aiming).await? { Err(IN_USE.into()) } else { Ok(()) }
    }
    .boxed_local()
}

/// Puts a programme aside: a draft, or one that is closed.
pub async fn archive(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(visible(tx.access(), false).filter(Column::Id.eq(id))).await?;
        expected.check(before.version)?;
        if before.status == ProgrammeStatus::Active {
            return Err(INVALID_TRANSITION.into());
        }
        tx.archive::<Entity>(&before, expected, "programme.archived").await
    })
    .await
}
