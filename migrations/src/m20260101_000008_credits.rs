//! The ledger of credit hours (JP).

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::columns::{
    boolean, date, id, index, integer, integer_null, name, record, reference, table, text, text_null, uuid, uuid_null,
    word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const MOST_HOURS: i32 = 1_000_000;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        entries(manager).await?;
        never_rewritten(manager).await?;
        certificates(manager).await?;
        balances(manager).await
    }
}

async fn entries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut entries = table("credit_entries");
    entries
        .col(id())
        .col(uuid("librarian_id"))
        .col(word("kind", &["credit", "reversal"]))
        .col(integer("year", 1900, 2999))
        .col(date("starts_on"))
        .col(date("counted_on"))
        .col(date("recorded_on"))
        .col(uuid("training_type_id"))
        .col(word("bucket", &["formal", "social", "experience"]))
        .col(word("source_kind", &["activity", "learning_entry", "mentoring_meeting"]))
        .col(uuid("source_id"))
        .col(integer("round", 1, 10_000))
        .col(text("title"))
        .col(text_null("organiser"))
        .col(text_null("certificate_number"))
        .col(text_null("evidence_url"))
        .col(boolean("is_international"))
        .col(integer("days", 0, 10_000))
        .col(integer("sessions", 0, 10_000))
        .col(integer("minutes", 0, 10_000_000))
        .col(integer_null("claimed", 0, MOST_HOURS))
        .col(uuid_null("rule_id"))
        .col(integer("computed", 0, i32::MAX))
        .col(
            ColumnDef::new(name("cap"))
                .text()
                .null()
                .check(Expr::col(name("cap")).is_in(["entry", "day", "month", "year"])),
        )
        .col(integer("credited", -MOST_HOURS, MOST_HOURS))
        .col(uuid_null("verifier_id"))
        .col(uuid_null("reversal_of"))
        .col(text_null("reason"));
    record(&mut entries)
        .check(Expr::col(name("counted_on")).gte(Expr::col(name("starts_on"))))
        .check(Expr::cust("(kind = 'credit' AND credited >= 0 AND reversal_of IS NULL) OR (kind = 'reversal' AND credited <= 0 AND reversal_of IS NOT NULL)"))
        .foreign_key(&mut reference("credit_entries", "librarian_id", "librarians"))
        .foreign_key(&mut reference("credit_entries", "training_type_id", "training_types"))
        .foreign_key(&mut reference("credit_entries", "rule_id", "credit_rules"))
        .foreign_key(&mut reference("credit_entries", "reversal_of", "credit_entries"));
    manager.create_table(entries).await?;
    // Once for each source and person; again only after the former was reversed.
    let once = ["source_id", "librarian_id", "source_kind", "round", "kind"];
    manager.create_index(index("credit_entries", &once, true)).await?;
    manager.create_index(index("credit_entries", &["reversal_of"], true)).await?;
    manager.create_index(index("credit_entries", &["librarian_id", "year", "counted_on", "id"], false)).await?;
    manager.create_index(index("credit_entries", &["librarian_id", "training_type_id", "counted_on"], false)).await?;
    manager.create_index(index("credit_entries", &["librarian_id", "counted_on", "id"], false)).await?;
    manager.create_index(index("credit_entries", &["counted_on", "id"], false)).await
}

/// What the ledger says once, it says for ever: neither a figure nor what it rests on changes, and no row goes.
async fn never_rewritten(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const FROZEN: &str = "kind, year, starts_on, counted_on, recorded_on, training_type_id, bucket, source_kind, source_id, round, \
claimed, rule_id, computed, cap, credited, verifier_id, reversal_of, created_at";
    let connection = manager.get_connection();
    let statements = if manager.get_database_backend() == DbBackend::Postgres {
        vec![
            "CREATE FUNCTION refuse_to_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$ \
BEGIN RAISE EXCEPTION 'rows of % are never rewritten', TG_TABLE_NAME; END $$"
                .to_owned(),
            format!(
                "CREATE TRIGGER credit_entries_stay BEFORE DELETE OR UPDATE OF {FROZEN} ON credit_entries \
FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite()"
            ),
        ]
    } else {
        let refuse = "BEGIN SELECT RAISE(ABORT, 'rows of credit_entries are never rewritten'); END";
        vec![
            format!("CREATE TRIGGER credit_entries_stay BEFORE UPDATE OF {FROZEN} ON credit_entries {refuse}"),
            format!("CREATE TRIGGER credit_entries_remain BEFORE DELETE ON credit_entries {refuse}"),
        ]
    };
    for statement in statements {
        connection.execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Certificates in use: a person gets credit for each once, and again after it was reversed.
async fn certificates(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut certificates = table("credit_certificates");
    certificates
        .col(uuid("librarian_id"))
        .col(text("number_key"))
        .col(text("organiser_key"))
        .col(uuid("entry_id"))
        .primary_key(Index::create().col(name("librarian_id")).col(name("number_key")).col(name("organiser_key")))
        .foreign_key(&mut reference("credit_certificates", "librarian_id", "librarians"))
        .foreign_key(&mut reference("credit_certificates", "entry_id", "credit_entries"));
    manager.create_table(certificates).await?;
    manager.create_index(index("credit_certificates", &["entry_id"], true)).await
}

/// The sums of a person and year, kept with each entry.
async fn balances(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut balances = table("credit_balances");
    balances
        .col(uuid("librarian_id"))
        .col(integer("year", 1900, 2999))
        .col(date("starts_on"))
        .col(date("ends_on"))
        .col(integer("credited", 0, i32::MAX))
        .col(integer("formal", 0, i32::MAX))
        .col(integer("social", 0, i32::MAX))
        .col(integer("experience", 0, i32::MAX))
        .col(integer("entry_count", 0, i32::MAX))
        .col(integer("active_months", 0, 0x1FFF))
        .primary_key(Index::create().col(name("librarian_id")).col(name("year")))
        .foreign_key(&mut reference("credit_balances", "librarian_id", "librarians"));
    manager.create_table(balances).await?;
    manager.create_index(index("credit_balances", &["year", "librarian_id"], false)).await
}
