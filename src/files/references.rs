//! What refers to files, and keeps them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::entity::reference::{ActiveModel, Column, Entity};
use super::entity::{self as file, FileStatus};
use crate::kernel::db::{Record, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::{NO_SUCH_OBJECT, Violation};

/// How objects of a chapter refer to files, as that chapter gives it.
pub struct FileUse {
    /// The objects that the caller may read and that refer to this file, as a sub-query.
    pub readable: fn(&Access, NaiveDate, Uuid) -> SelectStatement,
}

/// The references to a file from objects of this kind that the caller may read: `readable` selects the ids of such.
pub fn references_to<E: Record>(file_id: Uuid, readable: SelectStatement) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(Expr::col(Column::FileId).eq(file_id))
        .and_where(Expr::col(Column::SubjectKind).eq(E::KIND))
        .and_where(Expr::col(Column::SubjectId).in_subquery(readable))
        .to_owned()
}

/// Which of these files, each with its place in the body, the caller may not refer to: those that are not theirs (an admin refers to
/// any), or not there to be read.
pub async fn wrong_files(tx: &Tx<'_>, named: &[(String, Uuid)]) -> Result<Vec<Violation>> {
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let mut known = file::Entity::find()
        .filter(file::Column::Id.is_in(named.iter().map(|(_, id)| *id)))
        .filter(file::Column::Status.eq(FileStatus::Available));
    if !tx.access().is_admin() {
        known = known.filter(file::Column::OwnerId.eq(tx.access().signed_in()?.user_id));
    }
    let known: BTreeSet<_> = tx.reader().all(known).await?.into_iter().map(|row| row.id).collect();
    let wrong = named.iter().filter(|(_, id)| !known.contains(id));
    Ok(wrong.map(|(place, _)| Violation::pointer(place.clone(), &NO_SUCH_OBJECT)).collect())
}

/// The object refers to `after` from now on, and to `before` until now.
pub async fn refer_in<E: Record>(
    tx: &Tx<'_>,
    subject_id: Uuid,
    before: &BTreeSet<Uuid>,
    after: &BTreeSet<Uuid>,
) -> Result<()> {
    let gone: Vec<_> = before.difference(after).copied().collect();
    if !gone.is_empty() {
        let delete = Query::delete()
            .from_table(Entity)
            .and_where(Expr::col(Column::SubjectKind).eq(E::KIND))
            .and_where(Expr::col(Column::SubjectId).eq(subject_id))
            .and_where(Expr::col(Column::FileId).is_in(gone))
            .to_owned();
        tx.execute(&delete).await?;
    }
    let new = after.difference(before).map(|file_id| ActiveModel {
        subject_kind: Set(E::KIND.to_owned()),
        subject_id: Set(subject_id),
        file_id: Set(*file_id),
    });
    // A file that was deleted just now is none.
    tx.put_all::<Entity>(new).await.map_err(|error| match error {
        Error::Reference(_) => Error::Raced,
        other => other,
    })
}
