use actix_web::get;
use actix_web::web::Data;

use super::dto::{AuditEntryPage, AuditFilter};
use super::service;
use crate::events::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(list_audit_entries);
}

/// Read the audit trail
///
/// Who changed what and when, with values before and after, newest first unless sorted otherwise (`seq`).
/// `bina verify-log` shows whether the log is whole.
#[utoipa::path(params(Listing<AuditFilter>), responses((status = OK, description = "A page of the audit trail", body = AuditEntryPage)))]
#[get("/audit-entries", wrap = "policy::LIST_AUDIT_ENTRIES")]
pub async fn list_audit_entries(_access: Access, db: Data<Db>, list: Listing<AuditFilter>) -> Result<AuditEntryPage> {
    service::list(&db, &list).await
}
