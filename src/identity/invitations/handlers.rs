use actix_web::web::Data;
use actix_web::{delete, get, post};
use uuid::Uuid;

use super::dto::{Invitation, InvitationAcceptance, InvitationFilter, InvitationPage, IssuedInvitation, NewInvitation};
use super::service;
use crate::identity::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::gate::Gate;
use crate::kernel::http::{CreatedSecret, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_invitations)
        .service(create_invitation)
        .service(read_invitation)
        .service(revoke_invitation)
        .service(accept_invitation);
}

/// List invitations
///
/// Newest first unless sorted otherwise (`created_at`).
#[utoipa::path(params(Listing<InvitationFilter>), responses((status = OK, description = "A page of invitations", body = InvitationPage)))]
#[get("/invitations", wrap = "policy::LIST_INVITATIONS")]
pub async fn list_invitations(
    _access: Access,
    db: Data<Db>,
    list: Listing<InvitationFilter>,
) -> Result<InvitationPage> {
    service::list(&db, &list).await
}

/// Read an invitation
///
/// Its token is not shown again.
#[utoipa::path(responses((status = OK, description = "The invitation", body = Invitation)))]
#[get("/invitations/{invitation_id}", wrap = "policy::READ_INVITATION")]
pub async fn read_invitation(_access: Access, db: Data<Db>, invitation_id: Path<Uuid>) -> Result<Tagged<Invitation>> {
    service::read(&db, *invitation_id).await.map(Tagged)
}

/// Invite somebody
///
/// Makes an account that waits for its owner's password, and a link good for seven days and one use, which is queued as mail and
/// shown this once. Somebody who never accepted can be invited again; earlier invitations are void then.
#[utoipa::path(responses((status = CREATED, description = "The invitation and its link", body = IssuedInvitation)))]
#[post("/invitations", wrap = "policy::CREATE_INVITATION")]
pub async fn create_invitation(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    Json(new): Json<NewInvitation>,
) -> Result<CreatedSecret<IssuedInvitation>> {
    service::create(&db, &gate, &access, new).await.map(CreatedSecret)
}

/// Take an invitation back
///
/// Its link is void, and the account that waited for it is deactivated. One that is not pending is 409.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The invitation is revoked")))]
#[delete("/invitations/{invitation_id}", wrap = "policy::REVOKE_INVITATION")]
pub async fn revoke_invitation(
    access: Access,
    db: Data<Db>,
    invitation_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::revoke(&db, &access, *invitation_id, expected).await.map(|()| NoContent)
}

/// Accept an invitation
///
/// Chooses the password; the account can be signed in to from then on. The token is good for one use.
#[utoipa::path(responses((status = NO_CONTENT, description = "The account is active")))]
#[post("/auth/invitation-acceptances", wrap = "policy::ACCEPT_INVITATION")]
pub async fn accept_invitation(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    Json(acceptance): Json<InvitationAcceptance>,
) -> Result<NoContent> {
    service::accept(&db, &gate, &access, acceptance).await.map(|()| NoContent)
}
