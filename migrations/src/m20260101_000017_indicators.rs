//! Indicators: how they are reckoned, what is aimed at, what was measured. All figures are ten-thousandths.

use sea_orm_migration::prelude::*;

use crate::columns::{
    big, boolean, date, date_null, dated, id, index, instant_null, integer, json, name, record, reference, table, text,
    text_null, uuid, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// How long a period is.
const PERIODS: [&str; 4] = ["month", "quarter", "semester", "year"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        indicators(manager).await?;
        methods(manager).await?;
        figures(manager).await?;
        targets(manager).await?;
        measurements(manager).await
    }
}

async fn indicators(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut indicators = table("indicators");
    indicators
        .col(id())
        .col(text("code"))
        .col(json("name"))
        .col(json("definition"))
        .col(json("unit"))
        .col(integer("decimals", 0, 4))
        .col(word("direction", &["higher_is_better", "lower_is_better"]))
        .col(word("period_kind", &PERIODS))
        .col(big("tolerance"))
        .col(text_null("source"))
        .col(uuid_null("programme_id"))
        .col(date_null("shown_from"))
        .col(text("search_text"));
    record(&mut indicators)
        .col(instant_null("archived_at"))
        .check(Expr::col(name("tolerance")).gte(0))
        .foreign_key(&mut reference("indicators", "programme_id", "programmes"));
    manager.create_table(indicators).await?;
    manager.create_index(index("indicators", &["code"], true)).await?;
    manager.create_index(index("indicators", &["created_at", "id"], false)).await?;
    manager.create_index(index("indicators", &["programme_id", "code"], false)).await
}

async fn methods(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut methods = table("indicator_methods");
    methods.col(id()).col(uuid("indicator_id")).col(text("label")).col(json("formula")).col(json("bands"));
    record(dated(&mut methods)).foreign_key(&mut reference("indicator_methods", "indicator_id", "indicators"));
    manager.create_table(methods).await?;
    manager.create_index(index("indicator_methods", &["indicator_id", "valid_from"], true)).await?;
    manager.create_index(index("indicator_methods", &["valid_from", "id"], false)).await
}

/// First and last day of a period, beside its name.
fn period(table: &mut TableCreateStatement) -> &mut TableCreateStatement {
    let ends_later = Expr::col(name("ends_on")).gte(Expr::col(name("starts_on")));
    table.col(text("period")).col(date("starts_on")).col(date("ends_on")).check(ends_later)
}

async fn figures(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut figures = table("library_figures");
    // No district is the empty text, for null differs from null in a unique index.
    period(figures.col(id()).col(text("key"))).col(text("district_code")).col(big("value")).col(text("source"));
    record(&mut figures);
    manager.create_table(figures).await?;
    manager.create_index(index("library_figures", &["key", "district_code", "period"], true)).await?;
    manager.create_index(index("library_figures", &["key", "district_code", "ends_on"], false)).await?;
    manager.create_index(index("library_figures", &["starts_on", "id"], false)).await?;
    manager.create_index(index("library_figures", &["created_at", "id"], false)).await
}

async fn targets(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut targets = table("indicator_targets");
    period(targets.col(id()).col(uuid("indicator_id"))).col(big("value")).col(text_null("note"));
    record(&mut targets).foreign_key(&mut reference("indicator_targets", "indicator_id", "indicators"));
    manager.create_table(targets).await?;
    manager.create_index(index("indicator_targets", &["indicator_id", "starts_on"], true)).await?;
    manager.create_index(index("indicator_targets", &["starts_on", "id"], false)).await
}

async fn measurements(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut measurements = table("measurements");
    period(measurements.col(id()).col(uuid("indicator_id")))
        .col(integer("revision", 1, i32::MAX))
        .col(boolean("is_current"))
        .col(big("value"))
        .col(word("origin", &["computed", "entered"]))
        .col(uuid("method_id"))
        .col(json("inputs"))
        .col(json("evidence"))
        .col(text_null("reason"))
        .col(date("measured_on"))
        .col(instant_null("closed_at"));
    record(&mut measurements)
        .foreign_key(&mut reference("measurements", "indicator_id", "indicators"))
        .foreign_key(&mut reference("measurements", "method_id", "indicator_methods"));
    manager.create_table(measurements).await?;
    manager.create_index(index("measurements", &["indicator_id", "starts_on", "revision"], true)).await?;
    manager.create_index(index("measurements", &["indicator_id", "is_current", "starts_on"], false)).await?;
    manager.create_index(index("measurements", &["is_current", "starts_on", "id"], false)).await?;
    manager.create_index(index("measurements", &["starts_on", "id"], false)).await?;
    manager.create_index(index("measurements", &["created_at", "id"], false)).await?;
    manager.create_index(index("measurements", &["method_id"], false)).await
}
