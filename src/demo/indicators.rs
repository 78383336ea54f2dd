//! What tells whether the programme works: figures of the library and its city, targets, and what was measured since 2022; the five
//! indicators of this year's programme among it.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::assessments::access_of;
use super::instant;
use super::people::People;
use crate::competencies::assessments::entity::Evidence;
use crate::evaluation::indicators::dto::IndicatorChanges;
use crate::evaluation::indicators::entity as indicator;
use crate::evaluation::library_figures::dto::NewLibraryFigure;
use crate::evaluation::library_figures::entity::FigureKey;
use crate::evaluation::measurements::dto::NewMeasurement;
use crate::evaluation::targets::dto::NewIndicatorTarget;
use crate::evaluation::{indicators, library_figures, measurements, targets};
use crate::kernel::db::{Db, Precondition};
use crate::kernel::error::Result;
use crate::kernel::patch::Patch;
use crate::kernel::policy::{Access, Reach};

/// Figures by year: 2024, 2025 and, as far as it has come, 2026.
const YEARS: [(FigureKey, &str, [f64; 3]); 18] = [
    (FigureKey::Population, "BPS Kota Singkawang", [244_600.0, 246_300.0, 247_924.0]),
    (FigureKey::Items, "Inventaris SLiMS", [31_450.0, 33_120.0, 34_780.0]),
    (FigureKey::Titles, "Inventaris SLiMS", [5_310.0, 5_640.0, 5_972.0]),
    (FigureKey::RecentTitles, "Inventaris SLiMS", [498.0, 561.0, 640.0]),
    (FigureKey::Members, "SLiMS", [9_870.0, 11_240.0, 12_655.0]),
    (FigureKey::ActiveBorrowers, "SLiMS", [3_402.0, 3_911.0, 4_386.0]),
    (FigureKey::Staff, "Daftar pegawai", [9.0, 9.0, 10.0]),
    (FigureKey::Librarians, "Daftar pegawai", [3.0, 3.0, 4.0]),
    (FigureKey::EServiceStaff, "Daftar pegawai", [3.0, 4.0, 6.0]),
    (FigureKey::EventAttendances, "Buku kegiatan", [4_120.0, 5_055.0, 5_610.0]),
    (FigureKey::LessonAttendances, "Buku kegiatan", [380.0, 612.0, 745.0]),
    (FigureKey::OperatingCost, "Laporan realisasi anggaran", [1_640_000_000.0, 1_712_500_000.0, 1_405_300_000.0]),
    (FigureKey::StaffTrainingCost, "Laporan realisasi anggaran", [28_750_000.0, 41_200_000.0, 52_900_000.0]),
    (FigureKey::TgmReadingFrequency, "Survei kegemaran membaca", [54.2, 57.1, 60.0]),
    (FigureKey::TgmReadingDuration, "Survei kegemaran membaca", [50.4, 52.8, 55.0]),
    (FigureKey::TgmBooks, "Survei kegemaran membaca", [43.9, 46.3, 48.0]),
    (FigureKey::TgmInternetFrequency, "Survei kegemaran membaca", [76.5, 78.2, 80.0]),
    (FigureKey::TgmInternetDuration, "Survei kegemaran membaca", [66.1, 68.4, 70.0]),
];

/// Visits and loans of January to October 2026.
const MONTHS: [(FigureKey, [f64; 10]); 2] = [
    (FigureKey::Visits, [6_210.0, 6_480.0, 5_960.0, 6_715.0, 7_020.0, 6_890.0, 7_744.0, 7_410.0, 7_480.0, 7_510.0]),
    (FigureKey::Loans, [3_880.0, 4_015.0, 3_640.0, 4_120.0, 4_388.0, 4_270.0, 4_790.0, 4_615.0, 4_702.0, 4_731.0]),
];

/// Years before the service came, from the annual reports: code, and the values of 2022 and 2023.
const REPORTED: [(&str, [f64; 2]); 4] = [
    ("IKM", [79.85, 80.4]),
    ("KUNJUNGAN-PER-KAPITA", [0.19, 0.22]),
    ("PINJAMAN-PER-KAPITA", [0.13, 0.15]),
    ("SERAPAN-ANGGARAN", [91.3, 93.75]),
];

