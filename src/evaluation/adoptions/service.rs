use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::dto::{Adoption, AdoptionFilter, AdoptionPage, NewAdoption};
use super::entity::{ActiveModel, Column, Entity};
use crate::activities::interests::service::NO_RECORD;
use crate::evaluation::change_initiatives::service::hold_open_in;
use crate::evaluation::change_initiatives::target::concerned;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{Fault, IN_THE_FUTURE, NO_SUCH_OBJECT, Violation};
use crate::staff::librarians::entity as librarian;
use crate::staff::reach;

/// It is what holds on that day already.
pub const STAGE_RECORDED: Refusal = Refusal {
    code: "stage_recorded",
    status: 409,
    id: "Tahap ini sudah tercatat untuk tanggal itu",
    en: "This stage is recorded for that day already",
};

/// The change does not concern this person.
pub const NOT_CONCERNED: Fault = Fault {
    code: "not_concerned",
    id: "Perubahan ini tidak ditujukan kepada orang ini",
    en: "The change does not concern this person",
};

const SORTABLE: &Sortable<Entity> = &[("reached_on", Column::ReachedOn), ("created_at", Column::CreatedAt)];

fn visible(access: &Access, db: &Db) -> Select<Entity> {
    Entity::find().filter(reach::within(access, Column::LibrarianId, db.today()))
}

/// Lists adoptions within reach.
pub async fn list(db: &Db, access: &Access, list: &Listing<AdoptionFilter>) -> Result<AdoptionPage> {
    let rows = visible(access, db).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-reached_on").await?;
    Ok(page.map(Adoption::from))
}

/// Reads an adoption.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Adoption> {
    db.reader().find(visible(access, db).filter(Column::Id.eq(id))).await.map(Adoption::from)
}

/// Records how far somebody has taken a change up. The change's row orders what is recorded at once.
pub async fn create(db: &Db, access: &Access, initiative_id: Uuid, new: NewAdoption) -> Result<Adoption> {
    db.create(access, async move |tx: &Tx<'_>| {
        hold_open_in(tx, initiative_id).await?;
        let person = new.librarian_id.or(tx.access().own_librarian()).ok_or(NO_RECORD)?;
        let reached_on = new.reached_on.unwrap_or(tx.today());
        let mut wrong = Vec::new();
        if reached_on > tx.today() {
            wrong.push(Violation::field("reached_on", &IN_THE_FUTURE));
        }
        if !tx.access().is_admin() && !tx.access().is_own(person) {
            wrong.push(Violation::field("librarian_id", &NO_SUCH_OBJECT));
        } else {
            wrong.extend(not_concerned(tx, initiative_id, person).await?);
        }
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        let holding = Entity::find()
            .filter(Column::ChangeInitiativeId.eq(initiative_id))
            .filter(Column::LibrarianId.eq(person))
            .filter(Column::ReachedOn.lte(reached_on))
            .order_by_desc(Column::ReachedOn)
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id);
        if tx.reader().one(holding).await?.is_some_and(|row| row.stage == new.stage) {
            return Err(STAGE_RECORDED.into());
        }
        let row = ActiveModel {
            change_initiative_id: Set(initiative_id),
            librarian_id: Set(person),
            stage: Set(new.stage),
            reached_on: Set(reached_on),
            note: Set(new.note.clone()),
            ..Default::default()
        };
        tx.insert::<Entity>(row, "adoption.recorded").await.map(Adoption::from)
    })
    .await
}

async fn not_concerned(tx: &Tx<'_>, initiative_id: Uuid, person: Uuid) -> Result<Option<Violation>> {
    let here = librarian::Entity::find().filter(librarian::Column::Id.eq(person));
    if !tx.reader().exists(here.clone().filter(librarian::Column::ArchivedAt.is_null())).await? {
        return Ok(Some(Violation::field("librarian_id", &NO_SUCH_OBJECT)));
    }
    let meant = here.filter(librarian::Column::Id.in_subquery(concerned(initiative_id)));
    let meant = tx.reader().exists(meant).await?;
    Ok((!meant).then(|| Violation::field("librarian_id", &NOT_CONCERNED)))
}
