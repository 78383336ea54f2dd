//! How far the goals of pairs that are over had come on their last day: what is assessed afterwards is not theirs.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::competencies::gaps::counts::judgements_of;
use crate::competencies::levels::rule::current;
use crate::competencies::levels::service::rules_of;
use crate::kernel::clock::local_date;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::mentoring::mentorship_goals::entity as goal;
use crate::staff::mentorships::entity::Model;

/// The last day of a pair that is over; one that never began ended on the day on which that was said.
fn last_day(row: &Model, today: NaiveDate) -> Option<NaiveDate> {
    if row.stands(today) {
        return None;
    }
    row.ends_on.into_iter().chain(row.ended_at.map(local_date)).min()
}

/// By how many levels the mentees of those of these pairs that are over had grown, by pair.
pub(super) async fn level_changes(db: &Db, pairs: &[Model]) -> Result<HashMap<Uuid, i64>> {
    let today = db.today();
    let over: HashMap<Uuid, NaiveDate> = pairs.iter().filter_map(|row| Some((row.id, last_day(row, today)?))).collect();
    let mut changes = HashMap::new();
    if over.is_empty() {
        return Ok(changes);
    }
    let goals = goal::Entity::find().filter(goal::Column::MentorshipId.is_in(over.keys().copied()));
    let goals = db.reader().all(goals).await?;
    let competencies: Vec<Uuid> = goals.iter().map(|goal| goal.competency_id).collect();
    let rules = rules_of(db.reader(), &competencies).await?;
    let mut mentees: Vec<Uuid> = goals.iter().map(|goal| goal.librarian_id).collect();
    mentees.sort_unstable();
    mentees.dedup();
    let judgements = judgements_of(db.reader(), &mentees).await?;
    for goal in goals {
        let Some(last) = over.get(&goal.mentorship_id).copied() else { continue };
        let known = judgements.get(&(goal.librarian_id, goal.competency_id)).zip(rules.get(&goal.competency_id));
        let found = known.and_then(|(judgements, (rule, source))| current(*rule, *source, judgements, last));
        let level = found.map_or(0, |found| found.level);
        *changes.entry(goal.mentorship_id).or_default() += i64::from(level - goal.start_level);
    }
    Ok(changes)
}
