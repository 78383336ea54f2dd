//! Whether it works: changes and who takes them up, reviews with their findings, improvement actions, behaviour after a training.

use sea_orm_migration::prelude::*;

use crate::columns::{
    big_null, date, date_null, id, index, instant_null, integer, json, json_null, name, record, reference, table, text,
    text_null, uuid, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        initiatives(manager).await?;
        adoptions(manager).await?;
        change_actions(manager).await?;
        reviews(manager).await?;
        findings(manager).await?;
        improvement_actions(manager).await?;
        behaviour(manager).await?;
        indicators_of_activities(manager).await
    }
}

async fn initiatives(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut initiatives = table("change_initiatives");
    initiatives
        .col(id())
        .col(text("title"))
        .col(text_null("description"))
        .col(date("go_live_on"))
        .col(json("unit_ids"))
        .col(json("librarian_ids"))
        .col(word("status", &["planned", "running", "completed", "cancelled"]))
        .col(instant_null("started_at"))
        .col(instant_null("ended_at"))
        .col(text_null("reason"))
        .col(text("search_text"));
    manager.create_table(record(&mut initiatives).to_owned()).await?;
    manager.create_index(index("change_initiatives", &["go_live_on", "id"], false)).await?;
    manager.create_index(index("change_initiatives", &["created_at", "id"], false)).await?;
    manager.create_index(index("change_initiatives", &["status", "go_live_on", "id"], false)).await?;
    targets(manager, "change_initiative_units", "unit_id", "units").await?;
    targets(manager, "change_initiative_people", "librarian_id", "librarians").await
}

/// Whom a change concerns, to be joined; the row itself shows them in order.
async fn targets(
    manager: &SchemaManager<'_>,
    named: &'static str,
    column: &'static str,
    of: &'static str,
) -> Result<(), DbErr> {
    let mut targets = table(named);
    targets
        .col(uuid("change_initiative_id"))
        .col(uuid(column))
        .primary_key(Index::create().col(name("change_initiative_id")).col(name(column)))
        .foreign_key(&mut reference(named, "change_initiative_id", "change_initiatives"))
        .foreign_key(&mut reference(named, column, of));
    manager.create_table(targets).await?;
    manager.create_index(index(named, &[column], false)).await
}

/// Each row holds from its day until the person's next one; of one day the last entered holds.
async fn adoptions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut adoptions = table("adoptions");
    adoptions
        .col(id())
        .col(uuid("change_initiative_id"))
        .col(uuid("librarian_id"))
        .col(word("stage", &["not_started", "trained", "trying", "using", "champion"]))
        .col(date("reached_on"))
        .col(text_null("note"));
    record(&mut adoptions)
        .foreign_key(&mut reference("adoptions", "change_initiative_id", "change_initiatives"))
        .foreign_key(&mut reference("adoptions", "librarian_id", "librarians"));
    manager.create_table(adoptions).await?;
    manager.create_index(index("adoptions", &["change_initiative_id", "reached_on", "id"], false)).await?;
    manager.create_index(index("adoptions", &["change_initiative_id", "created_at", "id"], false)).await?;
    manager.create_index(index("adoptions", &["change_initiative_id", "librarian_id", "reached_on"], false)).await?;
    manager.create_index(index("adoptions", &["librarian_id"], false)).await
}

async fn change_actions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let kinds = ["communication", "demonstration", "training", "coaching", "recognition", "involvement"];
    let elements = ["awareness", "desire", "knowledge", "ability", "reinforcement"];
    let mut actions = table("change_actions");
    actions
        .col(id())
        .col(uuid("change_initiative_id"))
        .col(word("kind", &kinds))
        .col(word("element", &elements))
        .col(text("title"))
        .col(date("held_on"))
        .col(text("audience"))
        .col(text_null("evidence"))
        .col(text_null("evidence_url"));
    record(&mut actions).foreign_key(&mut reference("change_actions", "change_initiative_id", "change_initiatives"));
    manager.create_table(actions).await?;
    manager.create_index(index("change_actions", &["change_initiative_id", "held_on", "id"], false)).await
}

async fn reviews(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut reviews = table("reviews");
    reviews
        .col(id())
        .col(text("title"))
        .col(date("held_on"))
        .col(uuid_null("programme_id"))
        .col(json("participant_ids"))
        .col(text_null("agenda"))
        .col(text_null("minutes"))
        .col(json("decisions"))
        .col(word("status", &["planned", "held", "closed"]))
        .col(instant_null("closed_at"))
        .col(text("search_text"));
    record(&mut reviews).foreign_key(&mut reference("reviews", "programme_id", "programmes"));
    manager.create_table(reviews).await?;
    manager.create_index(index("reviews", &["held_on", "id"], false)).await?;
    manager.create_index(index("reviews", &["created_at", "id"], false)).await?;
    manager.create_index(index("reviews", &["status", "held_on", "id"], false)).await?;
    manager.create_index(index("reviews", &["programme_id", "held_on", "id"], false)).await
}

async fn findings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut findings = table("findings");
    findings
        .col(id())
        .col(uuid("review_id"))
        .col(integer("position", 1, 10_000))
        .col(text("title"))
        .col(text_null("detail"))
        .col(text_null("source_kind"))
        .col(uuid_null("source_id"))
        .col(text_null("source_element"))
        .col(text_null("no_action_reason"));
    record(&mut findings).foreign_key(&mut reference("findings", "review_id", "reviews"));
    manager.create_table(findings).await?;
    manager.create_index(index("findings", &["review_id", "position", "id"], false)).await?;
    manager.create_index(index("findings", &["source_id"], false)).await
}

