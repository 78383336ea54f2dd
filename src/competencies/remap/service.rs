use std::collections::{BTreeMap, BTreeSet, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::dto::{FrameworkRemap, RemapOrder};
use super::plan::{Carried, Mapping, Tally, report};
use crate::competencies::assessments::entity::{self as assessment, AssessmentStatus};
use crate::competencies::differences::dto::OlderFramework;
use crate::competencies::differences::service::with_older;
use crate::competencies::frameworks::entity::{self as framework, FrameworkStatus};
use crate::competencies::items::entity as competency;
use crate::competencies::levels::service::recompute_in;
use crate::competencies::standards::dto::NewStandardEntry;
use crate::competencies::standards::{entity as standard, service as standards};
use crate::files::references::refer_in;
use crate::kernel::db::{Db, Reader, Tx, enum_of};
use crate::kernel::error::{Refusal, Result};
use crate::kernel::policy::Access;
use crate::staff::librarians::entity as librarian;
use crate::staff::positions::entity as position;

/// Assessments of a draft or of what is out of use count for nobody.
pub const FRAMEWORK_NOT_IN_USE: Refusal = Refusal {
    code: "framework_not_in_use",
    status: 409,
    id: "Asesmen hanya dapat dipindahkan ke kerangka yang berlaku",
    en: "Assessments are carried over to a published framework only",
};

/// The preview no longer says what would happen.
pub const REMAP_CHANGED: Refusal = Refusal {
    code: "remap_changed",
    status: 409,
    id: "Keadaan sudah berubah sejak pratinjau; lihat pratinjau lagi",
    en: "Something changed since the preview; look at it again",
};

/// How many people share a transaction.
const PEOPLE_AT_ONCE: usize = 20;

/// Tells what would be carried over.
pub async fn preview(db: &Db, access: &Access, id: Uuid, query: OlderFramework) -> Result<FrameworkRemap> {
    let (from, to) = with_older(db, access, id, query).await?;
    let mapping = Mapping::of(db.reader(), &from, &to).await?;
    report(&mapping, &planned(db, &mapping).await?)
}

/// Carries over what the preview says: some people in a transaction, then each position in its own. Called again after it was
/// interrupted it goes on where it stopped.
pub async fn apply(
    db: &Db,
    access: &Access,
    id: Uuid,
    query: OlderFramework,
    order: &RemapOrder,
) -> Result<FrameworkRemap> {
    let (from, to) = with_older(db, access, id, query).await?;
    if to.status != FrameworkStatus::Published {
        return Err(FRAMEWORK_NOT_IN_USE.into());
    }
    let mapping = Mapping::of(db.reader(), &from, &to).await?;
    let plan = planned(db, &mapping).await?;
    let preview = report(&mapping, &plan)?;
    if plan.carried.is_empty() && plan.positions.is_empty() {
        return Ok(preview);
    }
    if preview.fingerprint != order.fingerprint {
        return Err(REMAP_CHANGED.into());
    }
    let mut done = Tally { carried: Vec::new(), positions: BTreeMap::new(), ..plan };
    let people: BTreeSet<Uuid> = plan.carried.iter().map(|carried| carried.librarian_id).collect();
    let people: Vec<Uuid> = people.into_iter().collect();
    for people in people.chunks(PEOPLE_AT_ONCE) {
        let (mapping, to, people) = (mapping.clone(), to.clone(), people.to_vec());
        let work = async move |tx: &Tx<'_>| people_in(tx, &mapping, &to, &people).await;
        done.carried.extend(db.run(access.clone(), work).await?);
    }
    for position_id in plan.positions.into_keys() {
        let mapping = mapping.clone();
        let work = async move |tx: &Tx<'_>| position_in(tx, &mapping, position_id).await;
        done.positions.extend(db.run(access.clone(), work).await?.map(|gone| (position_id, gone)));
    }
    report(&mapping, &done)
}

async fn planned(db: &Db, mapping: &Mapping) -> Result<Tally> {
    let mut tally = Tally::default();
    let carried: HashSet<(Uuid, Uuid)> = carried_before(db.reader(), mapping.to_id, None).await?.into_iter().collect();
    let columns = [
        assessment::Column::Id,
        assessment::Column::LibrarianId,
        assessment::Column::CompetencyId,
        assessment::Column::Status,
    ];
    let mut assessments = of_framework(mapping.from_id);
    assessments.columns(columns.map(|column| (assessment::Entity, column)));
    assessments.and_where(Expr::col((assessment::Entity, assessment::Column::ArchivedAt)).is_null());
    let rows = db.reader().heavy_rows(&assessments, |row| {
        let status: AssessmentStatus = enum_of(&row.get::<String>(3)?)?;
        Ok((row.get::<Uuid>(0)?, row.get::<Uuid>(1)?, row.get::<Uuid>(2)?, status))
    });
    for (id, librarian_id, old, status) in rows.await? {
        if status != AssessmentStatus::Confirmed {
            tally.open += 1;
        } else if !mapping.successors.contains_key(&old) {
            tally.stranded += 1;
        } else {
            let (before, now): (Vec<_>, Vec<_>) =
                mapping.successors_of(old).partition(|new| carried.contains(&(id, *new)));
            tally.carried_before += before.len();
            tally.carried.extend(now.into_iter().map(|new| Carried { librarian_id, old, new }));
        }
    }
    for (position_id, entries) in standards_asking(db.reader(), mapping).await? {
        if mapping.standard(&entries).is_some() {
            tally.positions.insert(position_id, gone(mapping, &entries));
        }
    }
    Ok(tally)
}

/// The assessments of a framework's competencies, without columns yet.
fn of_framework(framework_id: Uuid) -> SelectStatement {
    Query::select()
        .from(competency::Entity)
        .inner_join(
            assessment::Entity,
            Expr::col((assessment::Entity, assessment::Column::CompetencyId))
                .equals((competency::Entity, competency::Column::Id)),
        )
        .and_where(Expr::col((competency::Entity, competency::Column::FrameworkId)).eq(framework_id))
        .to_owned()
}

/// What has been carried to a framework, of these people or of all: old assessment and new competency. What was archived since
/// stays away.
async fn carried_before(reader: Reader<'_>, framework_id: Uuid, people: Option<&[Uuid]>) -> Result<Vec<(Uuid, Uuid)>> {
    let mut carried = of_framework(framework_id);
    carried
        .column((assessment::Entity, assessment::Column::CarriedFromId))
        .column((assessment::Entity, assessment::Column::CompetencyId))
        .and_where(Expr::col((assessment::Entity, assessment::Column::CarriedFromId)).is_not_null());
    if let Some(people) = people {
        let person = Expr::col((assessment::Entity, assessment::Column::LibrarianId));
        carried.and_where(person.is_in(people.iter().copied()));
    }
    reader.heavy_rows(&carried, |row| Ok((row.get::<Uuid>(0)?, row.get::<Uuid>(1)?))).await
}

/// What positions ask that ask for a competency of the older framework.
async fn standards_asking(reader: Reader<'_>, mapping: &Mapping) -> Result<BTreeMap<Uuid, Vec<NewStandardEntry>>> {
    let asked = Query::select()
        .columns([
            standard::Column::PositionId,
            standard::Column::CompetencyId,
            standard::Column::RequiredLevel,
            standard::Column::Weight,
        ])
        .from(standard::Entity)
        .to_owned();
    let rows = reader.heavy_rows(&asked, |row| {
        let entry = NewStandardEntry { competency_id: row.get(1)?, required_level: row.get(2)?, weight: row.get(3)? };
        Ok((row.get::<Uuid>(0)?, entry))
    });
    let mut standards: BTreeMap<Uuid, Vec<NewStandardEntry>> = BTreeMap::new();
    for (position_id, entry) in rows.await? {
        standards.entry(position_id).or_default().push(entry);
    }
    standards.retain(|_, entries| entries.iter().any(|entry| mapping.successors.contains_key(&entry.competency_id)));
    Ok(standards)
}

fn gone(mapping: &Mapping, entries: &[NewStandardEntry]) -> Vec<Uuid> {
    let ids = entries.iter().map(|entry| entry.competency_id);
    ids.filter(|id| mapping.successors.contains_key(id)).collect()
}

async fn people_in(tx: &Tx<'_>, mapping: &Mapping, to: &framework::Model, people: &[Uuid]) -> Result<Vec<Carried>> {
    // Whoever carries over for these people at the same time waits here, and then finds it done.
    let locked = librarian::Entity::find()
        .filter(librarian::Column::Id.is_in(people.iter().copied()))
        .order_by_asc(librarian::Column::Id);
    tx.lock_all(locked).await?;
    let before: HashSet<(Uuid, Uuid)> =
        carried_before(tx.reader(), mapping.to_id, Some(people)).await?.into_iter().collect();
    let confirmed = assessment::Entity::find()
        .filter(assessment::Column::LibrarianId.is_in(people.iter().copied()))
        .filter(assessment::Column::CompetencyId.is_in(mapping.successors.keys().copied()))
        .filter(assessment::Column::Status.eq(AssessmentStatus::Confirmed))
        .filter(assessment::Column::ArchivedAt.is_null())
        .order_by_asc(assessment::Column::LibrarianId)
        .order_by_asc(assessment::Column::Id);
    let mut done = Vec::new();
    let mut levels: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for row in tx.reader().all(confirmed).await? {
        let missing = mapping.successors_of(row.competency_id).filter(|new| !before.contains(&(row.id, *new)));
        for new in missing.collect::<Vec<_>>() {
            if done.is_empty() {
                tx.note::<framework::Entity>(to, "framework.assessments_carried_over").await?;
            }
            let copy = tx.insert::<assessment::Entity>(copy_of(tx, &row, new), "assessment.carried_over").await?;
            refer_in::<assessment::Entity>(tx, copy.id, &BTreeSet::new(), &copy.evidence.files()).await?;
            levels.entry(row.librarian_id).or_default().push(new);
            done.push(Carried { librarian_id: row.librarian_id, old: row.competency_id, new });
        }
    }
    for (person, competencies) in levels {
        recompute_in(tx, person, &competencies).await?;
    }
    Ok(done)
}

fn copy_of(tx: &Tx<'_>, old: &assessment::Model, competency_id: Uuid) -> assessment::ActiveModel {
    assessment::ActiveModel {
        librarian_id: Set(old.librarian_id),
        competency_id: Set(competency_id),
        method: Set(old.method),
        level: Set(old.level),
        assessed_on: Set(old.assessed_on),
        valid_until: Set(old.valid_until),
        status: Set(AssessmentStatus::Confirmed),
        evidence: Set(old.evidence.clone()),
        note: Set(old.note.clone()),
        author_id: Set(old.author_id),
        submitted_at: Set(old.submitted_at),
        decided_at: Set(Some(tx.now())),
        decided_by: Set(tx.access().caller().map(|caller| caller.user_id)),
        carried_from_id: Set(Some(old.id)),
        ..Default::default()
    }
}

async fn position_in(tx: &Tx<'_>, mapping: &Mapping, position_id: Uuid) -> Result<Option<Vec<Uuid>>> {
    let position = tx.lock(position::Entity::find().filter(position::Column::Id.eq(position_id))).await?;
    let entries = standards::asked_of(tx.reader(), position_id).await?;
    let Some(new) = mapping.standard(&entries) else { return Ok(None) };
    standards::replace_in(tx, position, &new).await?;
    Ok(Some(gone(mapping, &entries)))
}
