//! What follows when an activity is over: who completed it, their certificates and credit hours, and evidence of what they can now.
//!
//! All of it is one transaction, which the activity's row lets through once.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::dto::{Activity, is_over};
use super::entity::{ActivityScope, ActivityStatus, Entity, Model};
use super::service::one;
use crate::activities::check_ins::entity::attendance;
use crate::activities::registrations::entity::{
    self as registration, CancelCause, RegistrationResult, RegistrationStatus,
};
use crate::activities::sessions::entity as session;
use crate::certificates::certificates::office::{NewCertificate, Office, certified};
use crate::certificates::entity::{self as certificate, CertifiedCompetency};
use crate::competencies::assessments::dto::{AssessmentMethod, Evidence};
use crate::competencies::assessments::service::{ShownLevel, assessable_among, submit_shown_in};
use crate::credits::entries::entity::CreditSource;
use crate::credits::rule::Measure;
use crate::credits::service::{self as credits, NewCredit};
use crate::kernel::clock::local_date;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{INVALID_TRANSITION, Result};
use crate::kernel::policy::Access;
use crate::staff::librarians::entity as librarian;

/// The longest title of evidence.
const LONGEST_TITLE: usize = 200;

/// Completes an activity after its last session.
pub async fn complete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Activity> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        if before.status != ActivityStatus::Published || before.archived_at.is_some() || !is_over(&before, tx.now()) {
            return Err(INVALID_TRANSITION.into());
        }
        let (rows, names) = open_registrations_in(tx, id).await?;
        let seated = rows.iter().filter(|row| row.status == RegistrationStatus::Confirmed).count();
        let mut row = before.clone().into_active_model();
        row.status = Set(ActivityStatus::Completed);
        row.completed_at = Set(Some(tx.now()));
        row.seats_taken = Set(i32::try_from(seated).unwrap_or(i32::MAX));
        row.waiting_count = Set(0);
        let activity = tx.update::<Entity>(&before, row, expected, "activity.completed").await?;
        settle_in(tx, &activity, rows, &names).await?;
        Ok(Activity::seen(activity, tx.access(), tx.now()))
    })
    .await
}

/// Everybody concerned, by person, and how they are called: each one's record is held, in the order in which everybody takes them.
async fn open_registrations_in(
    tx: &Tx<'_>,
    activity_id: Uuid,
) -> Result<(Vec<registration::Model>, HashMap<Uuid, String>)> {
    let rows = registration::Entity::find()
        .filter(registration::Column::ActivityId.eq(activity_id))
        .filter(registration::Column::Status.ne(RegistrationStatus::Cancelled))
        .order_by_asc(registration::Column::LibrarianId);
    let rows = tx.reader().all(rows).await?;
    let people = librarian::Entity::find()
        .filter(librarian::Column::Id.is_in(rows.iter().map(|row| row.librarian_id)))
        .order_by_asc(librarian::Column::Id);
    let people = tx.lock_all(people).await?;
    Ok((rows, people.into_iter().map(|person| (person.id, person.name)).collect()))
}

/// How long each person attended, and how long the activity was.
struct Attended {
    minutes: HashMap<Uuid, i64>,
    total: i64,
    days: usize,
    sessions: usize,
}

impl Attended {
    async fn load_in(tx: &Tx<'_>, activity_id: Uuid) -> Result<Self> {
        let sessions = session::Entity::find().filter(session::Column::ActivityId.eq(activity_id));
        let sessions = tx.reader().all(sessions).await?;
        let length: HashMap<Uuid, i64> = sessions.iter().map(|row| (row.id, row.minutes())).collect();
        let present = attendance::Entity::find()
            .filter(attendance::Column::SessionId.is_in(length.keys().copied()))
            .filter(attendance::Column::IsPresent.eq(true));
        let mut minutes: HashMap<Uuid, i64> = HashMap::new();
        for row in tx.reader().all(present).await? {
            *minutes.entry(row.registration_id).or_default() += length.get(&row.session_id).copied().unwrap_or(0);
        }
        let days: HashSet<NaiveDate> = sessions.iter().map(|row| local_date(row.starts_at)).collect();
        Ok(Self { minutes, total: length.values().sum::<i64>().max(1), days: days.len(), sessions: sessions.len() })
    }

    /// The share in whole percent, rounded down: nobody reaches a limit by rounding.
    fn percent(&self, registration: Uuid) -> i32 {
        let minutes = self.minutes.get(&registration).copied().unwrap_or(0);
        i32::try_from(minutes * 100 / self.total).unwrap_or(100)
    }
}

