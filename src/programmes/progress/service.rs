use std::collections::HashMap;

use futures_util::future::LocalBoxFuture;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{
    ActivityTally, MilestoneTally, ParticipantTally, ProgrammeIndicator, ProgrammeProgress, TargetProgress,
};
use crate::competencies::items::entity as competency;
use crate::competencies::levels::entity::{level_count, staff_count};
use crate::competencies::levels::service::refresh_due;
use crate::kernel::db::{Db, enum_of};
use crate::kernel::decimal::decimal;
use crate::kernel::error::Result;
use crate::kernel::policy::Access;
use crate::programmes::milestones::entity as milestone;
use crate::programmes::outcome::OutcomeStatus;
use crate::programmes::programmes::entity::{Model as Programme, TargetGroup};
use crate::programmes::programmes::service::one;

/// Groups of fewer people are not told apart.
const SMALL_GROUP: i64 = 5;

/// What a chapter above has done within a programme.
pub struct ProgressSource {
    /// Measures it.
    pub measure: for<'a> fn(&'a Db, Uuid) -> Measuring<'a>,
}

/// What a source is about to say.
pub type Measuring<'a> = LocalBoxFuture<'a, Result<Measures>>;

/// The indicators of a programme, as a chapter above tells them.
pub struct IndicatorSource {
    /// Reads them.
    pub read: for<'a> fn(&'a Db, Uuid) -> ReadingIndicators<'a>,
}

/// What such a source is about to say.
pub type ReadingIndicators<'a> = LocalBoxFuture<'a, Result<Vec<ProgrammeIndicator>>>;

/// What was done within a programme.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measures {
    /// Activities by state, drafts too.
    pub activities: ActivityTally,
    /// Who took part in them.
    pub participants: ParticipantTally,
    /// Credit hours given for them, in hundredths.
    pub credit_hundredths: i64,
}

impl Measures {
    fn and(self, other: Self) -> Self {
        let (one, two) = (self.activities, other.activities);
        let (came, more) = (self.participants, other.participants);
        Self {
            activities: ActivityTally {
                draft: Some(one.draft.unwrap_or(0) + two.draft.unwrap_or(0)),
                published: one.published + two.published,
                completed: one.completed + two.completed,
                cancelled: one.cancelled + two.cancelled,
            },
            participants: ParticipantTally {
                people: came.people + more.people,
                registrations: came.registrations + more.registrations,
                attended: came.attended + more.attended,
                passed: came.passed + more.passed,
            },
            credit_hundredths: self.credit_hundredths + other.credit_hundredths,
        }
    }
}

/// How far a programme has come.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<ProgrammeProgress> {
    let programme = db.reader().find(one(access, id)).await?;
    let mut measures = Measures::default();
    // One look for each chapter that has something to give.
    for source in db.context().contributions::<ProgressSource>() {
        measures = measures.and((source.measure)(db, id).await?);
    }
    let mut indicators = Vec::new();
    for source in db.context().contributions::<IndicatorSource>() {
        indicators.extend((source.read)(db, id).await?);
    }
    let milestones = milestones(db, id).await?;
    let targets = targets(db, access, &programme).await?;
    let activities = measures.activities;
    let draft = activities.draft.unwrap_or(0);
    let planned = draft + activities.published + activities.completed;
    let shares: Option<Vec<f64>> = targets.iter().map(|target| target.reached_percent).collect();
    Ok(ProgrammeProgress {
        programme_id: id,
        as_of: db.today(),
        activities: ActivityTally { draft: Some(draft).filter(|_| access.is_admin()), ..activities },
        participants: measures.participants,
        credit_hours: decimal(measures.credit_hundredths),
        activities_percent: percent(activities.completed, planned),
        milestones_percent: percent(milestones.achieved, milestones.open + milestones.achieved + milestones.missed),
        milestones,
        targets_percent: shares.as_deref().and_then(mean),
        targets,
        indicators,
    })
}

/// A share in percent, rounded half up to two decimals.
fn percent(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| decimal((part * 20_000 + whole) / (2 * whole)))
}

/// The mean of shares, to two decimals.
fn mean(shares: &[f64]) -> Option<f64> {
    let count = u32::try_from(shares.len()).ok().filter(|count| *count > 0)?;
    let mean = shares.iter().sum::<f64>() / f64::from(count);
    Some((mean * 100.0).round() / 100.0)
}

async fn milestones(db: &Db, id: Uuid) -> Result<MilestoneTally> {
    let today = db.today();
    let late = Expr::col(milestone::Column::DueOn).lt(today);
    let statement = Query::select()
        .column(milestone::Column::Status)
        .expr(late.clone())
        .expr(Expr::col(milestone::Column::Id).count())
        .from(milestone::Entity)
        .and_where(milestone::Column::ProgrammeId.eq(id))
        .and_where(milestone::Column::ArchivedAt.is_null())
        .add_group_by([Expr::col(milestone::Column::Status), Expr::col(milestone::Column::DueOn)])
        .to_owned();
    let rows = db.reader().rows(&statement, |row| Ok((row.get::<String>(0)?, row.get::<bool>(1)?, row.get::<i64>(2)?)));
    let mut tally = MilestoneTally::default();
    for (status, is_late, count) in rows.await? {
        match enum_of(&status)? {
            OutcomeStatus::Open => {
                tally.open += count;
                tally.overdue += if is_late { count } else { 0 };
            }
            OutcomeStatus::Achieved => tally.achieved += count,
            OutcomeStatus::Missed => tally.missed += count,
            OutcomeStatus::Cancelled => tally.cancelled += count,
        }
    }
    Ok(tally)
}

