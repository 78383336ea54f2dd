//! Who takes part in a round, and what is known of them: read at once, in a fixed number of queries.

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::entity::Model;
use crate::competencies::levels::entity as level;
use crate::kernel::db::Reader;
use crate::kernel::error::{Refusal, Result};
use crate::mentoring::availability::Week;
use crate::mentoring::matching::judge::{Cohort, Mentee, Mentor, Offer, Want};
use crate::mentoring::matching_proposals::entity::{self as proposal, MatchingProposalStatus};
use crate::mentoring::mentor_profiles::entity as profile;
use crate::mentoring::mentoring_requests::entity::{self as request, MentoringRequestStatus};
use crate::mentoring::places;
use crate::staff::librarians::entity as librarian;
use crate::staff::mentorships::entity::{self as mentorship, MentorshipStage};
use crate::staff::superiors::superiors;

/// The most requests, and the most mentors, of a round: 64 MB of scores.
const MOST: usize = 4_000;

/// More people than one round takes.
pub const MATCHING_TOO_LARGE: Refusal = Refusal {
    code: "matching_too_large",
    status: 409,
    id: "Satu putaran memuat paling banyak 4.000 permohonan dan 4.000 mentor",
    en: "A round takes at most 4,000 requests and 4,000 mentors",
};

/// Who is to be matched, and the pairs that stay.
pub struct Gathered {
    /// Who is to be matched.
    pub cohort: Cohort,
    /// Accepted pairs: they stay, and take their mentors' places.
    pub kept: Vec<proposal::Model>,
}

/// Everybody whom a round brings together now.
pub async fn gather(reader: Reader<'_>, round: &Model, today: chrono::NaiveDate) -> Result<Gathered> {
    let present = librarian::Entity::find()
        .select_only()
        .column(librarian::Column::Id)
        .filter(librarian::Column::ArchivedAt.is_null());
    let requests = request::Entity::find()
        .filter(request::Column::Status.eq(MentoringRequestStatus::Open))
        .filter(request::Column::LibrarianId.in_subquery(present.clone().into_query()))
        .order_by_asc(request::Column::LibrarianId)
        .limit(MOST as u64 + 1);
    let requests = reader.all(requests).await?;
    let profiles = profile::Entity::find()
        .filter(profile::Column::IsActive.eq(true))
        .filter(profile::Column::LibrarianId.in_subquery(present.into_query()))
        .order_by_asc(profile::Column::LibrarianId)
        .limit(MOST as u64 + 1);
    let profiles = reader.all(profiles).await?;
    if requests.len() > MOST || profiles.len() > MOST {
        return Err(MATCHING_TOO_LARGE.into());
    }
    let decided = proposal::Entity::find()
        .filter(proposal::Column::MatchingRoundId.eq(round.id))
        .filter(proposal::Column::Status.ne(MatchingProposalStatus::Proposed))
        .order_by_asc(proposal::Column::Id);
    let open: HashSet<Uuid> = requests.iter().map(|row| row.id).collect();
    let (accepted, rejected): (Vec<_>, Vec<_>) =
        reader.all(decided).await?.into_iter().partition(|row| row.status == MatchingProposalStatus::Accepted);
    let kept: Vec<_> = accepted.into_iter().filter(|row| open.contains(&row.request_id)).collect();
    let settled: HashSet<Uuid> = kept.iter().map(|row| row.request_id).collect();
    let waiting = requests.into_iter().filter(|row| !settled.contains(&row.id)).collect();
    let mut cohort = assemble(reader, round, waiting, &profiles, today).await?;
    cohort.rejected = rejected.into_iter().map(|row| (row.mentee_id, row.mentor_id)).collect();
    let mut places: HashMap<Uuid, i32> = HashMap::new();
    for row in &kept {
        *places.entry(row.mentor_id).or_default() += 1;
    }
    for mentor in &mut cohort.mentors {
        mentor.free -= places.get(&mentor.id).copied().unwrap_or(0);
    }
    Ok(Gathered { cohort, kept })
}