async fn settle_in(
    tx: &Tx<'_>,
    activity: &Model,
    rows: Vec<registration::Model>,
    names: &HashMap<Uuid, String>,
) -> Result<()> {
    let attended = Attended::load_in(tx, activity.id).await?;
    let mut desk = Desk::open_in(tx, activity).await?;
    let aims = activity.competencies.0.iter().map(|aim| aim.competency_id);
    let assessable = assessable_among(tx.reader(), aims).await?;
    // Each person's registration leaves an event of its own, with what follows from it.
    for before in rows {
        let mut row = before.clone().into_active_model();
        if before.status != RegistrationStatus::Confirmed {
            row.status = Set(RegistrationStatus::Cancelled);
            row.waitlist_number = Set(None);
            row.offer_expires_at = Set(None);
            row.cancelled_at = Set(Some(tx.now()));
            row.cancel_cause = Set(Some(CancelCause::ActivityCompleted));
            tx.update::<registration::Entity>(&before, row, Precondition::default(), "registration.cancelled").await?;
            continue;
        }
        let percent = attended.percent(before.id);
        let result = result_of(activity, percent, before.post_test_hundredths);
        row.attendance_percent = Set(Some(percent));
        row.result = Set(Some(result));
        let absent = result == RegistrationResult::Absent;
        row.status = Set(if absent { RegistrationStatus::NoShow } else { RegistrationStatus::Attended });
        let name = if absent { "registration.missed" } else { "registration.attended" };
        let after = tx.update::<registration::Entity>(&before, row, Precondition::default(), name).await?;
        if result == RegistrationResult::Passed {
            let name = names.get(&after.librarian_id).map_or("", String::as_str);
            let certificate = desk.certify_in(tx, activity, &after, name).await?;
            credit_in(tx, activity, &after, &attended, certificate).await?;
            show_levels_in(tx, activity, &after, &assessable).await?;
        }
    }
    Ok(())
}

/// What attendance and score come to, by the activity's rule.
fn result_of(activity: &Model, percent: i32, post_test: Option<i32>) -> RegistrationResult {
    let enough = percent >= activity.least_attendance_percent;
    let reached = activity.least_post_test_hundredths.is_none_or(|least| post_test.is_some_and(|post| post >= least));
    match (percent, enough && reached) {
        (0, false) => RegistrationResult::Absent,
        (_, true) => RegistrationResult::Passed,
        (_, false) => RegistrationResult::Incomplete,
    }
}

/// Where those who completed an activity get their certificates.
struct Desk {
    office: Office,
    competencies: Vec<CertifiedCompetency>,
}

impl Desk {
    async fn open_in(tx: &Tx<'_>, activity: &Model) -> Result<Self> {
        let aims = activity.competencies.0.iter().map(|aim| (aim.competency_id, aim.level));
        let competencies = certified(tx.reader(), aims).await?;
        Ok(Self { office: Office::open_in(tx).await?, competencies })
    }

    async fn certify_in(
        &mut self,
        tx: &Tx<'_>,
        activity: &Model,
        registration: &registration::Model,
        name: &str,
    ) -> Result<certificate::Model> {
        let day = |instant: Option<DateTime<Utc>>| instant.map_or_else(|| tx.today(), local_date);
        let new = NewCertificate {
            librarian_id: registration.librarian_id,
            recipient_name: name.to_owned(),
            activity_id: activity.id,
            registration_id: registration.id,
            title: activity.title.clone(),
            credit_hundredths: Some(activity.credit_hundredths).filter(|hours| *hours > 0),
            competencies: self.competencies.clone(),
            starts_on: day(activity.starts_at),
            ends_on: day(activity.ends_at),
        };
        self.office.issue_in(tx, new, None).await
    }
}

/// Credit hours for somebody who completed an activity, where it has a training type by which they are counted.
async fn credit_in(
    tx: &Tx<'_>,
    activity: &Model,
    registration: &registration::Model,
    attended: &Attended,
    certificate: certificate::Model,
) -> Result<()> {
    let Some(training_type_id) = activity.training_type_id else { return Ok(()) };
    let small = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    let measure = Measure {
        claimed: Some(activity.credit_hundredths).filter(|hours| *hours > 0),
        days: small(attended.days),
        sessions: small(attended.sessions),
        minutes: i32::try_from(attended.total).unwrap_or(i32::MAX),
        is_international: activity.scope == ActivityScope::International,
    };
    let credit = NewCredit {
        librarian_id: registration.librarian_id,
        training_type_id,
        source_kind: CreditSource::Activity,
        source_id: activity.id,
        title: activity.title.clone(),
        organiser: Some(certificate.organiser),
        certificate_number: Some(certificate.number),
        evidence_url: None,
        starts_on: certificate.starts_on,
        ends_on: certificate.ends_on,
        measure,
    };
    credits::credit_in(tx, credit).await.map(|_| ())
}

/// Evidence of the levels that the activity aimed at, for a mentor or an admin to confirm.
async fn show_levels_in(
    tx: &Tx<'_>,
    activity: &Model,
    registration: &registration::Model,
    assessable: &HashSet<Uuid>,
) -> Result<()> {
    let on = activity.ends_at.map_or_else(|| tx.today(), local_date);
    let method = match activity.least_post_test_hundredths {
        Some(_) => AssessmentMethod::Test,
        None => AssessmentMethod::Assessor,
    };
    for aim in activity.competencies.0.iter().filter(|aim| assessable.contains(&aim.competency_id)) {
        let shown = ShownLevel {
            librarian_id: registration.librarian_id,
            competency_id: aim.competency_id,
            level: aim.level,
            method,
            on,
            evidence: Evidence { title: evidence(activity, on), ..Evidence::default() },
        };
        submit_shown_in(tx, shown).await?;
    }
    Ok(())
}

fn evidence(activity: &Model, on: NaiveDate) -> String {
    let tail = format!(" ({on})");
    let title: String = activity.title.chars().take(LONGEST_TITLE - tail.chars().count()).collect();
    title + &tail
}
