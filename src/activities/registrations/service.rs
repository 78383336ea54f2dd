use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{
    NewRegistration, ParticipantFilter, Registration, RegistrationFilter, RegistrationPage, Surroundings,
};
use super::entity::{ActiveModel, CancelCause, Column, Entity, Model, RegistrationResult, RegistrationStatus};
use super::{clashes, seats};
use crate::activities::activities::dto::is_registration_open;
use crate::activities::activities::entity::{self as activity, ActivityStatus, ApprovalStages};
use crate::activities::activities::service::{kept_by, one as activity_of};
use crate::competencies::levels::entity as level;
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::page::{self, Listing, Page, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{NO_SUCH_OBJECT, NOT_ALLOWED_FOR_YOU, REQUIRED, Violation};
use crate::staff::librarians::entity as librarian;
use crate::staff::reach;

/// Nobody registers now: too early, too late, without a date, over or called off.
pub const REGISTRATION_CLOSED: Refusal = Refusal {
    code: "registration_closed",
    status: 409,
    id: "Pendaftaran kegiatan ini sedang tidak dibuka",
    en: "Registration for this activity is not open",
};

/// The person is registered already.
pub const ALREADY_REGISTERED: Refusal = Refusal {
    code: "already_registered",
    status: 409,
    id: "Orang ini sudah terdaftar pada kegiatan ini",
    en: "This person is registered for this activity already",
};

/// The person would be in two places at once.
pub const OVERLAPPING_SESSION: Refusal = Refusal {
    code: "overlapping_session",
    status: 409,
    id: "Pada waktu itu sudah ada sesi lain yang terkonfirmasi",
    en: "Another session is confirmed for that time already",
};

/// Something that the activity asks for is missing.
pub const PREREQUISITES_MISSING: Refusal = Refusal {
    code: "prerequisites_missing",
    status: 409,
    id: "Prasyarat kegiatan ini belum terpenuhi",
    en: "The prerequisites of this activity are not met",
};

const SORTABLE: &Sortable<Entity> = &[("registered_at", Column::RegisteredAt)];

/// The registrations this caller may know of: within reach, and those of the people whose superior they are.
pub fn visible(access: &Access, on: NaiveDate) -> Select<Entity> {
    Entity::find().filter(reach::within_or_led(access, Column::LibrarianId, on))
}

/// Lists registrations within reach.
pub async fn list(db: &Db, access: &Access, list: &Listing<RegistrationFilter>) -> Result<RegistrationPage> {
    seats::lapse_due(db).await?;
    let rows = visible(access, db.today()).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-registered_at").await?;
    seen(db.reader(), page, access).await
}

/// Lists the registrations of an activity, for those who keep its door.
pub async fn list_of_activity(
    db: &Db,
    access: &Access,
    activity_id: Uuid,
    list: &Listing<ParticipantFilter>,
) -> Result<RegistrationPage> {
    seats::lapse_due(db).await?;
    db.reader().find(activity_of(access, activity_id).filter(kept_by(access, activity::Column::Id))).await?;
    let status = list.filter.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied()));
    let rows = Entity::find().filter(Column::ActivityId.eq(activity_id)).filter(Condition::all().add_option(status));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "registered_at").await?;
    seen(db.reader(), page, access).await
}

async fn seen(reader: Reader<'_>, page: Page<Model>, access: &Access) -> Result<RegistrationPage> {
    let around = Surroundings::of(reader, &page.items).await?;
    Ok(page.map(|row| around.seen(row, access)))
}

/// Reads a registration.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Registration> {
    seats::lapse_due(db).await?;
    let row = db.reader().find(visible(access, db.today()).filter(Column::Id.eq(id))).await?;
    answer(db.reader(), row, access).await
}

