use std::collections::HashMap;
use std::fmt::Write;

use chrono_tz::Tz;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::dto::{AttendanceList, ListedPerson, ListedSession};
use crate::activities::activities::entity as activity;
use crate::activities::activities::service::{kept_by, one};
use crate::activities::check_ins::entity::attendance;
use crate::activities::paper;
use crate::activities::registrations::entity::{self as registration, RegistrationStatus};
use crate::activities::sessions::dto::zone;
use crate::activities::sessions::entity as session;
use crate::kernel::clock::Instant;
use crate::kernel::csv;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::Rendered;
use crate::kernel::language::Language;
use crate::kernel::policy::Access;
use crate::kernel::text::escape_markup;
use crate::staff::librarians::entity as librarian;
use crate::staff::positions::entity as position;
use crate::staff::units::entity as unit;

/// Everybody with a seat, and where they were seen.
pub async fn read(db: &Db, access: &Access, activity_id: Uuid) -> Result<AttendanceList> {
    let reader = db.reader();
    let activity = reader.find(one(access, activity_id).filter(kept_by(access, activity::Column::Id))).await?;
    let sessions = session::Entity::find()
        .filter(session::Column::ActivityId.eq(activity_id))
        .order_by_asc(session::Column::StartsAt)
        .order_by_asc(session::Column::Id);
    let sessions = reader.all(sessions).await?;
    let states = [RegistrationStatus::Confirmed, RegistrationStatus::Attended, RegistrationStatus::NoShow];
    let seats = registration::Entity::find()
        .filter(registration::Column::ActivityId.eq(activity_id))
        .filter(registration::Column::Status.is_in(states));
    let seats = reader.all(seats).await?;
    let marks = attendance::Entity::find()
        .filter(attendance::Column::SessionId.is_in(sessions.iter().map(|session| session.id)));
    let marks: HashMap<(Uuid, Uuid), bool> = reader
        .all(marks)
        .await?
        .into_iter()
        .map(|row| ((row.registration_id, row.session_id), row.is_present))
        .collect();
    let people =
        librarian::Entity::find().filter(librarian::Column::Id.is_in(seats.iter().map(|row| row.librarian_id)));
    let people: HashMap<Uuid, librarian::Model> =
        reader.all(people).await?.into_iter().map(|row| (row.id, row)).collect();
    let units: HashMap<Uuid, String> =
        reader.all(unit::Entity::find()).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let titles: HashMap<Uuid, _> =
        reader.all(position::Entity::find()).await?.into_iter().map(|row| (row.id, row.title)).collect();
    let mut listed: Vec<ListedPerson> = seats
        .iter()
        .filter_map(|seat| {
            let person = people.get(&seat.librarian_id)?;
            Some(ListedPerson {
                registration_id: seat.id,
                librarian_id: person.id,
                name: person.name.clone(),
                unit_name: units.get(&person.unit_id).cloned().unwrap_or_default(),
                position_title: person.position_id.and_then(|id| titles.get(&id).cloned()),
                presence: sessions.iter().map(|session| marks.get(&(seat.id, session.id)).copied()).collect(),
            })
        })
        .collect();
    listed.sort_by(|one, other| (&one.name, one.registration_id).cmp(&(&other.name, other.registration_id)));
    let sessions = sessions.into_iter().map(|row| ListedSession {
        session_id: row.id,
        title: row.title,
        starts_at: Instant(row.starts_at),
        ends_at: Instant(row.ends_at),
        time_zone: row.time_zone,
    });
    Ok(AttendanceList {
        activity_id,
        title: activity.title,
        place: activity.place,
        sessions: sessions.collect(),
        people: listed,
    })
}

/// The list as a table: a row a person, a column a session.
pub fn table(list: &AttendanceList, language: Language) -> Result<Rendered> {
    let words = |id: &str, en: &str| language.pick(id, en).to_owned();
    let mut header =
        vec![words("nomor", "number"), words("nama", "name"), words("unit", "unit"), words("jabatan", "position")];
    header.extend(list.sessions.iter().map(|session| {
        let zone = zone(&session.time_zone).unwrap_or(Tz::Asia__Pontianak);
        session.starts_at.0.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
    }));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows = list.people.iter().enumerate().map(|(place, person)| {
        let title = person.position_title.as_ref().map(|title| title.text(language).to_owned());
        let known = [(place + 1).to_string(), person.name.clone(), person.unit_name.clone(), title.unwrap_or_default()];
        let marks = person.presence.iter().map(|mark| match mark {
            Some(true) => words("hadir", "present"),
            Some(false) => words("tidak hadir", "absent"),
            None => String::new(),
        });
        known.into_iter().chain(marks).collect()
    });
    let body = csv::write(&header, rows)?;
    Ok(Rendered { media_type: csv::MEDIA_TYPE, body, file_name: Some("daftar-hadir.csv".to_owned()) })
}

/// The list to be printed: a box for each signature, a word where somebody was seen already.
pub async fn page(db: &Db, list: &AttendanceList) -> Result<Rendered> {
    let library = paper::library(db.reader()).await?;
    let mut content = String::from("<h1>DAFTAR HADIR</h1>");
    let times: Vec<String> = list
        .sessions
        .iter()
        .map(|session| paper::time(session.starts_at.0, session.ends_at.0, &session.time_zone))
        .collect();
    let place = list.place.clone().unwrap_or_default();
    content.push_str(&paper::facts(&[
        ("Kegiatan", list.title.clone()),
        ("Waktu", times.join("; ")),
        ("Tempat", place),
    ]));
    content.push_str("<table class=\"list\"><thead><tr><th>No.</th><th>Nama</th><th>Unit / Jabatan</th>");
    for (place, session) in list.sessions.iter().enumerate() {
        let zone = zone(&session.time_zone).unwrap_or(Tz::Asia__Pontianak);
        let on = paper::day(session.starts_at.0.with_timezone(&zone).date_naive());
        let name = session.title.as_deref().map_or_else(|| format!("Sesi {}", place + 1), str::to_owned);
        let _ = write!(content, "<th>{}<br>{on}</th>", escape_markup(&name));
    }
    content.push_str("</tr></thead><tbody>");
    for (place, person) in list.people.iter().enumerate() {
        let title = person.position_title.as_ref().map(|title| title.text(Language::Indonesian)).unwrap_or_default();
        let _ = write!(
            content,
            "<tr><td>{}</td><td>{}</td><td>{}<br>{}</td>",
            place + 1,
            escape_markup(&person.name),
            escape_markup(&person.unit_name),
            escape_markup(title)
        );
        for mark in &person.presence {
            let word = match mark {
                Some(true) => "hadir",
                Some(false) => "tidak hadir",
                None => "",
            };
            let _ = write!(content, "<td class=\"mark\">{word}</td>");
        }
        content.push_str("</tr>");
    }
    content.push_str("</tbody></table>");
    content.push_str(&paper::signature(library.as_ref(), db.today()));
    Ok(paper::page(library.as_ref(), &format!("Daftar hadir: {}", list.title), &content))
}
