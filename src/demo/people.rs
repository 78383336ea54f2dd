//! The people of the demonstration: four units, 26 members of staff, their mentors and three accounts. All invented.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{ACCOUNTS, Actor, PASSWORD, account};
use crate::identity::accounts;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::policy::Access;
use crate::kernel::text::search_text;
use crate::staff::librarians::entity::{self as librarian, EmploymentKind, RecordedSex, Words};
use crate::staff::mentorships::entity::{self as mentorship, MentorshipKind, MentorshipStage};
use crate::staff::positions::entity as position;
use crate::staff::units::entity as unit;

const UNITS: [(&str, &str, &str); 4] = [
    ("LAYANAN", "Layanan Pemustaka", "Jalan Firdaus, lantai 1"),
    ("KOLEKSI", "Pengolahan dan Pengembangan Koleksi", "Jalan Firdaus, lantai 2"),
    ("DIGITAL", "Layanan Digital dan Teknologi Informasi", "Jalan Firdaus, lantai 2"),
    ("ANAK", "Layanan Anak dan Remaja", "Jalan Firdaus, lantai dasar"),
];

/// Name, position (SIASN code; none for others), unit, employee number, grade, in the position since.
pub(super) type Person =
    (&'static str, Option<&'static str>, &'static str, Option<&'static str>, Option<&'static str>, &'static str);

/// The members of staff.
pub(super) const PEOPLE: [Person; 26] = [
    ("Maria Lestari Bong", Some("15502"), "KOLEKSI", Some("197804122003122001"), Some("IV/a"), "2019-04-01"),
    ("Hendra Wijaya Lim", Some("15502"), "LAYANAN", Some("197511032000031002"), Some("IV/b"), "2017-10-01"),
    ("Siti Rahmawati", Some("15503"), "LAYANAN", Some("198507212010012003"), Some("III/d"), "2018-04-01"),
    ("Yohanes Tarigas", Some("15503"), "DIGITAL", Some("198602142011011004"), Some("III/c"), "2020-04-01"),
    ("Dewi Anggraini", Some("15503"), "ANAK", Some("198709302012122001"), Some("III/c"), "2021-04-01"),
    ("Bambang Suryanto", Some("15501"), "KOLEKSI", Some("196707051992031001"), Some("IV/d"), "2016-10-01"),
    ("Nurhaliza Putri", Some("15504"), "LAYANAN", Some("199203142019032005"), Some("III/b"), "2021-03-01"),
    ("Andreas Jaya Ngo", Some("15504"), "DIGITAL", Some("199405262020121001"), Some("III/a"), "2022-12-01"),
    ("Fitri Handayani", Some("15504"), "ANAK", Some("199308172019032007"), Some("III/b"), "2021-03-01"),
    ("Rudi Hartono Tjhia", Some("15504"), "KOLEKSI", Some("199101092018011002"), Some("III/b"), "2020-01-01"),
    ("Rizky Pratama", Some("87332"), "KOLEKSI", Some("199902202022031001"), Some("II/c"), "2022-03-01"),
    ("Agnes Monika Sari", Some("87332"), "LAYANAN", Some("199806112021042002"), Some("II/c"), "2021-04-01"),
    ("Muhammad Fajar", Some("87332"), "DIGITAL", Some("200001152023011001"), Some("II/c"), "2023-01-01"),
    ("Kristina Bulan", Some("87332"), "ANAK", Some("199712242022032003"), Some("II/c"), "2022-03-01"),
    ("Suhardi Akim", Some("87333"), "LAYANAN", Some("198304182008011003"), Some("III/b"), "2016-04-01"),
    ("Lina Marlina Phang", Some("87333"), "KOLEKSI", Some("198510052009122002"), Some("III/a"), "2018-10-01"),
    ("Teguh Prasetyo", Some("87333"), "DIGITAL", Some("198801222011011005"), Some("III/a"), "2019-04-01"),
    ("Ratna Kumala", Some("87334"), "LAYANAN", Some("196901081994032004"), Some("III/d"), "2014-04-01"),
    ("Petrus Sabinus", Some("87334"), "ANAK", Some("197203271997031002"), Some("III/d"), "2015-10-01"),
    ("Wulan Ayu Kartika", Some("15504"), "LAYANAN", Some("199203142022212004"), None, "2022-04-01"),
    ("Iskandar Zulkarnain", Some("15504"), "DIGITAL", Some("199007192023211006"), None, "2023-05-01"),
    ("Melati Oktaviani", Some("87332"), "ANAK", Some("199610102023212009"), None, "2023-05-01"),
    ("Johan Saputra Liu", Some("87332"), "LAYANAN", Some("199504032024211003"), None, "2024-02-01"),
    ("Yuliana Depari", None, "LAYANAN", None, None, "2023-01-02"),
    ("Ahmad Ridwan", None, "DIGITAL", None, None, "2022-07-01"),
    ("Sri Wahyuni", None, "KOLEKSI", None, None, "2021-02-01"),
];

/// Mentor, mentee, from, until.
const MENTORSHIPS: [(&str, &str, &str, Option<&str>); 9] = [
    ("Maria Lestari Bong", "Rizky Pratama", "2025-01-13", None),
    ("Maria Lestari Bong", "Rudi Hartono Tjhia", "2025-01-13", None),
    ("Maria Lestari Bong", "Lina Marlina Phang", "2025-07-07", Some("2026-06-30")),
    ("Hendra Wijaya Lim", "Agnes Monika Sari", "2025-01-13", None),
    ("Hendra Wijaya Lim", "Wulan Ayu Kartika", "2025-03-03", None),
    ("Yohanes Tarigas", "Muhammad Fajar", "2025-01-13", None),
    ("Yohanes Tarigas", "Iskandar Zulkarnain", "2025-03-03", None),
    ("Dewi Anggraini", "Kristina Bulan", "2025-01-13", None),
    ("Dewi Anggraini", "Melati Oktaviani", "2025-03-03", None),
];

