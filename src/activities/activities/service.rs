use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::content::{ActivityChanges, NewActivity};
use super::dto::{Activity, ActivityFilter, ActivityPage};
use super::entity::{ActiveModel, ActivityStatus, Column, CompetencyAim, Entity, Model, covered, staff};
use crate::activities::registrations::seats;
use crate::competencies::aims::not_among;
use crate::competencies::assessments::service::assessable_among;
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::{Access, Reach};
use crate::kernel::validation::{self, ENDS_BEFORE_IT_BEGINS, Fault, NO_SUCH_OBJECT, OUT_OF_RANGE, Violation};
use crate::programmes::programmes::service::hold_open_in;
use crate::settings::training_types::entity as training_type;
use crate::staff::reach::on_staff;

/// It is over or called off.
pub const ACTIVITY_CLOSED: Refusal = Refusal {
    code: "activity_closed",
    status: 409,
    id: "Kegiatan yang selesai atau dibatalkan tidak dapat diubah",
    en: "An activity that is over or called off can no longer change",
};

/// More people have a seat than there would be.
pub const SEATS_TAKEN: Fault = Fault {
    code: "seats_taken",
    id: "Sudah {taken} kursi terisi; kapasitas tidak dapat lebih kecil",
    en: "{taken} seats are taken already; there cannot be fewer",
};

/// Where an activity without a date stands in a list by date: the last instant of the calendar in use.
pub const WITHOUT_DATE: DateTime<Utc> =
    DateTime::from_timestamp_millis(253_370_764_800_000).expect("the year 9999 is within the calendar");

const SORTABLE: &Sortable<Entity> = &[
    ("starts_at", Column::SortsAt),
    ("created_at", Column::CreatedAt),
    ("title", Column::Title),
    ("interest_count", Column::InterestCount),
];

/// The activities this caller may know of; every query starts here. Drafts are for admins.
pub fn visible(access: &Access, include_archived: bool) -> Select<Entity> {
    let rows = Entity::find();
    if !access.is_admin() {
        rows.filter(Column::ArchivedAt.is_null()).filter(Column::Status.ne(ActivityStatus::Draft))
    } else if include_archived {
        rows
    } else {
        rows.filter(Column::ArchivedAt.is_null())
    }
}

/// The ids of the activities this caller may know of, as a sub-query for what belongs to them.
pub fn visible_ids(access: &Access) -> SelectStatement {
    visible(access, true).select_only().column(Column::Id).into_query()
}

/// The ids of the activities whose door the caller keeps, as a condition on the column that names the activity.
pub fn kept_by<C: ColumnTrait>(access: &Access, activity: C) -> Condition {
    match (access.reach(), access.own_librarian()) {
        (Reach::All, _) => Condition::all(),
        (_, own) => {
            let doors = Query::select()
                .column(staff::Column::ActivityId)
                .from(staff::Entity)
                .and_where(Expr::col(staff::Column::LibrarianId).eq(own.unwrap_or_default()))
                .to_owned();
            Condition::all().add(activity.in_subquery(doors))
        }
    }
}

/// An activity by its id.
pub fn one(access: &Access, id: Uuid) -> Select<Entity> {
    visible(access, true).filter(Column::Id.eq(id))
}

/// An activity that can still change, kept from changing otherwise until this transaction ends.
pub async fn lock_open(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    let row = tx.lock(one(tx.access(), id)).await?;
    if row.is_open() { Ok(row) } else { Err(ACTIVITY_CLOSED.into()) }
}

/// Lists activities.
pub async fn list(db: &Db, access: &Access, list: &Listing<ActivityFilter>) -> Result<ActivityPage> {
    let rows = visible(access, list.filter.include_archived).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "starts_at").await?;
    let now = db.now();
    Ok(page.map(|row| Activity::seen(row, access, now)))
}

/// Reads an activity.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Activity> {
    let row = db.reader().find(one(access, id)).await?;
    Ok(Activity::seen(row, access, db.now()))
}

/// Enters an activity, as a draft.
pub async fn create(db: &Db, access: &Access, new: NewActivity) -> Result<Activity> {
    db.create(access, async move |tx: &Tx<'_>| {
        check(tx, &new, None).await?;
        let row = create_in(tx, &new, None).await?;
        Ok(Activity::seen(row, tx.access(), tx.now()))
    })
    .await
}

/// Enters a draft whose content was checked, perhaps as one date of a series.
pub async fn create_in(tx: &Tx<'_>, new: &NewActivity, series_id: Option<Uuid>) -> Result<Model> {
    let mut row = ActiveModel {
        series_id: Set(series_id),
        status: Set(ActivityStatus::Draft),
        sorts_at: Set(WITHOUT_DATE),
        seats_taken: Set(0),
        waiting_count: Set(0),
        last_waitlist_number: Set(0),
        interest_count: Set(0),
        ..Default::default()
    };
    new.write(&mut row);
    let row = tx.insert::<Entity>(row, "activity.created").await?;
    index_in(tx, &row).await?;
    Ok(row)
}

/// Changes an activity. New seats go to the waiting list at once.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: ActivityChanges,
) -> Result<Activity> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        expected.check(before.version)?;
        if !before.is_open() {
            return Err(ACTIVITY_CLOSED.into());
        }
        let content = changes.clone().onto(&before);
        validation::check(&content)?;
        check(tx, &content, Some(&before)).await?;
        let mut row = before.clone().into_active_model();
        content.write(&mut row);
        let row = tx.update::<Entity>(&before, row, expected, "activity.updated").await?;
        if row.competencies != before.competencies || row.staff_ids != before.staff_ids {
            index_in(tx, &row).await?;
        }
        let row = seats::fill_in(tx, row).await?;
        Ok(Activity::seen(row, tx.access(), tx.now()))
    })
    .await
}

