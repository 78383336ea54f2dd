//! What campaigns are about, as the chapters give it.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Query, SelectStatement};
use uuid::Uuid;

use super::entity::SubjectKind;
use crate::activities::activities::entity as activity;
use crate::activities::registrations::entity::{self as registration, RegistrationStatus};
use crate::kernel::db::{Reader, Tx};
use crate::kernel::error::Result;

/// A kind of object that a campaign can be about. The chapter that it belongs to gives it among its
/// [`contributions`](crate::kernel::slice::Slice::contributions).
pub struct Subject {
    /// The kind.
    pub kind: SubjectKind,
    /// The id of such an object, if it can be asked about.
    pub exists: fn(Uuid) -> SelectStatement,
    /// The ids of the librarians whom it concerns: the participants of a campaign.
    pub audience: fn(Uuid) -> SelectStatement,
}

/// Activities: those that are announced or over, and who had a seat.
pub static ACTIVITIES: Subject = Subject { kind: SubjectKind::Activity, exists: announced, audience: seated };

fn announced(id: Uuid) -> SelectStatement {
    Query::select()
        .column(activity::Column::Id)
        .from(activity::Entity)
        .and_where(activity::Column::Id.eq(id))
        .and_where(activity::Column::ArchivedAt.is_null())
        .to_owned()
}

fn seated(id: Uuid) -> SelectStatement {
    Query::select()
        .column(registration::Column::LibrarianId)
        .from(registration::Entity)
        .and_where(registration::Column::ActivityId.eq(id))
        .and_where(registration::Column::Status.is_in([RegistrationStatus::Confirmed, RegistrationStatus::Attended]))
        .to_owned()
}

/// What is known of objects of this kind, if any chapter knows it.
pub(crate) fn of<'a>(tx: &'a Tx<'_>, kind: SubjectKind) -> Option<&'a Subject> {
    tx.context().contributions::<Subject>().find(|subject| subject.kind == kind)
}

/// Whether there is such an object.
pub(crate) async fn exists(reader: Reader<'_>, subject: &Subject, id: Uuid) -> Result<bool> {
    let found = reader.rows(&(subject.exists)(id), |row| row.get::<Uuid>(0)).await?;
    Ok(!found.is_empty())
}
