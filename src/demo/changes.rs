//! A change of the demonstration year: self-service by RFID, from the first letter to the last who still hands books over the counter.

use chrono::{Days, NaiveDate};

use super::assessments::access_of;
use super::people::{PEOPLE, People};
use super::random::Dice;
use super::reading_list::morning;
use crate::evaluation::adoptions::dto::NewAdoption;
use crate::evaluation::adoptions::entity::AdoptionStage;
use crate::evaluation::change_actions::dto::{ChangeActionKind, NewChangeAction};
use crate::evaluation::change_initiatives::content::NewChangeInitiative;
use crate::evaluation::change_initiatives::dto::ChangeInitiative;
use crate::evaluation::change_initiatives::lifecycle;
use crate::evaluation::{adoptions, change_actions, change_initiatives};
use crate::kernel::db::{Db, Precondition};
use crate::kernel::error::{Error, Result};
use crate::kernel::policy::{Access, Reach};

/// Kind, title, day, audience, what shows it.
const STEPS: [(ChangeActionKind, &str, &str, &str, &str); 6] = [
    (
        ChangeActionKind::Communication,
        "Surat kepala perpustakaan: mengapa swalayan",
        "2026-03-02",
        "Semua pegawai",
        "Dibahas dalam apel dan rapat unit",
    ),
    (
        ChangeActionKind::Demonstration,
        "Hari demo mesin swalayan",
        "2026-03-14",
        "Semua pegawai dua lantai",
        "24 hadir, 61 peminjaman percobaan",
    ),
    (
        ChangeActionKind::Involvement,
        "Kelompok penggerak",
        "2026-03-16",
        "Tiga pegawai dari tiga unit",
        "Menyusun panduan satu halaman",
    ),
    (
        ChangeActionKind::Training,
        "Latihan penandaan dan mesin swalayan",
        "2026-03-25",
        "Semua pegawai, tiga kelompok",
        "Daftar hadir 26 orang",
    ),
    (
        ChangeActionKind::Coaching,
        "Pendampingan di loket oleh penggerak",
        "2026-05-04",
        "Layanan Pemustaka",
        "Catatan pendampingan empat pekan",
    ),
    (
        ChangeActionKind::Recognition,
        "Penghargaan unit tercepat",
        "2026-08-17",
        "Semua pegawai",
        "Piagam untuk Layanan Digital",
    ),
];

/// The champions.
const CHAMPIONS: [&str; 3] = ["Andreas Jaya Ngo", "Nurhaliza Putri", "Fitri Handayani"];

/// The day from which on books were lent by the machines.
const GO_LIVE: &str = "2026-04-01";

pub(super) async fn fill(db: &Db, people: &People) -> Result<ChangeInitiative> {
    let admin = access_of(&people.admin, Reach::All);
    morning(db, day("2026-02-16")?);
    let new = NewChangeInitiative {
        title: "Migrasi ke layanan swalayan RFID".to_owned(),
        description: Some("Peminjaman dan pengembalian mandiri di dua lantai".to_owned()),
        go_live_on: day(GO_LIVE)?,
        unit_ids: Vec::new(),
        librarian_ids: Vec::new(),
    };
    let change = change_initiatives::service::create(db, &admin, new).await?;
    morning(db, day("2026-03-02")?);
    lifecycle::start(db, &admin, change.id, Precondition::default()).await?;
    for (kind, title, on, audience, evidence) in STEPS {
        morning(db, day(on)?);
        let step = NewChangeAction {
            kind,
            element: None,
            title: title.to_owned(),
            held_on: day(on)?,
            audience: audience.to_owned(),
            evidence: Some(evidence.to_owned()),
            evidence_url: None,
        };
        change_actions::service::create(db, &admin, change.id, step).await?;
    }
    adopt(db, people, &admin, &change).await?;
    let planned = NewChangeInitiative {
        title: "Katalog dengan penelusuran berbahasa daerah".to_owned(),
        description: None,
        go_live_on: day("2027-02-01")?,
        unit_ids: Vec::new(),
        librarian_ids: vec![people.librarian.librarian_id, people.mentor.librarian_id],
    };
    morning(db, day("2026-11-23")?);
    change_initiatives::service::create(db, &admin, planned).await?;
    Ok(change)
}

/// Who came so far, and when, as the library followed it in the year.
async fn adopt(db: &Db, people: &People, admin: &Access, change: &ChangeInitiative) -> Result<()> {
    let mut dice = Dice(61_720);
    let mut rows: Vec<(NaiveDate, &str, AdoptionStage)> = Vec::new();
    for (number, (name, ..)) in PEOPLE.into_iter().enumerate() {
        rows.push((day("2026-03-25")?, name, AdoptionStage::Trained));
        if CHAMPIONS.contains(&name) {
            rows.push((after("2026-03-27", dice.below(5))?, name, AdoptionStage::Champion));
            continue;
        }
        let tried = after(GO_LIVE, 3 + dice.below(40))?;
        match number % 9 {
            0 => {}
            1 | 2 => rows.push((tried, name, AdoptionStage::Trying)),
            _ => {
                rows.push((tried, name, AdoptionStage::Trying));
                let used = tried.checked_add_days(Days::new(7 + dice.below(110))).unwrap_or(tried);
                rows.push((used, name, AdoptionStage::Using));
            }
        }
    }
    rows.sort_by_key(|(on, name, _)| (*on, *name));
    for (on, name, stage) in rows {
        morning(db, on);
        let new = NewAdoption { librarian_id: Some(people.id(name)?), stage, reached_on: Some(on), note: None };
        adoptions::service::create(db, admin, change.id, new).await?;
    }
    Ok(())
}

fn after(from: &str, days: u64) -> Result<NaiveDate> {
    let from = day(from)?;
    Ok(from.checked_add_days(Days::new(days)).unwrap_or(from))
}

fn day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(Error::internal)
}
