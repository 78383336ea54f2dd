//! What the demonstration's library found, what it did about it, and what it saw afterwards: two reviews, actions in each state, and
//! what participants, superiors and colleagues say three months after a training.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::Actor;
use super::assessments::access_of;
use super::people::People;
use super::random::Dice;
use super::reading_list::morning;
use crate::activities::activities::entity::{self as activity, ActivityStatus};
use crate::evaluation::activity_indicators::dto::NewActivityIndicator;
use crate::evaluation::activity_indicators::service as activity_indicators;
use crate::evaluation::behaviour_evaluations::dto::BehaviourAnswer;
use crate::evaluation::behaviour_evaluations::entity::{
    self as behaviour, BEHAVIOUR_ITEMS, BehaviourRating, Perspective,
};
use crate::evaluation::behaviour_evaluations::service as questions;
use crate::evaluation::behaviour_evaluations::tasks::ask_due;
use crate::evaluation::findings::dto::NewFinding;
use crate::evaluation::findings::service as findings;
use crate::evaluation::improvement_actions::content::{
    ImprovementOutcome, ImprovementReason, NewImprovementAction, NewRecheck,
};
use crate::evaluation::improvement_actions::{lifecycle as steps, service as actions};
use crate::evaluation::indicators::entity::{self as indicator, IndicatorDirection};
use crate::evaluation::needs::{Need, NeedKind};
use crate::evaluation::reviews::content::NewReview;
use crate::evaluation::reviews::{lifecycle as review_steps, service as reviews};
use crate::kernel::db::{Db, Precondition};
use crate::kernel::error::{Error, Result};
use crate::kernel::policy::{Access, Reach};

/// The training that is looked at on all four levels.
const TRAINING: &str = "Bimtek SLiMS 9 dan Analitik Kunjungan";

/// Indicators of the training, and what is expected of them.
const LINKED: [(&str, &str); 2] = [
    ("CAKUPAN-KOMPETENSI", "Lebih banyak pustakawan mencapai standar jabatan"),
    ("JPM", "Kesesuaian jabatan naik setelah pelatihan"),
];

struct Stage<'a> {
    db: &'a Db,
    people: &'a People,
    admin: Access,
    deputy: Access,
}

pub(super) async fn fill(db: &Db, people: &People, change: Uuid) -> Result<()> {
    let stage = Stage {
        db,
        people,
        admin: access_of(&people.admin, Reach::All),
        deputy: access_of(&people.deputy, Reach::All),
    };
    stage.linked().await?;
    stage.midyear(change).await?;
    stage.third_quarter().await?;
    stage.behaviour().await
}

