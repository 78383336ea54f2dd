//! Asking staff and readers: questionnaires, campaigns, answers that nobody can be tied to; and what readers write by themselves.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::columns::{
    boolean, bytes, bytes_null, date, id, index, instant, instant_null, integer, integer_null, json, json_null, name,
    record, reference, table, text, text_null, uuid, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        questionnaires(manager).await?;
        campaigns(manager).await?;
        answers(manager).await?;
        feedback(manager).await?;
        settings(manager).await
    }
}

async fn questionnaires(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut questionnaires = table("questionnaires");
    questionnaires
        .col(id())
        .col(text("code"))
        .col(integer("edition", 1, 10_000))
        .col(json("title"))
        .col(json_null("intro"))
        .col(json("questions"))
        .col(boolean("is_sensitive"))
        .col(boolean("asks_minors"))
        .col(word("status", &["draft", "published", "retired"]))
        .col(instant_null("published_at"))
        .col(text("search_text"));
    manager.create_table(record(&mut questionnaires).to_owned()).await?;
    manager.create_index(index("questionnaires", &["code", "edition"], true)).await?;
    manager.create_index(index("questionnaires", &["code", "id"], false)).await?;
    manager.create_index(index("questionnaires", &["created_at", "id"], false)).await?;
    manager.create_index(index("questionnaires", &["status", "code", "id"], false)).await
}

async fn campaigns(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut campaigns = table("campaigns");
    campaigns
        .col(id())
        .col(uuid("questionnaire_id"))
        .col(json("title"))
        // What it is about belongs to another chapter; whether it is there is for that chapter to say.
        .col(text_null("subject_kind"))
        .col(uuid_null("subject_id"))
        .col(word("audience", &["participants", "staff", "readers"]))
        .col(boolean("is_anonymous"))
        .col(date("opens_on"))
        .col(date("closes_on"))
        .col(integer_null("population", 1, 100_000_000))
        .col(word("status", &["draft", "open", "closed", "cancelled"]))
        .col(bytes_null("link_hash"))
        .col(integer("tokens_issued", 0, 1_000_000))
        // Counted when it closes.
        .col(integer_null("response_count", 0, i32::MAX))
        .col(instant_null("opened_at"))
        .col(instant_null("closed_at"))
        .col(uuid_null("job_id"))
        .col(instant_null("results_frozen_at"))
        .col(text_null("reason"))
        .col(instant_null("published_at"))
        .col(text_null("publication_reason"))
        .col(text("search_text"))
        .check(Expr::col(name("closes_on")).gte(Expr::col(name("opens_on"))))
        .check(Expr::col(name("published_at")).is_null().or(Expr::col(name("results_frozen_at")).is_not_null()))
        .check(Expr::col(name("subject_kind")).is_null().or(Expr::col(name("subject_kind")).is_in([
            "activity",
            "change_initiative",
            "mentoring",
            "service",
        ])));
    record(&mut campaigns).foreign_key(&mut reference("campaigns", "questionnaire_id", "questionnaires"));
    manager.create_table(campaigns).await?;
    manager.create_index(index("campaigns", &["link_hash"], true)).await?;
    manager.create_index(index("campaigns", &["questionnaire_id"], false)).await?;
    manager.create_index(index("campaigns", &["subject_id", "created_at", "id"], false)).await?;
    manager.create_index(index("campaigns", &["status", "created_at", "id"], false)).await?;
    manager.create_index(index("campaigns", &["status", "closes_on", "id"], false)).await?;
    // Those that wait to be counted.
    manager.create_index(index("campaigns", &["status", "results_frozen_at", "id"], false)).await?;
    manager.create_index(index("campaigns", &["created_at", "id"], false)).await?;
    manager.create_index(index("campaigns", &["closes_on", "id"], false)).await
}

/// A table whose rows lie in the order of their key, not in the order in which they came.
fn without_order(manager: &SchemaManager<'_>, table: &mut TableCreateStatement) {
    if manager.get_database_backend() == DbBackend::Sqlite {
        table.extra("WITHOUT ROWID");
    }
}

