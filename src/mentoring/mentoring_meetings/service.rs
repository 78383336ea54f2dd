use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::content::{MentoringMeetingChanges, NewMentoringMeeting};
use super::dto::{MentoringMeeting, MentoringMeetingFilter, MentoringMeetingPage};
use super::entity::{ActiveModel, Column, Entity, MeetingActionItem, MentoringMeetingStatus, Model, participant};
use super::people::{actions, may_write, meetings_of, pairs_of, people_of};
use crate::kernel::clock::local_date;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, NOT_FOUND, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::{Access, Reach};
use crate::kernel::validation::{self, Fault, NO_SUCH_OBJECT, NOT_ALLOWED_FOR_YOU, REPEATED, Violation};
use crate::mentoring::mentorships::service::{MENTORSHIP_NOT_STANDING, hold_people, open_to};
use crate::staff::mentorships::entity as mentorship;

/// What was called off stays so, and of what was held only notes and action items change.
pub const MEETING_CLOSED: Refusal = Refusal {
    code: "meeting_closed",
    status: 409,
    id: "Pertemuan yang terlaksana hanya dapat diubah catatan dan tindak lanjutnya; yang dibatalkan tidak dapat diubah",
    en: "Of a meeting that was held only notes and action items change; one that was called off does not change",
};

/// A meeting is on a day of its pairs.
pub const OUTSIDE_MENTORSHIP: Fault = Fault {
    code: "outside_mentorship",
    id: "Hari ini di luar masa pembimbingan",
    en: "This day is not one of the mentorship's",
};

const SORTABLE: &Sortable<Entity> = &[("starts_at", Column::StartsAt)];

/// The meetings this caller may know of; every query of this folder starts here.
pub(crate) fn visible(access: &Access, on: NaiveDate) -> Select<Entity> {
    match access.reach() {
        Reach::All => Entity::find(),
        _ => Entity::find().filter(Column::Id.in_subquery(meetings_of(open_to(access, on)))),
    }
}

/// The pair within reach whose meetings are asked for.
fn pair(access: &Access, on: NaiveDate, id: Uuid) -> Select<mentorship::Entity> {
    mentorship::Entity::find().filter(open_to(access, on)).filter(mentorship::Column::Id.eq(id))
}

/// Lists the meetings of a pair.
pub async fn list(
    db: &Db,
    access: &Access,
    mentorship_id: Uuid,
    list: &Listing<MentoringMeetingFilter>,
) -> Result<MentoringMeetingPage> {
    db.reader().find(pair(access, db.today(), mentorship_id)).await?;
    let of_pair = participant::Column::MentorshipId.eq(mentorship_id);
    let rows = Entity::find().filter(Column::Id.in_subquery(meetings_of(of_pair))).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-starts_at").await?;
    let mut pairs = pairs_of(db.reader(), page.items.iter().map(|row| row.id)).await?;
    Ok(page.map(|row| {
        let pairs = pairs.remove(&row.id).unwrap_or_default();
        let actions = actions(&row, &pairs, access, db.now());
        MentoringMeeting::seen(row, pairs.into_iter().map(|pair| pair.id).collect(), actions)
    }))
}

/// Reads a meeting.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<MentoringMeeting> {
    let row = db.reader().find(visible(access, db.today()).filter(Column::Id.eq(id))).await?;
    let pairs = pairs_of(db.reader(), [id]).await?.remove(&id).unwrap_or_default();
    let actions = actions(&row, &pairs, access, db.now());
    Ok(MentoringMeeting::seen(row, pairs.into_iter().map(|pair| pair.id).collect(), actions))
}

/// A meeting as the one who just changed it sees it.
pub(super) fn answer(tx: &Tx<'_>, row: Model, pairs: &[mentorship::Model]) -> MentoringMeeting {
    let actions = actions(&row, pairs, tx.access(), tx.now());
    MentoringMeeting::seen(row, pairs.iter().map(|pair| pair.id).collect(), actions)
}

/// A meeting and its pairs, held by its people, the mentor among them: whoever changes either waits.
pub(super) async fn hold(tx: &Tx<'_>, id: Uuid) -> Result<(Model, Vec<mentorship::Model>)> {
    let which = visible(tx.access(), tx.today()).filter(Column::Id.eq(id));
    let known = tx.reader().find(which.clone()).await?;
    let pairs = pairs_of(tx.reader(), [id]).await?.remove(&id).unwrap_or_default();
    hold_people(tx, people_of(&known, &pairs)).await?;
    let row = tx.reader().find(which).await?;
    let pairs = pairs_of(tx.reader(), [id]).await?.remove(&id).unwrap_or_default();
    Ok((row, pairs))
}

/// Tells everybody concerned, as a matter of each pair, that something became of a meeting.
pub(super) async fn tell_in(tx: &Tx<'_>, pairs: &[mentorship::Model], name: &'static str) -> Result<()> {
    for pair in pairs {
        tx.note::<mentorship::Entity>(pair, name).await?;
    }
    Ok(())
}

