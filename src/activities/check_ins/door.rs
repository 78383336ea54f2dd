//! What is shown at the door, and what a device there knows beforehand.

use data_encoding::BASE64URL_NOPAD;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::code::{PERIOD_SECONDS, beginning_of, code_of, step_of};
use super::desk::opens_at;
use super::dto::{CheckInCode, SessionVerifiers, Verifier};
use crate::activities::activities::entity as activity;
use crate::activities::activities::service::kept_by;
use crate::activities::registrations::entity::{self as registration, RegistrationStatus};
use crate::activities::sessions::entity as session;
use crate::activities::sessions::service::one as session_of;
use crate::kernel::clock::Instant;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::policy::{Access, Reach};
use crate::staff::librarians::entity as librarian;

/// The code that somebody shows for their registration now; an admin helps who has no device.
pub async fn code(db: &Db, access: &Access, id: Uuid) -> Result<CheckInCode> {
    let mut row = registration::Entity::find().filter(registration::Column::Id.eq(id));
    if access.reach() != Reach::All {
        row = row.filter(registration::Column::LibrarianId.eq(access.own_librarian().unwrap_or_default()));
    }
    let row = db.reader().find(row).await?;
    let step = step_of(db.now());
    let secret = db.context().secrets.door_secret(row.id);
    let seated = row.status == RegistrationStatus::Confirmed;
    Ok(CheckInCode {
        registration_id: row.id,
        status: row.status,
        code: seated.then(|| code_of(&secret, row.id, step)),
        valid_from: Instant(beginning_of(step)),
        valid_until: Instant(beginning_of(step + 1)),
        period_seconds: PERIOD_SECONDS,
        secret: seated.then(|| BASE64URL_NOPAD.encode(&secret)),
    })
}

/// The verifiers of a session: everybody with a confirmed seat.
pub async fn verifiers(db: &Db, access: &Access, session_id: Uuid) -> Result<SessionVerifiers> {
    let session = session_of(access, session_id).filter(kept_by(access, session::Column::ActivityId));
    let session = db.reader().find(session).await?;
    let activity = activity::Entity::find().filter(activity::Column::Id.eq(session.activity_id));
    let activity = db.reader().find(activity).await?;
    let seated = Query::select()
        .column((registration::Entity, registration::Column::Id))
        .column((librarian::Entity, librarian::Column::Name))
        .from(registration::Entity)
        .inner_join(
            librarian::Entity,
            Expr::col((librarian::Entity, librarian::Column::Id))
                .equals((registration::Entity, registration::Column::LibrarianId)),
        )
        .and_where(Expr::col((registration::Entity, registration::Column::ActivityId)).eq(activity.id))
        .and_where(Expr::col((registration::Entity, registration::Column::Status)).eq(RegistrationStatus::Confirmed))
        .order_by((registration::Entity, registration::Column::Id), Order::Asc)
        .limit(10_000)
        .to_owned();
    let seated = db.reader().rows(&seated, |row| Ok((row.get::<Uuid>(0)?, row.get::<String>(1)?))).await?;
    let secrets = &db.context().secrets;
    let items = seated.into_iter().map(|(registration_id, librarian_name)| Verifier {
        registration_id,
        librarian_name,
        secret: BASE64URL_NOPAD.encode(&secrets.door_secret(registration_id)),
    });
    Ok(SessionVerifiers {
        session_id: session.id,
        activity_id: activity.id,
        activity_title: activity.title,
        opens_at: Instant(opens_at(&session)),
        closes_at: Instant(session.ends_at),
        period_seconds: PERIOD_SECONDS,
        made_at: Instant(db.now()),
        items: items.collect(),
    })
}
