//! What the demonstration's library is, its rooms, and its holidays of 2026.

use crate::kernel::db::{Db, Precondition};
use crate::kernel::error::{Error, Result};
use crate::kernel::language::Localized;
use crate::kernel::patch::Patch;
use crate::kernel::policy::Access;
use crate::settings::holidays::dto::{HolidayKind, NewHoliday};
use crate::settings::library_settings::dto::LibrarySettingsChanges;
use crate::settings::venues::dto::NewVenue;
use crate::settings::{holidays, library_settings, venues};

const VENUES: [(&str, &str, i32, &str); 4] = [
    ("AULA", "Aula lantai 2", 80, "Proyektor, pengeras suara"),
    ("LAB", "Laboratorium komputer", 20, "20 komputer, papan pintar"),
    ("ANAK", "Ruang cerita anak", 30, "Karpet, panggung boneka"),
    ("LATIH", "Ruang pelatihan lantai 2", 40, "Proyektor, papan tulis"),
];

/// The fixed ones of the year.
const HOLIDAYS: [(&str, &str, &str); 5] = [
    ("2026-01-01", "Tahun Baru Masehi", "New Year"),
    ("2026-05-01", "Hari Buruh Internasional", "Labour Day"),
    ("2026-06-01", "Hari Lahir Pancasila", "Pancasila Day"),
    ("2026-08-17", "Hari Kemerdekaan", "Independence Day"),
    ("2026-12-25", "Hari Raya Natal", "Christmas"),
];

/// Describes the library.
pub(super) async fn fill(db: &Db) -> Result<()> {
    let system = Access::system();
    let said = |text: &str| Patch::Set(text.to_owned());
    let changes = LibrarySettingsChanges {
        address: said("Jalan Firdaus, Singkawang"),
        letterhead: said("PEMERINTAH KOTA SINGKAWANG\nDINAS PERPUSTAKAAN DAN KEARSIPAN"),
        signatory_name: said("Hendra Gunawan Lim"),
        signatory_position: said("Kepala Dinas Perpustakaan dan Kearsipan"),
        ..Default::default()
    };
    library_settings::service::update(db, &system, Precondition::default(), changes).await?;
    for (code, name, capacity, equipment) in VENUES {
        let venue = NewVenue {
            code: code.to_owned(),
            name: name.to_owned(),
            address: None,
            capacity,
            equipment: Some(equipment.to_owned()),
        };
        venues::service::create(db, &system, venue).await?;
    }
    for (day, id, en) in HOLIDAYS {
        let held_on = day.parse().map_err(Error::internal)?;
        let kind = HolidayKind::National;
        let holiday = NewHoliday { held_on, name: Localized::new(id, en), kind, legal_basis: None };
        holidays::service::create(db, &system, holiday).await?;
    }
    Ok(())
}
