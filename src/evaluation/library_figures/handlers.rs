use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{LibraryFigure, LibraryFigureChanges, LibraryFigureFilter, LibraryFigurePage, NewLibraryFigure};
use super::service;
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_library_figures)
        .service(create_library_figure)
        .service(read_library_figure)
        .service(update_library_figure)
        .service(delete_library_figure);
}

/// List library figures
///
/// What indicators are reckoned from and no other chapter counts: population, visits, loans, the parts of IPLM and TGM; the latest
/// period first.
#[utoipa::path(params(Listing<LibraryFigureFilter>), responses((status = OK, description = "A page of figures", body = LibraryFigurePage)))]
#[get("/library-figures", wrap = "policy::LIST_LIBRARY_FIGURES")]
pub async fn list_library_figures(
    _access: Access,
    db: Data<Db>,
    list: Listing<LibraryFigureFilter>,
) -> Result<LibraryFigurePage> {
    service::list(&db, &list).await
}

/// Read a library figure
///
/// With where it was read.
#[utoipa::path(responses((status = OK, description = "The figure", body = LibraryFigure)))]
#[get("/library-figures/{library_figure_id}", wrap = "policy::READ_LIBRARY_FIGURE")]
pub async fn read_library_figure(
    _access: Access,
    db: Data<Db>,
    library_figure_id: Path<Uuid>,
) -> Result<Tagged<LibraryFigure>> {
    service::read(&db, *library_figure_id).await.map(Tagged)
}

/// Enter a library figure
///
/// One a period and district. Visits, loans and the like of shorter periods add up to longer ones; of population, items and the
/// like the last known counts, for at most three years.
#[utoipa::path(responses((status = CREATED, description = "The new figure", body = LibraryFigure)))]
#[post("/library-figures", wrap = "policy::CREATE_LIBRARY_FIGURE")]
pub async fn create_library_figure(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewLibraryFigure>,
) -> Result<Created<LibraryFigure>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a library figure
///
/// The number and its source. Measurements keep the number that they were made with.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The figure", body = LibraryFigure)))]
#[patch("/library-figures/{library_figure_id}", wrap = "policy::UPDATE_LIBRARY_FIGURE")]
pub async fn update_library_figure(
    access: Access,
    db: Data<Db>,
    library_figure_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<LibraryFigureChanges>,
) -> Result<Tagged<LibraryFigure>> {
    service::update(&db, &access, *library_figure_id, expected, changes).await.map(Tagged)
}

/// Delete a library figure
///
/// Measurements keep the number that they were made with.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The figure is gone")))]
#[delete("/library-figures/{library_figure_id}", wrap = "policy::DELETE_LIBRARY_FIGURE")]
pub async fn delete_library_figure(
    access: Access,
    db: Data<Db>,
    library_figure_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *library_figure_id, expected).await.map(|()| NoContent)
}
