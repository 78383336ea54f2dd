//! The questionnaires that ship with the service (`data/questionnaires.json`), published, and how soon readers get an answer.

use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use serde::Deserialize;
use uuid::Uuid;

use super::questionnaires::entity::{self as questionnaire, QuestionnaireStatus};
use super::questionnaires::questions::{Questions, SurveyQuestion};
use super::questionnaires::service::searched;
use super::skm_formulas;
use super::survey_settings::entity as settings;
use crate::kernel::db::Tx;
use crate::kernel::error::{Error, Result};
use crate::kernel::language::Localized;

const QUESTIONNAIRES: &str = include_str!("../../data/questionnaires.json");
/// The one row of the settings.
const SETTINGS: Uuid = Uuid::from_u128(0x019b_76da_a800_7f32_9a41_64be_1f0c_5d27);

#[derive(Deserialize)]
struct Shipped {
    id: Uuid,
    code: String,
    title: Localized,
    intro: Localized,
    is_sensitive: bool,
    asks_minors: bool,
    questions: Vec<SurveyQuestion>,
}

/// Puts the questionnaires and the settings into a database that has none.
pub async fn seed_in(tx: &Tx<'_>) -> Result<()> {
    if tx.reader().exists(settings::Entity::find()).await? {
        return Ok(());
    }
    for shipped in serde_json::from_str::<Vec<Shipped>>(QUESTIONNAIRES).map_err(Error::internal)? {
        let row = questionnaire::ActiveModel {
            id: Set(shipped.id),
            edition: Set(1),
            search_text: Set(searched(&shipped.code, &shipped.title)),
            code: Set(shipped.code),
            title: Set(shipped.title),
            intro: Set(Some(shipped.intro)),
            questions: Set(Questions(shipped.questions)),
            is_sensitive: Set(shipped.is_sensitive),
            asks_minors: Set(shipped.asks_minors),
            status: Set(QuestionnaireStatus::Published),
            published_at: Set(Some(tx.now())),
            ..Default::default()
        };
        tx.insert::<questionnaire::Entity>(row, "questionnaire.published").await?;
    }
    // Proposals of this project: three days, a week, two weeks.
    let row = settings::ActiveModel {
        id: Set(SETTINGS),
        only: Set(1),
        complaint_hours: Set(72),
        suggestion_hours: Set(168),
        praise_hours: Set(336),
        ..Default::default()
    };
    tx.insert::<settings::Entity>(row, "survey_settings.created").await?;
    skm_formulas::seed::seed_in(tx).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surveys::questionnaires::rules::wrong_questions;

    #[test]
    fn what_ships_keeps_its_own_rules_and_speaks_both_languages() {
        let shipped: Vec<Shipped> = serde_json::from_str(QUESTIONNAIRES).unwrap();
        let codes: Vec<_> = shipped.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(
            codes,
            ["TRAINING-REACTION", "SKM", "CHANGE-READINESS", "ADKAR", "MENTORING-FEEDBACK", "FAMILY-FEEDBACK"]
        );
        for one in &shipped {
            assert_eq!(wrong_questions(&one.questions), [], "{}", one.code);
            let texts = one.questions.iter().flat_map(|question| {
                question.options.iter().map(|option| &option.text).chain([&question.text, &one.title, &one.intro])
            });
            assert!(texts.into_iter().all(|text| text.en.is_some()), "{}", one.code);
        }
    }
}
