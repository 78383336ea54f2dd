use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr};
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::dto::{MentoringReport, MentoringReportQuery, MentoringReportRow};
use super::ends::level_changes;
use crate::competencies::levels::entity as level;
use crate::kernel::clock::local_date;
use crate::kernel::csv;
use crate::kernel::db::Db;
use crate::kernel::decimal::decimal;
use crate::kernel::error::Result;
use crate::kernel::policy::Access;
use crate::mentoring::mentoring_meetings::entity::{self as meeting, MentoringMeetingStatus, participant};
use crate::mentoring::mentorship_goals::entity as goal;
use crate::mentoring::mentorships::dto::MentorshipStatus;
use crate::mentoring::mentorships::service::open_to;
use crate::staff::librarians::entity as librarian;
use crate::staff::mentorships::entity::{self as mentorship, Column, Entity, MentorshipStage, standing};

/// How long a pair may go without a meeting before it counts as quiet.
const QUIET: TimeDelta = TimeDelta::days(30);
/// The most pairs of a report.
const MOST_PAIRS: u64 = 10_000;

/// The meetings of a pair.
#[derive(Clone, Copy, Default)]
struct Met {
    planned: i64,
    held: i64,
    upcoming: i64,
    last_held_at: Option<DateTime<Utc>>,
}

/// The goals of a pair.
#[derive(Clone, Copy, Default)]
struct Aimed {
    goals: i64,
    achieved: i64,
    progress: i64,
    level_change: i64,
}

/// The pairs of a report: those that stand, and with the others those that were once agreed.
fn which(access: &Access, query: &MentoringReportQuery, on: NaiveDate) -> Condition {
    let never = [MentorshipStage::Proposed, MentorshipStage::Declined];
    let ended = Condition::all().add(Column::Stage.is_not_in(never));
    Condition::all()
        .add(open_to(access, on))
        .add(if query.include_ended { ended } else { standing(on) })
        .add_option(query.mentor_id.map(|id| Column::MentorId.eq(id)))
        .add_option(access.own_librarian().filter(|_| !access.is_admin()).map(|own| Column::MentorId.eq(own)))
}

/// How mentoring goes among the pairs within reach: all for admins, one's own for a mentor.
pub async fn read(db: &Db, access: &Access, query: &MentoringReportQuery) -> Result<MentoringReport> {
    let today = db.today();
    let pairs = which(access, query, today);
    let rows = Entity::find().filter(pairs.clone()).order_by_asc(Column::Id).limit(MOST_PAIRS);
    let rows = db.reader().all(rows).await?;
    let names = names(db, &pairs).await?;
    let met = met(db, &pairs).await?;
    let mut aimed = aimed(db, &pairs).await?;
    for (pair, level_change) in level_changes(db, &rows).await? {
        aimed.entry(pair).or_default().level_change = level_change;
    }
    let mut items: Vec<_> = rows
        .iter()
        .map(|row| {
            let met = met.get(&row.id).copied().unwrap_or_default();
            let aimed = aimed.get(&row.id).copied().unwrap_or_default();
            row_of(row, &names, met, aimed, today)
        })
        .collect();
    items.sort_by(|one, other| rank(one).cmp(&rank(other)));
    let sum = |of: fn(&MentoringReportRow) -> i64| items.iter().map(of).sum::<i64>();
    let (planned, held) = (sum(|row| row.planned_count), sum(|row| row.held_count));
    let progress: i64 = aimed.values().map(|aimed| aimed.progress).sum();
    let goals = sum(|row| row.goal_count);
    Ok(MentoringReport {
        as_of: today,
        pair_count: items.len(),
        active_count: items.iter().filter(|row| row.status == MentorshipStatus::Active).count(),
        quiet_count: items.iter().filter(|row| row.is_quiet).count(),
        planned_count: planned,
        held_count: held,
        held_share: (planned > 0).then(|| decimal(half_up(held * 10_000, planned))),
        goal_count: goals,
        achieved_count: sum(|row| row.achieved_count),
        mean_progress: (goals > 0).then(|| half_up(progress, goals)),
        level_change: sum(|row| row.level_change.unwrap_or(0)),
        items,
    })
}

