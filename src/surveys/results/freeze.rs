//! What is computed of a campaign's answers once it is closed, and kept.
//!
//! Answers are read in one pass, some at a time, and counted as they pass: see [`Counting`].

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{DeleteStatement, Expr, ExprTrait, Order, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::{Builder, Uuid};

use super::counting::{Counting, SKM, words};
use super::dto::AppliedFormula;
use super::entity::{self, ResultAudience, comment};
use super::figures::ResultGroup;
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

/// How many answers are read, counted or written anew at once. A campaign that has no more is closed and counted in one transaction;
/// where there are more a job does it (`job.rs`), so that nobody else waits.
pub const AT_ONCE: u64 = 1_000;

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

/// What is kept of a campaign. `G` is what is read of the groups of its breakdowns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frozen<G = Vec<ResultGroup>> {
    /// The formula of the index.
    pub formula: Option<AppliedFormula>,
    /// The figures.
    pub report: Report<G>,
}

/// By what a campaign's answers are counted.
pub struct Rules {
    /// How they are counted.
    pub layout: Layout,
    /// Whether the higher threshold holds for them.
    is_strict: bool,
    formula: Option<AppliedFormula>,
}

impl Rules {
    /// The rules for a campaign that closed on this day.
    pub async fn of(reader: Reader<'_>, campaign: &campaign::Model, on: NaiveDate) -> Result<Self> {
        let mut rules = Self::without_formula(reader, campaign).await?;
        if !rules.layout.tagged(&SKM).is_empty() {
            rules.formula = skm_formulas::in_force(reader, on).await?.map(|row| AppliedFormula {
                skm_formula_id: row.id,
                valid_from: row.valid_from,
                legal_basis: row.legal_basis,
                terms: row.terms,
            });
        }
        Ok(rules)
    }

    async fn without_formula(reader: Reader<'_>, campaign: &campaign::Model) -> Result<Self> {
        let asked = questionnaire::Entity::find().filter(questionnaire::Column::Id.eq(campaign.questionnaire_id));
        let asked = reader.find(asked).await?;
        let layout = Layout::of(&asked.questions.0);
        Ok(Self { layout, is_strict: asked.is_sensitive || asked.asks_minors, formula: None })
    }
}

/// Words that people wrote, as they are kept: apart from whatever else they answered.
pub type Comments = Vec<comment::ActiveModel>;

/// Counts and keeps the results of a campaign that takes no more answers, and has no more than are read at once.
pub async fn freeze_in(tx: &Tx<'_>, campaign: &campaign::Model) -> Result<()> {
    let rules = Rules::of(tx.reader(), campaign, tx.today()).await?;
    let page = some_answers(tx.reader(), campaign.id, None).await?;
    let (counting, comments) = take_in(Counting::of(rules.layout.clone()), campaign.id, &page)?;
    tx.put_all::<comment::Entity>(comments).await?;
    keep_in(tx, campaign.id, &Results::of(campaign.id, &counting, &rules)?).await
}

/// Counts the answers of a campaign beside the threads that serve; after some of them each time, `keep` gets how many are counted
/// and what people wrote.
pub async fn count(
    reader: Reader<'_>,
    campaign_id: Uuid,
    layout: Layout,
    keep: impl AsyncFn(usize, Comments) -> Result<()>,
) -> Result<Counting> {
    let mut counting = Counting::of(layout);
    let (mut after, mut counted) = (None, 0);
    loop {
        let page = some_answers(reader, campaign_id, after).await?;
        let Some((last, _)) = page.last() else { return Ok(counting) };
        after = Some(*last);
        counted += page.len();
        let taken = tokio::task::spawn_blocking(move || take_in(counting, campaign_id, &page));
        let comments;
        (counting, comments) = taken.await.map_err(Error::internal)??;
        keep(counted, comments).await?;
    }
}

fn take_in(mut counting: Counting, campaign_id: Uuid, page: &[(Uuid, String)]) -> Result<(Counting, Comments)> {
    let mut comments = Vec::new();
    for (id, answers) in page {
        let answers: Vec<Value> = serde_json::from_str(answers).map_err(Error::internal)?;
        counting.add(&answers);
        comments.extend(words(counting.layout(), &answers).into_iter().filter_map(|(place, text)| {
            let code = counting.layout().questions.get(place)?.code.clone();
            Some(comment::ActiveModel {
                id: Set(scattered(*id, &code)),
                campaign_id: Set(campaign_id),
                question_code: Set(code),
                text: Set(text),
            })
        }));
    }
    Ok((counting, comments))
}

