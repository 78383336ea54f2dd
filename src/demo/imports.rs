//! What the personnel office sent: a trial with mistakes, and the table once more with fewer of them.

use super::assessments::access_of;
use super::people::People;
use crate::kernel::db::Db;
use crate::kernel::error::{Error, Result};
use crate::kernel::imports::{ImportMode, ImportOptions};
use crate::kernel::jobs::{self, NewJob};
use crate::kernel::policy::Reach;
use crate::staff::librarians::imports::STAFF_IMPORT;

const TABLE: &str = "\
employee_number;employment_kind;name;unit_code;position_code;grade;effective_on
199203142019032005;PNS;Nurhaliza Putri;LAYANAN;15504;III/b;01-03-2021
199405262020121001;PNS;Andreas Jaya Ngo;DIGITAL;15504;III/b;01-12-2022
199902202022031001;PNS;Rizky Pratama;PENGOLAHAN;87332;II/c;01-03-2022
19980611202104200;PNS;Agnes Monika Sari;LAYANAN;87332;II/c;01-04-2021
;honorer;Yuliana Depari;LAYANAN;;;02-01-2023
199712242022032003;PNS;Kristina Bulan;ANAK;87332;II/c;31-02-2022
;non_asn;Sri Wahyuni;KOLEKSI;;;01-02-2021
";

/// Brings the table in: first as a trial, then its right rows.
pub(super) async fn fill(db: &Db, people: &People) -> Result<()> {
    let access = access_of(&people.admin, Reach::All);
    for dry_run in [true, false] {
        let options = ImportOptions { dry_run, mode: ImportMode::Partial };
        let input = serde_json::to_value(options).map_err(Error::internal)?;
        let file = Some(TABLE.as_bytes().to_vec());
        jobs::enqueue(db, &access, NewJob { kind: STAFF_IMPORT.name, input, file }).await?;
        jobs::run_due(db).await?;
        db.context().clock.advance(chrono::TimeDelta::minutes(10));
    }
    Ok(())
}
