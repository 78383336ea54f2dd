//! Trainings, workshops, seminars and panels: when, with whom, who has a seat, who came.

use sea_orm_migration::prelude::*;

use crate::columns::{
    boolean, bytes, id, index, instant, instant_null, integer, integer_null, json, name, record, reference, table,
    text, text_null, uuid, uuid_null, word,
};

/// The most seats, and the longest waiting list.
const PEOPLE: i32 = 1_000_000;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        series(manager).await?;
        activities(manager).await?;
        around_activities(manager).await?;
        sessions(manager).await?;
        registrations(manager).await?;
        check_ins(manager).await?;
        tests(manager).await
    }
}

async fn series(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut series = table("activity_series");
    series
        .col(id())
        .col(text("title"))
        .col(text("rrule"))
        .col(instant("starts_at"))
        .col(integer("duration_minutes", 1, 1440))
        .col(text("time_zone"))
        .col(integer("occurrences", 1, 104));
    manager.create_table(record(&mut series).to_owned()).await?;
    manager.create_index(index("activity_series", &["created_at", "id"], false)).await
}

async fn activities(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let kinds =
        ["training", "workshop", "seminar", "panel", "webinar", "conference", "benchmarking_visit", "joint_programme"];
    let mut activities = table("activities");
    activities
        .col(id())
        .col(word("kind", &kinds))
        .col(text("title"))
        .col(text_null("description"))
        .col(json("competencies"))
        .col(json("prerequisites"))
        .col(json("staff_ids"))
        .col(integer("credit_hundredths", 0, 100_000))
        .col(uuid_null("training_type_id"))
        .col(word("scope", &["national", "international"]))
        .col(word("mode", &["on_site", "online", "hybrid"]))
        .col(text_null("place"))
        .col(text_null("online_url"))
        .col(uuid_null("programme_id"))
        .col(uuid_null("series_id"))
        .col(integer_null("capacity", 1, PEOPLE))
        .col(instant_null("registration_opens_at"))
        .col(instant_null("registration_closes_at"))
        .col(word("approval_stages", &["none", "one", "two"]))
        .col(word("waitlist_policy", &["auto", "offer"]))
        .col(integer("offer_hours", 1, 720))
        .col(integer("least_attendance_percent", 0, 100))
        .col(integer_null("least_post_test_hundredths", 0, 1_000_000))
        .col(integer("score_maximum", 1, 10_000))
        .col(word("status", &["draft", "published", "completed", "cancelled"]))
        .col(instant_null("published_at"))
        .col(instant_null("completed_at"))
        .col(instant_null("cancelled_at"))
        .col(text_null("cancel_reason"))
        // Kept with every write of a session: a list sorts and filters by them. An activity without a date sorts last.
        .col(instant_null("starts_at"))
        .col(instant_null("ends_at"))
        .col(instant("sorts_at"))
        // Kept with every write of a registration.
        .col(integer("seats_taken", 0, PEOPLE))
        .col(integer("waiting_count", 0, PEOPLE))
        .col(integer("last_waitlist_number", 0, i32::MAX))
        .col(integer("interest_count", 0, PEOPLE))
        .col(text("search_text"));
    record(&mut activities)
        .col(instant_null("archived_at"))
        .check(Expr::col(name("seats_taken")).lte(Expr::col(name("capacity"))))
        .foreign_key(&mut reference("activities", "training_type_id", "training_types"))
        .foreign_key(&mut reference("activities", "series_id", "activity_series"))
        .foreign_key(&mut reference("activities", "programme_id", "programmes"));
    manager.create_table(activities).await?;
    for columns in [
        &["sorts_at", "id"][..],
        &["created_at", "id"],
        &["title", "id"],
        &["interest_count", "id"],
        &["status", "sorts_at", "id"],
        &["kind", "sorts_at", "id"],
        &["series_id", "sorts_at", "id"],
        &["programme_id", "sorts_at", "id"],
    ] {
        manager.create_index(index("activities", columns, false)).await?;
    }
    Ok(())
}

