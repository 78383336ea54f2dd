//! The publication of a round: accepted pairs become mentorships that both are to accept, all at once or none.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::dto::MatchingRound;
use super::entity::{Entity, MatchingRoundStatus, Model, unmatched};
use super::service::{hold, names_of};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{INVALID_TRANSITION, Refusal, Refused, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::{Fault, Violation};
use crate::mentoring::matching_proposals::entity::{self as proposal, MatchingProposalStatus};
use crate::mentoring::mentor_profiles::entity as profile;
use crate::mentoring::mentoring_requests::entity::{self as request, MentoringRequestStatus};
use crate::mentoring::places;
use crate::staff::librarians::entity as librarian;
use crate::staff::mentorships::entity::{self as mentorship, MentorshipKind, MentorshipStage};

/// Accepted pairs are more than their mentors take.
pub const MENTORS_OVERLOADED: Refusal = Refusal {
    code: "mentors_overloaded",
    status: 409,
    id: "Ada mentor yang mendapat lebih banyak binaan daripada daya tampungnya",
    en: "Some mentors would get more mentees than they take",
};

/// Which mentor, and by how many.
pub const OVER_CAPACITY: Fault = Fault {
    code: "over_capacity",
    id: "{mentor} menerima paling banyak {capacity}, sedangkan {taken} sudah terisi dan {accepted} disetujui",
    en: "{mentor} takes at most {capacity}; {taken} places are taken and {accepted} pairs were accepted",
};

/// Makes mentorships of accepted pairs, and tells everybody who took part. What came to nothing meanwhile, because the request
/// is no longer open, somebody left, or the two are a pair already, is turned down.
pub async fn publish(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<MatchingRound> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        expected.check(before.version)?;
        if before.status != MatchingRoundStatus::Executed {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(MatchingRoundStatus::Published);
        row.published_at = Set(Some(tx.now()));
        let round = tx.update::<Entity>(&before, row, expected, "matching_round.published").await?;
        let left = unmatched::Entity::find()
            .filter(unmatched::Column::MatchingRoundId.eq(id))
            .order_by_asc(unmatched::Column::MenteeId);
        let left = tx.reader().all(left).await?;
        let accepted = proposal::Entity::find()
            .filter(proposal::Column::MatchingRoundId.eq(id))
            .filter(proposal::Column::Status.eq(MatchingProposalStatus::Accepted))
            .order_by_asc(proposal::Column::MenteeId);
        let accepted = tx.reader().all(accepted).await?;
        let people = hold_people(tx, &accepted).await?;
        let ids = accepted.iter().map(|pair| pair.request_id).chain(left.iter().map(|row| row.request_id));
        let mut requests = hold_requests(tx, ids.collect()).await?;
        let standing = standing_in(tx, &accepted).await?;
        let (live, lapsed): (Vec<_>, Vec<_>) = accepted.into_iter().partition(|pair| {
            requests.contains_key(&pair.request_id)
                && people.is_superset(&BTreeSet::from([pair.mentee_id, pair.mentor_id]))
                && !standing.contains(&(pair.mentee_id, pair.mentor_id))
        });
        no_overload(tx, &live).await?;
        pair_in(tx, &round, live, &mut requests).await?;
        lapse_in(tx, lapsed).await?;
        tell_in(tx, &round, &left, &mut requests).await?;
        Ok(MatchingRound::from(round))
    })
    .await
}

/// Holds the records of everybody who gets a pair; answers who is still here.
async fn hold_people(tx: &Tx<'_>, pairs: &[proposal::Model]) -> Result<BTreeSet<Uuid>> {
    let people: BTreeSet<Uuid> = pairs.iter().flat_map(|pair| [pair.mentee_id, pair.mentor_id]).collect();
    let people = librarian::Entity::find()
        .filter(librarian::Column::Id.is_in(people))
        .filter(librarian::Column::ArchivedAt.is_null())
        .order_by_asc(librarian::Column::Id);
    Ok(tx.lock_all(people).await?.into_iter().map(|row| row.id).collect())
}

