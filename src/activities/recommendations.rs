//! Open activities that close a gap, for the recommendations of the chapter on competencies.

use std::collections::HashMap;

use futures_util::FutureExt;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, Query, SelectStatement};
use uuid::Uuid;

use super::activities::entity::{self as activity, ActivityStatus, covered};
use super::registrations::entity::{self as registration, RegistrationStatus};
use crate::competencies::profiles::recommendations::{Looking, OpenGap, RecommendationSource, Suggestion};
use crate::kernel::clock::local_date;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::language::Localized;

/// How many activities are named for each gap.
const FOR_EACH: usize = 3;
/// How many activities are looked at.
const LOOKED_AT: u64 = 200;

/// What this chapter gives to the recommendations.
pub static OPEN_ACTIVITIES: RecommendationSource = RecommendationSource { look };

fn look<'a>(db: &'a Db, person: Uuid, gaps: &'a [OpenGap]) -> Looking<'a> {
    suggest(db, person, gaps).boxed_local()
}

/// An activity that covers a competency.
struct Covering {
    competency_id: Uuid,
    level: i32,
    id: Uuid,
    title: String,
    starts_at: chrono::DateTime<chrono::Utc>,
    credit_hundredths: i32,
    free: Option<i32>,
}

async fn suggest(db: &Db, person: Uuid, gaps: &[OpenGap]) -> Result<Vec<Suggestion>> {
    if gaps.is_empty() {
        return Ok(Vec::new());
    }
    let gaps: HashMap<Uuid, &OpenGap> = gaps.iter().map(|gap| (gap.competency_id, gap)).collect();
    let rows = db
        .reader()
        .rows(&open_for(db, person, gaps.keys().copied().collect()), |row| {
            let capacity: Option<i32> = row.get(6)?;
            let taken: i32 = row.get(7)?;
            Ok(Covering {
                competency_id: row.get(0)?,
                level: row.get(1)?,
                id: row.get(2)?,
                title: row.get(3)?,
                starts_at: row.get(4)?,
                credit_hundredths: row.get(5)?,
                free: capacity.map(|capacity| capacity - taken),
            })
        })
        .await?;
    let mut named: HashMap<Uuid, usize> = HashMap::new();
    let mut suggestions = Vec::new();
    for row in rows {
        let Some(gap) = gaps.get(&row.competency_id).filter(|gap| row.level > gap.current_level) else { continue };
        let count = named.entry(row.competency_id).or_default();
        if *count < FOR_EACH {
            *count += 1;
            suggestions.push(suggestion(gap, row));
        }
    }
    Ok(suggestions)
}

/// Announced activities with a date to come whose registration is open, and for which the person is not registered.
fn open_for(db: &Db, person: Uuid, competencies: Vec<Uuid>) -> SelectStatement {
    let now = db.now();
    let of = |column| (activity::Entity, column);
    let known = Query::select()
        .column(registration::Column::ActivityId)
        .from(registration::Entity)
        .and_where(registration::Column::LibrarianId.eq(person))
        .and_where(registration::Column::Status.ne(RegistrationStatus::Cancelled))
        .to_owned();
    let opened = Condition::any()
        .add(Expr::col(of(activity::Column::RegistrationOpensAt)).is_null())
        .add(Expr::col(of(activity::Column::RegistrationOpensAt)).lte(now));
    let not_closed = Condition::any()
        .add(Expr::col(of(activity::Column::RegistrationClosesAt)).is_null())
        .add(Expr::col(of(activity::Column::RegistrationClosesAt)).gt(now));
    Query::select()
        .column((covered::Entity, covered::Column::CompetencyId))
        .column((covered::Entity, covered::Column::Level))
        .column(of(activity::Column::Id))
        .column(of(activity::Column::Title))
        .column(of(activity::Column::StartsAt))
        .column(of(activity::Column::CreditHundredths))
        .column(of(activity::Column::Capacity))
        .column(of(activity::Column::SeatsTaken))
        .from(covered::Entity)
        .inner_join(
            activity::Entity,
            Expr::col(of(activity::Column::Id)).equals((covered::Entity, covered::Column::ActivityId)),
        )
        .and_where(Expr::col((covered::Entity, covered::Column::CompetencyId)).is_in(competencies))
        .and_where(Expr::col(of(activity::Column::Status)).eq(ActivityStatus::Published))
        .and_where(Expr::col(of(activity::Column::ArchivedAt)).is_null())
        .and_where(Expr::col(of(activity::Column::StartsAt)).gt(now))
        .and_where(Expr::col(of(activity::Column::Id)).not_in_subquery(known))
        .cond_where(opened)
        .cond_where(not_closed)
        .order_by(of(activity::Column::SortsAt), Order::Asc)
        .order_by(of(activity::Column::Id), Order::Asc)
        .limit(LOOKED_AT)
        .to_owned()
}

fn suggestion(gap: &OpenGap, row: Covering) -> Suggestion {
    let (level, day) = (row.level, local_date(row.starts_at));
    let hours = crate::kernel::decimal::decimal(row.credit_hundredths.into());
    let (seats_id, seats_en) = match row.free {
        None => (String::new(), String::new()),
        Some(..=0) => (", daftar tunggu".to_owned(), ", waiting list".to_owned()),
        Some(free) => (format!(", {free} kursi tersisa"), format!(", {free} seats left")),
    };
    let target = gap.target_level;
    Suggestion {
        competency_id: row.competency_id,
        kind: "activity",
        subject_id: row.id,
        reason: Localized::new(
            format!("Mulai {day}, {hours} JP, menuju level {level}; jabatan meminta level {target}{seats_id}"),
            format!("Begins {day}, {hours} JP, aims at level {level}; the position asks for level {target}{seats_en}"),
        ),
        subject_name: row.title,
    }
}
