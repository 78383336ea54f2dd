//! Who is asked, and when: made with the attendance that a completed activity settles.

use chrono::{Days, NaiveDate};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::entity::{ActiveModel, Column, Entity, Perspective};
use crate::activities::activities::entity as activity;
use crate::activities::registrations::entity as registration;
use crate::kernel::clock::local_date;
use crate::kernel::db::Tx;
use crate::kernel::error::Result;
use crate::kernel::hook::{Change, Hook};
use crate::staff::librarians::entity as librarian;

/// Who came is asked about later.
pub const ASK_LATER: Hook = Hook { subject_kind: "registration", run: attended };

/// Days from the end of an activity until its participants' behaviour is asked about (a quarter), and until an answer is late.
const DUE: u64 = 90;
const LATE: u64 = 180;

fn attended<'a>(tx: &'a Tx<'a>, change: Change<'a>) -> LocalBoxFuture<'a, Result<()>> {
    async move { if change.name == "registration.attended" { ask_in(tx, change.subject_id).await } else { Ok(()) } }
        .boxed_local()
}

async fn ask_in(tx: &Tx<'_>, registration_id: Uuid) -> Result<()> {
    let reader = tx.reader();
    let seat = registration::Entity::find().filter(registration::Column::Id.eq(registration_id));
    let seat = reader.find(seat).await?;
    let held = reader.find(activity::Entity::find().filter(activity::Column::Id.eq(seat.activity_id))).await?;
    let person = reader.find(librarian::Entity::find().filter(librarian::Column::Id.eq(seat.librarian_id))).await?;
    let ended_on = held.ends_at.map_or_else(|| tx.today(), local_date);
    let peer = peer_in(tx, held.id, &person).await?;
    for (perspective, respondent) in [
        (Perspective::Alumnus, Some(person.id)),
        (Perspective::Superior, person.supervisor_id),
        (Perspective::Peer, peer),
    ] {
        let row = ActiveModel {
            activity_id: Set(held.id),
            registration_id: Set(seat.id),
            librarian_id: Set(person.id),
            perspective: Set(perspective),
            respondent_id: Set(respondent),
            due_on: Set(later(ended_on, DUE)),
            late_after: Set(later(ended_on, LATE)),
            ..Default::default()
        };
        tx.insert::<Entity>(row, "behaviour_evaluation.created").await?;
    }
    Ok(())
}

fn later(on: NaiveDate, days: u64) -> NaiveDate {
    on.checked_add_days(Days::new(days)).unwrap_or(on)
}

/// The colleague of the same unit, not the superior, who is asked about the fewest participants of this activity.
async fn peer_in(tx: &Tx<'_>, activity_id: Uuid, person: &librarian::Model) -> Result<Option<Uuid>> {
    let asked = Query::select()
        .expr(Expr::col((Entity, Column::Id)).count())
        .from(Entity)
        .and_where(Expr::col((Entity, Column::ActivityId)).eq(activity_id))
        .and_where(Expr::col((Entity, Column::RespondentId)).equals((librarian::Entity, librarian::Column::Id)))
        .to_owned();
    let mut colleagues = Query::select();
    colleagues
        .column((librarian::Entity, librarian::Column::Id))
        .from(librarian::Entity)
        .and_where(Expr::col((librarian::Entity, librarian::Column::UnitId)).eq(person.unit_id))
        .and_where(Expr::col((librarian::Entity, librarian::Column::Id)).ne(person.id))
        .and_where(Expr::col((librarian::Entity, librarian::Column::ArchivedAt)).is_null())
        .order_by_expr(sea_orm::sea_query::SimpleExpr::SubQuery(None, Box::new(asked.into())), sea_orm::Order::Asc)
        .order_by((librarian::Entity, librarian::Column::Id), sea_orm::Order::Asc)
        .limit(1);
    if let Some(superior) = person.supervisor_id {
        colleagues.and_where(Expr::col((librarian::Entity, librarian::Column::Id)).ne(superior));
    }
    Ok(tx.reader().rows(&colleagues, |row| row.get::<Uuid>(0)).await?.into_iter().next())
}