/// The account of the second admin, with the same password.
const DEPUTY: &str = "admin2@demo.example";

/// Who is there.
pub(super) struct People {
    /// Everybody with a position: the record and the position's id.
    pub(super) staff: Vec<(Uuid, Uuid)>,
    pub(super) admin: Actor,
    /// Another admin, who decides on the first one.
    pub(super) deputy: Actor,
    pub(super) mentor: Actor,
    pub(super) librarian: Actor,
    ids: HashMap<&'static str, Uuid>,
}

impl People {
    /// The record of somebody by their name.
    pub(super) fn id(&self, name: &str) -> Result<Uuid> {
        self.ids.get(name).copied().ok_or_else(|| Error::internal(format!("nobody is called {name}")))
    }
}

pub(super) async fn fill(db: &Db) -> Result<People> {
    let (staff, ids) = db.run(Access::system(), async |tx: &Tx<'_>| enter(tx).await).await?;
    let hash = accounts::hash(PASSWORD)?;
    let id = |name: &str| ids.get(name).copied().ok_or_else(|| Error::internal(format!("nobody is called {name}")));
    let [admin, mentor, librarian] = ACCOUNTS;
    Ok(People {
        admin: account(db, admin, "Hendra Wijaya Lim", id("Hendra Wijaya Lim")?, (false, true), &hash).await?,
        deputy: account(db, DEPUTY, "Siti Rahmawati", id("Siti Rahmawati")?, (false, true), &hash).await?,
        mentor: account(db, mentor, "Maria Lestari Bong", id("Maria Lestari Bong")?, (true, false), &hash).await?,
        librarian: account(db, librarian, "Rizky Pratama", id("Rizky Pratama")?, (false, false), &hash).await?,
        staff,
        ids,
    })
}

type Entered = (Vec<(Uuid, Uuid)>, HashMap<&'static str, Uuid>);

async fn enter(tx: &Tx<'_>) -> Result<Entered> {
    let mut units = HashMap::new();
    for (code, name, address) in UNITS {
        let row = unit::ActiveModel {
            code: Set(code.to_owned()),
            name: Set(name.to_owned()),
            address: Set(Some(address.to_owned())),
            search_text: Set(search_text(&[code, name])),
            ..Default::default()
        };
        units.insert(code, tx.insert::<unit::Entity>(row, "unit.created").await?.id);
    }
    let positions: HashMap<String, Uuid> =
        tx.reader().all(position::Entity::find()).await?.into_iter().map(|row| (row.code, row.id)).collect();
    let (mut staff, mut ids) = (Vec::new(), HashMap::new());
    for person in PEOPLE {
        let position_id = person.1.and_then(|code| positions.get(code)).copied();
        let unit_id = units.get(person.2).copied().unwrap_or_default();
        let row = tx.insert::<librarian::Entity>(row_of(person, unit_id, position_id)?, "librarian.created").await?;
        staff.extend(position_id.map(|position| (row.id, position)));
        ids.insert(person.0, row.id);
    }
    for (mentor, mentee, from, until) in MENTORSHIPS {
        let row = mentorship::ActiveModel {
            mentor_id: Set(ids.get(mentor).copied().unwrap_or_default()),
            mentee_id: Set(ids.get(mentee).copied().unwrap_or_default()),
            kind: Set(MentorshipKind::Mentoring),
            stage: Set(MentorshipStage::Agreed),
            starts_on: Set(day(from)?),
            ends_on: Set(until.map(day).transpose()?),
            ..Default::default()
        };
        tx.insert::<mentorship::Entity>(row, "mentorship.created").await?;
    }
    Ok((staff, ids))
}

fn row_of(person: Person, unit_id: Uuid, position_id: Option<Uuid>) -> Result<librarian::ActiveModel> {
    let (name, _, unit, number, grade, since) = person;
    // The 13th and 14th digits are a month for civil servants and count contracts for the others.
    let kind = match number.and_then(|number| number.get(12..14)?.parse::<u32>().ok()) {
        None => EmploymentKind::NonAsn,
        Some(1..=12) => EmploymentKind::Pns,
        Some(_) => EmploymentKind::Pppk,
    };
    let born_on = number.and_then(|number| NaiveDate::parse_from_str(number.get(..8)?, "%Y%m%d").ok());
    let sex = number.and_then(|number| number.get(14..15)).map(|digit| match digit {
        "1" => RecordedSex::Male,
        _ => RecordedSex::Female,
    });
    let email = format!("{}@perpustakaan.example", search_text(&[name]).replace(' ', "."));
    Ok(librarian::ActiveModel {
        name: Set(name.to_owned()),
        employment_kind: Set(kind),
        employee_number: Set(number.map(str::to_owned)),
        unit_id: Set(unit_id),
        position_id: Set(position_id),
        grade: Set(grade.map(str::to_owned)),
        position_since: Set(Some(day(since)?)),
        born_on: Set(born_on),
        sex: Set(sex),
        email: Set(Some(email)),
        languages: Set(Words(vec!["id".to_owned()])),
        interests: Set(Words(vec![unit.to_lowercase()])),
        search_text: Set(search_text(&[name])),
        ..Default::default()
    })
}

fn day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(Error::internal)
}
