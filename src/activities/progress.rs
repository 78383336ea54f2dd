//! What activities contribute to the progress of their programme.

use futures_util::FutureExt;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use uuid::Uuid;

use super::activities::entity::{self as activity, ActivityStatus};
use super::registrations::entity::{self as registration, RegistrationResult, RegistrationStatus};
use crate::credits::entries::entity::{self as credit, CreditSource};
use crate::kernel::db::{Db, enum_of};
use crate::kernel::error::Result;
use crate::programmes::progress::dto::{ActivityTally, ParticipantTally};
use crate::programmes::progress::service::{Measures, Measuring, ProgressSource};

/// What this chapter gives to the progress of programmes.
pub static ACTIVITIES_OF_A_PROGRAMME: ProgressSource = ProgressSource { measure };

fn measure(db: &Db, programme_id: Uuid) -> Measuring<'_> {
    async move {
        Ok(Measures {
            activities: activities(db, programme_id).await?,
            participants: participants(db, programme_id).await?,
            credit_hundredths: credited(db, programme_id).await?,
        })
    }
    .boxed_local()
}

/// The activities of a programme, as a sub-query.
fn ids_of(programme_id: Uuid) -> SelectStatement {
    Query::select()
        .column(activity::Column::Id)
        .from(activity::Entity)
        .and_where(activity::Column::ProgrammeId.eq(programme_id))
        .and_where(activity::Column::ArchivedAt.is_null())
        .to_owned()
}

async fn activities(db: &Db, programme_id: Uuid) -> Result<ActivityTally> {
    let statement = Query::select()
        .column(activity::Column::Status)
        .expr(Expr::col(activity::Column::Id).count())
        .from(activity::Entity)
        .and_where(activity::Column::ProgrammeId.eq(programme_id))
        .and_where(activity::Column::ArchivedAt.is_null())
        .group_by_col(activity::Column::Status)
        .to_owned();
    let rows = db.reader().rows(&statement, |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?)));
    let mut tally = ActivityTally { draft: Some(0), ..ActivityTally::default() };
    for (status, count) in rows.await? {
        match enum_of(&status)? {
            ActivityStatus::Draft => tally.draft = Some(count),
            ActivityStatus::Published => tally.published = count,
            ActivityStatus::Completed => tally.completed = count,
            ActivityStatus::Cancelled => tally.cancelled = count,
        }
    }
    Ok(tally)
}

async fn participants(db: &Db, programme_id: Uuid) -> Result<ParticipantTally> {
    let taking_part = |select: &mut SelectStatement| {
        select
            .from(registration::Entity)
            .and_where(registration::Column::ActivityId.in_subquery(ids_of(programme_id)))
            .and_where(registration::Column::Status.ne(RegistrationStatus::Cancelled))
            .to_owned()
    };
    let people = taking_part(Query::select().expr(Expr::col(registration::Column::LibrarianId).count_distinct()));
    let people = db.reader().rows(&people, |row| row.get::<i64>(0)).await?;
    let mut counts = taking_part(
        Query::select()
            .column(registration::Column::Status)
            .column(registration::Column::Result)
            .expr(Expr::col(registration::Column::Id).count()),
    );
    counts.add_group_by([Expr::col(registration::Column::Status), Expr::col(registration::Column::Result)]);
    let counts =
        db.reader().rows(&counts, |row| Ok((row.get::<String>(0)?, row.get::<Option<String>>(1)?, row.get::<i64>(2)?)));
    let mut tally = ParticipantTally { people: people.into_iter().next().unwrap_or(0), ..ParticipantTally::default() };
    for (status, result, count) in counts.await? {
        tally.registrations += count;
        if enum_of::<RegistrationStatus>(&status)? == RegistrationStatus::Attended {
            tally.attended += count;
        }
        let result = result.as_deref().map(enum_of::<RegistrationResult>).transpose()?;
        if result == Some(RegistrationResult::Passed) {
            tally.passed += count;
        }
    }
    Ok(tally)
}

/// Hours given for its activities, less those taken back, in hundredths.
async fn credited(db: &Db, programme_id: Uuid) -> Result<i64> {
    let statement = Query::select()
        .expr(Expr::col(credit::Column::Credited).sum())
        .from(credit::Entity)
        .and_where(credit::Column::SourceKind.eq(CreditSource::Activity))
        .and_where(credit::Column::SourceId.in_subquery(ids_of(programme_id)))
        .to_owned();
    let sums = db.reader().rows(&statement, |row| row.get::<Option<i64>>(0)).await?;
    Ok(sums.into_iter().flatten().next().unwrap_or(0))
}
