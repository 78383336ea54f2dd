//! What people plan, and what they learn on their own: plans and entries in each state, some people above the 20 JP of their duty and
//! some below.

use chrono::{Days, NaiveDate, TimeDelta};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::assessments::access_of;
use super::instant;
use super::people::People;
use super::random::Dice;
use super::reading_list::{self, morning, own};
use crate::activities::activities::entity::{self as activity, ActivityStatus};
use crate::competencies::assessments::dto::Evidence;
use crate::kernel::db::{Db, Precondition};
use crate::kernel::error::Result;
use crate::kernel::patch::Patch;
use crate::kernel::policy::{Access, Reach};
use crate::learning::development_plans::content::{
    ActionCompletion, DevelopmentPlanChanges, NewDevelopmentPlan, NewPlanAction, NewPlanGoal, PlanOutcome,
    PlanReturnReason,
};
use crate::learning::development_plans::dto::{DevelopmentPlan, PlanActionKind};
use crate::learning::development_plans::{actions, lifecycle as plan_steps, service as plans};
use crate::learning::learning_entries::content::{LearningEntryChanges, NewLearningEntry};
use crate::learning::learning_entries::dto::{LearningEntryCorrection, LearningKind, LearningReason};
use crate::learning::learning_entries::{lifecycle as entry_steps, service as entries};

/// Kind, title, organiser, minutes, JP on the certificate in hundredths.
type Sketch = (LearningKind, &'static str, Option<&'static str>, i32, Option<i32>);

const LEARNED: [Sketch; 10] = [
    (LearningKind::ELearning, "Metadata untuk koleksi digital", Some("Akademi Pustaka Terbuka"), 450, Some(1000)),
    (LearningKind::Reading, "Manajemen Koleksi Perpustakaan Kota", None, 90, None),
    (LearningKind::Conference, "Temu Pustakawan Kalimantan Barat", Some("Forum Pustakawan Kalbar Utara"), 420, None),
    (LearningKind::Community, "Lingkar baca pustakawan", Some("Komunitas Tajuk"), 90, None),
    (LearningKind::Course, "Penulisan proposal program literasi", Some("Akademi Pustaka Terbuka"), 540, Some(1200)),
    (LearningKind::Publication, "Artikel: layanan keliling di pesisir", Some("Warta Pustaka"), 360, Some(400)),
    (LearningKind::Teaching, "Melatih relawan TBM mengatalog", Some("Forum TBM Singkawang"), 180, Some(400)),
    (
        LearningKind::ELearning,
        "Analitik kunjungan dengan lembar sebar",
        Some("Akademi Pustaka Terbuka"),
        300,
        Some(600),
    ),
    (LearningKind::Reading, "Literasi Informasi di Perpustakaan Umum", None, 120, None),
    (LearningKind::Conference, "Seminar pelestarian naskah", Some("Forum Naskah Kalbar"), 300, None),
];

struct Stage<'a> {
    db: &'a Db,
    people: &'a People,
    admin: Access,
}

pub(super) async fn fill(db: &Db, people: &People) -> Result<()> {
    let mut dice = Dice(22_23);
    reading_list::fill(db, people, &mut dice).await?;
    let stage = Stage { db, people, admin: access_of(&people.admin, Reach::All) };
    stage.plans().await?;
    stage.entries(&mut dice).await?;
    stage.of_the_accounts().await
}

