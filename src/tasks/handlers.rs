use actix_web::get;
use actix_web::web::Data;

use super::dto::{TaskQuery, Tasks};
use super::{policy, service};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::Computed;
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_tasks);
}

/// Read what waits for me
///
/// The caller's tasks and approvals from all chapters, the most urgent first, and how many of each kind there are. A task
/// disappears with the state that asks for it; `action` names the transition that ends it.
#[utoipa::path(params(TaskQuery), responses((status = OK, description = "The tasks", body = Tasks)))]
#[get("/tasks", wrap = "policy::READ_TASKS")]
pub async fn read_tasks(access: Access, db: Data<Db>, Query(query): Query<TaskQuery>) -> Result<Computed<Tasks>> {
    service::read(&db, &access, &query).await.map(Computed)
}
