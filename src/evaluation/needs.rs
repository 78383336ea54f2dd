//! What showed a need: the object that a finding or an improvement action goes back to, so that the way from the survey, the
//! indicator or the training to what was done about it can be followed in both directions.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Query;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::activities::activities::entity as activity;
use crate::evaluation::change_initiatives::entity as initiative;
use crate::evaluation::findings::entity as finding;
use crate::evaluation::indicators::entity as indicator;
use crate::kernel::db::{Reader, Stored};
use crate::kernel::error::Result;
use crate::kernel::validation::{self, Fault, NO_SUCH_OBJECT, NOT_VALID, REQUIRED, Violation};
use crate::surveys::campaigns::entity as campaign;
use crate::surveys::questionnaires::entity as questionnaire;
use crate::surveys::questionnaires::questions::{QuestionTag, SurveyQuestion};
use crate::surveys::reader_feedback::entity as reader_feedback;

/// The survey asks no such thing.
pub const NOT_AN_ELEMENT: Fault = Fault {
    code: "not_an_element",
    id: "Survei ini tidak mempunyai unsur atau pertanyaan dengan kode itu",
    en: "This survey has neither an element nor a question of this code",
};

/// What kind of object showed a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum NeedKind {
    /// A finding (temuan) of a review.
    Finding,
    /// An indicator (indikator).
    Indicator,
    /// An element (unsur) of a survey: the campaign, and the element's code.
    SurveyElement,
    /// A suggestion or complaint of a reader (saran, pengaduan).
    ReaderFeedback,
    /// An activity (kegiatan).
    Activity,
    /// A change initiative (inisiatif perubahan).
    ChangeInitiative,
}

/// What showed a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "survey_element", "id": "019a0000-0000-7000-8000-000000000040", "element": "U3"}))]
pub struct Need {
    /// What kind of object.
    pub kind: NeedKind,
    /// The object; of a survey element the campaign.
    pub id: Uuid,
    /// The element, for `survey_element` alone, of the campaign's questionnaire: the code of a question, an element of the SKM that one
    /// measures (`U3`), or one of ADKAR (`desire`).
    #[validate(length(min = 1, max = 60), custom(function = validation::visible))]
    #[schema(required, min_length = 1, max_length = 60, pattern = r"\S")]
    #[serde(default)]
    pub element: Option<String>,
}

impl Need {
    /// As it lies in a row.
    pub fn of(kind: Option<NeedKind>, id: Option<Uuid>, element: Option<String>) -> Option<Self> {
        Some(Self { kind: kind?, id: id?, element })
    }
}

/// What is wrong with a link; `place` is where it stands in the body.
pub async fn mistakes(reader: Reader<'_>, need: Option<&Need>, place: &str) -> Result<Vec<Violation>> {
    let Some(need) = need else { return Ok(Vec::new()) };
    let known = match need.kind {
        NeedKind::Finding => has::<finding::Entity>(reader, finding::Column::Id, need.id).await?,
        NeedKind::Indicator => has::<indicator::Entity>(reader, indicator::Column::Id, need.id).await?,
        NeedKind::SurveyElement => has::<campaign::Entity>(reader, campaign::Column::Id, need.id).await?,
        NeedKind::ReaderFeedback => {
            has::<reader_feedback::Entity>(reader, reader_feedback::Column::Id, need.id).await?
        }
        NeedKind::Activity => has::<activity::Entity>(reader, activity::Column::Id, need.id).await?,
        NeedKind::ChangeInitiative => has::<initiative::Entity>(reader, initiative::Column::Id, need.id).await?,
    };
    let mut wrong = Vec::new();
    if !known {
        wrong.push(Violation::pointer(format!("{place}/id"), &NO_SUCH_OBJECT));
    }
    let element = |fault| Violation::pointer(format!("{place}/element"), fault);
    match (need.kind, &need.element) {
        (NeedKind::SurveyElement, None) => wrong.push(element(&REQUIRED)),
        (NeedKind::SurveyElement, Some(code)) if known && !asks(reader, need.id, code).await? => {
            wrong.push(element(&NOT_AN_ELEMENT));
        }
        (NeedKind::SurveyElement, Some(_)) | (_, None) => {}
        (_, Some(_)) => wrong.push(element(&NOT_VALID)),
    }
    Ok(wrong)
}

/// Whether a campaign asks about an element.
async fn asks(reader: Reader<'_>, campaign_id: Uuid, element: &str) -> Result<bool> {
    let asked = Query::select()
        .column(campaign::Column::QuestionnaireId)
        .from(campaign::Entity)
        .and_where(campaign::Column::Id.eq(campaign_id))
        .to_owned();
    let asked = questionnaire::Entity::find().filter(questionnaire::Column::Id.in_subquery(asked));
    let questions = reader.find(asked).await?.questions.0;
    let is_it =
        |question: &SurveyQuestion| question.code == element || question.tags.iter().any(|tag| is_named(*tag, element));
    Ok(questions.iter().any(is_it))
}

/// Whether an element goes by this name: `U3` and `desire` for the tags `skm_u3` and `adkar_desire`.
fn is_named(tag: QuestionTag, element: &str) -> bool {
    let Ok(serde_json::Value::String(name)) = serde_json::to_value(tag) else { return false };
    let skm = name.strip_prefix("skm_").is_some_and(|code| code.to_uppercase() == element);
    skm || name.strip_prefix("adkar_") == Some(element)
}

async fn has<E: Stored>(reader: Reader<'_>, column: E::Column, id: Uuid) -> Result<bool> {
    reader.exists(E::find().filter(column.eq(id))).await
}
