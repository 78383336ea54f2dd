use bina_pustaka::credits::balances::entity as balance;
use bina_pustaka::credits::entries::entity::{self as entry, CreditCap, EntryKind};
use bina_pustaka::credits::service;
use bina_pustaka::kernel::db::Tx;
use bina_pustaka::kernel::error::Error;
use bina_pustaka::kernel::event;
use bina_pustaka::kernel::policy::Access;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::support::credit::{COACHING, E_LEARNING, SELF_STUDY, SEMINAR, credit, learned, reverse, training_type};
use crate::support::{TestApp, each_database};

fn code(error: &Error) -> &'static str {
    error.refused().refusal.code
}

/// The kept balance of a year, after it was compared with the rows.
pub async fn balance(app: &TestApp, person: Uuid, year: i32) -> balance::Model {
    let kept =
        balance::Entity::find().filter(balance::Column::LibrarianId.eq(person)).filter(balance::Column::Year.eq(year));
    let kept = app.db().reader().find(kept).await.unwrap();
    let rows = entry::Entity::find().filter(entry::Column::LibrarianId.eq(person)).filter(entry::Column::Year.eq(year));
    let rows = app.db().reader().all(rows).await.unwrap();
    assert_eq!(kept.credited, rows.iter().map(|row| row.credited).sum::<i32>());
    assert_eq!(kept.credited, kept.formal + kept.social + kept.experience);
    let standing = rows.iter().map(|row| if row.kind == EntryKind::Credit { 1 } else { -1 }).sum::<i32>();
    assert_eq!(kept.entry_count, standing);
    kept
}

#[actix_web::test]
async fn what_was_learned_is_credited_once_and_taken_back_by_a_row_of_its_own() {
    each_database(async |app| {
        let person = app.library().await.mentee.librarian();
        let seminar = learned(&app, person, SEMINAR, "2026-02-10").await;
        let first = credit(&app, &seminar).await.unwrap();
        assert!(first.is_new && !first.is_reversed);
        assert_eq!((first.entry.credited, first.entry.cap, first.entry.year), (400, None, 2026));
        let again = credit(&app, &seminar).await.unwrap();
        assert!(!again.is_new && again.entry.id == first.entry.id);
        let kept = balance(&app, person, 2026).await;
        assert_eq!((kept.credited, kept.formal, kept.active_months), (400, 400, 0b10));

        let reversal = reverse(&app, first.entry.id).await.unwrap();
        assert_eq!((reversal.credited, reversal.counted_on), (-400, first.entry.counted_on));
        for gone in [first.entry.id, reversal.id] {
            assert_eq!(code(&reverse(&app, gone).await.unwrap_err()), "invalid_transition");
        }
        let kept = balance(&app, person, 2026).await;
        assert_eq!((kept.credited, kept.entry_count, kept.active_months), (0, 0, 0));
        let still = credit(&app, &seminar).await.unwrap();
        assert!(!still.is_new && still.is_reversed, "what was taken back does not come back by itself");
        assert_eq!(app.events_of(&["credit_entry"]).await, ["credit_entry.credited", "credit_entry.reversed"]);
        assert!(event::verify(app.db()).await.unwrap().findings.is_empty());
    })
    .await;
}

#[actix_web::test]
async fn a_correction_takes_the_place_of_what_was_wrong() {
    each_database(async |app| {
        let person = app.library().await.mentee.librarian();
        let mut course = learned(&app, person, E_LEARNING, "2026-02-10").await;
        course.measure.claimed = Some(1200);
        course.certificate_number = Some("EL/1".to_owned());
        let wrong = credit(&app, &course).await.unwrap().entry;
        course.measure.claimed = Some(1000);
        let (id, right) = (wrong.id, course.clone());
        let correct = async move |tx: &Tx<'_>| service::correct_in(tx, id, right.clone(), "Salah baca").await;
        let corrected = app.db().run(Access::system(), correct).await.unwrap();
        assert_eq!((corrected.entry.credited, corrected.entry.round), (1000, 2));
        assert_eq!(balance(&app, person, 2026).await.credited, 1000);
        let again = credit(&app, &course).await.unwrap();
        assert_eq!(again.entry.id, corrected.entry.id);
    })
    .await;
}

