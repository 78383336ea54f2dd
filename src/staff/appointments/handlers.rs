use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{Appointment, AppointmentChanges, AppointmentPage, NewAppointment};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::{Listing, NoFilter};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::staff::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_appointments)
        .service(create_appointment)
        .service(read_appointment)
        .service(update_appointment)
        .service(delete_appointment);
}

/// List the appointments of a person
///
/// The positions held (riwayat jabatan), the latest first (`effective_on`).
#[utoipa::path(params(Listing<NoFilter>), responses((status = OK, description = "A page of appointments", body = AppointmentPage)))]
#[get("/librarians/{librarian_id}/appointments", wrap = "policy::LIST_APPOINTMENTS")]
pub async fn list_appointments(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    list: Listing<NoFilter>,
) -> Result<AppointmentPage> {
    service::list(&db, &access, *librarian_id, &list).await
}

/// Enter an appointment
///
/// Unit, position and grade from a day on. The record follows the latest one in force; one that begins later takes effect on its day.
#[utoipa::path(responses((status = CREATED, description = "The new appointment", body = Appointment)))]
#[post("/librarians/{librarian_id}/appointments", wrap = "policy::CREATE_APPOINTMENT")]
pub async fn create_appointment(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    Json(new): Json<NewAppointment>,
) -> Result<Created<Appointment>> {
    service::create(&db, &access, *librarian_id, new).await.map(Created)
}

/// Read an appointment
///
/// For the person, their present mentors, and admins.
#[utoipa::path(responses((status = OK, description = "The appointment", body = Appointment)))]
#[get("/appointments/{appointment_id}", wrap = "policy::READ_APPOINTMENT")]
pub async fn read_appointment(access: Access, db: Data<Db>, appointment_id: Path<Uuid>) -> Result<Tagged<Appointment>> {
    service::read(&db, &access, *appointment_id).await.map(Tagged)
}

/// Change an appointment
///
/// The record follows at once.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The appointment", body = Appointment)))]
#[patch("/appointments/{appointment_id}", wrap = "policy::UPDATE_APPOINTMENT")]
pub async fn update_appointment(
    access: Access,
    db: Data<Db>,
    appointment_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<AppointmentChanges>,
) -> Result<Tagged<Appointment>> {
    service::update(&db, &access, *appointment_id, expected, changes).await.map(Tagged)
}

/// Remove an appointment
///
/// For what was entered by mistake; the record follows those that are left.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The appointment is removed")))]
#[delete("/appointments/{appointment_id}", wrap = "policy::DELETE_APPOINTMENT")]
pub async fn delete_appointment(
    access: Access,
    db: Data<Db>,
    appointment_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *appointment_id, expected).await.map(|()| NoContent)
}
