use crate::support::{each_database, json};

const MORNING: &[(&str, &str)] = &[("2026-03-10T01:00:00Z", "2026-03-10T05:00:00Z")];

#[actix_web::test]
async fn an_attendance_list_is_read_printed_and_downloaded() {
    each_database(async |app| {
        let library = app.library().await;
        let more = json!({"title": "Lokakarya <script>alert(1)</script>", "staff_ids": [library.mentor.librarian()]});
        let activity = library.activity(more, MORNING).await;
        for person in [&library.mentee, &library.other] {
            person.post(&format!("/activities/{activity}/registrations"), json!({})).await.created();
        }
        let path = format!("/activities/{activity}/attendance-list");
        let list = library.mentor.get(&path).await.ok();
        let people = list.json["people"].as_array().unwrap();
        let names: Vec<_> = people.iter().map(|person| person["name"].clone()).collect();
        assert_eq!(names, [json!("Agnes"), json!("Rizky")]);
        assert_eq!(people[0]["presence"], json!([null]));
        library.mentee.get(&path).await.is(404);
        library.mentee.get(&format!("{path}.html")).await.is(404);
        let page = library.mentor.with("accept", "text/html").get(&path).await.ok();
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
        let text = String::from_utf8(page.body).unwrap();
        assert!(text.contains("DAFTAR HADIR") && text.contains("Selasa, 10 Maret 2026, 08.00-12.00 WIB"), "{text}");
        assert!(text.contains("Agnes") && text.contains("&lt;script&gt;") && !text.contains("<script"), "{text}");
        assert_eq!(library.admin.get(&format!("{path}.html")).await.ok().body, text.into_bytes());
        let session = list.json["sessions"][0]["session_id"].as_str().unwrap().to_owned();
        let came = json!({"items": [{"registration_id": people[0]["registration_id"], "is_present": true}]});
        library.mentor.post(&format!("/activity-sessions/{session}/attendance"), came).await.ok();
        let table = library.mentor.with("accept-language", "en").get(&format!("{path}.csv")).await.ok();
        let table = String::from_utf8(table.body).unwrap();
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines[0], "number,name,unit,position,2026-03-10 08:00");
        assert!(lines[1].starts_with("1,Agnes,SATU,") && lines[1].ends_with(",present"), "{table}");
        assert!(lines[2].starts_with("2,Rizky,SATU,") && lines[2].ends_with(','), "{table}");
    })
    .await;
}

#[actix_web::test]
async fn who_has_a_seat_is_sent_with_a_letter() {
    each_database(async |app| {
        let library = app.library().await;
        let settings = library.admin.get("/settings").await.ok();
        let said = json!({"name": "Perpustakaan \"Kota\"", "letterhead": "PEMERINTAH KOTA\nDINAS", "signatory_name": "Lim & Bong"});
        library.admin.patch("/settings", settings.tag(), said).await.ok();
        let more = json!({"title": "Bimtek <b>SLiMS</b>", "kind": "training", "credit_hours": 4.5, "capacity": 1});
        let activity = library.activity(more, MORNING).await;
        let path = format!("/activities/{activity}/registrations");
        let seat = library.mentee.post(&path, json!({})).await.created();
        let waiting = library.other.post(&path, json!({})).await.created();
        let letter = format!("/registrations/{}/assignment-letter", seat.id());
        let page = library.mentee.get(&letter).await.ok();
        let text = String::from_utf8(page.body).unwrap();
        for told in [
            "SURAT TUGAS",
            "Rizky",
            "Pelatihan: Bimtek &lt;b&gt;SLiMS&lt;/b&gt;",
            "4.5 JP",
            "Lim &amp; Bong",
            "PEMERINTAH KOTA<br>DINAS",
            "Perpustakaan &quot;Kota&quot;",
        ] {
            assert!(text.contains(told), "{told} is not in {text}");
        }
        library.admin.get(&letter).await.ok();
        library.mentor.get(&letter).await.is(404);
        library.other.get(&letter).await.is(404);
        let letter = format!("/registrations/{}/assignment-letter", waiting.id());
        library.other.get(&letter).await.is(404).refused("no_seat");
    })
    .await;
}
