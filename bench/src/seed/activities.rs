//! Activities, one a day, each with two sessions, all seats taken and a waiting list, as people left it who registered
//! one a minute and of whom one in twelve gave up: their seats went to the first in line.

use std::iter;

use chrono::{DateTime, Days, TimeDelta, Utc};
use uuid::Uuid;

use super::{
    Amount, Table, Value,
    draw::{first_day, id, int, pick, start_of},
    reference,
    tables::{Library, rows},
};

/// Registrations of an activity, as many as four of five can have a seat.
const PEOPLE: usize = 1_250;
/// One in so many gives up.
const GIVES_UP: usize = 12;
/// Days from the opening of the registration to the day itself.
const OPEN_DAYS: u64 = 60;
/// The type of the activities, as SIASN numbers it: Bimbingan Teknis.
const TYPE: i64 = 8;

/// A door at which a whole batch of people can check in.
pub(crate) struct Door {
    /// The activity.
    pub(crate) activity: Uuid,
    /// Its first session.
    pub(crate) session: Uuid,
    /// When that begins.
    pub(crate) starts_at: DateTime<Utc>,
}

/// The doors of all seeded activities with this many seats taken.
pub(crate) fn doors(amount: Amount, seats: usize) -> impl Iterator<Item = Door> {
    Plan::all(amount).filter(move |plan| plan.seats_taken() >= seats).map(|plan| Door {
        activity: plan.id(),
        session: plan.session(0),
        starts_at: plan.session_time(0).0,
    })
}

/// One activity before it becomes a row.
#[derive(Clone, Copy)]
struct Plan {
    index: usize,
    /// The place of its first registration among all.
    first: usize,
    people: usize,
    seats: usize,
}

impl Plan {
    fn all(amount: Amount) -> impl Iterator<Item = Self> {
        // Nobody registers twice for one activity.
        let each = PEOPLE.min(amount.librarians).max(1);
        let seats = (each * 4 / 5).max(1);
        (0..amount.registrations.div_ceil(each)).map(move |index| {
            let first = index * each;
            Self { index, first, people: each.min(amount.registrations - first), seats }
        })
    }

    fn id(self) -> Uuid {
        id(8, self.index)
    }

    fn session(self, number: usize) -> Uuid {
        id(9, self.index * 2 + number)
    }

    fn opens_at(self) -> DateTime<Utc> {
        start_of(first_day() + Days::new(self.index as u64))
    }

    fn session_time(self, number: usize) -> (DateTime<Utc>, DateTime<Utc>) {
        let day = self.opens_at() + Days::new(OPEN_DAYS);
        let hours = if number == 0 { (1, 5) } else { (6, 9) };
        (day + TimeDelta::hours(hours.0), day + TimeDelta::hours(hours.1))
    }

    fn title(self) -> String {
        format!("Bimbingan Teknis Layanan {}", self.index + 1)
    }

    /// Who did not give up.
    fn staying(self) -> usize {
        self.people - self.people / GIVES_UP
    }

    fn seats_taken(self) -> usize {
        self.staying().min(self.seats)
    }
}