/// What is entered each year, for nothing is reckoned from it here: 2024, 2025, 2026.
const ENTERED: [(&str, &str, [f64; 3]); 1] = [("SERAPAN-ANGGARAN", "Laporan realisasi anggaran", [92.1, 94.4, 71.4])];

/// The satisfaction of 2024, asked on paper; since then it comes from the surveys.
const ASKED_ON_PAPER: f64 = 81.1;

/// What is reckoned each year.
const YEARLY: [&str; 19] = [
    "JP-20",
    "JP-MEDIAN",
    "JP-FORMAL",
    "IP-ASN",
    "TGM",
    "SNP-TENAGA",
    "SNP-PUSTAKAWAN",
    "SNP-JUDUL",
    "SNP-TERBARU",
    "KUNJUNGAN-PER-KAPITA",
    "PINJAMAN-PER-KAPITA",
    "PERPUTARAN-KOLEKSI",
    "JANGKAUAN",
    "KEGIATAN-PER-KAPITA",
    "LATIHAN-PER-KAPITA",
    "LAYANAN-ELEKTRONIK",
    "BIAYA-PER-KUNJUNGAN",
    "BIAYA-PER-PINJAMAN",
    "BELANJA-PENGEMBANGAN",
];
/// What is reckoned each half year.
const HALF_YEARLY: [&str; 3] = ["JPM", "CAKUPAN-KOMPETENSI", "SERTIFIKASI"];

/// Code, period, value.
const TARGETS: [(&str, &str, f64); 23] = [
    ("JP-20", "2025", 75.0),
    ("JP-20", "2026", 90.0),
    ("IKM", "2023", 80.0),
    ("IKM", "2024", 81.0),
    ("IKM", "2025", 82.5),
    ("IKM", "2026", 84.0),
    ("IKM", "2027", 85.0),
    ("SERTIFIKASI", "2025-S1", 15.0),
    ("SERTIFIKASI", "2025-S2", 20.0),
    ("SERTIFIKASI", "2026-S1", 30.0),
    ("SERTIFIKASI", "2026-S2", 40.0),
    ("KUNJUNGAN-PER-KAPITA", "2024", 0.24),
    ("KUNJUNGAN-PER-KAPITA", "2025", 0.28),
    ("KUNJUNGAN-PER-KAPITA", "2026", 0.35),
    ("SERAPAN-ANGGARAN", "2024", 92.0),
    ("SERAPAN-ANGGARAN", "2025", 95.0),
    ("SERAPAN-ANGGARAN", "2026", 95.0),
    ("JPM", "2026-S2", 80.0),
    ("CAKUPAN-KOMPETENSI", "2026-S2", 85.0),
    ("TGM", "2026", 58.0),
    ("BIAYA-PER-KUNJUNGAN", "2026", 21_000.0),
    ("MENTORING", "2026-Q4", 12.0),
    ("WAKTU-TANGGAPAN", "2026-Q4", 72.0),
];

/// The indicators of this year's programme.
const OF_THE_PROGRAMME: [&str; 5] = ["JP-20", "IKM", "SERTIFIKASI", "KUNJUNGAN-PER-KAPITA", "SERAPAN-ANGGARAN"];

struct Stage<'a> {
    db: &'a Db,
    admin: Access,
}

/// Figures, targets and measurements, in the order in which they came.
pub(super) async fn fill(db: &Db, people: &People, programme: Uuid) -> Result<()> {
    let stage = Stage { db, admin: access_of(&people.admin, Reach::All) };
    stage.at("2024-12-10T02:00:00Z")?;
    for (code, values) in REPORTED {
        for (year, value) in [2022, 2023].into_iter().zip(values) {
            stage.entered(code, year, value, "Laporan tahunan").await?;
        }
    }
    for (code, period, value) in TARGETS {
        let indicator_id = stage.id_of(code).await?;
        let new = NewIndicatorTarget { indicator_id, period: period.to_owned(), value, note: None };
        targets::service::create(db, &stage.admin, new).await?;
    }
    for (place, (year, day)) in
        [(2024, "2025-01-20"), (2025, "2026-01-20"), (2026, "2026-11-17")].into_iter().enumerate()
    {
        stage.at(&format!("{day}T02:00:00Z"))?;
        stage.year(place, year).await?;
    }
    for code in OF_THE_PROGRAMME {
        let changes = IndicatorChanges { programme_id: Patch::Set(programme), ..IndicatorChanges::default() };
        let id = stage.id_of(code).await?;
        indicators::service::update(db, &stage.admin, id, Precondition::default(), changes).await?;
    }
    stage.close("2024").await
}

