use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Condition;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::dto::{Mentorship, MentorshipChanges, MentorshipFilter, MentorshipPage, NewMentorship};
use crate::kernel::clock::end_of_day;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::{Access, Reach};
use crate::kernel::validation::{ENDS_BEFORE_IT_BEGINS, Fault, NO_SUCH_OBJECT, Violation};
use crate::mentoring::mentoring_meetings::ends::release_in;
use crate::mentoring::places::room_in;
use crate::staff::librarians::entity as librarian;
use crate::staff::mentorships::entity::{ActiveModel, Column, Entity, MentorshipStage, Model, not_over, standing};

/// The two are a pair in that time already.
pub const MENTORSHIP_EXISTS: Refusal = Refusal {
    code: "mentorship_exists",
    status: 409,
    id: "Keduanya sudah berpasangan pada waktu itu",
    en: "The two are a pair in that time already",
};

/// The pair is not agreed, or over.
pub const MENTORSHIP_NOT_STANDING: Refusal = Refusal {
    code: "mentorship_not_standing",
    status: 409,
    id: "Pembimbingan ini belum disepakati atau sudah berakhir",
    en: "This mentorship is not agreed yet, or over",
};

/// Nobody mentors themself.
pub const ONESELF: Fault =
    Fault { code: "oneself", id: "Seseorang tidak dapat membimbing dirinya sendiri", en: "Nobody mentors themself" };

const SORTABLE: &Sortable<Entity> = &[("starts_on", Column::StartsOn)];

/// The mentorships this caller may know of: all, or those they are part of.
pub(crate) fn visible(access: &Access) -> Select<Entity> {
    Entity::find().filter(match (access.reach(), access.own_librarian()) {
        (Reach::All, _) => Condition::all(),
        (_, Some(own)) => Condition::any().add(Column::MentorId.eq(own)).add(Column::MenteeId.eq(own)),
        (_, None) => Condition::all().add(Column::Id.eq(Uuid::nil())),
    })
}

/// The pairs whose goals and meetings this caller may know of: the mentee's for good, the mentor's as long as the pair stands.
pub(crate) fn open_to(access: &Access, on: NaiveDate) -> Condition {
    match (access.reach(), access.own_librarian()) {
        (Reach::All, _) => Condition::all(),
        (_, Some(own)) => of_person(own, on),
        (_, None) => Condition::all().add(Column::Id.eq(Uuid::nil())),
    }
}

/// The same for this person, whatever else they may do.
pub(crate) fn of_person(own: Uuid, on: NaiveDate) -> Condition {
    Condition::any().add(Column::MenteeId.eq(own)).add(standing(on).add(Column::MentorId.eq(own)))
}

/// The mentorship within reach.
pub(crate) fn one(access: &Access, id: Uuid) -> Select<Entity> {
    visible(access).filter(Column::Id.eq(id))
}

/// People, kept from other changes until the transaction ends, those who have left among them. Whoever changes something of a pair
/// takes its people first, by ascending id: two transactions that share one never wait for each other.
pub(crate) async fn hold_people(tx: &Tx<'_>, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<librarian::Model>> {
    let people = librarian::Entity::find().filter(librarian::Column::Id.is_in(ids));
    tx.lock_all(people.order_by_asc(librarian::Column::Id)).await
}

/// A pair, held by its people.
pub(crate) async fn hold(tx: &Tx<'_>, which: Select<Entity>) -> Result<Model> {
    let known = tx.reader().find(which.clone()).await?;
    hold_people(tx, [known.mentor_id, known.mentee_id]).await?;
    tx.reader().find(which).await
}

/// Lists mentorships.
pub async fn list(db: &Db, access: &Access, list: &Listing<MentorshipFilter>) -> Result<MentorshipPage> {
    let rows = visible(access).filter(list.filter.condition(db.today()));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-starts_on").await?;
    Ok(page.map(|row| Mentorship::seen(row, access, db.today())))
}

/// Reads a mentorship.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Mentorship> {
    let row = db.reader().find(one(access, id)).await?;
    Ok(Mentorship::seen(row, access, db.today()))
}

