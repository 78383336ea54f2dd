use actix_web::get;
use actix_web::web::Data;
use uuid::Uuid;

use super::dto::{CompetencyProfile, ProfileQuery, Recommendations};
use super::{recommendations, service};
use crate::competencies::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Computed, Path, Rendered, Represented, Wanted};
use crate::kernel::page::{NoFilter, Query};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::kernel::svg;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_competency_profile_svg).service(read_competency_profile).service(list_recommendations);
}

fn picture(profile: &CompetencyProfile, access: &Access) -> Rendered {
    Rendered { media_type: svg::MEDIA_TYPE, body: service::picture(profile, access.language()), file_name: None }
}

/// Read a competency profile
///
/// Each required competency with present level, where it comes from, gap and trend, and the job-person match; also as of a past
/// day. As a radar picture with `Accept: image/svg+xml` or `.svg`.
#[utoipa::path(params(ProfileQuery), responses((status = OK, description = "The profile",
    content((CompetencyProfile = "application/json"), (String = "image/svg+xml")))))]
#[get("/librarians/{librarian_id}/competency-profile", wrap = "policy::READ_COMPETENCY_PROFILE")]
pub async fn read_competency_profile(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    Query(query): Query<ProfileQuery>,
    wanted: Wanted,
) -> Result<Represented<Computed<CompetencyProfile>>> {
    let profile = service::read(&db, &access, *librarian_id, query.as_of).await?;
    if wanted.is(svg::MEDIA_TYPE) {
        return Ok(Represented::Other(picture(&profile, &access)));
    }
    Ok(Represented::Json(Computed(profile)))
}

/// Draw a competency profile
///
/// The profile as a radar picture: what the position asks, and what is there.
#[utoipa::path(params(ProfileQuery), responses((status = OK, description = "The picture", body = String, content_type = "image/svg+xml")))]
#[get("/librarians/{librarian_id}/competency-profile.svg", wrap = "policy::READ_COMPETENCY_PROFILE_SVG")]
pub async fn read_competency_profile_svg(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    Query(query): Query<ProfileQuery>,
) -> Result<Rendered> {
    let profile = service::read(&db, &access, *librarian_id, query.as_of).await?;
    Ok(picture(&profile, &access))
}

/// List recommendations
///
/// What would close the largest gaps, each with its reason: competencies to work on, and colleagues who are there already.
#[utoipa::path(responses((status = OK, description = "What is recommended", body = Recommendations)))]
#[get("/librarians/{librarian_id}/recommendations", wrap = "policy::LIST_RECOMMENDATIONS")]
pub async fn list_recommendations(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    _nothing: Query<NoFilter>,
) -> Result<Computed<Recommendations>> {
    recommendations::list(&db, &access, *librarian_id).await.map(Computed)
}
