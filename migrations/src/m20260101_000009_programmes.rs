//! The yearly frame: programmes with what they aim at, strategic goals, milestones.

use sea_orm_migration::prelude::*;

use crate::columns::{
    date, date_null, id, index, instant_null, integer, json, name, record, reference, table, text, text_null, uuid,
    uuid_null, word,
};

/// Where a goal or a milestone stands.
const OUTCOMES: [&str; 4] = ["open", "achieved", "missed", "cancelled"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        programmes(manager).await?;
        strategic_goals(manager).await?;
        milestones(manager).await
    }
}

async fn programmes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut programmes = table("programmes");
    programmes
        .col(id())
        .col(integer("year", 2000, 2100))
        .col(text("title"))
        .col(text_null("description"))
        .col(json("objectives"))
        .col(json("targets"))
        .col(json("target_group"))
        .col(uuid_null("responsible_id"))
        .col(uuid_null("copied_from_id"))
        .col(word("status", &["draft", "active", "closed"]))
        .col(instant_null("activated_at"))
        .col(instant_null("closed_at"))
        .col(text("search_text"));
    record(&mut programmes)
        .col(instant_null("archived_at"))
        .foreign_key(&mut reference("programmes", "responsible_id", "librarians"))
        .foreign_key(&mut reference("programmes", "copied_from_id", "programmes"));
    manager.create_table(programmes).await?;
    for columns in [
        &["year", "id"][..],
        &["title", "id"],
        &["created_at", "id"],
        &["status", "year", "id"],
        &["responsible_id", "year", "id"],
    ] {
        manager.create_index(index("programmes", columns, false)).await?;
    }

    // What is filtered by, and what keeps a competency from being removed; the programme carries it for reading.
    let targets = table("programme_competencies")
        .col(uuid("programme_id"))
        .col(uuid("competency_id"))
        .col(integer("level", 1, 5))
        .primary_key(Index::create().col(name("programme_id")).col(name("competency_id")))
        .foreign_key(&mut reference("programme_competencies", "programme_id", "programmes"))
        .foreign_key(&mut reference("programme_competencies", "competency_id", "competencies"))
        .to_owned();
    manager.create_table(targets).await?;
    manager.create_index(index("programme_competencies", &["competency_id", "programme_id"], false)).await
}

async fn strategic_goals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut goals = table("strategic_goals");
    outcome(goals.col(id()));
    record(&mut goals).col(instant_null("archived_at")).foreign_key(&mut reference(
        "strategic_goals",
        "owner_id",
        "librarians",
    ));
    manager.create_table(goals).await?;
    for columns in LISTED {
        manager.create_index(index("strategic_goals", columns, false)).await?;
    }
    Ok(())
}

async fn milestones(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut milestones = table("milestones");
    outcome(milestones.col(id()).col(uuid_null("strategic_goal_id")).col(uuid_null("programme_id")));
    let parent = |column| Expr::col(name(column)).is_not_null();
    record(&mut milestones)
        .col(instant_null("archived_at"))
        .check(parent("strategic_goal_id").or(parent("programme_id")))
        .foreign_key(&mut reference("milestones", "strategic_goal_id", "strategic_goals"))
        .foreign_key(&mut reference("milestones", "programme_id", "programmes"))
        .foreign_key(&mut reference("milestones", "owner_id", "librarians"));
    manager.create_table(milestones).await?;
    for columns in
        LISTED.into_iter().chain([&["strategic_goal_id", "due_on", "id"][..], &["programme_id", "due_on", "id"]])
    {
        manager.create_index(index("milestones", columns, false)).await?;
    }
    Ok(())
}

/// What goals and milestones have in common.
fn outcome(table: &mut TableCreateStatement) {
    table
        .col(text("title"))
        .col(text_null("description"))
        .col(uuid_null("owner_id"))
        .col(text_null("partner"))
        .col(date("due_on"))
        .col(word("status", &OUTCOMES))
        .col(date_null("settled_on"))
        .col(text_null("settle_reason"))
        .col(text("search_text"));
}

/// How goals and milestones are listed.
const LISTED: [&[&str]; 5] = [
    &["due_on", "id"],
    &["title", "id"],
    &["created_at", "id"],
    &["status", "due_on", "id"],
    &["owner_id", "due_on", "id"],
];