/// Writes what the activity is found by.
async fn index_in(tx: &Tx<'_>, row: &Model) -> Result<()> {
    let mut old = Query::delete();
    old.from_table(covered::Entity).and_where(Expr::col(covered::Column::ActivityId).eq(row.id));
    tx.execute(&old).await?;
    let mut old = Query::delete();
    old.from_table(staff::Entity).and_where(Expr::col(staff::Column::ActivityId).eq(row.id));
    tx.execute(&old).await?;
    let aims = row.competencies.0.iter().map(|aim| covered::ActiveModel {
        activity_id: Set(row.id),
        competency_id: Set(aim.competency_id),
        level: Set(aim.level),
    });
    tx.put_all::<covered::Entity>(aims).await?;
    let keepers: HashSet<Uuid> = row.staff_ids.0.iter().copied().collect();
    let keepers = keepers.into_iter().map(|id| staff::ActiveModel { activity_id: Set(row.id), librarian_id: Set(id) });
    tx.put_all::<staff::Entity>(keepers).await
}

/// Whether what the content refers to exists, and its numbers fit one another; all mistakes at once.
pub async fn check(tx: &Tx<'_>, content: &NewActivity, before: Option<&Model>) -> Result<()> {
    let mut wrong = Vec::new();
    if let (Some(opens), Some(closes)) = (content.registration_opens_at, content.registration_closes_at)
        && closes <= opens
    {
        wrong.push(Violation::field("registration_closes_at", &ENDS_BEFORE_IT_BEGINS));
    }
    if content.least_post_test_score.is_some_and(|least| least > f64::from(content.score_maximum)) {
        let violation = Violation::field("least_post_test_score", &OUT_OF_RANGE);
        wrong.push(violation.with("min", 0).with("max", content.score_maximum));
    }
    let taken = before.map_or(0, |row| row.seats_taken);
    if content.capacity.is_some_and(|capacity| capacity < taken) {
        wrong.push(Violation::field("capacity", &SEATS_TAKEN).with("taken", taken));
    }
    wrong.extend(unassessable(tx.reader(), &content.competencies, "competencies").await?);
    wrong.extend(unassessable(tx.reader(), &content.prerequisites.levels, "prerequisites/levels").await?);
    wrong.extend(unknown_activities(tx.reader(), content, before.map(|row| row.id)).await?);
    wrong.extend(unknown_people(tx.reader(), &content.staff_ids).await?);
    wrong.extend(unknown_type(tx.reader(), content.training_type_id).await?);
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    // Where it stands already it may stay; what is new to a programme meets its closure at the programme's row.
    match content.programme_id.filter(|id| before.is_none_or(|row| row.programme_id != Some(*id))) {
        Some(id) => hold_open_in(tx, id, "programme_id").await.map(|_| ()),
        None => Ok(()),
    }
}

async fn unassessable(reader: Reader<'_>, aims: &[CompetencyAim], field: &str) -> Result<Vec<Violation>> {
    if aims.is_empty() {
        return Ok(Vec::new());
    }
    let known = assessable_among(reader, aims.iter().map(|aim| aim.competency_id)).await?;
    Ok(not_among(&known, aims, field))
}

async fn unknown_activities(reader: Reader<'_>, content: &NewActivity, itself: Option<Uuid>) -> Result<Vec<Violation>> {
    let asked = &content.prerequisites.activity_ids;
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(asked.iter().copied()));
    let known: HashSet<Uuid> = reader.all(rows).await?.into_iter().map(|row| row.id).collect();
    let unknown = asked.iter().enumerate().filter(|(_, id)| !known.contains(id) || Some(**id) == itself);
    let place = |index| format!("#/prerequisites/activity_ids/{index}");
    Ok(unknown.map(|(index, _)| Violation::pointer(place(index), &NO_SUCH_OBJECT)).collect())
}

async fn unknown_people(reader: Reader<'_>, ids: &[Uuid]) -> Result<Vec<Violation>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let known = on_staff(reader, ids.iter().copied()).await?;
    let unknown = ids.iter().enumerate().filter(|(_, id)| !known.contains(id));
    let place = |index| format!("#/staff_ids/{index}");
    Ok(unknown.map(|(index, _)| Violation::pointer(place(index), &NO_SUCH_OBJECT)).collect())
}

async fn unknown_type(reader: Reader<'_>, id: Option<Uuid>) -> Result<Vec<Violation>> {
    let Some(id) = id else { return Ok(Vec::new()) };
    let known = training_type::Entity::find().filter(training_type::Column::Id.eq(id));
    let known = reader.exists(known).await?;
    Ok(if known { Vec::new() } else { vec![Violation::field("training_type_id", &NO_SUCH_OBJECT)] })
}

/// Puts an activity aside: a draft, or one that is over or called off.
pub async fn archive(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(visible(tx.access(), false).filter(Column::Id.eq(id))).await?;
        expected.check(before.version)?;
        if before.status == ActivityStatus::Published {
            return Err(INVALID_TRANSITION.into());
        }
        tx.archive::<Entity>(&before, expected, "activity.archived").await
    })
    .await
}
