//! Judging scans: all that a batch needs is read once, then each scan is judged in memory, then all is written at once.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryTrait};
use uuid::Uuid;

use super::code::Claim;
use super::dto::{CheckInAnswer, NewCheckIn};
use super::entity::attendance::{self, AttendanceSource};
use super::entity::{CheckInMethod, CheckInOutcome, CheckInReason, Column, Entity, Model};
use crate::activities::activities::entity::{self as activity, ActivityStatus};
use crate::activities::registrations::entity::{self as registration, RegistrationStatus};
use crate::activities::sessions::entity as session;
use crate::kernel::db::Tx;
use crate::kernel::error::Result;
use crate::kernel::secret::sha256;

/// How long before a session people are let in.
pub const EARLY: TimeDelta = TimeDelta::hours(1);
/// How far a device's clock may be ahead.
const AHEAD: TimeDelta = TimeDelta::minutes(5);
/// Nonces of one look-up.
const NONCES_AT_ONCE: usize = 500;

/// Why a scan is not good, and whom it recognised all the same.
type Flaw = (CheckInOutcome, CheckInReason, Option<Uuid>);

/// A door of one activity, with all that was seen at it before.
pub struct Desk {
    activity: activity::Model,
    sessions: HashMap<Uuid, session::Model>,
    registrations: HashMap<Uuid, registration::Model>,
    /// Scans by device and nonce.
    known: HashMap<(String, String), Model>,
    /// The scan that stands for a person at a session.
    standing: HashMap<(Uuid, Uuid), Model>,
    by_hand: HashMap<(Uuid, Uuid), bool>,
    fresh: Vec<Model>,
    /// Scans of before that no longer stand.
    demoted: Vec<Uuid>,
}

impl Desk {
    /// Reads what these scans are judged by.
    pub async fn open_in(tx: &Tx<'_>, activity: activity::Model, items: &[NewCheckIn]) -> Result<Self> {
        let reader = tx.reader();
        let sessions = session::Entity::find().filter(session::Column::ActivityId.eq(activity.id));
        let sessions: HashMap<_, _> = reader.all(sessions).await?.into_iter().map(|row| (row.id, row)).collect();
        let registrations = registration::Entity::find().filter(registration::Column::ActivityId.eq(activity.id));
        let registrations = reader.all(registrations).await?.into_iter().map(|row| (row.id, row)).collect();
        let mut known = HashMap::new();
        for some in items.chunks(NONCES_AT_ONCE) {
            let rows = Entity::find()
                .filter(Column::ActivityId.eq(activity.id))
                .filter(Column::DeviceId.is_in(some.iter().map(|item| item.device_id.as_str())))
                .filter(Column::Nonce.is_in(some.iter().map(|item| item.nonce.as_str())));
            let rows = reader.all(rows).await?;
            known.extend(rows.into_iter().map(|row| ((row.device_id.clone(), row.nonce.clone()), row)));
        }
        let standing = Entity::find()
            .filter(Column::ActivityId.eq(activity.id))
            .filter(Column::Outcome.eq(CheckInOutcome::Applied))
            .filter(Column::AnnulledAt.is_null());
        let standing = reader.all(standing).await?;
        let standing = standing.into_iter().filter_map(|row| Some(((row.session_id?, row.registration_id?), row)));
        let by_hand = attendance::Entity::find()
            .filter(attendance::Column::SessionId.is_in(sessions.keys().copied()))
            .filter(attendance::Column::Source.eq(AttendanceSource::ByHand));
        let by_hand = reader.all(by_hand).await?;
        Ok(Self {
            activity,
            sessions,
            registrations,
            known,
            standing: standing.collect(),
            by_hand: by_hand.into_iter().map(|row| ((row.session_id, row.registration_id), row.is_present)).collect(),
            fresh: Vec::new(),
            demoted: Vec::new(),
        })
    }

