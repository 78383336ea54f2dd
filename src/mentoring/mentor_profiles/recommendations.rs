//! Mentors who help with a gap, for the recommendations of the chapter on competencies.

use std::collections::HashMap;

use chrono::NaiveDate;
use futures_util::FutureExt;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use uuid::Uuid;

use super::entity::{self as profile, offered};
use crate::competencies::profiles::recommendations::{Looking, OpenGap, RecommendationSource, Suggestion};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::language::Localized;
use crate::mentoring::places;
use crate::staff::librarians::entity as librarian;
use crate::staff::mentorships::entity as mentorship;

/// How many mentors are named for each gap.
const FOR_EACH: usize = 3;
/// How many offers are looked at.
const LOOKED_AT: u64 = 200;

/// What this chapter gives to the recommendations.
pub static MENTORS: RecommendationSource = RecommendationSource { look };

fn look<'a>(db: &'a Db, person: Uuid, gaps: &'a [OpenGap]) -> Looking<'a> {
    suggest(db, person, gaps).boxed_local()
}

/// A mentor who offers a competency.
struct Offering {
    competency_id: Uuid,
    level: i32,
    mentor_id: Uuid,
    name: String,
    capacity: i32,
}

async fn suggest(db: &Db, person: Uuid, gaps: &[OpenGap]) -> Result<Vec<Suggestion>> {
    if gaps.is_empty() {
        return Ok(Vec::new());
    }
    let gaps: HashMap<Uuid, &OpenGap> = gaps.iter().map(|gap| (gap.competency_id, gap)).collect();
    let statement = offering(person, gaps.keys().copied().collect(), db.today());
    let rows = db.reader().rows(&statement, |row| {
        Ok(Offering {
            competency_id: row.get(0)?,
            level: row.get(1)?,
            mentor_id: row.get(2)?,
            name: row.get(3)?,
            capacity: row.get(4)?,
        })
    });
    let rows = rows.await?;
    let taken = places::taken(db.reader(), rows.iter().map(|row| row.mentor_id), db.today()).await?;
    let mut named: HashMap<Uuid, usize> = HashMap::new();
    let mut suggestions = Vec::new();
    for row in rows {
        let Some(gap) = gaps.get(&row.competency_id).filter(|gap| row.level > gap.current_level) else { continue };
        let free = row.capacity - taken.get(&row.mentor_id).copied().unwrap_or(0);
        let count = named.entry(row.competency_id).or_default();
        if free > 0 && *count < FOR_EACH {
            *count += 1;
            suggestions.push(suggestion(gap, row, free));
        }
    }
    Ok(suggestions)
}

/// What mentors offer who take on mentees and are not the person's own yet, the highest levels first.
fn offering(person: Uuid, competencies: Vec<Uuid>, on: NaiveDate) -> SelectStatement {
    let known = Query::select()
        .column(mentorship::Column::MentorId)
        .from(mentorship::Entity)
        .and_where(Expr::col(mentorship::Column::MenteeId).eq(person))
        .cond_where(places::taking(on))
        .to_owned();
    let of = |column| (profile::Entity, column);
    Query::select()
        .column((offered::Entity, offered::Column::CompetencyId))
        .column((offered::Entity, offered::Column::Level))
        .column((librarian::Entity, librarian::Column::Id))
        .column((librarian::Entity, librarian::Column::Name))
        .column(of(profile::Column::Capacity))
        .from(offered::Entity)
        .inner_join(
            profile::Entity,
            Expr::col(of(profile::Column::Id)).equals((offered::Entity, offered::Column::MentorProfileId)),
        )
        .inner_join(
            librarian::Entity,
            Expr::col((librarian::Entity, librarian::Column::Id)).equals(of(profile::Column::LibrarianId)),
        )
        .and_where(Expr::col((offered::Entity, offered::Column::CompetencyId)).is_in(competencies))
        .and_where(Expr::col(of(profile::Column::IsActive)).eq(true))
        .and_where(Expr::col(of(profile::Column::LibrarianId)).ne(person))
        .and_where(Expr::col(of(profile::Column::LibrarianId)).not_in_subquery(known))
        .and_where(Expr::col((librarian::Entity, librarian::Column::ArchivedAt)).is_null())
        .order_by((offered::Entity, offered::Column::Level), Order::Desc)
        .order_by((librarian::Entity, librarian::Column::Name), Order::Asc)
        .order_by((librarian::Entity, librarian::Column::Id), Order::Asc)
        .limit(LOOKED_AT)
        .to_owned()
}

fn suggestion(gap: &OpenGap, row: Offering, free: i32) -> Suggestion {
    let (level, target) = (row.level, gap.target_level);
    Suggestion {
        competency_id: row.competency_id,
        kind: "mentor",
        subject_id: row.mentor_id,
        reason: Localized::new(
            format!(
                "Membimbing sampai level {level}; jabatan meminta level {target}; masih ada tempat bagi {free} binaan"
            ),
            format!("Mentors up to level {level}; the position asks for level {target}; room for {free} more"),
        ),
        subject_name: row.name,
    }
}
