//! The log, kept answers.

use sea_orm_migration::prelude::*;

use crate::columns::{
    big, big_null, boolean, bytes, bytes_null, id, index, instant, integer, integer_null, json_null, name, table, text,
    text_null, uuid, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let events = table("events")
            .col(id())
            .col(big_null("seq"))
            .col(text("name"))
            .col(text("subject_kind"))
            .col(text_null("subject_collection"))
            .col(uuid("subject_id"))
            .col(integer("subject_version", 0, i32::MAX))
            .col(boolean("is_gone"))
            .col(uuid_null("person_id"))
            .col(word("readers", &["everyone", "person", "admin"]))
            .col(uuid_null("actor_id"))
            .col(uuid_null("caused_by"))
            .col(uuid_null("request_id"))
            .col(instant("occurred_at"))
            .col(bytes_null("salt"))
            .col(json_null("changes"))
            .col(bytes("commitment"))
            .col(bytes("seal"))
            .col(bytes_null("hash"))
            .to_owned();
        manager.create_table(events).await?;
        manager.create_index(index("events", &["seq"], true)).await?;
        // The sequencer looks for what has no number yet: few rows of a long table.
        let waiting = Index::create()
            .name("ix_events_waiting")
            .table(name("events"))
            .col(name("occurred_at"))
            .col(name("id"))
            .cond_where(Expr::col(name("seq")).is_null())
            .to_owned();
        manager.create_index(waiting).await?;
        manager.create_index(index("events", &["subject_id", "seq"], false)).await?;
        manager.create_index(index("events", &["person_id", "seq"], false)).await?;

        let head = table("event_head")
            .col(integer("id", 1, 1).primary_key())
            .col(big("seq"))
            .col(bytes("hash"))
            .col(bytes("seal"))
            .to_owned();
        manager.create_table(head).await?;

        let keys = table("idempotency_keys")
            .col(bytes("scope").primary_key())
            .col(bytes("fingerprint"))
            .col(integer_null("status", 200, 599))
            .col(text_null("location"))
            .col(integer_null("object_version", 1, i32::MAX))
            .col(text_null("body"))
            .col(instant("created_at"))
            .to_owned();
        manager.create_table(keys).await?;
        manager.create_index(index("idempotency_keys", &["created_at"], false)).await
    }
}