#[actix_web::test]
async fn a_certificate_is_credited_once_however_it_is_spelled_and_again_when_it_was_taken_back() {
    each_database(async |app| {
        let library = app.library().await;
        let person = library.mentee.librarian();
        let with = async |person, number: &str, organiser: &str| {
            let mut course = learned(&app, person, E_LEARNING, "2026-02-10").await;
            course.certificate_number = Some(number.to_owned());
            course.organiser = Some(organiser.to_owned());
            credit(&app, &course).await
        };
        let first = with(person, "EL/12/2026", "Perpustakaan Nasional").await.unwrap();
        let twice = with(person, " el/12/2026", "PERPUSTAKAAN  NASIONAL").await;
        assert_eq!(code(&twice.unwrap_err()), "certificate_credited");
        with(person, "EL/12/2026", "Universitas Terbuka").await.unwrap();
        with(library.other.librarian(), "EL/12/2026", "Perpustakaan Nasional").await.unwrap();
        reverse(&app, first.entry.id).await.unwrap();
        with(person, "EL/12/2026", "Perpustakaan Nasional").await.unwrap();
        balance(&app, person, 2026).await;
    })
    .await;
}

#[actix_web::test]
async fn caps_hold_when_many_entries_arrive_at_once() {
    each_database(async |app| {
        let person = app.library().await.mentee.librarian();
        let mut all = Vec::new();
        for number in 0..12 {
            all.push(learned(&app, person, COACHING, &format!("2026-02-{:02}", number + 1)).await);
            all.push(learned(&app, person, SELF_STUDY, "2026-02-20").await);
        }
        let credited = futures_util::future::join_all(all.iter().map(|new| credit(&app, new))).await;
        let rows: Vec<_> = credited.into_iter().map(|credited| credited.unwrap().entry).collect();
        let of =
            |siasn: Uuid| rows.iter().filter(|row| row.training_type_id == siasn).map(|row| row.credited).sum::<i32>();
        assert_eq!(of(training_type(&app, COACHING).await), 400, "two sessions a month");
        assert_eq!(of(training_type(&app, SELF_STUDY).await), 200, "two hours a day");
        assert!(rows.iter().any(|row| row.cap == Some(CreditCap::Month) && row.credited == 0));
        let kept = balance(&app, person, 2026).await;
        assert_eq!((kept.credited, kept.social, kept.experience, kept.entry_count), (600, 400, 200, 24));
        let march = learned(&app, person, COACHING, "2026-03-01").await;
        assert_eq!(credit(&app, &march).await.unwrap().entry.credited, 200);
    })
    .await;
}

#[actix_web::test]
async fn the_same_source_at_once_leaves_one_row() {
    each_database(async |app| {
        let person = app.library().await.mentee.librarian();
        let seminar = learned(&app, person, SEMINAR, "2026-02-10").await;
        let credited = futures_util::future::join_all((0..10).map(|_| credit(&app, &seminar))).await;
        assert_eq!(credited.into_iter().filter(|credited| credited.as_ref().unwrap().is_new).count(), 1);
        assert_eq!(balance(&app, person, 2026).await.credited, 400);
    })
    .await;
}

#[actix_web::test]
async fn the_database_refuses_to_rewrite_the_ledger() {
    each_database(async |app| {
        use sea_orm::sea_query::{Expr, ExprTrait, Query};
        let person = app.library().await.mentee.librarian();
        let row = credit(&app, &learned(&app, person, SEMINAR, "2026-02-10").await).await.unwrap().entry;
        let update = Query::update()
            .table(entry::Entity)
            .value(entry::Column::Credited, 9_900)
            .and_where(Expr::col(entry::Column::Id).eq(row.id))
            .to_owned();
        let delete =
            Query::delete().from_table(entry::Entity).and_where(Expr::col(entry::Column::Id).eq(row.id)).to_owned();
        let refused = |error: Error| assert!(error.to_string().contains("never rewritten"), "{error}");
        refused(app.db().run(Access::system(), async move |tx: &Tx<'_>| tx.execute(&update).await).await.unwrap_err());
        refused(app.db().run(Access::system(), async move |tx: &Tx<'_>| tx.execute(&delete).await).await.unwrap_err());
        balance(&app, person, 2026).await;
    })
    .await;
}
