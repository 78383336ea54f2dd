use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// What a figure counts. Where ISO 2789 defines it, it is counted as it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FigureKey {
    /// Jumlah penduduk.
    Population,
    /// Kunjungan.
    Visits,
    /// Peminjaman.
    Loans,
    /// Eksemplar.
    Items,
    /// Judul.
    Titles,
    /// Judul terbitan lima tahun terakhir.
    RecentTitles,
    /// Anggota.
    Members,
    /// Peminjam aktif: members who borrowed in the period.
    ActiveBorrowers,
    /// Tenaga perpustakaan.
    Staff,
    /// Pustakawan.
    Librarians,
    /// Staff who give electronic services.
    EServiceStaff,
    /// Kehadiran di kegiatan untuk pemustaka.
    EventAttendances,
    /// Kehadiran di pelatihan untuk pemustaka.
    LessonAttendances,
    /// Jam buka.
    OpeningHours,
    /// Opening hours that readers ask for.
    RequestedOpeningHours,
    /// Belanja perpustakaan, rupiah.
    OperatingCost,
    /// Belanja pengembangan pegawai, rupiah.
    StaffTrainingCost,
    /// Pagu anggaran, rupiah.
    BudgetCeiling,
    /// Realisasi anggaran, rupiah.
    BudgetRealised,
    /// IPLM 1: perpustakaan (pemerataan layanan), all types in the city.
    IplmLibraries,
    /// IPLM 2: koleksi.
    IplmItems,
    /// IPLM 3: tenaga perpustakaan.
    IplmStaff,
    /// IPLM 4: kunjungan per hari.
    IplmDailyVisits,
    /// IPLM 5: perpustakaan ber-SNP.
    IplmStandardLibraries,
    /// IPLM 6: keterlibatan masyarakat dalam sosialisasi.
    IplmOutreach,
    /// IPLM 7: anggota perpustakaan.
    IplmMembers,
    /// TGM: frekuensi membaca, 0 to 100.
    TgmReadingFrequency,
    /// TGM: durasi membaca, 0 to 100.
    TgmReadingDuration,
    /// TGM: jumlah buku, 0 to 100.
    TgmBooks,
    /// TGM: frekuensi akses internet, 0 to 100.
    TgmInternetFrequency,
    /// TGM: durasi akses internet, 0 to 100.
    TgmInternetDuration,
}

impl FigureKey {
    /// Whether it adds up over time, as visits do; else it tells how something stands, as the population does.
    pub const fn adds_up(self) -> bool {
        matches!(
            self,
            Self::Visits
                | Self::Loans
                | Self::EventAttendances
                | Self::LessonAttendances
                | Self::OpeningHours
                | Self::RequestedOpeningHours
                | Self::OperatingCost
                | Self::StaffTrainingCost
                | Self::BudgetRealised
                | Self::IplmOutreach
        )
    }
}

/// A figure of a period, of the whole city or of one district. Values are ten-thousandths.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "library_figures")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub key: FigureKey,
    pub period: String,
    pub starts_on: Date,
    pub ends_on: Date,
    /// Kode wilayah of the Ministry of Home Affairs; empty for the whole city.
    pub district_code: String,
    pub value: i64,
    /// Where it was read.
    pub source: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "library_figure";
    const COLLECTION: Option<&'static str> = Some("library-figures");
    const READERS: Readers = Readers::Everyone;
}