/// The same computations on the same answers by the method and formula of that day: what was frozen, if nothing was tampered with.
pub async fn again(
    reader: Reader<'_>,
    campaign: &campaign::Model,
    method: Method,
    formula: Option<AppliedFormula>,
) -> Result<[Frozen; 2]> {
    let Rules { layout, is_strict, .. } = Rules::without_formula(reader, campaign).await?;
    let counting = count(reader, campaign.id, layout, async |_, _| Ok(())).await?;
    let computed = tokio::task::spawn_blocking(move || match method {
        Method::First => releases(&counting, is_strict).map(|release| frozen(&counting, &release, formula.clone())),
    });
    computed.await.map_err(Error::internal)
}

/// What is kept of a campaign, and the questions whose comments are not.
#[derive(Clone)]
pub struct Results {
    rows: Vec<entity::ActiveModel>,
    withheld: Vec<String>,
}

impl Results {
    /// The results of what was counted.
    fn of(campaign_id: Uuid, counting: &Counting, rules: &Rules) -> Result<Self> {
        let Rules { layout, is_strict, formula } = rules;
        let [library, public] = releases(counting, *is_strict);
        let is_told = |place: usize| {
            layout.variable_of(place).is_some_and(|variable| library.overall.get(variable) == Some(&true))
        };
        let withheld = layout.questions.iter().enumerate().filter(|(place, _)| !is_told(*place));
        let withheld = withheld.map(|(_, question)| question.code.clone()).collect();
        let mut rows = Vec::new();
        for (audience, release) in [(ResultAudience::Library, library), (ResultAudience::Public, public)] {
            let frozen = frozen(counting, &release, formula.clone());
            let ikm = frozen.report.overall.skm.as_ref().map(|skm| hundredths(skm.ikm));
            let answered = frozen.report.overall.answered_count;
            rows.push(entity::ActiveModel {
                campaign_id: Set(campaign_id),
                audience: Set(audience),
                method: Set(Method::NOW.number()),
                skm_formula_id: Set(formula.as_ref().map(|formula| formula.skm_formula_id)),
                threshold: Set(i32::try_from(release.least).map_err(Error::internal)?),
                answered_count: Set(answered.map(i32::try_from).transpose().map_err(Error::internal)?),
                ikm: Set(ikm),
                content: Set(serde_json::to_string(&frozen).map_err(Error::internal)?),
            });
        }
        Ok(Self { rows, withheld })
    }

    /// The same, computed beside the threads that serve.
    pub async fn apart(campaign_id: Uuid, counting: Counting, rules: Rules) -> Result<Self> {
        let computed = tokio::task::spawn_blocking(move || Self::of(campaign_id, &counting, &rules));
        computed.await.map_err(Error::internal)?
    }
}

/// Keeps results. Comments on a question that too few commented on are not kept.
pub async fn keep_in(tx: &Tx<'_>, campaign_id: Uuid, results: &Results) -> Result<()> {
    let withheld = Expr::col(comment::Column::QuestionCode).is_in(results.withheld.iter().cloned());
    tx.execute(&comments_of(campaign_id).and_where(withheld).to_owned()).await?;
    tx.put_all::<entity::Entity>(results.rows.iter().cloned()).await
}

/// Removes the comments of a campaign.
pub fn comments_of(campaign_id: Uuid) -> DeleteStatement {
    let campaign = Expr::col(comment::Column::CampaignId).eq(campaign_id);
    Query::delete().from_table(comment::Entity).and_where(campaign).to_owned()
}

fn frozen(counting: &Counting, release: &Release, formula: Option<AppliedFormula>) -> Frozen {
    let rule = formula.as_ref().map(|formula| (formula.terms.weight_mode, formula.terms.grades()));
    Frozen { report: report(counting, release, rule.as_ref()), formula }
}

fn releases(counting: &Counting, is_strict: bool) -> [Release; 2] {
    let library = Release::of(counting, if is_strict { FEWEST_STRICT } else { FEWEST }, None);
    let public = Release::of(counting, FEWEST_STRICT, Some(&library));
    [library, public]
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

/// A number that tells neither the order of comments nor which belong together; the same each time.
fn scattered(response: Uuid, question_code: &str) -> Uuid {
    let digest = sha256(&[response.as_bytes(), question_code.as_bytes()].concat());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}
