//! The steps of a campaign. Each holds its row, so that no answer comes in between.

use std::time::Duration;

use futures_util::FutureExt;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::content::{CampaignPublication, CampaignReason};
use super::dto::{Campaign, target_of};
use super::entity::{ActiveModel, CampaignStatus, Column, Entity, Model, token};
use super::service::{answer, one};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{INVALID_TRANSITION, Refusal, Result};
use crate::kernel::jobs::Chore;
use crate::kernel::policy::Access;
use crate::kernel::validation::{REQUIRED, Violation};
use crate::surveys::questionnaires::entity::{self as questionnaire, QuestionnaireStatus};
use crate::surveys::responses::{shuffle, traces};
use crate::surveys::results::freeze::{AT_ONCE, freeze_in};
use crate::surveys::results::job;

/// The edition that the campaign was to ask is out of use.
pub const QUESTIONNAIRE_NOT_PUBLISHED: Refusal = Refusal {
    code: "questionnaire_not_published",
    status: 409,
    id: "Edisi kuesioner survei ini sudah tidak dipakai",
    en: "The edition of the questionnaire is no longer in use",
};

/// Fewer answered than the target sample.
pub const SAMPLE_TOO_SMALL: Refusal = Refusal {
    code: "sample_too_small",
    status: 409,
    id: "Jawaban belum mencapai sampel sasaran; beri alasan untuk tetap menerbitkan",
    en: "Fewer answered than the target sample; publish with a reason",
};

/// Campaigns that one look closes.
const DUE_AT_ONCE: u64 = 50;

/// Lets a campaign take answers.
pub async fn open(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Campaign> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = held(tx, id, &[CampaignStatus::Draft]).await?;
        let asked = questionnaire::Entity::find()
            .filter(questionnaire::Column::Id.eq(before.questionnaire_id))
            .filter(questionnaire::Column::Status.eq(QuestionnaireStatus::Published));
        if !tx.reader().exists(asked).await? {
            return Err(QUESTIONNAIRE_NOT_PUBLISHED.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(CampaignStatus::Open);
        row.opened_at = Set(Some(tx.now()));
        moved(tx, &before, row, expected, "campaign.opened").await
    })
    .await
}

/// Lets a campaign take no more answers. They are written anew in an order that tells nothing, and counted: a few at once, many by a job.
pub async fn close(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Campaign> {
    let closed = db
        .write(access, async move |tx: &Tx<'_>| {
            let before = held(tx, id, &[CampaignStatus::Open]).await?;
            let row = close_in(tx, &before, expected).await?;
            answer(tx.reader(), row, tx.access()).await
        })
        .await?;
    if closed.is_anonymous && closed.results_frozen_at.is_some() {
        traces::forget(db).await;
    }
    Ok(closed)
}

async fn close_in(tx: &Tx<'_>, before: &Model, expected: Precondition) -> Result<Model> {
    forget_tokens_in(tx, before.id).await?;
    let count = shuffle::count_in(tx, before.id).await?;
    let mut row = before.clone().into_active_model();
    row.status = Set(CampaignStatus::Closed);
    row.closed_at = Set(Some(tx.now()));
    row.response_count = Set(Some(count));
    if u64::from(count.unsigned_abs()) > AT_ONCE {
        row.job_id = Set(Some(job::enqueue_in(tx, before.id).await?));
    } else {
        if before.is_anonymous {
            shuffle::write_anew_in(tx, before.id).await?;
        }
        freeze_in(tx, before).await?;
        row.results_frozen_at = Set(Some(tx.now()));
    }
    tx.update::<Entity>(before, row, expected, "campaign.closed").await
}

