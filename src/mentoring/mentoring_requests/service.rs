use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::content::{MentoringRequestChanges, NewMentoringRequest};
use super::dto::{MentoringRequest, MentoringRequestFilter, MentoringRequestPage, RequestClosure};
use super::entity::{ActiveModel, Column, Entity, MentoringRequestStatus, Model};
use crate::activities::interests::service::NO_RECORD;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, NO_SUCH_OBJECT, REPEATED, Violation};
use crate::mentoring::availability::wrong_times;
use crate::mentoring::mentor_profiles::service::{wrong_competencies, wrong_person};
use crate::mentoring::mentorships::service::ONESELF;
use crate::staff::reach;

/// The person has an open request.
pub const MENTORING_REQUEST_OPEN: Refusal = Refusal {
    code: "mentoring_request_open",
    status: 409,
    id: "Pegawai ini masih mempunyai permohonan pembimbingan yang terbuka",
    en: "This person has an open mentoring request",
};

/// What is no longer open stays as it is.
pub const MENTORING_REQUEST_CLOSED: Refusal = Refusal {
    code: "mentoring_request_closed",
    status: 409,
    id: "Permohonan pembimbingan yang tidak terbuka lagi tidak dapat diubah",
    en: "A mentoring request that is no longer open cannot change",
};

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt)];

/// The requests this caller may know of; every query of this folder starts here.
fn visible(access: &Access, on: NaiveDate) -> Select<Entity> {
    Entity::find().filter(reach::within(access, Column::LibrarianId, on))
}

async fn hold(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    tx.lock(visible(tx.access(), tx.today()).filter(Column::Id.eq(id))).await
}

/// Lists requests.
pub async fn list(db: &Db, access: &Access, list: &Listing<MentoringRequestFilter>) -> Result<MentoringRequestPage> {
    let rows = visible(access, db.today()).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    Ok(page.map(|row| MentoringRequest::seen(row, access)))
}

/// Reads a request.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<MentoringRequest> {
    let row = db.reader().find(visible(access, db.today()).filter(Column::Id.eq(id))).await?;
    Ok(MentoringRequest::seen(row, access))
}

/// Asks for a mentor.
pub async fn create(db: &Db, access: &Access, new: NewMentoringRequest) -> Result<MentoringRequest> {
    db.create(access, async move |tx: &Tx<'_>| {
        let librarian_id = new.librarian_id.or(tx.access().own_librarian()).ok_or(NO_RECORD)?;
        let mut wrong = wrong_person(tx, librarian_id).await?;
        wrong.extend(wrong_content(tx, librarian_id, &new, None).await?);
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        let mut row = ActiveModel {
            librarian_id: Set(librarian_id),
            open_key: Set(Some(librarian_id)),
            status: Set(MentoringRequestStatus::Open),
            ..Default::default()
        };
        new.clone().write(&mut row);
        let row = tx.insert::<Entity>(row, "mentoring_request.created").await;
        let row = row.on_duplicate_of("open_key", MENTORING_REQUEST_OPEN, "librarian_id")?;
        Ok(MentoringRequest::seen(row, tx.access()))
    })
    .await
}

/// Changes an open request.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: MentoringRequestChanges,
) -> Result<MentoringRequest> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        expected.check(before.version)?;
        let content = changes.clone().onto(&before);
        validation::check(&content)?;
        let wrong = wrong_content(tx, before.librarian_id, &content, Some(&before)).await?;
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        if before.status != MentoringRequestStatus::Open {
            return Err(MENTORING_REQUEST_CLOSED.into());
        }
        let mut row = before.clone().into_active_model();
        content.write(&mut row);
        let row = tx.update::<Entity>(&before, row, expected, "mentoring_request.updated").await?;
        Ok(MentoringRequest::seen(row, tx.access()))
    })
    .await
}

/// What does not hold together. Mentors and competencies that were named before may have left since.
async fn wrong_content(
    tx: &Tx<'_>,
    librarian_id: Uuid,
    content: &NewMentoringRequest,
    before: Option<&Model>,
) -> Result<Vec<Violation>> {
    let mut wrong = wrong_times(&content.times);
    let (goals, named) = before.map(|row| (&*row.goals.0, &*row.preferred_mentors.0)).unwrap_or_default();
    wrong.extend(wrong_competencies(tx, &content.goals, goals, "goals").await?);
    let wishes = &content.preferred_mentor_ids;
    let known = reach::on_staff(tx.reader(), wishes.iter().copied()).await?;
    for (index, mentor) in wishes.iter().enumerate() {
        let fault = if *mentor == librarian_id {
            &ONESELF
        } else if wishes.iter().take(index).any(|former| former == mentor) {
            &REPEATED
        } else if !known.contains(mentor) && !named.contains(mentor) {
            &NO_SUCH_OBJECT
        } else {
            continue;
        };
        wrong.push(Violation::pointer(format!("#/preferred_mentor_ids/{index}"), fault));
    }
    Ok(wrong)
}

/// Takes a request back.
pub async fn withdraw(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<MentoringRequest> {
    decide(db, access, id, expected, (MentoringRequestStatus::Withdrawn, "mentoring_request.withdrawn", None)).await
}

/// Closes a request without a mentor.
pub async fn close(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    closure: RequestClosure,
) -> Result<MentoringRequest> {
    decide(db, access, id, expected, closed(closure.reason)).await
}

/// Closes an open request that the transaction holds.
pub(in crate::mentoring) async fn close_in(tx: &Tx<'_>, before: &Model, reason: &str) -> Result<()> {
    decide_in(tx, before, Precondition::default(), closed(reason.to_owned())).await.map(|_| ())
}

/// Where a request goes, the name of that, and why.
type Decision = (MentoringRequestStatus, &'static str, Option<String>);

fn closed(reason: String) -> Decision {
    (MentoringRequestStatus::Closed, "mentoring_request.closed", Some(reason))
}

async fn decide(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    decision: Decision,
) -> Result<MentoringRequest> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        expected.check(before.version)?;
        if before.status != MentoringRequestStatus::Open {
            return Err(INVALID_TRANSITION.into());
        }
        let row = decide_in(tx, &before, expected, decision.clone()).await?;
        Ok(MentoringRequest::seen(row, tx.access()))
    })
    .await
}

async fn decide_in(tx: &Tx<'_>, before: &Model, expected: Precondition, decision: Decision) -> Result<Model> {
    let (status, name, reason) = decision;
    let mut row = before.clone().into_active_model();
    row.status = Set(status);
    row.open_key = Set(None);
    row.reason = Set(reason);
    row.decided_at = Set(Some(tx.now()));
    tx.update::<Entity>(before, row, expected, name).await
}
