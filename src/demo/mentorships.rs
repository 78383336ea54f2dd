//! A year of mentoring: a pair that meets twice a month, one that has gone quiet, a group, goals, feedback that is in and some that waits,
//! proposals in each state, and a pair that was broken off.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::assessments::access_of;
use super::instant;
use super::people::People;
use super::reading_list::{morning, own};
use crate::competencies::items::entity as competency;
use crate::kernel::clock::Instant;
use crate::kernel::db::{Db, Precondition};
use crate::kernel::error::{Error, Result};
use crate::kernel::patch::Patch;
use crate::kernel::policy::{Access, Reach};
use crate::mentoring::mentoring_meetings::content::{
    MeetingCancelReason, MentoringMeetingChanges, NewMentoringMeeting,
};
use crate::mentoring::mentoring_meetings::entity::MeetingActionItem;
use crate::mentoring::mentoring_meetings::{lifecycle as meeting_steps, service as meetings};
use crate::mentoring::mentorship_feedback::dto::{FeedbackRatings, FeedbackStage, NewMentorshipFeedback};
use crate::mentoring::mentorship_feedback::service as feedback;
use crate::mentoring::mentorship_goals::dto::{MentorshipGoalChanges, NewMentorshipGoal};
use crate::mentoring::mentorship_goals::service as goals;
use crate::mentoring::mentorships::dto::{MentorshipKind, NewMentorship, TerminationReason};
use crate::mentoring::mentorships::{lifecycle, service};
use crate::mentoring::private_notes::dto::NewPrivateNote;
use crate::mentoring::private_notes::service as notes;
use crate::staff::mentorships::entity::{self as mentorship, MentorshipStage};

/// What the pair that meets most works at, month by month.
const AGENDAS: [&str; 10] = [
    "Sasaran tahun ini",
    "Deskripsi fisik menurut RDA",
    "Titik akses nama daerah",
    "Judul seragam",
    "Naskah dan koleksi lokal",
    "Memeriksa sepuluh cantuman",
    "Subjek dan tajuk",
    "Terbitan berseri",
    "Cantuman analitik",
    "Persiapan asesmen level 3",
];
/// The competency of the demonstration's pair: descriptive cataloguing.
const CATALOGUING: &str = "PRP.LP02.003.01";

struct Stage<'a> {
    db: &'a Db,
    people: &'a People,
    admin: Access,
}

/// Two who are a pair, and for whom they speak.
struct Pair {
    id: Uuid,
    mentor: Access,
    mentee: Access,
}

pub(super) async fn fill(db: &Db, people: &People) -> Result<()> {
    let stage = Stage { db, people, admin: access_of(&people.admin, Reach::All) };
    let rizky = stage.pair("Maria Lestari Bong", "Rizky Pratama").await?;
    let rudi = stage.pair("Maria Lestari Bong", "Rudi Hartono Tjhia").await?;
    stage.twice_a_month(&rizky).await?;
    stage.gone_quiet(&rizky, &rudi).await?;
    for (mentor, mentee, day) in [
        ("Hendra Wijaya Lim", "Agnes Monika Sari", 10),
        ("Yohanes Tarigas", "Muhammad Fajar", 12),
        ("Dewi Anggraini", "Kristina Bulan", 17),
    ] {
        let pair = stage.pair(mentor, mentee).await?;
        stage.once_a_month(&pair, day).await?;
    }
    stage.said(&rizky).await?;
    stage.beginnings().await?;
    // What lies ahead when the demonstration begins.
    morning(db, day("2026-11-16")?);
    stage.planned(&rizky, "2026-11-24", "Cantuman untuk pameran koleksi lokal", &[]).await?;
    stage.planned(&rizky, "2026-12-08", "Rencana tahun depan", &[rudi.id]).await.map(|_| ())
}

