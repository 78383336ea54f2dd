use actix_web::web::Data;
use actix_web::{Either, get};
use uuid::Uuid;

use super::dto::AttendanceList;
use super::service;
use crate::activities::{paper, policy};
use crate::kernel::csv;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Path, Rendered, Wanted};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_attendance_list).service(read_attendance_list_csv).service(read_attendance_list_html);
}

/// Read the attendance list of an activity
///
/// Everybody with a seat and every session (daftar hadir), for the activity's staff and admins; to be printed and signed with
/// `Accept: text/html` or `.html`, as a table with `Accept: text/csv` or `.csv`.
#[utoipa::path(responses((status = OK, description = "The list",
    content((AttendanceList = "application/json"), (String = "text/html"), (String = "text/csv")))))]
#[get("/activities/{activity_id}/attendance-list", wrap = "policy::READ_ATTENDANCE_LIST")]
pub async fn read_attendance_list(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    wanted: Wanted,
) -> Result<Either<Computed<AttendanceList>, Rendered>> {
    let list = service::read(&db, &access, *activity_id).await?;
    if wanted.is(csv::MEDIA_TYPE) {
        return service::table(&list, access.language()).map(Either::Right);
    }
    if wanted.is(paper::HTML) {
        return service::page(&db, &list).await.map(Either::Right);
    }
    Ok(Either::Left(Computed(list)))
}

/// Download the attendance list of an activity
///
/// A row a person, a column a session.
#[utoipa::path(responses((status = OK, description = "The table", body = String, content_type = "text/csv")))]
#[get("/activities/{activity_id}/attendance-list.csv", wrap = "policy::READ_ATTENDANCE_LIST_CSV")]
pub async fn read_attendance_list_csv(access: Access, db: Data<Db>, activity_id: Path<Uuid>) -> Result<Rendered> {
    service::table(&service::read(&db, &access, *activity_id).await?, access.language())
}

/// Print the attendance list of an activity
///
/// A page in Indonesian under the library's letterhead, with a box for each signature.
#[utoipa::path(responses((status = OK, description = "The page", body = String, content_type = "text/html")))]
#[get("/activities/{activity_id}/attendance-list.html", wrap = "policy::READ_ATTENDANCE_LIST_HTML")]
pub async fn read_attendance_list_html(access: Access, db: Data<Db>, activity_id: Path<Uuid>) -> Result<Rendered> {
    service::page(&db, &service::read(&db, &access, *activity_id).await?).await
}
