//! Where certificates get their numbers: one transaction after the other, so that a year has no gap and no number stands twice.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::{Builder, Uuid};

use super::entity::{
    ActiveModel, CertificateStatus, CertifiedCompetency, Column, Competencies, Entity, Imprint, Model,
};
use crate::competencies::items::entity as competency;
use crate::kernel::db::{Reader, Tx};
use crate::kernel::error::Result;
use crate::kernel::secret::{Secrets, paper_code, read_paper_code, sha256};
use crate::settings::library_settings::entity as library;
use crate::settings::library_settings::numbering;

/// The lock under which certificates are numbered. It is taken after every row that the transaction locks.
const NUMBERING_LOCK: i64 = 0x6269_6E70;

/// What a certificate is to say.
#[derive(Clone, Debug)]
pub struct NewCertificate {
    /// Whose it is.
    pub librarian_id: Uuid,
    /// How they are called on it.
    pub recipient_name: String,
    /// What they completed.
    pub activity_id: Uuid,
    /// Their taking part in it: it gives one certificate.
    pub registration_id: Uuid,
    /// What it is called.
    pub title: String,
    /// Credit hours in hundredths.
    pub credit_hundredths: Option<i32>,
    /// What they can do now.
    pub competencies: Vec<CertifiedCompetency>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
}

/// The library as it issues certificates, until this transaction ends.
pub struct Office {
    library: library::Model,
    year: i32,
    last_sequence: i32,
    last_status_index: i32,
}

impl Office {
    /// Waits until nobody else numbers certificates.
    pub async fn open_in(tx: &Tx<'_>) -> Result<Self> {
        tx.advisory_lock(NUMBERING_LOCK).await?;
        let library = tx.reader().find(library::Entity::find()).await?;
        let year = tx.today().year();
        let last = Entity::find().filter(Column::Year.eq(year)).order_by_desc(Column::Sequence);
        let last_sequence = tx.reader().one(last).await?.map_or(0, |row| row.sequence);
        let last = Entity::find().order_by_desc(Column::StatusIndex);
        let last_status_index = tx.reader().one(last).await?.map_or(-1, |row| row.status_index);
        Ok(Self { library, year, last_sequence, last_status_index })
    }

    /// Issues a certificate, perhaps in the place of another.
    pub async fn issue_in(&mut self, tx: &Tx<'_>, new: NewCertificate, replaces: Option<&Model>) -> Result<Model> {
        self.last_sequence += 1;
        self.last_status_index += 1;
        let id = tx.new_id();
        let secrets = &tx.context().secrets;
        let library = self.library.clone();
        let row = ActiveModel {
            id: Set(id),
            librarian_id: Set(new.librarian_id),
            activity_id: Set(new.activity_id),
            registration_id: Set(new.registration_id),
            round: Set(replaces.map_or(1, |row| row.round + 1)),
            number: Set(numbering::number(&library.certificate_numbering, self.last_sequence, tx.today())),
            year: Set(self.year),
            sequence: Set(self.last_sequence),
            status_index: Set(self.last_status_index),
            credential_id: Set(Builder::from_custom_bytes(secrets.printed("credential", id)).into_uuid()),
            code_hash: Set(code_hash(&code(secrets, id)?).unwrap_or_default()),
            recipient_name: Set(new.recipient_name),
            title: Set(new.title),
            organiser: Set(library.name),
            credit_hundredths: Set(new.credit_hundredths),
            competencies: Set(Competencies(new.competencies)),
            imprint: Set(Imprint {
                registration_number: library.registration_number,
                address: library.address,
                letterhead: library.letterhead,
                city: library.city,
                signatory_name: library.signatory_name,
                signatory_position: library.signatory_position,
                signatory_number: library.signatory_number,
            }),
            starts_on: Set(new.starts_on),
            ends_on: Set(new.ends_on),
            issued_on: Set(tx.today()),
            status: Set(CertificateStatus::Issued),
            replaces: Set(replaces.map(|row| row.id)),
            ..Default::default()
        };
        tx.insert::<Entity>(row, "certificate.issued").await
    }
}

/// The code on the paper of a certificate.
pub fn code(secrets: &Secrets, id: Uuid) -> Result<String> {
    paper_code(&secrets.printed("certificate", id))
}

/// What is kept of a code, however it was typed; nothing where it was mistyped.
pub fn code_hash(typed: &str) -> Option<Vec<u8>> {
    read_paper_code(typed).map(|code| sha256(code.as_bytes()).to_vec())
}

/// What these competencies are called today, with the levels aimed at, in the order given.
pub async fn certified(
    reader: Reader<'_>,
    aims: impl IntoIterator<Item = (Uuid, i32)>,
) -> Result<Vec<CertifiedCompetency>> {
    let aims: Vec<_> = aims.into_iter().collect();
    if aims.is_empty() {
        return Ok(Vec::new());
    }
    let rows = competency::Entity::find().filter(competency::Column::Id.is_in(aims.iter().map(|(id, _)| *id)));
    let mut rows: HashMap<Uuid, competency::Model> =
        reader.all(rows).await?.into_iter().map(|row| (row.id, row)).collect();
    let named = aims.into_iter().filter_map(|(id, level)| {
        let row = rows.remove(&id)?;
        Some(CertifiedCompetency { competency_id: id, code: row.code, title: row.title, level })
    });
    Ok(named.collect())
}
