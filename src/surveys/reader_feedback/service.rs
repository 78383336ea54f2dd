use chrono::{NaiveDate, TimeDelta};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{
    FeedbackReceipt, NewReaderFeedback, PublicFeedback, ReaderFeedback, ReaderFeedbackFilter, ReaderFeedbackPage,
};
use super::entity::{ActiveModel, Column, Entity, FeedbackChannel, FeedbackStatus, Model};
use crate::kernel::clock::Instant;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{NOT_FOUND, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::{Access, Reach};
use crate::kernel::secret::{paper_code, random_bytes, read_paper_code, sha256};
use crate::kernel::text::{nfc, search_text};
use crate::staff::reach;
use crate::surveys::survey_settings::service::hours_for;

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt), ("due_at", Column::DueAt)];

/// The feedback this caller may know of: all, or what they are to answer or wrote down; every query of this folder starts here.
pub(super) fn visible(on: NaiveDate, access: &Access) -> Select<Entity> {
    if access.reach() == Reach::All {
        return Entity::find();
    }
    let own = Condition::any().add(reach::within(access, Column::AssigneeId, on)).add(reach::within(
        access,
        Column::RecordedBy,
        on,
    ));
    Entity::find().filter(own)
}

/// Lists feedback.
pub async fn list(db: &Db, access: &Access, list: &Listing<ReaderFeedbackFilter>) -> Result<ReaderFeedbackPage> {
    let now = db.now();
    let rows = visible(db.today(), access).filter(list.filter.condition(now));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    Ok(page.map(|row| ReaderFeedback::seen(row, access, now)))
}

/// Reads what a reader said.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<ReaderFeedback> {
    let row = db.reader().find(visible(db.today(), access).filter(Column::Id.eq(id))).await?;
    Ok(ReaderFeedback::seen(row, access, db.now()))
}

/// Writes down what the staff was told.
pub async fn create(db: &Db, access: &Access, new: NewReaderFeedback) -> Result<ReaderFeedback> {
    db.create(access, async move |tx: &Tx<'_>| {
        let row = received_in(tx, &new, FeedbackChannel::Staff, None).await?;
        Ok(ReaderFeedback::seen(row, tx.access(), tx.now()))
    })
    .await
}

/// Takes in what a reader writes without an account; answers the code by which they find the answer.
pub async fn receive(db: &Db, new: NewReaderFeedback) -> Result<FeedbackReceipt> {
    let code = paper_code(&random_bytes()?)?;
    let hash = hash_of(&code)?;
    let row = db
        .run(Access::system(), async move |tx: &Tx<'_>| {
            received_in(tx, &new, FeedbackChannel::Public, Some(hash.clone())).await
        })
        .await?;
    Ok(FeedbackReceipt { code, due_at: Instant(row.due_at) })
}

fn hash_of(typed: &str) -> Result<Vec<u8>> {
    let code = read_paper_code(typed).ok_or(NOT_FOUND)?;
    Ok(sha256(code.as_bytes()).to_vec())
}

async fn received_in(
    tx: &Tx<'_>,
    new: &NewReaderFeedback,
    channel: FeedbackChannel,
    code_hash: Option<Vec<u8>>,
) -> Result<Model> {
    let hours = hours_for(tx.reader(), new.kind).await?;
    let row = ActiveModel {
        kind: Set(new.kind),
        channel: Set(channel),
        search_text: Set(search_text(&[&new.message, new.service.as_deref().unwrap_or_default()])),
        message: Set(nfc(&new.message)),
        service: Set(new.service.clone()),
        contact: Set(new.contact.clone()),
        code_hash: Set(code_hash),
        status: Set(FeedbackStatus::Received),
        due_at: Set(tx.now() + TimeDelta::hours(hours.into())),
        recorded_by: Set(tx.access().own_librarian()),
        ..Default::default()
    };
    tx.insert::<Entity>(row, "reader_feedback.received").await
}

/// What a reader finds by their code.
pub async fn follow(db: &Db, typed: &str) -> Result<PublicFeedback> {
    let hash = hash_of(typed)?;
    db.reader().find(Entity::find().filter(Column::CodeHash.eq(hash))).await.map(PublicFeedback::from)
}
