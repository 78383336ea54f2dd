//! The reading list: what there is to learn from, who read it, and how good they found it. All titles are invented.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::assessments::access_of;
use super::people::People;
use super::random::Dice;
use super::{Actor, instant};
use crate::competencies::aims::CompetencyAim;
use crate::competencies::standards::entity as standard;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::policy::{Access, Reach};
use crate::learning::learning_resources::content::NewLearningResource;
use crate::learning::learning_resources::dto::LearningResourceKind::{
    self, Article, Book, Course, Guideline, Podcast, Video, Website,
};
use crate::learning::learning_resources::service;
use crate::learning::readings::dto::NewReading;
use crate::learning::readings::service as readings;

/// Kind, title, authors, year, language, minutes.
type Sketch = (LearningResourceKind, &'static str, &'static str, i32, &'static str, i32);

const RESOURCES: [Sketch; 25] = [
    (Guideline, "Panduan Praktis Pengatalogan RDA untuk Koleksi Lokal", "Tim Pengolahan Roban", 2024, "id", 240),
    (Book, "Manajemen Koleksi Perpustakaan Kota", "Sulastri Handoko", 2021, "id", 540),
    (Course, "Metadata untuk Koleksi Digital", "Akademi Pustaka Terbuka", 2025, "id", 600),
    (Article, "Wawancara Referensi di Meja Layanan", "Theresia Lim", 2023, "id", 30),
    (Video, "Mendongeng untuk Anak Usia Dini", "Sanggar Kancil", 2024, "id", 45),
    (Book, "Literasi Informasi di Perpustakaan Umum", "Bambang Suryono", 2020, "id", 420),
    (Podcast, "Obrolan Rak: Pustakawan dan Warga", "Radio Singkawang", 2025, "id", 40),
    (Guideline, "Prosedur Pelestarian Naskah Kuno", "Forum Naskah Kalbar", 2022, "id", 180),
    (Course, "Analitik Kunjungan dengan Lembar Sebar", "Akademi Pustaka Terbuka", 2025, "id", 300),
    (Article, "AI di Meja Referensi: Peluang dan Batas", "Antonius Rusli", 2026, "id", 35),
    (Website, "Kamus Istilah Perpustakaan", "Komunitas Tajuk", 2024, "id", 60),
    (Book, "Designing Welcoming Libraries", "Marta Oduya", 2019, "en", 480),
    (Video, "Layanan untuk Pemustaka Tunanetra", "Yayasan Cahaya Huruf", 2023, "id", 50),
    (Guideline, "Menyusun Kebijakan Pengembangan Koleksi", "Tim Koleksi Roban", 2023, "id", 150),
    (Course, "Subject Headings from Scratch", "Open Catalogue School", 2022, "en", 720),
    (Article, "Mengukur Kepuasan Pemustaka dengan Benar", "Ratna Dewi", 2021, "id", 40),
    (Book, "Kepemimpinan di Perpustakaan Kecil", "Yusuf Mahmud", 2022, "id", 360),
    (Video, "Klinik SLiMS: Laporan dan Statistik", "Komunitas SLiMS Kalbar", 2025, "id", 90),
    (Podcast, "Reading Rooms: Stories of Public Libraries", "Harbour Audio", 2024, "en", 55),
    (Guideline, "Pengelolaan Perpustakaan Keliling", "Tim Layanan Roban", 2024, "id", 120),
    (Article, "Kelas Koding Cerita untuk Remaja", "Dimas Arga", 2025, "id", 25),
    (Book, "Hak Cipta dan Lisensi Terbuka bagi Pustakawan", "Lestari Wibowo", 2023, "id", 300),
    (Course, "Menulis Proposal Program Literasi", "Akademi Pustaka Terbuka", 2024, "id", 240),
    (Website, "Contoh Ruang Baca Ramah Anak", "Sanggar Kancil", 2025, "id", 45),
    (Video, "Promosi Perpustakaan di Media Sosial", "Kelas Warta", 2026, "id", 60),
];

const COMMENTS: [&str; 6] = [
    "Contohnya langsung terpakai di meja layanan",
    "Baik untuk pemula, kurang dalam untuk yang sudah lama",
    "Bab terakhir paling berguna",
    "Bahasanya ringan, cocok dibaca bersama satu unit",
    "Perlu contoh dari perpustakaan kecil",
    "Sudah saya pakai untuk klinik bulan lalu",
];

/// The right of a member of staff to speak for themself, entered by the admin: only three have accounts.
pub(super) fn own(people: &People, librarian_id: Uuid) -> Access {
    let actor = Actor { user_id: people.admin.user_id, librarian_id, is_mentor: false, is_admin: false };
    access_of(&actor, Reach::Own)
}

/// The morning of a day.
pub(super) fn morning(db: &Db, on: NaiveDate) {
    db.context().clock.set(on.and_time(NaiveTime::from_hms_opt(2, 0, 0).unwrap_or_default()).and_utc());
}

pub(super) async fn fill(db: &Db, people: &People, dice: &mut Dice) -> Result<Vec<Uuid>> {
    let mut asked: BTreeMap<Uuid, i32> = BTreeMap::new();
    for row in db.reader().all(standard::Entity::find()).await? {
        let level = asked.entry(row.competency_id).or_insert(row.required_level);
        *level = row.required_level.max(*level);
    }
    let asked: Vec<(Uuid, i32)> = asked.into_iter().collect();
    let admin = access_of(&people.admin, Reach::All);
    let mut resources = Vec::new();
    let first = instant("2025-02-03T02:00:00Z")?.date_naive();
    for (number, (kind, title, authors, year, language, minutes)) in (0_u64..).zip(RESOURCES) {
        morning(db, first + Days::new(number * 21));
        let aims = (0..4).filter_map(|_| dice.one_of(&asked)).map(|(competency_id, level)| (*competency_id, *level));
        // Each competency once, the levels as they are asked.
        let aims: BTreeMap<Uuid, i32> = aims.collect();
        let aims = aims.into_iter().map(|(competency_id, level)| CompetencyAim { competency_id, level });
        let new = NewLearningResource {
            kind,
            title: title.to_owned(),
            authors: Some(authors.to_owned()),
            publisher: None,
            published_year: Some(year),
            language: language.to_owned(),
            url: (kind != Book).then(|| format!("https://belajar.example/{}", number + 1)),
            location: (kind == Book).then(|| format!("020.{}", 100 + number)),
            summary: None,
            minutes: Some(minutes),
            competencies: aims.collect(),
        };
        let resource = service::create(db, &admin, new).await?;
        resources.push(resource.id);
        for (person, _) in &people.staff {
            if !dice.percent(24) {
                continue;
            }
            let read_on = first + Days::new(number * 21 + 3 + dice.below(20));
            morning(db, read_on);
            let stars = dice.percent(80).then(|| 3 + i32::try_from(dice.below(3)).unwrap_or_default());
            let comment = dice.percent(35).then(|| dice.one_of(&COMMENTS).map(|text| (*text).to_owned())).flatten();
            let reading = NewReading { read_on: Some(read_on), stars, comment };
            readings::create(db, &own(people, *person), resource.id, reading).await?;
        }
    }
    Ok(resources)
}
