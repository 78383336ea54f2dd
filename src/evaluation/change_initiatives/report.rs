//! What stands in the way of a change, and what was done about it: what the surveys say, the first against the last, and what
//! followed each step.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::service::one;
use crate::evaluation::adoptions::report::{histories, point};
use crate::evaluation::adoptions::rule::{Histories, LEAST_GROUP};
use crate::evaluation::change_actions::entity::{self as change_action, ChangeActionKind};
use crate::evaluation::surveyed::{Surveyed, surveyed};
use crate::kernel::db::Db;
use crate::kernel::decimal::{decimal, hundredths};
use crate::kernel::error::Result;
use crate::kernel::language::Localized;
use crate::kernel::policy::Access;
use crate::surveys::campaigns::entity::SubjectKind;
use crate::surveys::results::figures::{AdkarResult, ReadinessResult};
use crate::surveys::statistics::change::ChangeElement;

/// How many days after a step the adoption is looked at.
const WINDOW: u64 = 30;
/// The most steps that are shown.
const MOST_STEPS: u64 = 200;

/// What a closed survey about a change says.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "campaign_id": "019a0000-0000-7000-8000-000000000041", "title": {"id": "ADKAR RFID", "en": "ADKAR RFID"},
    "closed_on": "2026-03-06", "answered_count": 24, "is_withheld": false, "adkar": null,
    "readiness": {"index": 58.0, "band": "partly_ready"}
}))]
pub struct ChangeSurvey {
    /// The campaign.
    pub campaign_id: Uuid,
    /// Its title.
    pub title: Localized,
    /// The day on which it closed.
    pub closed_on: NaiveDate,
    /// How many answered; null where that is withheld.
    #[schema(required, minimum = 0, maximum = 100_000_000)]
    pub answered_count: Option<i64>,
    /// Whether its figures are withheld because too few answered.
    pub is_withheld: bool,
    /// Where people stand with the change (ADKAR), where it was asked.
    #[schema(required)]
    pub adkar: Option<AdkarResult>,
    /// How ready they are, where it was asked.
    #[schema(required)]
    pub readiness: Option<ReadinessResult>,
}

impl From<Surveyed> for ChangeSurvey {
    fn from(row: Surveyed) -> Self {
        Self {
            campaign_id: row.campaign_id,
            title: row.title,
            closed_on: row.closed_on,
            answered_count: row.overall.answered_count,
            is_withheld: row.overall.answered_count.is_none(),
            adkar: row.overall.adkar,
            readiness: row.overall.readiness,
        }
    }
}

/// The first survey against the last.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[schema(example = json!({
    "barrier_before": "desire", "barrier_after": "ability", "readiness_before": 58.0, "readiness_after": 71.5,
    "readiness_change": 13.5
}))]
pub struct ChangeComparison {
    /// The barrier of the first ADKAR survey.
    #[schema(required)]
    pub barrier_before: Option<ChangeElement>,
    /// The barrier of the last, where there are two.
    #[schema(required)]
    pub barrier_after: Option<ChangeElement>,
    /// The readiness index of the first survey of it.
    #[schema(required, minimum = 0, maximum = 100)]
    pub readiness_before: Option<f64>,
    /// The readiness index of the last, where there are two.
    #[schema(required, minimum = 0, maximum = 100)]
    pub readiness_after: Option<f64>,
    /// After less before.
    #[schema(required, minimum = -100, maximum = 100)]
    pub readiness_change: Option<f64>,
}

/// A step that was taken, and what followed it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "change_action_id": "019a0000-0000-7000-8000-000000000072", "kind": "demonstration", "element": "desire",
    "title": "Hari demo mesin swalayan", "held_on": "2026-03-14", "followed_until": "2026-04-13", "adoption_rate_before": 3.85,
    "adoption_rate_after": 19.23, "adoption_rate_change": 15.38, "barrier_before": "desire", "barrier_after": "ability",
    "element_mean_before": 3.0, "element_mean_after": 3.8
}))]
pub struct StepFollowed {
    /// The step.
    pub change_action_id: Uuid,
    /// What kind of step it is.
    pub kind: ChangeActionKind,
    /// The element of ADKAR that it answers.
    pub element: ChangeElement,
    /// What was done.
    #[schema(max_length = 200)]
    pub title: String,
    /// When.
    pub held_on: NaiveDate,
    /// Until when the adoption is looked at: 30 days later, or today.
    pub followed_until: NaiveDate,
    /// The adoption rate of the day before, in percent; null where it is withheld.
    #[schema(required, minimum = 0, maximum = 100)]
    pub adoption_rate_before: Option<f64>,
    /// The adoption rate at the end.
    #[schema(required, minimum = 0, maximum = 100)]
    pub adoption_rate_after: Option<f64>,
    /// After less before, in percentage points.
    #[schema(required, minimum = -100, maximum = 100)]
    pub adoption_rate_change: Option<f64>,
    /// The barrier of the last ADKAR survey that closed until then.
    #[schema(required)]
    pub barrier_before: Option<ChangeElement>,
    /// The barrier of the first one that closed later.
    #[schema(required)]
    pub barrier_after: Option<ChangeElement>,
    /// The mean of the element in the survey before.
    #[schema(required, minimum = 1, maximum = 5)]
    pub element_mean_before: Option<f64>,
    /// The mean of the element in the survey after.
    #[schema(required, minimum = 1, maximum = 5)]
    pub element_mean_after: Option<f64>,
}