/// Holds those of the requests that are still open.
async fn hold_requests(tx: &Tx<'_>, ids: BTreeSet<Uuid>) -> Result<HashMap<Uuid, request::Model>> {
    let open = request::Entity::find()
        .filter(request::Column::Id.is_in(ids))
        .filter(request::Column::Status.eq(MentoringRequestStatus::Open))
        .order_by_asc(request::Column::Id);
    Ok(tx.lock_all(open).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// Mentee and mentor of pairs of these mentors that are proposed or under way.
async fn standing_in(tx: &Tx<'_>, pairs: &[proposal::Model]) -> Result<HashSet<(Uuid, Uuid)>> {
    let mentors: BTreeSet<Uuid> = pairs.iter().map(|pair| pair.mentor_id).collect();
    let standing = mentorship::Entity::find()
        .filter(mentorship::Column::MentorId.is_in(mentors))
        .filter(places::taking(tx.today()));
    Ok(tx.reader().all(standing).await?.into_iter().map(|row| (row.mentee_id, row.mentor_id)).collect())
}

/// Refuses where a mentor would get more mentees than they take. The caller holds their records, as everybody does who gives a
/// mentor a mentee.
async fn no_overload(tx: &Tx<'_>, pairs: &[proposal::Model]) -> Result<()> {
    let mut accepted: BTreeMap<Uuid, i32> = BTreeMap::new();
    for pair in pairs {
        *accepted.entry(pair.mentor_id).or_default() += 1;
    }
    let profiles = profile::Entity::find().filter(profile::Column::LibrarianId.is_in(accepted.keys().copied()));
    let capacities: HashMap<Uuid, i32> =
        tx.reader().all(profiles).await?.into_iter().map(|row| (row.librarian_id, row.capacity)).collect();
    let taken = places::taken(tx.reader(), accepted.keys().copied(), tx.today()).await?;
    let figures = accepted.into_iter().map(|(mentor, accepted)| {
        let capacity = capacities.get(&mentor).copied().unwrap_or(places::DEFAULT_CAPACITY);
        (mentor, capacity, taken.get(&mentor).copied().unwrap_or(0), accepted)
    });
    let over: Vec<_> = figures.filter(|(_, capacity, taken, accepted)| taken + accepted > *capacity).collect();
    if over.is_empty() {
        return Ok(());
    }
    let names = names_of(tx.reader(), over.iter().map(|(mentor, ..)| *mentor).collect()).await?;
    let violations = over.into_iter().map(|(mentor, capacity, taken, accepted)| {
        Violation::pointer("#".to_owned(), &OVER_CAPACITY)
            .with("mentor", names.get(&mentor).cloned().unwrap_or_default())
            .with("capacity", capacity)
            .with("taken", taken)
            .with("accepted", accepted)
    });
    Err(Refused { violations: violations.collect(), ..Refused::from(MENTORS_OVERLOADED) }.into())
}

/// Proposes the mentorships of pairs; their requests are matched.
async fn pair_in(
    tx: &Tx<'_>,
    round: &Model,
    pairs: Vec<proposal::Model>,
    requests: &mut HashMap<Uuid, request::Model>,
) -> Result<()> {
    let rows = pairs.iter().map(|pair| mentorship::ActiveModel {
        mentor_id: Set(pair.mentor_id),
        mentee_id: Set(pair.mentee_id),
        kind: Set(MentorshipKind::Mentoring),
        stage: Set(MentorshipStage::Proposed),
        starts_on: Set(round.starts_on),
        ends_on: Set(round.ends_on),
        ..Default::default()
    });
    let made = tx.insert_all::<mentorship::Entity>(rows.collect(), "mentorship.proposed").await?;
    let (mut published, mut matched) = (Vec::with_capacity(made.len()), Vec::with_capacity(made.len()));
    for (pair, made) in pairs.into_iter().zip(made) {
        if let Some(request) = requests.remove(&pair.request_id) {
            let mut row = request.clone().into_active_model();
            row.status = Set(MentoringRequestStatus::Matched);
            row.open_key = Set(None);
            row.matching_round_id = Set(Some(round.id));
            row.mentorship_id = Set(Some(made.id));
            row.obstacle = Set(None);
            row.decided_at = Set(Some(tx.now()));
            matched.push((request, row));
        }
        let row = proposal::ActiveModel { mentorship_id: Set(Some(made.id)), ..pair.clone().into_active_model() };
        published.push((pair, row));
    }
    tx.update_all::<proposal::Entity>(published, "matching_proposal.published").await?;
    tx.update_all::<request::Entity>(matched, "mentoring_request.matched").await
}

/// Turns down pairs that came to nothing.
async fn lapse_in(tx: &Tx<'_>, pairs: Vec<proposal::Model>) -> Result<()> {
    let rows = pairs.into_iter().map(|pair| {
        let mut row = pair.clone().into_active_model();
        row.status = Set(MatchingProposalStatus::Rejected);
        row.accepted_key = Set(None);
        (pair, row)
    });
    tx.update_all::<proposal::Entity>(rows.collect(), "matching_proposal.lapsed").await
}

/// Tells people what stood in their way; their requests stay open for the next round.
async fn tell_in(
    tx: &Tx<'_>,
    round: &Model,
    left: &[unmatched::Model],
    requests: &mut HashMap<Uuid, request::Model>,
) -> Result<()> {
    let rows = left.iter().filter_map(|left| {
        let request = requests.remove(&left.request_id)?;
        let mut row = request.clone().into_active_model();
        row.matching_round_id = Set(Some(round.id));
        row.obstacle = Set(Some(left.obstacle));
        Some((request, row))
    });
    tx.update_all::<request::Entity>(rows.collect(), "mentoring_request.unmatched").await
}
