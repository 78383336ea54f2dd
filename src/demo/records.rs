//! The professional records of the demonstration: positions held, diplomas, certificates, appraisals, leave; who leads whom.

use std::collections::HashMap;

use chrono::{Datelike, Months, NaiveDate};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::assessments::access_of;
use super::careers::{self, Career};
use super::instant;
use super::people::{PEOPLE, People};
use super::random::Dice;
use crate::kernel::db::{Db, Precondition};
use crate::kernel::error::{Error, Result};
use crate::kernel::patch::Patch;
use crate::kernel::policy::{Access, Reach};
use crate::staff::appraisals::dto::{NewAppraisal, PerformancePredicate};
use crate::staff::certifications::dto::{CertificationKind, NewCertification};
use crate::staff::disciplinary_measures::dto::{DisciplineSeverity, NewDisciplinaryRecord};
use crate::staff::education::dto::{EducationLevel, NewEducation};
use crate::staff::leaves::dto::{LeaveKind, NewLeave};
use crate::staff::librarians::dto::{EmploymentKind, LibrarianChanges};
use crate::staff::librarians::entity as librarian;
use crate::staff::positions::dto::{PositionCategory, PositionChanges};
use crate::staff::positions::entity as position;
use crate::staff::units::dto::UnitChanges;
use crate::staff::units::entity as unit;
use crate::staff::{
    appointments, appraisals, certifications, disciplinary_measures, education, leaves, librarians, positions, units,
};

/// When the library entered its paper records.
const ENTERED: &str = "2026-11-16T02:00:00Z";

/// Head of each unit.
const HEADS: [(&str, &str); 4] = [
    ("KOLEKSI", "Maria Lestari Bong"),
    ("LAYANAN", "Hendra Wijaya Lim"),
    ("DIGITAL", "Yohanes Tarigas"),
    ("ANAK", "Dewi Anggraini"),
];
/// Formasi, by the position's code.
const HEADCOUNTS: [(&str, i32); 7] =
    [("15501", 1), ("15502", 3), ("15503", 4), ("15504", 8), ("87332", 7), ("87333", 4), ("87334", 2)];
const CLUSTERS: [&str; 5] = [
    "Pelaksanaan Pengembangan Koleksi",
    "Pelaksanaan Pengatalogan Deskriptif",
    "Pengembangan Kemampuan Literasi Informasi",
    "Layanan Pemustaka",
    "Pelaksanaan Evaluasi Pengembangan Koleksi",
];
/// The last days of certificates, some near.
const ENDS: [&str; 6] = ["2026-12-15", "2027-02-10", "2027-05-10", "2026-09-01", "2028-03-14", "2029-06-20"];
/// Who has passed the competency test for the next level.
const TESTS: [(&str, &str); 3] = [("Siti Rahmawati", "15502"), ("Nurhaliza Putri", "15503"), ("Suhardi Akim", "87334")];
/// Who is away, from when until when.
const LEAVES: [(&str, LeaveKind, &str, &str); 6] = [
    ("Fitri Handayani", LeaveKind::Maternity, "2026-10-12", "2027-01-11"),
    ("Rizky Pratama", LeaveKind::Annual, "2026-12-21", "2026-12-24"),
    ("Teguh Prasetyo", LeaveKind::Sick, "2026-11-09", "2026-11-11"),
    ("Agnes Monika Sari", LeaveKind::Annual, "2026-11-23", "2026-11-27"),
    ("Maria Lestari Bong", LeaveKind::ImportantReason, "2026-12-01", "2026-12-02"),
    ("Bambang Suryanto", LeaveKind::Long, "2027-02-01", "2027-04-30"),
];

/// Fills in what happened before the library used the service, and what lies ahead.
pub(super) async fn fill(db: &Db, people: &People) -> Result<()> {
    db.context().clock.set(instant(ENTERED)?);
    let admin = access_of(&people.admin, Reach::All);
    let rows = db.reader().all(position::Entity::find()).await?;
    let positions: HashMap<String, position::Model> = rows.into_iter().map(|row| (row.code.clone(), row)).collect();
    let rows = db.reader().all(unit::Entity::find()).await?;
    let units: HashMap<String, Uuid> = rows.into_iter().map(|row| (row.code, row.id)).collect();
    let mut dice = Dice(20_26);
    for (index, person) in PEOPLE.iter().enumerate() {
        let id = people.id(person.0)?;
        let row = db.reader().find(librarian::Entity::find().filter(librarian::Column::Id.eq(id))).await?;
        let current = person.1.and_then(|code| positions.get(code));
        for step in careers::of(&Career { person: &row, current, positions: &positions, units: &units }, &mut dice)? {
            appointments::service::create(db, &admin, id, step).await?;
        }
        diplomas(db, &admin, &row, current, index).await?;
        if current.is_some() && index.is_multiple_of(2) {
            certificate(db, &admin, id, index / 2).await?;
        }
        if row.employment_kind != EmploymentKind::NonAsn {
            appraised(db, &admin, id, &mut dice).await?;
        }
    }
    for (name, code) in TESTS {
        let target = positions.get(code).map(|position| position.id);
        passed(db, &admin, people.id(name)?, target, code).await?;
    }
    yearly(db, &admin, people).await?;
    formations(db, &admin, &positions).await?;
    lines(db, &admin, people, &units).await
}

