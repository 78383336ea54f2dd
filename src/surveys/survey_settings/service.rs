use sea_orm::{EntityTrait, IntoActiveModel};

use super::dto::{SurveySettings, SurveySettingsChanges};
use super::entity::Entity;
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::Result;
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::surveys::reader_feedback::entity::FeedbackKind;

/// Reads the settings.
pub async fn read(db: &Db) -> Result<SurveySettings> {
    db.reader().find(Entity::find()).await.map(SurveySettings::from)
}

/// The hours within which feedback of this kind is answered.
pub async fn hours_for(reader: Reader<'_>, kind: FeedbackKind) -> Result<i32> {
    let settings = reader.find(Entity::find()).await?;
    Ok(match kind {
        FeedbackKind::Complaint => settings.complaint_hours,
        FeedbackKind::Suggestion => settings.suggestion_hours,
        FeedbackKind::Praise => settings.praise_hours,
    })
}

/// Changes the settings.
pub async fn update(
    db: &Db,
    access: &Access,
    expected: Precondition,
    changes: SurveySettingsChanges,
) -> Result<SurveySettings> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(Entity::find()).await?;
        let mut row = before.clone().into_active_model();
        set(&mut row.complaint_hours, changes.complaint_hours);
        set(&mut row.suggestion_hours, changes.suggestion_hours);
        set(&mut row.praise_hours, changes.praise_hours);
        tx.update::<Entity>(&before, row, expected, "survey_settings.updated").await.map(SurveySettings::from)
    })
    .await
}
