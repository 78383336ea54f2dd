use chrono::{DateTime, NaiveDate, Utc};
use data_encoding::HEXLOWER;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::dto::{CampaignResults, MeanChange, PreviousResults, ResultQuery, ResultVerification};
use super::entity::{self, ResultAudience};
use super::figures::ResultGroup;
use super::freeze::{Frozen, Method, again};
use super::suggestions::suggestions;
use crate::kernel::clock::local_date;
use crate::kernel::db::{Db, Reader};
use crate::kernel::decimal::{decimal, four_places, hundredths, ten_thousandths};
use crate::kernel::error::{Error, NOT_FOUND, Refusal, Result};
use crate::kernel::policy::Access;
use crate::kernel::secret::sha256;
use crate::kernel::validation::{Fault, Violation};
use crate::surveys::campaigns::entity as campaign;
use crate::surveys::campaigns::service::one;
use crate::surveys::questionnaires::entity as questionnaire;
use crate::surveys::statistics::sample::krejcie_morgan;

/// Results come with the close: before, one more answer could be told from the difference between two looks.
pub const RESULTS_NOT_FROZEN: Refusal = Refusal {
    code: "results_not_frozen",
    status: 404,
    id: "Hasil survei tersedia setelah survei ditutup dan jawabannya dihitung",
    en: "Results are there once the campaign is closed and its answers are counted",
};

/// The answers are not counted.
pub const NOT_COUNTED: Fault = Fault {
    code: "not_counted",
    id: "Jawaban survei ini belum dihitung",
    en: "The answers to this campaign are not counted yet",
};

/// The questionnaire does not ask what results are to be broken down by.
pub const NOT_ASKED_ABOUT: Fault = Fault {
    code: "not_asked_about",
    id: "Kuesioner ini tidak menanyakannya",
    en: "The questionnaire does not ask for it",
};

/// The results of a campaign that is closed and counted.
pub async fn read(db: &Db, access: &Access, campaign_id: Uuid, query: &ResultQuery) -> Result<CampaignResults> {
    let campaign = counted(db, access, campaign_id).await?;
    results(db.reader(), campaign, ResultAudience::Library, query).await
}

/// The results of a campaign as they were published.
pub async fn read_published(db: &Db, campaign_id: Uuid, query: &ResultQuery) -> Result<CampaignResults> {
    let campaign = campaign::Entity::find()
        .filter(campaign::Column::Id.eq(campaign_id))
        .filter(campaign::Column::PublishedAt.is_not_null());
    let campaign = db.reader().find(campaign).await?;
    results(db.reader(), campaign, ResultAudience::Public, query).await
}

/// A campaign that is closed and counted.
async fn counted(db: &Db, access: &Access, campaign_id: Uuid) -> Result<campaign::Model> {
    let campaign = db.reader().find(one(access, campaign_id)).await?;
    if campaign.results_frozen_at.is_some() {
        Ok(campaign)
    } else {
        Err(RESULTS_NOT_FROZEN.at(Violation::parameter("campaign_id", &NOT_COUNTED)))
    }
}

/// What was frozen, with the groups of its breakdowns as text: few who ask want them.
fn content(row: &entity::Model) -> Result<Frozen<&RawValue>> {
    serde_json::from_str(&row.content).map_err(Error::internal)
}

async fn row(reader: Reader<'_>, campaign_id: Uuid, audience: ResultAudience) -> Result<entity::Model> {
    let row = entity::Entity::find()
        .filter(entity::Column::CampaignId.eq(campaign_id))
        .filter(entity::Column::Audience.eq(audience));
    reader.find(row).await
}

async fn results(
    reader: Reader<'_>,
    campaign: campaign::Model,
    audience: ResultAudience,
    query: &ResultQuery,
) -> Result<CampaignResults> {
    let kept = row(reader, campaign.id, audience).await?;
    let Frozen { formula, report } = content(&kept)?;
    let by = match query.by {
        Some(by) if !report.profile.iter().any(|profile| profile.by == by) => {
            return Err(NOT_FOUND.at(Violation::parameter("by", &NOT_ASKED_ABOUT)));
        }
        by => by,
    };
    let asked = questionnaire::Entity::find().filter(questionnaire::Column::Id.eq(campaign.questionnaire_id));
    let asked = reader.find(asked).await?;
    let previous = previous(reader, &campaign, &asked.code, audience, &report.overall).await?;
    let suggested = match (&report.overall.skm, &formula) {
        (Some(skm), Some(formula)) if audience == ResultAudience::Library => suggestions(skm, &formula.terms.grades()),
        _ => Vec::new(),
    };
    let groups = report.breakdowns.iter().find(|breakdown| Some(breakdown.by) == by);
    let groups = groups.map(|breakdown| serde_json::from_str(breakdown.groups.get())).transpose();
    Ok(CampaignResults {
        campaign_id: campaign.id,
        closed_on: closed_on(campaign.closed_at)?,
        title: campaign.title,
        questionnaire_id: asked.id,
        questionnaire_code: asked.code,
        edition: asked.edition,
        method: kept.method,
        formula,
        threshold: kept.threshold.into(),
        population: campaign.population,
        target_sample: campaign.population.map(target_sample),
        overall: report.overall,
        reliability: report.reliability,
        profile: report.profile,
        by,
        groups: groups.map_err(Error::internal)?.unwrap_or_default(),
        previous,
        suggestions: suggested,
    })
}