    /// Judges scans in the order in which they happened, and answers them in the order in which they came.
    pub fn judge(&mut self, tx: &Tx<'_>, items: &[NewCheckIn]) -> Vec<CheckInAnswer> {
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_by_key(|index| {
            items.get(*index).map(|item| (item.scanned_at.0, item.device_id.as_str(), item.nonce.as_str()))
        });
        let mut answers: Vec<(usize, CheckInAnswer)> =
            order.into_iter().filter_map(|index| Some((index, self.take(tx, items.get(index)?)))).collect();
        answers.sort_by_key(|(index, _)| *index);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }

    fn take(&mut self, tx: &Tx<'_>, item: &NewCheckIn) -> CheckInAnswer {
        let fingerprint = fingerprint(item);
        let key = (item.device_id.clone(), item.nonce.clone());
        if let Some(before) = self.known.get(&key) {
            return again(item, before, &fingerprint);
        }
        let mut row = Model {
            id: tx.new_id(),
            activity_id: self.activity.id,
            session_id: self.sessions.contains_key(&item.session_id).then_some(item.session_id),
            registration_id: None,
            device_id: item.device_id.clone(),
            nonce: item.nonce.clone(),
            fingerprint,
            method: if item.code.is_some() { CheckInMethod::Code } else { CheckInMethod::Manual },
            scanned_at: item.scanned_at.0,
            received_at: tx.now(),
            outcome: CheckInOutcome::Applied,
            reason: None,
            annulled_at: None,
            annul_reason: None,
            version: 1,
            created_at: tx.now(),
            updated_at: tx.now(),
        };
        match self.recognise(tx, item) {
            Err((outcome, reason, registration)) => {
                (row.outcome, row.reason, row.registration_id) = (outcome, Some(reason), registration);
            }
            Ok(registration) => {
                row.registration_id = Some(registration);
                self.stand(item.session_id, registration, &mut row);
            }
        }
        let answer = answer(item, row.outcome, row.reason, &row);
        self.known.insert(key, row.clone());
        self.fresh.push(row);
        answer
    }

    /// The earliest good scan stands; the others are duplicates of it.
    fn stand(&mut self, session: Uuid, registration: Uuid, row: &mut Model) {
        match self.standing.get(&(session, registration)) {
            Some(before) if before.rank() <= row.rank() => {
                (row.outcome, row.reason) = (CheckInOutcome::Duplicate, Some(CheckInReason::AlreadyCheckedIn));
                return;
            }
            // Within a batch scans are taken by rank, so whoever gives way was there before it.
            Some(before) => self.demoted.push(before.id),
            None => {}
        }
        self.standing.insert((session, registration), row.clone());
    }

    /// Whom a scan recognises, where it is good.
    fn recognise(&self, tx: &Tx<'_>, item: &NewCheckIn) -> Result<Uuid, Flaw> {
        use CheckInOutcome::{Conflict, Rejected};
        let rejected = |reason, registration| Err((Rejected, reason, registration));
        let Some(session) = self.sessions.get(&item.session_id) else {
            return rejected(CheckInReason::UnknownSession, None);
        };
        let registration = self.named(tx, item)?;
        let id = registration.id;
        if item.scanned_at.0 > tx.now() + AHEAD {
            return rejected(CheckInReason::ClockAhead, Some(id));
        }
        if !(opens_at(session)..=session.ends_at).contains(&item.scanned_at.0) {
            return rejected(CheckInReason::OutsideSession, Some(id));
        }
        if self.activity.status != ActivityStatus::Published {
            return Err((Conflict, CheckInReason::ActivityClosed, Some(id)));
        }
        if registration.status != RegistrationStatus::Confirmed {
            return Err((Conflict, CheckInReason::NotConfirmed, Some(id)));
        }
        if self.by_hand.contains_key(&(session.id, id)) {
            return Err((Conflict, CheckInReason::SetByHand, Some(id)));
        }
        Ok(id)
    }