async fn targets(db: &Db, access: &Access, programme: &Programme) -> Result<Vec<TargetProgress>> {
    let aims = &programme.targets.0;
    if aims.is_empty() {
        return Ok(Vec::new());
    }
    refresh_due(db).await?;
    let group_size = group_size(db, &programme.target_group).await?;
    let ids: Vec<Uuid> = aims.iter().map(|aim| aim.competency_id).collect();
    let levels = people_at_levels(db, &programme.target_group, &ids).await?;
    let rows = competency::Entity::find().filter(competency::Column::Id.is_in(ids));
    let mut known: HashMap<Uuid, _> = db.reader().all(rows).await?.into_iter().map(|row| (row.id, row)).collect();
    let targets = aims.iter().filter_map(|aim| {
        let row = known.remove(&aim.competency_id)?;
        let at = levels.get(&aim.competency_id).copied().unwrap_or_default();
        let below = usize::try_from(aim.level - 1).unwrap_or(0);
        let reached = at.iter().skip(below).sum();
        let shown = access.is_admin() || !tells_too_much(group_size, reached);
        Some(TargetProgress {
            competency_id: row.id,
            code: row.code,
            title: row.title,
            level: aim.level,
            group_size,
            reached_count: Some(reached).filter(|_| shown),
            reached_percent: percent(reached, group_size).filter(|_| shown),
            is_suppressed: !shown,
        })
    });
    Ok(targets.collect())
}

/// Whether a share would tell where single people stand: a small group, or few on one side of it.
fn tells_too_much(group: i64, reached: i64) -> bool {
    let few = |count: i64| (1..SMALL_GROUP).contains(&count);
    group < SMALL_GROUP || few(reached) || few(group - reached)
}

async fn group_size(db: &Db, group: &TargetGroup) -> Result<i64> {
    let mut statement = Query::select();
    statement.expr(Expr::col(staff_count::Column::People).sum()).from(staff_count::Entity);
    if !group.unit_ids.is_empty() {
        statement.and_where(staff_count::Column::UnitId.is_in(group.unit_ids.iter().copied()));
    }
    if !group.position_ids.is_empty() {
        statement.and_where(staff_count::Column::PositionId.is_in(group.position_ids.iter().copied()));
    }
    let sums = db.reader().rows(&statement, |row| row.get::<Option<i64>>(0)).await?;
    Ok(sums.into_iter().flatten().next().unwrap_or(0))
}

/// How many people of the group stand at each level of each competency.
async fn people_at_levels(db: &Db, group: &TargetGroup, ids: &[Uuid]) -> Result<HashMap<Uuid, [i64; 5]>> {
    let mut statement = Query::select();
    statement.column(level_count::Column::CompetencyId).from(level_count::Entity);
    for column in level_count::Column::LEVELS {
        statement.expr(Expr::col(column).sum());
    }
    statement.and_where(level_count::Column::CompetencyId.is_in(ids.iter().copied()));
    if !group.unit_ids.is_empty() {
        statement.and_where(level_count::Column::UnitId.is_in(group.unit_ids.iter().copied()));
    }
    if !group.position_ids.is_empty() {
        statement.and_where(level_count::Column::PositionId.is_in(group.position_ids.iter().copied()));
    }
    statement.group_by_col(level_count::Column::CompetencyId);
    let rows = db.reader().rows(&statement, |row| {
        let mut at = [0; 5];
        for (place, count) in at.iter_mut().enumerate() {
            *count = row.get::<i64>(place + 1)?;
        }
        Ok((row.get::<Uuid>(0)?, at))
    });
    Ok(rows.await?.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_round_half_up() {
        assert_eq!(percent(11, 19), Some(57.89));
        assert_eq!(percent(1, 3), Some(33.33));
        assert_eq!(percent(2, 3), Some(66.67));
        assert_eq!(percent(1, 8), Some(12.5));
        assert_eq!(percent(0, 0), None);
        assert_eq!(mean(&[33.33, 66.67]), Some(50.0));
        assert_eq!(mean(&[]), None);
    }

    #[test]
    fn few_people_are_not_told_apart() {
        assert!(tells_too_much(4, 0) && tells_too_much(20, 4) && tells_too_much(20, 16));
        assert!(!tells_too_much(20, 5) && !tells_too_much(20, 15) && !tells_too_much(20, 0) && !tells_too_much(20, 20));
    }
}
