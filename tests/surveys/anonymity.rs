//! What the whole database tells of who answered: nothing.

use std::collections::BTreeMap;

use bina_pustaka::kernel::secret::{from_base32, sha256};
use bina_pustaka::surveys::responses::entity::{Column, Entity, Model};
use sea_orm::sea_query::{Alias, Expr, Query};
use sea_orm::{ColumnTrait, DbBackend, EntityTrait, QueryFilter};
use serde_json::Value;

use super::{answers, opened, tokens};
use crate::support::{Client, TestApp, each_database, json};

/// One value of a query.
async fn text(app: &TestApp, sql: &str) -> String {
    let select = Query::select().expr(Expr::cust(format!("({sql})"))).to_owned();
    app.db().reader().rows(&select, |row| row.get::<Option<String>>(0)).await.unwrap().remove(0).unwrap_or_default()
}

async fn tables(app: &TestApp) -> Vec<String> {
    let names = if app.db().backend() == DbBackend::Sqlite {
        "SELECT group_concat(name) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname = 'public'"
    };
    text(app, names).await.split(',').map(str::to_owned).collect()
}

/// Every row of every table, as texts.
async fn dump(app: &TestApp) -> BTreeMap<String, String> {
    let mut dumped = BTreeMap::new();
    for table in tables(app).await {
        let rows = if app.db().backend() == DbBackend::Sqlite {
            let columns = format!(
                "SELECT group_concat('quote(\"' || name || '\")', '||''|''||') FROM pragma_table_info('{table}')"
            );
            let columns = text(app, &columns).await;
            format!("SELECT group_concat({columns}, char(10)) FROM \"{table}\"")
        } else {
            format!("SELECT string_agg(t::text, chr(10)) FROM \"{table}\" t")
        };
        dumped.insert(table, text(app, &rows).await.to_lowercase());
    }
    dumped
}

/// The answers as they lie, first to last, as a query without an order finds them.
async fn lying(app: &TestApp, campaign: &str) -> Vec<Model> {
    let id: uuid::Uuid = campaign.rsplit('/').next().unwrap().parse().unwrap();
    app.db().reader().all(Entity::find().filter(Column::CampaignId.eq(id))).await.unwrap()
}

/// Which place in the order of sending each answer had, as it says itself.
fn places(rows: &[Model]) -> Vec<i64> {
    let comment = |row: &Model| serde_json::from_str::<Vec<Value>>(&row.answers).unwrap().last().unwrap().clone();
    rows.iter().map(|row| comment(row).as_str().unwrap().parse().unwrap()).collect()
}

/// Answers by several people, each with a token and signed in as careless applications are, with a key of their own.
async fn answer_all(people: &[&Client], made: &[String]) {
    for (number, token) in made.iter().enumerate() {
        let given = answers(&[("U1", json!(1 + number % 4)), ("COMMENT", json!(number.to_string()))]);
        let person = people[number % people.len()].with("idempotency-key", &format!("a-key-of-this-one-{number:04}"));
        person.post(&format!("/public/surveys/{token}"), given).await.no_content();
    }
}

#[actix_web::test]
async fn nobody_can_tie_an_answer_to_a_person_or_a_token() {
    each_database(async |app| {
        let library = app.library().await;
        let campaign = opened(&library.admin, "SKM", json!({})).await;
        let made = tokens(&library.admin, &campaign, 24).await;
        app.settle().await;
        let before = dump(&app).await;
        answer_all(&[&library.mentee, &library.mentor, &library.other], &made).await;
        app.settle().await;
        let after = dump(&app).await;

        // Answering wrote answers and used tokens up, and nothing else: no event, no key of a repeated request, no session.
        let changed: Vec<_> = after.keys().filter(|table| after[*table] != before[*table]).collect();
        assert_eq!(changed, ["survey_responses", "survey_tokens"]);
        assert_eq!(after["survey_tokens"], "", "a used token has no row");

        // An answer is a random id, the day, and what was said; no other table knows its id, and none knows a token or its hash.
        let rows = lying(&app, &campaign).await;
        assert_eq!(rows.len(), 24);
        for row in &rows {
            assert_eq!((row.id.get_version_num(), row.librarian_id), (4, None));
            let told = after.iter().filter(|(_, rows)| knows(rows, row.id.as_bytes(), &row.id.to_string()));
            assert_eq!(told.map(|(table, _)| table).collect::<Vec<_>>(), ["survey_responses"]);
        }
        for token in &made {
            let bytes = from_base32(token).unwrap();
            let told = after.values().any(|rows| knows(rows, &sha256(&bytes), token) || knows(rows, &bytes, token));
            assert!(!told, "the database knows a token");
        }
        hidden_while_open(&app, &rows).await;

        assert!(
            indexes(&app).await.iter().all(|index| index.contains("IS NOT NULL")),
            "no index holds anonymous answers"
        );

        library.admin.step(&format!("{campaign}/closing")).await.ok();
        let anew = lying(&app, &campaign).await;
        assert!(anew.iter().all(|row| rows.iter().all(|former| former.id != row.id)), "every id is a new one");
        assert!(anew.is_sorted_by_key(|row| row.id), "rows lie in the order of their random ids");
        let mut found = places(&anew);
        assert!(!found.is_sorted(), "and not in the order in which people answered");
        found.sort_unstable();
        assert_eq!(found, (0..24).collect::<Vec<_>>(), "every answer is still there");
    })
    .await;
}

/// The indexes of answers beside their key, as they were made.
async fn indexes(app: &TestApp) -> Vec<String> {
    let made = if app.db().backend() == DbBackend::Sqlite {
        "SELECT group_concat(sql, ';') FROM sqlite_master WHERE type = 'index' AND tbl_name = 'survey_responses' AND sql <> ''"
    } else {
        "SELECT string_agg(indexdef, ';') FROM pg_indexes WHERE tablename = 'survey_responses' AND indexname NOT LIKE '%_pkey'"
    };
    text(app, made).await.split(';').map(str::to_owned).collect()
}

/// Whether rows hold these bytes or this text.
fn knows(rows: &str, bytes: &[u8], text: &str) -> bool {
    rows.contains(&data_encoding::HEXLOWER.encode(bytes)) || rows.contains(&text.to_lowercase())
}

/// What a database shows besides the columns.
async fn hidden_while_open(app: &TestApp, rows: &[Model]) {
    if app.db().backend() == DbBackend::Sqlite {
        assert!(rows.is_sorted_by_key(|row| row.id), "rows lie in the order of their random ids");
        let numbers = Query::select().column(Alias::new("rowid")).from(Alias::new("survey_responses")).to_owned();
        assert!(app.db().reader().rows(&numbers, |row| row.get::<i64>(0)).await.is_err(), "rows have no number");
        return;
    }
    // PostgreSQL tells which transaction wrote a row: no other row is of the transaction of an answer.
    for table in tables(app).await {
        let tied = format!(
            "SELECT count(*)::text FROM \"{table}\" t WHERE t.xmin IN (SELECT r.xmin FROM survey_responses r) \
             AND '{table}' <> 'survey_responses'"
        );
        assert_eq!(text(app, &tied).await, "0", "{table} has rows of the transaction of an answer");
    }
}
