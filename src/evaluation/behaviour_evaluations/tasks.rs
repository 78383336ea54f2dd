//! Who is asked, and when: the completion of an activity notes the day, and when that has come who is to be asked is looked up,
//! some participants at a time.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{Days, NaiveDate};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, IntoColumnRef, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::entity::{ActiveModel, Column, Entity, Perspective, round};
use crate::activities::activities::entity as activity;
use crate::activities::registrations::entity::{self as registration, RegistrationStatus};
use crate::kernel::clock::local_date;
use crate::kernel::db::{Db, Reader, Tx};
use crate::kernel::error::Result;
use crate::kernel::hook::{Change, Hook};
use crate::kernel::jobs::Chore;
use crate::kernel::policy::Access;
use crate::staff::librarians::entity as librarian;
use crate::staff::superiors::superiors;

/// What a completed activity is asked about later.
pub const ASK_LATER: Hook = Hook { subject_kind: "activity", run: completed };

/// Days from the end of an activity until its participants' behaviour is asked about (a quarter).
const DUE: u64 = 90;
/// Days from then, or from a completion after that, until an answer is late.
const PATIENCE: u64 = 90;

/// Participants of one transaction, each of whom three are asked about.
const AT_ONCE: usize = 40;
/// Activities of one look at what is due.
const ROUNDS_AT_ONCE: u64 = 100;

/// Each perspective, and who is asked from it, if anybody.
type Respondents = [(Perspective, Option<Uuid>); 3];

fn completed<'a>(tx: &'a Tx<'a>, change: Change<'a>) -> LocalBoxFuture<'a, Result<()>> {
    async move { if change.name == "activity.completed" { note_in(tx, change.subject_id).await } else { Ok(()) } }
        .boxed_local()
}

async fn note_in(tx: &Tx<'_>, activity_id: Uuid) -> Result<()> {
    let held = tx.reader().find(activity::Entity::find().filter(activity::Column::Id.eq(activity_id))).await?;
    let due_on = later(held.ends_at.map_or_else(|| tx.today(), local_date), DUE);
    let row = round::ActiveModel {
        activity_id: Set(activity_id),
        due_on: Set(due_on),
        late_after: Set(later(std::cmp::max(due_on, tx.today()), PATIENCE)),
        asked_at: Set(None),
    };
    tx.put::<round::Entity>(row).await.map(|_| ())
}

fn later(on: NaiveDate, days: u64) -> NaiveDate {
    on.checked_add_days(Days::new(days)).unwrap_or(on)
}

/// Every minute.
pub static ASK_DUE: Chore = Chore {
    name: "questions about behaviour that are due",
    every: Duration::from_mins(1),
    run: |db| ask_due(db).boxed_local(),
};

/// Asks about the participants of every activity whose day has come.
pub async fn ask_due(db: &Db) -> Result<()> {
    let put_aside = Query::select()
        .column(activity::Column::Id)
        .from(activity::Entity)
        .and_where(same((activity::Entity, activity::Column::Id), (round::Entity, round::Column::ActivityId)))
        .and_where(activity::Column::ArchivedAt.is_not_null())
        .to_owned();
    let due = round::Entity::find()
        .filter(round::Column::AskedAt.is_null())
        .filter(round::Column::DueOn.lte(db.today()))
        .filter(Expr::exists(put_aside).not())
        .order_by_asc(round::Column::DueOn)
        .limit(ROUNDS_AT_ONCE);
    for found in db.reader().all(due).await? {
        // One that cannot be asked about keeps no other from it.
        if let Err(error) = ask_about(db, found.activity_id).await {
            tracing::warn!(activity = %found.activity_id, %error, "nobody could be asked about behaviour; it will be tried again");
        }
    }
    Ok(())
}

