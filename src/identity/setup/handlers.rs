use actix_web::post;
use actix_web::web::Data;

use super::dto::FirstAdmin;
use super::service;
use crate::identity::policy;
use crate::identity::users::dto::User;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::gate::Gate;
use crate::kernel::http::{CreatedSecret, Json};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(set_up);
}

/// Make the first admin
///
/// With the token that `bina serve` printed on a database without accounts; 409 `already_set_up` once there is any account.
#[utoipa::path(responses((status = CREATED, description = "The first admin's account", body = User)))]
#[post("/auth/setup", wrap = "policy::SET_UP")]
pub async fn set_up(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    Json(first): Json<FirstAdmin>,
) -> Result<CreatedSecret<User>> {
    service::set_up(&db, &gate, &access, first).await.map(CreatedSecret)
}