/// Calls a campaign off. What was answered is gone: nothing will be made of it.
pub async fn cancel(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    reason: CampaignReason,
) -> Result<Campaign> {
    let cancelled = db
        .write(access, async move |tx: &Tx<'_>| {
            let before = held(tx, id, &[CampaignStatus::Draft, CampaignStatus::Open]).await?;
            shuffle::forget_in(tx, id).await?;
            forget_tokens_in(tx, id).await?;
            let mut row = before.clone().into_active_model();
            row.status = Set(CampaignStatus::Cancelled);
            row.closed_at = Set(Some(tx.now()));
            row.response_count = Set(Some(0));
            row.reason = Set(Some(reason.reason.clone()));
            moved(tx, &before, row, expected, "campaign.cancelled").await
        })
        .await?;
    if cancelled.is_anonymous {
        traces::forget(db).await;
    }
    Ok(cancelled)
}

/// Publishes the results of a campaign that is over; with fewer answers than its target only for a reason.
pub async fn publish(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    publication: CampaignPublication,
) -> Result<Campaign> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = held(tx, id, &[CampaignStatus::Closed]).await?;
        if before.published_at.is_some() || before.results_frozen_at.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        let target = before.population.map_or(0, target_of);
        let is_short = before.response_count.unwrap_or_default() < target;
        if is_short && publication.reason.is_none() {
            return Err(SAMPLE_TOO_SMALL.at(Violation::field("reason", &REQUIRED)));
        }
        let mut row = before.clone().into_active_model();
        row.published_at = Set(Some(tx.now()));
        row.publication_reason = Set(publication.reason.clone().filter(|_| is_short));
        moved(tx, &before, row, expected, "campaign.published").await
    })
    .await
}

/// The campaign, held, in one of these states.
async fn held(tx: &Tx<'_>, id: Uuid, states: &[CampaignStatus]) -> Result<Model> {
    let row = tx.lock(one(tx.access(), id)).await?;
    if states.contains(&row.status) { Ok(row) } else { Err(INVALID_TRANSITION.into()) }
}

async fn moved(
    tx: &Tx<'_>,
    before: &Model,
    row: ActiveModel,
    expected: Precondition,
    name: &'static str,
) -> Result<Campaign> {
    let row = tx.update::<Entity>(before, row, expected, name).await?;
    answer(tx.reader(), row, tx.access()).await
}

/// Which of its tokens were never used is nobody's business once nobody can use them.
async fn forget_tokens_in(tx: &Tx<'_>, campaign_id: Uuid) -> Result<()> {
    let delete = Query::delete()
        .from_table(token::Entity)
        .and_where(Expr::col(token::Column::CampaignId).eq(campaign_id))
        .to_owned();
    tx.execute(&delete).await.map(|_| ())
}

/// Every minute.
pub static CLOSE_DUE: Chore = Chore {
    name: "campaigns whose last day is over",
    every: Duration::from_mins(1),
    run: |db| close_due(db).boxed_local(),
};

async fn close_due(db: &Db) -> Result<()> {
    let due = Entity::find()
        .filter(Column::Status.eq(CampaignStatus::Open))
        .filter(Column::ClosesOn.lt(db.today()))
        .order_by_asc(Column::ClosesOn)
        .limit(DUE_AT_ONCE);
    let due = db.reader().all(due).await?;
    for found in &due {
        // One that cannot be closed keeps no other from it.
        if let Err(error) = close_one(db, found.id).await {
            tracing::warn!(campaign = %found.id, %error, "a campaign could not be closed; it will be tried again");
        }
    }
    if due.iter().any(|campaign| campaign.is_anonymous) {
        traces::forget(db).await;
    }
    Ok(())
}

async fn close_one(db: &Db, id: Uuid) -> Result<()> {
    db.run(Access::system(), async move |tx: &Tx<'_>| {
        let open = Entity::find().filter(Column::Id.eq(id)).filter(Column::Status.eq(CampaignStatus::Open));
        // It may have been closed, or given more time, meanwhile.
        match tx.lock_all(open).await?.first().filter(|row| row.closes_on < tx.today()) {
            Some(before) => close_in(tx, before, Precondition::default()).await.map(|_| ()),
            None => Ok(()),
        }
    })
    .await
}
