use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use data_encoding::BASE64URL_NOPAD;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use serde_json::{Value, json};

use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::policy::Access;

/// The lock under which at most one process makes a key.
const KEY_LOCK: i64 = 0x6269_6E71;

/// A key that signs credentials.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential_keys")]
pub struct Model {
    /// The end of the `kid`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The modulus of the public key.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub modulus: Vec<u8>,
    /// The exponent of the public key.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub exponent: Vec<u8>,
    /// PKCS #8, sealed.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub private_key: Vec<u8>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// All keys, the first first.
pub async fn all(db: &Db) -> Result<Vec<Model>> {
    db.reader().all(Entity::find().order_by_asc(Column::CreatedAt)).await
}

/// The key that signs; made where there is none.
pub async fn signing(db: &Db) -> Result<Model> {
    if let Some(key) = db.reader().one(Entity::find().order_by_desc(Column::CreatedAt)).await? {
        return Ok(key);
    }
    // Made outside the transaction, for it takes a while; of two that were made at once one is kept.
    let pair = KeyPair::generate(KeySize::Rsa2048).map_err(Error::internal)?;
    let private = AsDer::<Pkcs8V1Der>::as_der(&pair).map_err(Error::internal)?.as_ref().to_vec();
    let (modulus, exponent) = components(pair.public_key().as_ref())
        .ok_or_else(|| Error::internal("a public key is an RSAPublicKey (RFC 8017)"))?;
    db.run(Access::system(), async move |tx: &Tx<'_>| {
        tx.advisory_lock(KEY_LOCK).await?;
        if let Some(key) = tx.reader().one(Entity::find().order_by_desc(Column::CreatedAt)).await? {
            return Ok(key);
        }
        let id = tx.new_id();
        let key = ActiveModel {
            id: Set(id),
            modulus: Set(modulus.clone()),
            exponent: Set(exponent.clone()),
            private_key: Set(tx.context().secrets.seal(&place(id), &private)?),
            created_at: Set(tx.now()),
        };
        tx.put::<Entity>(key).await
    })
    .await
}

/// Modulus and exponent of an RSAPublicKey in DER (RFC 8017, A.1.1).
fn components(der: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let (sequence, _) = element(der)?;
    let (modulus, rest) = element(sequence)?;
    let (exponent, _) = element(rest)?;
    let unsigned = |bytes: &[u8]| bytes.strip_prefix(&[0]).unwrap_or(bytes).to_vec();
    Some((unsigned(modulus), unsigned(exponent)))
}

/// The content of the first element of DER, and what follows it.
fn element(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = der.get(1..)?.split_first()?;
    let (length, rest) = if *length < 0x80 {
        (usize::from(*length), rest)
    } else {
        let (bytes, rest) = rest.split_at_checked(usize::from(length & 0x7F))?;
        (bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
    };
    rest.split_at_checked(length)
}

/// Where the private key of this id is sealed for.
fn place(id: Uuid) -> String {
    format!("credential_key:{id}")
}

/// The address of a key, which names it too.
pub fn kid(key: &Model, base: &str) -> String {
    format!("{base}/api/v1/credential-keys/{}", key.id)
}

/// Signs these claims as a JWT (compact JWS, RFC 7515).
pub fn sign(db: &Db, key: &Model, base: &str, claims: &Value) -> Result<String> {
    let header = json!({"alg": "RS256", "kid": kid(key, base), "typ": "JWT"});
    let content =
        [header.to_string(), claims.to_string()].map(|part| BASE64URL_NOPAD.encode(part.as_bytes())).join(".");
    let private = db.context().secrets.open(&place(key.id), &key.private_key)?;
    let pair = KeyPair::from_pkcs8(&private).map_err(Error::internal)?;
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), content.as_bytes(), &mut signature).map_err(Error::internal)?;
    Ok(format!("{content}.{}", BASE64URL_NOPAD.encode(&signature)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_key_comes_apart_into_modulus_and_exponent() {
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let (modulus, exponent) = components(pair.public_key().as_ref()).unwrap();
        assert_eq!((modulus.len(), exponent), (256, vec![1, 0, 1]));
        assert!(modulus[0] >= 0x80);
        assert_eq!(components(&[0x30, 0x82, 0x01]), None);
    }
}
