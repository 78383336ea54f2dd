//! Answers of the staff under their names.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{SurveyAnswers, SurveyResponse, SurveyResponseFilter, SurveyResponsePage};
use super::entity::{ActiveModel, Column, Entity, Model};
use super::form::{Form, form_of, forms_of};
use super::service::{ALREADY_ANSWERED, SURVEY_NOT_OPEN};
use crate::activities::interests::service::NO_RECORD;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{Error, Refusal, Result, ResultExt};
use crate::kernel::http::Computed;
use crate::kernel::page::{self, Listing, Page, Sortable};
use crate::kernel::policy::Access;
use crate::staff::librarians::entity as librarian;
use crate::staff::reach;
use crate::surveys::campaigns::entity::{self as campaign, CampaignAudience};
use crate::surveys::campaigns::{service as campaigns, subject};

/// The campaign does not ask this person.
pub const NOT_ASKED: Refusal = Refusal {
    code: "not_asked",
    status: 403,
    id: "Survei ini tidak ditujukan kepada Anda",
    en: "The campaign does not ask you",
};

/// The campaign is anonymous.
pub const NOT_BY_NAME: Refusal = Refusal {
    code: "not_by_name",
    status: 409,
    id: "Survei ini anonim: jawablah melalui token atau tautannya",
    en: "The campaign is anonymous: answer through a token or its link",
};

const SORTABLE: &Sortable<Entity> = &[("answered_on", Column::AnsweredOn)];

/// Lists answers by name: one's own, or as an admin everybody's. Anonymous ones are in no list.
pub async fn list(db: &Db, access: &Access, list: &Listing<SurveyResponseFilter>) -> Result<SurveyResponsePage> {
    let rows = Entity::find()
        .filter(Column::LibrarianId.is_not_null())
        .filter(reach::within(access, Column::LibrarianId, db.today()))
        .filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-answered_on").await?;
    let ids: Vec<_> = page.items.iter().map(|row| row.campaign_id).collect();
    let asked = db.reader().all(campaign::Entity::find().filter(campaign::Column::Id.is_in(ids))).await?;
    let forms = forms_of(db.reader(), asked.iter().map(|row| row.questionnaire_id)).await?;
    let forms: HashMap<_, _> =
        asked.iter().filter_map(|row| Some((row.id, forms.get(&row.questionnaire_id)?))).collect();
    let seen = |row: &Model| {
        let form = forms.get(&row.campaign_id).ok_or_else(|| Error::internal("an answer is of a campaign"))?;
        seen(row, form)
    };
    let items = page.items.iter().map(seen).collect::<Result<_>>()?;
    Ok(Page { items, page: page.page })
}

fn seen(row: &Model, form: &Form) -> Result<SurveyResponse> {
    Ok(SurveyResponse {
        id: row.id,
        campaign_id: row.campaign_id,
        librarian_id: row.librarian_id.unwrap_or_default(),
        answered_on: row.answered_on,
        answers: form.read(&row.answers)?,
    })
}

/// Takes in what the caller answers.
pub async fn answer(
    db: &Db,
    access: &Access,
    campaign_id: Uuid,
    given: SurveyAnswers,
) -> Result<Computed<SurveyResponse>> {
    db.write(access, async move |tx: &Tx<'_>| {
        let campaign = tx.share(campaigns::one(tx.access(), campaign_id)).await?;
        if campaign.is_anonymous {
            return Err(NOT_BY_NAME.into());
        }
        let form = form_of(tx.reader(), campaign.questionnaire_id).await?;
        let answers = form.written(&given.answers)?;
        let librarian_id = tx.access().own_librarian().ok_or(NO_RECORD)?;
        if !campaign.takes_answers(tx.today()) {
            return Err(SURVEY_NOT_OPEN.into());
        }
        if !asks_in(tx, &campaign, librarian_id).await? {
            return Err(NOT_ASKED.into());
        }
        let row = ActiveModel {
            campaign_id: Set(campaign_id),
            id: Set(tx.new_id()),
            librarian_id: Set(Some(librarian_id)),
            answered_on: Set(tx.today()),
            answers: Set(answers),
        };
        let row = tx.put::<Entity>(row).await.on_duplicate(ALREADY_ANSWERED)?;
        tx.note::<campaign::Entity>(&campaign, "campaign.answered").await?;
        seen(&row, &form).map(Computed)
    })
    .await
}

/// Whether a campaign asks this person.
async fn asks_in(tx: &Tx<'_>, campaign: &campaign::Model, librarian_id: Uuid) -> Result<bool> {
    match campaign.audience {
        CampaignAudience::Staff => Ok(true),
        CampaignAudience::Readers => Ok(false),
        CampaignAudience::Participants => {
            let (Some(kind), Some(id)) = (campaign.subject_kind, campaign.subject_id) else { return Ok(false) };
            let subject = subject::of(tx, kind).ok_or_else(|| Error::internal("nobody knows the subject's kind"))?;
            let asked = librarian::Entity::find()
                .filter(librarian::Column::Id.eq(librarian_id))
                .filter(librarian::Column::Id.in_subquery((subject.audience)(id)));
            tx.reader().exists(asked).await
        }
    }
}
