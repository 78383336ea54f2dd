use std::collections::HashSet;

use futures_util::future::{join_all, join3};

use crate::support::people::Library;
use crate::support::{each_database, json};

/// Of a venue with this code.
async fn venue(library: &Library, code: &str) -> String {
    let new = json!({"code": code, "name": "Aula lantai 2", "capacity": 40});
    library.admin.post("/venues", new).await.created().id()
}

/// A draft, by its path.
async fn draft(library: &Library, title: &str) -> String {
    let new = json!({"kind": "workshop", "title": title});
    format!("/activities/{}", library.admin.post("/activities", new).await.created().id())
}

/// A session on 10 March between these hours of Singkawang.
fn session(venue: &str, from: u8, until: u8) -> serde_json::Value {
    json!({"starts_at": format!("2026-03-10T{from:02}:00:00+07:00"), "ends_at": format!("2026-03-10T{until:02}:00:00+07:00"),
        "venue_id": venue})
}

#[actix_web::test]
async fn of_sixteen_who_ask_for_a_venue_at_once_one_gets_it() {
    each_database(async |app| {
        let library = app.library().await;
        let venue = venue(&library, "AULA").await;
        let mut paths = Vec::new();
        for _ in 0..16 {
            paths.push(format!("{}/sessions", draft(&library, "Lokakarya RDA").await));
        }
        let asked = paths.iter().map(|path| library.admin.post(path, session(&venue, 9, 11)));
        let (won, lost): (Vec<_>, Vec<_>) = join_all(asked).await.into_iter().partition(|answer| answer.status == 201);
        let [won] = &won[..] else { panic!("one has it, not {}", won.len()) };
        for answer in lost {
            let answer = answer.is(409).refused("venue_taken").blames("#/venue_id", "occupied");
            let params = &answer.json["errors"][0]["params"];
            let expected = json!({"activity": "Lokakarya RDA", "activity_id": won.json["activity_id"],
                "session_id": won.json["id"], "starts_at": "2026-03-10T02:00:00.000Z",
                "ends_at": "2026-03-10T04:00:00.000Z", "when": "2026-03-10 09:00-11:00 WIB"});
            assert_eq!(params, &expected);
            let detail = "Tempat dipakai \"Lokakarya RDA\" pada 2026-03-10 09:00-11:00 WIB";
            assert_eq!(answer.json["errors"][0]["detail"], detail);
        }
        let english = library.admin.with("accept-language", "en").post(&paths[0], session(&venue, 10, 12)).await;
        let detail = "\"Lokakarya RDA\" has the venue on 2026-03-10 09:00-11:00 WIB";
        assert_eq!(english.is(409).json["errors"][0]["detail"], detail);
    })
    .await;
}

#[actix_web::test]
async fn of_eight_who_move_to_a_venue_at_once_one_gets_it() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let hall = venue(&library, "AULA").await;
        let mut planned = Vec::new();
        for place in 0..8 {
            let path = format!("{}/sessions", draft(&library, "Lokakarya").await);
            let own = venue(&library, &format!("R{place}")).await;
            planned.push(admin.post(&path, session(&own, 9, 11)).await.created());
        }
        let paths: Vec<_> = planned.iter().map(|row| format!("/activity-sessions/{}", row.id())).collect();
        let moved =
            paths.iter().zip(&planned).map(|(path, row)| admin.patch(path, row.tag(), json!({"venue_id": hall})));
        let (won, lost): (Vec<_>, Vec<_>) = join_all(moved).await.into_iter().partition(|answer| answer.status == 200);
        assert_eq!(won.len(), 1);
        for answer in lost {
            answer.is(409).refused("venue_taken").blames("#/venue_id", "occupied");
        }
        let bookings = admin.get(&format!("/venues/{hall}/bookings")).await.ok().column("session_id");
        assert_eq!(bookings, [won[0].json["id"].clone()]);
    })
    .await;
}

