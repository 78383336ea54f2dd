//! Who offers to mentor, who looks for a mentor, and rounds of matching.

use sea_orm_migration::prelude::*;

use crate::columns::{
    big, boolean, date, date_null, id, index, instant_null, integer, json, json_null, name, record, reference, table,
    text, text_null, uuid, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        profiles(manager).await?;
        requests(manager).await?;
        rounds(manager).await?;
        proposals(manager).await
    }
}

async fn profiles(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut profiles = table("mentor_profiles");
    profiles
        .col(id())
        .col(uuid("librarian_id"))
        .col(json("competencies"))
        .col(integer("capacity", 1, 20))
        .col(json("times"))
        .col(json("languages"))
        .col(text_null("about"))
        .col(boolean("is_active"));
    record(&mut profiles).foreign_key(&mut reference("mentor_profiles", "librarian_id", "librarians"));
    manager.create_table(profiles).await?;
    // One profile a person.
    manager.create_index(index("mentor_profiles", &["librarian_id"], true)).await?;
    manager.create_index(index("mentor_profiles", &["created_at", "id"], false)).await?;
    manager.create_index(index("mentor_profiles", &["capacity", "id"], false)).await?;
    manager.create_index(index("mentor_profiles", &["is_active", "created_at", "id"], false)).await?;

    let mut offered = table("mentor_profile_competencies");
    offered
        .col(uuid("mentor_profile_id"))
        .col(uuid("competency_id"))
        .col(integer("level", 1, 5))
        .primary_key(Index::create().col(name("mentor_profile_id")).col(name("competency_id")))
        .foreign_key(&mut reference("mentor_profile_competencies", "mentor_profile_id", "mentor_profiles"))
        .foreign_key(&mut reference("mentor_profile_competencies", "competency_id", "competencies"));
    manager.create_table(offered).await?;
    manager.create_index(index("mentor_profile_competencies", &["competency_id", "level"], false)).await
}

async fn requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut requests = table("mentoring_requests");
    requests
        .col(id())
        .col(uuid("librarian_id"))
        // The person while the request is open: one open request each.
        .col(uuid_null("open_key"))
        .col(json("goals"))
        .col(json("preferred_mentors"))
        .col(json("times"))
        .col(json("languages"))
        .col(text_null("note"))
        .col(word("status", &["open", "matched", "withdrawn", "closed"]))
        .col(uuid_null("matching_round_id"))
        .col(uuid_null("mentorship_id"))
        .col(json_null("obstacle"))
        .col(instant_null("decided_at"))
        .col(text_null("reason"));
    record(&mut requests)
        .check(Expr::col(name("open_key")).is_null().or(Expr::col(name("status")).eq("open")))
        .foreign_key(&mut reference("mentoring_requests", "librarian_id", "librarians"))
        .foreign_key(&mut reference("mentoring_requests", "mentorship_id", "mentorships"));
    manager.create_table(requests).await?;
    manager.create_index(index("mentoring_requests", &["open_key"], true)).await?;
    manager.create_index(index("mentoring_requests", &["librarian_id", "created_at", "id"], false)).await?;
    manager.create_index(index("mentoring_requests", &["status", "created_at", "id"], false)).await?;
    manager.create_index(index("mentoring_requests", &["matching_round_id", "created_at", "id"], false)).await?;
    manager.create_index(index("mentoring_requests", &["created_at", "id"], false)).await
}

const MOST_PEOPLE: i32 = 10_000;

async fn rounds(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut rounds = table("matching_rounds");
    rounds
        .col(id())
        .col(text("title"))
        .col(date("starts_on"))
        .col(date_null("ends_on"))
        .col(json("parameters"))
        .col(word("status", &["draft", "executed", "published", "cancelled"]))
        // No reference: jobs are removed some days after their end.
        .col(uuid_null("job_id"))
        .col(integer("decisions", 0, i32::MAX))
        .col(integer("request_count", 0, MOST_PEOPLE))
        .col(integer("mentor_count", 0, MOST_PEOPLE))
        .col(integer("matched_count", 0, MOST_PEOPLE))
        .col(integer("unmatched_count", 0, MOST_PEOPLE))
        .col(big("total_score"))
        .col(instant_null("executed_at"))
        .col(instant_null("published_at"))
        .check(Expr::col(name("ends_on")).gte(Expr::col(name("starts_on"))));
    manager.create_table(record(&mut rounds).to_owned()).await?;
    manager.create_index(index("matching_rounds", &["created_at", "id"], false)).await?;
    manager.create_index(index("matching_rounds", &["starts_on", "id"], false)).await?;
    manager.create_index(index("matching_rounds", &["status", "created_at", "id"], false)).await
}

async fn proposals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut proposals = table("matching_proposals");
    proposals
        .col(id())
        .col(uuid("matching_round_id"))
        .col(uuid("request_id"))
        .col(uuid("mentee_id"))
        .col(uuid("mentor_id"))
        .col(integer("score", 0, 1_000_000))
        .col(json("terms"))
        .col(word("source", &["computed", "manual"]))
        .col(word("status", &["proposed", "accepted", "rejected"]))
        // The request while the pair is accepted: one accepted pair each in a round.
        .col(uuid_null("accepted_key"))
        .col(uuid_null("mentorship_id"))
        .col(instant_null("decided_at"));
    record(&mut proposals)
        .foreign_key(&mut reference("matching_proposals", "matching_round_id", "matching_rounds"))
        .foreign_key(&mut reference("matching_proposals", "request_id", "mentoring_requests"))
        .foreign_key(&mut reference("matching_proposals", "mentee_id", "librarians"))
        .foreign_key(&mut reference("matching_proposals", "mentor_id", "librarians"))
        .foreign_key(&mut reference("matching_proposals", "mentorship_id", "mentorships"));
    manager.create_table(proposals).await?;
    let pair = ["matching_round_id", "request_id", "mentor_id"];
    manager.create_index(index("matching_proposals", &pair, true)).await?;
    manager.create_index(index("matching_proposals", &["matching_round_id", "accepted_key"], true)).await?;
    manager.create_index(index("matching_proposals", &["matching_round_id", "score", "id"], false)).await?;
    manager.create_index(index("matching_proposals", &["matching_round_id", "mentee_id", "id"], false)).await?;
    manager.create_index(index("matching_proposals", &["matching_round_id", "status", "score", "id"], false)).await?;

    let rules = [
        "no_mentor",
        "goals_reached",
        "no_common_competency",
        "no_level_distance",
        "already_paired",
        "no_common_language",
        "superior",
        "excluded",
        "rejected",
        "capacity",
    ];
    let mut left = table("matching_unmatched");
    left.col(id())
        .col(uuid("matching_round_id"))
        .col(uuid("request_id"))
        .col(uuid("mentee_id"))
        .col(word("rule", &rules))
        .col(json("obstacle"))
        .foreign_key(&mut reference("matching_unmatched", "matching_round_id", "matching_rounds"))
        .foreign_key(&mut reference("matching_unmatched", "request_id", "mentoring_requests"));
    manager.create_table(left).await?;
    manager.create_index(index("matching_unmatched", &["matching_round_id", "mentee_id", "id"], false)).await?;
    manager.create_index(index("matching_unmatched", &["matching_round_id", "rule", "mentee_id", "id"], false)).await
}