/// Plans a meeting of a pair, or of several of one mentor.
pub async fn create(
    db: &Db,
    access: &Access,
    mentorship_id: Uuid,
    new: NewMentoringMeeting,
) -> Result<MentoringMeeting> {
    db.create(access, async move |tx: &Tx<'_>| {
        let first = tx.reader().find(pair(tx.access(), tx.today(), mentorship_id)).await?;
        let pairs = hold_pairs(tx, &first, &new.other_mentorship_ids).await?;
        if !pairs.iter().all(|pair| pair.stands(tx.today())) {
            return Err(MENTORSHIP_NOT_STANDING.into());
        }
        let mut row = ActiveModel {
            mentor_id: Set(first.mentor_id),
            kind: Set(first.kind),
            status: Set(MentoringMeetingStatus::Planned),
            ..Default::default()
        };
        let mut wrong: Vec<_> = wrong_day(&new, &pairs).into_iter().collect();
        wrong.extend(wrong_assignees(&new.action_items, first.mentor_id, &pairs, &[]));
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        new.clone().write(&mut row);
        let row = tx.insert::<Entity>(row, "mentoring_meeting.planned").await?;
        let participants =
            pairs.iter().map(|pair| participant::ActiveModel { meeting_id: Set(row.id), mentorship_id: Set(pair.id) });
        tx.put_all::<participant::Entity>(participants).await?;
        tell_in(tx, &pairs, "mentorship.meeting_planned").await?;
        Ok(answer(tx, row, &pairs))
    })
    .await
}

/// The pairs that are to meet, held by their people: the first, and others of the same mentor and kind.
async fn hold_pairs(tx: &Tx<'_>, first: &mentorship::Model, others: &[Uuid]) -> Result<Vec<mentorship::Model>> {
    let leads = tx.access().is_admin() || tx.access().is_own(first.mentor_id);
    if !others.is_empty() && !leads {
        return Err(Error::invalid(vec![Violation::field("other_mentorship_ids", &NOT_ALLOWED_FOR_YOU)]));
    }
    let ids: Vec<Uuid> = others.iter().copied().chain([first.id]).collect();
    let together = mentorship::Entity::find()
        .filter(mentorship::Column::Id.is_in(ids))
        .filter(mentorship::Column::MentorId.eq(first.mentor_id))
        .filter(mentorship::Column::Kind.eq(first.kind));
    let known = tx.reader().all(together.clone()).await?;
    let mut wrong = Vec::new();
    for (index, id) in others.iter().enumerate() {
        let place = format!("#/other_mentorship_ids/{index}");
        if *id == first.id {
            wrong.push(Violation::pointer(place, &REPEATED));
        } else if !known.iter().any(|pair| pair.id == *id) {
            wrong.push(Violation::pointer(place, &NO_SUCH_OBJECT));
        }
    }
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    hold_people(tx, known.iter().map(|pair| pair.mentee_id).chain([first.mentor_id])).await?;
    let pairs = tx.reader().all(together).await?;
    if pairs.len() == known.len() { Ok(pairs) } else { Err(NOT_FOUND.into()) }
}

fn wrong_day(content: &NewMentoringMeeting, pairs: &[mentorship::Model]) -> Option<Violation> {
    let day = local_date(content.starts_at.0);
    let outside = pairs.iter().any(|pair| !pair.has_day(day));
    outside.then(|| Violation::field("starts_at", &OUTSIDE_MENTORSHIP))
}

/// Who was `named` before may have left the group since.
fn wrong_assignees(
    items: &[MeetingActionItem],
    mentor_id: Uuid,
    pairs: &[mentorship::Model],
    named: &[MeetingActionItem],
) -> Vec<Violation> {
    let takes_part = |id: Uuid| id == mentor_id || pairs.iter().any(|pair| pair.mentee_id == id);
    let is_known = |id: Uuid| takes_part(id) || named.iter().any(|item| item.assignee_id == Some(id));
    let strangers = items.iter().enumerate().filter(|(_, item)| item.assignee_id.is_some_and(|id| !is_known(id)));
    let place = |index| format!("#/action_items/{index}/assignee_id");
    strangers.map(|(index, _)| Violation::pointer(place(index), &NO_SUCH_OBJECT)).collect()
}

/// Changes a meeting.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: MentoringMeetingChanges,
) -> Result<MentoringMeeting> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (before, pairs) = hold(tx, id).await?;
        expected.check(before.version)?;
        let content = changes.clone().onto(&before);
        validation::check(&content)?;
        let mut wrong = wrong_assignees(&content.action_items, before.mentor_id, &pairs, &before.action_items.0);
        wrong.extend(changes.starts_at.and_then(|_| wrong_day(&content, &pairs)));
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        if !may_write(&pairs, tx.access(), tx.today()) {
            return Err(MENTORSHIP_NOT_STANDING.into());
        }
        let moves = changes.moves_the_plan();
        match before.status {
            MentoringMeetingStatus::Planned => {}
            MentoringMeetingStatus::Held if !moves => {}
            _ => return Err(MEETING_CLOSED.into()),
        }
        let mut row = before.clone().into_active_model();
        content.write(&mut row);
        let row = tx.update::<Entity>(&before, row, expected, "mentoring_meeting.updated").await?;
        if moves {
            tell_in(tx, &pairs, "mentorship.meeting_changed").await?;
        }
        if row.shared_notes != before.shared_notes || row.action_items != before.action_items {
            tell_in(tx, &pairs, "mentorship.meeting_noted").await?;
        }
        Ok(answer(tx, row, &pairs))
    })
    .await
}
