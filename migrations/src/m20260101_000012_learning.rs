//! What people plan to learn, what they learn on their own, and what they learn from.

use sea_orm_migration::prelude::*;

use crate::columns::{
    boolean, date, date_null, id, index, instant_null, integer, integer_null, json, name, record, reference, table,
    text, text_null, uuid, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        resources(manager).await?;
        readings(manager).await?;
        plans(manager).await?;
        goals(manager).await?;
        actions(manager).await?;
        entries(manager).await
    }
}

async fn entries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let kinds = ["reading", "conference", "course", "e_learning", "community", "publication", "teaching"];
    let mut entries = table("learning_entries");
    entries
        .col(id())
        .col(uuid("librarian_id"))
        .col(word("kind", &kinds))
        .col(uuid("training_type_id"))
        .col(text("title"))
        .col(text_null("organiser"))
        .col(text_null("certificate_number"))
        // The number with its organiser, folded, while the claim is alive: a person claims each certificate once.
        .col(text_null("certificate_key"))
        .col(date("starts_on"))
        .col(date("ends_on"))
        .col(integer("days", 0, 10_000))
        .col(integer("sessions", 0, 10_000))
        .col(integer("minutes", 0, 1_000_000))
        .col(boolean("is_international"))
        .col(integer_null("claimed", 0, 100_000))
        .col(text_null("summary"))
        .col(json("evidence"))
        .col(uuid_null("plan_action_id"))
        .col(word("status", &["draft", "submitted", "verified", "returned", "withdrawn"]))
        .col(instant_null("submitted_at"))
        .col(instant_null("decided_at"))
        .col(uuid_null("decided_by"))
        .col(text_null("reason"))
        .col(text("search_text"));
    record(&mut entries)
        .foreign_key(&mut reference("learning_entries", "librarian_id", "librarians"))
        .foreign_key(&mut reference("learning_entries", "training_type_id", "training_types"))
        .foreign_key(&mut reference("learning_entries", "plan_action_id", "plan_actions"));
    manager.create_table(entries).await?;
    manager.create_index(index("learning_entries", &["plan_action_id"], false)).await?;
    manager.create_index(index("learning_entries", &["librarian_id", "certificate_key"], true)).await?;
    manager.create_index(index("learning_entries", &["librarian_id", "created_at", "id"], false)).await?;
    manager.create_index(index("learning_entries", &["librarian_id", "ends_on", "id"], false)).await?;
    manager.create_index(index("learning_entries", &["status", "created_at", "id"], false)).await?;
    manager.create_index(index("learning_entries", &["kind", "created_at", "id"], false)).await?;
    manager.create_index(index("learning_entries", &["created_at", "id"], false)).await?;
    manager.create_index(index("learning_entries", &["ends_on", "id"], false)).await
}

async fn resources(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let kinds = ["book", "article", "guideline", "course", "video", "podcast", "website"];
    let mut resources = table("learning_resources");
    resources
        .col(id())
        .col(word("kind", &kinds))
        .col(text("title"))
        .col(text_null("authors"))
        .col(text_null("publisher"))
        .col(integer_null("published_year", 1000, 2999))
        .col(text("language"))
        .col(text_null("url"))
        .col(text_null("location"))
        .col(text_null("summary"))
        .col(integer_null("minutes", 1, 100_000))
        .col(json("competencies"))
        // Kept with every reading: a list sorts by them.
        .col(integer("rating_count", 0, i32::MAX))
        .col(integer("rating_sum", 0, i32::MAX))
        .col(integer("rating_hundredths", 0, 500))
        .col(integer("reader_count", 0, i32::MAX))
        .col(text("search_text"));
    manager.create_table(record(&mut resources).col(instant_null("archived_at")).to_owned()).await?;
    manager.create_index(index("learning_resources", &["created_at", "id"], false)).await?;
    manager.create_index(index("learning_resources", &["rating_hundredths", "id"], false)).await?;
    manager.create_index(index("learning_resources", &["reader_count", "id"], false)).await?;
    manager.create_index(index("learning_resources", &["kind", "created_at", "id"], false)).await?;
    manager.create_index(index("learning_resources", &["language", "created_at", "id"], false)).await?;

    let mut covered = table("learning_resource_competencies");
    covered
        .col(uuid("learning_resource_id"))
        .col(uuid("competency_id"))
        .col(integer("level", 1, 5))
        .primary_key(Index::create().col(name("learning_resource_id")).col(name("competency_id")))
        .foreign_key(&mut reference("learning_resource_competencies", "learning_resource_id", "learning_resources"))
        .foreign_key(&mut reference("learning_resource_competencies", "competency_id", "competencies"));
    manager.create_table(covered).await?;
    manager.create_index(index("learning_resource_competencies", &["competency_id", "level"], false)).await
}

