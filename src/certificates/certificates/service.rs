use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{Certificate, CertificateFilter, CertificatePage, Replacement, RevocationReason};
use super::entity::{CertificateStatus, Column, Entity, Model};
use super::office::{NewCertificate, Office, code};
use crate::certificates::paper::{Paper, draw};
use crate::credits::entries::entity::{CreditSource, Model as CreditEntry};
use crate::credits::rule::Measure;
use crate::credits::service::{self as credits, NewCredit};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::decimal::hundredths;
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::staff::librarians::entity as librarian;
use crate::staff::reach;

/// Another took its place: that one is to be corrected.
pub const CERTIFICATE_REPLACED: Refusal = Refusal {
    code: "certificate_replaced",
    status: 409,
    id: "Sertifikat ini sudah diganti; perbaiki sertifikat penggantinya",
    en: "Another certificate took the place of this one; correct that one",
};

const SORTABLE: &Sortable<Entity> = &[("issued_at", Column::CreatedAt)];

/// The certificates this caller may know of; every query of this file starts here.
fn visible(access: &Access, on: NaiveDate) -> Select<Entity> {
    Entity::find().filter(reach::within(access, Column::LibrarianId, on))
}

/// Lists certificates.
pub async fn list(db: &Db, access: &Access, list: &Listing<CertificateFilter>) -> Result<CertificatePage> {
    let rows = visible(access, db.today()).filter(list.filter.condition());
    let secrets = &db.context().secrets;
    let page = page::fetch(db.reader(), secrets, rows, &list.cut, SORTABLE, "-issued_at").await?;
    let items = page.items.into_iter().map(|row| Certificate::seen(row, access, secrets));
    Ok(CertificatePage { items: items.collect::<Result<_>>()?, page: page.page })
}

/// Reads a certificate.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Certificate> {
    let row = db.reader().find(visible(access, db.today()).filter(Column::Id.eq(id))).await?;
    Certificate::seen(row, access, &db.context().secrets)
}

/// The sheet of a certificate, with the name of its file.
pub async fn sheet(db: &Db, access: &Access, id: Uuid, base: &str) -> Result<(String, Vec<u8>)> {
    let row = db.reader().find(visible(access, db.today()).filter(Column::Id.eq(id))).await?;
    let code = code(&db.context().secrets, row.id)?;
    let address = format!("{base}/api/v1/verify/{code}");
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let file_name = format!("sertifikat-{}.pdf", row.number.chars().map(plain).collect::<String>());
    // Drawing takes milliseconds, which other requests of this thread need not wait for.
    let drawn = tokio::task::spawn_blocking(move || draw(&Paper::of(&row, &code, &address))).await;
    Ok((file_name, drawn.map_err(Error::internal)??))
}

/// The person's record first, then their certificate: in the order in which everybody takes them.
async fn hold(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    let known = visible(tx.access(), tx.today()).filter(Column::Id.eq(id));
    let person = tx.reader().find(known.clone()).await?.librarian_id;
    tx.lock(librarian::Entity::find().filter(librarian::Column::Id.eq(person))).await?;
    tx.lock(known).await
}

/// Takes a certificate back, and with it the credit that it gave.
pub async fn revoke(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    reason: RevocationReason,
) -> Result<Certificate> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        if before.status == CertificateStatus::Revoked {
            return Err(INVALID_TRANSITION.into());
        }
        let row = revoke_in(tx, &before, expected, &reason.reason, None).await?;
        let standing = credits::standing_in(tx, CreditSource::Activity, row.activity_id, row.librarian_id).await?;
        if let Some(entry) = standing.filter(|entry| entry.certificate_number.as_ref() == Some(&row.number)) {
            credits::reverse_in(tx, entry.id, &reason.reason).await?;
        }
        Certificate::seen(row, tx.access(), &tx.context().secrets)
    })
    .await
}

async fn revoke_in(
    tx: &Tx<'_>,
    before: &Model,
    expected: Precondition,
    reason: &str,
    replaced_by: Option<Uuid>,
) -> Result<Model> {
    let mut row = before.clone().into_active_model();
    row.replaced_by = Set(replaced_by);
    // One that was taken back before stays so for the reason of then.
    if before.status == CertificateStatus::Issued {
        row.status = Set(CertificateStatus::Revoked);
        row.revoked_at = Set(Some(tx.now()));
        row.revoked_by = Set(tx.access().caller().map(|caller| caller.user_id));
        row.revocation_reason = Set(Some(reason.to_owned()));
    }
    let name = if replaced_by.is_some() { "certificate.replaced" } else { "certificate.revoked" };
    tx.update::<Entity>(before, row, expected, name).await
}

/// Puts another certificate in the place of one with a mistake, and other credit in the place of its credit.
pub async fn replace(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    change: Replacement,
) -> Result<Certificate> {
    db.create(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        if before.replaced_by.is_some() {
            return Err(CERTIFICATE_REPLACED.into());
        }
        expected.check(before.version)?;
        let mut office = Office::open_in(tx).await?;
        let new = replacement_of(&before, &change);
        let row = office.issue_in(tx, new, Some(&before)).await?;
        revoke_in(tx, &before, expected, &change.reason, Some(row.id)).await?;
        let entry = credits::latest_in(tx, CreditSource::Activity, row.activity_id, row.librarian_id).await?;
        if let Some(entry) = entry.filter(|entry| entry.certificate_number.as_ref() == Some(&before.number)) {
            credits::correct_in(tx, entry.id, credit_of(entry, &row), &change.reason).await?;
        }
        Certificate::seen(row, tx.access(), &tx.context().secrets)
    })
    .await
}

fn replacement_of(before: &Model, change: &Replacement) -> NewCertificate {
    NewCertificate {
        librarian_id: before.librarian_id,
        recipient_name: change.recipient_name.clone().unwrap_or_else(|| before.recipient_name.clone()),
        activity_id: before.activity_id,
        registration_id: before.registration_id,
        title: change.title.clone().unwrap_or_else(|| before.title.clone()),
        credit_hundredths: change.credit_hours.map(hundredths).or(before.credit_hundredths),
        competencies: before.competencies.0.clone(),
        starts_on: before.starts_on,
        ends_on: before.ends_on,
    }
}

/// What the ledger is to hold for the new certificate.
fn credit_of(entry: CreditEntry, certificate: &Model) -> NewCredit {
    NewCredit {
        librarian_id: entry.librarian_id,
        training_type_id: entry.training_type_id,
        source_kind: entry.source_kind,
        source_id: entry.source_id,
        title: certificate.title.clone(),
        organiser: Some(certificate.organiser.clone()),
        certificate_number: Some(certificate.number.clone()),
        evidence_url: entry.evidence_url,
        starts_on: entry.starts_on,
        ends_on: entry.counted_on,
        measure: Measure {
            claimed: certificate.credit_hundredths.filter(|hours| *hours > 0),
            days: entry.days,
            sessions: entry.sessions,
            minutes: entry.minutes,
            is_international: entry.is_international,
        },
    }
}