#[actix_web::test]
async fn of_what_is_taken_back_and_planned_at_once_one_gets_the_venue() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let hall = venue(&library, "AULA").await;
        let mut archived = Vec::new();
        for _ in 0..4 {
            let path = draft(&library, "Lokakarya").await;
            admin.post(&format!("{path}/sessions"), session(&hall, 9, 11)).await.created();
            let tag = admin.get(&path).await.ok().tag().to_owned();
            admin.delete(&path, &tag).await.no_content();
            archived.push(path);
        }
        let other = format!("{}/sessions", draft(&library, "Lokakarya").await);
        let series = json!({"rrule": "FREQ=DAILY;COUNT=3", "starts_at": "2026-03-09T03:00:00Z", "duration_minutes": 60,
            "venue_id": hall, "activity": {"kind": "workshop", "title": "Klinik"}});
        let steps: Vec<_> = archived.iter().map(|path| format!("{path}/restoration")).collect();
        let (restored, planned, written) = join3(
            join_all(steps.iter().map(|step| admin.step(step))),
            admin.post(&other, session(&hall, 9, 11)),
            admin.post("/activity-series", series),
        )
        .await;
        let mut won = 0;
        for answer in restored {
            if answer.status == 200 {
                won += 1;
            } else {
                answer.is(409).refused("venue_taken").blames("activity_id", "occupied");
            }
        }
        for answer in [planned, written] {
            if answer.status == 201 {
                won += 1;
            } else {
                answer.is(409).refused("venue_taken").blames("#/venue_id", "occupied");
            }
        }
        assert_eq!(won, 1);
    })
    .await;
}

#[actix_web::test]
async fn a_venue_is_taken_by_drafts_too_and_free_before_after_and_once_given_up() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let (hall, lab) = (venue(&library, "AULA").await, venue(&library, "LAB").await);
        let first = draft(&library, "Lokakarya RDA").await;
        let (first_sessions, second) = (format!("{first}/sessions"), draft(&library, "Mendongeng").await);
        let second_sessions = format!("{second}/sessions");
        admin.post(&first_sessions, session(&hall, 9, 11)).await.created();
        for (from, until) in [(8, 10), (10, 12), (9, 11), (8, 12)] {
            admin.post(&second_sessions, session(&hall, from, until)).await.refused("venue_taken");
        }
        admin.post(&second_sessions, session(&hall, 8, 9)).await.created();
        admin.post(&second_sessions, session(&hall, 11, 12)).await.created();
        let elsewhere = admin.post(&second_sessions, session(&lab, 9, 11)).await.created();
        admin.step(&format!("{first}/publication")).await.ok();
        let path = format!("/activity-sessions/{}", elsewhere.id());
        admin
            .patch(&path, elsewhere.tag(), json!({"venue_id": hall}))
            .await
            .is(409)
            .refused("venue_taken")
            .blames("#/venue_id", "occupied");
        let later = json!({"starts_at": "2026-03-10T06:00:00Z", "ends_at": "2026-03-10T07:00:00Z", "venue_id": hall});
        let later = admin.patch(&path, elsewhere.tag(), later).await.ok();
        let longer = json!({"starts_at": "2026-03-10T03:00:00Z"});
        admin.patch(&path, later.tag(), longer.clone()).await.refused("venue_taken");
        admin.post(&format!("{first}/cancellation"), json!({"reason": "Banjir"})).await.ok();
        admin.patch(&path, later.tag(), longer).await.refused("venue_taken");
        let between = json!({"starts_at": "2026-03-10T02:00:00Z", "ends_at": "2026-03-10T04:00:00Z"});
        admin.patch(&path, later.tag(), between).await.ok();
        let tag = admin.get(&second).await.ok().tag().to_owned();
        admin.delete(&second, &tag).await.no_content();
        let third = draft(&library, "Panel").await;
        admin.post(&format!("{third}/sessions"), session(&hall, 8, 12)).await.created();
        let step = format!("{second}/restoration");
        let answer = admin.step(&step).await.is(409).refused("venue_taken").blames("activity_id", "occupied");
        assert_eq!(answer.json["errors"][0]["params"]["activity"], "Panel");
        let tag = admin.get(&third).await.ok().tag().to_owned();
        admin.delete(&third, &tag).await.no_content();
        admin.step(&step).await.ok();
    })
    .await;
}

