//! What good looks like, and who is where.

use sea_orm_migration::prelude::*;

use crate::columns::{
    boolean, date, date_null, id, index, instant_null, integer, json, json_null, name, record, reference, table, text,
    text_null, uuid, uuid_null, word,
};

/// Ways in which a level can be assessed.
const METHODS: &[&str] = &["self_assessment", "mentor", "assessor", "certification", "test"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        frameworks(manager).await?;
        competencies(manager).await?;
        standards(manager).await?;
        assessments(manager).await?;
        kept_figures(manager).await
    }
}

async fn frameworks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut frameworks = table("frameworks");
    frameworks
        .col(id())
        .col(text("code"))
        .col(text("version_label"))
        .col(json("title"))
        .col(json_null("description"))
        .col(text_null("source"))
        .col(word("status", &["draft", "published", "retired"]))
        .col(word("level_rule", &["latest", "best", "weighted", "required_source"]))
        .col(text_null("required_source"))
        .col(uuid_null("supersedes_id"))
        .col(boolean("provisional"))
        .col(instant_null("published_at"))
        .col(instant_null("retired_at"))
        .col(text_null("case_extra"))
        .col(text("search_text"));
    record(&mut frameworks).col(instant_null("archived_at")).foreign_key(&mut reference(
        "frameworks",
        "supersedes_id",
        "frameworks",
    ));
    manager.create_table(frameworks).await?;
    manager.create_index(index("frameworks", &["code", "version_label"], true)).await?;
    manager.create_index(index("frameworks", &["created_at", "id"], false)).await
}

async fn competencies(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut competencies = table("competencies");
    competencies
        .col(id())
        .col(uuid("framework_id"))
        .col(uuid_null("parent_id"))
        .col(word("kind", &["area", "unit", "element"]))
        .col(text("code"))
        .col(json("title"))
        .col(json_null("statement"))
        .col(json("level_descriptors"))
        .col(text_null("field"))
        .col(text_null("cluster"))
        .col(text_null("source"))
        .col(boolean("provisional"))
        .col(integer("sequence", 0, 1_000_000))
        .col(text_null("case_extra"))
        .col(text("search_text"));
    record(&mut competencies)
        .foreign_key(&mut reference("competencies", "framework_id", "frameworks"))
        .foreign_key(&mut reference("competencies", "parent_id", "competencies"));
    manager.create_table(competencies).await?;
    manager.create_index(index("competencies", &["framework_id", "code"], true)).await?;
    manager.create_index(index("competencies", &["framework_id", "sequence", "id"], false)).await?;
    manager.create_index(index("competencies", &["code", "id"], false)).await?;

    let mut links = table("competency_links")
        .col(uuid("from_id"))
        .col(uuid("to_id"))
        .col(word("kind", &["replaced_by", "exact_match_of"]))
        .col(uuid("framework_id"))
        .primary_key(
            Index::create().col(name("framework_id")).col(name("from_id")).col(name("to_id")).col(name("kind")),
        )
        .foreign_key(&mut reference("competency_links", "framework_id", "frameworks"))
        .to_owned();
    manager.create_table(links.take()).await?;
    manager.create_index(index("competency_links", &["to_id"], false)).await?;
    manager.create_index(index("competency_links", &["from_id"], false)).await
}

async fn standards(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut entries = table("position_standard_entries");
    entries
        .col(uuid("position_id"))
        .col(uuid("competency_id"))
        .col(integer("required_level", 1, 5))
        .col(integer("weight", 1, 10))
        .primary_key(Index::create().col(name("position_id")).col(name("competency_id")))
        .foreign_key(&mut reference("position_standard_entries", "position_id", "positions"))
        .foreign_key(&mut reference("position_standard_entries", "competency_id", "competencies"));
    manager.create_table(entries).await?;
    manager.create_index(index("position_standard_entries", &["competency_id"], false)).await
}

async fn assessments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut assessments = table("assessments");
    assessments
        .col(id())
        .col(uuid("librarian_id"))
        .col(uuid("competency_id"))
        .col(word("method", METHODS))
        .col(integer("level", 1, 5))
        .col(date("assessed_on"))
        .col(date_null("valid_until"))
        .col(word("status", &["draft", "submitted", "confirmed", "returned"]))
        .col(json("evidence"))
        .col(text_null("note"))
        .col(uuid_null("author_id"))
        .col(instant_null("submitted_at"))
        .col(instant_null("decided_at"))
        .col(uuid_null("decided_by"))
        .col(text_null("return_reason"))
        .col(uuid_null("carried_from_id"));
    record(&mut assessments)
        .col(instant_null("archived_at"))
        .foreign_key(&mut reference("assessments", "librarian_id", "librarians"))
        .foreign_key(&mut reference("assessments", "competency_id", "competencies"))
        .foreign_key(&mut reference("assessments", "carried_from_id", "assessments"));
    manager.create_table(assessments).await?;
    // What is carried over to another framework is carried once.
    manager.create_index(index("assessments", &["carried_from_id", "competency_id"], true)).await?;
    for columns in [
        &["librarian_id", "competency_id", "assessed_on"][..],
        &["librarian_id", "assessed_on", "id"],
        &["librarian_id", "created_at", "id"],
        &["competency_id", "assessed_on", "id"],
        &["status", "assessed_on", "id"],
        &["status", "created_at", "id"],
        &["assessed_on", "id"],
        &["created_at", "id"],
    ] {
        manager.create_index(index("assessments", columns, false)).await?;
    }
    Ok(())
}

async fn kept_figures(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let levels = table("current_levels")
        .col(uuid("librarian_id"))
        .col(uuid("competency_id"))
        .col(integer("level", 1, 5))
        .col(uuid("assessment_id"))
        .col(date_null("next_change_on"))
        .primary_key(Index::create().col(name("librarian_id")).col(name("competency_id")))
        .foreign_key(&mut reference("current_levels", "librarian_id", "librarians"))
        .foreign_key(&mut reference("current_levels", "competency_id", "competencies"))
        .to_owned();
    manager.create_table(levels).await?;
    manager.create_index(index("current_levels", &["next_change_on"], false)).await?;
    manager.create_index(index("current_levels", &["competency_id", "level"], false)).await?;

    // How many people of a unit and position stand at each level. No position is the nil UUID: a primary key holds no null.
    let mut counts = table("level_counts");
    counts.col(uuid("competency_id")).col(uuid("unit_id")).col(uuid("position_id"));
    for level in ["level_1", "level_2", "level_3", "level_4", "level_5"] {
        counts.col(integer(level, 0, 10_000_000));
    }
    counts.primary_key(Index::create().col(name("competency_id")).col(name("unit_id")).col(name("position_id")));
    manager.create_table(counts).await?;
    manager.create_index(index("level_counts", &["unit_id", "position_id"], false)).await?;

    let staff = table("staff_counts")
        .col(uuid("unit_id"))
        .col(uuid("position_id"))
        .col(integer("people", 0, 10_000_000))
        .primary_key(Index::create().col(name("unit_id")).col(name("position_id")))
        .to_owned();
    manager.create_table(staff).await
}