/// What is known of these requests and mentors.
pub async fn assemble(
    reader: Reader<'_>,
    round: &Model,
    requests: Vec<request::Model>,
    profiles: &[profile::Model],
    today: chrono::NaiveDate,
) -> Result<Cohort> {
    let wanted: BTreeSet<Uuid> = requests.iter().flat_map(|row| &row.goals.0).map(|goal| goal.competency_id).collect();
    let places: HashMap<Uuid, usize> = wanted.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let levels = levels_in(reader, wanted).await?;
    let mentors: Vec<Uuid> = profiles.iter().map(|row| row.librarian_id).collect();
    let everybody: BTreeSet<Uuid> =
        requests.iter().map(|row| row.librarian_id).chain(mentors.iter().copied()).collect();
    let superiors = superiors(reader, everybody).await?;
    let taken = places::taken(reader, mentors.iter().copied(), today).await?;
    let mut languages = Numbers::default();
    let mut cohort = Cohort { weights: round.parameters.weights, ..Cohort::default() };
    for row in profiles {
        let mut offers = vec![Offer::default(); places.len()];
        for (id, place) in &places {
            if let Some(offer) = offers.get_mut(*place) {
                offer.own = levels.get(&(row.librarian_id, *id)).copied().unwrap_or(0);
            }
        }
        for offered in &row.competencies.0 {
            if let Some(offer) = places.get(&offered.competency_id).and_then(|place| offers.get_mut(*place)) {
                offer.level = offered.level;
            }
        }
        cohort.mentors.push(Mentor {
            id: row.librarian_id,
            offers,
            week: Week::of(&row.times),
            languages: languages.of(&row.languages.0),
            capacity: row.capacity,
            free: row.capacity - taken.get(&row.librarian_id).copied().unwrap_or(0),
            superior: superiors.get(&row.librarian_id).copied(),
        });
    }
    for row in requests {
        let goals = row.goals.0.iter().filter_map(|goal| {
            let now = levels.get(&(row.librarian_id, goal.competency_id)).copied().unwrap_or(0);
            let competency = places.get(&goal.competency_id).copied()?;
            (goal.level > now).then_some(Want { competency, now, target: goal.level })
        });
        cohort.mentees.push(Mentee {
            id: row.librarian_id,
            request_id: row.id,
            wants: goals.collect(),
            week: Week::of(&row.times),
            languages: languages.of(&row.languages.0),
            wishes: row.preferred_mentors.0.clone(),
            superior: superiors.get(&row.librarian_id).copied(),
        });
    }
    cohort.excluded = round.parameters.excluded_pairs.iter().map(|pair| (pair.mentee_id, pair.mentor_id)).collect();
    for pair in pairs_of(reader, mentors).await? {
        let is_over = pair.ends_on.is_some_and(|last| last < today);
        let of = match pair.stage {
            MentorshipStage::Proposed | MentorshipStage::Agreed if !is_over => &mut cohort.current,
            // What never began is no experience with one another.
            MentorshipStage::Proposed | MentorshipStage::Declined => continue,
            MentorshipStage::Agreed | MentorshipStage::Completed | MentorshipStage::EndedEarly => &mut cohort.earlier,
        };
        of.insert((pair.mentee_id, pair.mentor_id));
    }
    Ok(cohort)
}

/// Every pair that these mentors are or were part of.
async fn pairs_of(reader: Reader<'_>, mentors: Vec<Uuid>) -> Result<Vec<mentorship::Model>> {
    if mentors.is_empty() {
        return Ok(Vec::new());
    }
    reader.all(mentorship::Entity::find().filter(mentorship::Column::MentorId.is_in(mentors))).await
}

/// The present level of everybody in these competencies.
async fn levels_in(reader: Reader<'_>, competencies: BTreeSet<Uuid>) -> Result<HashMap<(Uuid, Uuid), i32>> {
    if competencies.is_empty() {
        return Ok(HashMap::new());
    }
    let levels = Query::select()
        .columns([level::Column::LibrarianId, level::Column::CompetencyId, level::Column::Level])
        .from(level::Entity)
        .and_where(Expr::col(level::Column::CompetencyId).is_in(competencies))
        .to_owned();
    let rows = reader.heavy_rows(&levels, |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?))).await?;
    Ok(rows.into_iter().collect())
}

/// Words as numbers, so that they compare fast.
#[derive(Default)]
struct Numbers(HashMap<String, usize>);

impl Numbers {
    fn of(&mut self, words: &[String]) -> Vec<usize> {
        let mut numbers = Vec::with_capacity(words.len());
        for word in words {
            let next = self.0.len();
            numbers.push(*self.0.entry(word.clone()).or_insert(next));
        }
        numbers
    }
}