#[actix_web::test]
async fn a_series_gets_its_venue_on_all_dates_or_is_not_made() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let hall = venue(&library, "AULA").await;
        admin.post(&format!("{}/sessions", draft(&library, "Panel").await), session(&hall, 9, 11)).await.created();
        let series = |hour: u8| {
            json!({"rrule": "FREQ=WEEKLY;COUNT=3", "starts_at": format!("2026-03-03T{hour:02}:00:00Z"),
                "duration_minutes": 60, "venue_id": hall, "activity": {"kind": "workshop", "title": "Klinik"}})
        };
        let answer = admin.post("/activity-series", series(3)).await.is(409).refused("venue_taken");
        let answer = answer.blames("#/venue_id", "occupied");
        assert_eq!(answer.json["errors"][0]["params"]["when"], "2026-03-10 09:00-11:00 WIB");
        assert!(admin.get("/activity-series").await.ok().column("id").is_empty());
        assert_eq!(admin.get("/activities").await.ok().column("title"), [json!("Panel")]);
        let series = admin.post("/activity-series", series(4)).await.created();
        let bookings = format!("/venues/{hall}/bookings");
        let titles = admin.get(&bookings).await.ok().column("activity_title");
        assert_eq!(titles, [json!("Klinik"), json!("Panel"), json!("Klinik"), json!("Klinik")]);
        admin.step(&format!("/activity-series/{}/publication", series.id())).await.ok();
    })
    .await;
}

#[actix_web::test]
async fn a_venue_that_is_unknown_or_archived_takes_in_nothing_new() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let hall = venue(&library, "AULA").await;
        let path = format!("{}/sessions", draft(&library, "Lokakarya").await);
        let planned = admin.post(&path, session(&hall, 9, 11)).await.created();
        let tag = admin.get(&format!("/venues/{hall}")).await.ok().tag().to_owned();
        admin.delete(&format!("/venues/{hall}"), &tag).await.no_content();
        for venue in [&hall, "019a0000-0000-7000-8000-00000000dead"] {
            let answer = admin.post(&path, session(venue, 12, 13)).await.is(422);
            answer.blames("#/venue_id", "no_such_object");
        }
        let series = json!({"rrule": "FREQ=DAILY;COUNT=2", "starts_at": "2026-03-09T03:00:00Z", "duration_minutes": 60,
            "venue_id": hall, "activity": {"kind": "workshop", "title": "Klinik"}});
        admin.post("/activity-series", series).await.is(422).blames("#/venue_id", "no_such_object");
        let path = format!("/activity-sessions/{}", planned.id());
        let stays = admin.patch(&path, planned.tag(), json!({"title": "Hari pertama"})).await.ok();
        let nowhere = admin.patch(&path, stays.tag(), json!({"venue_id": null})).await.ok();
        let back = admin.patch(&path, nowhere.tag(), json!({"venue_id": hall})).await.is(422);
        back.blames("#/venue_id", "no_such_object");
    })
    .await;
}

#[actix_web::test]
async fn who_plans_sees_what_has_the_venue() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let hall = venue(&library, "AULA").await;
        let (open, hidden) = (draft(&library, "Panel").await, draft(&library, "Lokakarya").await);
        let panel = admin.post(&format!("{open}/sessions"), session(&hall, 9, 11)).await.created();
        admin.post(&format!("{hidden}/sessions"), session(&hall, 11, 13)).await.created();
        admin.step(&format!("{open}/publication")).await.ok();
        let path = format!("/venues/{hall}/bookings");
        let all = admin.get(&path).await.ok();
        assert_eq!(all.column("activity_title"), [json!("Panel"), json!("Lokakarya")]);
        assert_eq!(all.column("session_id")[0], panel.json["id"]);
        assert_eq!(all.column("activity_status"), [json!("published"), json!("draft")]);
        assert_eq!(library.mentee.get(&path).await.ok().column("activity_title"), [json!("Panel")]);
        for (cut, expected) in [
            ("from=2026-03-10T04:00:00Z", vec!["Lokakarya"]),
            ("until=2026-03-10T04:00:00Z", vec!["Panel"]),
            ("from=2026-03-10T03:59:59Z&until=2026-03-10T04:00:01Z", vec!["Panel", "Lokakarya"]),
            ("from=2026-03-11T00:00:00Z", vec![]),
        ] {
            assert_eq!(admin.get(&format!("{path}?{cut}")).await.ok().column("activity_title"), expected, "{cut}");
        }
        admin.post(&format!("{open}/cancellation"), json!({"reason": "Banjir"})).await.ok();
        assert_eq!(admin.get(&path).await.ok().column("activity_title"), [json!("Lokakarya")]);
        admin.get("/venues/019a0000-0000-7000-8000-00000000dead/bookings").await.is(404);
    })
    .await;
}

