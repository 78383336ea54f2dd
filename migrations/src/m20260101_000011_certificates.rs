//! Certificates and calendars.

use sea_orm_migration::prelude::*;

use crate::columns::{
    bytes, date, id, index, instant, instant_null, integer, integer_null, json, record, reference, table, text,
    text_null, uuid, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        certificates(manager).await?;
        let mut keys = table("credential_keys");
        keys.col(id())
            .col(bytes("modulus"))
            .col(bytes("exponent"))
            .col(bytes("private_key"))
            .col(instant("created_at"));
        manager.create_table(keys).await?;
        calendars(manager).await
    }
}

async fn calendars(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut links = table("calendar_links");
    links.col(id()).col(uuid("user_id")).col(bytes("token_hash"));
    record(&mut links).foreign_key(&mut reference("calendar_links", "user_id", "users"));
    manager.create_table(links).await?;
    manager.create_index(index("calendar_links", &["user_id"], true)).await?;
    manager.create_index(index("calendar_links", &["token_hash"], true)).await?;
    let mut removed = table("calendar_removed_sessions");
    removed
        .col(id())
        .col(uuid("activity_id"))
        .col(text_null("title"))
        .col(instant("starts_at"))
        .col(instant("ends_at"))
        .col(text("time_zone"))
        .col(integer("version", 1, i32::MAX))
        .col(instant("removed_at"))
        .foreign_key(&mut reference("calendar_removed_sessions", "activity_id", "activities"));
    manager.create_table(removed).await?;
    manager.create_index(index("calendar_removed_sessions", &["activity_id", "starts_at"], false)).await
}

async fn certificates(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut certificates = table("certificates");
    certificates
        .col(id())
        .col(uuid("librarian_id"))
        .col(uuid("activity_id"))
        .col(uuid("registration_id"))
        .col(integer("round", 1, 10_000))
        .col(text("number"))
        .col(integer("year", 1900, 2999))
        .col(integer("sequence", 1, i32::MAX))
        .col(integer("status_index", 0, i32::MAX))
        .col(uuid("credential_id"))
        .col(bytes("code_hash"))
        .col(text("recipient_name"))
        .col(text("title"))
        .col(text("organiser"))
        .col(integer_null("credit_hundredths", 0, 1_000_000))
        .col(json("competencies"))
        .col(json("imprint"))
        .col(date("starts_on"))
        .col(date("ends_on"))
        .col(date("issued_on"))
        .col(word("status", &["issued", "revoked"]))
        .col(instant_null("revoked_at"))
        .col(uuid_null("revoked_by"))
        .col(text_null("revocation_reason"))
        .col(uuid_null("replaces"))
        .col(uuid_null("replaced_by"));
    record(&mut certificates)
        .foreign_key(&mut reference("certificates", "librarian_id", "librarians"))
        .foreign_key(&mut reference("certificates", "activity_id", "activities"))
        .foreign_key(&mut reference("certificates", "registration_id", "registrations"));
    manager.create_table(certificates).await?;
    for columns in [
        // One for each time that somebody completed something, and one more for each that took the place of another.
        &["registration_id", "round"][..],
        &["year", "sequence"],
        &["number"],
        &["status_index"],
        &["credential_id"],
        &["code_hash"],
    ] {
        manager.create_index(index("certificates", columns, true)).await?;
    }
    for columns in [
        &["created_at", "id"][..],
        &["librarian_id", "created_at", "id"],
        &["activity_id", "created_at", "id"],
        &["year", "created_at", "id"],
        &["status", "created_at", "id"],
    ] {
        manager.create_index(index("certificates", columns, false)).await?;
    }
    Ok(())
}
