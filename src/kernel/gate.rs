//! What every guard needs at hand: the database, the keys of tokens, who is who, and the limits.

use super::auth::{SessionDirectory, Tokens};
use super::db::Db;
use super::limits::Limits;

/// Shared by all workers of the process.
pub struct Gate {
    /// The database.
    pub db: Db,
    /// The keys that tokens are checked with.
    pub tokens: Tokens,
    /// Who is behind a session.
    pub sessions: Box<dyn SessionDirectory>,
    /// How often anybody may come.
    pub limits: Limits,
    /// Whether an admin without a second factor is no admin.
    pub require_admin_mfa: bool,
}
