//! What would help somebody: the competencies to work on, colleagues who are there already, and what chapters above recommend.

use std::collections::HashMap;

use futures_util::future::LocalBoxFuture;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use uuid::Uuid;

use super::dto::{ProfileEntry, Recommendation, Recommendations};
use super::service;
use crate::competencies::levels::entity as level;
use crate::competencies::levels::service::refresh_due;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::language::Localized;
use crate::kernel::policy::Access;
use crate::staff::librarians::entity as librarian;

/// How many gaps are looked at.
const GAPS: usize = 5;
/// How many colleagues are named for each.
const COLLEAGUES: usize = 3;

/// What a chapter above recommends: it looks at the gaps and says what would close them.
pub struct RecommendationSource {
    /// Looks for what helps this person, best first for each gap.
    pub look: for<'a> fn(&'a Db, Uuid, &'a [OpenGap]) -> Looking<'a>,
}

/// What a source is about to say.
pub type Looking<'a> = LocalBoxFuture<'a, Result<Vec<Suggestion>>>;

/// A competency in which something is missing.
#[derive(Clone, Copy, Debug)]
pub struct OpenGap {
    /// The competency.
    pub competency_id: Uuid,
    /// The level that there is, 0 for none.
    pub current_level: i32,
    /// The level that the position asks.
    pub target_level: i32,
}

/// Something that would close a gap.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// The gap.
    pub competency_id: Uuid,
    /// What kind of object is recommended.
    pub kind: &'static str,
    /// The object.
    pub subject_id: Uuid,
    /// Its name.
    pub subject_name: String,
    /// Why, in words and numbers.
    pub reason: Localized,
}

/// Somebody who is there already.
struct Colleague {
    competency_id: Uuid,
    id: Uuid,
    name: String,
    level: i32,
    same_unit: bool,
}

/// What would help somebody, the largest gaps first.
pub async fn list(db: &Db, access: &Access, id: Uuid) -> Result<Recommendations> {
    refresh_due(db).await?;
    let profile = service::read(db, access, id, None).await?;
    let person = service::person(db, access, id).await?;
    let gaps: Vec<&ProfileEntry> = profile.required.iter().filter(|entry| entry.gap > 0).take(GAPS).collect();
    let mut colleagues: HashMap<Uuid, Vec<Colleague>> = HashMap::new();
    for colleague in colleagues_for(db, id, person.unit_id, &gaps).await? {
        colleagues.entry(colleague.competency_id).or_default().push(colleague);
    }
    let mut suggestions: HashMap<Uuid, Vec<Suggestion>> = HashMap::new();
    for suggestion in suggested(db, id, &gaps).await? {
        suggestions.entry(suggestion.competency_id).or_default().push(suggestion);
    }
    let mut items = Vec::new();
    for entry in gaps {
        items.push(work_on(entry)?);
        let mut known = colleagues.remove(&entry.competency_id).unwrap_or_default();
        known.retain(|colleague| Some(colleague.level) >= entry.required_level);
        known.sort_by(|one, other| {
            (!one.same_unit, -one.level, &one.name, one.id).cmp(&(
                !other.same_unit,
                -other.level,
                &other.name,
                other.id,
            ))
        });
        for colleague in known.into_iter().take(COLLEAGUES) {
            items.push(learn_from(entry, colleague)?);
        }
        for suggestion in suggestions.remove(&entry.competency_id).unwrap_or_default() {
            items.push(take_part(entry, suggestion)?);
        }
    }
    Ok(Recommendations { librarian_id: id, as_of: profile.as_of, items })
}

/// What the chapters above recommend for these gaps.
async fn suggested(db: &Db, id: Uuid, gaps: &[&ProfileEntry]) -> Result<Vec<Suggestion>> {
    let gaps: Vec<_> = gaps
        .iter()
        .map(|entry| OpenGap {
            competency_id: entry.competency_id,
            current_level: entry.current_level.unwrap_or(0),
            target_level: entry.required_level.unwrap_or(1),
        })
        .collect();
    let mut suggestions = Vec::new();
    // One look for each chapter that has something to give.
    for source in db.context().contributions::<RecommendationSource>() {
        suggestions.extend((source.look)(db, id, &gaps).await?);
    }
    Ok(suggestions)
}

