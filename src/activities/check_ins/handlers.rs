use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::{
    AnnulReason, AttendanceEntryPage, AttendanceSummary, CheckIn, CheckInCode, CheckInFilter, CheckInPage,
    CheckInReport, NewAttendances, NewCheckIns, SessionVerifiers,
};
use super::{attendance, door, service};
use crate::activities::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Json, MaybeIfMatch, Path, Secret, Tagged};
use crate::kernel::page::{Listing, NoFilter};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_check_ins)
        .service(record_check_ins)
        .service(read_check_in)
        .service(annul_check_in)
        .service(read_check_in_code)
        .service(read_session_verifiers)
        .service(list_attendance)
        .service(set_attendance);
}

/// List the scans of an activity
///
/// Failed ones too; for its staff and admins. The latest first.
#[utoipa::path(params(Listing<CheckInFilter>), responses((status = OK, description = "A page of scans", body = CheckInPage)))]
#[get("/activities/{activity_id}/check-ins", wrap = "policy::LIST_CHECK_INS")]
pub async fn list_check_ins(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    list: Listing<CheckInFilter>,
) -> Result<CheckInPage> {
    service::list(&db, &access, *activity_id, &list).await
}

/// Send scans
///
/// One, or up to 1,000 of devices that were without a network, in any order and as often as it takes: each row is answered
/// `applied`, `duplicate`, `conflict` or `rejected` with its reason, and the end is the same. For the activity's staff and admins.
#[utoipa::path(responses((status = OK, description = "What became of each scan", body = CheckInReport)))]
#[post("/activities/{activity_id}/check-ins", wrap = "policy::RECORD_CHECK_INS")]
pub async fn record_check_ins(
    access: Access,
    db: Data<Db>,
    activity_id: Path<Uuid>,
    Json(new): Json<NewCheckIns>,
) -> Result<Computed<CheckInReport>> {
    service::record(&db, &access, *activity_id, new).await
}

/// Read a scan
///
/// For the activity's staff and admins.
#[utoipa::path(responses((status = OK, description = "The scan", body = CheckIn)))]
#[get("/check-ins/{check_in_id}", wrap = "policy::READ_CHECK_IN")]
pub async fn read_check_in(access: Access, db: Data<Db>, check_in_id: Path<Uuid>) -> Result<Tagged<CheckIn>> {
    service::read(&db, &access, *check_in_id).await.map(Tagged)
}

/// Take a scan back
///
/// Within 15 minutes of its arrival. Another good scan of the same person then stands in its place.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The scan", body = CheckIn)))]
#[post("/check-ins/{check_in_id}/annulment", wrap = "policy::ANNUL_CHECK_IN")]
pub async fn annul_check_in(
    access: Access,
    db: Data<Db>,
    check_in_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<AnnulReason>,
) -> Result<Tagged<CheckIn>> {
    service::annul(&db, &access, *check_in_id, expected, reason).await.map(Tagged)
}

/// Read a check-in code
///
/// What the person shows at the door: another one every 30 seconds. With the secret by which their app makes the next ones
/// without a network. For the person, and for admins who help somebody without a device; nobody may keep the answer.
#[utoipa::path(responses((status = OK, description = "The code of now", body = CheckInCode)))]
#[get("/registrations/{registration_id}/check-in-code", wrap = "policy::READ_CHECK_IN_CODE")]
pub async fn read_check_in_code(
    access: Access,
    db: Data<Db>,
    registration_id: Path<Uuid>,
) -> Result<Secret<CheckInCode>> {
    door::code(&db, &access, *registration_id).await.map(Secret)
}

/// Read the verifiers of a session
///
/// What a device at the door downloads beforehand, to judge codes without a network. For the activity's staff and admins; nobody
/// else may keep the answer.
#[utoipa::path(responses((status = OK, description = "The verifiers", body = SessionVerifiers)))]
#[get("/activity-sessions/{activity_session_id}/verifiers", wrap = "policy::READ_SESSION_VERIFIERS")]
pub async fn read_session_verifiers(
    access: Access,
    db: Data<Db>,
    activity_session_id: Path<Uuid>,
) -> Result<Secret<SessionVerifiers>> {
    door::verifiers(&db, &access, *activity_session_id).await.map(Secret)
}

/// List the attendance of a session
///
/// Everybody with a seat, in the order in which they registered; for the activity's staff and admins.
#[utoipa::path(params(Listing<NoFilter>), responses((status = OK, description = "A page of attendance", body = AttendanceEntryPage)))]
#[get("/activity-sessions/{activity_session_id}/attendance", wrap = "policy::LIST_ATTENDANCE")]
pub async fn list_attendance(
    access: Access,
    db: Data<Db>,
    activity_session_id: Path<Uuid>,
    list: Listing<NoFilter>,
) -> Result<AttendanceEntryPage> {
    attendance::list(&db, &access, *activity_session_id, &list).await
}

/// Set attendance by hand
///
/// For people with a seat, until the activity is completed: all of them or none. Null goes back to what the scans say.
#[utoipa::path(responses((status = OK, description = "How attendance stands", body = AttendanceSummary)))]
#[post("/activity-sessions/{activity_session_id}/attendance", wrap = "policy::SET_ATTENDANCE")]
pub async fn set_attendance(
    access: Access,
    db: Data<Db>,
    activity_session_id: Path<Uuid>,
    Json(new): Json<NewAttendances>,
) -> Result<Computed<AttendanceSummary>> {
    attendance::set(&db, &access, *activity_session_id, new).await
}
