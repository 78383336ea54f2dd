//! Columns that recur, each in one spelling.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::sea_query::ColumnDef;

/// A column named by a text.
pub(crate) fn name(text: &'static str) -> Alias {
    Alias::new(text)
}

fn column(text: &'static str) -> ColumnDef {
    ColumnDef::new(name(text))
}

/// The primary key of an object: a UUIDv7.
pub(crate) fn id() -> ColumnDef {
    column("id").uuid().not_null().primary_key().to_owned()
}

/// A text that must be there.
pub(crate) fn text(text: &'static str) -> ColumnDef {
    column(text).text().not_null().to_owned()
}

/// A text that may be missing.
pub(crate) fn text_null(text: &'static str) -> ColumnDef {
    column(text).text().null().to_owned()
}

/// One of a closed list of words.
pub(crate) fn word(text: &'static str, words: &[&'static str]) -> ColumnDef {
    let listed = Expr::col(name(text)).is_in(words.iter().copied());
    column(text).text().not_null().check(listed).to_owned()
}

/// A reference that must be there.
pub(crate) fn uuid(text: &'static str) -> ColumnDef {
    column(text).uuid().not_null().to_owned()
}

/// A reference that may be missing.
pub(crate) fn uuid_null(text: &'static str) -> ColumnDef {
    column(text).uuid().null().to_owned()
}

/// A whole number within limits.
pub(crate) fn integer(text: &'static str, least: i32, most: i32) -> ColumnDef {
    column(text).integer().not_null().check(Expr::col(name(text)).between(least, most)).to_owned()
}

/// A whole number within limits that may be missing.
pub(crate) fn integer_null(text: &'static str, least: i32, most: i32) -> ColumnDef {
    column(text).integer().null().check(Expr::col(name(text)).between(least, most)).to_owned()
}

/// A large whole number.
pub(crate) fn big(text: &'static str) -> ColumnDef {
    column(text).big_integer().not_null().to_owned()
}

/// A large whole number that may be missing.
pub(crate) fn big_null(text: &'static str) -> ColumnDef {
    column(text).big_integer().null().to_owned()
}

/// Yes or no.
pub(crate) fn boolean(text: &'static str) -> ColumnDef {
    column(text).boolean().not_null().to_owned()
}

/// A calendar day.
pub(crate) fn date(text: &'static str) -> ColumnDef {
    column(text).date().not_null().to_owned()
}

/// A calendar day that may be missing.
pub(crate) fn date_null(text: &'static str) -> ColumnDef {
    column(text).date().null().to_owned()
}

/// An instant.
pub(crate) fn instant(text: &'static str) -> ColumnDef {
    column(text).timestamp_with_time_zone().not_null().to_owned()
}

/// An instant that may be missing.
pub(crate) fn instant_null(text: &'static str) -> ColumnDef {
    column(text).timestamp_with_time_zone().null().to_owned()
}

/// JSON that is carried, not filtered by.
pub(crate) fn json(text: &'static str) -> ColumnDef {
    column(text).json_binary().not_null().to_owned()
}

/// JSON that may be missing.
pub(crate) fn json_null(text: &'static str) -> ColumnDef {
    column(text).json_binary().null().to_owned()
}

/// Bytes.
pub(crate) fn bytes(text: &'static str) -> ColumnDef {
    column(text).var_binary(1024).not_null().to_owned()
}

/// Bytes that may be missing.
pub(crate) fn bytes_null(text: &'static str) -> ColumnDef {
    column(text).var_binary(1024).null().to_owned()
}

/// The content of a file.
pub(crate) fn blob(text: &'static str) -> ColumnDef {
    column(text).blob().not_null().to_owned()
}

/// The columns that every object has beside its own.
pub(crate) fn record(table: &mut TableCreateStatement) -> &mut TableCreateStatement {
    table.col(integer("version", 1, i32::MAX)).col(instant("created_at")).col(instant("updated_at"))
}

/// A table to be created.
pub(crate) fn table(text: &'static str) -> TableCreateStatement {
    Table::create().table(name(text)).to_owned()
}

/// An index, named by its table and columns; `unique` makes it a rule.
pub(crate) fn index(table: &'static str, columns: &[&'static str], unique: bool) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{}_{table}_{}", if unique { "uq" } else { "ix" }, columns.join("_"))).table(name(table));
    for column in columns {
        index.col(name(column));
    }
    if unique {
        index.unique();
    }
    index
}

/// A reference to another table's id.
pub(crate) fn reference(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{from}_{column}"))
        .from(name(from), name(column))
        .to(name(to), name("id"))
        .to_owned()
}

/// The columns of a rule that holds from one day until another.
pub(crate) fn dated(table: &mut TableCreateStatement) -> &mut TableCreateStatement {
    table
        .col(date("valid_from"))
        .col(date_null("valid_to"))
        .col(text("legal_basis"))
        .col(text_null("source"))
        .col(boolean("verified"))
        .check(Expr::col(name("valid_to")).gte(Expr::col(name("valid_from"))))
}
