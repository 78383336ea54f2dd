use actix_web::get;
use actix_web::web::Data;
use uuid::Uuid;

use super::service;
use crate::activities::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Path, Rendered};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_assignment_letter);
}

/// Print an assignment letter
///
/// The surat tugas of somebody with a seat, in Indonesian under the library's letterhead, to be numbered and signed. For the person
/// and admins.
#[utoipa::path(responses((status = OK, description = "The page", body = String, content_type = "text/html")))]
#[get("/registrations/{registration_id}/assignment-letter", wrap = "policy::READ_ASSIGNMENT_LETTER")]
pub async fn read_assignment_letter(access: Access, db: Data<Db>, registration_id: Path<Uuid>) -> Result<Rendered> {
    service::page(&db, &access, *registration_id).await
}
