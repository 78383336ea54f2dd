//! Mentoring meetings in the calendars of their people. The link opens without an account, so what is talked about stays out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::service::MOST;
use crate::activities::sessions::dto::HOME_ZONE;
use crate::calendars::ical::{Entry, Status};
use crate::kernel::db::Reader;
use crate::kernel::error::Result;
use crate::mentoring::mentoring_meetings::entity::{Column, Entity, MentoringMeetingStatus, Model};
use crate::mentoring::mentoring_meetings::people::{meetings_of, pairs_of, people_of};
use crate::mentoring::mentorships::service::of_person;
use crate::staff::librarians::entity as librarian;
use crate::staff::mentorships::entity::MentorshipKind;

/// The meetings of somebody since an instant, as far as they may know of them on a day.
pub(super) async fn of(
    reader: Reader<'_>,
    librarian_id: Uuid,
    since: DateTime<Utc>,
    on: NaiveDate,
) -> Result<Vec<Entry>> {
    let meetings = Entity::find()
        .filter(Column::Id.in_subquery(meetings_of(of_person(librarian_id, on))))
        .filter(Column::StartsAt.gte(since))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(MOST);
    let meetings = reader.all(meetings).await?;
    let pairs = pairs_of(reader, meetings.iter().map(|meeting| meeting.id)).await?;
    let with: BTreeMap<Uuid, Vec<Uuid>> = meetings
        .iter()
        .map(|meeting| {
            let people = people_of(meeting, pairs.get(&meeting.id).map(Vec::as_slice).unwrap_or_default());
            (meeting.id, people.into_iter().filter(|person| *person != librarian_id).collect())
        })
        .collect();
    let people: BTreeSet<Uuid> = with.values().flatten().copied().collect();
    let named = librarian::Entity::find().filter(librarian::Column::Id.is_in(people));
    let names: HashMap<Uuid, String> = reader.all(named).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let entries = meetings.into_iter().map(|meeting| {
        let others = with.get(&meeting.id).map(Vec::as_slice).unwrap_or_default();
        let others: Vec<&str> = others.iter().filter_map(|id| names.get(id)).map(String::as_str).collect();
        entry(meeting, &others.join(", "))
    });
    Ok(entries.collect())
}

fn entry(meeting: Model, others: &str) -> Entry {
    let word = match meeting.kind {
        MentorshipKind::Coaching => "Coaching",
        MentorshipKind::Mentoring => "Mentoring",
    };
    let status = match meeting.status {
        MentoringMeetingStatus::Planned | MentoringMeetingStatus::Held => Status::Confirmed,
        MentoringMeetingStatus::Cancelled => Status::Cancelled,
    };
    Entry {
        uid: meeting.id.to_string(),
        sequence: meeting.version - 1,
        changed_at: meeting.updated_at,
        starts_at: meeting.starts_at,
        ends_at: meeting.ends_at(),
        time_zone: HOME_ZONE.to_owned(),
        summary: format!("{word}: {others}"),
        description: None,
        location: meeting.place,
        url: meeting.online_url.filter(|_| status == Status::Confirmed),
        status,
    }
}
