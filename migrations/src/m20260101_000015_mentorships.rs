//! Mentorships with their states, goals, meetings, private notes and feedback.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::sea_query::ColumnDef;

use crate::columns::{
    date_null, id, index, instant, instant_null, integer, json, name, record, reference, table, text, text_null, uuid,
    word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const KINDS: [&str; 2] = ["mentoring", "coaching"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        mentorships(manager).await?;
        goals(manager).await?;
        meetings(manager).await?;
        participants(manager).await?;
        notes(manager).await?;
        feedback(manager).await
    }
}

/// The pairs that an admin entered before are agreed; their days say whether they are over.
async fn mentorships(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let stages = ["proposed", "agreed", "declined", "completed", "ended_early"];
    for column in [
        word("kind", &KINDS).default("mentoring").to_owned(),
        word("stage", &stages).default("agreed").to_owned(),
        instant_null("mentor_accepted_at"),
        instant_null("mentee_accepted_at"),
        instant_null("ended_at"),
        text_null("end_reason"),
    ] {
        add(manager, column).await?;
    }
    // The same two may begin anew on a day on which they declined before: who overlaps is found under a lock on both.
    let once = Index::drop().name("uq_mentorships_mentor_id_mentee_id_starts_on").table(name("mentorships")).to_owned();
    manager.drop_index(once).await?;
    manager.create_index(index("mentorships", &["mentor_id", "mentee_id", "starts_on"], false)).await?;
    manager.create_index(index("mentorships", &["stage", "starts_on", "id"], false)).await
}

async fn add(manager: &SchemaManager<'_>, column: ColumnDef) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table(name("mentorships")).add_column(column).to_owned()).await
}

async fn goals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut goals = table("mentorship_goals");
    goals
        .col(id())
        .col(uuid("mentorship_id"))
        // The mentee, whose record it belongs to.
        .col(uuid("librarian_id"))
        .col(uuid("competency_id"))
        .col(integer("start_level", 0, 5))
        .col(integer("target_level", 1, 5))
        .col(text_null("description"))
        .col(date_null("due_on"))
        .col(integer("progress_percent", 0, 100))
        .col(date_null("achieved_on"));
    record(&mut goals)
        .foreign_key(&mut reference("mentorship_goals", "mentorship_id", "mentorships"))
        .foreign_key(&mut reference("mentorship_goals", "librarian_id", "librarians"))
        .foreign_key(&mut reference("mentorship_goals", "competency_id", "competencies"));
    manager.create_table(goals).await?;
    manager.create_index(index("mentorship_goals", &["mentorship_id", "competency_id"], true)).await?;
    manager.create_index(index("mentorship_goals", &["mentorship_id", "created_at", "id"], false)).await?;
    manager.create_index(index("mentorship_goals", &["librarian_id"], false)).await?;
    manager.create_index(index("mentorship_goals", &["competency_id"], false)).await
}

async fn meetings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut meetings = table("mentoring_meetings");
    meetings
        .col(id())
        .col(uuid("mentor_id"))
        .col(word("kind", &KINDS))
        .col(instant("starts_at"))
        .col(integer("minutes", 1, 1_440))
        .col(text_null("place"))
        .col(text_null("online_url"))
        .col(text_null("agenda"))
        .col(text_null("shared_notes"))
        .col(json("action_items"))
        .col(word("status", &["planned", "held", "cancelled"]))
        .col(text_null("cancel_reason"));
    record(&mut meetings).foreign_key(&mut reference("mentoring_meetings", "mentor_id", "librarians"));
    manager.create_table(meetings).await?;
    manager.create_index(index("mentoring_meetings", &["mentor_id", "starts_at", "id"], false)).await?;
    manager.create_index(index("mentoring_meetings", &["status", "starts_at", "id"], false)).await?;
    manager.create_index(index("mentoring_meetings", &["starts_at", "id"], false)).await
}

/// A meeting of one mentor with one mentee, or with several at once.
async fn participants(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let participants = table("mentoring_meeting_participants")
        .col(uuid("meeting_id"))
        .col(uuid("mentorship_id"))
        .primary_key(Index::create().col(name("meeting_id")).col(name("mentorship_id")))
        .foreign_key(&mut reference("mentoring_meeting_participants", "meeting_id", "mentoring_meetings"))
        .foreign_key(&mut reference("mentoring_meeting_participants", "mentorship_id", "mentorships"))
        .to_owned();
    manager.create_table(participants).await?;
    manager.create_index(index("mentoring_meeting_participants", &["mentorship_id", "meeting_id"], false)).await
}

/// A table of its own, which no event, list or report looks at.
async fn notes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let notes = table("mentoring_private_notes")
        .col(uuid("meeting_id"))
        .col(uuid("author_id"))
        .col(text("text"))
        .col(integer("version", 1, i32::MAX))
        .col(instant("created_at"))
        .col(instant("updated_at"))
        .primary_key(Index::create().col(name("meeting_id")).col(name("author_id")))
        .foreign_key(&mut reference("mentoring_private_notes", "meeting_id", "mentoring_meetings"))
        .foreign_key(&mut reference("mentoring_private_notes", "author_id", "librarians"))
        .to_owned();
    manager.create_table(notes).await?;
    manager.create_index(index("mentoring_private_notes", &["author_id"], false)).await
}

async fn feedback(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut feedback = table("mentorship_feedback");
    feedback
        .col(id())
        .col(uuid("mentorship_id"))
        // The mentee, whose record it belongs to.
        .col(uuid("librarian_id"))
        .col(word("stage", &["mid_term", "final"]))
        .col(word("given_by", &["mentor", "mentee"]))
        .col(uuid("author_id"));
    for aspect in ["preparation", "communication", "commitment", "usefulness"] {
        feedback.col(integer(aspect, 1, 5));
    }
    feedback.col(text_null("comment"));
    record(&mut feedback)
        .foreign_key(&mut reference("mentorship_feedback", "mentorship_id", "mentorships"))
        .foreign_key(&mut reference("mentorship_feedback", "librarian_id", "librarians"))
        .foreign_key(&mut reference("mentorship_feedback", "author_id", "librarians"));
    manager.create_table(feedback).await?;
    manager.create_index(index("mentorship_feedback", &["mentorship_id", "stage", "given_by"], true)).await?;
    manager.create_index(index("mentorship_feedback", &["mentorship_id", "created_at", "id"], false)).await?;
    manager.create_index(index("mentorship_feedback", &["librarian_id"], false)).await
}
