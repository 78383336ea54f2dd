use std::collections::{BTreeSet, HashMap};

use futures_util::future::LocalBoxFuture;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::entity::{ActiveModel, Column, Entity};
use super::figures::{Place, move_level_in};
use super::rule::{CurrentLevel, Judgement, current};
use crate::competencies::assessments::entity::{self as assessment, AssessmentMethod, AssessmentStatus};
use crate::competencies::frameworks::entity::{self as framework, LevelRule};
use crate::competencies::items::entity as competency;
use crate::kernel::db::{Db, Reader, Tx, enum_of};
use crate::kernel::error::Result;
use crate::kernel::policy::Access;
use crate::staff::librarians::entity as librarian;

/// How many levels one refresh brings up to date.
const DUE_AT_ONCE: u64 = 500;

/// What a chapter above does when levels of a person were found anew, in the same transaction; they may be the same as before.
pub struct LevelWatcher {
    /// Is told the person and the competencies.
    pub run: for<'a> fn(&'a Tx<'a>, Uuid, &'a [Uuid]) -> LocalBoxFuture<'a, Result<()>>,
}

/// The rule of a framework: how, and by which method where one is required.
pub type Rule = (LevelRule, Option<AssessmentMethod>);

/// The rules of these competencies, by their frameworks.
pub async fn rules_of(reader: Reader<'_>, competencies: &[Uuid]) -> Result<HashMap<Uuid, Rule>> {
    let statement = Query::select()
        .column((competency::Entity, competency::Column::Id))
        .column((framework::Entity, framework::Column::LevelRule))
        .column((framework::Entity, framework::Column::RequiredSource))
        .from(competency::Entity)
        .inner_join(
            framework::Entity,
            Expr::col((framework::Entity, framework::Column::Id))
                .equals((competency::Entity, competency::Column::FrameworkId)),
        )
        .and_where(Expr::col((competency::Entity, competency::Column::Id)).is_in(competencies.iter().copied()))
        .to_owned();
    let rows = reader
        .rows(&statement, |row| {
            let rule = enum_of(&row.get::<String>(1)?)?;
            let source = row.get::<Option<String>>(2)?.map(|text| enum_of(&text)).transpose()?;
            Ok((row.get::<Uuid>(0)?, (rule, source)))
        })
        .await?;
    Ok(rows.into_iter().collect())
}

/// Brings the levels of a person up to date after assessments of these competencies changed. Part of the same transaction.
pub async fn recompute_in(tx: &Tx<'_>, librarian_id: Uuid, competencies: &[Uuid]) -> Result<()> {
    // Whoever changes levels of one person waits here for the other.
    let person = tx.lock(librarian::Entity::find().filter(librarian::Column::Id.eq(librarian_id))).await?;
    let wanted: BTreeSet<Uuid> = competencies.iter().copied().collect();
    let rules = rules_of(tx.reader(), competencies).await?;
    let counting = assessment::Entity::find()
        .filter(assessment::Column::LibrarianId.eq(librarian_id))
        .filter(assessment::Column::CompetencyId.is_in(wanted.iter().copied()))
        .filter(assessment::Column::Status.eq(AssessmentStatus::Confirmed))
        .filter(assessment::Column::ArchivedAt.is_null());
    let mut judgements: HashMap<Uuid, Vec<Judgement>> = HashMap::new();
    for row in &tx.reader().all(counting).await? {
        judgements.entry(row.competency_id).or_default().push(row.into());
    }
    let kept = Entity::find()
        .filter(Column::LibrarianId.eq(librarian_id))
        .filter(Column::CompetencyId.is_in(wanted.iter().copied()));
    let kept: HashMap<Uuid, _> = tx.reader().all(kept).await?.into_iter().map(|row| (row.competency_id, row)).collect();
    for competency_id in wanted {
        let (rule, source) = rules.get(&competency_id).copied().unwrap_or((LevelRule::Latest, None));
        let found = judgements.get(&competency_id).and_then(|all| current(rule, source, all, tx.today()));
        let before = kept.get(&competency_id);
        keep_in(tx, librarian_id, competency_id, before.is_some(), found).await?;
        if person.archived_at.is_none() {
            let (from, to) = (before.map(|row| row.level), found.map(|found| found.level));
            move_level_in(tx, Place::of(&person), competency_id, from, to).await?;
        }
    }
    for watcher in tx.context().contributions::<LevelWatcher>() {
        (watcher.run)(tx, librarian_id, competencies).await?;
    }
    Ok(())
}

async fn keep_in(
    tx: &Tx<'_>,
    librarian_id: Uuid,
    competency_id: Uuid,
    exists: bool,
    found: Option<CurrentLevel>,
) -> Result<()> {
    if exists {
        let delete = Query::delete()
            .from_table(Entity)
            .and_where(Expr::col(Column::LibrarianId).eq(librarian_id))
            .and_where(Expr::col(Column::CompetencyId).eq(competency_id))
            .to_owned();
        tx.execute(&delete).await?;
    }
    if let Some(found) = found {
        let row = ActiveModel {
            librarian_id: Set(librarian_id),
            competency_id: Set(competency_id),
            level: Set(found.level),
            assessment_id: Set(found.basis.id),
            next_change_on: Set(found.next_change_on),
        };
        tx.put::<Entity>(row).await?;
    }
    Ok(())
}

/// Brings up to date what time has changed. Reports call it before they read.
pub async fn refresh_due(db: &Db) -> Result<()> {
    let today = db.today();
    loop {
        let due = Entity::find().filter(Column::NextChangeOn.lte(today));
        if !db.reader().exists(due).await? {
            return Ok(());
        }
        db.run(Access::system(), async move |tx: &Tx<'_>| {
            let due = Entity::find()
                .filter(Column::NextChangeOn.lte(today))
                .order_by_asc(Column::LibrarianId)
                .order_by_asc(Column::CompetencyId)
                .limit(DUE_AT_ONCE);
            let mut people: Vec<(Uuid, Vec<Uuid>)> = Vec::new();
            for row in tx.reader().all(due).await? {
                match people.last_mut() {
                    Some((person, competencies)) if *person == row.librarian_id => competencies.push(row.competency_id),
                    _ => people.push((row.librarian_id, vec![row.competency_id])),
                }
            }
            for (person, competencies) in people {
                recompute_in(tx, person, &competencies).await?;
            }
            Ok(())
        })
        .await?;
    }
}