/// A single registration, with its place in the line.
pub async fn answer(reader: Reader<'_>, row: Model, access: &Access) -> Result<Registration> {
    let position = match row.waitlist_number {
        Some(number) => {
            let before = Entity::find()
                .filter(Column::ActivityId.eq(row.activity_id))
                .filter(Column::Status.eq(RegistrationStatus::Waitlisted))
                .filter(Column::WaitlistNumber.lt(number));
            Some(reader.count(before, 1_000_000).await? + 1)
        }
        None => None,
    };
    let around = Surroundings::of(reader, std::slice::from_ref(&row)).await?;
    Ok(Registration { waitlist_position: position, ..around.seen(row, access) })
}

/// Registers somebody: a seat where one is free, else a place on the waiting list; after approval where it is asked for.
pub async fn create(db: &Db, access: &Access, activity_id: Uuid, new: NewRegistration) -> Result<Registration> {
    db.create(access, async move |tx: &Tx<'_>| {
        let activity = tx.lock(activity_of(tx.access(), activity_id)).await?;
        let person_id = who(tx.access(), new.librarian_id)?;
        let activity = seats::lapse_in(tx, activity).await?;
        let row = register_in(tx, activity, person_id).await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

fn who(access: &Access, asked: Option<Uuid>) -> Result<Uuid> {
    match (asked, access.own_librarian()) {
        (Some(person), own) if access.is_admin() || own == Some(person) => Ok(person),
        (Some(_), _) => Err(Error::invalid(vec![Violation::field("librarian_id", &NOT_ALLOWED_FOR_YOU)])),
        (None, Some(own)) => Ok(own),
        (None, None) => Err(Error::invalid(vec![Violation::field("librarian_id", &REQUIRED)])),
    }
}

async fn register_in(tx: &Tx<'_>, mut activity: activity::Model, person_id: Uuid) -> Result<Model> {
    let admin = tx.access().is_admin();
    let open = is_registration_open(&activity, tx.now());
    // An admin enters people before and after the window too, as long as there is something to take part in.
    let announced = activity.status == ActivityStatus::Published && activity.archived_at.is_none();
    let late = admin && announced && activity.starts_at.is_some();
    if !open && !late {
        return Err(REGISTRATION_CLOSED.into());
    }
    let person = librarian::Entity::find()
        .filter(librarian::Column::Id.eq(person_id))
        .filter(librarian::Column::ArchivedAt.is_null());
    let person = tx.lock(person).await.map_err(|error| match error {
        Error::Refused(_) => Error::invalid(vec![Violation::field("librarian_id", &NO_SUCH_OBJECT)]),
        other => other,
    })?;
    let known = Entity::find().filter(Column::ActivityId.eq(activity.id)).filter(Column::LibrarianId.eq(person.id));
    let known = tx.reader().one(known).await?;
    if known.as_ref().is_some_and(|known| known.status != RegistrationStatus::Cancelled) {
        return Err(ALREADY_REGISTERED.into());
    }
    if !admin && !prerequisites_met_in(tx, &activity, person.id).await? {
        return Err(PREREQUISITES_MISSING.into());
    }
    let mut row = known.clone().map_or_else(
        || ActiveModel { activity_id: Set(activity.id), librarian_id: Set(person.id), ..Default::default() },
        afresh,
    );
    row.registered_at = Set(tx.now());
    // What an admin enters is approved by that.
    let name = if activity.approval_stages == ApprovalStages::None || admin {
        if seats::has_free_seat(&activity) && clashes::has_in(tx, activity.id, person.id).await? {
            return Err(OVERLAPPING_SESSION.into());
        }
        seats::place_in(tx, &mut activity, &mut row).await?
    } else {
        row.status = Set(RegistrationStatus::Requested);
        "registration.requested"
    };
    match known {
        None => tx.insert::<Entity>(row, name).await,
        Some(before) => tx.update::<Entity>(&before, row, Precondition::default(), name).await,
    }
}

/// A cancelled registration that is asked for again: nothing of the first time holds.
fn afresh(before: Model) -> ActiveModel {
    let mut row = before.into_active_model();
    row.supervisor_approved_at = Set(None);
    row.supervisor_approved_by = Set(None);
    row.approved_at = Set(None);
    row.approved_by = Set(None);
    row.confirmed_at = Set(None);
    row.cancelled_at = Set(None);
    row.cancel_cause = Set(None);
    row.cancel_reason = Set(None);
    row
}

async fn prerequisites_met_in(tx: &Tx<'_>, activity: &activity::Model, person_id: Uuid) -> Result<bool> {
    let asked = &activity.prerequisites;
    if !asked.activity_ids.is_empty() {
        let passed = Entity::find()
            .filter(Column::LibrarianId.eq(person_id))
            .filter(Column::ActivityId.is_in(asked.activity_ids.iter().copied()))
            .filter(Column::Result.eq(RegistrationResult::Passed));
        let passed = tx.reader().all(passed).await?;
        if !asked.activity_ids.iter().all(|id| passed.iter().any(|row| row.activity_id == *id)) {
            return Ok(false);
        }
    }
    if asked.levels.is_empty() {
        return Ok(true);
    }
    let levels = level::Entity::find()
        .filter(level::Column::LibrarianId.eq(person_id))
        .filter(level::Column::CompetencyId.is_in(asked.levels.iter().map(|aim| aim.competency_id)));
    let levels = tx.reader().all(levels).await?;
    let reached =
        |competency: Uuid, level: i32| levels.iter().any(|row| row.competency_id == competency && row.level >= level);
    Ok(asked.levels.iter().all(|aim| reached(aim.competency_id, aim.level)))
}

/// The activity, held, and then the registration within reach.
pub async fn hold(tx: &Tx<'_>, id: Uuid) -> Result<(activity::Model, Model)> {
    let known = visible(tx.access(), tx.today()).filter(Column::Id.eq(id));
    let activity_id = tx.reader().find(known.clone()).await?.activity_id;
    let activity = tx.lock(activity::Entity::find().filter(activity::Column::Id.eq(activity_id))).await?;
    if !activity.is_open() {
        return Err(INVALID_TRANSITION.into());
    }
    let activity = seats::lapse_in(tx, activity).await?;
    Ok((activity, tx.reader().find(known).await?))
}

/// Gives a registration up. Its seat goes to the first on the waiting list in the same step.
pub async fn cancel(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Registration> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (mut activity, before) = hold(tx, id).await?;
        let own = tx.access().is_own(before.librarian_id);
        if !own && !tx.access().is_admin() {
            return Err(super::approval::NOT_YOURS_TO_DECIDE.into());
        }
        if !may_end(before.status) {
            return Err(INVALID_TRANSITION.into());
        }
        let cause = if own { CancelCause::Participant } else { CancelCause::Admin };
        let row = seats::end_in(tx, &mut activity, &before, expected, cause, None).await?;
        seats::fill_in(tx, activity).await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

fn may_end(status: RegistrationStatus) -> bool {
    matches!(
        status,
        RegistrationStatus::Requested
            | RegistrationStatus::Confirmed
            | RegistrationStatus::Waitlisted
            | RegistrationStatus::Offered
    )
}

/// Takes an offered seat.
pub async fn accept(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Registration> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (activity, before) = hold(tx, id).await?;
        if !tx.access().is_own(before.librarian_id) && !tx.access().is_admin() {
            return Err(super::approval::NOT_YOURS_TO_DECIDE.into());
        }
        if before.status != RegistrationStatus::Offered {
            return Err(INVALID_TRANSITION.into());
        }
        tx.lock(librarian::Entity::find().filter(librarian::Column::Id.eq(before.librarian_id))).await?;
        if clashes::has_in(tx, activity.id, before.librarian_id).await? {
            return Err(OVERLAPPING_SESSION.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(RegistrationStatus::Confirmed);
        row.confirmed_at = Set(Some(tx.now()));
        row.offer_expires_at = Set(None);
        let row = tx.update::<Entity>(&before, row, expected, "registration.confirmed").await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}