async fn around_activities(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // What is filtered by stands here too; the activity carries it for reading.
    let competencies = table("activity_competencies")
        .col(uuid("activity_id"))
        .col(uuid("competency_id"))
        .col(integer("level", 1, 5))
        .primary_key(Index::create().col(name("activity_id")).col(name("competency_id")))
        .foreign_key(&mut reference("activity_competencies", "activity_id", "activities"))
        .foreign_key(&mut reference("activity_competencies", "competency_id", "competencies"))
        .to_owned();
    manager.create_table(competencies).await?;
    manager.create_index(index("activity_competencies", &["competency_id", "level"], false)).await?;

    let staff = table("activity_staff")
        .col(uuid("activity_id"))
        .col(uuid("librarian_id"))
        .primary_key(Index::create().col(name("activity_id")).col(name("librarian_id")))
        .foreign_key(&mut reference("activity_staff", "activity_id", "activities"))
        .foreign_key(&mut reference("activity_staff", "librarian_id", "librarians"))
        .to_owned();
    manager.create_table(staff).await?;
    manager.create_index(index("activity_staff", &["librarian_id"], false)).await?;

    let mut materials = table("activity_materials");
    materials.col(id()).col(uuid("activity_id")).col(text("title")).col(text("url")).col(integer("position", 1, 1000));
    record(&mut materials).foreign_key(&mut reference("activity_materials", "activity_id", "activities"));
    manager.create_table(materials).await?;
    manager.create_index(index("activity_materials", &["activity_id", "position", "id"], false)).await?;

    let mut interests = table("activity_interests");
    interests.col(id()).col(uuid("activity_id")).col(uuid("librarian_id")).col(text_null("note"));
    record(&mut interests)
        .foreign_key(&mut reference("activity_interests", "activity_id", "activities"))
        .foreign_key(&mut reference("activity_interests", "librarian_id", "librarians"));
    manager.create_table(interests).await?;
    manager.create_index(index("activity_interests", &["activity_id", "librarian_id"], true)).await?;
    manager.create_index(index("activity_interests", &["librarian_id", "created_at", "id"], false)).await?;
    manager.create_index(index("activity_interests", &["created_at", "id"], false)).await
}

async fn sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut sessions = table("activity_sessions");
    sessions
        .col(id())
        .col(uuid("activity_id"))
        .col(text_null("title"))
        .col(instant("starts_at"))
        .col(instant("ends_at"))
        .col(text("time_zone"))
        .col(uuid_null("venue_id"))
        .col(text_null("room"))
        .col(text_null("online_url"));
    record(&mut sessions)
        .check(Expr::col(name("starts_at")).lt(Expr::col(name("ends_at"))))
        .foreign_key(&mut reference("activity_sessions", "activity_id", "activities"));
    manager.create_table(sessions).await?;
    manager.create_index(index("activity_sessions", &["activity_id", "starts_at", "id"], false)).await?;
    manager.create_index(index("activity_sessions", &["venue_id", "starts_at"], false)).await?;
    manager.create_index(index("activity_sessions", &["starts_at", "id"], false)).await?;

    let mut speakers = table("activity_speakers");
    speakers
        .col(id())
        .col(uuid("activity_id"))
        .col(uuid_null("session_id"))
        .col(uuid_null("librarian_id"))
        .col(text("name"))
        .col(text_null("organisation"))
        .col(word("role", &["speaker", "moderator", "panellist", "trainer"]))
        .col(text_null("topic"))
        .col(integer("position", 1, 1000));
    record(&mut speakers)
        .foreign_key(&mut reference("activity_speakers", "activity_id", "activities"))
        .foreign_key(&mut reference("activity_speakers", "session_id", "activity_sessions"))
        .foreign_key(&mut reference("activity_speakers", "librarian_id", "librarians"));
    manager.create_table(speakers).await?;
    manager.create_index(index("activity_speakers", &["session_id"], false)).await?;
    manager.create_index(index("activity_speakers", &["librarian_id"], false)).await?;
    manager.create_index(index("activity_speakers", &["activity_id", "position", "id"], false)).await
}

