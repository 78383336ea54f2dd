use chrono::NaiveDate;
use futures_util::future::LocalBoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::dto::{PromotionChecklist, PromotionItem, PromotionObstacle};
use crate::kernel::clock::months_between;
use crate::kernel::db::{Db, Reader};
use crate::kernel::decimal::decimal;
use crate::kernel::error::Result;
use crate::kernel::language::Localized;
use crate::kernel::policy::Access;
use crate::staff::appointments::history::{Standing as Place, in_force};
use crate::staff::appointments::service::refresh_due;
use crate::staff::certifications::service::passed_test;
use crate::staff::credit_point_rates::service as rates;
use crate::staff::credit_points::calculation::{ChecklistItem, PromotionFacts, Requirement, promotion_readiness};
use crate::staff::credit_points::gathered::Sources;
use crate::staff::credit_points::service::{applies, place, position_of, sources};
use crate::staff::librarians::entity::{self as librarian, EmploymentKind, Model as Person};
use crate::staff::positions::entity::{self as position, PositionCategory};
use crate::staff::records::person;

/// How many holders of a position are counted.
const MOST_HOLDERS: u64 = 100_000;

/// Who knows how many functional trainings somebody has completed by a day: the chapter that keeps the ledger.
pub struct CompletedTrainings {
    /// Counts them.
    pub count: for<'a> fn(&'a Db, Uuid, NaiveDate) -> LocalBoxFuture<'a, Result<i64>>,
}

/// How ready somebody is today.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<PromotionChecklist> {
    refresh_due(db).await?;
    let today = db.today();
    let person = person(db, access, id).await?;
    let sources = sources(db.reader(), &person).await?;
    let place = place(&person, &sources, today);
    let position = position_of(db.reader(), place.position_id).await?;
    let next = match &position {
        Some(position) => next_level(db.reader(), position).await?,
        None => None,
    };
    let rule = sources.rule(today).cloned();
    let obstacle = match (&position, &next, &rule) {
        _ if person.employment_kind != EmploymentKind::Pns => Some(PromotionObstacle::NotACivilServant),
        (position, ..) if !applies(&person, position.as_ref()) => Some(PromotionObstacle::NoFunctionalPosition),
        (_, None, _) => Some(PromotionObstacle::HighestLevel),
        (.., None) => Some(PromotionObstacle::NoRule),
        _ => None,
    };
    let mut answer = PromotionChecklist {
        librarian_id: person.id,
        position_id: place.position_id,
        next_position_id: next.as_ref().map(|next| next.id).filter(|_| obstacle.is_none()),
        obstacle,
        is_ready: None,
        items: Vec::new(),
        credit_point_rule_id: rule.as_ref().map(|rule| rule.id),
        is_verified: rule.as_ref().is_some_and(|rule| rule.verified),
    };
    if let (None, Some(next), Some(rule)) = (obstacle, next, rule) {
        let known = gather(db, &person, &sources, (&place, &next)).await?;
        let readiness = promotion_readiness(&rule.promotion(), &known.facts);
        answer.is_ready = readiness.ready;
        answer.is_verified &= known.is_verified;
        answer.items = readiness.items.into_iter().map(|item| known.item(item)).collect();
    }
    Ok(answer)
}

/// The next level of the same family.
async fn next_level(reader: Reader<'_>, now: &position::Model) -> Result<Option<position::Model>> {
    if now.category == PositionCategory::None {
        return Ok(None);
    }
    let above = position::Entity::find()
        .filter(position::Column::Category.eq(now.category))
        .filter(position::Column::Level.gt(now.level))
        .filter(position::Column::ArchivedAt.is_null());
    reader.one(above.order_by_asc(position::Column::Level).order_by_asc(position::Column::Id)).await
}

/// What is known, and where it is written.
struct Known {
    facts: PromotionFacts,
    is_verified: bool,
    appraisal: Option<Uuid>,
    appointment: Option<Uuid>,
    test: Option<Uuid>,
}

async fn gather(
    db: &Db,
    person: &Person,
    sources: &Sources,
    (place, next): (&Place, &position::Model),
) -> Result<Known> {
    let today = db.today();
    let rate = place.position_id.and_then(|id| sources.rate(id, today));
    let wanted = rates::in_force(db.reader(), next.id, today).await?;
    let accumulated = sources.beginning(today).map(|from| sources.total(from, &sources.parts(from, today)));
    let appraisal = sources.last_appraisal(today);
    let test = passed_test(db.reader(), person.id, next.id, today).await?;
    let since = place.position_since;
    let began = sources.history.iter().find(|row| Some(row.effective_on) == since).map(|row| row.id);
    let current = in_force(&sources.history, today).and_then(|index| sources.history.get(index)).map(|row| row.id);
    let facts = PromotionFacts {
        accumulated,
        needed: rate.and_then(|rate| rate.points_for_next_level).map(i64::from),
        predicate: appraisal.map(|row| row.predicate),
        months_in_level: since.map(|since| months_between(since, today).into()),
        open_positions: open_positions(db.reader(), next).await?,
        competency_test_passed: Some(test.is_some()),
        trainings_completed: trainings(db, person.id, today).await?,
        trainings_required: wanted.as_ref().map(|rate| rate.required_trainings.into()),
    };
    Ok(Known {
        facts,
        is_verified: rate.is_some_and(|rate| rate.verified) && wanted.is_some_and(|rate| rate.verified),
        appraisal: appraisal.map(|row| row.id),
        appointment: began.or(current),
        test,
    })
}

/// Places of the headcount (formasi) that nobody holds; `None` where nobody said how many there are.
async fn open_positions(reader: Reader<'_>, position: &position::Model) -> Result<Option<i64>> {
    let Some(headcount) = position.headcount else { return Ok(None) };
    let holders = librarian::Entity::find()
        .filter(librarian::Column::PositionId.eq(position.id))
        .filter(librarian::Column::ArchivedAt.is_null());
    let taken = reader.count(holders, MOST_HOLDERS).await?;
    Ok(Some((i64::from(headcount) - taken).max(0)))
}

async fn trainings(db: &Db, person: Uuid, on: NaiveDate) -> Result<Option<i64>> {
    match db.context().contributions::<CompletedTrainings>().next() {
        Some(ledger) => (ledger.count)(db, person, on).await.map(Some),
        None => Ok(None),
    }
}

impl Known {
    fn item(&self, item: ChecklistItem) -> PromotionItem {
        let (id, en) = item.code.label();
        let number = |value: i64| match item.code {
            Requirement::CreditPoints => decimal(value),
            _ => decimal(value.saturating_mul(100)),
        };
        PromotionItem {
            requirement: item.code,
            label: Localized::new(id, en),
            is_met: item.met,
            actual: item.actual.map(number),
            required: item.required.map(number),
            evidence_id: match item.code {
                Requirement::PerformancePredicate => self.appraisal,
                Requirement::TimeInLevel => self.appointment,
                Requirement::CompetencyTest => self.test,
                Requirement::CreditPoints | Requirement::OpenPosition | Requirement::MandatoryTraining => None,
            },
        }
    }
}