async fn improvement_actions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut actions = table("improvement_actions");
    actions
        .col(id())
        .col(text("title"))
        .col(text_null("description"))
        .col(uuid("owner_id"))
        .col(date("due_on"))
        .col(word("status", &["open", "in_progress", "done", "verified", "cancelled"]))
        .col(text_null("source_kind"))
        .col(uuid_null("source_id"))
        .col(text_null("source_element"))
        .col(uuid_null("indicator_id"))
        .col(word("direction", &["higher_is_better", "lower_is_better"]))
        .col(text_null("unit"))
        .col(big_null("baseline_value"))
        .col(date_null("baseline_on"))
        .col(big_null("target_value"))
        .col(instant_null("started_at"))
        .col(instant_null("done_at"))
        .col(text_null("outcome"))
        .col(date_null("checked_on"))
        .col(big_null("checked_value"))
        .col(instant_null("verified_at"))
        .col(uuid_null("verified_by"))
        .col(text_null("reason"))
        .col(text("search_text"));
    record(&mut actions)
        .foreign_key(&mut reference("improvement_actions", "owner_id", "librarians"))
        .foreign_key(&mut reference("improvement_actions", "indicator_id", "indicators"));
    manager.create_table(actions).await?;
    manager.create_index(index("improvement_actions", &["due_on", "id"], false)).await?;
    manager.create_index(index("improvement_actions", &["created_at", "id"], false)).await?;
    manager.create_index(index("improvement_actions", &["status", "due_on", "id"], false)).await?;
    manager.create_index(index("improvement_actions", &["owner_id", "due_on", "id"], false)).await?;
    manager.create_index(index("improvement_actions", &["source_id", "due_on", "id"], false)).await?;
    manager.create_index(index("improvement_actions", &["indicator_id", "due_on", "id"], false)).await?;

    let mut rechecks = table("improvement_rechecks");
    rechecks
        .col(id())
        .col(uuid("improvement_action_id"))
        .col(date("checked_on"))
        .col(big_null("value"))
        .col(text_null("note"))
        .col(uuid_null("recorded_by"))
        .foreign_key(&mut reference("improvement_rechecks", "improvement_action_id", "improvement_actions"));
    manager.create_table(rechecks).await?;
    manager.create_index(index("improvement_rechecks", &["improvement_action_id", "checked_on", "id"], false)).await
}

/// One question to one person about one participant, made a quarter after the training; and when that is, since its completion.
async fn behaviour(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut rounds = table("behaviour_rounds");
    rounds
        .col(uuid("activity_id"))
        .col(date("due_on"))
        .col(date("late_after"))
        .col(instant_null("asked_at"))
        .primary_key(Index::create().col(name("activity_id")))
        .foreign_key(&mut reference("behaviour_rounds", "activity_id", "activities"));
    manager.create_table(rounds).await?;
    manager.create_index(index("behaviour_rounds", &["asked_at", "due_on"], false)).await?;

    let mut evaluations = table("behaviour_evaluations");
    evaluations
        .col(id())
        .col(uuid("activity_id"))
        .col(uuid("registration_id"))
        .col(uuid("librarian_id"))
        .col(word("perspective", &["alumnus", "superior", "peer"]))
        .col(uuid_null("respondent_id"))
        .col(date("due_on"))
        .col(date("late_after"))
        .col(instant_null("answered_at"))
        .col(json_null("ratings"))
        .col(ColumnDef::new(name("is_applied")).boolean().null().to_owned())
        .col(text_null("comment"));
    record(&mut evaluations)
        .foreign_key(&mut reference("behaviour_evaluations", "activity_id", "activities"))
        .foreign_key(&mut reference("behaviour_evaluations", "registration_id", "registrations"))
        .foreign_key(&mut reference("behaviour_evaluations", "librarian_id", "librarians"))
        .foreign_key(&mut reference("behaviour_evaluations", "respondent_id", "librarians"));
    manager.create_table(evaluations).await?;
    manager.create_index(index("behaviour_evaluations", &["registration_id", "perspective"], true)).await?;
    manager.create_index(index("behaviour_evaluations", &["due_on", "id"], false)).await?;
    manager.create_index(index("behaviour_evaluations", &["created_at", "id"], false)).await?;
    manager.create_index(index("behaviour_evaluations", &["respondent_id", "due_on", "id"], false)).await?;
    manager.create_index(index("behaviour_evaluations", &["activity_id", "due_on", "id"], false)).await?;
    manager.create_index(index("behaviour_evaluations", &["librarian_id"], false)).await
}

async fn indicators_of_activities(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut links = table("activity_indicators");
    links.col(id()).col(uuid("activity_id")).col(uuid("indicator_id")).col(text_null("expectation"));
    record(&mut links)
        .foreign_key(&mut reference("activity_indicators", "activity_id", "activities"))
        .foreign_key(&mut reference("activity_indicators", "indicator_id", "indicators"));
    manager.create_table(links).await?;
    manager.create_index(index("activity_indicators", &["activity_id", "indicator_id"], true)).await?;
    manager.create_index(index("activity_indicators", &["activity_id", "created_at", "id"], false)).await?;
    manager.create_index(index("activity_indicators", &["indicator_id"], false)).await
}