fn target_sample(population: i32) -> i64 {
    i64::try_from(krejcie_morgan(population.unsigned_abs().into())).unwrap_or(i64::MAX)
}

fn closed_on(closed_at: Option<DateTime<Utc>>) -> Result<NaiveDate> {
    closed_at.map(local_date).ok_or_else(|| Error::internal("a closed campaign has a day on which it closed"))
}

/// The campaign before, of the same questionnaire about the same subject, with what changed since.
async fn previous(
    reader: Reader<'_>,
    campaign: &campaign::Model,
    code: &str,
    audience: ResultAudience,
    now: &ResultGroup,
) -> Result<Option<PreviousResults>> {
    let Some(closed_at) = campaign.closed_at else { return Ok(None) };
    let editions = Query::select()
        .column(questionnaire::Column::Id)
        .from(questionnaire::Entity)
        .and_where(questionnaire::Column::Code.eq(code))
        .to_owned();
    let mut before = campaign::Entity::find()
        .filter(campaign::Column::QuestionnaireId.in_subquery(editions))
        .filter(campaign::Column::ResultsFrozenAt.is_not_null())
        .filter(campaign::Column::ClosedAt.lt(closed_at))
        .order_by_desc(campaign::Column::ClosedAt)
        .order_by_desc(campaign::Column::Id);
    before = match campaign.subject_id {
        Some(subject) => before.filter(campaign::Column::SubjectId.eq(subject)),
        None => before.filter(campaign::Column::SubjectId.is_null()),
    };
    if audience == ResultAudience::Public {
        before = before.filter(campaign::Column::PublishedAt.is_not_null());
    }
    let Some(before) = reader.one(before).await? else { return Ok(None) };
    let kept = row(reader, before.id, audience).await?;
    let then = content(&kept)?.report.overall;
    let index = |overall: &ResultGroup| overall.skm.as_ref().map(|skm| skm.ikm);
    let (ikm, ikm_now) = (index(&then), index(now));
    let means = then.questions.iter().filter_map(|question| {
        let mean = question.mean?;
        let since = now.questions.iter().find(|now| now.code == question.code && now.kind == question.kind)?;
        let change = four_places(ten_thousandths(since.mean?) - ten_thousandths(mean));
        Some(MeanChange { code: question.code.clone(), mean, change })
    });
    let means = means.collect();
    Ok(Some(PreviousResults {
        campaign_id: before.id,
        closed_on: closed_on(before.closed_at)?,
        title: before.title,
        answered_count: then.answered_count,
        ikm,
        ikm_change: ikm_now
            .zip(ikm)
            .map(|(now, then)| decimal(i64::from(hundredths(now)) - i64::from(hundredths(then)))),
        means,
    }))
}

/// Counts the answers of a closed campaign anew, and says whether that gives what was frozen.
pub async fn verify(db: &Db, access: &Access, campaign_id: Uuid) -> Result<ResultVerification> {
    let campaign = counted(db, access, campaign_id).await?;
    let library = row(db.reader(), campaign.id, ResultAudience::Library).await?;
    let public = row(db.reader(), campaign.id, ResultAudience::Public).await?;
    let formula = content(&library)?.formula;
    let recomputed = again(db.reader(), &campaign, Method::numbered(library.method)?, formula).await?;
    let mut anew = String::new();
    for frozen in &recomputed {
        anew.push_str(&serde_json::to_string(frozen).map_err(Error::internal)?);
    }
    let kept = format!("{}{}", library.content, public.content);
    Ok(ResultVerification {
        campaign_id,
        is_equal: kept == anew,
        method: library.method,
        skm_formula_id: library.skm_formula_id,
        frozen_sha256: HEXLOWER.encode(&sha256(kept.as_bytes())),
        recomputed_sha256: HEXLOWER.encode(&sha256(anew.as_bytes())),
    })
}
