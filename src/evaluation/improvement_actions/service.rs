use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::content::{ImprovementActionChanges, NewImprovementAction};
use super::dto::{ImprovementAction, ImprovementActionFilter, ImprovementActionPage};
use super::entity::{ActiveModel, Column, Entity, ImprovementStatus, Model, recheck};
use crate::evaluation::findings::service::hold_review_in;
use crate::evaluation::measured;
use crate::evaluation::needs::{self, NeedKind};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::decimal::four_places;
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, NO_SUCH_OBJECT, NOT_VALID, Violation};
use crate::staff::librarians::entity as librarian;
use crate::staff::reach;

/// What is done, closed or given up keeps its content.
pub const IMPROVEMENT_CLOSED: Refusal = Refusal {
    code: "improvement_closed",
    status: 409,
    id: "Tindak lanjut yang sudah selesai atau dibatalkan tidak dapat diubah",
    en: "An improvement action that is done or given up can no longer change",
};

const SORTABLE: &Sortable<Entity> = &[("due_on", Column::DueOn), ("created_at", Column::CreatedAt)];

/// The action, for everybody: what a library improves is no secret among its staff.
fn one(id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id))
}

/// An action that the caller moves: its owner or an admin; kept from changing otherwise until this transaction ends.
pub(super) async fn hold(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    let moved = one(id).filter(reach::within(tx.access(), Column::OwnerId, tx.today()));
    tx.lock(moved).await
}

/// Actions with their rechecks and the names of their owners.
async fn answers(
    reader: Reader<'_>,
    rows: Vec<Model>,
    access: &Access,
    on: NaiveDate,
) -> Result<Vec<ImprovementAction>> {
    let measured = recheck::Entity::find()
        .filter(recheck::Column::ImprovementActionId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(recheck::Column::CheckedOn)
        .order_by_asc(recheck::Column::Id);
    let mut rechecks: HashMap<Uuid, Vec<recheck::Model>> = HashMap::new();
    for row in reader.all(measured).await? {
        rechecks.entry(row.improvement_action_id).or_default().push(row);
    }
    let owners = librarian::Entity::find().filter(librarian::Column::Id.is_in(rows.iter().map(|row| row.owner_id)));
    let names: HashMap<Uuid, String> = reader.all(owners).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let seen = |row: Model| {
        let measured = rechecks.remove(&row.id).unwrap_or_default();
        let name = names.get(&row.owner_id).cloned().unwrap_or_default();
        ImprovementAction::seen(row, measured, name, access, on)
    };
    Ok(rows.into_iter().map(seen).collect())
}

/// One action as this transaction leaves it.
pub(super) async fn answer(tx: &Tx<'_>, row: Model) -> Result<ImprovementAction> {
    let mut seen = answers(tx.reader(), vec![row], tx.access(), tx.today()).await?;
    seen.pop().ok_or_else(|| Error::internal("an action is answered as one"))
}

/// Lists improvement actions.
pub async fn list(db: &Db, access: &Access, list: &Listing<ImprovementActionFilter>) -> Result<ImprovementActionPage> {
    let rows = Entity::find().filter(list.filter.condition(db.today()));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "due_on").await?;
    let items = answers(db.reader(), page.items, access, db.today()).await?;
    Ok(ImprovementActionPage { items, page: page.page })
}

/// Reads an improvement action.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<ImprovementAction> {
    let row = db.reader().find(one(id)).await?;
    let mut seen = answers(db.reader(), vec![row], access, db.today()).await?;
    seen.pop().ok_or_else(|| Error::internal("an action is answered as one"))
}

/// Agrees on an improvement action.
pub async fn create(db: &Db, access: &Access, new: NewImprovementAction) -> Result<ImprovementAction> {
    db.create(access, async move |tx: &Tx<'_>| {
        let mut content = new.clone();
        hold_review_of(tx, &content).await?;
        check_in(tx, &mut content, None).await?;
        let mut row = ActiveModel { status: Set(ImprovementStatus::Open), ..Default::default() };
        content.write(&mut row);
        let row = tx.insert::<Entity>(row, "improvement_action.created").await?;
        answer(tx, row).await
    })
    .await
}

/// A finding stays while actions go back to it, and its review is not closed meanwhile.
async fn hold_review_of(tx: &Tx<'_>, content: &NewImprovementAction) -> Result<()> {
    match content.need.as_ref().filter(|need| need.kind == NeedKind::Finding) {
        Some(need) => hold_review_in(tx, need.id).await,
        None => Ok(()),
    }
}

/// Changes an action that is not done yet.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: ImprovementActionChanges,
) -> Result<ImprovementAction> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        expected.check(before.version)?;
        if !before.is_pending() {
            return Err(IMPROVEMENT_CLOSED.into());
        }
        let mut content = changes.clone().onto(&before);
        validation::check(&content)?;
        check_in(tx, &mut content, Some(&before)).await?;
        let mut row = before.clone().into_active_model();
        content.write(&mut row);
        let row = tx.update::<Entity>(&before, row, expected, "improvement_action.updated").await?;
        answer(tx, row).await
    })
    .await
}

/// Whether what the content refers to exists and its parts fit; all mistakes at once. What its indicator says is filled in.
async fn check_in(tx: &Tx<'_>, content: &mut NewImprovementAction, before: Option<&Model>) -> Result<()> {
    let mut wrong = Vec::new();
    if before.is_none_or(|row| row.owner_id != content.owner_id)
        && reach::on_staff(tx.reader(), [content.owner_id]).await?.is_empty()
    {
        wrong.push(Violation::field("owner_id", &NO_SUCH_OBJECT));
    }
    if before.is_none() {
        wrong.extend(needs::mistakes(tx.reader(), content.need.as_ref(), "#/need").await?);
        wrong.extend(measured_by(tx, content).await?);
    }
    if content.baseline_on.is_some() && content.baseline_value.is_none() {
        wrong.push(Violation::field("baseline_on", &NOT_VALID));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid(wrong)) }
}

/// With an indicator its direction and unit hold, and its last measurement is the value before.
async fn measured_by(tx: &Tx<'_>, content: &mut NewImprovementAction) -> Result<Vec<Violation>> {
    let Some(id) = content.indicator_id else { return Ok(Vec::new()) };
    let Some(known) = measured::last_of(tx.reader(), id).await? else {
        return Ok(vec![Violation::field("indicator_id", &NO_SUCH_OBJECT)]);
    };
    let mut wrong = Vec::new();
    if content.direction.is_some_and(|direction| direction != known.direction) {
        wrong.push(Violation::field("direction", &NOT_VALID));
    }
    if content.unit.as_ref().is_some_and(|unit| *unit != known.unit) {
        wrong.push(Violation::field("unit", &NOT_VALID));
    }
    content.direction = Some(known.direction);
    content.unit = Some(known.unit);
    if content.baseline_value.is_none()
        && let Some((on, value)) = known.last
    {
        content.baseline_value = Some(four_places(value));
        content.baseline_on = Some(on);
    }
    Ok(wrong)
}
