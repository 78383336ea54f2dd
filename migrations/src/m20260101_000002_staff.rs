//! The professional record.

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
        units(manager).await?;
        positions(manager).await?;
        librarians(manager).await?;
        mentorships(manager).await
    }
}

async fn units(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut units = table("units");
    units.col(id()).col(text("code")).col(text("name")).col(text_null("address")).col(text("search_text"));
    manager.create_table(record(&mut units).col(instant_null("archived_at")).to_owned()).await?;
    manager.create_index(index("units", &["code"], true)).await?;
    manager.create_index(index("units", &["name", "id"], false)).await?;
    manager.create_index(index("units", &["created_at", "id"], false)).await
}

async fn positions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut positions = table("positions");
    positions
        .col(id())
        .col(text("code"))
        .col(text_null("legacy_code"))
        .col(json("title"))
        .col(word("category", &["expertise", "skill", "none"]))
        .col(text_null("level_code"))
        .col(integer("level", 0, 20))
        .col(text_null("grade_from"))
        .col(text_null("grade_to"))
        .col(integer_null("retirement_age", 40, 80))
        .col(integer_null("headcount", 0, 10_000))
        .col(text_null("legal_basis"))
        .col(boolean("provisional"))
        .col(integer("standard_version", 1, i32::MAX))
        .col(text("search_text"));
    manager.create_table(record(&mut positions).col(instant_null("archived_at")).to_owned()).await?;
    manager.create_index(index("positions", &["code"], true)).await?;
    manager.create_index(index("positions", &["level", "id"], false)).await
}

async fn librarians(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut librarians = table("librarians");
    librarians
        .col(id())
        .col(text("name"))
        .col(word("employment_kind", &["pns", "pppk", "non_asn"]))
        .col(text_null("employee_number"))
        .col(uuid("unit_id"))
        .col(uuid_null("position_id"))
        .col(text_null("grade"))
        .col(date_null("position_since"))
        .col(date_null("next_appointment_on"))
        .col(date_null("born_on"))
        .col(text_null("sex"))
        .col(text_null("email"))
        .col(text_null("phone"))
        .col(text_null("siasn_id"))
        .col(uuid_null("supervisor_id"))
        .col(json("languages"))
        .col(json("interests"))
        .col(text("search_text"));
    record(&mut librarians)
        .col(instant_null("archived_at"))
        .foreign_key(&mut reference("librarians", "unit_id", "units"))
        .foreign_key(&mut reference("librarians", "position_id", "positions"))
        .foreign_key(&mut reference("librarians", "supervisor_id", "librarians"));
    manager.create_table(librarians).await?;
    manager.create_index(index("librarians", &["employee_number"], true)).await?;
    manager.create_index(index("librarians", &["name", "id"], false)).await?;
    manager.create_index(index("librarians", &["created_at", "id"], false)).await?;
    manager.create_index(index("librarians", &["unit_id", "name", "id"], false)).await?;
    manager.create_index(index("librarians", &["next_appointment_on"], false)).await?;
    manager.create_index(index("librarians", &["position_id", "name", "id"], false)).await
}

async fn mentorships(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut mentorships = table("mentorships");
    mentorships
        .col(id())
        .col(uuid("mentor_id"))
        .col(uuid("mentee_id"))
        .col(date("starts_on"))
        .col(date_null("ends_on"));
    record(&mut mentorships)
        .check(Expr::col(name("mentor_id")).ne(Expr::col(name("mentee_id"))))
        .foreign_key(&mut reference("mentorships", "mentor_id", "librarians"))
        .foreign_key(&mut reference("mentorships", "mentee_id", "librarians"));
    manager.create_table(mentorships).await?;
    manager.create_index(index("mentorships", &["mentor_id", "mentee_id", "starts_on"], true)).await?;
    manager.create_index(index("mentorships", &["mentee_id", "mentor_id"], false)).await?;
    manager.create_index(index("mentorships", &["starts_on", "id"], false)).await
}
