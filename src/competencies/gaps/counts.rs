//! How many people stand where: from the figures kept with each write, or by a full scan. Both always agree.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::competencies::assessments::entity::{self as assessment, AssessmentStatus};
use crate::competencies::levels::entity::{level_count, staff_count};
use crate::competencies::levels::figures::Place;
use crate::competencies::levels::rule::{Judgement, current};
use crate::competencies::levels::service::rules_of;
use crate::kernel::clock::local_date;
use crate::kernel::db::{Db, Reader, enum_of};
use crate::kernel::error::Result;
use crate::kernel::policy::Access;
use crate::staff::librarians::entity as librarian;
use crate::staff::reach;

/// People by place, and by place and competency how many at each level from 1.
#[derive(Debug, Default)]
pub struct Counts {
    /// How many people.
    pub staff: HashMap<Place, i64>,
    /// How many of them at each level of a competency; each place and competency once. There are many, and most go by only once.
    pub levels: Vec<(Uuid, Place, [i32; 5])>,
}

/// Which people are counted.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Of these units; of all where empty.
    pub units: Vec<Uuid>,
    /// In these positions; in all where empty.
    pub positions: Vec<Uuid>,
}

/// The figures kept with each write.
pub async fn kept(db: &Db, scope: &Scope) -> Result<Counts> {
    let mut counts = Counts::default();
    let within = |unit: Expr, position: Expr| {
        Condition::all()
            .add_option((!scope.units.is_empty()).then(|| unit.is_in(scope.units.iter().copied())))
            .add_option((!scope.positions.is_empty()).then(|| position.is_in(scope.positions.iter().copied())))
    };
    let staff = Query::select()
        .columns([staff_count::Column::UnitId, staff_count::Column::PositionId, staff_count::Column::People])
        .from(staff_count::Entity)
        .cond_where(within(Expr::col(staff_count::Column::UnitId), Expr::col(staff_count::Column::PositionId)))
        .and_where(Expr::col(staff_count::Column::People).gt(0))
        .to_owned();
    let rows = db.reader().rows(&staff, |row| {
        Ok((Place { unit_id: row.get(0)?, position_id: row.get(1)? }, i64::from(row.get::<i32>(2)?)))
    });
    counts.staff.extend(rows.await?);
    let levels = Query::select()
        .columns([level_count::Column::CompetencyId, level_count::Column::UnitId, level_count::Column::PositionId])
        .columns(level_count::Column::LEVELS)
        .from(level_count::Entity)
        .cond_where(within(Expr::col(level_count::Column::UnitId), Expr::col(level_count::Column::PositionId)))
        .to_owned();
    let rows = db.reader().heavy_rows(&levels, |row| {
        let place = Place { unit_id: row.get(1)?, position_id: row.get(2)? };
        let mut people = [0; 5];
        for (index, people) in people.iter_mut().enumerate() {
            *people = row.get(3 + index)?;
        }
        Ok((row.get(0)?, place, people))
    });
    counts.levels = rows.await?;
    counts.levels.retain(|(_, _, people)| people.iter().any(|people| *people != 0));
    Ok(counts)
}

/// A full scan: everybody within reach, with what was confirmed by a day. Slow where many are within reach.
pub async fn scanned(db: &Db, access: &Access, scope: &Scope, on: NaiveDate) -> Result<Counts> {
    let mut counts = Counts::default();
    let people = people(db, access, scope).await?;
    for place in people.values() {
        *counts.staff.entry(*place).or_default() += 1;
    }
    let judgements = judgements(db, access, on).await?;
    let mut competencies: Vec<Uuid> = judgements.keys().map(|(_, competency)| *competency).collect();
    competencies.sort_unstable();
    competencies.dedup();
    let rules = rules_of(db.reader(), &competencies).await?;
    let mut levels: HashMap<(Uuid, Place), [i32; 5]> = HashMap::new();
    for ((person, competency), judgements) in judgements {
        let (Some(place), Some((rule, source))) = (people.get(&person), rules.get(&competency)) else { continue };
        if let Some(found) = current(*rule, *source, &judgements, on)
            && let Ok(index) = usize::try_from(found.level - 1)
            && let Some(people) = levels.entry((competency, *place)).or_default().get_mut(index)
        {
            *people += 1;
        }
    }
    counts.levels = levels.into_iter().map(|((competency, place), people)| (competency, place, people)).collect();
    Ok(counts)
}

