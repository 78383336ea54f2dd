use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::content::{LearningEntryChanges, NewLearningEntry};
use super::dto::{LearningEntry, LearningEntryFilter, LearningEntryPage, may_write};
use super::entity::{ActiveModel, Column, Entity, LearningEntryStatus, Model};
use crate::activities::interests::service::NO_RECORD;
use crate::competencies::assessments::entity::EvidenceList;
use crate::credits::entries::entity::CreditSource;
use crate::credits::entries::service::{Earned, earned_by};
use crate::files::references::{FileUse, refer_in, references_to, wrong_files};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, NO_SUCH_OBJECT, Violation};
use crate::learning::development_plans::entity::{self as plan, PlanStatus, action};
use crate::settings::training_types::entity as training_type;
use crate::staff::librarians::entity as librarian;
use crate::staff::reach;

/// What was submitted, verified or withdrawn stays as it is.
pub const LEARNING_ENTRY_CLOSED: Refusal = Refusal {
    code: "learning_entry_closed",
    status: 409,
    id: "Catatan belajar yang sudah diajukan atau diverifikasi tidak dapat diubah",
    en: "A learning entry that was submitted or verified can no longer change",
};

/// The person claims the certificate already.
pub const CERTIFICATE_CLAIMED: Refusal = Refusal {
    code: "certificate_claimed",
    status: 409,
    id: "Sertifikat dengan nomor dan penyelenggara ini sudah ada di catatan belajar lain",
    en: "Another learning entry has the certificate of this number and organiser",
};

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt), ("ends_on", Column::EndsOn)];

/// The entries this caller may know of; every query of this folder starts here.
pub(super) fn visible(access: &Access, on: NaiveDate) -> Select<Entity> {
    Entity::find().filter(reach::within(access, Column::LibrarianId, on))
}

/// Whoever may read an entry may read the files among its evidence.
pub const FILES_OF_ENTRIES: FileUse = FileUse {
    readable: |access, on, file_id| {
        let readable = visible(access, on).select_only().column(Column::Id).into_query();
        references_to::<Entity>(file_id, readable)
    },
};

/// An entry, kept from changing otherwise until this transaction ends.
pub(super) async fn hold(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    tx.lock(visible(tx.access(), tx.today()).filter(Column::Id.eq(id))).await
}

async fn earned(reader: Reader<'_>, ids: Vec<Uuid>) -> Result<HashMap<Uuid, Earned>> {
    earned_by(reader, CreditSource::LearningEntry, ids, None).await
}

/// An entry with what the ledger made of it.
pub(super) async fn answer(reader: Reader<'_>, row: Model, access: &Access) -> Result<LearningEntry> {
    let earned = earned(reader, vec![row.id]).await?;
    let credit = earned.get(&row.id);
    Ok(LearningEntry::seen(row, credit, access))
}

/// Lists entries.
pub async fn list(db: &Db, access: &Access, list: &Listing<LearningEntryFilter>) -> Result<LearningEntryPage> {
    let rows = visible(access, db.today()).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    let earned = earned(db.reader(), page.items.iter().map(|row| row.id).collect()).await?;
    Ok(page.map(|row| {
        let credit = earned.get(&row.id);
        LearningEntry::seen(row, credit, access)
    }))
}

/// Reads an entry.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<LearningEntry> {
    let row = db.reader().find(visible(access, db.today()).filter(Column::Id.eq(id))).await?;
    answer(db.reader(), row, access).await
}

/// Writes down what was learned.
pub async fn create(db: &Db, access: &Access, new: NewLearningEntry) -> Result<LearningEntry> {
    db.create(access, async move |tx: &Tx<'_>| {
        let librarian_id = new.librarian_id.or(tx.access().own_librarian()).ok_or(NO_RECORD)?;
        let known = librarian::Entity::find()
            .filter(librarian::Column::Id.eq(librarian_id))
            .filter(librarian::Column::ArchivedAt.is_null())
            .filter(reach::within(tx.access(), librarian::Column::Id, tx.today()));
        let mut wrong = new.wrong_days("#", tx.today());
        if !tx.reader().exists(known).await? {
            wrong.push(Violation::field("librarian_id", &NO_SUCH_OBJECT));
        }
        let type_id = type_in(tx, &new, "#", &mut wrong).await?;
        let (none, evidence) = (BTreeSet::new(), EvidenceList(new.evidence.clone()));
        wrong.extend(wrong_files(tx, &evidence.new_files(&none, "#/evidence")).await?);
        wrong.extend(wrong_action(tx, librarian_id, new.plan_action_id, "#").await?);
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        let mut row = ActiveModel {
            librarian_id: Set(librarian_id),
            status: Set(LearningEntryStatus::Draft),
            ..Default::default()
        };
        new.clone().write(&mut row, type_id);
        let row = tx.insert::<Entity>(row, "learning_entry.created").await;
        let row = row.on_duplicate_of("certificate_key", CERTIFICATE_CLAIMED, "certificate_number")?;
        refer_in::<Entity>(tx, row.id, &none, &evidence.files()).await?;
        Ok(LearningEntry::seen(row, None, tx.access()))
    })
    .await
}

