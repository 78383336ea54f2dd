//! What the library asked: citizens every year and all year long, people of a training, the staff before a change. And what readers wrote
//! by themselves, in each state.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::assessments::access_of;
use super::instant;
use super::people::People;
use super::random::Dice;
use super::reading_list::own;
use crate::activities::activities::entity as activity;
use crate::kernel::db::{Db, Precondition};
use crate::kernel::error::{Error, Result};
use crate::kernel::language::Localized;
use crate::kernel::limits::Limits;
use crate::kernel::policy::{Access, Reach};
use crate::kernel::secret::from_base32;
use crate::surveys::campaigns::content::{CampaignPublication, NewCampaign};
use crate::surveys::campaigns::dto::{CampaignAudience, CampaignSubject, SubjectKind};
use crate::surveys::campaigns::{lifecycle, service as campaigns, tokens};
use crate::surveys::questionnaires::entity as questionnaire;
use crate::surveys::questionnaires::service as questionnaires;
use crate::surveys::reader_feedback::dto::{
    FeedbackAnswer, FeedbackAssignment, FeedbackKind, FeedbackRejection, NewReaderFeedback,
};
use crate::surveys::reader_feedback::{entity as written, lifecycle as steps, service as feedback};
use crate::surveys::responses::dto::{AnswerValue, SurveyAnswer, SurveyAnswers};
use crate::surveys::responses::{named, service as responses};

/// The open link of the survey that takes answers all the time; it is the example of the OpenAPI.
pub const SURVEY_LINK: &str = "3PV9K0XQ7M2D8HTRB5WJN61CGYFZE4AS";

/// Ten readers on the nine elements of the SKM. Together they come to 82.22 (B).
const READERS: [[u8; 9]; 10] = [
    [3, 3, 3, 4, 3, 3, 4, 3, 3],
    [3, 4, 3, 4, 3, 4, 4, 4, 3],
    [4, 3, 3, 4, 3, 3, 3, 3, 2],
    [3, 3, 2, 4, 3, 3, 3, 3, 3],
    [4, 4, 4, 4, 4, 4, 4, 4, 4],
    [3, 3, 3, 4, 3, 4, 4, 3, 3],
    [2, 3, 2, 4, 3, 3, 3, 2, 3],
    [3, 3, 3, 4, 4, 3, 4, 3, 3],
    [4, 3, 3, 4, 3, 4, 4, 4, 3],
    [3, 3, 3, 4, 3, 3, 3, 3, 2],
];
/// So often ten of such are asked: 220 of 500, more than the target sample of 217.
const ROUNDS: usize = 22;

/// What is said of readers: question and codes.
const RESPONDENTS: [(&str, &[&str]); 6] = [
    ("SEX", &["FEMALE", "FEMALE", "MALE"]),
    ("AGE", &["17-24", "17-24", "25-34", "25-34", "35-44", "45-54", "55-PLUS"]),
    ("EDUCATION", &["SMA", "SMA", "DIPLOMA", "S1", "S1", "SMP", "S2-PLUS"]),
    ("OCCUPATION", &["STUDENT", "STUDENT", "EMPLOYEE", "CIVIL-SERVANT", "SELF-EMPLOYED", "HOME"]),
    ("SERVICE", &["CIRCULATION", "READING-ROOM", "READING-ROOM", "REFERENCE", "CHILDREN", "DIGITAL", "MOBILE"]),
    ("DISTRICT", &["BARAT", "BARAT", "TENGAH", "TENGAH", "SELATAN", "UTARA", "TIMUR"]),
];

/// Twelve people of a training on its first ten statements, satisfaction, and whether they would recommend it; one did not answer.
const TRAINED: [(u8, u8, u8); 11] = [
    (5, 5, 10),
    (4, 5, 9),
    (4, 4, 9),
    (5, 5, 10),
    (4, 4, 8),
    (3, 4, 7),
    (5, 5, 9),
    (4, 3, 6),
    (4, 4, 9),
    (5, 4, 10),
    (3, 3, 5),
];

