//! Jobs, and the files that they work on.

use sea_orm_migration::prelude::*;

use crate::columns::{
    blob, id, index, instant_null, integer, json, json_null, name, record, reference, table, text, uuid, uuid_null,
    word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut jobs = table("jobs");
        jobs.col(id())
            .col(text("kind"))
            .col(word("status", &["queued", "running", "succeeded", "failed"]))
            .col(uuid_null("owner_id"))
            .col(json_null("actor"))
            .col(json("input"))
            .col(integer("done", 0, i32::MAX))
            .col(integer("total", 0, i32::MAX))
            .col(json_null("report"))
            .col(json_null("problem"))
            .col(integer("attempts", 0, 100))
            .col(instant_null("due_at"))
            .col(uuid_null("worker"))
            .col(instant_null("started_at"))
            .col(instant_null("finished_at"))
            .foreign_key(&mut reference("jobs", "owner_id", "users"));
        manager.create_table(record(&mut jobs).to_owned()).await?;
        // Jobs that are done have no such time, so what waits is few rows of a long table.
        let waiting = Index::create()
            .name("ix_jobs_due_at_id")
            .table(name("jobs"))
            .col(name("due_at"))
            .col(name("id"))
            .cond_where(Expr::col(name("due_at")).is_not_null())
            .to_owned();
        manager.create_index(waiting).await?;
        manager.create_index(index("jobs", &["created_at", "id"], false)).await?;
        manager.create_index(index("jobs", &["owner_id", "created_at", "id"], false)).await?;
        manager.create_index(index("jobs", &["status", "created_at", "id"], false)).await?;
        manager.create_index(index("jobs", &["kind", "created_at", "id"], false)).await?;

        let files = table("job_files")
            .col(uuid("job_id").primary_key())
            .col(blob("content"))
            .foreign_key(reference("job_files", "job_id", "jobs").on_delete(ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(files).await
    }
}