/// What stands in the way of a change (resistensi), and what followed what was done about it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "change_initiative_id": "019a0000-0000-7000-8000-000000000070", "surveys": [],
    "comparison": {"barrier_before": "desire", "barrier_after": null, "readiness_before": 58.0, "readiness_after": null,
        "readiness_change": null},
    "steps": [], "note": {"id": "Sejalan dalam waktu, bukan bukti sebab akibat.", "en": "Together in time, no proof of cause."}
}))]
pub struct ChangeEvaluation {
    /// The change.
    pub change_initiative_id: Uuid,
    /// The surveys about it that are closed, the first first.
    #[schema(max_items = 100)]
    pub surveys: Vec<ChangeSurvey>,
    /// The first against the last.
    pub comparison: ChangeComparison,
    /// The steps that were taken, the first first.
    #[schema(max_items = 200)]
    pub steps: Vec<StepFollowed>,
    /// How to read it.
    pub note: Localized,
}

/// How figures before and after something are to be read.
pub fn association() -> Localized {
    Localized::new(
        "Sebelum dan sesudah berjalan seiring waktu (sejalan); ini bukan bukti sebab akibat.",
        "Before and after go together in time; this is no proof that one caused the other.",
    )
}

/// The evaluation of a change.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<ChangeEvaluation> {
    let reader = db.reader();
    reader.find(one(id)).await?;
    let surveys: Vec<ChangeSurvey> = surveyed(reader, SubjectKind::ChangeInitiative, id, access)
        .await?
        .into_iter()
        .map(ChangeSurvey::from)
        .collect();
    let steps = change_action::Entity::find()
        .filter(change_action::Column::ChangeInitiativeId.eq(id))
        .filter(change_action::Column::HeldOn.lte(db.today()))
        .order_by_asc(change_action::Column::HeldOn)
        .order_by_asc(change_action::Column::Id)
        .limit(MOST_STEPS);
    let steps = reader.all(steps).await?;
    let histories = histories(reader, id).await?;
    let told = Some(&histories).filter(|histories| histories.people() >= LEAST_GROUP);
    let steps = steps.into_iter().map(|step| followed(step, told, &surveys, db.today())).collect();
    Ok(ChangeEvaluation {
        change_initiative_id: id,
        comparison: compared(&surveys),
        surveys,
        steps,
        note: association(),
    })
}

/// First and last of what several surveys say; the last only where it is another.
fn ends<T: Copy>(mut values: impl DoubleEndedIterator<Item = T>) -> (Option<T>, Option<T>) {
    (values.next(), values.next_back())
}

fn compared(surveys: &[ChangeSurvey]) -> ChangeComparison {
    let barriers = ends(surveys.iter().filter_map(|survey| survey.adkar.as_ref()).map(|adkar| adkar.barrier));
    let indices = ends(surveys.iter().filter_map(|survey| survey.readiness.as_ref()).map(|readiness| readiness.index));
    ChangeComparison {
        barrier_before: barriers.0.flatten(),
        barrier_after: barriers.1.flatten(),
        readiness_before: indices.0,
        readiness_after: indices.1,
        readiness_change: indices.0.zip(indices.1).map(|(before, after)| difference(before, after)),
    }
}

/// After less before, with two decimals.
fn difference(before: f64, after: f64) -> f64 {
    decimal(i64::from(hundredths(after)) - i64::from(hundredths(before)))
}

fn followed(
    step: change_action::Model,
    histories: Option<&Histories>,
    surveys: &[ChangeSurvey],
    today: NaiveDate,
) -> StepFollowed {
    let element: ChangeElement = step.element.into();
    let span = span_of(step.held_on, today);
    let rate = |on: NaiveDate| histories.map(|histories| point(histories, on).adoption_rate);
    let (before, after) = (rate(*span.start()), rate(*span.end()));
    let asked = || surveys.iter().filter_map(|survey| Some((survey.closed_on, survey.adkar.as_ref()?)));
    let earlier = asked().rfind(|(closed_on, _)| *closed_on <= step.held_on).map(|(_, adkar)| adkar);
    let later = asked().find(|(closed_on, _)| *closed_on > step.held_on).map(|(_, adkar)| adkar);
    let mean = |adkar: Option<&AdkarResult>| {
        adkar?.elements.iter().find(|result| result.element == element).map(|result| result.mean)
    };
    StepFollowed {
        change_action_id: step.id,
        kind: step.kind,
        element,
        title: step.title,
        held_on: step.held_on,
        followed_until: *span.end(),
        adoption_rate_before: before,
        adoption_rate_after: after,
        adoption_rate_change: before.zip(after).map(|(before, after)| difference(before, after)),
        barrier_before: earlier.and_then(|adkar| adkar.barrier),
        barrier_after: later.and_then(|adkar| adkar.barrier),
        element_mean_before: mean(earlier),
        element_mean_after: mean(later),
    }
}

/// From the day before a step to the day until which it is followed.
fn span_of(held_on: NaiveDate, today: NaiveDate) -> RangeInclusive<NaiveDate> {
    let end = held_on.checked_add_days(Days::new(WINDOW)).unwrap_or(today).min(today);
    held_on.pred_opt().unwrap_or(held_on)..=end
}
