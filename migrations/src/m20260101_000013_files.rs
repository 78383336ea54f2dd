//! Files, what refers to them, and materials that are files.

use sea_orm_migration::prelude::*;

use crate::columns::{big, id, index, integer, name, record, reference, table, text, text_null, uuid, uuid_null, word};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const MEDIA_TYPES: [&str; 7] = [
    "application/pdf",
    "image/png",
    "image/jpeg",
    "image/webp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text/csv",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        files(manager).await?;
        references(manager).await?;
        materials(manager).await
    }
}

async fn files(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut files = table("files");
    files
        .col(id())
        .col(uuid("owner_id"))
        .col(text("name"))
        .col(word("media_type", &MEDIA_TYPES))
        .col(big("size"))
        .col(text_null("sha256"))
        .col(word("status", &["pending", "available", "rejected"]))
        .col(text_null("storage_key"))
        // What is available has content, and nothing else has.
        .check(Expr::col(name("status")).eq("available").eq(Expr::col(name("storage_key")).is_not_null()));
    record(&mut files).foreign_key(&mut reference("files", "owner_id", "users"));
    manager.create_table(files).await?;
    manager.create_index(index("files", &["storage_key"], true)).await?;
    manager.create_index(index("files", &["owner_id", "created_at", "id"], false)).await?;
    manager.create_index(index("files", &["status", "created_at", "id"], false)).await?;
    manager.create_index(index("files", &["media_type", "created_at", "id"], false)).await?;
    manager.create_index(index("files", &["created_at", "id"], false)).await
}

async fn references(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let references = table("file_references")
        .col(text("subject_kind"))
        .col(uuid("subject_id"))
        .col(uuid("file_id"))
        .primary_key(Index::create().col(name("subject_kind")).col(name("subject_id")).col(name("file_id")))
        .foreign_key(&mut reference("file_references", "file_id", "files"))
        .to_owned();
    manager.create_table(references).await?;
    manager.create_index(index("file_references", &["file_id"], false)).await
}

/// An address or a file. SQLite cannot take the duty off a column that is there, so the table is made anew.
async fn materials(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let rename = Table::rename().table(name("activity_materials"), name("activity_materials_old")).to_owned();
    manager.rename_table(rename).await?;
    let mut materials = table("activity_materials");
    materials
        .col(id())
        .col(uuid("activity_id"))
        .col(text("title"))
        .col(text_null("url"))
        .col(uuid_null("file_id"))
        .col(integer("position", 1, 1000))
        .check(Expr::col(name("url")).is_null().ne(Expr::col(name("file_id")).is_null()));
    record(&mut materials)
        .foreign_key(&mut reference("activity_materials", "activity_id", "activities"))
        .foreign_key(&mut reference("activity_materials", "file_id", "files"));
    manager.create_table(materials).await?;
    let columns = ["id", "activity_id", "title", "url", "position", "version", "created_at", "updated_at"];
    let old = Query::select().columns(columns.map(name)).from(name("activity_materials_old")).to_owned();
    let mut copy = Query::insert();
    copy.into_table(name("activity_materials")).columns(columns.map(name));
    copy.select_from(old).map_err(|error| DbErr::Custom(error.to_string()))?;
    manager.execute(copy).await?;
    manager.drop_table(Table::drop().table(name("activity_materials_old")).to_owned()).await?;
    manager.create_index(index("activity_materials", &["activity_id", "position", "id"], false)).await?;
    manager.create_index(index("activity_materials", &["file_id"], false)).await
}
