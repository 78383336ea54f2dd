use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::dto::{
    BehaviourAnswer, BehaviourEvaluation, BehaviourEvaluationFilter, BehaviourEvaluationPage, BehaviourReassignment,
};
use super::entity::{BEHAVIOUR_ITEMS, Column, Entity, Model, Perspective, Ratings};
use crate::activities::activities::entity as activity;
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{NO_SUCH_OBJECT, REPEATED, REQUIRED, TAKEN, Violation};
use crate::staff::librarians::entity as librarian;
use crate::staff::reach;

/// Somebody else is asked.
pub const NOT_ASKED: Refusal = Refusal {
    code: "not_the_respondent",
    status: 403,
    id: "Evaluasi ini dijawab oleh orang yang ditanya",
    en: "Who is asked answers this, nobody else",
};

const SORTABLE: &Sortable<Entity> = &[("due_on", Column::DueOn), ("created_at", Column::CreatedAt)];

/// The questions this caller may know of: those to themself; as an admin all.
fn visible(access: &Access, on: NaiveDate) -> Select<Entity> {
    Entity::find().filter(reach::within(access, Column::RespondentId, on))
}

/// Questions with the titles and names that they are about.
async fn answers(
    reader: Reader<'_>,
    rows: Vec<Model>,
    access: &Access,
    on: NaiveDate,
) -> Result<Vec<BehaviourEvaluation>> {
    let about = activity::Entity::find().filter(activity::Column::Id.is_in(rows.iter().map(|row| row.activity_id)));
    let titles: HashMap<Uuid, String> = reader.all(about).await?.into_iter().map(|row| (row.id, row.title)).collect();
    let people = librarian::Entity::find().filter(librarian::Column::Id.is_in(rows.iter().map(|row| row.librarian_id)));
    let names: HashMap<Uuid, String> = reader.all(people).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let seen = |row: Model| {
        let title = titles.get(&row.activity_id).cloned().unwrap_or_default();
        let name = names.get(&row.librarian_id).cloned().unwrap_or_default();
        BehaviourEvaluation::seen(row, title, name, access, on)
    };
    Ok(rows.into_iter().map(seen).collect())
}

async fn answer_of(reader: Reader<'_>, row: Model, access: &Access, on: NaiveDate) -> Result<BehaviourEvaluation> {
    let mut seen = answers(reader, vec![row], access, on).await?;
    seen.pop().ok_or_else(|| Error::internal("a question is answered as one"))
}

/// Lists questions about behaviour.
pub async fn list(
    db: &Db,
    access: &Access,
    list: &Listing<BehaviourEvaluationFilter>,
) -> Result<BehaviourEvaluationPage> {
    let rows = visible(access, db.today()).filter(list.filter.condition(db.today()));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "due_on").await?;
    let items = answers(db.reader(), page.items, access, db.today()).await?;
    Ok(BehaviourEvaluationPage { items, page: page.page })
}

/// Reads a question.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<BehaviourEvaluation> {
    let row = db.reader().find(visible(access, db.today()).filter(Column::Id.eq(id))).await?;
    answer_of(db.reader(), row, access, db.today()).await
}

/// A question that waits for its answer, kept from changing otherwise until this transaction ends.
async fn hold(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    tx.lock(visible(tx.access(), tx.today()).filter(Column::Id.eq(id))).await
}

/// Keeps an answer. The row lets one through, however many come at once.
pub async fn answer(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    answer: BehaviourAnswer,
) -> Result<BehaviourEvaluation> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        expected.check(before.version)?;
        check(&answer)?;
        if !before.respondent_id.is_some_and(|respondent| tx.access().is_own(respondent)) {
            return Err(NOT_ASKED.into());
        }
        if before.answered_at.is_some() {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.answered_at = Set(Some(tx.now()));
        row.ratings = Set(Some(Ratings(answer.ratings.clone())));
        row.is_applied = Set(Some(answer.is_applied));
        row.comment = Set(answer.comment.clone());
        let row = tx.update::<Entity>(&before, row, expected, "behaviour_evaluation.answered").await?;
        answer_of(tx.reader(), row, tx.access(), tx.today()).await
    })
    .await
}

/// Each item is rated once.
fn check(answer: &BehaviourAnswer) -> Result<()> {
    let mut seen = HashSet::new();
    let repeated = answer.ratings.iter().enumerate().filter(|(_, rating)| !seen.insert(rating.item));
    let mut wrong: Vec<Violation> =
        repeated.map(|(index, _)| Violation::pointer(format!("#/ratings/{index}/item"), &REPEATED)).collect();
    if BEHAVIOUR_ITEMS.iter().any(|item| !answer.ratings.iter().any(|rating| rating.item == *item)) {
        wrong.push(Violation::field("ratings", &REQUIRED));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid(wrong)) }
}

/// Asks somebody else, before anybody answered.
pub async fn reassign(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    new: BehaviourReassignment,
) -> Result<BehaviourEvaluation> {
    db.write(access, async move |tx: &Tx<'_>| {
        let known = tx.reader().find(visible(tx.access(), tx.today()).filter(Column::Id.eq(id))).await?;
        // All questions about one participant are held together, so that nobody is asked twice.
        let together = Entity::find().filter(Column::RegistrationId.eq(known.registration_id)).order_by_asc(Column::Id);
        let together = tx.lock_all(together).await?;
        let before = together.iter().find(|row| row.id == id).cloned().ok_or(Error::Raced)?;
        expected.check(before.version)?;
        let mut wrong = Vec::new();
        if reach::on_staff(tx.reader(), [new.respondent_id]).await?.is_empty() {
            wrong.push(Violation::field("respondent_id", &NO_SUCH_OBJECT));
        } else if before.librarian_id == new.respondent_id
            || together.iter().any(|row| row.id != id && row.respondent_id == Some(new.respondent_id))
        {
            wrong.push(Violation::field("respondent_id", &TAKEN));
        }
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        if before.answered_at.is_some() || before.perspective == Perspective::Alumnus {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.respondent_id = Set(Some(new.respondent_id));
        let row = tx.update::<Entity>(&before, row, expected, "behaviour_evaluation.reassigned").await?;
        answer_of(tx.reader(), row, tx.access(), tx.today()).await
    })
    .await
}