/// The type that an entry is counted by: the one that it names, or the usual one of its kind.
async fn type_in(tx: &Tx<'_>, content: &NewLearningEntry, place: &str, wrong: &mut Vec<Violation>) -> Result<Uuid> {
    let named = training_type::Entity::find().filter(match content.training_type_id {
        Some(id) => training_type::Column::Id.eq(id),
        None => training_type::Column::SiasnId.eq(content.kind.usual_type()),
    });
    let found = tx.reader().one(named).await?.map(|row| row.id);
    if found.is_none() {
        wrong.push(Violation::pointer(format!("{place}/training_type_id"), &NO_SUCH_OBJECT));
    }
    Ok(found.unwrap_or_default())
}

/// Whether the action that an entry is said to be done for is one of the person's plan under way.
async fn wrong_action(
    tx: &Tx<'_>,
    librarian_id: Uuid,
    action_id: Option<Uuid>,
    place: &str,
) -> Result<Option<Violation>> {
    let Some(action_id) = action_id else { return Ok(None) };
    let approved = plan::Entity::find()
        .select_only()
        .column(plan::Column::Id)
        .filter(plan::Column::LibrarianId.eq(librarian_id))
        .filter(plan::Column::Status.eq(PlanStatus::Approved))
        .into_query();
    let known = action::Entity::find()
        .filter(action::Column::Id.eq(action_id))
        .filter(action::Column::PlanId.in_subquery(approved));
    let is_known = tx.reader().exists(known).await?;
    Ok((!is_known).then(|| Violation::pointer(format!("{place}/plan_action_id"), &NO_SUCH_OBJECT)))
}

/// The row of an entry with other content, which is checked as new content is; `place` is the JSON pointer of the changes.
pub(super) async fn changed_in(
    tx: &Tx<'_>,
    before: &Model,
    changes: LearningEntryChanges,
    place: &str,
) -> Result<ActiveModel> {
    let content = changes.onto(before);
    let mut wrong = validation::violations_of(&content, place);
    wrong.extend(content.wrong_days(place, tx.today()));
    let type_id = type_in(tx, &content, place, &mut wrong).await?;
    let evidence = EvidenceList(content.evidence.clone());
    let named = evidence.new_files(&before.evidence.files(), &format!("{place}/evidence"));
    wrong.extend(wrong_files(tx, &named).await?);
    if content.plan_action_id != before.plan_action_id {
        wrong.extend(wrong_action(tx, before.librarian_id, content.plan_action_id, place).await?);
    }
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    let mut row = before.clone().into_active_model();
    content.write(&mut row, type_id);
    Ok(row)
}

/// Changes a draft or what was returned.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: LearningEntryChanges,
) -> Result<LearningEntry> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        expected.check(before.version)?;
        if !before.is_open() || !may_write(&before, tx.access()) {
            return Err(LEARNING_ENTRY_CLOSED.into());
        }
        let row = changed_in(tx, &before, changes.clone(), "#").await?;
        let row = tx.update::<Entity>(&before, row, expected, "learning_entry.updated").await;
        let row = row.on_duplicate_of("certificate_key", CERTIFICATE_CLAIMED, "certificate_number")?;
        refer_in::<Entity>(tx, row.id, &before.evidence.files(), &row.evidence.files()).await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

/// Removes a draft for good. What was handed in once is withdrawn instead.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        expected.check(before.version)?;
        if before.status != LearningEntryStatus::Draft {
            return Err(LEARNING_ENTRY_CLOSED.into());
        }
        refer_in::<Entity>(tx, id, &before.evidence.files(), &BTreeSet::new()).await?;
        tx.delete::<Entity>(&before, expected, "learning_entry.deleted").await
    })
    .await
}
