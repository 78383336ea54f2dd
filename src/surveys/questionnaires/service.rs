use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::dto::{NewQuestionnaire, Questionnaire, QuestionnaireChanges, QuestionnaireFilter, QuestionnairePage};
use super::entity::{ActiveModel, Column, Entity, Model, QuestionnaireStatus};
use super::questions::Questions;
use super::rules::wrong_questions;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result, ResultExt};
use crate::kernel::language::Localized;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::text::search_text;
use crate::kernel::validation;

/// Another questionnaire has this code, or this edition is there.
pub const QUESTIONNAIRE_CODE_TAKEN: Refusal = Refusal {
    code: "questionnaire_code_taken",
    status: 409,
    id: "Kode kuesioner ini sudah dipakai",
    en: "Another questionnaire has this code",
};

/// What was published never changes.
pub const QUESTIONNAIRE_CLOSED: Refusal = Refusal {
    code: "questionnaire_closed",
    status: 409,
    id: "Kuesioner yang sudah diterbitkan tidak dapat diubah; buatlah edisi baru",
    en: "A published questionnaire never changes; begin a new edition",
};

const SORTABLE: &Sortable<Entity> = &[("code", Column::Code), ("created_at", Column::CreatedAt)];

/// The editions this caller may know of; every query of this file starts here.
fn visible(access: &Access) -> Select<Entity> {
    if access.is_admin() {
        Entity::find()
    } else {
        Entity::find().filter(Column::Status.ne(QuestionnaireStatus::Draft))
    }
}

fn one(access: &Access, id: Uuid) -> Select<Entity> {
    visible(access).filter(Column::Id.eq(id))
}

/// What a search looks through.
pub fn searched(code: &str, title: &Localized) -> String {
    search_text(&[code, &title.id, title.en.as_deref().unwrap_or_default()])
}

/// Lists editions.
pub async fn list(db: &Db, access: &Access, list: &Listing<QuestionnaireFilter>) -> Result<QuestionnairePage> {
    let rows = visible(access).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "code").await?;
    Ok(page.map(|row| Questionnaire::seen(row, access)))
}

/// Reads an edition.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Questionnaire> {
    db.reader().find(one(access, id)).await.map(|row| Questionnaire::seen(row, access))
}

fn sound(questions: &Questions) -> Result<()> {
    let wrong = wrong_questions(&questions.0);
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid(wrong)) }
}

/// Writes the first edition of a new code.
pub async fn create(db: &Db, access: &Access, new: NewQuestionnaire) -> Result<Questionnaire> {
    let questions = Questions(new.questions.clone());
    sound(&questions)?;
    db.create(access, async move |tx: &Tx<'_>| {
        let row = ActiveModel {
            code: Set(new.code.clone()),
            edition: Set(1),
            search_text: Set(searched(&new.code, &new.title)),
            title: Set(new.title.clone()),
            intro: Set(new.intro.clone()),
            questions: Set(questions.clone()),
            is_sensitive: Set(new.is_sensitive),
            asks_minors: Set(new.asks_minors),
            status: Set(QuestionnaireStatus::Draft),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "questionnaire.created").await;
        let row = row.on_duplicate_of("code", QUESTIONNAIRE_CODE_TAKEN, "code")?;
        Ok(Questionnaire::seen(row, tx.access()))
    })
    .await
}

/// Begins a new edition with the content of this one.
pub async fn begin_edition(db: &Db, access: &Access, id: Uuid) -> Result<Questionnaire> {
    db.create(access, async move |tx: &Tx<'_>| {
        let of = tx.reader().find(one(tx.access(), id)).await?;
        if of.status == QuestionnaireStatus::Draft {
            return Err(INVALID_TRANSITION.into());
        }
        let last = last_edition(tx, &of.code).await?;
        let row = ActiveModel {
            edition: Set(last.edition + 1),
            code: Set(of.code),
            title: Set(of.title),
            intro: Set(of.intro),
            questions: Set(of.questions),
            is_sensitive: Set(of.is_sensitive),
            asks_minors: Set(of.asks_minors),
            status: Set(QuestionnaireStatus::Draft),
            search_text: Set(of.search_text),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "questionnaire.created").await?;
        Ok(Questionnaire::seen(row, tx.access()))
    })
    .await
}

/// The last edition of a code. Its first one is held meanwhile: two that begin at once follow one another.
async fn last_edition(tx: &Tx<'_>, code: &str) -> Result<Model> {
    let editions = || Entity::find().filter(Column::Code.eq(code));
    tx.lock_all(editions().filter(Column::Edition.eq(1))).await?;
    tx.reader().find(editions().order_by_desc(Column::Edition)).await
}

/// Changes a draft.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: QuestionnaireChanges,
) -> Result<Questionnaire> {
    if let Some(intro) = changes.intro.value() {
        let wrong = validation::violations_of(intro, "#/intro");
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
    }
    if let Some(questions) = &changes.questions {
        sound(&Questions(questions.clone()))?;
    }
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        expected.check(before.version)?;
        if before.status != QuestionnaireStatus::Draft {
            return Err(QUESTIONNAIRE_CLOSED.into());
        }
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        row.search_text = Set(searched(&before.code, changes.title.as_ref().unwrap_or(&before.title)));
        set(&mut row.title, changes.title);
        changes.intro.apply(&mut row.intro);
        set(&mut row.questions, changes.questions.map(Questions));
        set(&mut row.is_sensitive, changes.is_sensitive);
        set(&mut row.asks_minors, changes.asks_minors);
        let row = tx.update::<Entity>(&before, row, expected, "questionnaire.updated").await?;
        Ok(Questionnaire::seen(row, tx.access()))
    })
    .await
}

/// Removes a draft for good. What was published once is retired instead.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        expected.check(before.version)?;
        if before.status != QuestionnaireStatus::Draft {
            return Err(QUESTIONNAIRE_CLOSED.into());
        }
        tx.delete::<Entity>(&before, expected, "questionnaire.deleted").await
    })
    .await
}

/// Puts a draft to use; the edition in use until now is retired with it.
pub async fn publish(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Questionnaire> {
    db.write(access, async move |tx: &Tx<'_>| {
        let draft = tx.reader().find(one(tx.access(), id)).await?;
        // All editions of a code are held in one order: of two that are published at once one is in use afterwards.
        let editions = Entity::find().filter(Column::Code.eq(draft.code)).order_by_asc(Column::Id);
        let editions = tx.lock_all(editions).await?;
        let before = editions.iter().find(|row| row.id == id).ok_or(Error::Raced)?;
        if before.status != QuestionnaireStatus::Draft {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(QuestionnaireStatus::Published);
        row.published_at = Set(Some(tx.now()));
        let row = tx.update::<Entity>(before, row, expected, "questionnaire.published").await?;
        for former in editions.iter().filter(|row| row.status == QuestionnaireStatus::Published) {
            retire_in(tx, former, Precondition::default()).await?;
        }
        Ok(Questionnaire::seen(row, tx.access()))
    })
    .await
}

async fn retire_in(tx: &Tx<'_>, before: &Model, expected: Precondition) -> Result<Model> {
    let mut row = before.clone().into_active_model();
    row.status = Set(QuestionnaireStatus::Retired);
    tx.update::<Entity>(before, row, expected, "questionnaire.retired").await
}

/// Takes an edition out of use.
pub async fn retire(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Questionnaire> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        if before.status != QuestionnaireStatus::Published {
            return Err(INVALID_TRANSITION.into());
        }
        let row = retire_in(tx, &before, expected).await?;
        Ok(Questionnaire::seen(row, tx.access()))
    })
    .await
}
