use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::dto::{
    Assessment, AssessmentChanges, AssessmentFilter, AssessmentPage, NewAssessment, ReturnReason, may_decide, may_write,
};
use super::entity::{ActiveModel, AssessmentMethod, AssessmentStatus, Column, Entity, Evidence, EvidenceList, Model};
use crate::competencies::frameworks::entity::{self as framework, FrameworkStatus};
use crate::competencies::items::entity::{self as competency, CompetencyKind};
use crate::competencies::levels::service::recompute_in;
use crate::files::references::{FileUse, refer_in, references_to, wrong_files};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::{Access, Reach};
use crate::kernel::validation::{
    ENDS_BEFORE_IT_BEGINS, Fault, IN_THE_FUTURE, NO_SUCH_OBJECT, NOT_ALLOWED_FOR_YOU, Violation,
};
use crate::staff::librarians::entity as librarian;
use crate::staff::reach;

/// One cannot decide on one's own level.
pub const OWN_ASSESSMENT: Refusal = Refusal {
    code: "own_assessment",
    status: 403,
    id: "Asesmen atas diri sendiri harus diputuskan orang lain",
    en: "Somebody else has to decide on an assessment of yourself",
};

/// One cannot decide on one's own judgement.
pub const OWN_JUDGEMENT: Refusal = Refusal {
    code: "own_judgement",
    status: 403,
    id: "Asesmen yang Anda tulis harus dikonfirmasi orang lain",
    en: "Somebody else has to confirm what you wrote",
};

/// Only the author and admins write on an assessment.
pub const NOT_THE_AUTHOR: Refusal = Refusal {
    code: "not_the_author",
    status: 403,
    id: "Hanya penulisnya dan admin yang dapat mengubah asesmen ini",
    en: "Only its author and admins may change this assessment",
};

/// What was submitted or confirmed stays as it is.
pub const ASSESSMENT_CLOSED: Refusal = Refusal {
    code: "assessment_closed",
    status: 409,
    id: "Asesmen yang sudah diajukan atau dikonfirmasi tidak dapat diubah",
    en: "An assessment that was submitted or confirmed can no longer change",
};

/// The competency is not one that can be assessed.
pub const NOT_ASSESSABLE: Fault = Fault {
    code: "not_assessable",
    id: "Hanya unit kompetensi dari kerangka yang berlaku yang dapat dinilai",
    en: "Only units of a published framework can be assessed",
};

const SORTABLE: &Sortable<Entity> = &[("assessed_on", Column::AssessedOn), ("created_at", Column::CreatedAt)];

/// The assessments this caller may know of; every query of this file starts here.
fn visible(access: &Access, on: NaiveDate, include_archived: bool) -> Select<Entity> {
    let rows = Entity::find().filter(reach::within(access, Column::LibrarianId, on));
    if include_archived && access.is_admin() { rows } else { rows.filter(Column::ArchivedAt.is_null()) }
}

/// Whoever may read an assessment may read the files among its evidence.
pub const FILES_OF_ASSESSMENTS: FileUse = FileUse {
    readable: |access, on, file_id| {
        let readable = visible(access, on, true).select_only().column(Column::Id).into_query();
        references_to::<Entity>(file_id, readable)
    },
};

async fn find(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    tx.reader().find(visible(tx.access(), tx.today(), false).filter(Column::Id.eq(id))).await
}

/// Lists assessments.
pub async fn list(db: &Db, access: &Access, list: &Listing<AssessmentFilter>) -> Result<AssessmentPage> {
    let rows = visible(access, db.today(), list.filter.include_archived).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    Ok(page.map(|row| Assessment::seen(row, access)))
}

/// Reads an assessment.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Assessment> {
    let row = db.reader().find(visible(access, db.today(), true).filter(Column::Id.eq(id))).await?;
    Ok(Assessment::seen(row, access))
}

/// Writes an assessment.
pub async fn create(db: &Db, access: &Access, new: NewAssessment) -> Result<Assessment> {
    db.create(access, async move |tx: &Tx<'_>| {
        let mut wrong = days(new.assessed_on, new.valid_until, tx.today());
        wrong.extend(subject(tx, &new).await?);
        wrong.extend(assessable(tx.reader(), new.competency_id).await?);
        let (none, evidence) = (BTreeSet::new(), EvidenceList(new.evidence.clone()));
        wrong.extend(wrong_files(tx, &evidence.new_files(&none, "#/evidence")).await?);
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        let row = tx.insert::<Entity>(row_of(&new, tx.access()), "assessment.created").await?;
        refer_in::<Entity>(tx, row.id, &none, &evidence.files()).await?;
        Ok(Assessment::seen(row, tx.access()))
    })
    .await
}

