//! What stands in the way of a change, and what was done about it: what the surveys say, the first against the last, and what
//! followed each step.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::service::one;
use crate::evaluation::adoptions::report::{LEAST_GROUP, histories, point};
use crate::evaluation::adoptions::rule::Histories;
use crate::evaluation::change_actions::entity::{self as change_action, ChangeActionKind, ChangeElement};
use crate::kernel::db::Db;
use crate::kernel::decimal::{decimal, hundredths};
use crate::kernel::error::Result;
use crate::kernel::language::Localized;

/// How many days after a step the adoption is looked at.
const WINDOW: u64 = 30;
/// The most steps that are shown.
const MOST_STEPS: u64 = 200;

/// A step that was taken, and what followed it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "change_action_id": "019a0000-0000-7000-8000-000000000072", "kind": "demonstration", "element": "desire",
    "title": "Hari demo mesin swalayan", "held_on": "2026-03-14", "followed_until": "2026-04-13", "adoption_rate_before": 3.85,
    "adoption_rate_after": 19.23, "adoption_rate_change": 15.38
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
}

/// What stands in the way of a change (resistensi), and what followed what was done about it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "change_initiative_id": "019a0000-0000-7000-8000-000000000070", "steps": [], "note": {"id": "Sejalan dalam waktu, bukan bukti sebab akibat.", "en": "Together in time, no proof of cause."}
}))]
pub struct ChangeEvaluation {
    /// The change.
    pub change_initiative_id: Uuid,
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
pub async fn read(db: &Db, id: Uuid) -> Result<ChangeEvaluation> {
    let reader = db.reader();
    reader.find(one(id)).await?;
    let steps = change_action::Entity::find()
        .filter(change_action::Column::ChangeInitiativeId.eq(id))
        .filter(change_action::Column::HeldOn.lte(db.today()))
        .order_by_asc(change_action::Column::HeldOn)
        .order_by_asc(change_action::Column::Id)
        .limit(MOST_STEPS);
    let steps = reader.all(steps).await?;
    let histories = histories(reader, id).await?;
    let told = Some(&histories).filter(|histories| histories.people() >= LEAST_GROUP);
    let steps = steps.into_iter().map(|step| followed(step, told, db.today())).collect();
    Ok(ChangeEvaluation { change_initiative_id: id, steps, note: association() })
}

/// After less before, with two decimals.
fn difference(before: f64, after: f64) -> f64 {
    decimal(i64::from(hundredths(after)) - i64::from(hundredths(before)))
}

fn followed(step: change_action::Model, histories: Option<&Histories>, today: NaiveDate) -> StepFollowed {
    let element = step.element;
    let span = span_of(step.held_on, today);
    let rate = |on: NaiveDate| histories.map(|histories| point(histories, on).adoption_rate);
    let (before, after) = (rate(*span.start()), rate(*span.end()));
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
    }
}

/// From the day before a step to the day until which it is followed.
fn span_of(held_on: NaiveDate, today: NaiveDate) -> RangeInclusive<NaiveDate> {
    let end = held_on.checked_add_days(Days::new(WINDOW)).unwrap_or(today).min(today);
    held_on.pred_opt().unwrap_or(held_on)..=end
}
