use sea_orm::EntityTrait;

use super::dto::FirstAdmin;
use crate::identity::one_time::{self, Purpose};
use crate::identity::passwords;
use crate::identity::users::dto::{NewUser, Role, User};
use crate::identity::users::entity::Entity;
use crate::identity::users::service::create_in;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{Refusal, Result};
use crate::kernel::gate::Gate;
use crate::kernel::policy::Access;

/// The lock under which at most one first admin is made.
const SETUP_LOCK: i64 = 0x6269_6E64;

/// There is an account already.
pub const ALREADY_SET_UP: Refusal = Refusal {
    code: "already_set_up",
    status: 409,
    id: "Layanan ini sudah memiliki akun; penyiapan awal sudah selesai",
    en: "This service has accounts already; the set-up is done",
};

/// Makes a token for the first admin where there is no account, and none was made that is still good.
pub async fn begin(db: &Db) -> Result<Option<String>> {
    db.run(Access::system(), async |tx: &Tx<'_>| {
        tx.advisory_lock(SETUP_LOCK).await?;
        let known = tx.reader().exists(Entity::find()).await?;
        if known || tx.reader().exists(one_time::living(Purpose::SetUp, tx.now())).await? {
            return Ok(None);
        }
        one_time::issue_in(tx, Purpose::SetUp, None).await.map(|(token, _)| Some(token))
    })
    .await
}

/// Makes the first admin.
pub async fn set_up(db: &Db, gate: &Gate, access: &Access, first: FirstAdmin) -> Result<User> {
    gate.limits.charge_sign_in(access.request().and_then(|request| request.address))?;
    if db.reader().exists(Entity::find()).await? {
        return Err(ALREADY_SET_UP.into());
    }
    one_time::peek(db.reader(), Purpose::SetUp, &first.token, db.now()).await?;
    passwords::check(&first.password, &[&first.name, &first.email], false, "#/password")?;
    let hash = passwords::hash(&first.password).await?;
    db.run(access.clone(), async move |tx: &Tx<'_>| {
        tx.advisory_lock(SETUP_LOCK).await?;
        if tx.reader().exists(Entity::find()).await? {
            return Err(ALREADY_SET_UP.into());
        }
        one_time::take_in(tx, Purpose::SetUp, &first.token).await?;
        let admin = NewUser {
            email: first.email.clone(),
            name: first.name.clone(),
            roles: vec![Role::Librarian, Role::Admin],
            language: None,
            librarian_id: None,
            password: None,
        };
        create_in(tx, &admin, Some(hash.clone())).await.map(User::from)
    })
    .await
}