/// The row of a new draft.
pub fn row_of(new: &NewAssessment, access: &Access) -> ActiveModel {
    ActiveModel {
        librarian_id: Set(new.librarian_id),
        competency_id: Set(new.competency_id),
        method: Set(new.method),
        level: Set(new.level),
        assessed_on: Set(new.assessed_on),
        valid_until: Set(new.valid_until),
        status: Set(AssessmentStatus::Draft),
        evidence: Set(EvidenceList(new.evidence.clone())),
        note: Set(new.note.clone()),
        author_id: Set(access.caller().map(|caller| caller.user_id)),
        ..Default::default()
    }
}

fn days(from: NaiveDate, until: Option<NaiveDate>, today: NaiveDate) -> Vec<Violation> {
    let mut wrong = Vec::new();
    if from > today {
        wrong.push(Violation::field("assessed_on", &IN_THE_FUTURE));
    }
    if until.is_some_and(|until| until < from) {
        wrong.push(Violation::field("valid_until", &ENDS_BEFORE_IT_BEGINS));
    }
    wrong
}

/// Who may write what about whom: `self` about oneself, anything else about a mentee, or as an admin about anybody.
async fn subject(tx: &Tx<'_>, new: &NewAssessment) -> Result<Vec<Violation>> {
    let access = tx.access();
    let known = librarian::Entity::find()
        .filter(librarian::Column::Id.eq(new.librarian_id))
        .filter(librarian::Column::ArchivedAt.is_null())
        .filter(reach::within(access, librarian::Column::Id, tx.today()));
    if !tx.reader().exists(known).await? {
        return Ok(vec![Violation::field("librarian_id", &NO_SUCH_OBJECT)]);
    }
    let own = access.is_own(new.librarian_id);
    let allowed = match new.method {
        AssessmentMethod::SelfAssessment => own,
        _ => access.reach() == Reach::All || access.reach() == Reach::Mentees && !own,
    };
    Ok(if allowed { Vec::new() } else { vec![Violation::field("method", &NOT_ALLOWED_FOR_YOU)] })
}

/// A level that somebody showed elsewhere, for a mentor or an admin to confirm.
#[derive(Clone, Debug)]
pub struct ShownLevel {
    /// Whose.
    pub librarian_id: Uuid,
    /// In which competency: one that can be assessed.
    pub competency_id: Uuid,
    /// 1 to 5.
    pub level: i32,
    /// How it was shown.
    pub method: AssessmentMethod,
    /// When.
    pub on: NaiveDate,
    /// What shows it.
    pub evidence: Evidence,
}

/// Submits an assessment that nobody wrote: it follows from what happened. Part of the same transaction.
pub async fn submit_shown_in(tx: &Tx<'_>, shown: ShownLevel) -> Result<Model> {
    let row = ActiveModel {
        librarian_id: Set(shown.librarian_id),
        competency_id: Set(shown.competency_id),
        method: Set(shown.method),
        level: Set(shown.level),
        assessed_on: Set(shown.on),
        status: Set(AssessmentStatus::Submitted),
        submitted_at: Set(Some(tx.now())),
        evidence: Set(EvidenceList(vec![shown.evidence])),
        ..Default::default()
    };
    tx.insert::<Entity>(row, "assessment.submitted").await
}

/// Which of these competencies can be assessed: units of a published framework.
pub async fn assessable_among(reader: Reader<'_>, ids: impl IntoIterator<Item = Uuid>) -> Result<HashSet<Uuid>> {
    let published = framework::Entity::find()
        .filter(framework::Column::Status.eq(FrameworkStatus::Published))
        .select_only()
        .column(framework::Column::Id)
        .into_query();
    let units = competency::Entity::find()
        .filter(competency::Column::Id.is_in(ids))
        .filter(competency::Column::Kind.eq(CompetencyKind::Unit))
        .filter(competency::Column::FrameworkId.in_subquery(published));
    Ok(reader.all(units).await?.into_iter().map(|row| row.id).collect())
}

/// Which of these competencies cannot be assessed, as mistakes at their places.
pub async fn unassessable(reader: Reader<'_>, ids: &[Uuid], place: impl Fn(usize) -> String) -> Result<Vec<Violation>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let known = assessable_among(reader, ids.iter().copied()).await?;
    let unknown = ids.iter().enumerate().filter(|(_, id)| !known.contains(id));
    Ok(unknown.map(|(index, _)| Violation::pointer(place(index), &NOT_ASSESSABLE)).collect())
}

async fn assessable(reader: Reader<'_>, competency_id: Uuid) -> Result<Vec<Violation>> {
    if assessable_among(reader, [competency_id]).await?.contains(&competency_id) {
        return Ok(Vec::new());
    }
    let known = competency::Entity::find().filter(competency::Column::Id.eq(competency_id));
    let fault = if reader.exists(known).await? { &NOT_ASSESSABLE } else { &NO_SUCH_OBJECT };
    Ok(vec![Violation::field("competency_id", fault)])
}