/// What twenty people say to the five statements on a change.
struct Change {
    from: &'static str,
    until: &'static str,
    /// Statement and the sum of what all say to it.
    sums: [(&'static str, usize); 5],
}

/// Before it: 4.2, 3.0, 2.6, 2.2, 1.8 on the average. Half a year later: 4.6, 4.1, 3.9, 3.6, 2.9; what is left is to make it last.
const CHANGES: [Change; 2] = [
    Change { from: "2026-03-16", until: "2026-03-27", sums: [("A", 84), ("D", 60), ("K", 52), ("B", 44), ("R", 36)] },
    Change { from: "2026-09-14", until: "2026-09-25", sums: [("A", 92), ("D", 82), ("K", 78), ("B", 72), ("R", 58)] },
];
/// The statements on readiness.
const READINESS: [&str; 8] = ["C1", "C2", "C3", "C4", "E1", "E2", "E3", "E4"];

struct Stage<'a> {
    db: &'a Db,
    people: &'a People,
    admin: Access,
    limits: Limits,
    /// The change that two of the surveys are about.
    change: Uuid,
}

pub(super) async fn fill(db: &Db, people: &People, change: Uuid) -> Result<()> {
    let stage = Stage { db, people, admin: access_of(&people.admin, Reach::All), limits: Limits::new(false), change };
    let mut dice = Dice(82_22);
    stage.all_the_time(&mut dice).await?;
    stage.satisfaction(("2025", "2025-03-03", "2025-04-11"), 1, &mut dice).await?;
    stage.satisfaction(("2026", "2026-03-02", "2026-04-10"), 0, &mut dice).await?;
    stage.training().await?;
    for asked in &CHANGES {
        stage.change(asked).await?;
    }
    stage.readiness().await?;
    stage.prepared().await?;
    stage.feedback().await
}

fn number(question: &str, value: impl Into<serde_json::Number>) -> SurveyAnswer {
    SurveyAnswer { question: question.to_owned(), value: AnswerValue::Number(value.into()) }
}

fn words(question: &str, text: &str) -> SurveyAnswer {
    SurveyAnswer { question: question.to_owned(), value: AnswerValue::Text(text.to_owned()) }
}

/// What a reader says to the nine elements, and of themself.
fn reader(elements: &[u8; 9], dice: &mut Dice) -> SurveyAnswers {
    let scores = (1..).zip(elements).map(|(element, score)| number(&format!("U{element}"), *score));
    let mut answers: Vec<_> = scores.collect();
    for (question, codes) in RESPONDENTS {
        answers.extend(dice.one_of(codes).map(|code| words(question, code)));
    }
    if dice.percent(10) {
        answers.push(words("COMMENT", "Tambah koleksi komik dan buku anak"));
    }
    SurveyAnswers { answers }
}

impl Stage<'_> {
    fn at(&self, day: &str, hour: i64) -> Result<()> {
        self.db.context().clock.set(instant(&format!("{day}T01:00:00Z"))? + TimeDelta::hours(hour));
        Ok(())
    }

    async fn asking(&self, code: &str, title: Localized, days: (&str, &str)) -> Result<NewCampaign> {
        let edition = questionnaire::Entity::find().filter(questionnaire::Column::Code.eq(code));
        let day = |text: &str| text.parse().map_err(Error::internal);
        Ok(NewCampaign {
            questionnaire_id: self.db.reader().find(edition).await?.id,
            title,
            subject: None,
            audience: CampaignAudience::Readers,
            is_anonymous: true,
            opens_on: day(days.0)?,
            closes_on: day(days.1)?,
            population: None,
        })
    }

    async fn opened(&self, new: NewCampaign) -> Result<Uuid> {
        let id = campaigns::create(self.db, &self.admin, new).await?.id;
        lifecycle::open(self.db, &self.admin, id, Precondition::default()).await?;
        Ok(id)
    }

    async fn answer(&self, token: &str, given: &SurveyAnswers) -> Result<()> {
        responses::answer(self.db, &self.limits, None, token, given).await
    }

    async fn published(&self, id: Uuid, reason: Option<&str>) -> Result<()> {
        lifecycle::close(self.db, &self.admin, id, Precondition::default()).await?;
        let publication = CampaignPublication { reason: reason.map(str::to_owned) };
        lifecycle::publish(self.db, &self.admin, id, Precondition::default(), publication).await.map(|_| ())
    }

    /// What hangs as a code beside the door.
    async fn all_the_time(&self, dice: &mut Dice) -> Result<()> {
        self.at("2024-11-18", 1)?;
        let title = Localized::new("Kepuasan pemustaka, setiap saat", "Satisfaction of readers, at any time");
        let subject = Some(CampaignSubject { kind: SubjectKind::Service, id: None });
        let days = ("2024-11-18", "2099-12-31");
        let id = self.opened(NewCampaign { subject, ..self.asking("SKM", title, days).await? }).await?;
        let link = from_base32(SURVEY_LINK).and_then(|bytes| bytes.try_into().ok());
        let link = link.ok_or_else(|| Error::internal("the example of an open link has 160 bits"))?;
        tokens::link_to(self.db, &self.admin, id, link).await?;
        for elements in &READERS {
            self.answer(SURVEY_LINK, &reader(elements, dice)).await?;
        }
        Ok(())
    }

