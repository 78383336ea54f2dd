use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::dto::{Mentorship, MentorshipChanges, MentorshipFilter, MentorshipPage, NewMentorship};
use super::entity::{ActiveModel, Column, Entity};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::{Access, Reach};
use crate::kernel::validation::{ENDS_BEFORE_IT_BEGINS, Fault, NO_SUCH_OBJECT, Violation};
use crate::staff::librarians::entity as librarian;

/// The two are a pair in that time already.
pub const MENTORSHIP_EXISTS: Refusal = Refusal {
    code: "mentorship_exists",
    status: 409,
    id: "Keduanya sudah berpasangan pada waktu itu",
    en: "The two are a pair in that time already",
};

/// Nobody mentors themself.
pub const ONESELF: Fault =
    Fault { code: "oneself", id: "Seseorang tidak dapat membimbing dirinya sendiri", en: "Nobody mentors themself" };

const SORTABLE: &Sortable<Entity> = &[("starts_on", Column::StartsOn)];

/// The mentorships this caller may know of: all, or those they are part of.
fn visible(access: &Access) -> Select<Entity> {
    match (access.reach(), access.own_librarian()) {
        (Reach::All, _) => Entity::find(),
        (_, Some(own)) => Entity::find().filter(Column::MentorId.eq(own).or(Column::MenteeId.eq(own))),
        (_, None) => Entity::find().filter(Column::Id.eq(Uuid::nil())),
    }
}

/// Lists mentorships.
pub async fn list(db: &Db, access: &Access, list: &Listing<MentorshipFilter>) -> Result<MentorshipPage> {
    let filter = &list.filter;
    let holds = filter.on.map(|on| {
        let open = Condition::any().add(Column::EndsOn.is_null()).add(Column::EndsOn.gte(on));
        Condition::all().add(Column::StartsOn.lte(on)).add(open)
    });
    let condition = Condition::all()
        .add_option(filter.mentor_id.map(|id| Column::MentorId.eq(id)))
        .add_option(filter.mentee_id.map(|id| Column::MenteeId.eq(id)))
        .add_option(holds);
    let rows = visible(access).filter(condition);
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-starts_on").await?;
    Ok(page.map(Mentorship::from))
}

/// Reads a mentorship.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Mentorship> {
    db.reader().find(visible(access).filter(Column::Id.eq(id))).await.map(Mentorship::from)
}

/// Pairs a mentor with a mentee.
pub async fn create(db: &Db, access: &Access, new: NewMentorship) -> Result<Mentorship> {
    db.create(access, async move |tx: &Tx<'_>| {
        let mut wrong = Vec::new();
        if new.mentor_id == new.mentee_id {
            wrong.push(Violation::field("mentee_id", &ONESELF));
        }
        if new.ends_on.is_some_and(|end| end < new.starts_on) {
            wrong.push(Violation::field("ends_on", &ENDS_BEFORE_IT_BEGINS));
        }
        // Both records are locked, in one order: two admins who pair the same people meet here.
        let both = librarian::Entity::find()
            .filter(librarian::Column::Id.is_in([new.mentor_id, new.mentee_id]))
            .filter(librarian::Column::ArchivedAt.is_null())
            .order_by_asc(librarian::Column::Id);
        let known = tx.lock_all(both).await?;
        for (field, id) in [("mentor_id", new.mentor_id), ("mentee_id", new.mentee_id)] {
            if !known.iter().any(|person| person.id == id) {
                wrong.push(Violation::field(field, &NO_SUCH_OBJECT));
            }
        }
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        no_overlap(tx, None, &new).await?;
        let row = ActiveModel {
            mentor_id: Set(new.mentor_id),
            mentee_id: Set(new.mentee_id),
            starts_on: Set(new.starts_on),
            ends_on: Set(new.ends_on),
            ..Default::default()
        };
        tx.insert::<Entity>(row, "mentorship.created").await.map(Mentorship::from)
    })
    .await
}

async fn no_overlap(tx: &Tx<'_>, except: Option<Uuid>, wanted: &NewMentorship) -> Result<()> {
    let open = Condition::any().add(Column::EndsOn.is_null()).add(Column::EndsOn.gte(wanted.starts_on));
    let mut same = Entity::find()
        .filter(Column::MentorId.eq(wanted.mentor_id))
        .filter(Column::MenteeId.eq(wanted.mentee_id))
        .filter(open);
    if let Some(end) = wanted.ends_on {
        same = same.filter(Column::StartsOn.lte(end));
    }
    if let Some(id) = except {
        same = same.filter(Column::Id.ne(id));
    }
    if tx.reader().exists(same).await? { Err(MENTORSHIP_EXISTS.into()) } else { Ok(()) }
}

/// Changes when a mentorship ends. The mentor's access ends with it.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: MentorshipChanges,
) -> Result<Mentorship> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(visible(tx.access()).filter(Column::Id.eq(id))).await?;
        let ends_on = changes.ends_on.or(before.ends_on);
        if ends_on.is_some_and(|end| end < before.starts_on) {
            return Err(Error::invalid(vec![Violation::field("ends_on", &ENDS_BEFORE_IT_BEGINS)]));
        }
        let wanted = NewMentorship {
            mentor_id: before.mentor_id,
            mentee_id: before.mentee_id,
            starts_on: before.starts_on,
            ends_on,
        };
        no_overlap(tx, Some(id), &wanted).await?;
        let mut row = before.clone().into_active_model();
        row.ends_on = Set(ends_on);
        tx.update::<Entity>(&before, row, expected, "mentorship.updated").await.map(Mentorship::from)
    })
    .await
}
