use futures_util::future::join_all;
use serde_json::Value;

use crate::support::people::Library;
use crate::support::{Client, each_database, json};

/// A change that is under way; `more` is what else it has. Answers its path.
async fn under_way(library: &Library, more: Value) -> String {
    let mut new = json!({"title": "Migrasi ke layanan swalayan RFID", "go_live_on": "2026-02-10"});
    for (name, value) in more.as_object().unwrap() {
        new[name] = value.clone();
    }
    let path = format!("/change-initiatives/{}", library.admin.post("/change-initiatives", new).await.created().id());
    library.admin.step(&format!("{path}/start")).await.ok();
    path
}

async fn reached(client: &Client, path: &str, person: &str, stage: &str, on: &str) {
    let new = json!({"librarian_id": person, "stage": stage, "reached_on": on});
    client.post(&format!("{path}/adoptions"), new).await.created();
}

/// Seven people, the three of the library among them.
async fn seven(library: &Library) -> Vec<String> {
    let mut people: Vec<String> =
        [&library.mentor, &library.mentee, &library.other].iter().map(|one| one.librarian().to_string()).collect();
    for name in ["Siti", "Budi", "Ani", "Joko"] {
        let new = json!({"name": name, "employment_kind": "non_asn", "unit_id": library.units[1]});
        people.push(library.admin.post("/librarians", new).await.created().id());
    }
    people
}

#[actix_web::test]
async fn adoption_is_followed_from_day_to_day_without_overwriting_anything() {
    each_database(async |app| {
        let library = app.library().await;
        let people = seven(&library).await;
        let change = under_way(&library, json!({})).await;
        let admin = &library.admin;
        reached(admin, &change, &people[0], "champion", "2026-02-08").await;
        reached(admin, &change, &people[1], "trained", "2026-02-09").await;
        reached(admin, &change, &people[1], "using", "2026-02-20").await;
        reached(admin, &change, &people[3], "using", "2026-02-20").await;
        reached(admin, &change, &people[4], "using", "2026-02-24").await;
        reached(admin, &change, &people[4], "trying", "2026-02-27").await;
        // A mistake is put right by a later row of the same day.
        reached(admin, &change, &people[5], "using", "2026-02-25").await;
        reached(admin, &change, &people[5], "trained", "2026-02-25").await;

        let report = admin.get(&format!("{change}/adoption")).await.ok().json;
        assert_eq!((&report["target_count"], &report["is_suppressed"]), (&json!(7), &json!(false)));
        let figures = &report["figures"];
        assert_eq!((&figures["user_count"], &figures["adoption_rate"]), (&json!(3), &json!(42.86)));
        assert_eq!(figures["median_days_to_adopt"], json!(10.0));
        assert_eq!((&figures["fastest_days_to_adopt"], &figures["slowest_days_to_adopt"]), (&json!(-2), &json!(14)));
        let groups: Vec<_> =
            figures["groups"].as_array().unwrap().iter().map(|row| row["people_count"].clone()).collect();
        assert_eq!(groups, [json!(1), json!(2), json!(1), json!(0), json!(0)]);
        let stages: Vec<_> =
            figures["stages"].as_array().unwrap().iter().map(|row| row["people_count"].clone()).collect();
        assert_eq!(stages, [json!(2), json!(1), json!(1), json!(2), json!(1)]);
        assert_eq!(figures["points"].as_array().unwrap().last().unwrap()["adoption_rate"], json!(42.86));

        let then = admin.get(&format!("{change}/adoption?as_of=2026-02-24")).await.ok().json;
        assert_eq!(then["figures"]["user_count"], json!(4));
        let later = library.mentee.get(&format!("{change}/adoption?as_of=2026-03-03")).await.is(404);
        later.blames("as_of", "in_the_future");
        let drawn = admin.with("accept", "image/svg+xml").get(&format!("{change}/adoption")).await.ok();
        assert!(String::from_utf8(drawn.body).unwrap().contains("Laju adopsi"));

        // Everybody sees their own steps, a mentor those of mentees too.
        let id = change.rsplit('/').next().unwrap();
        let count = async |client: &Client| {
            client.get(&format!("/adoptions?change_initiative_id={id}")).await.ok().column("id").len()
        };
        assert_eq!((count(&library.mentee).await, count(&library.mentor).await, count(admin).await), (2, 3, 8));
    })
    .await;
}