    /// The survey of a year; `less` is how much lower the third and the ninth element were.
    async fn satisfaction(&self, (year, from, until): (&str, &str, &str), less: u8, dice: &mut Dice) -> Result<()> {
        self.at(from, 1)?;
        let title =
            Localized::new(format!("Survei Kepuasan Masyarakat {year}"), format!("Citizen satisfaction survey {year}"));
        let subject = Some(CampaignSubject { kind: SubjectKind::Service, id: None });
        let new = self.asking("SKM", title, (from, until)).await?;
        let id = self.opened(NewCampaign { subject, population: Some(500), ..new }).await?;
        let link = tokens::renew_link(self.db, &self.admin, id).await?.token;
        for _ in 0..ROUNDS {
            for elements in &READERS {
                let mut elements = *elements;
                for (place, score) in elements.iter_mut().enumerate() {
                    if matches!(place, 2 | 8) && dice.percent(50) {
                        *score = score.saturating_sub(less).max(1);
                    }
                }
                self.answer(&link, &reader(&elements, dice)).await?;
            }
        }
        self.at(until, 8)?;
        self.published(id, None).await
    }

    /// How those who came to the training liked it, on its last day.
    async fn training(&self) -> Result<()> {
        let held = activity::Entity::find().filter(activity::Column::Title.eq("Bimtek SLiMS 9 dan Analitik Kunjungan"));
        let held = self.db.reader().find(held).await?;
        self.at("2026-06-18", 6)?;
        let title = Localized::new("Reaksi peserta Bimtek SLiMS 9", "Reaction to the SLiMS 9 training");
        let subject = Some(CampaignSubject { kind: SubjectKind::Activity, id: Some(held.id) });
        let audience = CampaignAudience::Participants;
        let new = self.asking("TRAINING-REACTION", title, ("2026-06-18", "2026-06-25")).await?;
        let id = self.opened(NewCampaign { subject, audience, population: Some(12), ..new }).await?;
        let made = tokens::issue(self.db, &self.admin, id, 12).await?.tokens;
        for (token, (statements, satisfied, recommends)) in made.iter().zip(TRAINED) {
            let codes = ["M1", "M2", "M3", "S1", "S2", "S3", "O1", "O2", "F1", "F2"];
            let mut answers: Vec<_> = (0_u8..)
                .zip(codes)
                // Room and refreshments were liked a little less than the rest.
                .map(|(place, code)| {
                    number(code, if place > 7 { statements.saturating_sub(1).max(2) } else { statements })
                })
                .collect();
            answers.extend([number("CSAT", satisfied), number("NPS", recommends)]);
            if recommends == 10 {
                answers.push(words("APPLY", "Menyusun laporan kunjungan bulanan dari SLiMS"));
            }
            self.answer(&token.0, &SurveyAnswers { answers }).await?;
        }
        self.at("2026-06-25", 8)?;
        self.published(id, Some("Satu dari dua belas peserta berhalangan")).await
    }

    /// The five elements of a change, by name: who evaluates helps each person where they are stuck.
    async fn change(&self, asked: &Change) -> Result<()> {
        self.at(asked.from, 1)?;
        let title = Localized::new("Migrasi ke layanan swalayan RFID", "Moving to self-service with RFID");
        let new = self.asking("ADKAR", title, (asked.from, asked.until)).await?;
        let subject = Some(CampaignSubject { kind: SubjectKind::ChangeInitiative, id: Some(self.change) });
        let audience = CampaignAudience::Staff;
        let new = NewCampaign { subject, audience, is_anonymous: false, population: Some(26), ..new };
        let id = self.opened(new).await?;
        let people = 20;
        for (place, (person, _)) in self.people.staff.iter().take(people).enumerate() {
            let answers = asked.sums.iter().map(|(code, sum)| {
                // The sum in equal parts, the rest one by one to the first.
                let score = sum / people + usize::from(place < sum % people);
                number(code, u8::try_from(score).unwrap_or(1))
            });
            let given = SurveyAnswers { answers: answers.collect() };
            named::answer(self.db, &own(self.people, *person), id, given).await?;
        }
        self.at(asked.until, 8)?;
        lifecycle::close(self.db, &self.admin, id, Precondition::default()).await.map(|_| ())
    }