/// An index of answers by name. Anonymous ones, of which there may be many more, are found by their campaign alone.
fn by_name(table: &'static str, columns: &[&'static str], unique: bool) -> IndexCreateStatement {
    let mut index = index(table, columns, unique);
    index.and_where(Expr::col(name("librarian_id")).is_not_null());
    index
}

async fn answers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut responses = table("survey_responses");
    responses
        .col(uuid("campaign_id"))
        .col(uuid("id"))
        // Who answered, where the campaign asks by name.
        .col(uuid_null("librarian_id"))
        .col(date("answered_on"))
        .col(text("answers"))
        // All answers of a campaign lie together: its results read them in one go.
        .primary_key(Index::create().col(name("campaign_id")).col(name("id")))
        .foreign_key(&mut reference("survey_responses", "campaign_id", "campaigns"))
        .foreign_key(&mut reference("survey_responses", "librarian_id", "librarians"));
    without_order(manager, &mut responses);
    manager.create_table(responses).await?;
    // Everybody answers a campaign once.
    manager.create_index(by_name("survey_responses", &["campaign_id", "librarian_id"], true)).await?;
    manager.create_index(by_name("survey_responses", &["campaign_id", "answered_on", "id"], false)).await?;
    manager.create_index(by_name("survey_responses", &["librarian_id", "answered_on", "id"], false)).await?;
    manager.create_index(by_name("survey_responses", &["answered_on", "id"], false)).await?;

    let mut tokens = table("survey_tokens");
    tokens.col(bytes("hash").primary_key().to_owned()).col(uuid("campaign_id")).foreign_key(&mut reference(
        "survey_tokens",
        "campaign_id",
        "campaigns",
    ));
    without_order(manager, &mut tokens);
    manager.create_table(tokens).await?;
    manager.create_index(index("survey_tokens", &["campaign_id"], false)).await
}

async fn feedback(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut feedback = table("reader_feedback");
    feedback
        .col(id())
        .col(word("kind", &["suggestion", "complaint", "praise"]))
        .col(word("channel", &["public", "staff"]))
        .col(text("message"))
        .col(text_null("service"))
        .col(text_null("contact"))
        // Of the code by which a reader follows it; none where the staff wrote it down.
        .col(bytes_null("code_hash"))
        .col(word("status", &["received", "assigned", "answered", "closed", "rejected"]))
        .col(instant("due_at"))
        // Who wrote it down, where the staff did.
        .col(uuid_null("recorded_by"))
        .col(uuid_null("assignee_id"))
        .col(instant_null("assigned_at"))
        .col(text_null("answer"))
        .col(instant_null("answered_at"))
        .col(instant_null("closed_at"))
        .col(text_null("reason"))
        .col(text("search_text"));
    record(&mut feedback)
        .foreign_key(&mut reference("reader_feedback", "recorded_by", "librarians"))
        .foreign_key(&mut reference("reader_feedback", "assignee_id", "librarians"));
    manager.create_table(feedback).await?;
    manager.create_index(index("reader_feedback", &["code_hash"], true)).await?;
    manager.create_index(index("reader_feedback", &["assignee_id", "created_at", "id"], false)).await?;
    manager.create_index(index("reader_feedback", &["recorded_by", "created_at", "id"], false)).await?;
    manager.create_index(index("reader_feedback", &["status", "created_at", "id"], false)).await?;
    manager.create_index(index("reader_feedback", &["status", "due_at", "id"], false)).await?;
    manager.create_index(index("reader_feedback", &["kind", "created_at", "id"], false)).await?;
    manager.create_index(index("reader_feedback", &["created_at", "id"], false)).await?;
    manager.create_index(index("reader_feedback", &["due_at", "id"], false)).await
}

const MOST_HOURS: i32 = 8_760;

async fn settings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut settings = table("survey_settings");
    settings
        .col(id())
        // One instance is one library.
        .col(integer("only", 1, 1))
        .col(integer("complaint_hours", 1, MOST_HOURS))
        .col(integer("suggestion_hours", 1, MOST_HOURS))
        .col(integer("praise_hours", 1, MOST_HOURS));
    manager.create_table(record(&mut settings).to_owned()).await?;
    manager.create_index(index("survey_settings", &["only"], true)).await
}
