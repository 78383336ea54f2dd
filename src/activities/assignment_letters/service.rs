use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::activities::activities::entity::{self as activity, ActivityKind};
use crate::activities::paper;
use crate::activities::registrations::entity::{Column, Entity, RegistrationStatus};
use crate::activities::sessions::service::all_of;
use crate::kernel::db::Db;
use crate::kernel::decimal::decimal;
use crate::kernel::error::{Refusal, Result};
use crate::kernel::http::Rendered;
use crate::kernel::language::Language;
use crate::kernel::policy::{Access, Reach};
use crate::kernel::text::escape_markup;
use crate::staff::librarians::entity as librarian;
use crate::staff::positions::entity as position;
use crate::staff::units::entity as unit;

/// Only who has a seat is sent.
pub const NO_SEAT: Refusal = Refusal {
    code: "no_seat",
    status: 404,
    id: "Surat tugas hanya untuk peserta yang terkonfirmasi",
    en: "Only somebody with a confirmed seat gets an assignment letter",
};

/// The letter of a registration.
pub async fn page(db: &Db, access: &Access, id: Uuid) -> Result<Rendered> {
    let reader = db.reader();
    let mut found = Entity::find().filter(Column::Id.eq(id));
    if access.reach() != Reach::All {
        found = found.filter(Column::LibrarianId.eq(access.own_librarian().unwrap_or_default()));
    }
    let seat = reader.find(found).await?;
    let states = [RegistrationStatus::Confirmed, RegistrationStatus::Attended, RegistrationStatus::NoShow];
    if !states.contains(&seat.status) {
        return Err(NO_SEAT.into());
    }
    let activity = reader.find(activity::Entity::find().filter(activity::Column::Id.eq(seat.activity_id))).await?;
    let sessions = all_of(db, activity.id).await?;
    let person = reader.find(librarian::Entity::find().filter(librarian::Column::Id.eq(seat.librarian_id))).await?;
    let unit = reader.find(unit::Entity::find().filter(unit::Column::Id.eq(person.unit_id))).await?;
    let position = position::Entity::find().filter(position::Column::Id.eq(person.position_id.unwrap_or_default()));
    let position = reader.one(position).await?;
    let library = paper::library(reader).await?;

    let who = paper::facts(&[
        ("Nama", person.name.clone()),
        ("NIP", person.employee_number.clone().unwrap_or_default()),
        ("Pangkat/golongan", person.grade.clone().unwrap_or_default()),
        ("Jabatan", position.map(|row| row.title.text(Language::Indonesian).to_owned()).unwrap_or_default()),
        ("Unit kerja", unit.name),
    ]);
    let times: Vec<String> =
        sessions.iter().map(|session| paper::time(session.starts_at, session.ends_at, &session.time_zone)).collect();
    let place = activity.place.clone().or_else(|| sessions.iter().find_map(|session| session.room.clone()));
    let hours = Some(activity.credit_hundredths).filter(|hours| *hours > 0);
    let what = paper::facts(&[
        ("Kegiatan", format!("{}: {}", kind(activity.kind), activity.title)),
        ("Waktu", times.join("; ")),
        ("Tempat", place.or_else(|| activity.online_url.clone()).unwrap_or_default()),
        ("Jam pelajaran", hours.map(|hours| format!("{} JP", decimal(hours.into()))).unwrap_or_default()),
    ]);
    let name = library.as_ref().map(|row| escape_markup(&row.name)).unwrap_or_default();
    let content = format!(
        "<h1>SURAT TUGAS</h1><p class=\"number\">Nomor: ....................</p>\
         <p>Yang bertanda tangan di bawah ini menugaskan kepada:</p>{who}<p>untuk mengikuti:</p>{what}\
         <p>Surat tugas ini dibuat untuk dilaksanakan dengan penuh tanggung jawab, dan hasilnya dilaporkan kepada pimpinan {name}.</p>{}",
        paper::signature(library.as_ref(), db.today())
    );
    Ok(paper::page(library.as_ref(), &format!("Surat tugas: {}", person.name), &content))
}

/// The kind of activity in the words of official papers.
const fn kind(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::Training => "Pelatihan",
        ActivityKind::Workshop => "Lokakarya",
        ActivityKind::Seminar => "Seminar",
        ActivityKind::Panel => "Diskusi panel",
        ActivityKind::Webinar => "Webinar",
        ActivityKind::Conference => "Konferensi",
        ActivityKind::BenchmarkingVisit => "Kunjungan patok banding",
        ActivityKind::JointProgramme => "Program bersama",
    }
}
