//! The library's settings and reference tables.

use sea_orm_migration::prelude::*;

use crate::columns::{
    boolean, date, dated, id, index, instant_null, integer, integer_null, json, record, reference, table, text,
    text_null, uuid, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Credit hours (JP) are kept in hundredths; nothing here is worth more than this many.
const MOST_HOURS: i32 = 1_000_000;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        library_settings(manager).await?;
        venues(manager).await?;
        holidays(manager).await?;
        training_types(manager).await?;
        credit_rules(manager).await?;
        credit_requirements(manager).await?;
        professionalism_formulas(manager).await
    }
}

async fn library_settings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut settings = table("library_settings");
    settings
        .col(id())
        // One instance is one library.
        .col(integer("only", 1, 1))
        .col(text("name"))
        .col(text_null("registration_number"))
        .col(text_null("address"))
        .col(text_null("city"))
        .col(text_null("letterhead"))
        .col(text_null("logo_url"))
        .col(text_null("signatory_name"))
        .col(text_null("signatory_position"))
        .col(text_null("signatory_number"))
        .col(word("time_zone", &["Asia/Pontianak", "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]))
        .col(text("certificate_numbering"))
        .col(text_null("siasn_agency_id"))
        .col(text_null("siasn_location_id"));
    manager.create_table(record(&mut settings).to_owned()).await?;
    manager.create_index(index("library_settings", &["only"], true)).await
}

async fn venues(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut venues = table("venues");
    venues
        .col(id())
        .col(text("code"))
        .col(text("name"))
        .col(text_null("address"))
        .col(integer("capacity", 1, 100_000))
        .col(text_null("equipment"))
        .col(text("search_text"));
    manager.create_table(record(&mut venues).col(instant_null("archived_at")).to_owned()).await?;
    manager.create_index(index("venues", &["code"], true)).await?;
    manager.create_index(index("venues", &["name", "id"], false)).await
}

async fn holidays(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut holidays = table("holidays");
    holidays
        .col(id())
        .col(date("held_on"))
        .col(json("name"))
        .col(word("kind", &["national", "joint_leave", "local"]))
        .col(text_null("legal_basis"));
    manager.create_table(record(&mut holidays).to_owned()).await?;
    manager.create_index(index("holidays", &["held_on"], true)).await
}

async fn training_types(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut types = table("training_types");
    types
        .col(id())
        .col(integer("siasn_id", 1, 999))
        .col(json("name"))
        .col(word("certificate_class", &["T", "F", "P"]))
        .col(word("track", &["classical", "non_classical"]))
        .col(word("bucket", &["formal", "social", "experience"]))
        .col(integer_null("course_code", 1, 99_999))
        .col(text("search_text"));
    manager.create_table(record(&mut types).to_owned()).await?;
    manager.create_index(index("training_types", &["siasn_id"], true)).await
}

async fn credit_rules(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut rules = table("credit_rules");
    rules
        .col(id())
        .col(uuid("training_type_id"))
        .col(boolean("counts_certificate_hours"))
        .col(word("basis", &["minutes", "day", "session", "activity", "none"]))
        .col(integer_null("national_hours", 0, MOST_HOURS))
        .col(integer_null("international_hours", 0, MOST_HOURS))
        .col(integer("minutes_per_hour", 1, 600))
        .col(integer_null("cap_per_entry", 0, MOST_HOURS))
        .col(integer_null("cap_per_day", 0, MOST_HOURS))
        .col(integer_null("cap_per_month", 0, MOST_HOURS))
        .col(integer_null("cap_per_year", 0, MOST_HOURS));
    record(dated(&mut rules)).foreign_key(&mut reference("credit_rules", "training_type_id", "training_types"));
    manager.create_table(rules).await?;
    manager.create_index(index("credit_rules", &["training_type_id", "valid_from"], true)).await?;
    manager.create_index(index("credit_rules", &["valid_from", "id"], false)).await
}

async fn credit_requirements(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut requirements = table("credit_requirements");
    requirements
        .col(id())
        .col(word("employment_kind", &["pns", "pppk", "non_asn"]))
        .col(word("kind", &["duty", "ceiling"]))
        .col(integer("hours", 0, MOST_HOURS));
    manager.create_table(record(dated(&mut requirements)).to_owned()).await?;
    manager.create_index(index("credit_requirements", &["employment_kind", "kind", "valid_from"], true)).await?;
    manager.create_index(index("credit_requirements", &["valid_from", "id"], false)).await
}

async fn professionalism_formulas(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut formulas = table("professionalism_formulas");
    formulas.col(id()).col(json("points"));
    manager.create_table(record(dated(&mut formulas)).to_owned()).await?;
    manager.create_index(index("professionalism_formulas", &["valid_from"], true)).await
}
