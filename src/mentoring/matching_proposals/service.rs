use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::dto::{MatchingProposal, MatchingProposalFilter, MatchingProposalPage, NewMatchingProposal};
use super::entity::{ActiveModel, Column, Entity, MatchingProposalSource, MatchingProposalStatus, Model};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{Fault, NO_SUCH_OBJECT, TAKEN, Violation};
use crate::mentoring::matching::terms::{Terms, score_of};
use crate::mentoring::matching_rounds::cohort::assemble;
use crate::mentoring::matching_rounds::dto::MatchingRound;
use crate::mentoring::matching_rounds::entity::{self as round, MatchingRoundStatus};
use crate::mentoring::matching_rounds::service::{MATCHING_ROUND_CLOSED, count_decision_in, hold, names_of};
use crate::mentoring::mentor_profiles::entity as profile;
use crate::mentoring::mentoring_requests::entity::{self as request, MentoringRequestStatus};

/// The request has an accepted pair in this round.
pub const REQUEST_HAS_PAIR: Refusal = Refusal {
    code: "request_has_pair",
    status: 409,
    id: "Permohonan ini sudah mempunyai pasangan yang disetujui pada putaran ini",
    en: "The request has an accepted pair in this round",
};

/// The round has this pair already.
pub const MATCHING_PROPOSAL_EXISTS: Refusal = Refusal {
    code: "matching_proposal_exists",
    status: 409,
    id: "Pasangan ini sudah ada pada putaran ini; setujui usulannya",
    en: "The round has this pair already; accept its proposal",
};

/// The two may not be a pair, whoever proposes it.
pub const NEVER_A_PAIR: Fault = Fault {
    code: "never_a_pair",
    id: "Keduanya tidak boleh berpasangan: orang yang sama, sudah berpasangan, atau atasan langsung",
    en: "The two may not be a pair: the same person, a pair already, or the direct superior",
};

const ACCEPTED: &str = "matching_proposal.accepted";

const SORTABLE: &Sortable<Entity> = &[("score", Column::Score), ("mentee_id", Column::MenteeId)];

/// Lists the pairs of a round.
pub async fn list(db: &Db, round_id: Uuid, list: &Listing<MatchingProposalFilter>) -> Result<MatchingProposalPage> {
    let round = db.reader().find(round::Entity::find().filter(round::Column::Id.eq(round_id))).await?;
    let rows = Entity::find().filter(Column::MatchingRoundId.eq(round_id)).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-score").await?;
    let people = page.items.iter().flat_map(|row| [row.mentee_id, row.mentor_id]).collect();
    let names = names_of(db.reader(), people).await?;
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    Ok(page.map(|row| MatchingProposal::seen(&row, name, round.is_open())))
}

/// Reads a pair.
pub async fn read(db: &Db, id: Uuid) -> Result<MatchingProposal> {
    let row = db.reader().find(one(id)).await?;
    let round = db.reader().find(round::Entity::find().filter(round::Column::Id.eq(row.matching_round_id))).await?;
    answer(db.reader(), row, round.is_open()).await
}

fn one(id: Uuid) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::Id.eq(id))
}

async fn answer(reader: Reader<'_>, row: Model, is_open: bool) -> Result<MatchingProposal> {
    let names = names_of(reader, vec![row.mentee_id, row.mentor_id]).await?;
    Ok(MatchingProposal::seen(&row, |id| names.get(&id).cloned().unwrap_or_default(), is_open))
}

/// Enters a pair of an admin's own. It is accepted with that; what the round proposed for the request is turned down.
pub async fn create(db: &Db, access: &Access, round_id: Uuid, new: NewMatchingProposal) -> Result<MatchingProposal> {
    db.create(access, async move |tx: &Tx<'_>| {
        let round = hold(tx, round_id).await?;
        let request = request::Entity::find()
            .filter(request::Column::Id.eq(new.request_id))
            .filter(request::Column::Status.eq(MentoringRequestStatus::Open));
        let request = tx.reader().one(request).await?;
        let profile = profile::Entity::find().filter(profile::Column::LibrarianId.eq(new.mentor_id));
        let profile = tx.reader().one(profile).await?;
        let missing = [("request_id", request.is_none()), ("mentor_id", profile.is_none())];
        let missing = missing.into_iter().filter(|(_, missing)| *missing);
        let wrong: Vec<_> = missing.map(|(field, _)| Violation::field(field, &NO_SUCH_OBJECT)).collect();
        let (Some(request), Some(profile)) = (request, profile) else { return Err(Error::invalid(wrong)) };
        let cohort = assemble(tx.reader(), &round, vec![request], &[profile], tx.today()).await?;
        let [mentee] = cohort.mentees.as_slice() else { return Err(Error::internal("one request is one mentee")) };
        let [mentor] = cohort.mentors.as_slice() else { return Err(Error::internal("one profile is one mentor")) };
        // Competencies, languages and former decisions are for the admin to judge.
        if cohort.never_pairs(mentee, mentor) {
            return Err(Error::invalid(vec![Violation::field("mentor_id", &NEVER_A_PAIR)]));
        }
        if !round.is_open() {
            return Err(MATCHING_ROUND_CLOSED.into());
        }
        let same = Entity::find()
            .filter(Column::MatchingRoundId.eq(round_id))
            .filter(Column::RequestId.eq(new.request_id))
            .filter(Column::MentorId.eq(new.mentor_id));
        if tx.reader().exists(same).await? {
            return Err(MATCHING_PROPOSAL_EXISTS.at(Violation::field("mentor_id", &TAKEN)));
        }
        let terms = cohort.worth(mentee, mentor);
        turn_down_others_in(tx, round_id, new.request_id, None).await?;
        let row = ActiveModel {
            matching_round_id: Set(round_id),
            request_id: Set(new.request_id),
            mentee_id: Set(mentee.id),
            mentor_id: Set(mentor.id),
            score: Set(score_of(&terms)),
            terms: Set(Terms(terms.to_vec())),
            source: Set(MatchingProposalSource::Manual),
            status: Set(MatchingProposalStatus::Accepted),
            accepted_key: Set(Some(new.request_id)),
            decided_at: Set(Some(tx.now())),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "matching_proposal.created").await;
        let row = row.on_duplicate_of("accepted_key", REQUEST_HAS_PAIR, "request_id")?;
        count_decision_in(tx, round_id).await?;
        answer(tx.reader(), row, true).await
    })
    .await
}

