use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::credits::entries::entity::Model as Entry;
use crate::kernel::page::Page;
use crate::settings::library_settings::entity::Model as Library;
use crate::settings::training_types::entity::{CertificateClass, Model as TrainingType};
use crate::staff::librarians::entity::Model as Librarian;

/// SIASN's types of training have these ids.
const TYPES: std::ops::RangeInclusive<i32> = 1..=25;

/// Credit to be sent to SIASN, and what it lacks.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "credit_entry_id": "019a0000-0000-7000-8000-000000000000", "librarian_id": "019a0000-0000-7000-8000-000000000001",
    "is_complete": false, "lacks": ["person_id"],
    "course": {"instansiId": "A5EB03E2", "institusiPenyelenggara": "Perpustakaan Nasional", "jenisDiklatId": 9,
        "jenisKursus": 3113, "jenisKursusSertipikat": "P", "jumlahJam": 4, "lokasiId": "A5EB03E2",
        "namaKursus": "Seminar literasi digital", "nomorSertipikat": "SEM/12/2026", "pnsOrangId": null,
        "tahunKursus": 2026, "tanggalKursus": "10-02-2026", "tanggalSelesaiKursus": "10-02-2026"}
}))]
pub struct SiasnExport {
    /// The row of the ledger.
    pub credit_entry_id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// Whether SIASN would take it; the table holds complete ones alone.
    pub is_complete: bool,
    /// What is missing or no value of SIASN's.
    #[schema(max_items = 10)]
    pub lacks: Vec<SiasnLack>,
    /// What SIASN is sent.
    pub course: SiasnCourse,
}

/// What credit lacks for SIASN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SiasnLack {
    /// The library's agency: `siasn_agency_id` of the settings.
    AgencyId,
    /// The library's location: `siasn_location_id` of the settings.
    LocationId,
    /// The person: `siasn_id` of the professional record.
    PersonId,
    /// Who held it.
    Organiser,
    /// The number of a certificate.
    CertificateNumber,
    /// A type of training that SIASN knows.
    TrainingType,
    /// A whole hour that counts.
    Hours,
}

/// A course with the field names of SIASN.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SiasnCourse {
    /// The agency.
    #[schema(required, max_length = 60)]
    pub instansi_id: Option<String>,
    /// Who held it.
    #[schema(required, max_length = 500)]
    pub institusi_penyelenggara: Option<String>,
    /// The type of training.
    #[schema(minimum = 1, maximum = 999)]
    pub jenis_diklat_id: i32,
    /// The kind of course.
    #[schema(required, minimum = 1, maximum = 99_999)]
    pub jenis_kursus: Option<i32>,
    /// The class of the certificate.
    pub jenis_kursus_sertipikat: CertificateClass,
    /// Whole hours.
    #[schema(minimum = 0, maximum = 10_000)]
    pub jumlah_jam: i32,
    /// The location.
    #[schema(required, max_length = 60)]
    pub lokasi_id: Option<String>,
    /// The name.
    #[schema(max_length = 500)]
    pub nama_kursus: String,
    /// The certificate's number.
    #[schema(required, max_length = 200)]
    pub nomor_sertipikat: Option<String>,
    /// The person.
    #[schema(required, max_length = 100)]
    pub pns_orang_id: Option<String>,
    /// The year.
    #[schema(minimum = 1900, maximum = 2999)]
    pub tahun_kursus: i32,
    /// The first day, day-month-year.
    #[schema(max_length = 10, pattern = r"^\d{2}-\d{2}-\d{4}$")]
    pub tanggal_kursus: String,
    /// The last day, day-month-year.
    #[schema(max_length = 10, pattern = r"^\d{2}-\d{2}-\d{4}$")]
    pub tanggal_selesai_kursus: String,
}

/// A page of the export.
pub type SiasnExportPage = Page<SiasnExport>;

fn written(day: NaiveDate) -> String {
    day.format("%d-%m-%Y").to_string()
}

impl SiasnExport {
    /// A credit as SIASN has it.
    pub fn of(entry: Entry, person: Option<&Librarian>, kind: &TrainingType, library: &Library) -> Self {
        use chrono::Datelike;
        let course = SiasnCourse {
            instansi_id: library.siasn_agency_id.clone(),
            institusi_penyelenggara: entry.organiser,
            jenis_diklat_id: kind.siasn_id,
            jenis_kursus: kind.course_code,
            jenis_kursus_sertipikat: kind.certificate_class,
            jumlah_jam: entry.credited / 100,
            lokasi_id: library.siasn_location_id.clone(),
            nama_kursus: entry.title,
            nomor_sertipikat: entry.certificate_number,
            pns_orang_id: person.and_then(|person| person.siasn_id.clone()),
            tahun_kursus: entry.counted_on.year(),
            tanggal_kursus: written(entry.starts_on),
            tanggal_selesai_kursus: written(entry.counted_on),
        };
        let wanted = [
            (SiasnLack::AgencyId, course.instansi_id.is_some()),
            (SiasnLack::LocationId, course.lokasi_id.is_some()),
            (SiasnLack::PersonId, course.pns_orang_id.is_some()),
            (SiasnLack::Organiser, course.institusi_penyelenggara.is_some()),
            (SiasnLack::CertificateNumber, course.nomor_sertipikat.is_some()),
            (SiasnLack::TrainingType, TYPES.contains(&course.jenis_diklat_id)),
            (SiasnLack::Hours, course.jumlah_jam > 0),
        ];
        let lacks: Vec<_> = wanted.into_iter().filter(|(_, there)| !there).map(|(lack, _)| lack).collect();
        Self {
            credit_entry_id: entry.id,
            librarian_id: entry.librarian_id,
            is_complete: lacks.is_empty(),
            lacks,
            course,
        }
    }
}

impl SiasnCourse {
    /// The columns of the table, in the order of [`Self::cells`].
    pub const COLUMNS: [&'static str; 13] = [
        "instansiId",
        "institusiPenyelenggara",
        "jenisDiklatId",
        "jenisKursus",
        "jenisKursusSertipikat",
        "jumlahJam",
        "lokasiId",
        "namaKursus",
        "nomorSertipikat",
        "pnsOrangId",
        "tahunKursus",
        "tanggalKursus",
        "tanggalSelesaiKursus",
    ];

    /// The row of the table.
    pub fn cells(self) -> Vec<String> {
        let class = match self.jenis_kursus_sertipikat {
            CertificateClass::T => "T",
            CertificateClass::F => "F",
            CertificateClass::P => "P",
        };
        vec![
            self.instansi_id.unwrap_or_default(),
            self.institusi_penyelenggara.unwrap_or_default(),
            self.jenis_diklat_id.to_string(),
            self.jenis_kursus.map(|code| code.to_string()).unwrap_or_default(),
            class.to_owned(),
            self.jumlah_jam.to_string(),
            self.lokasi_id.unwrap_or_default(),
            self.nama_kursus,
            self.nomor_sertipikat.unwrap_or_default(),
            self.pns_orang_id.unwrap_or_default(),
            self.tahun_kursus.to_string(),
            self.tanggal_kursus,
            self.tanggal_selesai_kursus,
        ]
    }
}

/// Which credit to export.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct SiasnFilter {
    /// What ended in this calendar year.
    #[param(minimum = 1900, maximum = 2999, example = 2026)]
    pub year: i32,
}
