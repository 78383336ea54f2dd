//! What readers said: the citizen satisfaction survey, and how long they waited for an answer to what they wrote.

use chrono::{DateTime, Days, NaiveDate, Utc};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Iterable};

use super::Counted;
use crate::kernel::clock::end_of_day;
use crate::kernel::db::{Db, Reader};
use crate::kernel::error::Result;
use crate::surveys::campaigns::entity::{self as campaign, CampaignStatus, SubjectKind};
use crate::surveys::reader_feedback::entity as feedback;
use crate::surveys::results::entity::{self as frozen, ResultAudience};

/// The instants of the days from the first to the last: from the one until the other, which belongs to the day after.
fn between(column: Expr, first: NaiveDate, last: NaiveDate) -> Condition {
    let from = first.checked_sub_days(Days::new(1)).unwrap_or(first);
    Condition::all().add(column.clone().gte(end_of_day(from))).add(column.lt(end_of_day(last)))
}

/// The index (IKM) of the surveys on the library's service that closed from the first day to the last, as it was frozen: the mean,
/// in which each counts by how many answered. A survey about an activity, a mentorship or a change is not about the service.
pub(super) async fn satisfaction(reader: Reader<'_>, first: NaiveDate, last: NaiveDate) -> Result<Counted> {
    let campaign = |column| Expr::col((campaign::Entity, column));
    let result = |column| Expr::col((frozen::Entity, column));
    let other = SubjectKind::iter().filter(|kind| *kind != SubjectKind::Service);
    let about_the_service = Condition::any()
        .add(campaign(campaign::Column::SubjectKind).is_null())
        .add(campaign::Column::SubjectKind.is_not_in(other));
    let closed = Query::select()
        .column((frozen::Entity, frozen::Column::Ikm))
        .column((frozen::Entity, frozen::Column::AnsweredCount))
        .from(campaign::Entity)
        .inner_join(frozen::Entity, result(frozen::Column::CampaignId).equals((campaign::Entity, campaign::Column::Id)))
        .and_where(campaign::Column::Status.eq(CampaignStatus::Closed))
        .cond_where(about_the_service)
        .cond_where(between(campaign(campaign::Column::ClosedAt), first, last))
        .and_where(frozen::Column::Audience.eq(ResultAudience::Library))
        .and_where(result(frozen::Column::Ikm).is_not_null())
        .and_where(result(frozen::Column::AnsweredCount).is_not_null())
        .to_owned();
    let surveys = reader.rows(&closed, |row| Ok((row.get::<i32>(0)?, row.get::<i32>(1)?))).await?;
    let answers: i64 = surveys.iter().map(|(_, answers)| i64::from(*answers)).sum();
    let sum: i128 = surveys.iter().map(|(index, answers)| i128::from(*index) * i128::from(*answers)).sum();
    Ok(Counted {
        fraction: (sum, i128::from(answers) * 100),
        inputs: vec![("surveys", i64::try_from(surveys.len()).unwrap_or(i64::MAX)), ("answers", answers)],
        people: None,
    })
}

/// The mean time, in hours, until readers had an answer to what they wrote from the first day to the last, as far as it is answered.
pub(super) async fn response_hours(db: &Db, first: NaiveDate, last: NaiveDate) -> Result<Counted> {
    let column = |column| Expr::col((feedback::Entity, column));
    let written = Query::select()
        .columns([feedback::Column::CreatedAt, feedback::Column::AnsweredAt])
        .from(feedback::Entity)
        .cond_where(between(column(feedback::Column::CreatedAt), first, last))
        .to_owned();
    let written = db
        .reader()
        .heavy_rows(&written, |row| Ok((row.get::<DateTime<Utc>>(0)?, row.get::<Option<DateTime<Utc>>>(1)?)))
        .await?;
    let until = end_of_day(last);
    let waited = written.iter().filter_map(|(written, answered)| {
        answered.filter(|answered| *answered < until).map(|answered| (answered - *written).num_seconds())
    });
    let waited: Vec<i64> = waited.collect();
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    let seconds: i128 = waited.iter().map(|seconds| i128::from(*seconds)).sum();
    Ok(Counted {
        fraction: (seconds, i128::from(count(waited.len())) * 3600),
        inputs: vec![("received", count(written.len())), ("answered", count(waited.len()))],
        people: None,
    })
}