#[actix_web::test]
async fn a_session_on_a_holiday_is_allowed_and_warned_of() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let path = format!("{}/sessions", draft(&library, "Lokakarya").await);
        let plan = |from: &str, until: &str| json!({"starts_at": from, "ends_at": until});
        // From eleven in the evening of the 19th to one in the morning of the 20th, where the library stands.
        let night = admin.post(&path, plan("2026-03-19T16:00:00Z", "2026-03-19T18:00:00Z")).await.created();
        assert_eq!(night.json["warnings"], json!([]));
        for (day, name) in [
            ("2026-03-19", json!({"id": "Hari Suci Nyepi", "en": "Nyepi"})),
            ("2026-03-20", json!({"id": "Hari Raya Idulfitri"})),
        ] {
            admin.post("/holidays", json!({"held_on": day, "name": name, "kind": "national"})).await.created();
        }
        let warning = |id: &str, en: &str| json!({"code": "holiday", "message": {"id": id, "en": en}});
        let nyepi = warning("2026-03-19 hari libur: Hari Suci Nyepi", "2026-03-19 is a holiday: Nyepi");
        let feast =
            warning("2026-03-20 hari libur: Hari Raya Idulfitri", "2026-03-20 is a holiday: Hari Raya Idulfitri");
        let read = admin.get(&format!("/activity-sessions/{}", night.id())).await.ok();
        assert_eq!(read.json["warnings"], json!([nyepi, feast]));
        // It ends as the holiday begins.
        let before = admin.post(&path, plan("2026-03-18T15:00:00Z", "2026-03-18T17:00:00Z")).await.created();
        assert_eq!(before.json["warnings"], json!([]));
        let longer = json!({"ends_at": "2026-03-18T17:30:00Z"});
        let longer = admin.patch(&format!("/activity-sessions/{}", before.id()), before.tag(), longer).await.ok();
        assert_eq!(longer.json["warnings"], json!([nyepi]));
        let listed = library.admin.get(&path).await.ok().column("warnings");
        assert_eq!(listed, [json!([nyepi]), json!([nyepi, feast])]);
    })
    .await;
}

#[actix_web::test]
async fn a_series_leaves_holidays_out_where_it_is_asked_to() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let nyepi = json!({"held_on": "2026-03-19", "name": {"id": "Hari Suci Nyepi"}, "kind": "national"});
        admin.post("/holidays", nyepi).await.created();
        let series = |more: serde_json::Value| {
            let mut new = json!({"rrule": "FREQ=WEEKLY;COUNT=3", "starts_at": "2026-03-12T02:00:00Z",
                "duration_minutes": 60, "activity": {"kind": "workshop", "title": "Klinik"}});
            new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            new
        };
        let whole = admin.post("/activity-series", series(json!({}))).await.created();
        assert_eq!(whole.json["occurrences"], 3);
        let fewer = admin.post("/activity-series", series(json!({"skip_holidays": true}))).await.created();
        assert_eq!(fewer.json["occurrences"], 2);
        let dates = admin.get(&format!("/activities?series_id={}", fewer.id())).await.ok().column("starts_at");
        let dates: HashSet<_> = dates.iter().map(|date| date.as_str().unwrap().to_owned()).collect();
        assert_eq!(dates, ["2026-03-12T02:00:00.000Z", "2026-03-26T02:00:00.000Z"].map(str::to_owned).into());
        let none = json!({"skip_holidays": true, "starts_at": "2026-03-19T02:00:00Z", "rrule": "FREQ=DAILY;COUNT=1"});
        let none = admin.post("/activity-series", series(none)).await.is(422);
        none.blames("#/skip_holidays", "only_holidays");
    })
    .await;
}

#[actix_web::test]
async fn what_is_over_keeps_the_venue_that_it_had() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let hall = venue(&library, "AULA").await;
        let past = json!({"starts_at": "2026-02-10T01:00:00Z", "ends_at": "2026-02-10T05:00:00Z", "venue_id": hall});
        let over = draft(&library, "Bimtek").await;
        admin.post(&format!("{over}/sessions"), past.clone()).await.created();
        admin.step(&format!("{over}/publication")).await.ok();
        let completed = admin.step(&format!("{over}/completion")).await.ok();
        let late = format!("{}/sessions", draft(&library, "Catatan susulan").await);
        admin.post(&late, past.clone()).await.is(409).refused("venue_taken");
        admin.delete(&over, completed.tag()).await.no_content();
        admin.post(&late, past).await.created();
        let answer = admin.step(&format!("{over}/restoration")).await.is(409).refused("venue_taken");
        answer.blames("activity_id", "occupied");
    })
    .await;
}