/// A quotient of numbers that are not negative, half up.
fn half_up(sum: i64, count: i64) -> i64 {
    (2 * sum + count) / (2 * count)
}

fn rank(row: &MentoringReportRow) -> (bool, &str, &str, Uuid) {
    (!row.is_quiet, &row.mentor_name, &row.mentee_name, row.mentorship_id)
}

fn row_of(
    row: &mentorship::Model,
    names: &HashMap<Uuid, String>,
    met: Met,
    aimed: Aimed,
    today: NaiveDate,
) -> MentoringReportRow {
    let name = |id: &Uuid| names.get(id).cloned().unwrap_or_default();
    let status = MentorshipStatus::of(row, today);
    let last_held_on = met.last_held_at.map(local_date);
    let alive_on = last_held_on.map_or(row.starts_on, |day| std::cmp::max(day, row.starts_on));
    MentoringReportRow {
        mentorship_id: row.id,
        mentor_id: row.mentor_id,
        mentor_name: name(&row.mentor_id),
        mentee_id: row.mentee_id,
        mentee_name: name(&row.mentee_id),
        kind: row.kind,
        status,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        planned_count: met.planned,
        held_count: met.held,
        upcoming_count: met.upcoming,
        last_held_on,
        is_quiet: status == MentorshipStatus::Active && today - alive_on >= QUIET,
        goal_count: aimed.goals,
        achieved_count: aimed.achieved,
        mean_progress: (aimed.goals > 0).then(|| half_up(aimed.progress, aimed.goals)),
        level_change: (aimed.goals > 0).then_some(aimed.level_change),
    }
}

/// The names of everybody in these pairs.
async fn names(db: &Db, pairs: &Condition) -> Result<HashMap<Uuid, String>> {
    let side = |column: Column| Query::select().column(column).from(Entity).cond_where(pairs.clone()).to_owned();
    let concerned = Condition::any()
        .add(librarian::Column::Id.in_subquery(side(Column::MentorId)))
        .add(librarian::Column::Id.in_subquery(side(Column::MenteeId)));
    let names = Query::select()
        .column(librarian::Column::Id)
        .column(librarian::Column::Name)
        .from(librarian::Entity)
        .cond_where(concerned)
        .to_owned();
    let rows = db.reader().heavy_rows(&names, |row| Ok((row.get::<Uuid>(0)?, row.get::<String>(1)?))).await?;
    Ok(rows.into_iter().collect())
}

/// How many rows are so.
fn count_if(which: SimpleExpr) -> SimpleExpr {
    Func::sum(Expr::case(Condition::all().add(which), Expr::val(1)).finally(Expr::val(0))).into()
}

async fn met(db: &Db, pairs: &Condition) -> Result<HashMap<Uuid, Met>> {
    let of = |column| (meeting::Entity, column);
    let status = |status: MentoringMeetingStatus| Expr::col(of(meeting::Column::Status)).eq(status.to_value());
    let begun = || Expr::col(of(meeting::Column::StartsAt)).lte(db.now());
    let planned = || status(MentoringMeetingStatus::Planned);
    let held = || status(MentoringMeetingStatus::Held);
    let last: SimpleExpr =
        Func::max(Expr::case(Condition::all().add(held()), Expr::col(of(meeting::Column::StartsAt)))).into();
    let statement = SelectStatement::new()
        .column((participant::Entity, participant::Column::MentorshipId))
        .expr(count_if(planned().and(begun()).or(held())))
        .expr(count_if(held()))
        .expr(count_if(planned().and(begun().not())))
        .expr(last)
        .from(participant::Entity)
        .inner_join(
            meeting::Entity,
            Expr::col(of(meeting::Column::Id)).equals((participant::Entity, participant::Column::MeetingId)),
        )
        .inner_join(
            Entity,
            Expr::col((Entity, Column::Id)).equals((participant::Entity, participant::Column::MentorshipId)),
        )
        .cond_where(pairs.clone())
        .group_by_col((participant::Entity, participant::Column::MentorshipId))
        .to_owned();
    let read = db.reader().heavy_rows(&statement, |row| {
        let met = Met {
            planned: row.get(1)?,
            held: row.get(2)?,
            upcoming: row.get(3)?,
            last_held_at: row.get::<Option<DateTime<Utc>>>(4)?,
        };
        Ok((row.get::<Uuid>(0)?, met))
    });
    Ok(read.await?.into_iter().collect())
}

