//! The professional record.

use sea_orm_migration::prelude::*;

use crate::columns::{id, index, instant_null, record, table, text, text_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut units = table("units");
        units.col(id()).col(text("code")).col(text("name")).col(text_null("address")).col(text("search_text"));
        manager.create_table(record(&mut units).col(instant_null("archived_at")).to_owned()).await?;
        manager.create_index(index("units", &["code"], true)).await?;
        manager.create_index(index("units", &["name", "id"], false)).await?;
        manager.create_index(index("units", &["created_at", "id"], false)).await
    }
}
