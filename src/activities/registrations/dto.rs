use std::collections::HashMap;

use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use super::entity::{CancelCause, RegistrationResult, RegistrationStatus};
use super::entity::{Column, Model};
use crate::activities::activities::entity as activity;
use crate::activities::scores::gain::{Gain, GainBand};
use crate::kernel::clock::Instant;
use crate::kernel::db::Reader;
use crate::kernel::decimal::decimal;
use crate::kernel::error::Result;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page};
use crate::kernel::policy::Access;
use crate::kernel::validation;
use crate::staff::librarians::entity as librarian;

/// Somebody's registration for an activity.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000020", "activity_id": "019a0000-0000-7000-8000-000000000000",
    "activity_title": "Bimtek SLiMS 9 dan Analitik Kunjungan", "activity_starts_at": "2026-12-07T01:00:00.000Z",
    "librarian_id": "019a0000-0000-7000-8000-000000000001", "librarian_name": "Rizky Pratama", "status": "waitlisted",
    "result": null, "waitlist_number": 4, "waitlist_position": 2, "registered_at": "2026-11-03T02:00:00.000Z",
    "supervisor_approved_at": null, "approved_at": "2026-11-04T02:00:00.000Z", "confirmed_at": null, "offer_expires_at": null,
    "cancelled_at": null, "cancel_cause": null, "cancel_reason": null, "attendance_percent": null, "pre_test": null,
    "post_test": null, "n_gain": null, "n_gain_band": null, "version": 2, "created_at": "2026-11-03T02:00:00.000Z",
    "updated_at": "2026-11-04T02:00:00.000Z", "actions": ["cancellation"]
}))]
pub struct Registration {
    /// The registration.
    pub id: Uuid,
    /// The activity.
    pub activity_id: Uuid,
    /// Its title.
    #[schema(max_length = 300)]
    pub activity_title: String,
    /// When it begins.
    #[schema(required)]
    pub activity_starts_at: Option<Instant>,
    /// The person.
    pub librarian_id: Uuid,
    /// Their name.
    #[schema(max_length = 200)]
    pub librarian_name: String,
    /// Where it stands.
    pub status: RegistrationStatus,
    /// What came of it, once the activity is completed.
    #[schema(required)]
    pub result: Option<RegistrationResult>,
    /// The number drawn for the waiting list: the smaller goes first.
    #[schema(required, minimum = 1, maximum = 2_147_483_647)]
    pub waitlist_number: Option<i32>,
    /// The place on the waiting list, 1 for the first; told where a single registration is answered, null in lists.
    #[schema(required, minimum = 1, maximum = 1_000_000)]
    pub waitlist_position: Option<i64>,
    /// When it was last asked for.
    pub registered_at: Instant,
    /// When the superior approved.
    #[schema(required)]
    pub supervisor_approved_at: Option<Instant>,
    /// When an admin approved.
    #[schema(required)]
    pub approved_at: Option<Instant>,
    /// When it got a seat.
    #[schema(required)]
    pub confirmed_at: Option<Instant>,
    /// Until when an offered seat is held.
    #[schema(required)]
    pub offer_expires_at: Option<Instant>,
    /// When it was cancelled.
    #[schema(required)]
    pub cancelled_at: Option<Instant>,
    /// Why it was cancelled.
    #[schema(required)]
    pub cancel_cause: Option<CancelCause>,
    /// What was said about it.
    #[schema(required, max_length = 1000)]
    pub cancel_reason: Option<String>,
    /// The share of the activity's time that was attended, in percent; set when it is completed.
    #[schema(required, minimum = 0, maximum = 100)]
    pub attendance_percent: Option<i32>,
    /// The score before.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub pre_test: Option<f64>,
    /// The score after.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub post_test: Option<f64>,
    /// What was learned of what there was to learn (Hake): `(post - pre) / (max - pre)`, with four decimals; null where one of
    /// the scores is missing or the first was the best possible.
    #[schema(required, minimum = -1_000_000, maximum = 1)]
    pub n_gain: Option<f64>,
    /// Its band.
    #[schema(required)]
    pub n_gain_band: Option<GainBand>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was first asked for.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What the caller may do with it next.
    #[schema(max_items = 10)]
    pub actions: Vec<RegistrationAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RegistrationAction {
    /// Approve it, as the superior or as an admin.
    Approval,
    /// Refuse it.
    Rejection,
    /// Take the offered seat.
    Acceptance,
    /// Give it up.
    Cancellation,
}

/// A page of registrations.
pub type RegistrationPage = Page<Registration>;

impl Resource for Registration {
    fn path(&self) -> String {
        format!("/api/v1/registrations/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// What stands around registrations: people and activities, by their ids.
pub struct Surroundings {
    people: HashMap<Uuid, librarian::Model>,
    activities: HashMap<Uuid, activity::Model>,
}

impl Surroundings {
    /// Reads what stands around these rows.
    pub async fn of(reader: Reader<'_>, rows: &[Model]) -> Result<Self> {
        let people =
            librarian::Entity::find().filter(librarian::Column::Id.is_in(rows.iter().map(|row| row.librarian_id)));
        let activities =
            activity::Entity::find().filter(activity::Column::Id.is_in(rows.iter().map(|row| row.activity_id)));
        Ok(Self {
            people: reader.all(people).await?.into_iter().map(|row| (row.id, row)).collect(),
            activities: reader.all(activities).await?.into_iter().map(|row| (row.id, row)).collect(),
        })
    }

    /// A registration as this caller sees it.
    pub fn seen(&self, row: Model, access: &Access) -> Registration {
        let (person, activity) = (self.people.get(&row.librarian_id), self.activities.get(&row.activity_id));
        let maximum = activity.map_or(100, |activity| activity.score_maximum);
        let gain = Gain::of(row.pre_test_hundredths, row.post_test_hundredths, maximum);
        let superior = person.and_then(|person| person.supervisor_id);
        Registration {
            actions: actions(&row, access, superior, activity),
            activity_title: activity.map(|activity| activity.title.clone()).unwrap_or_default(),
            activity_starts_at: activity.and_then(|activity| activity.starts_at).map(Instant),
            librarian_name: person.map(|person| person.name.clone()).unwrap_or_default(),
            n_gain: gain.map(Gain::number),
            n_gain_band: gain.map(Gain::band),
            id: row.id,
            activity_id: row.activity_id,
            librarian_id: row.librarian_id,
            status: row.status,
            result: row.result,
            waitlist_number: row.waitlist_number,
            waitlist_position: None,
            registered_at: Instant(row.registered_at),
            supervisor_approved_at: row.supervisor_approved_at.map(Instant),
            approved_at: row.approved_at.map(Instant),
            confirmed_at: row.confirmed_at.map(Instant),
            offer_expires_at: row.offer_expires_at.map(Instant),
            cancelled_at: row.cancelled_at.map(Instant),
            cancel_cause: row.cancel_cause,
            cancel_reason: row.cancel_reason,
            attendance_percent: row.attendance_percent,
            pre_test: row.pre_test_hundredths.map(|score| decimal(score.into())),
            post_test: row.post_test_hundredths.map(|score| decimal(score.into())),
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

fn actions(
    row: &Model,
    access: &Access,
    superior: Option<Uuid>,
    activity: Option<&activity::Model>,
) -> Vec<RegistrationAction> {
    use RegistrationAction::{Acceptance, Approval, Cancellation, Rejection};
    if !activity.is_some_and(activity::Model::is_open) {
        return Vec::new();
    }
    let (admin, own) = (access.is_admin(), access.is_own(row.librarian_id));
    let superior = superior.is_some_and(|superior| access.is_own(superior)) && row.supervisor_approved_at.is_none();
    let mut open = Vec::new();
    match row.status {
        RegistrationStatus::Requested if admin || superior && !own => open.extend([Approval, Rejection]),
        RegistrationStatus::Offered if admin || own => open.push(Acceptance),
        _ => {}
    }
    let may_end = matches!(
        row.status,
        RegistrationStatus::Requested
            | RegistrationStatus::Confirmed
            | RegistrationStatus::Waitlisted
            | RegistrationStatus::Offered
    );
    if may_end && (admin || own) {
        open.push(Cancellation);
    }
    open
}

/// Who registers: oneself, or as an admin somebody else.
#[derive(Clone, Copy, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"librarian_id": null}))]
pub struct NewRegistration {
    /// The person; oneself unless given.
    pub librarian_id: Option<Uuid>,
}

/// Why a registration is refused.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Layanan pada hari itu kekurangan orang"}))]
pub struct RejectionReason {
    /// For the person to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// Which registrations to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct RegistrationFilter {
    /// For this activity.
    pub activity_id: Option<Uuid>,
    /// Of this person.
    pub librarian_id: Option<Uuid>,
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 200, example = "confirmed", pattern = "^(requested|confirmed|waitlisted|offered|cancelled|attended|no_show)(,(requested|confirmed|waitlisted|offered|cancelled|attended|no_show))*$")]
    pub status: Option<AnyOf<RegistrationStatus>>,
}

/// Which registrations of an activity to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ParticipantFilter {
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 200, example = "confirmed", pattern = "^(requested|confirmed|waitlisted|offered|cancelled|attended|no_show)(,(requested|confirmed|waitlisted|offered|cancelled|attended|no_show))*$")]
    pub status: Option<AnyOf<RegistrationStatus>>,
}

impl RegistrationFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.activity_id.map(|id| Column::ActivityId.eq(id)))
            .add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id)))
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
    }
}