async fn aimed(db: &Db, pairs: &Condition) -> Result<HashMap<Uuid, Aimed>> {
    let of = |column| (goal::Entity, column);
    let now = Func::coalesce([Expr::col((level::Entity, level::Column::Level)), Expr::val(0)]);
    let change: SimpleExpr = Func::sum(SimpleExpr::from(now).sub(Expr::col(of(goal::Column::StartLevel)))).into();
    let same_person = Expr::col((level::Entity, level::Column::LibrarianId)).equals(of(goal::Column::LibrarianId));
    let same_competency =
        Expr::col((level::Entity, level::Column::CompetencyId)).equals(of(goal::Column::CompetencyId));
    let statement = SelectStatement::new()
        .column(of(goal::Column::MentorshipId))
        .expr(Expr::col(of(goal::Column::Id)).count())
        .expr(Expr::col(of(goal::Column::AchievedOn)).count())
        .expr(Func::sum(Expr::col(of(goal::Column::ProgressPercent))))
        .expr(change)
        .from(goal::Entity)
        .inner_join(Entity, Expr::col((Entity, Column::Id)).equals(of(goal::Column::MentorshipId)))
        .left_join(level::Entity, same_person.and(same_competency))
        .cond_where(pairs.clone())
        .group_by_col(of(goal::Column::MentorshipId))
        .to_owned();
    let read = db.reader().heavy_rows(&statement, |row| {
        let aimed =
            Aimed { goals: row.get(1)?, achieved: row.get(2)?, progress: row.get(3)?, level_change: row.get(4)? };
        Ok((row.get::<Uuid>(0)?, aimed))
    });
    Ok(read.await?.into_iter().collect())
}

/// A row a pair.
pub fn table(report: &MentoringReport) -> Result<Vec<u8>> {
    let columns = [
        "mentor_name",
        "mentee_name",
        "kind",
        "status",
        "starts_on",
        "ends_on",
        "planned_count",
        "held_count",
        "upcoming_count",
        "last_held_on",
        "is_quiet",
        "goal_count",
        "achieved_count",
        "mean_progress",
        "level_change",
        "mentorship_id",
    ];
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let rows = report.items.iter().map(|row| {
        vec![
            row.mentor_name.clone(),
            row.mentee_name.clone(),
            row.kind.to_value(),
            word(row.status),
            row.starts_on.to_string(),
            day(row.ends_on),
            row.planned_count.to_string(),
            row.held_count.to_string(),
            row.upcoming_count.to_string(),
            day(row.last_held_on),
            row.is_quiet.to_string(),
            row.goal_count.to_string(),
            row.achieved_count.to_string(),
            number(row.mean_progress),
            number(row.level_change),
            row.mentorship_id.to_string(),
        ]
    });
    csv::write(&columns, rows)
}

fn word(status: MentorshipStatus) -> String {
    serde_json::to_value(status).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::half_up;

    #[test]
    fn halves_go_up() {
        assert_eq!([half_up(1, 2), half_up(1, 3), half_up(2, 3), half_up(0, 5), half_up(100, 1)], [1, 0, 1, 0, 100]);
    }
}