async fn people(db: &Db, access: &Access, scope: &Scope) -> Result<HashMap<Uuid, Place>> {
    let people = Query::select()
        .columns([librarian::Column::Id, librarian::Column::UnitId, librarian::Column::PositionId])
        .from(librarian::Entity)
        .cond_where(reach::within(access, librarian::Column::Id, db.today()))
        .and_where(Expr::col(librarian::Column::ArchivedAt).is_null())
        .cond_where(
            Condition::all()
                .add_option(
                    (!scope.units.is_empty())
                        .then(|| Expr::col(librarian::Column::UnitId).is_in(scope.units.iter().copied())),
                )
                .add_option(
                    (!scope.positions.is_empty())
                        .then(|| Expr::col(librarian::Column::PositionId).is_in(scope.positions.iter().copied())),
                ),
        )
        .to_owned();
    let rows = db.reader().heavy_rows(&people, |row| {
        let position = row.get::<Option<Uuid>>(2)?.unwrap_or_default();
        Ok((row.get::<Uuid>(0)?, Place { unit_id: row.get(1)?, position_id: position }))
    });
    Ok(rows.await?.into_iter().collect())
}

/// What was confirmed of each person and competency.
pub type Judgements = HashMap<(Uuid, Uuid), Vec<Judgement>>;

/// What was confirmed of these people, looked up for some hundreds of them at a time.
pub async fn judgements_of(reader: Reader<'_>, people: &[Uuid]) -> Result<Judgements> {
    let mut judgements = Judgements::new();
    for people in people.chunks(500) {
        let confirmed = assessment::Entity::find()
            .filter(assessment::Column::LibrarianId.is_in(people.iter().copied()))
            .filter(assessment::Column::Status.eq(AssessmentStatus::Confirmed))
            .filter(assessment::Column::ArchivedAt.is_null());
        for row in reader.all(confirmed).await? {
            judgements.entry((row.librarian_id, row.competency_id)).or_default().push((&row).into());
        }
    }
    Ok(judgements)
}

/// What was confirmed by a day of everybody within reach. A full scan.
async fn judgements(db: &Db, access: &Access, on: NaiveDate) -> Result<Judgements> {
    use assessment::Column;
    let confirmed = Query::select()
        .columns([
            Column::LibrarianId,
            Column::CompetencyId,
            Column::Id,
            Column::Method,
            Column::Level,
            Column::AssessedOn,
            Column::ValidUntil,
            Column::DecidedAt,
        ])
        .from(assessment::Entity)
        .cond_where(reach::within(access, Column::LibrarianId, db.today()))
        .and_where(Expr::col(Column::Status).eq("confirmed"))
        .and_where(Expr::col(Column::ArchivedAt).is_null())
        .and_where(Expr::col(Column::AssessedOn).lte(on))
        .to_owned();
    let rows = db.reader().heavy_rows(&confirmed, |row| {
        let judgement = Judgement {
            id: row.get(2)?,
            method: enum_of(&row.get::<String>(3)?)?,
            level: row.get(4)?,
            from: row.get(5)?,
            until: row.get(6)?,
        };
        let decided: Option<chrono::DateTime<chrono::Utc>> = row.get(7)?;
        Ok((row.get::<Uuid>(0)?, row.get::<Uuid>(1)?, decided, judgement))
    });
    let mut judgements = Judgements::new();
    for (person, competency, decided, judgement) in rows.await? {
        if decided.is_none_or(|decided| local_date(decided) <= on) {
            judgements.entry((person, competency)).or_default().push(judgement);
        }
    }
    Ok(judgements)
}
