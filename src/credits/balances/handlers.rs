use actix_web::get;
use actix_web::web::Data;
use uuid::Uuid;

use super::dto::{CreditStatement, StatementQuery};
use super::statement;
use crate::credits::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Path};
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_credits);
}

/// Read credit hours of a year
///
/// What counts, by 70:20:10, against the 20 JP duty of PNS or the 24 JP ceiling of PPPK, with its legal basis. With `as_of` what
/// was known at the end of a past day: it never moves, whatever is entered, taken back or ruled later.
#[utoipa::path(params(StatementQuery), responses((status = OK, description = "The statement", body = CreditStatement)))]
#[get("/librarians/{librarian_id}/credits", wrap = "policy::READ_CREDITS")]
pub async fn read_credits(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    Query(query): Query<StatementQuery>,
) -> Result<Computed<CreditStatement>> {
    statement::read(&db, &access, *librarian_id, &query).await.map(Computed)
}
