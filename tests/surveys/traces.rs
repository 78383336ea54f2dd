//! What the disk tells of used tokens once a campaign is over: nothing. Read are the very bytes of the database, free space too.

use std::collections::HashSet;
use std::io::Write;

use bina_pustaka::kernel::db::Location;
use bina_pustaka::kernel::secret::{from_base32, sha256};
use bina_pustaka::surveys::responses::entity::{Column, Entity};
use sea_orm::sea_query::{Alias, Expr, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter};

use super::{answers, opened, tokens};
use crate::support::database::postgres;
use crate::support::{TestApp, each_database, json};

/// So many bytes of a secret are as good as the secret.
type Mark = [u8; 16];

fn mark(bytes: &[u8]) -> Mark {
    bytes[..16].try_into().unwrap()
}

async fn text(app: &TestApp, sql: &str) -> String {
    let select = Query::select().expr(Expr::cust(format!("({sql})"))).to_owned();
    app.db().reader().rows(&select, |row| row.get::<String>(0)).await.unwrap().remove(0)
}

/// Everything that lies on the disk of the database's tables and indexes; nothing where the server does not let us read it.
async fn disk(app: &TestApp) -> Option<Vec<u8>> {
    if app.db().backend() == DbBackend::Sqlite {
        let path = text(app, "SELECT file FROM pragma_database_list WHERE name = 'main'").await;
        let [mut file, log] = [path.clone(), format!("{path}-wal")].map(|path| std::fs::read(path).unwrap());
        file.extend(log);
        return Some(file);
    }
    if text(app, "SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user").await != "true" {
        let told = b"\n*** The files of PostgreSQL were NOT looked at: BINA_TEST_POSTGRES names no superuser. ***\n\n";
        let _ = std::io::stderr().write_all(told);
        return None;
    }
    // What is changed in memory alone is written first.
    let (base, _) = postgres().await.unwrap().rsplit_once('/').unwrap();
    let address = format!("{base}/{}", text(app, "SELECT current_database()::text").await);
    let connection = Location::Postgres(address).connect(1).await.unwrap();
    connection.execute_unprepared("SET statement_timeout = 0; CHECKPOINT").await.unwrap();
    connection.close().await.unwrap();
    let files = "(SELECT string_agg(pg_read_binary_file(pg_relation_filepath(oid)), ''::bytea) FROM pg_class \
        WHERE relkind IN ('r', 'i', 't') AND (relnamespace IN ('public'::regnamespace, 'pg_toast'::regnamespace) \
        OR relname = 'pg_statistic'))";
    let files = Query::select().expr(Expr::cust(files)).to_owned();
    app.db().reader().rows(&files, |row| row.get::<Vec<u8>>(0)).await.unwrap().pop()
}

/// How many of these marks lie there.
fn found(disk: &[u8], marks: &[Mark]) -> usize {
    let marks: HashSet<&Mark> = marks.iter().collect();
    // Two bytes tell of nearly all places that nothing begins there.
    let mut begins = vec![false; 1 << 16];
    let start = |bytes: &[u8]| usize::from(u16::from_be_bytes([bytes[0], bytes[1]]));
    for mark in &marks {
        begins[start(*mark)] = true;
    }
    let places = disk.windows(16).filter(|window| begins[start(window)]);
    places.filter_map(|window| marks.get(&mark(window))).collect::<HashSet<_>>().len()
}

/// What is kept of the tokens that nobody has used.
async fn kept(app: &TestApp) -> HashSet<Mark> {
    let rows = Query::select().column(Alias::new("hash")).from(Alias::new("survey_tokens")).to_owned();
    app.db().reader().rows(&rows, |row| Ok(mark(&row.get::<Vec<u8>>(0)?))).await.unwrap().into_iter().collect()
}

#[actix_web::test]
async fn the_disk_tells_no_token_and_after_the_close_not_what_was_kept_of_them() {
    each_database(async |app| {
        let admin = app.library().await.admin;
        let anonymous = app.anonymous();
        let [first, other, off] = [
            opened(&admin, "SKM", json!({})).await,
            opened(&admin, "SKM", json!({})).await,
            opened(&admin, "SKM", json!({})).await,
        ];
        let made = tokens(&admin, &first, 300).await;
        let of_first: Vec<_> = kept(&app).await.into_iter().collect();
        let taken_back = tokens(&admin, &off, 100).await;
        let of_off: Vec<_> = kept(&app).await.into_iter().filter(|one| !of_first.contains(one)).collect();
        tokens(&admin, &other, 100).await;
        let alone = |one: &Mark| !of_first.contains(one) && !of_off.contains(one);
        let of_other: Vec<_> = kept(&app).await.into_iter().filter(alone).collect();
        for token in made.iter().take(200).chain(taken_back.iter().take(50)) {
            anonymous.post(&format!("/public/surveys/{token}"), answers(&[("U1", json!(4))])).await.no_content();
        }
        let unused = kept(&app).await;
        let used: Vec<_> = of_first.iter().filter(|one| !unused.contains(*one)).copied().collect();
        let id: uuid::Uuid = first.rsplit('/').next().unwrap().parse().unwrap();
        let rows = app.db().reader().all(Entity::find().filter(Column::CampaignId.eq(id))).await.unwrap();
        let former: Vec<_> = rows.iter().map(|row| *row.id.as_bytes()).collect();
        assert_eq!((used.len(), former.len()), (200, 200));
        // A list of who got which token, even: what is kept of one follows from the token and the instance's secret only together.
        let bytes: Vec<_> = made.iter().chain(&taken_back).map(|token| from_base32(token).unwrap()).collect();
        let known: Vec<_> = bytes.iter().flat_map(|one| [mark(&one[16..]), mark(&sha256(one))]).collect();

        let Some(before) = disk(&app).await else { return };
        assert_eq!(found(&before, &known), 0, "neither tokens nor what anybody could make of them lie there");
        assert!(found(&before, &used) > 0, "what was kept of used ones is on the disk while the campaign is open");
        admin.step(&format!("{first}/closing")).await.ok();
        admin.post(&format!("{off}/cancellation"), json!({"reason": "Pertanyaan keliru"})).await.ok();
        let after = disk(&app).await.unwrap();
        assert_eq!(found(&after, &of_other), 100, "tokens of an open campaign are looked for where they lie");
        assert_eq!(
            found(&after, &of_first) + found(&after, &of_off),
            0,
            "nothing is left of the tokens of those that are over"
        );
        assert_eq!(found(&after, &former), 0, "nor of answers as they were before they were written anew");
        assert_eq!(found(&after, &known), 0);
    })
    .await;
}
