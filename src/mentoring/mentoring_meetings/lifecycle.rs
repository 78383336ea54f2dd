//! The steps of a meeting. Credit comes and goes in the transaction of the step, for both sides, once.

use std::collections::HashMap;

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::content::MeetingCancelReason;
use super::dto::MentoringMeeting;
use super::entity::{Column, Entity, MentoringMeetingStatus, Model};
use super::people::{may_count, may_write, meetings_of, people_of};
use super::service::{answer, hold, tell_in};
use crate::credits::entries::entity::CreditSource;
use crate::credits::rule::Measure;
use crate::credits::service::{self as credits, NO_CREDIT_RULE, NewCredit};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::policy::Access;
use crate::mentoring::mentorships::lifecycle::MENTOR_DECIDES;
use crate::mentoring::mentorships::service::MENTORSHIP_NOT_STANDING;
use crate::settings::training_types::entity as training_type;
use crate::staff::librarians::entity as librarian;
use crate::staff::mentorships::entity::{self as mentorship, MentorshipKind};

/// What has not begun was not held.
pub const MEETING_NOT_BEGUN: Refusal = Refusal {
    code: "meeting_not_begun",
    status: 409,
    id: "Pertemuan ini belum dimulai",
    en: "This meeting has not begun yet",
};

/// One hour is credited once.
pub const MEETING_OVERLAPS: Refusal = Refusal {
    code: "meeting_overlaps",
    status: 409,
    id: "Salah seorang peserta sudah tercatat dalam pertemuan lain yang terlaksana pada waktu yang sama",
    en: "One of those who take part was in another meeting that was held at the same time",
};

/// The longest meeting.
const LONGEST: TimeDelta = TimeDelta::days(1);

/// The most characters of a title in the ledger.
const LONGEST_TITLE: usize = 200;

/// Says that a meeting was held: its hours are in the ledger of both sides with the same commit.
pub async fn complete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<MentoringMeeting> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (before, pairs) = hold(tx, id).await?;
        countable(&before, &pairs, tx)?;
        if before.status != MentoringMeetingStatus::Planned {
            return Err(INVALID_TRANSITION.into());
        }
        if before.starts_at > tx.now() {
            return Err(MEETING_NOT_BEGUN.into());
        }
        no_overlap(tx, &before, &pairs).await?;
        let mut row = before.clone().into_active_model();
        row.status = Set(MentoringMeetingStatus::Held);
        let row = tx.update::<Entity>(&before, row, expected, "mentoring_meeting.held").await?;
        tell_in(tx, &pairs, "mentorship.meeting_held").await?;
        credit_in(tx, &row, &pairs).await?;
        Ok(answer(tx, row, &pairs))
    })
    .await
}

/// Calls a meeting off, or takes back that it was held, its credit with it.
pub async fn cancel(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    reason: MeetingCancelReason,
) -> Result<MentoringMeeting> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (before, pairs) = hold(tx, id).await?;
        match before.status {
            MentoringMeetingStatus::Planned if may_write(&pairs, tx.access(), tx.today()) => {}
            MentoringMeetingStatus::Planned => return Err(MENTORSHIP_NOT_STANDING.into()),
            MentoringMeetingStatus::Held => countable(&before, &pairs, tx)?,
            MentoringMeetingStatus::Cancelled => return Err(INVALID_TRANSITION.into()),
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(MentoringMeetingStatus::Cancelled);
        row.cancel_reason = Set(Some(reason.reason.clone()));
        let row = tx.update::<Entity>(&before, row, expected, "mentoring_meeting.cancelled").await?;
        tell_in(tx, &pairs, "mentorship.meeting_cancelled").await?;
        if before.status == MentoringMeetingStatus::Held {
            for person in people_of(&row, &pairs) {
                let standing = credits::standing_in(tx, CreditSource::MentoringMeeting, id, person).await?;
                if let Some(entry) = standing {
                    credits::reverse_in(tx, entry.id, &reason.reason).await?;
                }
            }
        }
        Ok(answer(tx, row, &pairs))
    })
    .await
}

/// None of its people was in another meeting at that time. The transaction holds them all: of two that overlap, one is said first.
async fn no_overlap(tx: &Tx<'_>, meeting: &Model, pairs: &[mentorship::Model]) -> Result<()> {
    let people = people_of(meeting, pairs);
    let with_them = meetings_of(mentorship::Column::MenteeId.is_in(people.iter().copied()));
    let theirs = Condition::any().add(Column::MentorId.is_in(people)).add(Column::Id.in_subquery(with_them));
    let near = Entity::find()
        .filter(Column::Status.eq(MentoringMeetingStatus::Held))
        .filter(Column::StartsAt.gt(meeting.starts_at - LONGEST))
        .filter(Column::StartsAt.lt(meeting.ends_at()))
        .filter(theirs);
    let near = tx.reader().all(near).await?;
    let overlaps = near.iter().any(|held| held.ends_at() > meeting.starts_at);
    if overlaps { Err(MEETING_OVERLAPS.into()) } else { Ok(()) }
}

/// Whether the caller may say that this meeting counts, or no longer does.
fn countable(meeting: &Model, pairs: &[mentorship::Model], tx: &Tx<'_>) -> Result<()> {
    if !may_count(meeting, pairs, tx.access()) {
        return Err(MENTOR_DECIDES.into());
    }
    if may_write(pairs, tx.access(), tx.today()) { Ok(()) } else { Err(MENTORSHIP_NOT_STANDING.into()) }
}

/// Credits a session to each of its people, the mentor of a group once.
async fn credit_in(tx: &Tx<'_>, meeting: &Model, pairs: &[mentorship::Model]) -> Result<()> {
    let (siasn_id, word) = match meeting.kind {
        MentorshipKind::Coaching => (14, "Coaching"),
        MentorshipKind::Mentoring => (15, "Mentoring"),
    };
    let counted_by = training_type::Entity::find().filter(training_type::Column::SiasnId.eq(siasn_id));
    let counted_by = tx.reader().one(counted_by).await?.ok_or_else(|| Error::from(NO_CREDIT_RULE))?;
    let people = people_of(meeting, pairs);
    let named = librarian::Entity::find().filter(librarian::Column::Id.is_in(people.iter().copied()));
    let names: HashMap<Uuid, String> =
        tx.reader().all(named).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let name = |id: &Uuid| names.get(id).cloned().unwrap_or_default();
    let mentees: Vec<String> = pairs.iter().map(|pair| name(&pair.mentee_id)).collect();
    for person in people {
        let others = if person == meeting.mentor_id { mentees.join(", ") } else { name(&meeting.mentor_id) };
        let credit = NewCredit {
            librarian_id: person,
            training_type_id: counted_by.id,
            source_kind: CreditSource::MentoringMeeting,
            source_id: meeting.id,
            title: format!("{word} dengan {others}").chars().take(LONGEST_TITLE).collect(),
            organiser: None,
            certificate_number: None,
            evidence_url: None,
            starts_on: meeting.day(),
            ends_on: meeting.day(),
            measure: Measure { claimed: None, days: 1, sessions: 1, minutes: meeting.minutes, is_international: false },
        };
        credits::credit_in(tx, credit).await?;
    }
    Ok(())
}
