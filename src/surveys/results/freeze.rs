//! What the close of a campaign computes and keeps, in its transaction.
//!
//! Answers are read in one pass, some thousand at a time, and counted as they pass: see [`Counting`].

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::{Builder, Uuid};

use super::counting::{Counting, SKM, words};
use super::dto::AppliedFormula;
use super::entity::{self, ResultAudience, comment};
use super::layout::Layout;
use super::release::{FEWEST, FEWEST_STRICT, Release};
use super::report::{Report, report};
use crate::kernel::db::{Reader, Tx};
use crate::kernel::decimal::hundredths;
use crate::kernel::error::{Error, Result};
use crate::kernel::secret::sha256;
use crate::surveys::campaigns::entity as campaign;
use crate::surveys::questionnaires::entity as questionnaire;
use crate::surveys::responses::entity as response;
use crate::surveys::skm_formulas::service as skm_formulas;

/// A version of the computations. Whoever changes a figure makes a new one, and keeps the old for what was frozen by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The first.
    First,
}

impl Method {
    /// The one by which results are frozen now.
    pub const NOW: Self = Self::First;

    /// Its number, as it is kept and told.
    pub const fn number(self) -> i32 {
        match self {
            Self::First => 1,
        }
    }

    /// The one of this number.
    pub fn numbered(number: i32) -> Result<Self> {
        match number {
            1 => Ok(Self::First),
            other => Err(Error::internal(format!("results were frozen by method {other}, which is not known here"))),
        }
    }
}

/// Answers that are read at once.
const AT_ONCE: u64 = 5000;

/// What is kept of a campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// The formula of the index.
    pub formula: Option<AppliedFormula>,
    /// The figures.
    pub report: Report,
}

/// Computes and keeps the results of a campaign that takes no more answers.
pub async fn freeze_in(tx: &Tx<'_>, campaign: &campaign::Model) -> Result<()> {
    let layout = layout_of(tx.reader(), campaign.questionnaire_id).await?;
    let formula = formula_for(tx.reader(), &layout.0, tx.today()).await?;
    let mut counting = Counting::of(&layout.0);
    let mut after = None;
    loop {
        let page = some_answers(tx.reader(), campaign.id, after).await?;
        let Some((last, _)) = page.last() else { break };
        after = Some(*last);
        let mut said = Vec::new();
        for (id, answers) in &page {
            let answers = read(answers)?;
            counting.add(&answers);
            said.extend(words(&layout.0, &answers).into_iter().filter_map(|(place, text)| {
                let code = layout.0.questions.get(place)?.code.clone();
                Some(comment::ActiveModel {
                    id: Set(scattered(*id, &code)),
                    campaign_id: Set(campaign.id),
                    question_code: Set(code),
                    text: Set(text),
                })
            }));
        }
        tx.put_all::<comment::Entity>(said).await?;
    }
    let [library, public] = releases(&counting, layout.1);
    forget_few(tx, campaign.id, &counting, &library).await?;
    for (audience, release) in [(ResultAudience::Library, library), (ResultAudience::Public, public)] {
        let frozen = frozen(&counting, &release, formula.clone());
        let ikm = frozen.report.overall.skm.as_ref().map(|skm| hundredths(skm.ikm));
        let answered = frozen.report.overall.answered_count;
        let row = entity::ActiveModel {
            campaign_id: Set(campaign.id),
            audience: Set(audience),
            method: Set(Method::NOW.number()),
            skm_formula_id: Set(formula.as_ref().map(|formula| formula.skm_formula_id)),
            threshold: Set(i32::try_from(release.least).map_err(Error::internal)?),
            answered_count: Set(answered.map(i32::try_from).transpose().map_err(Error::internal)?),
            ikm: Set(ikm),
            content: Set(serde_json::to_string(&frozen).map_err(Error::internal)?),
        };
        tx.put::<entity::Entity>(row).await?;
    }
    Ok(())
}

