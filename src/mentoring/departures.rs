//! What becomes of mentoring when somebody leaves the library.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::mentor_profiles::entity as profile;
use super::mentoring_meetings::ends::call_off_in;
use super::mentoring_requests::entity as request;
use super::mentoring_requests::service::close_in;
use super::mentorships::lifecycle::give_up_in;
use crate::kernel::db::{Precondition, Tx};
use crate::kernel::error::Result;
use crate::kernel::hook::{Change, Hook};
use crate::staff::mentorships::entity::{Column, Entity, MentorshipStage, standing};

/// Ends what somebody who leaves is part of. Their record is held with the change, and whoever changes one of their pairs or meetings
/// waits for it.
pub const END_WHAT_REMAINS: Hook = Hook { subject_kind: "librarian", run: changed };

/// For both to read, in the language of the library and in English.
const HAS_LEFT: &str = "Salah seorang tidak lagi bertugas di perpustakaan / One of those involved has left the library";

/// For admins to read.
const PERSON_HAS_LEFT: &str = "Pegawai ini tidak lagi bertugas di perpustakaan / This person has left the library";

fn changed<'a>(tx: &'a Tx<'a>, change: Change<'a>) -> LocalBoxFuture<'a, Result<()>> {
    let (has_left, id) = (change.name == "librarian.archived", change.subject_id);
    async move { if has_left { end_in(tx, id).await } else { Ok(()) } }.boxed_local()
}

async fn end_in(tx: &Tx<'_>, person: Uuid) -> Result<()> {
    call_off_in(tx, person, HAS_LEFT).await?;
    let theirs = Condition::any().add(Column::MentorId.eq(person)).add(Column::MenteeId.eq(person));
    let live = Condition::any().add(Column::Stage.eq(MentorshipStage::Proposed)).add(standing(tx.today()));
    let pairs = Entity::find().filter(theirs).filter(live).order_by_asc(Column::Id);
    for pair in tx.reader().all(pairs).await? {
        give_up_in(tx, &pair, HAS_LEFT).await?;
    }
    let open = request::Entity::find().filter(request::Column::OpenKey.eq(person));
    for before in tx.lock_all(open).await? {
        close_in(tx, &before, PERSON_HAS_LEFT).await?;
    }
    let offers = profile::Entity::find()
        .filter(profile::Column::LibrarianId.eq(person))
        .filter(profile::Column::IsActive.eq(true));
    for before in tx.lock_all(offers).await? {
        let row = profile::ActiveModel { is_active: Set(false), ..before.clone().into_active_model() };
        tx.update::<profile::Entity>(&before, row, Precondition::default(), "mentor_profile.updated").await?;
    }
    Ok(())
}
