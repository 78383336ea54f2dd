//! A year of activities: five that are over with attendance and scores, a full one with a waiting list, a half-full panel, one that
//! waits for approval, one without a date, a series, a draft, and one that was called off.

use std::collections::HashMap;

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::assessments::access_of;
use super::instant;
use super::people::People;
use crate::activities::activities::content::NewActivity;
use crate::activities::activities::dto::{Activity, ActivityKind};
use crate::activities::activities::entity::{ApprovalStages, CompetencyAim};
use crate::activities::activities::lifecycle::{self, CancelReason};
use crate::activities::activities::{completion, service};
use crate::activities::check_ins::attendance;
use crate::activities::check_ins::dto::{NewAttendance, NewAttendances};
use crate::activities::interests::dto::NewInterest;
use crate::activities::registrations::dto::NewRegistration;
use crate::activities::scores::dto::{NewScore, NewScores};
use crate::activities::series::dto::NewActivitySeries;
use crate::activities::sessions::dto::{HOME_ZONE, NewActivitySession};
use crate::activities::speakers::dto::{NewSpeaker, SpeakerRole};
use crate::activities::{interests, registrations, scores, series, sessions, speakers};
use crate::competencies::standards::entity as standard;
use crate::kernel::clock::Instant;
use crate::kernel::db::{Db, Precondition};
use crate::kernel::error::Result;
use crate::kernel::patch::Patch;
use crate::kernel::policy::{Access, Reach};
use crate::settings::training_types::entity as training_type;
use crate::settings::venues::entity as venue;

/// How far each of twelve people is from the mean of the tests: 52 before, 78 after.
const SPREAD: [i32; 12] = [-12, -10, -8, -6, -4, -2, 2, 4, 6, 8, 10, 12];

/// Kind, title, jenis diklat (SIASN), credit hours, seats.
type Sketch = (ActivityKind, &'static str, i32, f64, Option<i32>);

/// What the activities are made with.
struct Stage<'a> {
    db: &'a Db,
    admin: Access,
    people: &'a People,
    types: HashMap<i32, Uuid>,
    aims: Vec<CompetencyAim>,
    /// The programme of the year.
    programme_id: Uuid,
    /// The training room.
    room: Uuid,
}

pub(super) async fn fill(db: &Db, people: &People, programme_id: Uuid) -> Result<()> {
    let types = db.reader().all(training_type::Entity::find()).await?;
    let position = people.staff.iter().find(|(id, _)| *id == people.librarian.librarian_id);
    let asked = standard::Entity::find()
        .filter(standard::Column::PositionId.eq(position.map(|(_, position)| *position).unwrap_or_default()))
        .order_by_asc(standard::Column::CompetencyId);
    let asked = db.reader().all(asked).await?;
    let room = db.reader().find(venue::Entity::find().filter(venue::Column::Code.eq("LATIH"))).await?;
    let stage = Stage {
        db,
        admin: access_of(&people.admin, Reach::All),
        people,
        types: types.into_iter().map(|row| (row.siasn_id, row.id)).collect(),
        aims: asked
            .into_iter()
            .map(|entry| CompetencyAim { competency_id: entry.competency_id, level: entry.required_level })
            .collect(),
        programme_id,
        room: room.id,
    };
    stage.over().await?;
    stage.to_come().await
}

