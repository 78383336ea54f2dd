//! Accounts, sessions, keys, one-time tokens.

use sea_orm_migration::prelude::*;

use crate::columns::{
    big_null, boolean, bytes, bytes_null, id, index, instant, instant_null, integer, record, reference, table, text,
    text_null, uuid, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut users = table("users");
        users
            .col(id())
            .col(text("email"))
            .col(text("email_key"))
            .col(text("name"))
            .col(boolean("is_mentor"))
            .col(boolean("is_admin"))
            .col(word("language", &["id", "en"]))
            .col(word("status", &["invited", "active", "deactivated"]))
            .col(uuid_null("librarian_id"))
            .col(text_null("password_hash"))
            .col(bytes_null("totp_secret"))
            .col(instant_null("totp_confirmed_at"))
            .col(big_null("totp_last_step"))
            .col(text("search_text"))
            .foreign_key(&mut reference("users", "librarian_id", "librarians"));
        manager.create_table(record(&mut users).to_owned()).await?;
        manager.create_index(index("users", &["email_key"], true)).await?;
        manager.create_index(index("users", &["librarian_id"], true)).await?;
        manager.create_index(index("users", &["name", "id"], false)).await?;
        manager.create_index(index("users", &["created_at", "id"], false)).await?;

        let mut sessions = table("sign_in_sessions");
        sessions
            .col(id())
            .col(uuid("user_id"))
            .col(boolean("second_factor"))
            .col(instant("signed_in_at"))
            .col(instant("last_used_at"))
            .col(instant("expires_at"))
            .col(text_null("user_agent"))
            .col(text_null("address"))
            .col(instant_null("ended_at"))
            .col(text_null("end_reason"))
            .foreign_key(&mut reference("sign_in_sessions", "user_id", "users"));
        manager.create_table(record(&mut sessions).to_owned()).await?;
        manager.create_index(index("sign_in_sessions", &["user_id", "created_at"], false)).await?;
        manager.create_index(index("sign_in_sessions", &["expires_at"], false)).await?;

        let refresh = table("refresh_tokens")
            .col(bytes("token_hash").primary_key())
            .col(uuid("session_id"))
            .col(instant("expires_at"))
            .col(instant_null("used_at"))
            .foreign_key(&mut reference("refresh_tokens", "session_id", "sign_in_sessions"))
            .to_owned();
        manager.create_table(refresh).await?;
        manager.create_index(index("refresh_tokens", &["session_id"], false)).await?;

        let attempts = table("sign_in_attempts")
            .col(bytes("address_hash").primary_key())
            .col(integer("failures", 0, i32::MAX))
            .col(instant_null("blocked_until"))
            .col(instant("updated_at"))
            .to_owned();
        manager.create_table(attempts).await?;

        let once = table("one_time_tokens")
            .col(bytes("token_hash").primary_key())
            .col(uuid_null("user_id"))
            .col(word("purpose", &["password_reset", "set_up"]))
            .col(instant("expires_at"))
            .col(instant_null("used_at"))
            .col(instant("created_at"))
            .foreign_key(&mut reference("one_time_tokens", "user_id", "users"))
            .to_owned();
        manager.create_table(once).await?;
        manager.create_index(index("one_time_tokens", &["user_id"], false)).await?;

        let mut invitations = table("invitations");
        invitations
            .col(id())
            .col(uuid("user_id"))
            .col(text("email"))
            .col(text("name"))
            .col(bytes("token_hash"))
            .col(instant("expires_at"))
            .col(instant_null("accepted_at"))
            .col(instant_null("revoked_at"))
            .foreign_key(&mut reference("invitations", "user_id", "users"));
        manager.create_table(record(&mut invitations).to_owned()).await?;
        manager.create_index(index("invitations", &["token_hash"], true)).await?;
        manager.create_index(index("invitations", &["user_id"], false)).await?;
        manager.create_index(index("invitations", &["created_at", "id"], false)).await?;

        let codes = table("recovery_codes")
            .col(bytes("code_hash").primary_key())
            .col(uuid("user_id"))
            .col(instant_null("used_at"))
            .foreign_key(&mut reference("recovery_codes", "user_id", "users"))
            .to_owned();
        manager.create_table(codes).await?;
        manager.create_index(index("recovery_codes", &["user_id"], false)).await?;

        let keys = table("signing_keys")
            .col(id())
            .col(bytes("public_key"))
            .col(bytes("private_key"))
            .col(instant("active_from"))
            .col(instant("retired_at"))
            .col(instant("created_at"))
            .to_owned();
        manager.create_table(keys).await?;

        let mail = table("outgoing_mails")
            .col(id())
            .col(text("recipient"))
            .col(text("kind"))
            .col(bytes("content").blob())
            .col(instant("created_at"))
            .col(instant_null("sent_at"))
            .to_owned();
        manager.create_table(mail).await?;
        manager.create_index(index("outgoing_mails", &["sent_at", "created_at"], false)).await
    }
}
