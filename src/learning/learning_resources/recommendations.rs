//! What to read to close a gap, for the recommendations of the chapter on competencies.

use std::collections::HashMap;

use futures_util::FutureExt;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use uuid::Uuid;

use super::entity::{self as resource, covered};
use crate::competencies::profiles::recommendations::{Looking, OpenGap, RecommendationSource, Suggestion};
use crate::kernel::db::Db;
use crate::kernel::decimal::decimal;
use crate::kernel::error::Result;
use crate::kernel::language::Localized;
use crate::learning::readings::entity as reading;

/// How many resources are named for each gap.
const FOR_EACH: usize = 3;
/// How many resources are looked at.
const LOOKED_AT: u64 = 200;

/// What this chapter gives to the recommendations.
pub static READING_LIST: RecommendationSource = RecommendationSource { look };

fn look<'a>(db: &'a Db, person: Uuid, gaps: &'a [OpenGap]) -> Looking<'a> {
    suggest(db, person, gaps).boxed_local()
}

/// A resource that helps with a competency.
struct Helping {
    competency_id: Uuid,
    level: i32,
    id: Uuid,
    title: String,
    minutes: Option<i32>,
    ratings: i32,
    mean: i32,
}

async fn suggest(db: &Db, person: Uuid, gaps: &[OpenGap]) -> Result<Vec<Suggestion>> {
    if gaps.is_empty() {
        return Ok(Vec::new());
    }
    let gaps: HashMap<Uuid, &OpenGap> = gaps.iter().map(|gap| (gap.competency_id, gap)).collect();
    let statement = helping(person, gaps.keys().copied().collect());
    let rows = db.reader().rows(&statement, |row| {
        Ok(Helping {
            competency_id: row.get(0)?,
            level: row.get(1)?,
            id: row.get(2)?,
            title: row.get(3)?,
            minutes: row.get(4)?,
            ratings: row.get(5)?,
            mean: row.get(6)?,
        })
    });
    let mut named: HashMap<Uuid, usize> = HashMap::new();
    let mut suggestions = Vec::new();
    for row in rows.await? {
        let Some(gap) = gaps.get(&row.competency_id).filter(|gap| row.level > gap.current_level) else { continue };
        let count = named.entry(row.competency_id).or_default();
        if *count < FOR_EACH {
            *count += 1;
            suggestions.push(suggestion(gap, row));
        }
    }
    Ok(suggestions)
}

/// Resources that the person has not read, the best rated first.
fn helping(person: Uuid, competencies: Vec<Uuid>) -> SelectStatement {
    let of = |column| (resource::Entity, column);
    let read = Query::select()
        .column(reading::Column::LearningResourceId)
        .from(reading::Entity)
        .and_where(reading::Column::LibrarianId.eq(person))
        .to_owned();
    Query::select()
        .column((covered::Entity, covered::Column::CompetencyId))
        .column((covered::Entity, covered::Column::Level))
        .column(of(resource::Column::Id))
        .column(of(resource::Column::Title))
        .column(of(resource::Column::Minutes))
        .column(of(resource::Column::RatingCount))
        .column(of(resource::Column::RatingHundredths))
        .from(covered::Entity)
        .inner_join(
            resource::Entity,
            Expr::col(of(resource::Column::Id)).equals((covered::Entity, covered::Column::LearningResourceId)),
        )
        .and_where(Expr::col((covered::Entity, covered::Column::CompetencyId)).is_in(competencies))
        .and_where(Expr::col(of(resource::Column::ArchivedAt)).is_null())
        .and_where(Expr::col(of(resource::Column::Id)).not_in_subquery(read))
        .order_by(of(resource::Column::RatingHundredths), Order::Desc)
        .order_by(of(resource::Column::Id), Order::Asc)
        .limit(LOOKED_AT)
        .to_owned()
}

fn suggestion(gap: &OpenGap, row: Helping) -> Suggestion {
    let (level, target) = (row.level, gap.target_level);
    let (time_id, time_en) = match row.minutes {
        Some(minutes) => (format!(", {minutes} menit"), format!(", {minutes} minutes")),
        None => (String::new(), String::new()),
    };
    let (stars_id, stars_en) = match row.ratings {
        0 => (String::new(), String::new()),
        count => {
            let mean = decimal(row.mean.into());
            (format!(", nilai {mean} dari {count} pembaca"), format!(", rated {mean} by {count} readers"))
        }
    };
    Suggestion {
        competency_id: row.competency_id,
        kind: "learning_resource",
        subject_id: row.id,
        reason: Localized::new(
            format!("Menuju level {level}; jabatan meminta level {target}{time_id}{stars_id}"),
            format!("Leads to level {level}; the position asks for level {target}{time_en}{stars_en}"),
        ),
        subject_name: row.title,
    }
}