/// Individual steps are for the person and their mentor, so what everybody reads must not give them away.
#[actix_web::test]
async fn everybody_sees_that_a_change_spreads_but_neither_who_began_nor_who_is_left() {
    each_database(async |app| {
        let library = app.library().await;
        let mut people = seven(&library).await;
        for name in ["Rina", "Dedi", "Yusuf", "Wati"] {
            let new = json!({"name": name, "employment_kind": "non_asn", "unit_id": library.units[1]});
            people.push(library.admin.post("/librarians", new).await.created().id());
        }
        let change = under_way(&library, json!({})).await;
        let days = ["2026-02-02", "2026-02-03", "2026-02-04", "2026-02-09", "2026-02-27", "2026-03-01"];
        for (person, day) in people.iter().zip(days) {
            reached(&library.admin, &change, person, "using", day).await;
        }
        let read = async |day: &str| {
            let answer = library.mentee.get(&format!("{change}/adoption?as_of={day}")).await.ok();
            (answer.json["as_of"].clone(), answer.json["figures"].clone())
        };
        // On the second of March the last month that is over is February: five of eleven.
        let (as_of, figures) = read("2026-03-02").await;
        assert_eq!((&as_of, &figures["user_count"]), (&json!("2026-02-28"), &json!(5)));
        assert_eq!(figures["adoption_rate"], json!(45.45));
        for field in ["median_days_to_adopt", "fastest_days_to_adopt", "slowest_days_to_adopt"] {
            assert_eq!(figures[field], json!(null), "{field}");
        }
        assert_eq!((&figures["stages"], &figures["groups"]), (&json!([]), &json!([])));
        assert_eq!(figures["points"].as_array().unwrap().len(), 1);
        // From one day to the next nothing is to be seen, nor from four people to none.
        assert_eq!(read("2026-02-28").await, read("2026-03-01").await);
        assert_eq!(read("2026-02-27").await.0, json!("2026-01-31"));
        assert_eq!(read("2026-02-27").await.1["user_count"], json!(0));

        // Who is left is not told either, until it is nobody.
        for person in &people[6..10] {
            reached(&library.admin, &change, person, "using", "2026-02-28").await;
        }
        reached(&library.admin, &change, &people[5], "using", "2026-02-28").await;
        assert_eq!(read("2026-03-01").await.1["user_count"], json!(5), "ten of eleven");
        reached(&library.admin, &change, &people[10], "using", "2026-02-28").await;
        assert_eq!(read("2026-03-01").await.1["user_count"], json!(11));
        let drawn = library.mentee.get(&format!("{change}/adoption.svg")).await.ok();
        assert!(String::from_utf8(drawn.body).unwrap().contains("dibulatkan ke bawah"));
    })
    .await;
}

#[actix_web::test]
async fn what_holds_is_recorded_once_and_only_for_whom_the_change_concerns() {
    each_database(async |app| {
        let library = app.library().await;
        let change = under_way(&library, json!({"librarian_ids": [library.mentee.librarian()]})).await;
        let path = format!("{change}/adoptions");
        let sent = join_all((0..5).map(|_| library.mentee.post(&path, json!({"stage": "using"})))).await;
        let mut statuses: Vec<_> = sent.iter().map(|answer| answer.status.as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409, 409, 409, 409]);
        library.other.post(&path, json!({"stage": "using"})).await.is(422).blames("#/librarian_id", "not_concerned");
        let foreign = json!({"librarian_id": library.mentee.librarian(), "stage": "champion"});
        library.other.post(&path, foreign.clone()).await.is(422).blames("#/librarian_id", "no_such_object");
        let report = library.admin.get(&format!("{change}/adoption")).await.ok().json;
        assert_eq!((&report["is_suppressed"], &report["figures"]), (&json!(true), &json!(null)), "one person");
        library.admin.step(&format!("{change}/completion")).await.ok();
        library.admin.post(&path, foreign).await.refused("initiative_closed");
        library.admin.step(&format!("{change}/completion")).await.refused("invalid_transition");
    })
    .await;
}

#[actix_web::test]
async fn what_was_done_is_told_with_what_followed_it() {
    each_database(async |app| {
        let library = app.library().await;
        let people = seven(&library).await;
        let change = under_way(&library, json!({"unit_ids": library.units})).await;
        let demo = json!({"kind": "demonstration", "title": "Hari demo", "held_on": "2026-02-14", "audience": "Semua pegawai"});
        let demo = library.admin.post(&format!("{change}/change-actions"), demo).await.created();
        assert_eq!(demo.json["element"], json!("desire"), "what a demonstration usually answers");
        reached(&library.admin, &change, &people[0], "using", "2026-02-13").await;
        reached(&library.admin, &change, &people[1], "using", "2026-02-20").await;
        reached(&library.admin, &change, &people[2], "using", "2026-03-01").await;
        let report = library.admin.get(&format!("{change}/evaluation")).await.ok().json;
        let step = &report["steps"][0];
        assert_eq!((&step["adoption_rate_before"], &step["adoption_rate_after"]), (&json!(14.29), &json!(42.86)));
        assert_eq!((&step["adoption_rate_change"], &step["followed_until"]), (&json!(28.57), &json!("2026-03-02")));
        assert!(report["note"]["id"].as_str().unwrap().contains("sejalan"));
        library.mentee.get(&format!("{change}/evaluation")).await.is(403);

        let empty = json!({"title": "Katalog baru", "go_live_on": "2026-05-01"});
        let empty = library.admin.post("/change-initiatives", empty).await.created();
        let path = format!("/change-initiatives/{}", empty.id());
        library.admin.delete(&path, empty.tag()).await.no_content();
        let begun = library.admin.get(&change).await.ok();
        library.admin.delete(&change, begun.tag()).await.refused("initiative_closed");
    })
    .await;
}