impl Stage<'_> {
    async fn pair(&self, mentor: &str, mentee: &str) -> Result<Pair> {
        let (mentor, mentee) = (self.people.id(mentor)?, self.people.id(mentee)?);
        let row = mentorship::Entity::find()
            .filter(mentorship::Column::MentorId.eq(mentor))
            .filter(mentorship::Column::MenteeId.eq(mentee));
        let row = self.db.reader().find(row).await?;
        Ok(Pair { id: row.id, mentor: self.of(mentor), mentee: self.of(mentee) })
    }

    /// Somebody who speaks for themself, by their account where they have one.
    fn of(&self, person: Uuid) -> Access {
        let accounts = [&self.people.mentor, &self.people.librarian];
        let account = accounts.into_iter().find(|actor| actor.librarian_id == person);
        account.map_or_else(|| own(self.people, person), |actor| access_of(actor, Reach::Own))
    }

    /// The first and the third Tuesday of each month from January to October.
    async fn twice_a_month(&self, pair: &Pair) -> Result<()> {
        morning(self.db, day("2026-01-05")?);
        let catalogued = competency::Entity::find()
            .filter(competency::Column::Code.eq(CATALOGUING))
            .order_by_asc(competency::Column::Id);
        let goal = NewMentorshipGoal {
            competency_id: self.db.reader().find(catalogued).await?.id,
            target_level: 3,
            description: Some("Pengatalogan deskriptif dari level 2 ke level 3".to_owned()),
            due_on: Some(day("2026-12-11")?),
        };
        let goal = goals::create(self.db, &pair.mentor, pair.id, goal).await?;
        for (month, agenda) in (1..).zip(AGENDAS) {
            let first = first_tuesday(2026, month).ok_or_else(|| Error::internal("a month has a Tuesday"))?;
            for on in [first, first + Days::new(14)] {
                self.held(pair, on, agenda, &[]).await?;
            }
            if month % 3 == 0 {
                let progress = MentorshipGoalChanges {
                    progress_percent: i32::try_from(month * 8).ok(),
                    ..MentorshipGoalChanges::default()
                };
                goals::update(self.db, &pair.mentee, goal.id, Precondition::default(), progress).await?;
            }
        }
        Ok(())
    }

    async fn planned(&self, pair: &Pair, on: &str, agenda: &str, others: &[Uuid]) -> Result<Uuid> {
        self.plan(pair, day(on)?, agenda, others).await
    }

    async fn plan(&self, pair: &Pair, on: NaiveDate, agenda: &str, others: &[Uuid]) -> Result<Uuid> {
        let new = NewMentoringMeeting {
            starts_at: Instant(afternoon(on)?),
            minutes: 90,
            place: Some("Ruang pengolahan lantai 2".to_owned()),
            online_url: None,
            agenda: Some(agenda.to_owned()),
            shared_notes: None,
            action_items: Vec::new(),
            other_mentorship_ids: others.to_vec(),
        };
        Ok(meetings::create(self.db, &pair.mentor, pair.id, new).await?.id)
    }

    /// A meeting that was planned in the morning and held in the afternoon, with what is to be done until the next.
    async fn held(&self, pair: &Pair, on: NaiveDate, agenda: &str, others: &[Uuid]) -> Result<Uuid> {
        morning(self.db, on);
        let id = self.plan(pair, on, agenda, others).await?;
        self.db.context().clock.advance(TimeDelta::hours(6));
        meeting_steps::complete(self.db, &pair.mentor, id, Precondition::default()).await?;
        let changes = MentoringMeetingChanges {
            shared_notes: Patch::Set(format!("{agenda}: dibahas dengan contoh dari koleksi sendiri")),
            action_items: Some(vec![MeetingActionItem {
                what: "Menerapkan pada lima judul berikutnya".to_owned(),
                assignee_id: pair.mentee.own_librarian(),
                due_on: Some(on + Days::new(14)),
                is_done: on.month() < 10,
            }]),
            ..MentoringMeetingChanges::default()
        };
        meetings::update(self.db, &pair.mentee, id, Precondition::default(), changes).await?;
        Ok(id)
    }

    async fn once_a_month(&self, pair: &Pair, date: u32) -> Result<()> {
        for month in 7..=11 {
            let on = NaiveDate::from_ymd_opt(2026, month, date).unwrap_or_default();
            if on < day("2026-11-16")? {
                self.held(pair, on, "Perkembangan bulan ini", &[]).await?;
            }
        }
        Ok(())
    }

    /// A pair of which nothing was heard since a group met in August; what it planned for October did not take place.
    async fn gone_quiet(&self, lively: &Pair, quiet: &Pair) -> Result<()> {
        self.held(lively, day("2026-08-25")?, "Bersama: kosakata terkendali", &[quiet.id]).await?;
        morning(self.db, day("2026-09-28")?);
        self.planned(quiet, "2026-10-06", "Lanjutan kosakata terkendali", &[]).await?;
        let off = self.planned(quiet, "2026-10-20", "Menilai cantuman lama", &[]).await?;
        let reason = MeetingCancelReason { reason: "Mentee bertugas di pameran buku".to_owned() };
        meeting_steps::cancel(self.db, &quiet.mentee, off, Precondition::default(), reason).await.map(|_| ())
    }

    /// Feedback of both midway, of one in the end, and what the mentor noted for herself.
    async fn said(&self, pair: &Pair) -> Result<()> {
        morning(self.db, day("2026-06-22")?);
        let words = |stage, points: [i32; 4], comment: &str| NewMentorshipFeedback {
            stage,
            ratings: FeedbackRatings {
                preparation: points[0],
                communication: points[1],
                commitment: points[2],
                usefulness: points[3],
            },
            comment: Some(comment.to_owned()),
        };
        let midway = words(FeedbackStage::MidTerm, [4, 5, 4, 5], "Contohnya selalu dari koleksi kita sendiri");
        feedback::create(self.db, &pair.mentee, pair.id, midway).await?;
        self.db.context().clock.advance(TimeDelta::days(2));
        let midway = words(FeedbackStage::MidTerm, [5, 4, 5, 4], "Rajin; perlu lebih berani bertanya");
        feedback::create(self.db, &pair.mentor, pair.id, midway).await?;
        morning(self.db, day("2026-11-09")?);
        let last = words(FeedbackStage::Final, [5, 5, 4, 5], "Saya sekarang mengatalog tanpa contekan");
        feedback::create(self.db, &pair.mentee, pair.id, last).await?;
        let met = self.held(pair, day("2026-11-10")?, "Menilai kemajuan", &[]).await?;
        let note = NewPrivateNote { text: "Siap untuk asesmen level 3; usulkan pada rapat Desember".to_owned() };
        notes::keep(self.db, &pair.mentor, met, Precondition::default(), note).await.map(|_| ())
    }

    /// A pair that ended early, and the answers to what a round of matching proposed: one agreed by both, one that waits for the
    /// mentor, one declined.
    async fn beginnings(&self) -> Result<()> {
        let any = Precondition::default();
        morning(self.db, day("2026-03-02")?);
        let short = NewMentorship {
            mentor_id: self.people.id("Petrus Sabinus")?,
            mentee_id: self.people.id("Sri Wahyuni")?,
            kind: MentorshipKind::Mentoring,
            starts_on: day("2026-03-02")?,
            ends_on: None,
            is_proposal: false,
        };
        let short = service::create(self.db, &self.admin, short).await?;
        morning(self.db, day("2026-06-15")?);
        let reason = TerminationReason { reason: "Mentee pindah ke bagian lain".to_owned() };
        lifecycle::terminate(self.db, &self.admin, short.id, any, reason).await?;
        morning(self.db, day("2026-11-03")?);
        let waiting = mentorship::Entity::find()
            .filter(mentorship::Column::Stage.eq(MentorshipStage::Proposed))
            .order_by_asc(mentorship::Column::Id);
        for (number, pair) in self.db.reader().all(waiting).await?.into_iter().enumerate() {
            let (mentor, mentee) = (self.of(pair.mentor_id), self.of(pair.mentee_id));
            if number == 2 {
                lifecycle::decline(self.db, &mentor, pair.id, any).await?;
                continue;
            }
            lifecycle::accept(self.db, &mentee, pair.id, any).await?;
            if number == 0 {
                lifecycle::accept(self.db, &mentor, pair.id, any).await?;
            }
        }
        Ok(())
    }
}

fn first_tuesday(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, chrono::Weekday::Tue, 1)
}

/// Two o'clock in Singkawang.
fn afternoon(on: NaiveDate) -> Result<DateTime<Utc>> {
    instant(&format!("{on}T07:00:00Z"))
}

fn day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(Error::internal)
}
