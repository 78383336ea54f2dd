use chrono::Datelike;

use super::Paper;
use crate::certificates::entity::{CertificateStatus, Model};
use crate::certificates::words::{day, days, hours};
use crate::kernel::language::Language::{English, Indonesian};

impl<'a> Paper<'a> {
    /// What the sheet of a certificate says, with its code and where that is verified.
    pub(crate) fn of(row: &'a Model, code: &'a str, address_of_verification: &'a str) -> Self {
        let imprint = &row.imprint;
        let library = imprint.registration_number.as_ref().map(|number| format!("NPP {number}"));
        let address: Vec<_> = imprint.address.clone().into_iter().chain(library).collect();
        let competencies = row.competencies.0.iter();
        let signed = day(row.issued_on, Indonesian);
        Self {
            letterhead: imprint
                .letterhead
                .iter()
                .flat_map(|text| text.lines())
                .filter(|line| !line.is_empty())
                .collect(),
            organiser: &row.organiser,
            address: Some(address.join(" · ")).filter(|address| !address.is_empty()),
            number: &row.number,
            recipient: &row.recipient_name,
            title: &row.title,
            dates: [Indonesian, English].map(|language| days(row.starts_on, row.ends_on, language)),
            hours: row.credit_hundredths.map(|hundredths| [Indonesian, English].map(|words| hours(hundredths, words))),
            competencies: competencies
                .map(|entry| format!("{} (tingkat/level {})", entry.title.text(Indonesian), entry.level))
                .collect(),
            signed: imprint.city.as_ref().map_or_else(|| signed.clone(), |city| format!("{city}, {signed}")),
            signatory: [&imprint.signatory_name, &imprint.signatory_position, &imprint.signatory_number]
                .map(Option::as_deref),
            code,
            address_of_verification,
            is_revoked: row.status == CertificateStatus::Revoked,
            issued_on: (
                u16::try_from(row.issued_on.year()).unwrap_or_default(),
                u8::try_from(row.issued_on.month()).unwrap_or_default(),
                u8::try_from(row.issued_on.day()).unwrap_or_default(),
            ),
            document_id: format!("{}-{}", row.id, row.version),
        }
    }
}
