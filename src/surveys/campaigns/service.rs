use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, IntoColumnRef, IntoTableRef, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::content::{CampaignChanges, NewCampaign};
use super::dto::{Campaign, CampaignFilter, CampaignPage, Counts};
use super::entity::{ActiveModel, CampaignAudience, CampaignStatus, Column, Entity, Model, SubjectKind, token};
use super::subject;
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::language::Localized;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::text::search_text;
use crate::kernel::validation::{ENDS_BEFORE_IT_BEGINS, Fault, NO_SUCH_OBJECT, Violation};
use crate::surveys::questionnaires::entity::{self as questionnaire, QuestionnaireStatus};
use crate::surveys::responses::entity as response;

/// What is over or called off stays as it is.
pub const CAMPAIGN_CLOSED: Refusal = Refusal {
    code: "campaign_closed",
    status: 409,
    id: "Survei yang sudah ditutup atau dibatalkan tidak dapat diubah",
    en: "A campaign that is closed or cancelled can no longer change",
};

/// Only a published edition is asked.
pub const NOT_PUBLISHED: Fault = Fault {
    code: "not_published",
    id: "Hanya edisi yang diterbitkan dapat dipakai",
    en: "Only a published edition can be asked",
};

/// Nobody takes part in nothing.
pub const PARTICIPANTS_OF_NOTHING: Fault = Fault {
    code: "participants_of_nothing",
    id: "Peserta hanya dapat ditanya tentang sesuatu yang mempunyai peserta",
    en: "Participants are asked about something that has participants",
};

/// Readers have no account, and so no name.
pub const READERS_HAVE_NO_NAME: Fault = Fault {
    code: "readers_have_no_name",
    id: "Pemustaka selalu menjawab tanpa nama",
    en: "Readers are always asked without their names",
};

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt), ("closes_on", Column::ClosesOn)];

/// The campaigns this caller may know of; every query of this folder starts here.
pub(super) fn visible(access: &Access) -> Select<Entity> {
    if access.is_admin() { Entity::find() } else { Entity::find().filter(Column::Status.ne(CampaignStatus::Draft)) }
}

/// A campaign that this caller may know of.
pub fn one(access: &Access, id: Uuid) -> Select<Entity> {
    visible(access).filter(Column::Id.eq(id))
}

/// Lists campaigns.
pub async fn list(db: &Db, access: &Access, list: &Listing<CampaignFilter>) -> Result<CampaignPage> {
    let rows = visible(access).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    let mut counts = counts_of(db.reader(), &page.items).await?;
    Ok(page.map(|row| {
        let counts = counts.remove(&row.id).unwrap_or_default();
        Campaign::seen(row, counts, access)
    }))
}

/// Reads a campaign.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Campaign> {
    let row = db.reader().find(one(access, id)).await?;
    answer(db.reader(), row, access).await
}

/// A campaign with its counts.
pub(super) async fn answer(reader: Reader<'_>, row: Model, access: &Access) -> Result<Campaign> {
    let mut counts = counts_of(reader, std::slice::from_ref(&row)).await?;
    let counts = counts.remove(&row.id).unwrap_or_default();
    Ok(Campaign::seen(row, counts, access))
}

/// What is counted of these campaigns while they are not over: afterwards nothing can change.
async fn counts_of(reader: Reader<'_>, rows: &[Model]) -> Result<HashMap<Uuid, Counts>> {
    let live: Vec<_> = rows.iter().filter(|row| row.response_count.is_none()).map(|row| row.id).collect();
    let mut counts: HashMap<Uuid, Counts> = HashMap::new();
    for (id, count) in count_by(reader, response::Entity, response::Column::CampaignId, &live).await? {
        counts.entry(id).or_default().responses = count;
    }
    for (id, count) in count_by(reader, token::Entity, token::Column::CampaignId, &live).await? {
        counts.entry(id).or_default().tokens = count;
    }
    Ok(counts)
}