impl Stage<'_> {
    /// The indicators that the training is meant to move: half a year before it and the half year after.
    async fn linked(&self) -> Result<()> {
        morning(self.db, day("2026-05-25")?);
        let training = self.training().await?;
        for (code, expectation) in LINKED {
            let new = NewActivityIndicator {
                indicator_id: self.indicator(code).await?,
                expectation: Some(expectation.to_owned()),
            };
            activity_indicators::create(self.db, &self.admin, training, new).await?;
        }
        Ok(())
    }

    async fn training(&self) -> Result<Uuid> {
        let training = activity::Entity::find()
            .filter(activity::Column::Title.eq(TRAINING))
            .filter(activity::Column::Status.eq(ActivityStatus::Completed));
        Ok(self.db.reader().find(training).await?.id)
    }

    async fn indicator(&self, code: &str) -> Result<Uuid> {
        Ok(self.db.reader().find(indicator::Entity::find().filter(indicator::Column::Code.eq(code))).await?.id)
    }

    /// A review that is closed: one finding with an action whose effect was measured, one with a reason why not.
    async fn midyear(&self, change: Uuid) -> Result<()> {
        let review = self.held("Evaluasi semester I 2026", "2026-07-06").await?;
        let slow = NewFinding {
            title: "Waktu tunggu di loket pengembalian 9,8 menit pada jam pulang sekolah".to_owned(),
            detail: Some("Diukur tiga hari, 12.00 sampai 14.00".to_owned()),
            need: Some(Need { kind: NeedKind::ChangeInitiative, id: change, element: None }),
            no_action_reason: None,
        };
        let slow = findings::create(self.db, &self.admin, review, slow).await?;
        let shelf = NewFinding {
            title: "Rak koleksi lokal terlalu tinggi untuk anak".to_owned(),
            detail: None,
            need: None,
            no_action_reason: Some("Koleksi lokal pindah ke lantai dasar pada 2027".to_owned()),
        };
        findings::create(self.db, &self.admin, review, shelf).await?;
        let action = NewImprovementAction {
            description: Some("Dua petugas penggerak berjaga di mesin pada jam ramai".to_owned()),
            need: Some(Need { kind: NeedKind::Finding, id: slow.id, element: None }),
            direction: Some(IndicatorDirection::LowerIsBetter),
            unit: Some("menit".to_owned()),
            baseline_value: Some(9.8),
            baseline_on: Some(day("2026-07-03")?),
            target_value: Some(5.0),
            ..self.plain("Mesin pengembalian kedua di lantai 1", "Nurhaliza Putri", "2026-09-30")?
        };
        let action = actions::create(self.db, &self.admin, action).await?.id;
        review_steps::close(self.db, &self.admin, review, Precondition::default()).await?;
        morning(self.db, day("2026-07-13")?);
        steps::start(self.db, &self.admin, action, Precondition::default()).await?;
        self.done(action, "2026-09-21", "Mesin dipasang 14 September; panduan ditempel di loket").await?;
        morning(self.db, day("2026-10-19")?);
        let measured = NewRecheck {
            checked_on: None,
            value: Some(4.1),
            note: Some("Diukur tiga hari dengan cara yang sama".to_owned()),
        };
        steps::check_again(self.db, &self.admin, action, Precondition::default(), measured).await?;
        steps::verify(self.db, &self.deputy, action, Precondition::default()).await.map(|_| ())
    }

    /// A review whose findings are being followed: actions that are under way, done, late, and given up.
    async fn third_quarter(&self) -> Result<()> {
        let review = self.held("Evaluasi triwulan III 2026", "2026-10-05").await?;
        let titles = [
            "Baru 17 dari 26 pegawai memakai layanan swalayan",
            "Pemustaka dari pesisir jarang datang pada hari kerja",
            "Rambu ke ruang anak sulit dibaca",
        ];
        let mut found = Vec::new();
        for title in titles {
            let new = NewFinding { title: title.to_owned(), detail: None, need: None, no_action_reason: None };
            found.push(findings::create(self.db, &self.admin, review, new).await?.id);
        }
        let after = |index: usize| found.get(index).map(|id| Need { kind: NeedKind::Finding, id: *id, element: None });
        let coach = NewImprovementAction {
            need: after(0),
            ..self.plain("Pendampingan di loket untuk yang masih mencoba", "Andreas Jaya Ngo", "2026-12-18")?
        };
        let coach = actions::create(self.db, &self.admin, coach).await?.id;
        let boat = NewImprovementAction {
            need: after(1),
            ..self.plain("Perpustakaan keliling dua kali sebulan ke pesisir", "Rizky Pratama", "2026-11-13")?
        };
        actions::create(self.db, &self.admin, boat).await?;
        let signs = NewImprovementAction {
            need: after(2),
            unit: Some("dari 20 pengunjung".to_owned()),
            baseline_value: Some(11.0),
            baseline_on: Some(day("2026-10-02")?),
            target_value: Some(18.0),
            ..self.plain("Rambu baru ke ruang anak", "Dewi Anggraini", "2026-11-06")?
        };
        let signs = actions::create(self.db, &self.admin, signs).await?.id;
        let app = self.plain("Aplikasi penunjuk ruang", "Teguh Prasetyo", "2026-12-31")?;
        let app = actions::create(self.db, &self.admin, app).await?.id;
        let certified = self.indicator("SERTIFIKASI").await?;
        let certified = NewImprovementAction {
            need: Some(Need { kind: NeedKind::Indicator, id: certified, element: None }),
            indicator_id: Some(certified),
            target_value: Some(40.0),
            ..self.plain("Uji kompetensi LSP bagi empat pustakawan", "Siti Rahmawati", "2026-12-31")?
        };
        actions::create(self.db, &self.admin, certified).await?;
        morning(self.db, day("2026-10-12")?);
        steps::start(self.db, &self.admin, coach, Precondition::default()).await?;
        self.done(signs, "2026-11-09", "Delapan rambu dipasang").await?;
        let reason = ImprovementReason { reason: "Rambu fisik sudah cukup".to_owned() };
        steps::cancel(self.db, &self.admin, app, Precondition::default(), reason).await.map(|_| ())
    }

    /// What three sides say about the training of June: asked in September, answered in November.
    async fn behaviour(&self) -> Result<()> {
        let training = self.training().await?;
        morning(self.db, day("2026-09-17")?);
        ask_due(self.db).await?;
        let asked = behaviour::Entity::find()
            .filter(behaviour::Column::ActivityId.eq(training))
            .order_by_asc(behaviour::Column::Id);
        let asked = self.db.reader().all(asked).await?;
        let mut dice = Dice(90_180);
        for (on, is_led) in [("2026-11-18", true), ("2026-11-19", false)] {
            morning(self.db, day(on)?);
            for row in asked.iter().filter(|row| (row.perspective == Perspective::Superior) == is_led) {
                if let Some(respondent) = row.respondent_id.filter(|_| is_led || dice.percent(85)) {
                    self.answered(row.id, respondent, row.perspective, &mut dice).await?;
                }
            }
        }
        ask_due(self.db).await
    }

    async fn answered(&self, id: Uuid, respondent: Uuid, side: Perspective, dice: &mut Dice) -> Result<()> {
        // Paper forms, entered by the office.
        let hand = Actor { librarian_id: respondent, is_admin: false, is_mentor: false, ..self.people.deputy.clone() };
        let mut step = |least: i32, spread: u64| least + i32::try_from(dice.below(spread)).unwrap_or_default();
        let ratings = BEHAVIOUR_ITEMS.into_iter().map(|item| {
            let before = step(2, 2);
            // A colleague seldom knows how it was before.
            let known = (side != Perspective::Peer).then_some(before);
            BehaviourRating { item, before: known, after: (before + step(1, 2)).min(5) }
        });
        let ratings = ratings.collect();
        let answer = BehaviourAnswer { ratings, is_applied: dice.percent(80), comment: None };
        let access = access_of(&hand, Reach::Own);
        questions::answer(self.db, &access, id, Precondition::default(), answer).await.map(|_| ())
    }

    async fn held(&self, title: &str, on: &str) -> Result<Uuid> {
        morning(self.db, day(on)?);
        let new = NewReview {
            title: title.to_owned(),
            held_on: day(on)?,
            programme_id: None,
            participant_ids: vec![
                self.people.admin.librarian_id,
                self.people.deputy.librarian_id,
                self.people.mentor.librarian_id,
            ],
            agenda: Some("Capaian indikator, hasil survei, tindak lanjut periode lalu".to_owned()),
            minutes: Some("Temuan dibahas satu per satu; penanggung jawab ditetapkan.".to_owned()),
            decisions: vec!["Tindak lanjut dilaporkan setiap bulan".to_owned()],
        };
        let review = reviews::create(self.db, &self.admin, new).await?.id;
        review_steps::hold_meeting(self.db, &self.admin, review, Precondition::default()).await?;
        Ok(review)
    }

    fn plain(&self, title: &str, owner: &str, due_on: &str) -> Result<NewImprovementAction> {
        Ok(NewImprovementAction {
            title: title.to_owned(),
            description: None,
            owner_id: self.people.id(owner)?,
            due_on: day(due_on)?,
            need: None,
            indicator_id: None,
            direction: None,
            unit: None,
            baseline_value: None,
            baseline_on: None,
            target_value: None,
        })
    }

    async fn done(&self, action: Uuid, on: &str, outcome: &str) -> Result<()> {
        morning(self.db, day(on)?);
        let outcome = ImprovementOutcome { outcome: Some(outcome.to_owned()) };
        steps::complete(self.db, &self.admin, action, Precondition::default(), outcome).await.map(|_| ())
    }
}

fn day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(Error::internal)
}
