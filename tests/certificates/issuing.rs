use bina_pustaka::certificates::entity as certificate;
use bina_pustaka::credits::entries::entity as credit;
use bina_pustaka::kernel::event;
use futures_util::future::join_all;
use sea_orm::{EntityTrait, QueryOrder};

use crate::support::{TestApp, each_database, json};

/// The numbers of the year, in order.
async fn sequence(app: &TestApp) -> Vec<i32> {
    let rows = certificate::Entity::find().order_by_asc(certificate::Column::Sequence);
    app.db().reader().all(rows).await.unwrap().into_iter().map(|row| row.sequence).collect()
}

#[actix_web::test]
async fn whoever_completes_something_gets_one_certificate_with_the_next_number() {
    each_database(async |app| {
        let library = app.library().await;
        let issued = library.certified(&[&library.mentor, &library.mentee]).await;
        let numbers: Vec<_> = issued.iter().map(|answer| answer.json["number"].as_str().unwrap().to_owned()).collect();
        assert!(
            numbers.contains(&"0001/SERT/III/2026".to_owned()) && numbers.contains(&"0002/SERT/III/2026".to_owned())
        );
        let mine = &issued[1].json;
        assert_eq!((&mine["recipient_name"], &mine["title"]), (&json!("Rizky"), &json!("Bimtek SLiMS 9")));
        assert_eq!((&mine["credit_hours"], &mine["issued_on"]), (&json!(24.0), &json!("2026-03-02")));
        assert_eq!(
            (&mine["starts_on"], &mine["organiser"]),
            (&json!("2026-02-10"), &json!("Perpustakaan Kota Singkawang"))
        );
        // The ledger names it.
        let rows = app.db().reader().all(credit::Entity::find()).await.unwrap();
        let row = rows.iter().find(|row| row.librarian_id == library.mentee.librarian()).unwrap();
        assert_eq!(row.certificate_number.as_deref(), mine["number"].as_str());
        assert_eq!(row.organiser.as_deref(), Some("Perpustakaan Kota Singkawang"));
        // Each sees their own, a mentor those of their mentees.
        assert_eq!(library.mentee.get("/certificates").await.ok().column("id"), [mine["id"].clone()]);
        assert_eq!(library.mentor.get("/certificates").await.ok().column("id").len(), 2);
        assert_eq!(library.other.get("/certificates").await.ok().column("id").len(), 0);
        library.other.get(&format!("/certificates/{}", issued[1].id())).await.is(404);
        app.settle().await;
        let events = app.db().reader().all(event::Entity::find()).await.unwrap();
        let completed = events.iter().find(|row| row.name == "activity.completed").unwrap().id;
        let certified: Vec<_> = events.iter().filter(|row| row.name == "certificate.issued").collect();
        assert!(certified.len() == 2 && certified.iter().all(|row| row.caused_by == Some(completed)));
    })
    .await;
}

#[actix_web::test]
async fn activities_that_are_completed_at_once_leave_no_gap_and_no_number_twice() {
    each_database(async |app| {
        let library = app.library().await;
        let mut paths = Vec::new();
        for day in 10..14 {
            let session = [format!("2026-02-{day}T01:00:00Z"), format!("2026-02-{day}T05:00:00Z")];
            let free = json!({"least_attendance_percent": 0});
            let activity = library.activity(free, &[(session[0].as_str(), session[1].as_str())]).await;
            for person in [&library.mentor, &library.mentee, &library.other] {
                let who = json!({"librarian_id": person.librarian()});
                library.admin.post(&format!("/activities/{activity}/registrations"), who).await.created();
            }
            paths.push(format!("/activities/{activity}/completion"));
        }
        // Each is asked for five times.
        let asked = (0..5).flat_map(|_| &paths).map(|path| library.admin.step(path));
        let answers = join_all(asked).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 4);
        assert!(answers.iter().all(|answer| [200, 409].contains(&answer.status.as_u16())));
        assert_eq!(sequence(&app).await, (1..=12).collect::<Vec<_>>());
    })
    .await;
}

