use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::dto::{
    ActivityEvaluation, BehaviourLevel, LearningFigures, LearningLevel, LinkedIndicator, ReactionLevel, ReactionSurvey,
    ResultLevel,
};
use crate::activities::activities::entity::{self as activity, ActivityStatus};
use crate::activities::activities::service::one as activity_of;
use crate::activities::registrations::entity::RegistrationStatus;
use crate::activities::scores::dto::ActivityScores;
use crate::activities::scores::service::{report as scores_of, seated};
use crate::evaluation::activity_indicators::entity as link;
use crate::evaluation::activity_indicators::service::MOST_LINKS;
use crate::evaluation::behaviour_evaluations::entity::{self as behaviour, round};
use crate::evaluation::behaviour_evaluations::figures::{self, LEAST_GROUP};
use crate::evaluation::change_initiatives::report::association;
use crate::evaluation::improvement_actions::effect::MeasuredEffect;
use crate::evaluation::measured::{Around, around};
use crate::evaluation::surveyed::{Surveyed, surveyed};
use crate::kernel::clock::local_date;
use crate::kernel::db::{Db, Reader};
use crate::kernel::decimal::{decimal, four_places, hundredths};
use crate::kernel::error::Result;
use crate::kernel::policy::Access;
use crate::surveys::campaigns::entity::SubjectKind;

/// The pass mark (KKM) in percent of the best score, where the activity asks for none.
const PASS_PERCENT: i32 = 70;

/// The evaluation of an activity, as far as this caller may know of it.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<ActivityEvaluation> {
    let reader = db.reader();
    let activity = reader.find(activity_of(access, id)).await?;
    let seats = seated(reader, id).await?;
    let participants = seats.iter().filter(|seat| seat.status != RegistrationStatus::NoShow).count();
    let surveys = surveyed(reader, SubjectKind::Activity, id, access).await?;
    let scores = scores_of(reader, &activity).await?;
    Ok(ActivityEvaluation {
        activity_id: id,
        participant_count: participants,
        reaction: ReactionLevel { surveys: surveys.into_iter().map(|survey| reaction(survey, participants)).collect() },
        learning: learning(&activity, scores, access),
        behaviour: behaviour(reader, id, access, db.today()).await?,
        results: results(reader, &activity, db.today()).await?,
        title: activity.title,
    })
}

/// A share in percent with two decimals, half up.
fn percent(part: i64, of: i64) -> Option<f64> {
    (of > 0).then(|| decimal((2 * part * 10_000 + of).div_euclid(2 * of)))
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX / 100_000)
}

fn reaction(survey: Surveyed, participants: usize) -> ReactionSurvey {
    let asked = survey.population.map_or_else(|| count(participants), i64::from);
    let answered = survey.overall.answered_count;
    let said = survey.overall.reaction;
    ReactionSurvey {
        campaign_id: survey.campaign_id,
        title: survey.title,
        closed_on: survey.closed_on,
        answered_count: answered,
        asked_count: asked,
        // An open link may bring more answers than people were asked.
        response_rate: answered.and_then(|answered| percent(answered.min(asked), asked)),
        is_withheld: answered.is_none(),
        mean: said.as_ref().and_then(|said| said.mean),
        csat: said.as_ref().and_then(|said| said.csat),
        nps: said.as_ref().and_then(|said| said.nps),
    }
}

