//! The keys that sign access tokens: Ed25519, kept encrypted in the database, changed every 90 days.
//!
//! The next key is published a day before it signs, and an old one stays until the last token that it signed has expired:
//! whoever keeps our JWK set for a day never meets an unknown key.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use chrono::TimeDelta;
use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{DecodingKey, EncodingKey};
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use serde_json::json;

use crate::kernel::auth::{KeyRing, TOKEN_LIFETIME};
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::policy::Access;

/// How long a key signs.
const SIGNING_PERIOD: TimeDelta = TimeDelta::days(90);
/// How long a key is known before it signs.
const NOTICE: TimeDelta = TimeDelta::hours(24);
/// The lock under which at most one process makes a key.
const KEY_LOCK: i64 = 0x62_69_6E_62;

/// A signing key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_keys")]
pub struct Model {
    /// The `kid`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// 32 bytes (RFC 8032).
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub public_key: Vec<u8>,
    /// PKCS #8, sealed.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub private_key: Vec<u8>,
    /// From when it signs.
    pub active_from: DateTimeUtc,
    /// When its last token has expired.
    pub retired_at: DateTimeUtc,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Makes the keys that are due and loads those that count.
pub async fn load(db: &Db) -> Result<KeyRing> {
    let keys = db.run(Access::system(), async |tx: &Tx<'_>| renew_in(tx).await).await?;
    let secrets = &db.context().secrets;
    let now = db.now();
    let signing =
        keys.iter().rev().find(|key| key.active_from <= now).ok_or_else(|| Error::internal("no key signs now"))?;
    let private = secrets.open(&context(signing.id), &signing.private_key)?;
    let jwks: Vec<_> = keys
        .iter()
        .map(|key| {
            json!({
                "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig",
                "kid": key.id, "x": BASE64URL_NOPAD.encode(&key.public_key),
            })
        })
        .collect();
    Ok(KeyRing {
        signing_id: signing.id.to_string(),
        signing: EncodingKey::from_ed_der(&private),
        verifying: keys.iter().map(|key| (key.id.to_string(), DecodingKey::from_ed_der(&key.public_key))).collect(),
        jwks: json!({ "keys": jwks }),
    })
}

fn context(id: Uuid) -> String {
    format!("signing_key:{id}")
}

async fn renew_in(tx: &Tx<'_>) -> Result<Vec<Model>> {
    tx.advisory_lock(KEY_LOCK).await?;
    let living = Entity::find().filter(Column::RetiredAt.gt(tx.now())).order_by_asc(Column::ActiveFrom);
    let mut keys = tx.reader().all(living).await?;
    let ends = keys.last().map(|key| key.active_from + SIGNING_PERIOD);
    match ends {
        None => keys.push(make_in(tx, tx.now()).await?),
        Some(end) if end <= tx.now() => keys.push(make_in(tx, tx.now()).await?),
        Some(end) if end - NOTICE <= tx.now() => keys.push(make_in(tx, end).await?),
        Some(_) => {}
    }
    Ok(keys)
}

async fn make_in(tx: &Tx<'_>, active_from: DateTimeUtc) -> Result<Model> {
    let pair = Ed25519KeyPair::generate().map_err(Error::internal)?;
    let private = pair.to_pkcs8v1().map_err(Error::internal)?;
    let id = tx.new_id();
    let key = ActiveModel {
        id: Set(id),
        public_key: Set(pair.public_key().as_ref().to_vec()),
        private_key: Set(tx.context().secrets.seal(&context(id), private.as_ref())?),
        active_from: Set(active_from),
        retired_at: Set(active_from + SIGNING_PERIOD + TOKEN_LIFETIME + NOTICE),
        created_at: Set(tx.now()),
    };
    tx.put::<Entity>(key).await
}
