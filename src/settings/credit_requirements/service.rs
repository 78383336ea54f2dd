use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{CreditRequirement, CreditRequirementFilter, CreditRequirementPage, NewCreditRequirement};
use super::entity::{Column, Entity, Model, RequirementKind};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::Result;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::settings::dated::{Dated, follow_in, holding, withdraw_in};
use crate::settings::provenance::Provenance;
use crate::staff::librarians::entity::EmploymentKind;

const SORTABLE: &Sortable<Entity> = &[("valid_from", Column::ValidFrom)];

impl Dated for Entity {
    const VALID_FROM: Column = Column::ValidFrom;
    const VALID_TO: Column = Column::ValidTo;
    const CREATED: &'static str = "credit_requirement.created";
    const UPDATED: &'static str = "credit_requirement.updated";
    const DELETED: &'static str = "credit_requirement.deleted";

    fn period(row: &Model) -> (NaiveDate, Option<NaiveDate>) {
        (row.valid_from, row.valid_to)
    }
}

fn of(employment_kind: EmploymentKind, kind: RequirementKind) -> Select<Entity> {
    Entity::find().filter(Column::EmploymentKind.eq(employment_kind)).filter(Column::Kind.eq(kind))
}

/// What a year asks of those employed in this way, by what holds on this day.
pub async fn in_force(reader: Reader<'_>, employment_kind: EmploymentKind, on: NaiveDate) -> Result<Vec<Model>> {
    let holding = holding::<Entity>(on);
    reader.all(Entity::find().filter(Column::EmploymentKind.eq(employment_kind)).filter(holding)).await
}

/// What a year asks of anybody, by what holds on this day.
pub async fn all_in_force(reader: Reader<'_>, on: NaiveDate) -> Result<Vec<Model>> {
    reader.all(Entity::find().filter(holding::<Entity>(on))).await
}

/// Lists requirements.
pub(crate) async fn list(db: &Db, list: &Listing<CreditRequirementFilter>) -> Result<CreditRequirementPage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-valid_from").await?;
    Ok(page.map(CreditRequirement::from))
}

/// Reads a requirement.
pub(crate) async fn read(db: &Db, id: Uuid) -> Result<CreditRequirement> {
    db.reader().find(Entity::find().filter(Column::Id.eq(id))).await.map(CreditRequirement::from)
}

/// Enters a requirement, which ends the one before it.
pub(crate) async fn create(db: &Db, access: &Access, new: NewCreditRequirement) -> Result<CreditRequirement> {
    db.create(access, async move |tx: &Tx<'_>| {
        let series = of(new.employment_kind, new.kind);
        follow_in(tx, series, new.row(), new.valid_from).await.map(CreditRequirement::from)
    })
    .await
}

/// Says how sure a requirement is.
pub(crate) async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: Provenance,
) -> Result<CreditRequirement> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(Entity::find().filter(Column::Id.eq(id))).await?;
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        set(&mut row.legal_basis, changes.legal_basis);
        changes.source.apply(&mut row.source);
        set(&mut row.verified, changes.verified);
        tx.update::<Entity>(&before, row, expected, Entity::UPDATED).await.map(CreditRequirement::from)
    })
    .await
}

/// Removes a requirement that has not come into force.
pub(crate) async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let row = tx.reader().find(Entity::find().filter(Column::Id.eq(id))).await?;
        withdraw_in(tx, of(row.employment_kind, row.kind), &row, expected).await
    })
    .await
}
