use futures_util::future::join_all;

use crate::support::{each_database, json};

#[actix_web::test]
async fn a_goal_keeps_the_level_it_began_at_and_shows_how_far_it_has_come() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee) = (&library.mentor, &library.mentee);
        let pair = format!("/mentorships/{}", library.mentorship);
        let competency = library.asked_of(mentee).await[0].0.clone();
        library.assessed(mentee, &competency, 2, "2026-02-10", None).await;
        let new = json!({"competency_id": competency, "target_level": 3, "due_on": "2026-10-30"});
        let path = format!("{pair}/goals");
        let tried = join_all((0..4).map(|_| mentor.post(&path, new.clone()))).await;
        let refused = tried.iter().filter(|answer| answer.json["code"] == "mentorship_goal_exists").count();
        let goal = tried.into_iter().find(|answer| answer.status == 201).unwrap();
        assert_eq!(refused, 3);
        assert_eq!((&goal.json["start_level"], &goal.json["current_level"]), (&json!(2), &json!(2)));
        let path = format!("/mentorship-goals/{}", goal.id());
        let unknown = json!({"competency_id": library.mentorship, "target_level": 3});
        mentee.post(&format!("{pair}/goals"), unknown).await.is(422).blames("#/competency_id", "not_assessable");
        library.other.get(&path).await.is(404);

        library.assessed(mentee, &competency, 3, "2026-03-01", None).await;
        let half = mentee.patch(&path, goal.tag(), json!({"progress_percent": 60})).await.ok();
        assert_eq!((&half.json["progress_percent"], &half.json["current_level"]), (&json!(60), &json!(3)));
        for (day, fault) in [("2026-03-03", "in_the_future"), ("2026-01-11", "outside_mentorship")] {
            mentee.patch(&path, half.tag(), json!({"achieved_on": day})).await.is(422).blames("#/achieved_on", fault);
        }
        let done = mentor.patch(&path, half.tag(), json!({"achieved_on": "2026-03-01"})).await.ok();
        assert_eq!(done.json["progress_percent"], 100);
        assert_eq!(mentee.get(&format!("{pair}/goals?is_achieved=true")).await.ok().column("id"), [goal.id()]);
        assert_eq!(mentee.get(&format!("{pair}/goals?is_achieved=false")).await.ok().column("id").len(), 0);
        mentee.delete(&path, done.tag()).await.no_content();
        mentee.get(&path).await.is(404);
    })
    .await;
}
