//! Two years of assessments: some strong, some weak, some that wait, some that went back.

use chrono::{Days, Months, NaiveDate, NaiveTime, TimeDelta};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::people::People;
use super::random::Dice;
use super::{Actor, instant};
use crate::competencies::assessments::dto::{AssessmentMethod, Evidence, NewAssessment, ReturnReason};
use crate::competencies::assessments::service;
use crate::competencies::standards::entity as standard;
use crate::kernel::auth::Caller;
use crate::kernel::db::{Db, Precondition};
use crate::kernel::error::Result;
use crate::kernel::policy::{Access, Reach};

/// The last day of which the demonstration tells.
const LAST_DAY: &str = "2026-11-13T01:00:00Z";
/// Days of which it tells.
const DAYS: u64 = 715;

/// What is to be written.
struct Plan {
    on: NaiveDate,
    person: Uuid,
    competency: Uuid,
    level: i32,
    fate: Fate,
}

/// What becomes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Confirmed,
    Submitted,
    Returned,
    Draft,
}

pub(super) async fn fill(db: &Db, people: &People) -> Result<()> {
    let mut dice = Dice(61_72);
    let mut plans = plans(db, people, &mut dice).await?;
    plans.sort_by_key(|plan| (plan.on, plan.person, plan.competency));
    for plan in plans {
        write(db, people, &plan, &mut dice).await?;
    }
    Ok(())
}

async fn plans(db: &Db, people: &People, dice: &mut Dice) -> Result<Vec<Plan>> {
    let last = instant(LAST_DAY)?.date_naive();
    let mut plans = Vec::new();
    for (person, position) in &people.staff {
        let asked = standard::Entity::find()
            .filter(standard::Column::PositionId.eq(*position))
            .order_by_asc(standard::Column::CompetencyId);
        // Some people are ahead of what is asked, some behind.
        let talent = i32::try_from(dice.below(3)).unwrap_or_default() - 1;
        for entry in db.reader().all(asked).await? {
            if dice.percent(22) {
                continue;
            }
            let spread = i32::try_from(dice.below(3)).unwrap_or_default() - 1;
            let level = (entry.required_level + talent.min(0) + spread).clamp(1, 5);
            let days = dice.below(DAYS);
            let fate = match dice.below(100) {
                0..=86 => Fate::Confirmed,
                87..=92 => Fate::Submitted,
                93..=96 => Fate::Draft,
                _ => Fate::Returned,
            };
            let plan = |days: u64, level: i32, fate| Plan {
                on: last.checked_sub_days(Days::new(days)).unwrap_or(last),
                person: *person,
                competency: entry.competency_id,
                level,
                fate,
            };
            // A quarter grew since an assessment of the year before.
            if days + 365 < DAYS && dice.percent(50) {
                plans.push(plan(days + 365, (level - 1).max(1), Fate::Confirmed));
            }
            plans.push(plan(days, level, fate));
        }
    }
    Ok(plans)
}

pub(super) fn access_of(actor: &Actor, reach: Reach) -> Access {
    let caller = Caller {
        user_id: actor.user_id,
        session_id: Uuid::nil(),
        librarian_id: Some(actor.librarian_id),
        is_mentor: actor.is_mentor,
        second_factor: false,
        has_second_factor: false,
        is_admin: actor.is_admin,
        signed_in_at: chrono::DateTime::UNIX_EPOCH,
    };
    Access::of(caller, reach)
}

async fn write(db: &Db, people: &People, plan: &Plan, dice: &mut Dice) -> Result<()> {
    let morning = NaiveTime::from_hms_opt(2, 0, 0).unwrap_or_default();
    db.context().clock.set(plan.on.and_time(morning).and_utc());
    // The three with accounts write for themselves, their mentor or the admin decides; the others are assessed by the admin.
    let (author, decider, method) = if plan.person == people.librarian.librarian_id {
        let (librarian, mentor) = (access_of(&people.librarian, Reach::Own), access_of(&people.mentor, Reach::Mentees));
        // Before they were a pair, the admin decided.
        let mentored = plan.on >= NaiveDate::from_ymd_opt(2025, 1, 13).unwrap_or_default();
        let decider = if mentored { mentor } else { access_of(&people.admin, Reach::All) };
        (librarian, decider, AssessmentMethod::SelfAssessment)
    } else if plan.person == people.admin.librarian_id {
        // Nobody decides on themselves.
        let deputy = access_of(&people.deputy, Reach::All);
        (deputy.clone(), deputy, AssessmentMethod::Assessor)
    } else {
        let methods = [
            AssessmentMethod::Assessor,
            AssessmentMethod::Assessor,
            AssessmentMethod::Test,
            AssessmentMethod::Certification,
        ];
        let admin = access_of(&people.admin, Reach::All);
        (admin.clone(), admin, dice.one_of(&methods).copied().unwrap_or(AssessmentMethod::Assessor))
    };
    let valid_until = match method {
        AssessmentMethod::Certification => plan.on.checked_add_months(Months::new(36)),
        AssessmentMethod::Test => plan.on.checked_add_months(Months::new(24)),
        _ => None,
    };
    let new = NewAssessment {
        librarian_id: plan.person,
        competency_id: plan.competency,
        method,
        level: plan.level,
        assessed_on: plan.on,
        valid_until,
        evidence: vec![Evidence { title: evidence(method).to_owned(), ..Evidence::default() }],
        note: None,
    };
    let draft = service::create(db, &author, new).await?;
    if plan.fate == Fate::Draft {
        return Ok(());
    }
    db.context().clock.advance(TimeDelta::minutes(20));
    service::submit(db, &author, draft.id, Precondition::default()).await?;
    db.context().clock.advance(TimeDelta::hours(5));
    match plan.fate {
        Fate::Confirmed => service::confirm(db, &decider, draft.id, Precondition::default()).await.map(|_| ()),
        Fate::Returned => {
            let reason =
                ReturnReason { reason: "Bukti untuk level ini belum cukup; lampirkan hasil kerja terakhir".to_owned() };
            service::send_back(db, &decider, draft.id, Precondition::default(), reason).await.map(|_| ())
        }
        Fate::Submitted | Fate::Draft => Ok(()),
    }
}

fn evidence(method: AssessmentMethod) -> &'static str {
    match method {
        AssessmentMethod::SelfAssessment => "Catatan kerja dan contoh hasil",
        AssessmentMethod::Mentor => "Pengamatan mentor",
        AssessmentMethod::Assessor => "Berita acara asesmen",
        AssessmentMethod::Certification => "Sertifikat kompetensi",
        AssessmentMethod::Test => "Hasil tes",
    }
}
