use bina_pustaka::kernel::db::Tx;
use bina_pustaka::kernel::event::{self, Column, Entity, head};
use bina_pustaka::kernel::policy::Access;
use sea_orm::sea_query::{Expr, ExprTrait, Query, UpdateStatement};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::support::{TestApp, each_database, json};

/// A log of five numbered events and one that waits for its number.
async fn logged(app: &TestApp) {
    let admin = app.admin().await;
    for code in ["A", "B", "C"] {
        admin.post("/units", json!({"code": code, "name": "Ökonomi \"100%\"", "address": "ä/1.50"})).await.created();
    }
    app.settle().await;
    admin.post("/units", json!({"code": "D", "name": "D"})).await.created();
    assert!(event::verify(app.db()).await.unwrap().findings.is_empty());
}

async fn alter(app: &TestApp, statement: UpdateStatement) {
    app.db().run(Access::system(), async move |tx: &Tx<'_>| tx.execute(&statement).await).await.unwrap();
}

#[actix_web::test]
async fn an_altered_row_is_found_whatever_was_altered() {
    for column in [
        Column::Name,
        Column::SubjectKind,
        Column::SubjectCollection,
        Column::SubjectVersion,
        Column::IsGone,
        Column::SubjectId,
        Column::ActorId,
        Column::OccurredAt,
        Column::Changes,
        Column::Salt,
        Column::Commitment,
        Column::Seal,
        Column::Hash,
        Column::Readers,
    ] {
        each_database(async |app| {
            logged(&app).await;
            let mut update = Query::update();
            update.table(Entity).and_where(Expr::col(Column::Seq).eq(3));
            match column {
                Column::Name | Column::SubjectKind | Column::SubjectCollection => update.value(column, "unit.nothing"),
                Column::IsGone => update.value(column, true),
                Column::SubjectVersion => update.value(column, 7),
                Column::SubjectId | Column::ActorId => update.value(column, uuid::Uuid::nil()),
                Column::OccurredAt => update.value(column, chrono::DateTime::UNIX_EPOCH),
                Column::Changes => update.value(column, json!({"name": [null, "Lain"]})),
                Column::Readers => update.value(column, "person"),
                _ => update.value(column, vec![7_u8; 32]),
            };
            alter(&app, update).await;
            assert!(!event::verify(app.db()).await.unwrap().findings.is_empty(), "{column:?}");
        })
        .await;
    }
}

#[actix_web::test]
async fn a_deleted_row_is_found_wherever_it_stood() {
    each_database(async |app| {
        logged(&app).await;
        app.settle().await;
        let last = event::verify(app.db()).await.unwrap().events;
        for seq in [1, last / 2, last] {
            let row = app.db().reader().find(Entity::find().filter(Column::Seq.eq(seq))).await.unwrap();
            let delete = Query::delete().from_table(Entity).and_where(Expr::col(Column::Seq).eq(seq)).to_owned();
            app.db().run(Access::system(), async move |tx: &Tx<'_>| tx.execute(&delete).await).await.unwrap();
            assert!(!event::verify(app.db()).await.unwrap().findings.is_empty(), "{seq}");
            // Put back as it was, the log is whole again.
            let back = async move |tx: &Tx<'_>| tx.put::<Entity>(row.clone().into_active_model()).await;
            app.db().run(Access::system(), back).await.unwrap();
            assert!(event::verify(app.db()).await.unwrap().findings.is_empty(), "{seq}");
        }
    })
    .await;
}

#[actix_web::test]
async fn an_inserted_row_is_found_numbered_or_not() {
    for numbered in [true, false] {
        each_database(async |app| {
            logged(&app).await;
            app.settle().await;
            let last = event::verify(app.db()).await.unwrap().events;
            let mut forged = app.db().reader().find(Entity::find().filter(Column::Seq.eq(2))).await.unwrap();
            forged.id = uuid::Uuid::now_v7();
            forged.seq = numbered.then_some(last + 1);
            let forge = async move |tx: &Tx<'_>| tx.put::<Entity>(forged.clone().into_active_model()).await;
            app.db().run(Access::system(), forge).await.unwrap();
            assert!(!event::verify(app.db()).await.unwrap().findings.is_empty());
            // It does not help the forger when the service goes on and numbers it.
            app.settle().await;
            assert!(!event::verify(app.db()).await.unwrap().findings.is_empty());
        })
        .await;
    }
}

#[actix_web::test]
async fn a_cut_off_end_is_found() {
    each_database(async |app| {
        logged(&app).await;
        app.settle().await;
        let delete = Query::delete().from_table(Entity).and_where(Expr::col(Column::Seq).gt(3)).to_owned();
        app.db().run(Access::system(), async move |tx: &Tx<'_>| tx.execute(&delete).await).await.unwrap();
        assert!(!event::verify(app.db()).await.unwrap().findings.is_empty());
        // Nor does it help to turn the head back, for it carries a seal.
        let hash = app.db().reader().find(Entity::find().filter(Column::Seq.eq(3))).await.unwrap().hash;
        let mut back = Query::update();
        back.table(head::Entity).value(head::Column::Seq, 3).value(head::Column::Hash, hash);
        alter(&app, back).await;
        assert!(!event::verify(app.db()).await.unwrap().findings.is_empty());
    })
    .await;
}

#[actix_web::test]
async fn secrets_never_reach_the_log() {
    each_database(async |app| {
        let admin = app.admin().await;
        let new = json!({"email": "siti@test.example", "name": "Siti", "roles": ["librarian"],
            "password": "rak kelima penuh ombak"});
        admin.post("/users", new).await.created();
        app.settle().await;
        for row in app.db().reader().all(Entity::find()).await.unwrap() {
            let text = row.changes.unwrap().to_string();
            assert!(!text.contains("argon2") && !text.contains("password_hash"), "{text}");
        }
    })
    .await;
}

#[actix_web::test]
async fn what_is_written_while_somebody_verifies_is_no_fault() {
    each_database(async |app| {
        let admin = app.admin().await;
        let is_over = std::cell::Cell::new(false);
        let write = async {
            for number in 0..60 {
                admin.post("/units", json!({"code": format!("U{number}"), "name": "Ruang Baca"})).await.created();
                app.settle().await;
            }
            is_over.set(true);
        };
        let verify = async {
            while !is_over.get() {
                let found = event::verify(app.db()).await.unwrap();
                assert_eq!(found.findings, Vec::<String>::new());
                tokio::task::yield_now().await;
            }
        };
        futures_util::join!(write, verify);
    })
    .await;
}
