//! Recovery codes: each good for one sign-in, kept as hashes.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use crate::kernel::db::Tx;
use crate::kernel::error::Result;
use crate::kernel::secret::{readable_code, sha256};

/// How many a person gets.
const CODES: usize = 10;

/// A recovery code that was given out.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_codes")]
pub struct Model {
    /// SHA-256 of the account and the code.
    #[sea_orm(primary_key, auto_increment = false, column_type = "VarBinary(StringLen::None)")]
    pub code_hash: Vec<u8>,
    pub user_id: Uuid,
    pub used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// People write in lower case, leave hyphens out, and take O for 0, I and L for 1 (Crockford's base 32).
fn normalised(code: &str) -> String {
    let digit = |letter: char| match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    code.chars().filter(char::is_ascii_alphanumeric).map(digit).collect()
}

fn hash(user_id: Uuid, code: &str) -> Vec<u8> {
    sha256(format!("{user_id}\n{}", normalised(code)).as_bytes()).to_vec()
}

/// Makes new codes in place of all that there were.
pub async fn renew_in(tx: &Tx<'_>, user_id: Uuid) -> Result<Vec<String>> {
    remove_in(tx, user_id).await?;
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let code = readable_code()?;
        let row = ActiveModel { code_hash: Set(hash(user_id, &code)), user_id: Set(user_id), used_at: Set(None) };
        tx.put::<Entity>(row).await?;
        codes.push(code);
    }
    Ok(codes)
}

/// Removes all codes of an account.
pub async fn remove_in(tx: &Tx<'_>, user_id: Uuid) -> Result<()> {
    let delete = Query::delete().from_table(Entity).and_where(Expr::col(Column::UserId).eq(user_id)).to_owned();
    tx.execute(&delete).await.map(|_| ())
}

/// Uses a code up; false when it is none, or was used.
pub async fn take_in(tx: &Tx<'_>, user_id: Uuid, code: &str) -> Result<bool> {
    let take = Query::update()
        .table(Entity)
        .value(Column::UsedAt, tx.now())
        .and_where(Expr::col(Column::CodeHash).eq(hash(user_id, code)))
        .and_where(Expr::col(Column::UsedAt).is_null())
        .to_owned();
    Ok(tx.execute(&take).await? == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_counts_however_it_is_written() {
        let user = Uuid::nil();
        assert_eq!(hash(user, "10AB-CDEF"), hash(user, " io ab cdef"));
        assert_ne!(hash(user, "10AB-CDEF"), hash(Uuid::max(), "10AB-CDEF"));
    }
}
