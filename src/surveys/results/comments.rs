//! Words that people answered with: in no order, and never together with anything else that was answered.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{SurveyComment, SurveyCommentFilter, SurveyCommentPage};
use super::entity::comment::{Column, Entity};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::surveys::campaigns::service::one;

const SORTABLE: &Sortable<Entity> = &[("question_code", Column::QuestionCode)];

/// Lists the comments of a campaign; there are none before its answers are counted.
pub async fn list(
    db: &Db,
    access: &Access,
    campaign_id: Uuid,
    list: &Listing<SurveyCommentFilter>,
) -> Result<SurveyCommentPage> {
    let campaign = db.reader().find(one(access, campaign_id)).await?;
    // While a job counts, it has not yet seen on which questions too few commented.
    let is_counted = campaign.results_frozen_at.is_some();
    let mut rows = Entity::find().filter(Column::CampaignId.eq(campaign.id)).filter(Expr::val(is_counted));
    if let Some(code) = &list.filter.question_code {
        rows = rows.filter(Column::QuestionCode.eq(code.as_str()));
    }
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "question_code").await?;
    Ok(page.map(|row| SurveyComment { question_code: row.question_code, text: row.text }))
}
