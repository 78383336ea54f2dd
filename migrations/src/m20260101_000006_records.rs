//! What the professional record of a person holds: positions held, education, certificates, appraisals,
//! disciplinary measures, leave; and the dated figures of credit points.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm;

use crate::columns::{
    boolean, date, date_null, dated, id, index, integer, integer_null, json, name, record, reference, table, text,
    text_null, uuid, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        appointments(manager).await?;
        education(manager).await?;
        certifications(manager).await?;
        appraisals(manager).await?;
        disciplinary_measures(manager).await?;
        leaves(manager).await?;
        credit_point_rates(manager).await?;
        credit_point_rules(manager).await?;
        heads(manager).await
    }
}

/// A table of objects that belong to a person's record.
fn personal(text: &'static str) -> TableCreateStatement {
    table(text).col(id()).col(uuid("librarian_id")).foreign_key(&mut person(text)).to_owned()
}

fn person(text: &'static str) -> ForeignKeyCreateStatement {
    reference(text, "librarian_id", "librarians")
}

async fn appointments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut appointments = personal("appointments");
    appointments
        .col(word("kind", &["appointment", "promotion", "grade_promotion", "transfer", "contract", "adjustment"]))
        .col(date("effective_on"))
        .col(date_null("ends_on"))
        .col(uuid("unit_id"))
        .col(uuid_null("position_id"))
        .col(text_null("grade"))
        .col(integer_null("credit_points", 0, 10_000_000))
        .col(text_null("decree_number"))
        .col(date_null("decree_on"))
        .col(text_null("siasn_id"));
    record(&mut appointments)
        .check(Expr::col(name("ends_on")).gte(Expr::col(name("effective_on"))))
        .foreign_key(&mut reference("appointments", "unit_id", "units"))
        .foreign_key(&mut reference("appointments", "position_id", "positions"));
    manager.create_table(appointments).await?;
    manager.create_index(index("appointments", &["librarian_id", "effective_on"], true)).await
}

async fn education(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut education = personal("education_records");
    education
        .col(word(
            "level",
            &["primary", "junior_secondary", "senior_secondary", "d1", "d2", "d3", "d4", "s1", "s2", "s3"],
        ))
        .col(text("institution"))
        .col(text_null("field"))
        .col(boolean("is_library_science"))
        .col(integer("graduated_year", 1900, 2999))
        .col(text_null("diploma_number"))
        .col(text_null("evidence_url"))
        .col(text_null("siasn_id"));
    manager.create_table(record(&mut education).to_owned()).await?;
    manager.create_index(index("education_records", &["librarian_id", "graduated_year", "id"], false)).await
}

async fn certifications(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut certifications = personal("certifications");
    certifications
        .col(word("kind", &["competency", "position_test", "other"]))
        .col(text("scheme"))
        .col(text_null("cluster"))
        .col(json("unit_codes"))
        .col(text("number"))
        .col(text("issuer"))
        .col(uuid_null("position_id"))
        .col(date("issued_on"))
        .col(date_null("valid_until"))
        .col(text_null("evidence_url"))
        .col(text("search_text"));
    record(&mut certifications)
        .check(Expr::col(name("valid_until")).gte(Expr::col(name("issued_on"))))
        .foreign_key(&mut reference("certifications", "position_id", "positions"));
    manager.create_table(certifications).await?;
    manager.create_index(index("certifications", &["scheme", "number"], true)).await?;
    manager.create_index(index("certifications", &["librarian_id", "issued_on", "id"], false)).await?;
    manager.create_index(index("certifications", &["issued_on", "id"], false)).await?;
    manager.create_index(index("certifications", &["valid_until", "id"], false)).await
}

async fn appraisals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut appraisals = personal("appraisals");
    appraisals
        .col(integer("year", 1900, 2999))
        .col(integer("first_month", 1, 12))
        .col(integer("months", 1, 12))
        .col(word("predicate", &["very_good", "good", "needs_improvement", "poor", "very_poor"]))
        .col(integer_null("score", 0, 10_000))
        .col(text_null("note"))
        .col(text_null("siasn_id"));
    manager.create_table(record(&mut appraisals).to_owned()).await?;
    manager.create_index(index("appraisals", &["librarian_id", "year", "first_month"], true)).await
}

async fn disciplinary_measures(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut measures = personal("disciplinary_measures");
    measures
        .col(word("severity", &["light", "moderate", "severe"]))
        .col(date("imposed_on"))
        .col(date_null("ends_on"))
        .col(text_null("decree_number"))
        .col(text("reason"));
    record(&mut measures).check(Expr::col(name("ends_on")).gte(Expr::col(name("imposed_on"))));
    manager.create_table(measures).await?;
    manager.create_index(index("disciplinary_measures", &["librarian_id", "imposed_on", "id"], false)).await
}

async fn leaves(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut leaves = personal("leaves");
    leaves
        .col(word("kind", &["annual", "long", "sick", "maternity", "important_reason", "unpaid"]))
        .col(date("starts_on"))
        .col(date("ends_on"))
        .col(text_null("letter_number"))
        .col(text_null("note"));
    record(&mut leaves).check(Expr::col(name("ends_on")).gte(Expr::col(name("starts_on"))));
    manager.create_table(leaves).await?;
    manager.create_index(index("leaves", &["librarian_id", "starts_on", "id"], false)).await?;
    manager.create_index(index("leaves", &["starts_on", "id"], false)).await
}

async fn credit_point_rates(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut rates = table("credit_point_rates");
    rates
        .col(id())
        .col(uuid("position_id"))
        .col(integer("coefficient", 0, 100_000))
        .col(integer_null("points_for_grade", 0, 1_000_000))
        .col(integer_null("points_for_next_level", 0, 1_000_000))
        .col(integer("required_trainings", 0, 20));
    record(dated(&mut rates)).foreign_key(&mut reference("credit_point_rates", "position_id", "positions"));
    manager.create_table(rates).await?;
    manager.create_index(index("credit_point_rates", &["position_id", "valid_from"], true)).await?;
    manager.create_index(index("credit_point_rates", &["valid_from", "id"], false)).await
}

async fn credit_point_rules(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut rules = table("credit_point_rules");
    rules
        .col(id())
        .col(integer("very_good_percent", 0, 1000))
        .col(integer("good_percent", 0, 1000))
        .col(integer("needs_improvement_percent", 0, 1000))
        .col(integer("poor_percent", 0, 1000))
        .col(integer("very_poor_percent", 0, 1000))
        .col(word("least_predicate", &["very_good", "good", "needs_improvement", "poor", "very_poor"]))
        .col(integer("least_months_in_level", 0, 600));
    manager.create_table(record(dated(&mut rules)).to_owned()).await?;
    manager.create_index(index("credit_point_rules", &["valid_from"], true)).await
}

/// The head of a unit is one of the librarians, whose table comes after that of the units.
async fn heads(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let kind = match manager.get_database_backend() {
        sea_orm::DbBackend::Sqlite => "uuid_text",
        _ => "uuid",
    };
    let column = format!("ALTER TABLE units ADD COLUMN head_id {kind} NULL REFERENCES librarians (id)");
    manager.get_connection().execute_unprepared(&column).await?;
    manager.create_index(index("units", &["head_id"], false)).await
}