impl Stage<'_> {
    async fn over(&self) -> Result<()> {
        let workshop = (ActivityKind::Workshop, "Layanan Digital Inklusif Cap Go Meh", 4, 10.0, Some(20));
        let days = ["2026-02-24T01:00:00Z", "2026-02-25T01:00:00Z"];
        self.held("2026-01-20T02:00:00Z", workshop, &days, 18, None).await?;
        let training = (ActivityKind::Training, "Bimtek SLiMS 9 dan Analitik Kunjungan", 8, 24.0, Some(12));
        let days = ["2026-06-16T01:00:00Z", "2026-06-17T01:00:00Z", "2026-06-18T01:00:00Z"];
        self.held("2026-05-11T02:00:00Z", training, &days, 12, Some(70.0)).await?;
        for (from, (kind, title, siasn_id, hours), day, people) in [
            (
                "2026-03-02T02:00:00Z",
                (ActivityKind::Seminar, "Literasi informasi untuk sekolah", 9, 3.0),
                "2026-03-12T01:00:00Z",
                9,
            ),
            (
                "2026-04-06T02:00:00Z",
                (ActivityKind::Workshop, "Mendongeng untuk anak", 4, 4.0),
                "2026-04-14T01:00:00Z",
                7,
            ),
            (
                "2026-07-06T02:00:00Z",
                (ActivityKind::Webinar, "Hak cipta di perpustakaan", 16, 2.0),
                "2026-07-21T01:00:00Z",
                11,
            ),
        ] {
            self.held(from, (kind, title, siasn_id, hours, None), &[day], people, None).await?;
        }
        self.at("2026-08-03T02:00:00Z")?;
        let visit = (ActivityKind::BenchmarkingVisit, "Kunjungan ke perpustakaan provinsi", 20, 10.0, Some(10));
        let visit = self.announced(visit, &["2026-09-10T01:00:00Z"], None).await?;
        self.seat(visit.id, 0..6).await?;
        self.at("2026-09-07T02:00:00Z")?;
        let reason = CancelReason { reason: "Jalan terputus karena banjir".to_owned() };
        lifecycle::cancel(self.db, &self.admin, visit.id, Precondition::default(), reason).await.map(|_| ())
    }

    async fn to_come(&self) -> Result<()> {
        self.at("2026-11-09T02:00:00Z")?;
        let panel = (ActivityKind::Panel, "Diskusi Panel: AI di Meja Referensi", 9, 4.0, Some(40));
        let panel = self.announced(panel, &["2026-11-26T01:00:00Z"], None).await?;
        self.seat(panel.id, 0..19).await?;
        self.panellists(panel.id).await?;
        let full = (ActivityKind::Training, "Bimtek Pengatalogan RDA", 8, 16.0, Some(8));
        let full = self.announced(full, &["2026-12-07T01:00:00Z", "2026-12-08T01:00:00Z"], Some(70.0)).await?;
        self.seat(full.id, 6..18).await?;
        self.approved_webinar().await?;
        let references = (ActivityKind::Workshop, "Layanan referensi daring", 4, 4.0, Some(16));
        let references = self.announced(references, &["2026-12-10T01:00:00Z"], None).await?;
        self.seat(references.id, 12..17).await?;
        let children = (ActivityKind::Seminar, "Ruang baca ramah anak", 9, 3.0, None);
        self.announced(children, &["2026-12-17T01:00:00Z"], None).await?;
        let wish = (ActivityKind::Training, "Bahasa isyarat untuk layanan perpustakaan", 8, 12.0, Some(15));
        let wish = self.announced(wish, &[], None).await?;
        for actor in [&self.people.librarian, &self.people.mentor, &self.people.admin] {
            let note = NewInterest { note: None };
            interests::service::create(self.db, &access_of(actor, Reach::Own), wish.id, note).await?;
        }
        let clinic = NewActivitySeries {
            rrule: "FREQ=MONTHLY;BYDAY=1TU;COUNT=6".to_owned(),
            starts_at: Instant(instant("2026-12-01T02:00:00Z")?),
            duration_minutes: 120,
            time_zone: HOME_ZONE.to_owned(),
            venue_id: Some(self.room),
            skip_holidays: false,
            activity: self.content((ActivityKind::Workshop, "Klinik pengatalogan", 23, 2.0, Some(10)), None),
        };
        let clinic = series::service::create(self.db, &self.admin, clinic).await?;
        series::service::publish(self.db, &self.admin, clinic.id).await?;
        let draft = (ActivityKind::JointProgramme, "Pekan literasi bersama perpustakaan Bengkayang", 4, 6.0, None);
        service::create(self.db, &self.admin, self.content(draft, None)).await.map(|_| ())
    }

    async fn approved_webinar(&self) -> Result<()> {
        let webinar = (ActivityKind::Webinar, "Webinar Pelestarian Naskah Kuno", 16, 3.0, Some(50));
        let content = NewActivity { approval_stages: ApprovalStages::One, ..self.content(webinar, None) };
        let webinar = service::create(self.db, &self.admin, content).await?;
        self.meet(webinar.id, "2026-12-15T06:00:00Z", None).await?;
        lifecycle::publish(self.db, &self.admin, webinar.id, Precondition::default()).await?;
        for actor in [&self.people.librarian, &self.people.mentor] {
            let own = NewRegistration { librarian_id: None };
            registrations::service::create(self.db, &access_of(actor, Reach::Own), webinar.id, own).await?;
        }
        Ok(())
    }

    /// An activity from its announcement to its completion.
    async fn held(&self, from: &str, sketch: Sketch, days: &[&str], people: usize, least: Option<f64>) -> Result<()> {
        self.at(from)?;
        let activity = self.announced(sketch, days, least).await?;
        let seated = self.seat(activity.id, 0..people).await?;
        let list = sessions::service::all_of(self.db, activity.id).await?;
        for (index, session) in list.iter().enumerate() {
            self.db.context().clock.set(session.ends_at);
            // The last person missed the last day, and the one before came to none.
            let absent =
                |place: usize| least.is_none() && place + 2 == people || place + 1 == people && index + 1 == list.len();
            let items = seated.iter().enumerate().map(|(place, registration_id)| NewAttendance {
                registration_id: *registration_id,
                is_present: Some(!absent(place)),
            });
            let items = NewAttendances { items: items.collect() };
            attendance::set(self.db, &self.admin, session.id, items).await?;
        }
        if least.is_some() {
            let items = seated.iter().zip(SPREAD).map(|(registration_id, offset)| NewScore {
                registration_id: *registration_id,
                pre_test: Patch::Set(f64::from(52 + offset)),
                post_test: Patch::Set(f64::from(78 + offset)),
            });
            let items = NewScores { items: items.collect() };
            scores::service::record(self.db, &self.admin, activity.id, items).await?;
        }
        self.db.context().clock.advance(TimeDelta::hours(2));
        completion::complete(self.db, &self.admin, activity.id, Precondition::default()).await.map(|_| ())
    }

    fn at(&self, day: &str) -> Result<()> {
        self.db.context().clock.set(instant(day)?);
        Ok(())
    }

    fn content(&self, (kind, title, siasn_id, credit_hours, capacity): Sketch, least: Option<f64>) -> NewActivity {
        let mut content = NewActivity::plain(kind, title);
        content.credit_hours = credit_hours;
        content.programme_id = Some(self.programme_id);
        content.training_type_id = self.types.get(&siasn_id).copied();
        content.capacity = capacity;
        content.place = Some("Ruang pelatihan lantai 2".to_owned());
        content.least_post_test_score = least;
        let first = usize::try_from(siasn_id).unwrap_or_default() % self.aims.len().max(1);
        content.competencies = self.aims.iter().cycle().skip(first).take(2.min(self.aims.len())).copied().collect();
        content
    }

    async fn announced(&self, sketch: Sketch, days: &[&str], least: Option<f64>) -> Result<Activity> {
        let activity = service::create(self.db, &self.admin, self.content(sketch, least)).await?;
        let elsewhere = matches!(activity.kind, ActivityKind::Webinar | ActivityKind::BenchmarkingVisit);
        let room = if elsewhere { None } else { Some(self.room) };
        for day in days {
            self.meet(activity.id, day, room).await?;
        }
        lifecycle::publish(self.db, &self.admin, activity.id, Precondition::default()).await
    }

    async fn meet(&self, activity_id: Uuid, day: &str, venue_id: Option<Uuid>) -> Result<()> {
        let starts_at = instant(day)?;
        let session = NewActivitySession {
            title: None,
            starts_at: Instant(starts_at),
            ends_at: Instant(starts_at + TimeDelta::hours(6)),
            time_zone: HOME_ZONE.to_owned(),
            venue_id,
            room: None,
            online_url: None,
        };
        sessions::service::create(self.db, &self.admin, activity_id, session).await.map(|_| ())
    }

    /// Registers these members of staff; who finds no seat waits.
    async fn seat(&self, activity_id: Uuid, places: std::ops::Range<usize>) -> Result<Vec<Uuid>> {
        let mut seated = Vec::new();
        for (person, _) in self.people.staff.iter().skip(places.start).take(places.len()) {
            let new = NewRegistration { librarian_id: Some(*person) };
            seated.push(registrations::service::create(self.db, &self.admin, activity_id, new).await?.id);
        }
        Ok(seated)
    }

    async fn panellists(&self, activity_id: Uuid) -> Result<()> {
        let guests = [
            ("Antonius Rusli", SpeakerRole::Panellist, "Asisten percakapan di meja referensi"),
            ("Theresia Lim", SpeakerRole::Panellist, "Literasi AI bagi pemustaka"),
        ];
        let moderator = NewSpeaker {
            session_id: None,
            librarian_id: Some(self.people.mentor.librarian_id),
            name: None,
            organisation: None,
            role: SpeakerRole::Moderator,
            topic: None,
            position: None,
        };
        speakers::service::create(self.db, &self.admin, activity_id, moderator.clone()).await?;
        for (name, role, topic) in guests {
            let guest = NewSpeaker {
                librarian_id: None,
                name: Some(name.to_owned()),
                organisation: Some("Forum Pustakawan Kalbar Utara".to_owned()),
                role,
                topic: Some(topic.to_owned()),
                ..moderator.clone()
            };
            speakers::service::create(self.db, &self.admin, activity_id, guest).await?;
        }
        Ok(())
    }
}
