use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::{CreditEntry, CreditEntryFilter, CreditEntryPage, ReversalReason};
use super::service;
use crate::credits::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Json, MaybeIfMatch, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(list_credit_entries).service(read_credit_entry).service(reverse_credit_entry);
}

/// List the ledger
///
/// The rows of everybody within reach, those that count last first: what was claimed, the rule and the cap that were applied,
/// what counts. Of one person with `librarian_id`.
#[utoipa::path(params(Listing<CreditEntryFilter>), responses((status = OK, description = "A page of rows", body = CreditEntryPage)))]
#[get("/credit-entries", wrap = "policy::LIST_CREDIT_ENTRIES")]
pub async fn list_credit_entries(
    access: Access,
    db: Data<Db>,
    list: Listing<CreditEntryFilter>,
) -> Result<CreditEntryPage> {
    service::list(&db, &access, &list).await
}

/// Read a row of the ledger
///
/// It never changes; `reversed_by` names the row that takes it back.
#[utoipa::path(responses((status = OK, description = "The row", body = CreditEntry)))]
#[get("/credit-entries/{credit_entry_id}", wrap = "policy::READ_CREDIT_ENTRY")]
pub async fn read_credit_entry(
    access: Access,
    db: Data<Db>,
    credit_entry_id: Path<Uuid>,
) -> Result<Tagged<CreditEntry>> {
    service::read(&db, &access, *credit_entry_id).await.map(Tagged)
}

/// Reverse credit
///
/// Adds a row that takes it back; its certificate is free to be credited again. A reversal is not reversed.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The row that was taken back", body = CreditEntry)))]
#[post("/credit-entries/{credit_entry_id}/reversal", wrap = "policy::REVERSE_CREDIT_ENTRY")]
pub async fn reverse_credit_entry(
    access: Access,
    db: Data<Db>,
    credit_entry_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<ReversalReason>,
) -> Result<Tagged<CreditEntry>> {
    service::reverse(&db, &access, *credit_entry_id, expected, reason).await.map(Tagged)
}