/// How many rows of a table each of these campaigns has.
pub(super) async fn count_by(
    reader: Reader<'_>,
    table: impl IntoTableRef,
    column: impl IntoColumnRef + Copy,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, i32)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let counted = Query::select()
        .expr(Expr::col(column))
        .expr(Expr::col(Asterisk).count())
        .from(table)
        .and_where(Expr::col(column).is_in(ids.iter().copied()))
        .add_group_by([Expr::col(column)])
        .to_owned();
    reader
        .rows(&counted, |row| {
            let count = i32::try_from(row.get::<i64>(1)?).map_err(Error::internal)?;
            Ok((row.get::<Uuid>(0)?, count))
        })
        .await
}

fn searched(title: &Localized) -> String {
    search_text(&[&title.id, title.en.as_deref().unwrap_or_default()])
}

/// Prepares a campaign.
pub async fn create(db: &Db, access: &Access, new: NewCampaign) -> Result<Campaign> {
    db.create(access, async move |tx: &Tx<'_>| {
        let wrong = wrong_in(tx, &new).await?;
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        let row = ActiveModel {
            questionnaire_id: Set(new.questionnaire_id),
            search_text: Set(searched(&new.title)),
            title: Set(new.title.clone()),
            subject_kind: Set(new.subject.map(|subject| subject.kind)),
            subject_id: Set(new.subject.and_then(|subject| subject.id)),
            audience: Set(new.audience),
            is_anonymous: Set(new.is_anonymous),
            opens_on: Set(new.opens_on),
            closes_on: Set(new.closes_on),
            population: Set(new.population),
            status: Set(CampaignStatus::Draft),
            tokens_issued: Set(0),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "campaign.created").await?;
        Ok(Campaign::seen(row, Counts::default(), tx.access()))
    })
    .await
}

async fn wrong_in(tx: &Tx<'_>, new: &NewCampaign) -> Result<Vec<Violation>> {
    let mut wrong = Vec::new();
    let asked = questionnaire::Entity::find().filter(questionnaire::Column::Id.eq(new.questionnaire_id));
    match tx.reader().one(asked).await? {
        None => wrong.push(Violation::field("questionnaire_id", &NO_SUCH_OBJECT)),
        Some(asked) if asked.status == QuestionnaireStatus::Published => {}
        Some(_) => wrong.push(Violation::field("questionnaire_id", &NOT_PUBLISHED)),
    }
    if new.closes_on < new.opens_on {
        wrong.push(Violation::field("closes_on", &ENDS_BEFORE_IT_BEGINS));
    }
    if new.audience == CampaignAudience::Readers && !new.is_anonymous {
        wrong.push(Violation::field("is_anonymous", &READERS_HAVE_NO_NAME));
    }
    let named = new.subject.and_then(|about| about.id.map(|id| (about.kind, id)));
    if new.audience == CampaignAudience::Participants && named.is_none() {
        wrong.push(Violation::field("audience", &PARTICIPANTS_OF_NOTHING));
    }
    let needs_one = |kind| matches!(kind, SubjectKind::Activity | SubjectKind::ChangeInitiative);
    let is_there = match (new.subject, named) {
        (Some(about), None) => !needs_one(about.kind),
        (_, Some((kind, id))) => match subject::of(tx, kind) {
            Some(subject) => subject::exists(tx.reader(), subject, id).await?,
            None => false,
        },
        (None, None) => true,
    };
    if !is_there {
        wrong.push(Violation::field("subject/id", &NO_SUCH_OBJECT));
    }
    Ok(wrong)
}

/// Changes a campaign that is not over.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: CampaignChanges,
) -> Result<Campaign> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        expected.check(before.version)?;
        let changes = changes.clone();
        let (opens_on, closes_on) =
            (changes.opens_on.unwrap_or(before.opens_on), changes.closes_on.unwrap_or(before.closes_on));
        if closes_on < opens_on {
            return Err(Error::invalid(vec![Violation::field("closes_on", &ENDS_BEFORE_IT_BEGINS)]));
        }
        if !matches!(before.status, CampaignStatus::Draft | CampaignStatus::Open) {
            return Err(CAMPAIGN_CLOSED.into());
        }
        let mut row = before.clone().into_active_model();
        row.search_text = Set(searched(changes.title.as_ref().unwrap_or(&before.title)));
        row.opens_on = Set(opens_on);
        row.closes_on = Set(closes_on);
        set(&mut row.title, changes.title);
        changes.population.apply(&mut row.population);
        let row = tx.update::<Entity>(&before, row, expected, "campaign.updated").await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}
