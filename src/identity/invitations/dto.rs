use chrono::{DateTime, Utc};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{Column, Model};
use crate::identity::users::dto::{Role, UserLanguage};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::validation;

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStatus {
    /// Waits for the person.
    Pending,
    /// The person chose a password.
    Accepted,
    /// Taken back.
    Revoked,
    /// Its seven days are over.
    Expired,
}

/// An invitation.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "user_id": "019a0000-0000-7000-8000-000000000001",
    "email": "rizky@demo.example", "name": "Rizky Pratama", "status": "pending", "expires_at": "2026-01-12T01:00:00.000Z",
    "accepted_at": null, "revoked_at": null, "version": 1, "created_at": "2026-01-05T01:00:00.000Z",
    "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct Invitation {
    /// The invitation.
    pub id: Uuid,
    /// The account that waits for it.
    pub user_id: Uuid,
    /// Where it was sent.
    #[schema(max_length = 254)]
    pub email: String,
    /// Who is invited.
    #[schema(max_length = 200)]
    pub name: String,
    /// What became of it.
    pub status: InvitationStatus,
    /// Until when it can be accepted.
    pub expires_at: Instant,
    /// When it was accepted; null if it was not.
    #[schema(required)]
    pub accepted_at: Option<Instant>,
    /// When it was taken back; null if it was not.
    #[schema(required)]
    pub revoked_at: Option<Instant>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of invitations.
pub type InvitationPage = Page<Invitation>;

impl Invitation {
    /// The invitation as it is at this instant.
    pub fn at(row: Model, now: DateTime<Utc>) -> Self {
        let status = if row.accepted_at.is_some() {
            InvitationStatus::Accepted
        } else if row.revoked_at.is_some() {
            InvitationStatus::Revoked
        } else if row.expires_at <= now {
            InvitationStatus::Expired
        } else {
            InvitationStatus::Pending
        };
        Self {
            id: row.id,
            user_id: row.user_id,
            email: row.email,
            name: row.name,
            status,
            expires_at: Instant(row.expires_at),
            accepted_at: row.accepted_at.map(Instant),
            revoked_at: row.revoked_at.map(Instant),
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Invitation {
    fn path(&self) -> String {
        format!("/api/v1/invitations/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A new invitation with what opens it. Token and link are shown this once.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "invitation": {
        "id": "019a0000-0000-7000-8000-000000000000", "user_id": "019a0000-0000-7000-8000-000000000001",
        "email": "rizky@demo.example", "name": "Rizky Pratama", "status": "pending",
        "expires_at": "2026-01-12T01:00:00.000Z", "accepted_at": null, "revoked_at": null, "version": 1,
        "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
    },
    "token": "mZ1pQ0v8cJm3m7v5t0Qe8m1n2b3v4c5x6z7a8s9d0f1",
    "link": "http://127.0.0.1:8080/#/invitations/mZ1pQ0v8cJm3m7v5t0Qe8m1n2b3v4c5x6z7a8s9d0f1"
}))]
pub struct IssuedInvitation {
    /// The invitation.
    pub invitation: Invitation,
    /// For `POST /api/v1/auth/invitation-acceptances`.
    #[schema(max_length = 100)]
    pub token: String,
    /// The same as a link for a person; behind `#`, so that no server writes it into a log.
    #[schema(format = "uri", max_length = 500)]
    pub link: String,
}

impl Resource for IssuedInvitation {
    fn path(&self) -> String {
        self.invitation.path()
    }

    fn version(&self) -> i32 {
        self.invitation.version
    }
}

/// Who is to be invited.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "rizky@demo.example", "name": "Rizky Pratama", "roles": ["librarian"]}))]
pub struct NewInvitation {
    /// The address to sign in with.
    #[validate(email, length(min = 3, max = 254))]
    #[schema(format = "email", min_length = 3, max_length = 254)]
    pub email: String,
    /// The person's name.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: String,
    /// What the person may do; everybody is a librarian.
    #[validate(length(min = 1, max = 3))]
    #[schema(min_items = 1, max_items = 3)]
    pub roles: Vec<Role>,
    /// The language in which the service writes to them.
    pub language: Option<UserLanguage>,
    /// The professional record of the person.
    pub librarian_id: Option<Uuid>,
}

/// An invitation accepted.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"token": "mZ1pQ0v8cJm3m7v5t0Qe8m1n2b3v4c5x6z7a8s9d0f1", "password": "hujan turun di pasar sayur"}))]
pub struct InvitationAcceptance {
    /// The token of the invitation.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub token: String,
    /// The password: at least 15 characters, none that is common or easy to guess.
    #[validate(length(min = 8, max = 128))]
    #[schema(format = "password", min_length = 8, max_length = 128)]
    pub password: String,
}

/// Which invitations to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct InvitationFilter {
    /// Invitations of which this became.
    #[param(inline)]
    pub status: Option<InvitationStatus>,
}

impl InvitationFilter {
    /// The filter as a condition.
    pub fn condition(&self, now: DateTime<Utc>) -> Condition {
        let open = || Condition::all().add(Column::AcceptedAt.is_null()).add(Column::RevokedAt.is_null());
        Condition::all().add_option(self.status.map(|status| match status {
            InvitationStatus::Pending => open().add(Column::ExpiresAt.gt(now)),
            InvitationStatus::Expired => open().add(Column::ExpiresAt.lte(now)),
            InvitationStatus::Accepted => Condition::all().add(Column::AcceptedAt.is_not_null()),
            InvitationStatus::Revoked => Condition::all().add(Column::RevokedAt.is_not_null()),
        }))
    }
}
