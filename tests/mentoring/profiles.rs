use futures_util::future::join_all;
use serde_json::Value;

use crate::support::people::Library;
use crate::support::{each_database, json};

async fn offer(library: &Library, level: i32) -> Value {
    let competency = library.asked_of(&library.mentee).await[0].0.clone();
    json!({"competencies": [{"competency_id": competency, "level": level}], "capacity": 2, "languages": ["id"],
        "times": [{"weekday": "tuesday", "starts_at": "09:00", "ends_at": "11:30"}]})
}

#[actix_web::test]
async fn a_mentor_writes_their_own_profile_once_however_often_it_is_sent_and_everybody_reads_it() {
    each_database(async |app| {
        let library = app.library().await;
        let new = offer(&library, 4).await;
        let sent = (0..5).map(|_| library.mentor.post("/mentor-profiles", new.clone()));
        let mut answers: Vec<_> = join_all(sent).await.iter().map(|answer| answer.status.as_u16()).collect();
        answers.sort_unstable();
        assert_eq!(answers, [201, 409, 409, 409, 409]);
        let again = library.mentor.post("/mentor-profiles", new.clone()).await.is(409);
        again.refused("mentor_profile_exists");

        let listed = library.other.get(&format!("/mentor-profiles?librarian_id={}", library.mentor.librarian())).await;
        let profile = listed.ok().json["items"][0].clone();
        // The pair that the library has already takes one of the two places.
        assert_eq!((&profile["capacity"], &profile["places_taken"]), (&json!(2), &json!(1)));
        let path = format!("/mentor-profiles/{}", profile["id"].as_str().unwrap());
        let seen = library.other.get(&path).await.ok();
        library.other.patch(&path, seen.tag(), json!({"capacity": 5})).await.is(404);
        let paused = library.mentor.patch(&path, seen.tag(), json!({"is_active": false, "about": "Cuti"})).await.ok();
        assert_eq!((&paused.json["is_active"], &paused.json["about"]), (&json!(false), &json!("Cuti")));
        library.mentor.patch(&path, seen.tag(), json!({"capacity": 5})).await.is(412);
        library.admin.patch(&path, paused.tag(), json!({"about": null})).await.ok();

        let for_other = json!({"librarian_id": library.other.librarian(), "capacity": 1,
            "competencies": new["competencies"]});
        library
            .mentor
            .post("/mentor-profiles", for_other.clone())
            .await
            .is(422)
            .blames("#/librarian_id", "no_such_object");
        library.admin.post("/mentor-profiles", for_other).await.created();
        library.admin.post("/mentor-profiles", new).await.is(409).refused("no_professional_record");
        assert_eq!(library.mentee.get("/mentor-profiles?is_active=false").await.ok().column("capacity"), [json!(2)]);
    })
    .await;
}

#[actix_web::test]
async fn what_a_profile_says_must_hold_together() {
    each_database(async |app| {
        let library = app.library().await;
        let mut wrong = offer(&library, 4).await;
        wrong["competencies"] = json!([wrong["competencies"][0], wrong["competencies"][0]]);
        wrong["times"] = json!([{"weekday": "friday", "starts_at": "14:00", "ends_at": "13:00"}]);
        let answer = library.mentor.post("/mentor-profiles", wrong.clone()).await.is(422);
        answer
            .blames("#/competencies/1/competency_id", "repeated")
            .blames("#/times/0/ends_at", "ends_before_it_begins");
        wrong["times"][0]["starts_at"] = json!("13:10");
        let answer = library.mentor.post("/mentor-profiles", wrong.clone()).await.is(422);
        answer.blames("#/times/0/starts_at", "not_valid");
        let unit = library.admin.get("/competencies?kind=area&limit=1").await.ok().column("id")[0].clone();
        wrong["competencies"] = json!([{"competency_id": unit, "level": 3}]);
        wrong["times"] = json!([]);
        let answer = library.mentor.post("/mentor-profiles", wrong).await.is(422);
        answer.blames("#/competencies/0/competency_id", "not_assessable");
    })
    .await;
}

#[actix_web::test]
async fn mentors_with_room_are_recommended_to_whom_their_competency_is_missing() {
    each_database(async |app| {
        let library = app.library().await;
        let profile = library.mentor.post("/mentor-profiles", offer(&library, 4).await).await.created();
        let mentors = async |person: &crate::support::Client| {
            let answer = person.get(&format!("/librarians/{}/recommendations", person.librarian())).await.ok();
            let items = answer.json["items"].as_array().unwrap().clone();
            let mentors = items.into_iter().filter(|item| item["kind"] == "mentor");
            mentors.map(|item| item["subject_id"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(mentors(&library.other).await, [json!(library.mentor.librarian())]);
        // Whose mentor they are already needs no recommendation.
        assert_eq!(mentors(&library.mentee).await, Vec::<Value>::new());
        let path = format!("/mentor-profiles/{}", profile.id());
        let full = library.mentor.patch(&path, profile.tag(), json!({"capacity": 1})).await.ok();
        assert_eq!(mentors(&library.other).await, Vec::<Value>::new());
        let open = library.mentor.patch(&path, full.tag(), json!({"capacity": 3})).await.ok();
        assert_eq!(mentors(&library.other).await.len(), 1);
        library.mentor.patch(&path, open.tag(), json!({"is_active": false})).await.ok();
        assert_eq!(mentors(&library.other).await, Vec::<Value>::new());
    })
    .await;
}

#[actix_web::test]
async fn what_was_named_before_stays_when_its_framework_is_retired() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee, admin) = (&library.mentor, &library.mentee, &library.admin);
        let new = offer(&library, 4).await;
        let profile = mentor.post("/mentor-profiles", new.clone()).await.created();
        let request = mentee.post("/mentoring-requests", json!({"goals": new["competencies"]})).await.created();
        let other = library.asked_of(mentee).await[1].0.clone();
        let framework = admin.get("/frameworks").await.ok().column("id")[0].clone();
        admin.step(&format!("/frameworks/{}/retirement", framework.as_str().unwrap())).await.ok();

        let path = format!("/mentor-profiles/{}", profile.id());
        let paused = mentor.patch(&path, profile.tag(), json!({"is_active": false})).await.ok();
        let wish = format!("/mentoring-requests/{}", request.id());
        mentee.patch(&wish, request.tag(), json!({"note": "Naskah"})).await.ok();
        let more = json!({"competencies": [new["competencies"][0], {"competency_id": other, "level": 2}]});
        let answer = mentor.patch(&path, paused.tag(), more).await.is(422);
        answer.blames("#/competencies/1/competency_id", "not_assessable");
    })
    .await;
}