    /// The registration that the code or the hand names.
    fn named(&self, tx: &Tx<'_>, item: &NewCheckIn) -> Result<&registration::Model, Flaw> {
        let rejected = |reason, registration| (CheckInOutcome::Rejected, reason, registration);
        let Some(code) = &item.code else {
            let known = item.registration_id.and_then(|id| self.registrations.get(&id));
            return known.ok_or_else(|| rejected(CheckInReason::UnknownRegistration, None));
        };
        let claim = Claim::read(code).ok_or_else(|| rejected(CheckInReason::UnknownCode, None))?;
        let registration = self.registrations.get(&claim.registration);
        let secret = tx.context().secrets.door_secret(claim.registration);
        let registration = registration
            .filter(|_| claim.is_genuine(&secret))
            .ok_or_else(|| rejected(CheckInReason::UnknownCode, None))?;
        if claim.holds_at(item.scanned_at.0) {
            Ok(registration)
        } else {
            Err(rejected(CheckInReason::ExpiredCode, Some(registration.id)))
        }
    }

    /// Writes what was judged.
    pub async fn close_in(self, tx: &Tx<'_>) -> Result<()> {
        if self.fresh.is_empty() {
            return Ok(());
        }
        let applied = self.fresh.iter().filter(|row| row.outcome == CheckInOutcome::Applied);
        let present: Vec<_> = applied.filter_map(seen).collect();
        tx.put_all::<Entity>(self.fresh.into_iter().map(|row| row.into_active_model().reset_all())).await?;
        if !self.demoted.is_empty() {
            let update = Query::update()
                .table(Entity)
                .value(Column::Outcome, CheckInOutcome::Duplicate)
                .value(Column::Reason, CheckInReason::AlreadyCheckedIn)
                .and_where(Expr::col(Column::Id).is_in(self.demoted))
                .to_owned();
            tx.execute(&update).await?;
        }
        keep_in(tx, present).await?;
        tx.note::<activity::Entity>(&self.activity, "activity.check_ins_recorded").await
    }
}

/// From when scans of a session count.
pub fn opens_at(session: &session::Model) -> DateTime<Utc> {
    session.starts_at - EARLY
}

/// What a scan that stands says of attendance.
pub fn seen(row: &Model) -> Option<attendance::ActiveModel> {
    Some(attendance::ActiveModel {
        session_id: Set(row.session_id?),
        registration_id: Set(row.registration_id?),
        is_present: Set(true),
        source: Set(AttendanceSource::CheckIn),
        at: Set(row.scanned_at),
        check_in_id: Set(Some(row.id)),
    })
}

/// Writes attendance, over what was there.
pub async fn keep_in(tx: &Tx<'_>, rows: Vec<attendance::ActiveModel>) -> Result<()> {
    use attendance::Column::{At, CheckInId, IsPresent, RegistrationId, SessionId, Source};
    for some in rows.chunks(NONCES_AT_ONCE) {
        let over = OnConflict::columns([SessionId, RegistrationId])
            .update_columns([IsPresent, Source, At, CheckInId])
            .to_owned();
        let insert = attendance::Entity::insert_many(some.iter().cloned()).on_conflict(over);
        tx.execute(insert.as_query()).await?;
    }
    Ok(())
}

fn fingerprint(item: &NewCheckIn) -> Vec<u8> {
    let NewCheckIn { session_id, code, registration_id, scanned_at, .. } = item;
    let scanned = format!("{session_id} {code:?} {registration_id:?} {}", scanned_at.0.timestamp_millis());
    sha256(scanned.as_bytes()).to_vec()
}

/// A scan that came before gets the answer of then; one that was applied is a duplicate now.
fn again(item: &NewCheckIn, before: &Model, fingerprint: &[u8]) -> CheckInAnswer {
    if before.fingerprint != fingerprint {
        let answer = answer(item, CheckInOutcome::Conflict, Some(CheckInReason::NonceReused), before);
        return CheckInAnswer { check_in_id: None, registration_id: None, ..answer };
    }
    match before.outcome {
        CheckInOutcome::Applied | CheckInOutcome::Duplicate => {
            answer(item, CheckInOutcome::Duplicate, Some(CheckInReason::SameScan), before)
        }
        outcome => answer(item, outcome, before.reason, before),
    }
}

fn answer(item: &NewCheckIn, outcome: CheckInOutcome, reason: Option<CheckInReason>, row: &Model) -> CheckInAnswer {
    CheckInAnswer {
        nonce: item.nonce.clone(),
        device_id: item.device_id.clone(),
        outcome,
        reason,
        check_in_id: Some(row.id),
        registration_id: row.registration_id,
    }
}
