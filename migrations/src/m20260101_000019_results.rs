//! What comes of surveys: formulas of the satisfaction index, results frozen when a campaign closes, and what people wrote.

use sea_orm_migration::prelude::*;

use crate::columns::{
    dated, id, index, integer, integer_null, json, name, record, reference, table, text, uuid, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut formulas = table("skm_formulas");
        formulas.col(id()).col(json("terms"));
        manager.create_table(record(dated(&mut formulas)).to_owned()).await?;
        manager.create_index(index("skm_formulas", &["valid_from"], true)).await?;

        let mut results = table("campaign_results");
        results
            .col(uuid("campaign_id"))
            .col(word("audience", &["library", "public"]))
            .col(integer("method", 1, 1000))
            .col(uuid_null("skm_formula_id"))
            .col(integer("threshold", 1, 1000))
            .col(integer_null("answered_count", 0, i32::MAX))
            // In hundredths.
            .col(integer_null("ikm", 0, 12_500))
            // The very text that was computed: it is compared bit for bit.
            .col(text("content"))
            .primary_key(Index::create().col(name("campaign_id")).col(name("audience")))
            .foreign_key(&mut reference("campaign_results", "campaign_id", "campaigns"))
            .foreign_key(&mut reference("campaign_results", "skm_formula_id", "skm_formulas"));
        manager.create_table(results).await?;

        let mut comments = table("campaign_comments");
        comments
            .col(id())
            .col(uuid("campaign_id"))
            .col(text("question_code"))
            .col(text("text"))
            .foreign_key(&mut reference("campaign_comments", "campaign_id", "campaigns"));
        manager.create_table(comments).await?;
        manager.create_index(index("campaign_comments", &["campaign_id", "question_code", "id"], false)).await
    }
}
