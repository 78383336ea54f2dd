use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::dto::Verification;
use crate::certificates::certificates::entity::{Column, Entity};
use crate::certificates::certificates::office::code_hash;
use crate::kernel::db::Db;
use crate::kernel::error::{NOT_FOUND, Result};

/// What the certificate with this code says. Nothing of it is kept at hand, so a revocation shows at once.
pub async fn verify(db: &Db, typed: &str) -> Result<Verification> {
    let hash = code_hash(typed).ok_or(NOT_FOUND)?;
    db.reader().find(Entity::find().filter(Column::CodeHash.eq(hash))).await.map(Verification::from)
}