fn take_part(entry: &ProfileEntry, suggestion: Suggestion) -> Result<Recommendation> {
    Ok(Recommendation {
        kind: suggestion.kind,
        competency_id: entry.competency_id,
        gap: entry.gap,
        target_level: service::required_of(entry)?,
        score: entry.gap * entry.weight.unwrap_or(1),
        subject_id: suggestion.subject_id,
        subject_name: suggestion.subject_name,
        reason: suggestion.reason,
    })
}

async fn colleagues_for(db: &Db, id: Uuid, unit_id: Uuid, gaps: &[&ProfileEntry]) -> Result<Vec<Colleague>> {
    let least = gaps.iter().filter_map(|entry| entry.required_level).min().unwrap_or(1);
    let of = |column| (librarian::Entity, column);
    let statement = Query::select()
        .column((level::Entity, level::Column::CompetencyId))
        .column(of(librarian::Column::Id))
        .column(of(librarian::Column::Name))
        .column((level::Entity, level::Column::Level))
        .column(of(librarian::Column::UnitId))
        .from(level::Entity)
        .inner_join(
            librarian::Entity,
            Expr::col(of(librarian::Column::Id)).equals((level::Entity, level::Column::LibrarianId)),
        )
        .and_where(
            Expr::col((level::Entity, level::Column::CompetencyId)).is_in(gaps.iter().map(|entry| entry.competency_id)),
        )
        .and_where(Expr::col((level::Entity, level::Column::Level)).gte(least))
        .and_where(Expr::col(of(librarian::Column::Id)).ne(id))
        .and_where(Expr::col(of(librarian::Column::ArchivedAt)).is_null())
        .order_by((level::Entity, level::Column::Level), Order::Desc)
        .limit(500)
        .to_owned();
    db.reader()
        .rows(&statement, move |row| {
            Ok(Colleague {
                competency_id: row.get(0)?,
                id: row.get(1)?,
                name: row.get(2)?,
                level: row.get(3)?,
                same_unit: row.get::<Uuid>(4)? == unit_id,
            })
        })
        .await
}

fn work_on(entry: &ProfileEntry) -> Result<Recommendation> {
    let target = service::required_of(entry)?;
    let now = entry.current_level.map_or_else(|| "–".to_owned(), |level| level.to_string());
    let weight = entry.weight.unwrap_or(1);
    Ok(Recommendation {
        kind: "competency",
        competency_id: entry.competency_id,
        gap: entry.gap,
        target_level: target,
        score: entry.gap * weight,
        subject_id: entry.competency_id,
        subject_name: entry.title.id.clone(),
        reason: Localized::new(
            format!("Jabatan meminta level {target}, sekarang {now}: kesenjangan {} dengan bobot {weight}", entry.gap),
            format!("The position asks for level {target}, now {now}: a gap of {} with weight {weight}", entry.gap),
        ),
    })
}

fn learn_from(entry: &ProfileEntry, colleague: Colleague) -> Result<Recommendation> {
    let target = service::required_of(entry)?;
    let (id, en) = if colleague.same_unit { (" di unit yang sama", " in the same unit") } else { ("", "") };
    Ok(Recommendation {
        kind: "colleague",
        competency_id: entry.competency_id,
        gap: entry.gap,
        target_level: target,
        score: entry.gap * entry.weight.unwrap_or(1),
        subject_id: colleague.id,
        reason: Localized::new(
            format!("{}{id} berada pada level {}; jabatan meminta level {target}", colleague.name, colleague.level),
            format!("{}{en} is at level {}; the position asks for level {target}", colleague.name, colleague.level),
        ),
        subject_name: colleague.name,
    })
}