async fn ask_about(db: &Db, activity_id: Uuid) -> Result<()> {
    while db.run(Access::system(), async move |tx: &Tx<'_>| ask_some_in(tx, activity_id).await).await? {}
    Ok(())
}

/// Asks about some of an activity's participants; whether there may be more.
async fn ask_some_in(tx: &Tx<'_>, activity_id: Uuid) -> Result<bool> {
    let round = round::Entity::find()
        .filter(round::Column::ActivityId.eq(activity_id))
        .filter(round::Column::AskedAt.is_null());
    // Another process may have asked meanwhile.
    let Some(round) = tx.lock_all(round).await?.into_iter().next() else { return Ok(false) };
    let seats = unasked(tx.reader(), activity_id).await?;
    let asked = Asked::load(tx.reader(), activity_id, &seats).await?;
    let rows = asked.respondents(&seats).into_iter().flat_map(|(seat, respondents)| {
        respondents.map(|(perspective, respondent)| ActiveModel {
            activity_id: Set(activity_id),
            registration_id: Set(seat.id),
            librarian_id: Set(seat.librarian_id),
            perspective: Set(perspective),
            respondent_id: Set(respondent),
            due_on: Set(round.due_on),
            late_after: Set(round.late_after),
            ..Default::default()
        })
    });
    tx.insert_all::<Entity>(rows.collect(), "behaviour_evaluation.created").await?;
    if seats.len() == AT_ONCE {
        return Ok(true);
    }
    let done = Query::update()
        .table(round::Entity)
        .value(round::Column::AskedAt, tx.now())
        .and_where(round::Column::ActivityId.eq(activity_id))
        .to_owned();
    tx.execute(&done).await?;
    Ok(false)
}

/// Whether two columns are equal. What is looked for row by row keeps both databases from listing whole tables.
fn same(one: impl IntoColumnRef, other: impl IntoColumnRef) -> Expr {
    Expr::col(one).eq(Expr::col(other))
}

/// Who came, is still on the staff, and is not asked about yet.
async fn unasked(reader: Reader<'_>, activity_id: Uuid) -> Result<Vec<registration::Model>> {
    let about = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(same((Entity, Column::RegistrationId), (registration::Entity, registration::Column::Id)))
        .to_owned();
    let person = (registration::Entity, registration::Column::LibrarianId);
    let present = Query::select()
        .column(librarian::Column::Id)
        .from(librarian::Entity)
        .and_where(same((librarian::Entity, librarian::Column::Id), person))
        .and_where(librarian::Column::ArchivedAt.is_null())
        .to_owned();
    let seats = registration::Entity::find()
        .filter(registration::Column::ActivityId.eq(activity_id))
        .filter(registration::Column::Status.eq(RegistrationStatus::Attended))
        .filter(Expr::exists(present))
        .filter(Expr::exists(about).not())
        .order_by_asc(registration::Column::LibrarianId)
        .limit(AT_ONCE as u64);
    reader.all(seats).await
}

/// Whom to ask about participants.
struct Asked {
    superiors: HashMap<Uuid, Uuid>,
    units: HashMap<Uuid, Uuid>,
    /// By unit, in the order of their ids.
    colleagues: HashMap<Uuid, Vec<Uuid>>,
    /// How many others of this activity somebody is asked about.
    load: HashMap<Uuid, i64>,
}

impl Asked {
    async fn load(reader: Reader<'_>, activity_id: Uuid, seats: &[registration::Model]) -> Result<Self> {
        let people = || seats.iter().map(|seat| seat.librarian_id);
        let of = Query::select()
            .column(librarian::Column::UnitId)
            .from(librarian::Entity)
            .and_where(librarian::Column::Id.is_in(people()))
            .to_owned();
        let colleagues = Query::select()
            .columns([librarian::Column::Id, librarian::Column::UnitId])
            .from(librarian::Entity)
            .and_where(librarian::Column::UnitId.in_subquery(of))
            .and_where(librarian::Column::ArchivedAt.is_null())
            .order_by(librarian::Column::Id, sea_orm::Order::Asc)
            .to_owned();
        let colleagues = reader.rows(&colleagues, |row| Ok((row.get::<Uuid>(0)?, row.get::<Uuid>(1)?))).await?;
        let load = Query::select()
            .column(Column::RespondentId)
            .expr(Expr::col(Column::Id).count())
            .from(Entity)
            .and_where(Column::ActivityId.eq(activity_id))
            .and_where(Column::RespondentId.is_not_null())
            .and_where(Column::Perspective.ne(Perspective::Alumnus))
            .group_by_col(Column::RespondentId)
            .to_owned();
        let load = reader.rows(&load, |row| Ok((row.get::<Uuid>(0)?, row.get::<i64>(1)?))).await?;
        let mut by_unit: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for (id, unit) in &colleagues {
            by_unit.entry(*unit).or_default().push(*id);
        }
        Ok(Self {
            superiors: superiors(reader, people()).await?,
            units: colleagues.into_iter().collect(),
            colleagues: by_unit,
            load: load.into_iter().collect(),
        })
    }

    /// Who is asked about each of these: themself, their superior, and the colleague of the same unit, not the superior, who is
    /// asked about the fewest others.
    fn respondents(mut self, seats: &[registration::Model]) -> Vec<(&registration::Model, Respondents)> {
        let mut found = Vec::new();
        for seat in seats {
            let person = seat.librarian_id;
            let superior = self.superiors.get(&person).copied();
            let colleagues = self.units.get(&person).and_then(|unit| self.colleagues.get(unit)).into_iter().flatten();
            let peer = colleagues
                .filter(|id| **id != person && Some(**id) != superior)
                .min_by_key(|id| self.load.get(*id).copied().unwrap_or(0))
                .copied();
            for respondent in [superior, peer].into_iter().flatten() {
                *self.load.entry(respondent).or_default() += 1;
            }
            found.push((
                seat,
                [(Perspective::Alumnus, Some(person)), (Perspective::Superior, superior), (Perspective::Peer, peer)],
            ));
        }
        found
    }
}
