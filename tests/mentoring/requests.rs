use futures_util::future::join_all;

use super::stage::Stage;
use crate::support::{each_database, json};

#[actix_web::test]
async fn a_person_has_one_open_request_however_often_it_is_sent_and_may_ask_again_when_it_is_over() {
    each_database(async |app| {
        let stage = Stage::of(&app).await;
        let (library, mentee) = (&stage.library, &stage.library.mentee);
        let wish = json!({"goals": [{"competency_id": stage.competency, "level": 3}],
            "preferred_mentor_ids": [library.mentor.librarian()], "languages": ["id"], "note": "Naskah"});
        let sent = (0..5).map(|_| mentee.post("/mentoring-requests", wish.clone()));
        let answers = join_all(sent).await;
        let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status.as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409, 409, 409, 409]);
        mentee.post("/mentoring-requests", wish.clone()).await.is(409).refused("mentoring_request_open");
        let request = answers.into_iter().find(|answer| answer.status.as_u16() == 201).unwrap();
        assert_eq!((&request.json["status"], &request.json["actions"]), (&json!("open"), &json!(["withdrawal"])));
        let path = format!("/mentoring-requests/{}", request.id());

        // A wish is for oneself and admins to read: not for colleagues, and not for the present mentor.
        library.other.get(&path).await.is(404);
        library.mentor.get(&path).await.is(404);
        let seen = library.admin.get(&path).await.ok();
        assert_eq!(seen.json["actions"], json!(["withdrawal", "closure"]));
        let changed = mentee.patch(&path, seen.tag(), json!({"note": null, "preferred_mentor_ids": []})).await.ok();
        assert_eq!((&changed.json["note"], &changed.json["preferred_mentor_ids"]), (&json!(null), &json!([])));
        mentee.patch(&path, seen.tag(), json!({"note": "Lain"})).await.is(412);

        mentee.step(&format!("{path}/withdrawal")).await.ok();
        mentee.step(&format!("{path}/withdrawal")).await.is(409).refused("invalid_transition");
        let over = mentee.get(&path).await.ok();
        mentee.patch(&path, over.tag(), json!({"note": "x"})).await.is(409).refused("mentoring_request_closed");
        let again = format!("/mentoring-requests/{}", mentee.post("/mentoring-requests", wish).await.created().id());
        let why = json!({"reason": "Dibantu kepala unit"});
        mentee.post(&format!("{again}/closure"), why.clone()).await.is(403);
        let closed = library.admin.post(&format!("{again}/closure"), why).await.ok().json;
        assert_eq!((&closed["status"], &closed["reason"]), (&json!("closed"), &json!("Dibantu kepala unit")));
        let mine = mentee.get("/mentoring-requests?status=withdrawn,closed").await.ok();
        assert_eq!(mine.column("status"), [json!("closed"), json!("withdrawn")]);
        assert_eq!(library.other.get("/mentoring-requests").await.ok().column("id").len(), 0);
    })
    .await;
}

#[actix_web::test]
async fn what_a_request_says_must_hold_together() {
    each_database(async |app| {
        let stage = Stage::of(&app).await;
        let (library, mentee) = (&stage.library, &stage.library.mentee);
        let goal = json!({"competency_id": stage.competency, "level": 3});
        let wishes =
            json!([mentee.librarian(), library.mentor.librarian(), library.mentor.librarian(), library.units[0]]);
        let wrong = json!({"goals": [goal, goal], "preferred_mentor_ids": wishes,
            "times": [{"weekday": "monday", "starts_at": "10:00", "ends_at": "10:00"}]});
        mentee
            .post("/mentoring-requests", wrong)
            .await
            .is(422)
            .blames("#/goals/1/competency_id", "repeated")
            .blames("#/preferred_mentor_ids/0", "oneself")
            .blames("#/preferred_mentor_ids/2", "repeated")
            .blames("#/preferred_mentor_ids/3", "no_such_object")
            .blames("#/times/0/ends_at", "ends_before_it_begins");
        let for_other = json!({"librarian_id": library.other.librarian(), "goals": [goal]});
        mentee.post("/mentoring-requests", for_other).await.is(422).blames("#/librarian_id", "no_such_object");
    })
    .await;
}