/// Pairs a mentor with a mentee, or proposes it.
pub async fn create(db: &Db, access: &Access, new: NewMentorship) -> Result<Mentorship> {
    db.create(access, async move |tx: &Tx<'_>| {
        let row = enter_in(tx, &new).await?;
        Ok(Mentorship::seen(row, tx.access(), tx.today()))
    })
    .await
}

/// Enters a pair. Who enters several in one transaction holds all their people before.
pub(crate) async fn enter_in(tx: &Tx<'_>, new: &NewMentorship) -> Result<Model> {
    let mut wrong = Vec::new();
    if new.mentor_id == new.mentee_id {
        wrong.push(Violation::field("mentee_id", &ONESELF));
    }
    if new.ends_on.is_some_and(|end| end < new.starts_on) {
        wrong.push(Violation::field("ends_on", &ENDS_BEFORE_IT_BEGINS));
    }
    // Two admins who pair the same people meet here.
    let known = hold_people(tx, [new.mentor_id, new.mentee_id]).await?;
    for (field, id) in [("mentor_id", new.mentor_id), ("mentee_id", new.mentee_id)] {
        if !known.iter().any(|person| person.id == id && person.archived_at.is_none()) {
            wrong.push(Violation::field(field, &NO_SUCH_OBJECT));
        }
    }
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    let row = Model {
        id: tx.new_id(),
        mentor_id: new.mentor_id,
        mentee_id: new.mentee_id,
        kind: new.kind,
        stage: if new.is_proposal { MentorshipStage::Proposed } else { MentorshipStage::Agreed },
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        mentor_accepted_at: None,
        mentee_accepted_at: None,
        ended_at: None,
        end_reason: None,
        version: 1,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    no_overlap(tx, &row).await?;
    if row.stands(tx.today()) {
        room_in(tx, row.mentor_id, row.id).await?;
    }
    let name = if new.is_proposal { "mentorship.proposed" } else { "mentorship.created" };
    tx.insert::<Entity>(row.into_active_model().reset_all(), name).await
}

/// The two are no other pair in that time, be it proposed or agreed.
async fn no_overlap(tx: &Tx<'_>, row: &Model) -> Result<()> {
    let mut same = Entity::find()
        .filter(Column::MentorId.eq(row.mentor_id))
        .filter(Column::MenteeId.eq(row.mentee_id))
        .filter(Column::Stage.is_in([MentorshipStage::Proposed, MentorshipStage::Agreed]))
        .filter(Column::Id.ne(row.id))
        .filter(not_over(row.starts_on));
    if let Some(end) = row.ends_on {
        same = same.filter(Column::StartsOn.lte(end));
    }
    if tx.reader().exists(same).await? { Err(MENTORSHIP_EXISTS.into()) } else { Ok(()) }
}

/// Changes when a mentorship ends. The mentor's access ends with it, and so do the meetings that were planned for later.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: MentorshipChanges,
) -> Result<Mentorship> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, one(tx.access(), id)).await?;
        expected.check(before.version)?;
        let after = Model { ends_on: changes.ends_on.or(before.ends_on), ..before.clone() };
        if after.ends_on.is_some_and(|end| end < after.starts_on) {
            return Err(Error::invalid(vec![Violation::field("ends_on", &ENDS_BEFORE_IT_BEGINS)]));
        }
        if !matches!(before.stage, MentorshipStage::Proposed | MentorshipStage::Agreed) {
            return Err(INVALID_TRANSITION.into());
        }
        no_overlap(tx, &after).await?;
        if after.stands(tx.today()) && !before.stands(tx.today()) {
            room_in(tx, after.mentor_id, id).await?;
        }
        let row = ActiveModel { ends_on: Set(after.ends_on), ..before.clone().into_active_model() };
        let row = tx.update::<Entity>(&before, row, expected, "mentorship.updated").await?;
        if let Some(last) = row.ends_on {
            release_in(tx, &row, end_of_day(last)).await?;
        }
        Ok(Mentorship::seen(row, tx.access(), tx.today()))
    })
    .await
}
