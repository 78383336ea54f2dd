use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{
    Certification, CertificationChanges, CertificationFilter, CertificationKind, CertificationPage, NewCertification,
};
use super::entity::{Column, Entity, Model};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::text::search_text;
use crate::kernel::validation::{
    ENDS_BEFORE_IT_BEGINS, Fault, IN_THE_FUTURE, NO_SUCH_OBJECT, NOT_A_URL, REQUIRED, Violation, web_address,
};
use crate::staff::librarians::entity::Words;
use crate::staff::positions::entity as position;
use crate::staff::records::{accept, hold, hold_person, person, read as read_record, visible};

/// Another certificate of the scheme has this number.
pub const CERTIFICATE_NUMBER_TAKEN: Refusal = Refusal {
    code: "certificate_number_taken",
    status: 409,
    id: "Nomor sertifikat ini sudah tercatat pada skema yang sama",
    en: "A certificate of this scheme has this number already",
};

/// Only a competency test is for a position.
pub const FOR_POSITION_TESTS: Fault = Fault {
    code: "for_position_tests",
    id: "Hanya uji kompetensi yang ditujukan untuk jabatan",
    en: "Only a competency test is for a position",
};

const SORTABLE: &Sortable<Entity> = &[("issued_on", Column::IssuedOn)];

/// The certificate, valid on a day, by which somebody has passed the competency test for a position.
pub async fn passed_test(
    reader: Reader<'_>,
    librarian_id: Uuid,
    position_id: Uuid,
    on: NaiveDate,
) -> Result<Option<Uuid>> {
    let valid = CertificationFilter { valid_on: Some(on), ..Default::default() };
    let tests = Entity::find()
        .filter(Column::LibrarianId.eq(librarian_id))
        .filter(Column::Kind.eq(CertificationKind::PositionTest))
        .filter(Column::PositionId.eq(position_id));
    Ok(reader.one(tests.filter(valid.condition(on))).await?.map(|row| row.id))
}

async fn page_of(db: &Db, rows: Select<Entity>, list: &Listing<CertificationFilter>) -> Result<CertificationPage> {
    let today = db.today();
    let rows = rows.filter(list.filter.condition(today));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-issued_on").await?;
    Ok(page.map(|row| Certification::seen(row, today)))
}

/// Lists the certificates within reach.
pub async fn list(db: &Db, access: &Access, list: &Listing<CertificationFilter>) -> Result<CertificationPage> {
    page_of(db, visible::<Entity>(access, db.today()), list).await
}

/// Lists the certificates of a person.
pub async fn list_of(
    db: &Db,
    access: &Access,
    librarian_id: Uuid,
    list: &Listing<CertificationFilter>,
) -> Result<CertificationPage> {
    person(db, access, librarian_id).await?;
    page_of(db, Entity::find().filter(Column::LibrarianId.eq(librarian_id)), list).await
}

/// Reads a certificate.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Certification> {
    let row = read_record::<Entity>(db, access, id).await?;
    Ok(Certification::seen(row, db.today()))
}

/// What is wrong with a certificate as it would be.
async fn check(tx: &Tx<'_>, would_be: &Model) -> Result<()> {
    let mut wrong = Vec::new();
    if would_be.issued_on > tx.today() {
        wrong.push(Violation::field("issued_on", &IN_THE_FUTURE));
    }
    if would_be.valid_until.is_some_and(|end| end < would_be.issued_on) {
        wrong.push(Violation::field("valid_until", &ENDS_BEFORE_IT_BEGINS));
    }
    if would_be.evidence_url.as_deref().is_some_and(|address| web_address(address).is_err()) {
        wrong.push(Violation::field("evidence_url", &NOT_A_URL));
    }
    match (would_be.kind, would_be.position_id) {
        (CertificationKind::PositionTest, None) => wrong.push(Violation::field("position_id", &REQUIRED)),
        (CertificationKind::PositionTest, Some(id)) => {
            if !tx.reader().exists(position::Entity::find().filter(position::Column::Id.eq(id))).await? {
                wrong.push(Violation::field("position_id", &NO_SUCH_OBJECT));
            }
        }
        (_, Some(_)) => wrong.push(Violation::field("position_id", &FOR_POSITION_TESTS)),
        (_, None) => {}
    }
    accept(wrong)
}

fn searched(row: &Model) -> String {
    search_text(&[&row.scheme, row.cluster.as_deref().unwrap_or_default(), &row.number, &row.issuer])
}

/// Enters a certificate.
pub async fn create(db: &Db, access: &Access, librarian_id: Uuid, new: NewCertification) -> Result<Certification> {
    db.create(access, async move |tx: &Tx<'_>| {
        let person = hold_person(tx, librarian_id).await?;
        let mut would_be = would_be(tx, person.id, &new);
        check(tx, &would_be).await?;
        would_be.search_text = searched(&would_be);
        let row = tx.insert::<Entity>(would_be.into_active_model().reset_all(), "certification.created").await;
        let row = row.on_duplicate_of("number", CERTIFICATE_NUMBER_TAKEN, "number")?;
        Ok(Certification::seen(row, tx.today()))
    })
    .await
}

/// A certificate before it is written.
fn would_be(tx: &Tx<'_>, librarian_id: Uuid, new: &NewCertification) -> Model {
    Model {
        id: tx.new_id(),
        librarian_id,
        kind: new.kind,
        scheme: new.scheme.clone(),
        cluster: new.cluster.clone(),
        unit_codes: Words(new.unit_codes.clone()),
        number: new.number.clone(),
        issuer: new.issuer.clone(),
        position_id: new.position_id,
        issued_on: new.issued_on,
        valid_until: new.valid_until,
        evidence_url: new.evidence_url.clone(),
        search_text: String::new(),
        version: 1,
        created_at: tx.now(),
        updated_at: tx.now(),
    }
}

/// Changes a certificate.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: CertificationChanges,
) -> Result<Certification> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (_, before) = hold::<Entity>(tx, id).await?;
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        set(&mut row.kind, changes.kind);
        set(&mut row.scheme, changes.scheme);
        changes.cluster.apply(&mut row.cluster);
        set(&mut row.unit_codes, changes.unit_codes.map(Words));
        set(&mut row.number, changes.number);
        set(&mut row.issuer, changes.issuer);
        changes.position_id.apply(&mut row.position_id);
        set(&mut row.issued_on, changes.issued_on);
        changes.valid_until.apply(&mut row.valid_until);
        changes.evidence_url.apply(&mut row.evidence_url);
        let would_be = Model::try_from(row.clone()).map_err(Error::from)?;
        check(tx, &would_be).await?;
        row.search_text = Set(searched(&would_be));
        let row = tx.update::<Entity>(&before, row, expected, "certification.updated").await;
        let row = row.on_duplicate_of("number", CERTIFICATE_NUMBER_TAKEN, "number")?;
        Ok(Certification::seen(row, tx.today()))
    })
    .await
}

/// Removes a certificate that was entered by mistake.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (_, before) = hold::<Entity>(tx, id).await?;
        tx.delete::<Entity>(&before, expected, "certification.removed").await
    })
    .await
}
