//! Rules that hold for every operation, new ones included.

mod bad_input;
mod cells;
mod docs;
mod document;
mod evaluated;
mod forgeries;
mod matrix;
mod operations;
mod pairs;
mod records;
mod secrecy;
mod tables;

/// Under `CI=true` a suite that would run on SQLite alone fails; elsewhere it says so loudly.
#[actix_web::test]
async fn no_database_is_left_out_where_it_counts() {
    crate::support::database::postgres().await;
}