#[actix_web::test]
async fn a_mistake_is_made_good_by_another_certificate_and_other_credit() {
    each_database(async |app| {
        let library = app.library().await;
        let wrong = library.certified(&[&library.mentee]).await.remove(0);
        let path = format!("/certificates/{}", wrong.id());
        let change =
            json!({"reason": "Gelar belum tertulis", "recipient_name": "Rizky Pratama, S.I.P.", "credit_hours": 20.0});
        let right = library.admin.post(&format!("{path}/replacement"), change.clone()).await.created();
        assert_eq!(
            (&right.json["number"], &right.json["recipient_name"]),
            (&json!("0002/SERT/III/2026"), &change["recipient_name"])
        );
        assert_eq!(right.json["replaces"], wrong.json["id"]);
        let old = library.admin.get(&path).await.ok().json;
        assert_eq!((&old["status"], &old["replaced_by"]), (&json!("revoked"), &right.json["id"]));
        assert_eq!((&old["recipient_name"], &old["revocation_reason"]), (&json!("Rizky"), &change["reason"]));
        library
            .admin
            .post(&format!("{path}/replacement"), change.clone())
            .await
            .is(409)
            .refused("certificate_replaced");
        let rows = credit::Entity::find().order_by_asc(credit::Column::Id);
        let ledger: Vec<_> = app
            .db()
            .reader()
            .all(rows)
            .await
            .unwrap()
            .iter()
            .map(|row| (row.credited, row.certificate_number.clone()))
            .collect();
        let number = |text: &str| Some(text.to_owned());
        assert_eq!(ledger[0], (2_400, number("0001/SERT/III/2026")));
        assert_eq!(ledger[1].0, -2_400);
        assert_eq!(ledger[2], (2_000, number("0002/SERT/III/2026")));
        // Taken back, and with it what it gave.
        let path = format!("/certificates/{}", right.id());
        let reason = json!({"reason": "Kehadiran milik orang lain"});
        let revocation = format!("{path}/revocation");
        let asked = (0..5).map(|_| library.admin.post(&revocation, reason.clone()));
        let mut answers: Vec<_> = join_all(asked).await.iter().map(|answer| answer.status.as_u16()).collect();
        answers.sort_unstable();
        assert_eq!(answers, [200, 409, 409, 409, 409]);
        let sum: i32 =
            app.db().reader().all(credit::Entity::find()).await.unwrap().iter().map(|row| row.credited).sum();
        assert_eq!(sum, 0);
        // And made good after all.
        let again =
            library.admin.post(&format!("{path}/replacement"), json!({"reason": "Kehadiran terbukti"})).await.created();
        assert_eq!(again.json["credit_hours"], 20.0);
        let sum: i32 =
            app.db().reader().all(credit::Entity::find()).await.unwrap().iter().map(|row| row.credited).sum();
        assert_eq!(sum, 2_000);
        assert_eq!(sequence(&app).await, [1, 2, 3]);
    })
    .await;
}

#[actix_web::test]
async fn numbers_follow_the_settings_of_their_day_and_begin_anew_each_year() {
    each_database(async |app| {
        let library = app.library().await;
        let settings = library.admin.get("/settings").await.ok();
        let wrong = json!({"certificate_numbering": "{number}/SERT"});
        let wrong = library.admin.patch("/settings", settings.tag(), wrong).await.is(422);
        wrong.blames("#/certificate_numbering", "not_a_numbering");
        let first = library.certified(&[&library.mentee]).await.remove(0);
        let pattern = json!({"certificate_numbering": "PKS-{year}-{number}"});
        library.admin.patch("/settings", settings.tag(), pattern).await.ok();
        let path = format!("/certificates/{}/replacement", first.id());
        let second = library.admin.post(&path, json!({"reason": "Nomor lama"})).await.created();
        assert_eq!(second.json["number"], "PKS-2026-0002");
        app.after(chrono::TimeDelta::days(365));
        let admin = app.again(&library.admin).await;
        let path = format!("/certificates/{}/replacement", second.id());
        let third = admin.post(&path, json!({"reason": "Tahun baru"})).await.created();
        assert_eq!(third.json["number"], "PKS-2027-0001");
        assert_eq!(admin.get("/certificates?year=2026&status=revoked").await.ok().column("id").len(), 2);
    })
    .await;
}