async fn registrations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let states = ["requested", "confirmed", "waitlisted", "offered", "cancelled", "attended", "no_show"];
    let mut registrations = table("registrations");
    registrations
        .col(id())
        .col(uuid("activity_id"))
        .col(uuid("librarian_id"))
        .col(word("status", &states))
        .col(text_null("result"))
        .col(integer_null("waitlist_number", 1, i32::MAX))
        .col(instant("registered_at"))
        .col(instant_null("supervisor_approved_at"))
        .col(uuid_null("supervisor_approved_by"))
        .col(instant_null("approved_at"))
        .col(uuid_null("approved_by"))
        .col(instant_null("confirmed_at"))
        .col(instant_null("offer_expires_at"))
        .col(instant_null("cancelled_at"))
        .col(text_null("cancel_cause"))
        .col(text_null("cancel_reason"))
        .col(integer_null("attendance_percent", 0, 100))
        .col(integer_null("pre_test_hundredths", 0, 1_000_000))
        .col(integer_null("post_test_hundredths", 0, 1_000_000));
    record(&mut registrations)
        .foreign_key(&mut reference("registrations", "activity_id", "activities"))
        .foreign_key(&mut reference("registrations", "librarian_id", "librarians"));
    manager.create_table(registrations).await?;
    manager.create_index(index("registrations", &["activity_id", "librarian_id"], true)).await?;
    for columns in [
        &["activity_id", "status", "waitlist_number"][..],
        &["activity_id", "registered_at", "id"],
        &["librarian_id", "status"],
        &["librarian_id", "registered_at", "id"],
        &["status", "registered_at", "id"],
        &["registered_at", "id"],
        &["offer_expires_at"],
    ] {
        manager.create_index(index("registrations", columns, false)).await?;
    }
    Ok(())
}

async fn check_ins(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut scans = table("check_ins");
    scans
        .col(id())
        .col(uuid("activity_id"))
        .col(uuid_null("session_id"))
        .col(uuid_null("registration_id"))
        .col(text("device_id"))
        .col(text("nonce"))
        .col(bytes("fingerprint"))
        .col(word("method", &["code", "manual"]))
        .col(instant("scanned_at"))
        .col(instant("received_at"))
        .col(word("outcome", &["applied", "duplicate", "conflict", "rejected"]))
        .col(text_null("reason"))
        .col(instant_null("annulled_at"))
        .col(text_null("annul_reason"));
    record(&mut scans)
        .foreign_key(&mut reference("check_ins", "activity_id", "activities"))
        .foreign_key(&mut reference("check_ins", "registration_id", "registrations"));
    manager.create_table(scans).await?;
    manager.create_index(index("check_ins", &["activity_id", "device_id", "nonce"], true)).await?;
    manager.create_index(index("check_ins", &["activity_id", "scanned_at", "id"], false)).await?;
    manager.create_index(index("check_ins", &["registration_id", "session_id", "scanned_at"], false)).await?;

    let attendance = table("session_attendance")
        .col(uuid("session_id"))
        .col(uuid("registration_id"))
        .col(boolean("is_present"))
        .col(word("source", &["check_in", "by_hand"]))
        .col(instant("at"))
        .col(uuid_null("check_in_id"))
        .primary_key(Index::create().col(name("session_id")).col(name("registration_id")))
        .foreign_key(&mut reference("session_attendance", "session_id", "activity_sessions"))
        .foreign_key(&mut reference("session_attendance", "registration_id", "registrations"))
        .to_owned();
    manager.create_table(attendance).await?;
    manager.create_index(index("session_attendance", &["registration_id"], false)).await
}

/// The items of tests, and each person's points in them.
async fn tests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let kinds = ["pre_test", "post_test"];
    let tests = table("activity_tests")
        .col(uuid("activity_id"))
        .col(word("test", &kinds))
        .col(json("items"))
        .primary_key(Index::create().col(name("activity_id")).col(name("test")))
        .foreign_key(&mut reference("activity_tests", "activity_id", "activities"))
        .to_owned();
    manager.create_table(tests).await?;
    let points = table("activity_test_points")
        .col(uuid("activity_id"))
        .col(word("test", &kinds))
        .col(uuid("registration_id"))
        .col(json("points"))
        .primary_key(Index::create().col(name("activity_id")).col(name("test")).col(name("registration_id")))
        .foreign_key(&mut reference("activity_test_points", "activity_id", "activities"))
        .foreign_key(&mut reference("activity_test_points", "registration_id", "registrations"))
        .to_owned();
    manager.create_table(points).await?;
    manager.create_index(index("activity_test_points", &["registration_id"], false)).await
}