/// The same computations on the same answers by the method and formula of that day: what was frozen, if nothing was tampered with.
pub async fn again(
    reader: Reader<'_>,
    campaign: &campaign::Model,
    method: Method,
    formula: Option<AppliedFormula>,
) -> Result<[Frozen; 2]> {
    let (layout, strict) = layout_of(reader, campaign.questionnaire_id).await?;
    let mut counting = Counting::of(&layout);
    let mut after = None;
    loop {
        let page = some_answers(reader, campaign.id, after).await?;
        let Some((last, _)) = page.last() else { break };
        after = Some(*last);
        for (_, answers) in &page {
            counting.add(&read(answers)?);
        }
    }
    match method {
        Method::First => Ok(releases(&counting, strict).map(|release| frozen(&counting, &release, formula.clone()))),
    }
}

fn frozen(counting: &Counting<'_>, release: &Release, formula: Option<AppliedFormula>) -> Frozen {
    let rule = formula.as_ref().map(|formula| (formula.terms.weight_mode, formula.terms.grades()));
    Frozen { report: report(counting, release, rule.as_ref()), formula }
}

fn releases(counting: &Counting<'_>, strict: bool) -> [Release; 2] {
    let library = Release::of(counting, if strict { FEWEST_STRICT } else { FEWEST }, None);
    let public = Release::of(counting, FEWEST_STRICT, Some(&library));
    [library, public]
}

/// The layout of an edition's answers, and whether the higher threshold holds for them.
async fn layout_of(reader: Reader<'_>, questionnaire_id: Uuid) -> Result<(Layout, bool)> {
    let asked = questionnaire::Entity::find().filter(questionnaire::Column::Id.eq(questionnaire_id));
    let asked = reader.find(asked).await?;
    Ok((Layout::of(&asked.questions.0), asked.is_sensitive || asked.asks_minors))
}

async fn formula_for(reader: Reader<'_>, layout: &Layout, on: NaiveDate) -> Result<Option<AppliedFormula>> {
    if layout.tagged(&SKM).is_empty() {
        return Ok(None);
    }
    let found = skm_formulas::in_force(reader, on).await?;
    Ok(found.map(|row| AppliedFormula {
        skm_formula_id: row.id,
        valid_from: row.valid_from,
        legal_basis: row.legal_basis,
        terms: row.terms,
    }))
}

async fn some_answers(reader: Reader<'_>, campaign_id: Uuid, after: Option<Uuid>) -> Result<Vec<(Uuid, String)>> {
    let some = Query::select()
        .columns([response::Column::Id, response::Column::Answers])
        .from(response::Entity)
        .and_where(Expr::col(response::Column::CampaignId).eq(campaign_id))
        .and_where_option(after.map(|after| Expr::col(response::Column::Id).gt(after)))
        .order_by(response::Column::Id, Order::Asc)
        .limit(AT_ONCE)
        .to_owned();
    reader.heavy_rows(&some, |row| Ok((row.get(0)?, row.get(1)?))).await
}

fn read(answers: &str) -> Result<Vec<Value>> {
    serde_json::from_str(answers).map_err(Error::internal)
}

/// A number that tells neither the order of comments nor which belong together; the same each time.
fn scattered(response: Uuid, question_code: &str) -> Uuid {
    let digest = sha256(&[response.as_bytes(), question_code.as_bytes()].concat());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// Comments on a question that too few commented on are not kept.
async fn forget_few(tx: &Tx<'_>, campaign_id: Uuid, counting: &Counting<'_>, release: &Release) -> Result<()> {
    let layout = counting.layout();
    let told =
        |place: usize| layout.variable_of(place).is_some_and(|variable| release.overall.get(variable) == Some(&true));
    let withheld = layout.questions.iter().enumerate().filter(|(place, _)| !told(*place));
    let delete = Query::delete()
        .from_table(comment::Entity)
        .and_where(Expr::col(comment::Column::CampaignId).eq(campaign_id))
        .and_where(Expr::col(comment::Column::QuestionCode).is_in(withheld.map(|(_, question)| question.code.clone())))
        .to_owned();
    tx.execute(&delete).await.map(|_| ())
}