/// Changes a draft or what was returned.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: AssessmentChanges,
) -> Result<Assessment> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = find(tx, id).await?;
        writable(&before, tx.access())?;
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        let from = changes.assessed_on.unwrap_or(before.assessed_on);
        let mut wrong = days(from, changes.valid_until.or(before.valid_until), tx.today());
        let evidence = changes.evidence.map(EvidenceList);
        let files = before.evidence.files();
        let named = evidence.as_ref().map(|evidence| evidence.new_files(&files, "#/evidence")).unwrap_or_default();
        wrong.extend(wrong_files(tx, &named).await?);
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        set(&mut row.level, changes.level);
        set(&mut row.assessed_on, changes.assessed_on);
        changes.valid_until.apply(&mut row.valid_until);
        set(&mut row.evidence, evidence);
        changes.note.apply(&mut row.note);
        let row = tx.update::<Entity>(&before, row, expected, "assessment.updated").await?;
        refer_in::<Entity>(tx, row.id, &files, &row.evidence.files()).await?;
        Ok(Assessment::seen(row, tx.access()))
    })
    .await
}

fn writable(row: &Model, access: &Access) -> Result<()> {
    if !may_write(row, access) {
        return Err(NOT_THE_AUTHOR.into());
    }
    if matches!(row.status, AssessmentStatus::Draft | AssessmentStatus::Returned) {
        return Ok(());
    }
    Err(ASSESSMENT_CLOSED.into())
}

/// Puts an assessment aside: a draft by its author, any by an admin. It counts no longer.
pub async fn archive(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = find(tx, id).await?;
        if !tx.access().is_admin() {
            writable(&before, tx.access())?;
        }
        tx.archive::<Entity>(&before, expected, "assessment.archived").await?;
        recount_in(tx, &before).await
    })
    .await
}

/// Takes an assessment back from the archive.
pub async fn restore(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Assessment> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(visible(tx.access(), tx.today(), true).filter(Column::Id.eq(id))).await?;
        if before.archived_at.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        let row = tx.restore::<Entity>(&before, expected, "assessment.restored").await?;
        recount_in(tx, &row).await?;
        Ok(Assessment::seen(row, tx.access()))
    })
    .await
}

async fn recount_in(tx: &Tx<'_>, row: &Model) -> Result<()> {
    if row.status == AssessmentStatus::Confirmed {
        recompute_in(tx, row.librarian_id, &[row.competency_id]).await?;
    }
    Ok(())
}

/// Hands an assessment in.
pub async fn submit(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Assessment> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = find(tx, id).await?;
        if !may_write(&before, tx.access()) {
            return Err(NOT_THE_AUTHOR.into());
        }
        if !matches!(before.status, AssessmentStatus::Draft | AssessmentStatus::Returned) {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(AssessmentStatus::Submitted);
        row.submitted_at = Set(Some(tx.now()));
        row.return_reason = Set(None);
        let row = tx.update::<Entity>(&before, row, expected, "assessment.submitted").await?;
        Ok(Assessment::seen(row, tx.access()))
    })
    .await
}

/// Lets an assessment count, at once.
pub async fn confirm(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Assessment> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = find(tx, id).await?;
        decidable(&before, tx.access())?;
        let row = decide_in(tx, &before, expected, AssessmentStatus::Confirmed, None, "assessment.confirmed").await?;
        recompute_in(tx, row.librarian_id, &[row.competency_id]).await?;
        Ok(Assessment::seen(row, tx.access()))
    })
    .await
}

/// Sends an assessment back to its author.
pub async fn send_back(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    reason: ReturnReason,
) -> Result<Assessment> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = find(tx, id).await?;
        decidable(&before, tx.access())?;
        let reason = Some(reason.reason.clone());
        let row = decide_in(tx, &before, expected, AssessmentStatus::Returned, reason, "assessment.returned").await?;
        Ok(Assessment::seen(row, tx.access()))
    })
    .await
}

fn decidable(row: &Model, access: &Access) -> Result<()> {
    if access.is_own(row.librarian_id) {
        return Err(OWN_ASSESSMENT.into());
    }
    if !may_decide(row, access) {
        return Err(OWN_JUDGEMENT.into());
    }
    if row.status != AssessmentStatus::Submitted {
        return Err(INVALID_TRANSITION.into());
    }
    Ok(())
}

async fn decide_in(
    tx: &Tx<'_>,
    before: &Model,
    expected: Precondition,
    status: AssessmentStatus,
    reason: Option<String>,
    name: &'static str,
) -> Result<Model> {
    let mut row = before.clone().into_active_model();
    row.status = Set(status);
    row.decided_at = Set(Some(tx.now()));
    row.decided_by = Set(tx.access().caller().map(|caller| caller.user_id));
    row.return_reason = Set(reason);
    tx.update::<Entity>(before, row, expected, name).await
}
