use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use uuid::Uuid;

use super::dto::{CredentialIssuer, CredentialKey, CredentialKeys};
use super::{badge, keys, status_list};
use crate::certificates::certificates::office;
use crate::certificates::entity::{CertificateStatus, Column, Entity};
use crate::kernel::db::Db;
use crate::kernel::error::{NOT_FOUND, Result};
use crate::settings::library_settings::entity as library;

/// A credential, and the same signed.
pub struct Signed {
    /// What it says.
    pub content: Value,
    /// The JWT.
    pub jwt: String,
}

/// The certificate with this id as a credential.
pub async fn credential(db: &Db, credential_id: Uuid, base: &str) -> Result<Signed> {
    let row = db.reader().find(Entity::find().filter(Column::CredentialId.eq(credential_id))).await?;
    let code = office::code(&db.context().secrets, row.id)?;
    let verification = format!("{base}/api/v1/verify/{code}");
    let key = keys::signing(db).await?;
    let jwt = keys::sign(db, &key, base, &badge::claims(&row, &verification, base))?;
    Ok(Signed { content: badge::of(&row, &verification, base), jwt })
}

/// A status list as it is now, signed.
pub async fn status_list(db: &Db, number: i32, base: &str) -> Result<Signed> {
    let first =
        number.checked_sub(1).and_then(|before| before.checked_mul(status_list::LENGTH)).filter(|first| *first >= 0);
    let first = first.ok_or(NOT_FOUND)?;
    let of_list =
        Entity::find().filter(Column::StatusIndex.between(first, first.saturating_add(status_list::LENGTH - 1)));
    // The first list is there before the first certificate; others begin with theirs.
    if number > 1 && !db.reader().exists(of_list.clone()).await? {
        return Err(NOT_FOUND.into());
    }
    let revoked = db.reader().all(of_list.filter(Column::Status.eq(CertificateStatus::Revoked))).await?;
    let since = revoked.iter().filter_map(|row| row.revoked_at).max().unwrap_or(DateTime::<Utc>::UNIX_EPOCH);
    let places: Vec<_> = revoked.iter().map(|row| status_list::place(row.status_index).1).collect();
    let content = status_list::claims(number, &places, since, base)?;
    let key = keys::signing(db).await?;
    let jwt = keys::sign(db, &key, base, &content)?;
    Ok(Signed { content, jwt })
}

/// The library as an issuer.
pub async fn issuer(db: &Db, base: &str) -> Result<CredentialIssuer> {
    let library = db.reader().find(library::Entity::find()).await?;
    Ok(CredentialIssuer::new(library.name, base))
}

/// Every key that ever signed.
pub async fn key_set(db: &Db, base: &str) -> Result<CredentialKeys> {
    keys::signing(db).await?;
    let keys = keys::all(db).await?;
    Ok(CredentialKeys { keys: keys.iter().map(|key| CredentialKey::new(key, base)).collect() })
}

/// One key.
pub async fn key(db: &Db, id: Uuid, base: &str) -> Result<CredentialKey> {
    let key = db.reader().find(keys::Entity::find().filter(keys::Column::Id.eq(id))).await?;
    Ok(CredentialKey::new(&key, base))
}
