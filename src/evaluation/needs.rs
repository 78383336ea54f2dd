//! What showed a need: the object that a finding or an improvement action goes back to, so that the way from the survey, the
//! indicator or the training to what was done about it can be followed in both directions.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::activities::activities::entity as activity;
use crate::evaluation::change_initiatives::entity as initiative;
use crate::evaluation::findings::entity as finding;
use crate::evaluation::indicators::entity as indicator;
use crate::kernel::db::{Reader, Stored};
use crate::kernel::error::Result;
use crate::kernel::validation::{self, NO_SUCH_OBJECT, NOT_VALID, REQUIRED, Violation};
use crate::surveys::campaigns::entity as campaign;
use crate::surveys::reader_feedback::entity as reader_feedback;

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
    /// The code of the element, for `survey_element` alone: U1 to U9 of the SKM, an ADKAR element, a question's code.
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
    let element = Violation::pointer(format!("{place}/element"), &REQUIRED);
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
    match (need.kind, &need.element) {
        (NeedKind::SurveyElement, None) => wrong.push(element),
        (NeedKind::SurveyElement, Some(_)) | (_, None) => {}
        (_, Some(_)) => wrong.push(Violation::pointer(format!("{place}/element"), &NOT_VALID)),
    }
    Ok(wrong)
}

async fn has<E: Stored>(reader: Reader<'_>, column: E::Column, id: Uuid) -> Result<bool> {
    reader.exists(E::find().filter(column.eq(id))).await
}