async fn diplomas(
    db: &Db,
    admin: &Access,
    person: &librarian::Model,
    current: Option<&position::Model>,
    index: usize,
) -> Result<()> {
    let born = person.born_on.map_or(1995, |born| born.year());
    let category = current.map_or(PositionCategory::None, |position| position.category);
    let is_library_science = !index.is_multiple_of(3) && category != PositionCategory::None;
    let mut all = vec![match category {
        PositionCategory::Expertise => (EducationLevel::S1, "Universitas Tanjungpura", born + 22),
        PositionCategory::Skill => (EducationLevel::D3, "Universitas Terbuka", born + 21),
        PositionCategory::None => (EducationLevel::SeniorSecondary, "SMA Negeri 1 Singkawang", born + 18),
    }];
    if current.is_some_and(|position| position.level >= 6) {
        all.push((EducationLevel::S2, "Universitas Indonesia", born + 31));
    }
    for (level, institution, graduated_year) in all {
        let field = match (level, is_library_science) {
            (EducationLevel::SeniorSecondary, _) => None,
            (_, true) => Some("Ilmu Perpustakaan".to_owned()),
            (_, false) => Some("Administrasi Negara".to_owned()),
        };
        let new = NewEducation {
            level,
            institution: institution.to_owned(),
            field,
            is_library_science,
            graduated_year,
            diploma_number: None,
            evidence_url: None,
            siasn_id: None,
        };
        education::service::create(db, admin, person.id, new).await?;
    }
    Ok(())
}

async fn certificate(db: &Db, admin: &Access, id: Uuid, index: usize) -> Result<()> {
    let valid_until = ENDS.get(index % ENDS.len()).copied().map(day).transpose()?;
    let issued_on = valid_until.and_then(|end| end.checked_sub_months(Months::new(36))).unwrap_or_default();
    let new = NewCertification {
        kind: CertificationKind::Competency,
        scheme: "Klaster Perpustakaan, SKKNI 236/2019".to_owned(),
        cluster: CLUSTERS.get(index % CLUSTERS.len()).map(|&cluster| cluster.to_owned()),
        unit_codes: Vec::new(),
        number: format!("91100 2634 3 {index:07} {}", issued_on.year()),
        issuer: "LSP Pustakawan".to_owned(),
        position_id: None,
        issued_on,
        valid_until,
        evidence_url: None,
    };
    certifications::service::create(db, admin, id, new).await.map(|_| ())
}

async fn passed(db: &Db, admin: &Access, id: Uuid, position_id: Option<Uuid>, code: &str) -> Result<()> {
    let new = NewCertification {
        kind: CertificationKind::PositionTest,
        scheme: "Uji Kompetensi Kenaikan Jenjang, Peraturan Perpusnas 17/2021".to_owned(),
        cluster: None,
        unit_codes: Vec::new(),
        number: format!("UKOM/{code}/2026"),
        issuer: "Perpustakaan Nasional".to_owned(),
        position_id,
        issued_on: day("2026-08-20")?,
        valid_until: Some(day("2028-08-19")?),
        evidence_url: None,
    };
    certifications::service::create(db, admin, id, new).await.map(|_| ())
}

async fn appraised(db: &Db, admin: &Access, id: Uuid, dice: &mut Dice) -> Result<()> {
    for year in [2024, 2025] {
        let (predicate, score) = match dice.below(100) {
            0..=29 => (PerformancePredicate::VeryGood, 93.5),
            30..=91 => (PerformancePredicate::Good, 84.25),
            _ => (PerformancePredicate::NeedsImprovement, 72.0),
        };
        let new = NewAppraisal {
            year,
            first_month: 1,
            months: 12,
            predicate,
            score: Some(score),
            note: None,
            siasn_id: None,
        };
        appraisals::service::create(db, admin, id, new).await?;
    }
    Ok(())
}

async fn yearly(db: &Db, admin: &Access, people: &People) -> Result<()> {
    let measure = NewDisciplinaryRecord {
        severity: DisciplineSeverity::Light,
        imposed_on: day("2025-08-04")?,
        ends_on: Some(day("2026-08-03")?),
        decree_number: Some("800.1.6.2/14".to_owned()),
        reason: "Tidak masuk kerja tanpa keterangan selama tiga hari".to_owned(),
    };
    disciplinary_measures::service::create(db, admin, people.id("Teguh Prasetyo")?, measure).await?;
    for (name, kind, first, last) in LEAVES {
        let new = NewLeave { kind, starts_on: day(first)?, ends_on: day(last)?, letter_number: None, note: None };
        leaves::service::create(db, admin, people.id(name)?, new).await?;
    }
    Ok(())
}

async fn formations(db: &Db, admin: &Access, positions: &HashMap<String, position::Model>) -> Result<()> {
    for (code, headcount) in HEADCOUNTS {
        let Some(position) = positions.get(code) else { continue };
        let changes = PositionChanges { headcount: Patch::Set(headcount), ..Default::default() };
        positions::service::update(db, admin, position.id, Precondition::default(), changes).await?;
    }
    Ok(())
}

async fn lines(db: &Db, admin: &Access, people: &People, units: &HashMap<String, Uuid>) -> Result<()> {
    for (code, name) in HEADS {
        let (unit_id, head) = (units.get(code).copied().unwrap_or_default(), people.id(name)?);
        let changes = UnitChanges { head_id: Patch::Set(head), ..Default::default() };
        units::service::update(db, admin, unit_id, Precondition::default(), changes).await?;
        for person in PEOPLE.iter().filter(|person| person.2 == code && person.0 != name) {
            let changes = LibrarianChanges { supervisor_id: Patch::Set(head), ..Default::default() };
            librarians::service::update(db, admin, people.id(person.0)?, Precondition::default(), changes).await?;
        }
    }
    Ok(())
}

pub(super) fn day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(Error::internal)
}