    /// How ready the staff is, without names: 531 points of 160 answers, an index of 58.
    async fn readiness(&self) -> Result<()> {
        self.at("2026-03-16", 2)?;
        let title = Localized::new("Kesiapan layanan swalayan RFID", "Readiness for self-service with RFID");
        let new = self.asking("CHANGE-READINESS", title, ("2026-03-16", "2026-03-27")).await?;
        let subject = Some(CampaignSubject { kind: SubjectKind::ChangeInitiative, id: Some(self.change) });
        let audience = CampaignAudience::Staff;
        let id = self.opened(NewCampaign { subject, audience, population: Some(26), ..new }).await?;
        let made = tokens::issue(self.db, &self.admin, id, 26).await?.tokens;
        for (person, token) in made.iter().take(20).enumerate() {
            let answers = (0..).zip(READINESS).map(|(place, code)| {
                let above =
                    (person * READINESS.len() + place) * 51 / 160 < (person * READINESS.len() + place + 1) * 51 / 160;
                number(code, if above { 4_u8 } else { 3 })
            });
            self.answer(&token.0, &SurveyAnswers { answers: answers.collect() }).await?;
        }
        self.at("2026-03-27", 8)?;
        lifecycle::close(self.db, &self.admin, id, Precondition::default()).await.map(|_| ())
    }

    /// What is being prepared: a new edition, and a campaign for families.
    async fn prepared(&self) -> Result<()> {
        self.at("2026-11-11", 1)?;
        let mentoring = questionnaire::Entity::find().filter(questionnaire::Column::Code.eq("MENTORING-FEEDBACK"));
        let mentoring = self.db.reader().find(mentoring).await?;
        questionnaires::begin_edition(self.db, &self.admin, mentoring.id).await?;
        let title = Localized::new("Umpan balik keluarga 2026", "Feedback of families 2026");
        let new = self.asking("FAMILY-FEEDBACK", title, ("2026-12-01", "2026-12-19")).await?;
        campaigns::create(self.db, &self.admin, NewCampaign { population: Some(35), ..new }).await.map(|_| ())
    }

    /// What readers wrote, in each state; one answer came late.
    async fn feedback(&self) -> Result<()> {
        let said = [
            (FeedbackKind::Complaint, "Pendingin ruang baca mati sejak Senin", "Ruang baca", "2026-10-05", 30, 3),
            (
                FeedbackKind::Suggestion,
                "Mohon buka sampai pukul delapan malam pada hari Sabtu",
                "Ruang baca",
                "2026-10-12",
                200,
                3,
            ),
            (FeedbackKind::Praise, "Petugas layanan anak sabar dan ramah", "Layanan anak", "2026-10-20", 20, 2),
            (FeedbackKind::Complaint, "Denda keterlambatan tidak sesuai pengumuman", "Peminjaman", "2026-11-03", 10, 1),
            (FeedbackKind::Suggestion, "Tambahkan stopkontak di lantai dua", "Ruang baca", "2026-11-09", 0, 0),
            (FeedbackKind::Complaint, "Lampu jalan di depan pasar padam", "Lainnya", "2026-11-10", 0, -1),
        ];
        let any = Precondition::default();
        for (kind, message, service, day, hours, steps_taken) in said {
            self.at(day, 1)?;
            let (message, service) = (message.to_owned(), Some(service.to_owned()));
            let new = NewReaderFeedback { kind, message, service, contact: None };
            let id = if kind == FeedbackKind::Suggestion {
                feedback::create(self.db, &self.admin, new).await?.id
            } else {
                feedback::receive(self.db, new).await?;
                let last = written::Entity::find().order_by_desc(written::Column::CreatedAt);
                self.db.reader().find(last).await?.id
            };
            self.db.context().clock.advance(TimeDelta::hours(1));
            if steps_taken < 0 {
                let rejection = FeedbackRejection { reason: "Ditujukan kepada Dinas Perhubungan".to_owned() };
                steps::reject(self.db, &self.admin, id, any, rejection).await?;
            }
            if steps_taken > 0 {
                let to = FeedbackAssignment { assignee_id: self.people.librarian.librarian_id };
                steps::assign(self.db, &self.admin, id, any, to).await?;
            }
            if steps_taken > 1 {
                self.db.context().clock.advance(TimeDelta::hours(hours));
                let answer = "Terima kasih. Sudah kami tindak lanjuti bersama bagian terkait.".to_owned();
                steps::answer(self.db, &self.admin, id, any, FeedbackAnswer { answer }).await?;
            }
            if steps_taken > 2 {
                self.db.context().clock.advance(TimeDelta::hours(24));
                steps::close(self.db, &self.admin, id, any).await?;
            }
        }
        Ok(())
    }
}
