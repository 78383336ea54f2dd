//! Answering without an account. Nothing here knows who calls: no event, no key of a repeated request, no instant.

use std::net::IpAddr;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{PublicSurvey, SurveyAnswers};
use super::entity::{ActiveModel, Column, Entity};
use super::form::form_of;
use super::shuffle::random_id;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{NOT_FOUND, Refusal, Result};
use crate::kernel::language::Language;
use crate::kernel::limits::Limits;
use crate::kernel::policy::Access;
use crate::surveys::campaigns::entity::{self as campaign, token};
use crate::surveys::campaigns::tokens::{self, Key};

/// The survey has not begun, or is over.
pub const SURVEY_NOT_OPEN: Refusal = Refusal {
    code: "survey_not_open",
    status: 409,
    id: "Survei ini belum dimulai atau sudah berakhir",
    en: "The survey has not begun, or is over",
};

/// The token was used, or the person has answered.
pub const ALREADY_ANSWERED: Refusal = Refusal {
    code: "already_answered",
    status: 409,
    id: "Survei ini sudah dijawab; jawaban pertama yang berlaku",
    en: "This was answered already; the first answer stands",
};

/// Nobody hands out so many links: somebody floods it.
pub const SURVEY_FULL: Refusal = Refusal {
    code: "survey_full",
    status: 409,
    id: "Tautan terbuka survei ini sudah menerima jawaban sebanyak yang dapat diterimanya",
    en: "The open link of this survey has taken as many answers as it can",
};

/// Ids are random but for their first bit, so a 256th of all answers has one below this: a few rows tell about how many there are.
const A_SHARE: Uuid = Uuid::from_u128(1 << 119);
/// With so many answers in that share, about 256,000 in all, an open link takes no more.
const MOST_IN_A_SHARE: i64 = 1_000;

/// Whether a campaign has about as many answers as an open link may bring; whoever holds a token is not held up by it.
async fn is_full(db: &Db, campaign_id: Uuid) -> Result<bool> {
    let share = Entity::find().filter(Column::CampaignId.eq(campaign_id)).filter(Column::Id.lt(A_SHARE));
    Ok(db.reader().count(share, MOST_IN_A_SHARE.unsigned_abs()).await? >= MOST_IN_A_SHARE)
}

/// The campaign that a token is for, with the token as it is kept.
async fn campaign_of(db: &Db, typed: &str) -> Result<(campaign::Model, Key)> {
    let key = tokens::read(&db.context().secrets, typed).ok_or(NOT_FOUND)?;
    let found = campaign::Entity::find().filter(match &key {
        Key::Once(campaign_id, _) => campaign::Column::Id.eq(*campaign_id),
        Key::Link(hash) => campaign::Column::LinkHash.eq(hash.clone()),
    });
    let row = db.reader().find(found).await?;
    if row.takes_answers(db.today()) { Ok((row, key)) } else { Err(SURVEY_NOT_OPEN.into()) }
}

/// What is asked of whoever holds this token.
pub async fn read(db: &Db, typed: &str, language: Language) -> Result<PublicSurvey> {
    let (campaign, key) = campaign_of(db, typed).await?;
    if let Key::Once(_, hash) = key {
        let unused = token::Entity::find().filter(token::Column::Hash.eq(hash));
        if !db.reader().exists(unused).await? {
            return Err(ALREADY_ANSWERED.into());
        }
    }
    let form = form_of(db.reader(), campaign.questionnaire_id).await?;
    Ok(PublicSurvey::of(&campaign.title, campaign.closes_on, form.intro.as_ref(), &form.questions, language))
}

/// Takes in what somebody answers.
pub async fn answer(
    db: &Db,
    limits: &Limits,
    address: Option<IpAddr>,
    typed: &str,
    given: &SurveyAnswers,
) -> Result<()> {
    if let Some(Key::Link(hash)) = tokens::read(&db.context().secrets, typed) {
        limits.charge_sending(&hash, address)?;
    }
    let (campaign, key) = campaign_of(db, typed).await?;
    if matches!(key, Key::Link(_)) && is_full(db, campaign.id).await? {
        return Err(SURVEY_FULL.into());
    }
    // Checked before the transaction, which is as short as it can be.
    let answers = form_of(db.reader(), campaign.questionnaire_id).await?.written(&given.answers)?;
    let campaign_id = campaign.id;
    db.run(Access::system(), async move |tx: &Tx<'_>| {
        let campaign = tx.share(campaign::Entity::find().filter(campaign::Column::Id.eq(campaign_id))).await?;
        if !campaign.takes_answers(tx.today()) {
            return Err(SURVEY_NOT_OPEN.into());
        }
        if let Key::Once(_, hash) = &key {
            spend_in(tx, hash).await?;
        }
        let row = ActiveModel {
            campaign_id: Set(campaign_id),
            id: Set(random_id()?),
            librarian_id: Set(None),
            answered_on: Set(tx.today()),
            answers: Set(answers.clone()),
        };
        tx.put::<Entity>(row).await.map(|_| ())
    })
    .await
}

/// Uses a token up. Of many that come with it at once one finds its row.
async fn spend_in(tx: &Tx<'_>, hash: &[u8]) -> Result<()> {
    let spend = Query::delete()
        .from_table(token::Entity)
        .and_where(Expr::col(token::Column::Hash).eq(hash.to_vec()))
        .to_owned();
    if tx.execute(&spend).await? == 0 { Err(ALREADY_ANSWERED.into()) } else { Ok(()) }
}