/// Accepts a pair. What else the round proposed for the request is turned down.
pub async fn accept(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<MatchingProposal> {
    decide(db, access, id, expected, MatchingProposalStatus::Accepted).await
}

/// Turns a pair down, also one that was accepted.
pub async fn reject(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<MatchingProposal> {
    decide(db, access, id, expected, MatchingProposalStatus::Rejected).await
}

async fn decide(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    status: MatchingProposalStatus,
) -> Result<MatchingProposal> {
    db.write(access, async move |tx: &Tx<'_>| {
        let round_id = tx.reader().find(one(id)).await?.matching_round_id;
        let round = hold(tx, round_id).await?;
        // An execution may have replaced it meanwhile.
        let before = tx.lock(one(id)).await?;
        expected.check(before.version)?;
        if !round.is_open() || before.status == status {
            return Err(INVALID_TRANSITION.into());
        }
        if status == MatchingProposalStatus::Accepted {
            turn_down_others_in(tx, round_id, before.request_id, Some(id)).await?;
        }
        let row = decide_in(tx, &before, expected, status).await?;
        count_decision_in(tx, round_id).await?;
        answer(tx.reader(), row, true).await
    })
    .await
}

async fn decide_in(
    tx: &Tx<'_>,
    before: &Model,
    expected: Precondition,
    status: MatchingProposalStatus,
) -> Result<Model> {
    let (row, name) = decided(tx, before, status);
    tx.update::<Entity>(before, row, expected, name).await.on_duplicate(REQUEST_HAS_PAIR)
}

/// A pair once this was decided, and the name of that.
fn decided(tx: &Tx<'_>, before: &Model, status: MatchingProposalStatus) -> (ActiveModel, &'static str) {
    let is_accepted = status == MatchingProposalStatus::Accepted;
    let mut row = before.clone().into_active_model();
    row.status = Set(status);
    row.accepted_key = Set(is_accepted.then_some(before.request_id));
    row.decided_at = Set(Some(tx.now()));
    (row, if is_accepted { ACCEPTED } else { "matching_proposal.rejected" })
}

/// Turns down what the round proposed for a request besides this.
async fn turn_down_others_in(tx: &Tx<'_>, round_id: Uuid, request_id: Uuid, except: Option<Uuid>) -> Result<()> {
    let others = Entity::find()
        .filter(Column::MatchingRoundId.eq(round_id))
        .filter(Column::RequestId.eq(request_id))
        .filter(Column::Status.eq(MatchingProposalStatus::Proposed));
    for other in tx.reader().all(others).await?.into_iter().filter(|other| Some(other.id) != except) {
        decide_in(tx, &other, Precondition::default(), MatchingProposalStatus::Rejected).await?;
    }
    Ok(())
}

/// Accepts every pair of a round on which nothing was decided.
pub async fn accept_all(db: &Db, access: &Access, round_id: Uuid, expected: Precondition) -> Result<MatchingRound> {
    db.write(access, async move |tx: &Tx<'_>| {
        let round = hold(tx, round_id).await?;
        expected.check(round.version)?;
        if round.status != MatchingRoundStatus::Executed {
            return Err(INVALID_TRANSITION.into());
        }
        let open = Entity::find()
            .filter(Column::MatchingRoundId.eq(round_id))
            .filter(Column::Status.eq(MatchingProposalStatus::Proposed))
            .order_by_asc(Column::MenteeId);
        let rows = tx.lock_all(open).await?.into_iter().map(|before| {
            let (row, _) = decided(tx, &before, MatchingProposalStatus::Accepted);
            (before, row)
        });
        tx.update_all::<Entity>(rows.collect(), ACCEPTED).await.on_duplicate(REQUEST_HAS_PAIR)?;
        count_decision_in(tx, round_id).await?;
        Ok(MatchingRound::from(round))
    })
    .await
}
