use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{Column, Model};
pub use super::entity::{UserLanguage, UserStatus};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// A role. Every account is a librarian's; some mentor besides, some run the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Any signed-in member of staff (pustakawan).
    Librarian,
    /// A librarian who also mentors (mentor).
    Mentor,
    /// Runs the programme (pengelola).
    Admin,
}

/// An account.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "email": "maria@demo.example", "name": "Maria Lestari Bong",
    "roles": ["librarian", "mentor"], "language": "id", "status": "active", "librarian_id": null,
    "has_second_factor": false, "version": 1, "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z",
    "actions": ["deactivation"]
}))]
pub struct User {
    /// The account.
    pub id: Uuid,
    /// The address to sign in with.
    #[schema(max_length = 254)]
    pub email: String,
    /// The person's name.
    #[schema(max_length = 200)]
    pub name: String,
    /// What the person may do.
    #[schema(max_items = 3)]
    pub roles: Vec<Role>,
    /// The language in which the service writes to them.
    pub language: UserLanguage,
    /// Whether the account may be used.
    pub status: UserStatus,
    /// The professional record of the person; null without one.
    #[schema(required)]
    pub librarian_id: Option<Uuid>,
    /// Whether a second factor (TOTP) is asked at sign-in.
    pub has_second_factor: bool,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What may be done with it next.
    #[schema(max_items = 10)]
    pub actions: Vec<UserAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UserAction {
    /// Close the account.
    Deactivation,
    /// Open it again.
    Activation,
    /// Make a link to choose a new password.
    PasswordReset,
}

/// A page of accounts.
pub type UserPage = Page<User>;

impl From<Model> for User {
    fn from(row: Model) -> Self {
        let roles = [(true, Role::Librarian), (row.is_mentor, Role::Mentor), (row.is_admin, Role::Admin)];
        let actions = match row.status {
            UserStatus::Deactivated => vec![UserAction::Activation],
            UserStatus::Invited => vec![UserAction::Deactivation],
            UserStatus::Active => vec![UserAction::Deactivation, UserAction::PasswordReset],
        };
        Self {
            id: row.id,
            email: row.email,
            name: row.name,
            roles: roles.into_iter().filter(|(has, _)| *has).map(|(_, role)| role).collect(),
            language: row.language,
            status: row.status,
            librarian_id: row.librarian_id,
            has_second_factor: row.totp_confirmed_at.is_some(),
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            actions,
        }
    }
}

impl Resource for User {
    fn path(&self) -> String {
        format!("/api/v1/users/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// An account to be made. Without a password it waits for an invitation to be accepted.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "email": "rizky@demo.example", "name": "Rizky Pratama", "roles": ["librarian"], "language": "id",
    "librarian_id": null, "password": "rak kelima penuh ombak"
}))]
pub struct NewUser {
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
    /// The first password: at least 15 characters, none that is common or easy to guess.
    #[validate(length(min = 8, max = 128))]
    #[schema(format = "password", min_length = 8, max_length = 128)]
    pub password: Option<String>,
}

/// Changes of an account: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"roles": ["librarian", "mentor"]}))]
pub struct UserChanges {
    /// Another address.
    #[validate(email, length(min = 3, max = 254))]
    #[schema(format = "email", min_length = 3, max_length = 254, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub email: Option<String>,
    /// Another name.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub name: Option<String>,
    /// Other roles.
    #[validate(length(min = 1, max = 3))]
    #[schema(min_items = 1, max_items = 3, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub roles: Option<Vec<Role>>,
    /// Another language.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub language: Option<UserLanguage>,
    /// Another professional record; null unlinks it.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub librarian_id: Patch<Uuid>,
}

/// Changes of one's own account: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"language": "en"}))]
pub struct MyChanges {
    /// Another name.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub name: Option<String>,
    /// Another language.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub language: Option<UserLanguage>,
}

/// A change of one's own password.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"current_password": "rak kelima penuh ombak", "new_password": "hujan turun di pasar sayur"}))]
pub struct PasswordChange {
    /// The present password.
    #[validate(length(min = 1, max = 128))]
    #[schema(format = "password", min_length = 1, max_length = 128)]
    pub current_password: String,
    /// The new one: at least 15 characters, 8 beside a second factor; none that is common or easy to guess.
    #[validate(length(min = 8, max = 128))]
    #[schema(format = "password", min_length = 8, max_length = 128)]
    pub new_password: String,
}

/// Which accounts to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct UserFilter {
    /// Accounts whose name or address holds these words.
    #[param(max_length = 100, example = "maria")]
    pub q: Option<String>,
    /// Accounts in one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "active,invited", pattern = "^(invited|active|deactivated)(,(invited|active|deactivated))*$")]
    pub status: Option<AnyOf<UserStatus>>,
    /// Accounts of people with this role.
    #[param(inline)]
    pub role: Option<Role>,
}

impl UserFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        let role = self.role.and_then(|role| match role {
            Role::Librarian => None,
            Role::Mentor => Some(Column::IsMentor.eq(true)),
            Role::Admin => Some(Column::IsAdmin.eq(true)),
        });
        Condition::all()
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
            .add_option(role)
    }
}