impl Stage<'_> {
    fn at(&self, day: &str) -> Result<()> {
        self.db.context().clock.set(instant(day)?);
        Ok(())
    }

    async fn id_of(&self, code: &str) -> Result<Uuid> {
        let row = indicator::Entity::find().filter(indicator::Column::Code.eq(code));
        self.db.reader().find(row).await.map(|row| row.id)
    }

    async fn year(&self, place: usize, year: i32) -> Result<()> {
        for (key, source, values) in YEARS {
            self.figure(key, &year.to_string(), values.get(place).copied().unwrap_or_default(), source).await?;
        }
        if year == 2026 {
            for (key, values) in MONTHS {
                for (month, value) in (1..).zip(values) {
                    self.figure(key, &format!("2026-{month:02}"), value, "SLiMS").await?;
                }
            }
        } else {
            let (visits, loans) = if year == 2024 { (58_700.0, 41_240.0) } else { (64_040.0, 45_810.0) };
            self.figure(FigureKey::Visits, &year.to_string(), visits, "SLiMS").await?;
            self.figure(FigureKey::Loans, &year.to_string(), loans, "SLiMS").await?;
        }
        for (code, evidence, values) in ENTERED {
            self.entered(code, year, values.get(place).copied().unwrap_or_default(), evidence).await?;
        }
        if year == 2024 {
            self.entered("IKM", year, ASKED_ON_PAPER, "Laporan SKM").await?;
        } else {
            self.computed("IKM", &year.to_string()).await?;
        }
        for code in YEARLY {
            self.computed(code, &year.to_string()).await?;
        }
        let halves = HALF_YEARLY.iter().flat_map(|code| [1, 2].map(|half| (code, format!("{year}-S{half}"))));
        for (code, period) in halves.filter(|_| year > 2024) {
            self.computed(code, &period).await?;
        }
        for quarter in (1..=4).filter(|_| year > 2024) {
            self.computed("MENTORING", &format!("{year}-Q{quarter}")).await?;
        }
        if year == 2026 {
            self.computed("WAKTU-TANGGAPAN", "2026-Q4").await?;
        }
        Ok(())
    }

    async fn figure(&self, key: FigureKey, period: &str, value: f64, source: &str) -> Result<()> {
        let new =
            NewLibraryFigure { key, period: period.to_owned(), district_code: None, value, source: source.to_owned() };
        library_figures::service::create(self.db, &self.admin, new).await.map(|_| ())
    }

    async fn entered(&self, code: &str, year: i32, value: f64, title: &str) -> Result<()> {
        let evidence = vec![Evidence { title: format!("{title} {year}"), ..Evidence::default() }];
        self.measure(code, &year.to_string(), Some(value), evidence).await
    }

    async fn computed(&self, code: &str, period: &str) -> Result<()> {
        self.measure(code, period, None, Vec::new()).await
    }

    async fn measure(&self, code: &str, period: &str, value: Option<f64>, evidence: Vec<Evidence>) -> Result<()> {
        let indicator_id = self.id_of(code).await?;
        let new = NewMeasurement { indicator_id, period: period.to_owned(), value, evidence, reason: None };
        measurements::service::create(self.db, &self.admin, new).await.map(|_| ())
    }

    /// The periods of a year that are settled for good.
    async fn close(&self, period: &str) -> Result<()> {
        use crate::evaluation::measurements::entity::{Column, Entity};
        let rows = Entity::find().filter(Column::Period.eq(period)).filter(Column::IsCurrent.eq(true));
        let mut rows = self.db.reader().all(rows).await?;
        rows.sort_by_key(|row| row.id);
        for row in rows {
            measurements::service::close(self.db, &self.admin, row.id, Precondition::default()).await?;
        }
        Ok(())
    }
}