impl Stage<'_> {
    /// Plans of 2025 that are closed, and of 2026 in each state.
    async fn plans(&self) -> Result<()> {
        let over = activity::Entity::find()
            .filter(activity::Column::Status.eq(ActivityStatus::Completed))
            .order_by_asc(activity::Column::SortsAt);
        let over: Vec<Uuid> = self.db.reader().all(over).await?.into_iter().map(|row| row.id).collect();
        for (number, (person, _)) in self.people.staff.iter().enumerate() {
            if *person == self.people.admin.librarian_id {
                continue;
            }
            if number % 2 == 0 {
                self.closed(*person).await?;
            }
            let plan = self.drafted(*person, "2026-01-12", 2026, over.get(number % over.len().max(1)).copied()).await?;
            match number % 6 {
                _ if plan.goals.is_empty() => {}
                0 => {}
                1 => {
                    plan_steps::submit(self.db, &self.admin, plan.id, Precondition::default()).await?;
                }
                2 => {
                    plan_steps::submit(self.db, &self.admin, plan.id, Precondition::default()).await?;
                    let reason = PlanReturnReason { reason: "Tambahkan praktik di tempat kerja".to_owned() };
                    plan_steps::send_back(self.db, &self.admin, plan.id, Precondition::default(), reason).await?;
                }
                state => {
                    let plan = self.approved(&plan).await?;
                    if state > 3 {
                        self.practised(&plan, "2026-07-15").await?;
                    }
                }
            }
        }
        Ok(())
    }

    /// A plan from the gaps of today, with practice at work and an activity of that year.
    async fn drafted(&self, person: Uuid, on: &str, year: i32, activity: Option<Uuid>) -> Result<DevelopmentPlan> {
        morning(self.db, day(on)?);
        let new =
            NewDevelopmentPlan { librarian_id: Some(person), year, note: None, from_gaps: true, goals: Vec::new() };
        let plan = plans::create(self.db, &self.admin, new).await?;
        if plan.goals.is_empty() {
            return Ok(plan);
        }
        let goals = plan.goals.iter().take(3).enumerate().map(|(number, goal)| {
            let kept = goal.actions.iter().filter(|action| action.activity_id.is_none());
            let mut actions: Vec<_> = kept
                .map(|action| NewPlanAction {
                    kind: action.kind,
                    title: Some(action.title.clone()),
                    activity_id: None,
                    mentor_id: action.mentor_id,
                    learning_resource_id: action.learning_resource_id,
                    bucket: None,
                    planned_hours: Some(action.planned_hours),
                })
                .collect();
            if number == 0 {
                actions.push(step(PlanActionKind::Practice, "Menerapkan di unit sendiri selama satu bulan", 16.0));
                actions.extend(activity.map(|id| NewPlanAction {
                    title: None,
                    planned_hours: None,
                    activity_id: Some(id),
                    ..step(PlanActionKind::Activity, "", 0.0)
                }));
            }
            NewPlanGoal {
                competency_id: goal.competency_id,
                target_level: goal.target_level,
                due_on: None,
                reason: Some("Belum mencapai standar jabatan".to_owned()),
                actions,
            }
        });
        let changes = DevelopmentPlanChanges { note: Patch::Keep, goals: Some(goals.collect()) };
        plans::update(self.db, &self.admin, plan.id, Precondition::default(), changes).await
    }

    async fn closed(&self, person: Uuid) -> Result<()> {
        let plan = self.drafted(person, "2025-01-13", 2025, None).await?;
        if plan.goals.is_empty() {
            return Ok(());
        }
        let plan = self.approved(&plan).await?;
        self.practised(&plan, "2025-08-20").await?;
        morning(self.db, day("2025-12-22")?);
        let outcome = PlanOutcome { outcome: Some("Sebagian sasaran dilanjutkan tahun depan".to_owned()) };
        plan_steps::close(self.db, &self.admin, plan.id, Precondition::default(), outcome).await.map(|_| ())
    }

    async fn approved(&self, plan: &DevelopmentPlan) -> Result<DevelopmentPlan> {
        self.db.context().clock.advance(TimeDelta::days(7));
        plan_steps::submit(self.db, &self.admin, plan.id, Precondition::default()).await?;
        self.db.context().clock.advance(TimeDelta::days(5));
        plan_steps::approve(self.db, &self.admin, plan.id, Precondition::default()).await
    }

    async fn practised(&self, plan: &DevelopmentPlan, on: &str) -> Result<()> {
        let done_on = day(on)?;
        morning(self.db, done_on);
        let steps = plan.goals.iter().flat_map(|goal| &goal.actions);
        for action in steps.filter(|action| action.kind == PlanActionKind::Practice && action.done_on.is_none()) {
            let note = Some("Diperiksa bersama kepala unit".to_owned());
            let completion = ActionCompletion { done_on: Some(done_on), hours: None, note };
            actions::complete(self.db, &self.admin, action.id, Precondition::default(), completion).await?;
        }
        Ok(())
    }

    /// What was learned in 2025 and 2026: most of it verified, the rest in every other state.
    async fn entries(&self, dice: &mut Dice) -> Result<()> {
        let first = day("2025-01-06")?;
        let mut told: Vec<(NaiveDate, Uuid, usize)> = Vec::new();
        for (place, (person, _)) in self.people.staff.iter().enumerate() {
            // Some learn a lot, some nothing.
            let count = [0, 2, 4, 7, 11, 16].get(place % 6).copied().unwrap_or(0);
            for _ in 0..count {
                let which = usize::try_from(dice.below(LEARNED.len() as u64)).unwrap_or_default();
                told.push((first + Days::new(dice.below(675)), *person, which));
            }
        }
        // A reading circle that meets each month, so that some have long streaks.
        for (person, _) in self.people.staff.iter().step_by(4) {
            told.extend((0..23).map(|month| (first + Days::new(9 + month * 30), *person, 3)));
        }
        told.sort_unstable();
        for (number, (on, person, which)) in told.into_iter().enumerate() {
            let Some(sketch) = LEARNED.get(which) else { continue };
            let is_own = person == self.people.admin.librarian_id;
            self.entry(person, *sketch, on, number, if is_own { 10 } else { dice.below(100) }).await?;
        }
        Ok(())
    }

    async fn entry(&self, person: Uuid, sketch: Sketch, on: NaiveDate, number: usize, fate: u64) -> Result<()> {
        let (kind, title, organiser, minutes, claimed) = sketch;
        morning(self.db, on + Days::new(2));
        let new = NewLearningEntry {
            librarian_id: Some(person),
            kind,
            training_type_id: None,
            title: title.to_owned(),
            organiser: organiser.map(str::to_owned),
            certificate_number: claimed.map(|_| format!("{}/{:04}", on.format("%Y"), number + 1)),
            starts_on: on,
            ends_on: on,
            days: 0,
            sessions: 1,
            minutes,
            is_international: false,
            claimed_hours: claimed.map(|hours| f64::from(hours) / 100.0),
            summary: None,
            evidence: vec![Evidence { title: "Sertifikat atau catatan".to_owned(), ..Evidence::default() }],
            plan_action_id: None,
        };
        let any = Precondition::default();
        let entry = entries::create(self.db, &self.admin, new).await?;
        if fate < 4 {
            return Ok(());
        }
        entry_steps::submit(self.db, &self.admin, entry.id, any).await?;
        if fate < 12 {
            return Ok(());
        }
        self.db.context().clock.advance(TimeDelta::days(3));
        let reason = |text: &str| LearningReason { reason: text.to_owned() };
        if fate < 17 {
            let why = reason("Lampirkan sertifikat yang terbaca");
            return entry_steps::send_back(self.db, &self.admin, entry.id, any, why).await.map(|_| ());
        }
        entry_steps::verify(self.db, &self.admin, entry.id, any).await?;
        if fate < 20 {
            let why = reason("Tercatat dua kali");
            entry_steps::withdraw(self.db, &self.admin, entry.id, any, why).await?;
        } else if fate < 23 {
            let changes = LearningEntryChanges { minutes: Some(minutes / 2), ..LearningEntryChanges::default() };
            let correction = LearningEntryCorrection { reason: "Hanya setengah hari".to_owned(), changes };
            entry_steps::correct(self.db, &self.admin, entry.id, any, correction).await?;
        }
        Ok(())
    }

    /// What the three who sign in see first: a plan for next year from their gaps, and something of their own that waits.
    async fn of_the_accounts(&self) -> Result<()> {
        for (number, actor) in [&self.people.librarian, &self.people.mentor, &self.people.admin].into_iter().enumerate()
        {
            morning(self.db, day("2026-11-10")?);
            let access = own(self.people, actor.librarian_id);
            let new =
                NewDevelopmentPlan { librarian_id: None, year: 2027, note: None, from_gaps: true, goals: Vec::new() };
            plans::create(self.db, &access, new).await?;
            let on = day("2026-11-05")?;
            for sketch in LEARNED.into_iter().take(1) {
                self.entry(actor.librarian_id, sketch, on, 9_000 + number, 10).await?;
            }
        }
        Ok(())
    }
}

fn step(kind: PlanActionKind, title: &str, hours: f64) -> NewPlanAction {
    NewPlanAction {
        kind,
        title: Some(title.to_owned()),
        activity_id: None,
        mentor_id: None,
        learning_resource_id: None,
        bucket: None,
        planned_hours: Some(hours),
    }
}

fn day(text: &str) -> Result<NaiveDate> {
    Ok(instant(&format!("{text}T02:00:00Z"))?.date_naive())
}
