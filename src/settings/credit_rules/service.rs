use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{CreditRule, CreditRuleFilter, CreditRulePage, NewCreditRule};
use super::entity::{Column, Entity, Model};
use crate::kernel::dated::{Dated, follow_in, holding, withdraw_in};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::provenance::Provenance;
use crate::kernel::validation::{NO_SUCH_OBJECT, Violation};
use crate::settings::training_types::entity as training_type;

const SORTABLE: &Sortable<Entity> = &[("valid_from", Column::ValidFrom)];

impl Dated for Entity {
    const VALID_FROM: Column = Column::ValidFrom;
    const VALID_TO: Column = Column::ValidTo;
    const CREATED: &'static str = "credit_rule.created";
    const UPDATED: &'static str = "credit_rule.updated";
    const DELETED: &'static str = "credit_rule.deleted";

    fn period(row: &Model) -> (NaiveDate, Option<NaiveDate>) {
        (row.valid_from, row.valid_to)
    }
}

/// The rules of a type of training.
fn of(training_type_id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::TrainingTypeId.eq(training_type_id))
}

/// The rule of a type of training that holds on this day, if there is one.
pub async fn in_force(reader: Reader<'_>, training_type_id: Uuid, on: NaiveDate) -> Result<Option<Model>> {
    reader.one(of(training_type_id).filter(holding::<Entity>(on))).await
}

/// Lists rules.
pub(crate) async fn list(db: &Db, list: &Listing<CreditRuleFilter>) -> Result<CreditRulePage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-valid_from").await?;
    Ok(page.map(CreditRule::from))
}

/// Reads a rule.
pub(crate) async fn read(db: &Db, id: Uuid) -> Result<CreditRule> {
    db.reader().find(Entity::find().filter(Column::Id.eq(id))).await.map(CreditRule::from)
}

/// Enters a rule, which ends the one before it.
pub(crate) async fn create(db: &Db, access: &Access, new: NewCreditRule) -> Result<CreditRule> {
    db.create(access, async move |tx: &Tx<'_>| {
        let mut wrong = new.mistakes();
        let known = training_type::Entity::find().filter(training_type::Column::Id.eq(new.training_type_id));
        if !tx.reader().exists(known).await? {
            wrong.push(Violation::field("training_type_id", &NO_SUCH_OBJECT));
        }
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        follow_in(tx, of(new.training_type_id), new.row(), new.valid_from).await.map(CreditRule::from)
    })
    .await
}

/// Says how sure a rule is.
pub(crate) async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: Provenance,
) -> Result<CreditRule> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(Entity::find().filter(Column::Id.eq(id))).await?;
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        set(&mut row.legal_basis, changes.legal_basis);
        changes.source.apply(&mut row.source);
        set(&mut row.verified, changes.verified);
        tx.update::<Entity>(&before, row, expected, Entity::UPDATED).await.map(CreditRule::from)
    })
    .await
}

/// Removes a rule that has not come into force.
pub(crate) async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let row = tx.reader().find(Entity::find().filter(Column::Id.eq(id))).await?;
        withdraw_in(tx, of(row.training_type_id), &row, expected).await
    })
    .await
}