impl Library {
    /// The activities, with the figures that each registration kept.
    pub(super) fn activities(&self) -> Table<'_> {
        let kind = reference::training_type(TYPE).map(|kind| kind.id);
        let activities = Plan::all(self.amount).map(move |plan| {
            let (begin, end) = (plan.session_time(0).0, plan.session_time(1).1);
            vec![
                plan.id().into(),
                "workshop".into(),
                plan.title().into(),
                "[]".into(),
                r#"{"activity_ids":[],"levels":[]}"#.into(),
                "[]".into(),
                Value::Int(700),
                kind.into(),
                "national".into(),
                "on_site".into(),
                "Aula".into(),
                int(plan.seats),
                plan.opens_at().into(),
                (begin - TimeDelta::days(1)).into(),
                "none".into(),
                "auto".into(),
                Value::Int(24),
                Value::Int(80),
                Value::Int(100),
                "published".into(),
                plan.opens_at().into(),
                begin.into(),
                end.into(),
                begin.into(),
                int(plan.seats_taken()),
                int(plan.staying() - plan.seats_taken()),
                int(plan.people.saturating_sub(plan.seats)),
                Value::Int(0),
                plan.title().to_lowercase().into(),
            ]
        });
        Table {
            name: "activities",
            columns: &[
                "id",
                "kind",
                "title",
                "competencies",
                "prerequisites",
                "staff_ids",
                "credit_hundredths",
                "training_type_id",
                "scope",
                "mode",
                "place",
                "capacity",
                "registration_opens_at",
                "registration_closes_at",
                "approval_stages",
                "waitlist_policy",
                "offer_hours",
                "least_attendance_percent",
                "score_maximum",
                "status",
                "published_at",
                "starts_at",
                "ends_at",
                "sorts_at",
                "seats_taken",
                "waiting_count",
                "last_waitlist_number",
                "interest_count",
                "search_text",
                "created_at",
                "updated_at",
                "version",
            ],
            rows: rows(activities),
        }
    }

    /// Two sessions of each activity, before and after noon.
    pub(super) fn sessions(&self) -> Table<'_> {
        let sessions = Plan::all(self.amount).flat_map(|plan| {
            (0..2).map(move |number| {
                let (begin, end) = plan.session_time(number);
                vec![
                    plan.session(number).into(),
                    plan.id().into(),
                    begin.into(),
                    end.into(),
                    "Asia/Pontianak".into(),
                    "Aula".into(),
                ]
            })
        });
        Table {
            name: "activity_sessions",
            columns: &[
                "id",
                "activity_id",
                "starts_at",
                "ends_at",
                "time_zone",
                "room",
                "created_at",
                "updated_at",
                "version",
            ],
            rows: rows(sessions),
        }
    }

    /// The registrations.
    pub(super) fn registrations(&self) -> Table<'_> {
        let registrations = Plan::all(self.amount)
            .flat_map(move |plan| iter::repeat_n(plan, plan.people).enumerate())
            .map(|(place, plan)| self.registration(plan, place));
        Table {
            name: "registrations",
            columns: &[
                "id",
                "activity_id",
                "librarian_id",
                "status",
                "waitlist_number",
                "registered_at",
                "confirmed_at",
                "cancelled_at",
                "cancel_cause",
                "created_at",
                "updated_at",
                "version",
            ],
            rows: Box::new(registrations),
        }
    }

    fn registration(&self, plan: Plan, place: usize) -> Vec<Value> {
        let registered_at = plan.opens_at() + TimeDelta::minutes(i64::try_from(place).unwrap_or_default());
        let gives_up = place % GIVES_UP == GIVES_UP - 1;
        let seated_at_once = place < plan.seats;
        let seated = !gives_up && place - place / GIVES_UP < plan.seats;
        let waits = !gives_up && !seated;
        // Seats come free on the second day, when everybody has registered.
        let later = plan.opens_at() + TimeDelta::hours(36);
        let changed = gives_up || seated && !seated_at_once;
        let updated_at = if changed { later } else { registered_at };
        let confirmed_at = match (seated_at_once, seated) {
            (true, _) => Some(registered_at),
            (false, true) => Some(later),
            (false, false) => None,
        };
        let status = match (gives_up, seated) {
            (true, _) => "cancelled",
            (false, true) => "confirmed",
            (false, false) => "waitlisted",
        };
        vec![
            id(10, plan.first + place).into(),
            plan.id().into(),
            pick(&self.librarians, plan.first + place).into(),
            status.into(),
            waits.then(|| int(place + 1 - plan.seats)).into(),
            registered_at.into(),
            confirmed_at.into(),
            gives_up.then_some(later).into(),
            gives_up.then_some("participant").into(),
            registered_at.into(),
            updated_at.into(),
            Value::Int(if changed { 2 } else { 1 }),
        ]
    }
}
