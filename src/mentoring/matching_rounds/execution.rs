//! The execution of a round: a job reads everybody, finds the best pairs beside the service's other work, and writes them down at
//! once, unless somebody decided or changed something meanwhile.

use std::sync::Arc;

use futures_util::FutureExt;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::cohort::gather;
use super::entity::{Column, Entity, MatchingRoundStatus, Model, unmatched};
use super::service::hold;
use crate::competencies::levels::service::refresh_due;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::jobs::{self, Accepted, Done, JobKind, NewJob, Task};
use crate::kernel::policy::Access;
use crate::mentoring::matching::plan::{Plan, plan};
use crate::mentoring::matching_proposals::entity::{self as proposal, MatchingProposalSource, MatchingProposalStatus};

/// How often a round is matched anew because somebody decided meanwhile.
const ATTEMPTS: usize = 5;

/// The jobs that execute rounds.
pub const MATCHING: JobKind = JobKind { name: "matching", run: |db, task| run(db, task).boxed_local() };

/// The round is being executed.
pub const MATCHING_UNDER_WAY: Refusal = Refusal {
    code: "matching_under_way",
    status: 409,
    id: "Putaran ini sedang dijalankan",
    en: "This round is being executed",
};

/// What is to be done.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Order {
    matching_round_id: Uuid,
}

/// Asks for the execution of a round.
pub async fn execute(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Accepted> {
    let job = db.run(access.clone(), async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        expected.check(before.version)?;
        if !before.is_open() {
            return Err(INVALID_TRANSITION.into());
        }
        if let Some(job) = before.job_id
            && jobs::is_under_way(tx.reader(), job).await?
        {
            return Err(MATCHING_UNDER_WAY.into());
        }
        let input = serde_json::to_value(Order { matching_round_id: id }).map_err(Error::internal)?;
        let job = jobs::enqueue_in(tx, NewJob { kind: MATCHING.name, input, file: None }).await?;
        let mut row = before.clone().into_active_model();
        row.job_id = Set(Some(job.id));
        tx.update::<Entity>(&before, row, expected, "matching_round.execution_requested").await?;
        Ok(job)
    });
    job.await.map(Accepted)
}

async fn run(db: &Db, task: &Task) -> Result<Done> {
    let Order { matching_round_id } = task.input()?;
    for _ in 0..ATTEMPTS {
        refresh_due(db).await?;
        let round = db.reader().find(Entity::find().filter(Column::Id.eq(matching_round_id))).await?;
        if !round.is_open() {
            return Err(INVALID_TRANSITION.into());
        }
        let gathered = gather(db.reader(), &round, db.today()).await?;
        let (cohort, kept) = (gathered.cohort, gathered.kept);
        let mentors = cohort.mentors.len();
        let found = tokio::task::spawn_blocking(move || plan(&cohort)).await.map_err(Error::internal)?;
        let outcome = Outcome {
            round,
            mentors,
            kept: kept.len(),
            kept_score: kept.iter().map(|row| i64::from(row.score)).sum(),
            plan: found,
        };
        if let Some(done) = write(db, task, outcome).await? {
            return Ok(done);
        }
    }
    Err(Error::Raced)
}

/// What an execution came to.
struct Outcome {
    /// The round as it was read.
    round: Model,
    mentors: usize,
    kept: usize,
    kept_score: i64,
    plan: Plan,
}

/// Writes down what was found; nothing where the round is no longer what it was.
async fn write(db: &Db, task: &Task, outcome: Outcome) -> Result<Option<Done>> {
    let (held, outcome) = (task.clone(), Arc::new(outcome));
    db.run(task.access()?, async move |tx: &Tx<'_>| {
        let seen = &outcome.round;
        let before = hold(tx, seen.id).await?;
        if (before.version, before.decisions) != (seen.version, seen.decisions) {
            return Ok(None);
        }
        clear_in(tx, seen.id).await?;
        let plan = &outcome.plan;
        tx.put_all::<proposal::Entity>(plan.pairs.iter().map(|pair| proposal::ActiveModel {
            id: Set(tx.new_id()),
            matching_round_id: Set(seen.id),
            request_id: Set(pair.request_id),
            mentee_id: Set(pair.mentee_id),
            mentor_id: Set(pair.mentor_id),
            score: Set(pair.terms.score()),
            terms: Set(pair.terms.clone()),
            source: Set(MatchingProposalSource::Computed),
            status: Set(MatchingProposalStatus::Proposed),
            accepted_key: Set(None),
            mentorship_id: Set(None),
            decided_at: Set(None),
            version: Set(1),
            created_at: Set(tx.now()),
            updated_at: Set(tx.now()),
        }))
        .await?;
        tx.put_all::<unmatched::Entity>(plan.unmatched.iter().map(|left| unmatched::ActiveModel {
            id: Set(tx.new_id()),
            matching_round_id: Set(seen.id),
            request_id: Set(left.request_id),
            mentee_id: Set(left.mentee_id),
            rule: Set(left.obstacle.rule),
            obstacle: Set(left.obstacle),
        }))
        .await?;
        let (matched, left) = (plan.pairs.len() + outcome.kept, plan.unmatched.len());
        let mut row = before.clone().into_active_model();
        row.status = Set(MatchingRoundStatus::Executed);
        row.executed_at = Set(Some(tx.now()));
        row.request_count = Set(count(matched + left)?);
        row.mentor_count = Set(count(outcome.mentors)?);
        row.matched_count = Set(count(matched)?);
        row.unmatched_count = Set(count(left)?);
        row.total_score = Set(plan.score + outcome.kept_score);
        tx.update::<Entity>(&before, row, Precondition::default(), "matching_round.executed").await?;
        held.finish_in(tx, matched + left, &(), None).await.map(Some)
    })
    .await
}

fn count(number: usize) -> Result<i32> {
    i32::try_from(number).map_err(Error::internal)
}

/// Removes what the execution before proposed and nobody decided on.
async fn clear_in(tx: &Tx<'_>, round_id: Uuid) -> Result<()> {
    let proposed = Query::delete()
        .from_table(proposal::Entity)
        .and_where(Expr::col(proposal::Column::MatchingRoundId).eq(round_id))
        .and_where(Expr::col(proposal::Column::Status).eq(MatchingProposalStatus::Proposed))
        .to_owned();
    tx.execute(&proposed).await?;
    let left = Query::delete()
        .from_table(unmatched::Entity)
        .and_where(Expr::col(unmatched::Column::MatchingRoundId).eq(round_id))
        .to_owned();
    tx.execute(&left).await.map(|_| ())
}