async fn readings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut readings = table("learning_resource_readings");
    readings
        .col(id())
        .col(uuid("learning_resource_id"))
        .col(uuid("librarian_id"))
        .col(date("read_on"))
        .col(integer_null("stars", 1, 5))
        .col(text_null("comment"));
    record(&mut readings)
        .foreign_key(&mut reference("learning_resource_readings", "learning_resource_id", "learning_resources"))
        .foreign_key(&mut reference("learning_resource_readings", "librarian_id", "librarians"));
    manager.create_table(readings).await?;
    // Everybody says of a resource once that they read it, and what they think of it.
    manager.create_index(index("learning_resource_readings", &["learning_resource_id", "librarian_id"], true)).await?;
    let by_resource = ["learning_resource_id", "created_at", "id"];
    manager.create_index(index("learning_resource_readings", &by_resource, false)).await?;
    manager.create_index(index("learning_resource_readings", &["librarian_id", "created_at", "id"], false)).await?;
    manager.create_index(index("learning_resource_readings", &["created_at", "id"], false)).await?;
    manager.create_index(index("learning_resource_readings", &["read_on", "id"], false)).await
}

const BUCKETS: [&str; 3] = ["formal", "social", "experience"];
const MOST_HOURS: i32 = 1_000_000;

async fn plans(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut plans = table("development_plans");
    plans
        .col(id())
        .col(uuid("librarian_id"))
        .col(integer("year", 2000, 2999))
        .col(text_null("note"))
        .col(word("status", &["draft", "submitted", "approved", "returned", "closed"]))
        .col(instant_null("submitted_at"))
        .col(instant_null("decided_at"))
        .col(uuid_null("decided_by"))
        .col(text_null("reason"))
        .col(instant_null("closed_at"))
        .col(text_null("outcome"))
        .col(integer("revision", 1, i32::MAX))
        // Kept with everything that moves the plan forward.
        .col(integer("goal_count", 0, 100))
        .col(integer("reached_count", 0, 100))
        .col(integer("action_count", 0, 1000))
        .col(integer("done_count", 0, 1000));
    for column in [
        "planned_formal",
        "planned_social",
        "planned_experience",
        "achieved_formal",
        "achieved_social",
        "achieved_experience",
    ] {
        plans.col(integer(column, 0, i32::MAX));
    }
    record(&mut plans).foreign_key(&mut reference("development_plans", "librarian_id", "librarians"));
    manager.create_table(plans).await?;
    manager.create_index(index("development_plans", &["librarian_id", "year"], true)).await?;
    manager.create_index(index("development_plans", &["librarian_id", "created_at", "id"], false)).await?;
    manager.create_index(index("development_plans", &["year", "created_at", "id"], false)).await?;
    manager.create_index(index("development_plans", &["status", "created_at", "id"], false)).await?;
    manager.create_index(index("development_plans", &["created_at", "id"], false)).await?;
    manager.create_index(index("development_plans", &["year", "id"], false)).await
}

async fn goals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut goals = table("plan_goals");
    goals
        .col(id())
        .col(uuid("plan_id"))
        .col(integer("position", 1, 100))
        .col(uuid("competency_id"))
        .col(integer("start_level", 0, 5))
        .col(integer("target_level", 1, 5))
        .col(date("due_on"))
        .col(text_null("reason"))
        .col(date_null("reached_on"))
        .foreign_key(&mut reference("plan_goals", "plan_id", "development_plans"))
        .foreign_key(&mut reference("plan_goals", "competency_id", "competencies"));
    manager.create_table(goals).await?;
    manager.create_index(index("plan_goals", &["plan_id", "competency_id"], true)).await?;
    manager.create_index(index("plan_goals", &["competency_id"], false)).await
}

async fn actions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut actions = table("plan_actions");
    actions
        .col(id())
        .col(uuid("plan_id"))
        .col(uuid("goal_id"))
        .col(integer("position", 1, 100))
        .col(word("kind", &["activity", "mentoring", "reading", "practice"]))
        .col(word("bucket", &BUCKETS))
        .col(text("title"))
        .col(uuid_null("activity_id"))
        .col(uuid_null("mentor_id"))
        .col(uuid_null("learning_resource_id"))
        .col(integer("planned", 0, MOST_HOURS))
        // What the person says; what follows from activities, entries and readings is added to it.
        .col(date_null("completed_on"))
        .col(integer("completed", 0, MOST_HOURS))
        .col(text_null("completion_note"))
        .col(date_null("done_on"))
        .col(integer("achieved", 0, i32::MAX))
        .foreign_key(&mut reference("plan_actions", "plan_id", "development_plans"))
        .foreign_key(&mut reference("plan_actions", "goal_id", "plan_goals"))
        .foreign_key(&mut reference("plan_actions", "activity_id", "activities"))
        .foreign_key(&mut reference("plan_actions", "mentor_id", "librarians"))
        .foreign_key(&mut reference("plan_actions", "learning_resource_id", "learning_resources"));
    manager.create_table(actions).await?;
    manager.create_index(index("plan_actions", &["plan_id"], false)).await?;
    manager.create_index(index("plan_actions", &["goal_id"], false)).await?;
    manager.create_index(index("plan_actions", &["activity_id"], false)).await?;
    manager.create_index(index("plan_actions", &["mentor_id"], false)).await?;
    manager.create_index(index("plan_actions", &["learning_resource_id"], false)).await
}
