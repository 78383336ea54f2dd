use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{
    MatchingRound, MatchingRoundChanges, MatchingRoundFilter, MatchingRoundPage, NewMatchingRound, UnmatchedFilter,
    UnmatchedRequest, UnmatchedRequestPage,
};
use super::entity::{ActiveModel, Column, Entity, MatchingRoundStatus, Model, unmatched};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, ENDS_BEFORE_IT_BEGINS, Violation};
use crate::mentoring::matching::blocked::Relaxation;
use crate::staff::librarians::entity as librarian;

/// What was published or cancelled stays as it is.
pub const MATCHING_ROUND_CLOSED: Refusal = Refusal {
    code: "matching_round_closed",
    status: 409,
    id: "Putaran yang sudah diumumkan atau dibatalkan tidak dapat diubah",
    en: "A round that was published or cancelled can no longer change",
};

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt), ("starts_on", Column::StartsOn)];
const UNMATCHED_SORTABLE: &Sortable<unmatched::Entity> = &[("mentee_id", unmatched::Column::MenteeId)];

/// A round, kept from changing otherwise until this transaction ends.
pub(in crate::mentoring) async fn hold(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    tx.lock(Entity::find().filter(Column::Id.eq(id))).await
}

/// Says, in the transaction of a decision on a proposal of the round, that there was one. The caller holds the round.
pub(in crate::mentoring) async fn count_decision_in(tx: &Tx<'_>, round_id: Uuid) -> Result<()> {
    let count = Query::update()
        .table(Entity)
        .value(Column::Decisions, Expr::col(Column::Decisions).add(1))
        .and_where(Expr::col(Column::Id).eq(round_id))
        .to_owned();
    tx.execute(&count).await.map(|_| ())
}

/// Lists rounds.
pub async fn list(db: &Db, list: &Listing<MatchingRoundFilter>) -> Result<MatchingRoundPage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    Ok(page.map(MatchingRound::from))
}

/// Reads a round.
pub async fn read(db: &Db, id: Uuid) -> Result<MatchingRound> {
    db.reader().find(Entity::find().filter(Column::Id.eq(id))).await.map(MatchingRound::from)
}

/// Prepares a round.
pub async fn create(db: &Db, access: &Access, new: NewMatchingRound) -> Result<MatchingRound> {
    db.create(access, async move |tx: &Tx<'_>| {
        wrong_days(&new)?;
        let row = ActiveModel {
            title: Set(new.title.clone()),
            starts_on: Set(new.starts_on),
            ends_on: Set(new.ends_on),
            parameters: Set(new.parameters.clone()),
            status: Set(MatchingRoundStatus::Draft),
            decisions: Set(0),
            request_count: Set(0),
            mentor_count: Set(0),
            matched_count: Set(0),
            unmatched_count: Set(0),
            total_score: Set(0),
            ..Default::default()
        };
        tx.insert::<Entity>(row, "matching_round.created").await.map(MatchingRound::from)
    })
    .await
}

fn wrong_days(round: &NewMatchingRound) -> Result<()> {
    if round.ends_on.is_some_and(|end| end < round.starts_on) {
        return Err(Error::invalid(vec![Violation::field("ends_on", &ENDS_BEFORE_IT_BEGINS)]));
    }
    Ok(())
}

/// Changes a round. With other parameters it is to be executed anew.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: MatchingRoundChanges,
) -> Result<MatchingRound> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        expected.check(before.version)?;
        let content = changes.clone().onto(&before);
        validation::check(&content)?;
        wrong_days(&content)?;
        if !before.is_open() {
            return Err(MATCHING_ROUND_CLOSED.into());
        }
        let mut row = before.clone().into_active_model();
        if content.parameters != before.parameters {
            row.status = Set(MatchingRoundStatus::Draft);
        }
        row.title = Set(content.title);
        row.starts_on = Set(content.starts_on);
        row.ends_on = Set(content.ends_on);
        row.parameters = Set(content.parameters);
        tx.update::<Entity>(&before, row, expected, "matching_round.updated").await.map(MatchingRound::from)
    })
    .await
}

/// Gives a round up. Requests stay open.
pub async fn cancel(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<MatchingRound> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        expected.check(before.version)?;
        if !before.is_open() {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(MatchingRoundStatus::Cancelled);
        tx.update::<Entity>(&before, row, expected, "matching_round.cancelled").await.map(MatchingRound::from)
    })
    .await
}

/// Lists those for whom the last execution found nobody.
pub async fn unmatched(db: &Db, id: Uuid, list: &Listing<UnmatchedFilter>) -> Result<UnmatchedRequestPage> {
    db.reader().find(Entity::find().filter(Column::Id.eq(id))).await?;
    let rows =
        unmatched::Entity::find().filter(unmatched::Column::MatchingRoundId.eq(id)).filter(list.filter.condition());
    let secrets = &db.context().secrets;
    let page = page::fetch(db.reader(), secrets, rows, &list.cut, UNMATCHED_SORTABLE, "mentee_id").await?;
    let people = page
        .items
        .iter()
        .flat_map(|row| std::iter::once(row.mentee_id).chain(row.obstacle.relief.map(|relief| relief.mentor_id)));
    let names = names_of(db.reader(), people.collect()).await?;
    let name = |id: &Uuid| names.get(id).cloned();
    Ok(page.map(|row| UnmatchedRequest {
        request_id: row.request_id,
        mentee_id: row.mentee_id,
        mentee_name: name(&row.mentee_id).unwrap_or_default(),
        rule: row.rule,
        explanation: row.rule.in_words(),
        mentor_name: row.obstacle.relief.and_then(|relief| name(&relief.mentor_id)),
        relaxation: row.obstacle.relief.map(Relaxation::from),
    }))
}

/// The names of these people.
pub(in crate::mentoring) async fn names_of(reader: Reader<'_>, people: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let named = Query::select()
        .columns([librarian::Column::Id, librarian::Column::Name])
        .from(librarian::Entity)
        .and_where(Expr::col(librarian::Column::Id).is_in(people))
        .to_owned();
    Ok(reader.rows(&named, |row| Ok((row.get(0)?, row.get(1)?))).await?.into_iter().collect())
}
