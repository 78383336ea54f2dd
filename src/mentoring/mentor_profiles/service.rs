use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::content::{MentorProfileChanges, NewMentorProfile};
use super::dto::{MentorProfile, MentorProfileFilter, MentorProfilePage};
use super::entity::{ActiveModel, Column, Entity, Model, offered};
use crate::activities::interests::service::NO_RECORD;
use crate::competencies::aims::CompetencyAim;
use crate::competencies::assessments::service::unassessable;
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, NO_SUCH_OBJECT, REPEATED, Violation};
use crate::mentoring::availability::wrong_times;
use crate::mentoring::places;
use crate::staff::librarians::entity as librarian;
use crate::staff::reach;

/// The person has a profile already.
pub const MENTOR_PROFILE_EXISTS: Refusal = Refusal {
    code: "mentor_profile_exists",
    status: 409,
    id: "Pegawai ini sudah mempunyai profil mentor",
    en: "This person has a mentor profile already",
};

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt), ("capacity", Column::Capacity)];

/// The profiles of people who are here, within the reach of this operation; every query of this folder starts here.
fn visible(access: &Access, on: NaiveDate) -> Select<Entity> {
    let present = librarian::Entity::find()
        .select_only()
        .column(librarian::Column::Id)
        .filter(librarian::Column::ArchivedAt.is_null())
        .into_query();
    Entity::find()
        .filter(reach::within(access, Column::LibrarianId, on))
        .filter(Column::LibrarianId.in_subquery(present))
}

/// Lists profiles.
pub async fn list(db: &Db, access: &Access, list: &Listing<MentorProfileFilter>) -> Result<MentorProfilePage> {
    let rows = visible(access, db.today()).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    let taken = places::taken(db.reader(), page.items.iter().map(|row| row.librarian_id), db.today()).await?;
    Ok(page.map(|row| {
        let count = taken.get(&row.librarian_id).copied().unwrap_or(0);
        MentorProfile::seen(row, count)
    }))
}

/// Reads a profile.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<MentorProfile> {
    let row = db.reader().find(visible(access, db.today()).filter(Column::Id.eq(id))).await?;
    answer(db.reader(), row, db.today()).await
}

async fn answer(reader: Reader<'_>, row: Model, on: NaiveDate) -> Result<MentorProfile> {
    let taken = places::taken(reader, [row.librarian_id], on).await?;
    let count = taken.get(&row.librarian_id).copied().unwrap_or(0);
    Ok(MentorProfile::seen(row, count))
}

/// Enters a profile.
pub async fn create(db: &Db, access: &Access, new: NewMentorProfile) -> Result<MentorProfile> {
    db.create(access, async move |tx: &Tx<'_>| {
        let librarian_id = new.librarian_id.or(tx.access().own_librarian()).ok_or(NO_RECORD)?;
        let mut wrong = wrong_person(tx, librarian_id).await?;
        wrong.extend(wrong_content(tx, &new, &[]).await?);
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        let mut row = ActiveModel { librarian_id: Set(librarian_id), ..Default::default() };
        new.clone().write(&mut row);
        let row = tx.insert::<Entity>(row, "mentor_profile.created").await;
        let row = row.on_duplicate_of("librarian_id", MENTOR_PROFILE_EXISTS, "librarian_id")?;
        index_in(tx, &row).await?;
        answer(tx.reader(), row, tx.today()).await
    })
    .await
}

/// Changes a profile.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: MentorProfileChanges,
) -> Result<MentorProfile> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(visible(tx.access(), tx.today()).filter(Column::Id.eq(id))).await?;
        expected.check(before.version)?;
        let content = changes.clone().onto(&before);
        validation::check(&content)?;
        let wrong = wrong_content(tx, &content, &before.competencies.0).await?;
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        let mut row = before.clone().into_active_model();
        content.write(&mut row);
        let row = tx.update::<Entity>(&before, row, expected, "mentor_profile.updated").await?;
        if row.competencies != before.competencies {
            index_in(tx, &row).await?;
        }
        answer(tx.reader(), row, tx.today()).await
    })
    .await
}

/// Whether somebody on the staff is within reach of the caller.
pub(in crate::mentoring) async fn wrong_person(tx: &Tx<'_>, librarian_id: Uuid) -> Result<Vec<Violation>> {
    let known = librarian::Entity::find()
        .filter(librarian::Column::Id.eq(librarian_id))
        .filter(librarian::Column::ArchivedAt.is_null())
        .filter(reach::within(tx.access(), librarian::Column::Id, tx.today()));
    let is_known = tx.reader().exists(known).await?;
    Ok((!is_known).then(|| Violation::field("librarian_id", &NO_SUCH_OBJECT)).into_iter().collect())
}

async fn wrong_content(tx: &Tx<'_>, content: &NewMentorProfile, named: &[CompetencyAim]) -> Result<Vec<Violation>> {
    let mut wrong = wrong_times(&content.times);
    wrong.extend(wrong_competencies(tx, &content.competencies, named, "competencies").await?);
    Ok(wrong)
}

/// The competencies of a field that nobody can be assessed in, and those that stand there twice. The framework of those that were
/// `named` before may have been replaced since: they stay until somebody names others.
pub(in crate::mentoring) async fn wrong_competencies(
    tx: &Tx<'_>,
    aims: &[CompetencyAim],
    named: &[CompetencyAim],
    field: &str,
) -> Result<Vec<Violation>> {
    let ids: Vec<Uuid> = aims.iter().map(|aim| aim.competency_id).collect();
    let place = |index: usize| format!("#/{field}/{index}/competency_id");
    let is_new = |id: &Uuid| !named.iter().any(|aim| aim.competency_id == *id);
    let (places, new): (Vec<usize>, Vec<Uuid>) = ids.iter().copied().enumerate().filter(|(_, id)| is_new(id)).unzip();
    let place_of = |index: usize| place(places.get(index).copied().unwrap_or_default());
    let mut wrong = unassessable(tx.reader(), &new, place_of).await?;
    let repeated = ids.iter().enumerate().filter(|(index, id)| ids.iter().take(*index).any(|former| former == *id));
    wrong.extend(repeated.map(|(index, _)| Violation::pointer(place(index), &REPEATED)));
    Ok(wrong)
}

/// Writes what the profile is found by.
async fn index_in(tx: &Tx<'_>, row: &Model) -> Result<()> {
    let old = Query::delete()
        .from_table(offered::Entity)
        .and_where(Expr::col(offered::Column::MentorProfileId).eq(row.id))
        .to_owned();
    tx.execute(&old).await?;
    let offers = row.competencies.0.iter().map(|aim| offered::ActiveModel {
        mentor_profile_id: Set(row.id),
        competency_id: Set(aim.competency_id),
        level: Set(aim.level),
    });
    tx.put_all::<offered::Entity>(offers).await
}