fn learning(activity: &activity::Model, scores: ActivityScores, access: &Access) -> LearningLevel {
    let pass_mark = activity.least_post_test_hundredths.unwrap_or(activity.score_maximum * PASS_PERCENT);
    // While scores come in, two reads around one of them would tell it.
    let is_over = activity.status == ActivityStatus::Completed;
    let is_suppressed = !access.is_admin() && (!is_over || scores.people < LEAST_GROUP);
    let post: Vec<i32> = scores.items.iter().filter_map(|item| item.post_test).map(hundredths).collect();
    let passed = post.iter().filter(|score| **score >= pass_mark).count();
    let figures = LearningFigures {
        mean_pre_test: scores.mean_pre_test,
        mean_post_test: scores.mean_post_test,
        n_gain: scores.n_gain,
        n_gain_band: scores.n_gain_band,
        mean_n_gain: scores.mean_n_gain,
        effectiveness: scores.effectiveness,
        post_tested_count: post.len(),
        passed_count: passed,
        pass_rate: percent(count(passed), count(post.len())),
    };
    let mut people = scores.items;
    people.retain(|item| access.is_admin() || access.is_own(item.librarian_id));
    LearningLevel {
        pass_mark: decimal(pass_mark.into()),
        tested_count: scores.people,
        is_suppressed,
        figures: (!is_suppressed).then_some(figures),
        people,
    }
}

async fn behaviour(reader: Reader<'_>, id: Uuid, access: &Access, on: NaiveDate) -> Result<BehaviourLevel> {
    let round = round::Entity::find().filter(round::Column::ActivityId.eq(id));
    let round = reader.one(round).await?;
    let rows = behaviour::Entity::find().filter(behaviour::Column::ActivityId.eq(id));
    let mut rows = reader.all(rows).await?;
    let is_officer = access.is_admin();
    let is_told = is_officer || round.as_ref().is_some_and(|round| figures::is_settled(round, &rows, on));
    if !is_officer {
        figures::leave_out_late(&mut rows);
    }
    let rated = figures::rated(&rows);
    let is_suppressed = !is_officer && (!is_told || rated < LEAST_GROUP);
    let asked = rows.iter().filter(|row| row.respondent_id.is_some());
    let late = asked.clone().filter(|row| row.answered_at.is_none() && row.late_after < on);
    Ok(BehaviourLevel {
        asked_count: asked.clone().count(),
        answered_count: is_told.then(|| rows.iter().filter(|row| row.answered_at.is_some()).count()),
        late_count: is_told.then(|| late.count()),
        rated_count: is_told.then_some(rated),
        is_suppressed,
        figures: (!is_suppressed && rated > 0).then(|| figures::of(&rows, is_officer)),
        due_on: round.as_ref().map(|round| round.due_on),
        late_after: round.map(|round| round.late_after),
    })
}

async fn results(reader: Reader<'_>, activity: &activity::Model, today: NaiveDate) -> Result<ResultLevel> {
    let links = link::Entity::find()
        .filter(link::Column::ActivityId.eq(activity.id))
        .order_by_asc(link::Column::CreatedAt)
        .order_by_asc(link::Column::Id)
        .limit(MOST_LINKS);
    let links = reader.all(links).await?;
    let ids: Vec<Uuid> = links.iter().map(|row| row.indicator_id).collect();
    let day = |instant: Option<_>| instant.map_or(today, local_date);
    let mut known = around(reader, &ids, day(activity.starts_at), day(activity.ends_at)).await?;
    let shown = links.into_iter().filter_map(|row| Some(linked(known.remove(&row.indicator_id)?, row.expectation)));
    Ok(ResultLevel { indicators: shown.collect(), note: association() })
}

fn linked(known: Around, expectation: Option<String>) -> LinkedIndicator {
    let Around { indicator, before, after } = known;
    let effect = before
        .as_ref()
        .zip(after.as_ref())
        .map(|(before, after)| MeasuredEffect::of(indicator.direction, before.value, after.value, None));
    LinkedIndicator {
        indicator_id: indicator.id,
        code: indicator.code,
        name: indicator.name,
        unit: indicator.unit,
        direction: indicator.direction,
        expectation,
        value_before: before.as_ref().map(|row| four_places(row.value)),
        period_before: before.map(|row| row.period),
        value_after: after.as_ref().map(|row| four_places(row.value)),
        period_after: after.map(|row| row.period),
        change: effect.as_ref().map(|effect| effect.change),
        verdict: effect.map(|effect| effect.verdict),
    }
}
