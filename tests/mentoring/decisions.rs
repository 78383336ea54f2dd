use futures_util::future::{join, join_all};

use super::stage::Stage;
use crate::support::{each_database, json};

#[actix_web::test]
async fn what_was_accepted_stays_and_what_was_turned_down_does_not_come_again() {
    each_database(async |app| {
        let stage = Stage::of(&app).await;
        let admin = &stage.library.admin;
        let (budi, citra) = (stage.person("Budi", None).await, stage.person("Citra", None).await);
        stage.mentor(&budi, 1, 4, json!({})).await;
        stage.mentor(&citra, 1, 3, json!({})).await;
        let (one, other) = (stage.person("Satu", None).await, stage.person("Dua", None).await);
        let wish = stage.request(&one, 3, json!({"preferred_mentor_ids": [budi]})).await;
        let request = stage.request(&other, 3, json!({"preferred_mentor_ids": [citra]})).await;
        let round = stage.round(json!({})).await;
        stage.executed(&round).await;
        let both = |status| [(json!(one), json!(budi), json!(status)), (json!(other), json!(citra), json!(status))];
        assert_eq!(stage.pairs(&round).await, both("proposed"));
        let waiting = admin.get("/tasks?kind=matching_decision").await.ok().json;
        assert_eq!((&waiting["kinds"][0]["count"], waiting["items"].as_array().unwrap().len()), (&json!(2), 2));

        let pair = stage.pair_of(&round, &one).await;
        let rejected = admin.step(&format!("{pair}/rejection")).await.ok().json;
        assert_eq!((&rejected["status"], &rejected["actions"]), (&json!("rejected"), &json!(["acceptance"])));
        admin.step(&format!("{pair}/rejection")).await.is(409).refused("invalid_transition");
        stage.executed(&round).await;
        // Now the two change mentors: both are matched, though for less.
        let open = admin.get(&format!("{round}/proposals?status=proposed&sort=mentee_id")).await.ok();
        assert_eq!(open.column("mentor_id"), [json!(citra), json!(budi)]);

        // The admin takes the first pair after all: what was proposed in its place goes.
        admin.step(&format!("{pair}/acceptance")).await.ok();
        let accepted = admin.get(&format!("{round}/proposals?mentee_id={one}&status=accepted")).await.ok();
        assert_eq!(accepted.column("mentor_id"), [json!(budi)]);
        let executed = stage.executed(&round).await.json;
        assert_eq!((&executed["matched_count"], &executed["unmatched_count"]), (&json!(2), &json!(0)));
        let kept = admin.get(&format!("{round}/proposals?status=proposed")).await.ok();
        assert_eq!((kept.column("mentee_id"), kept.column("mentor_id")), (vec![json!(other)], vec![json!(citra)]));

        // A pair of the admin's own, in place of the computed one; Budi has one place, so it cannot be published.
        let request_id = request.rsplit('/').next().unwrap();
        let own = json!({"request_id": request_id, "mentor_id": budi});
        let made = admin.post(&format!("{round}/proposals"), own.clone()).await.created();
        assert_eq!((&made.json["source"], &made.json["status"]), (&json!("manual"), &json!("accepted")));
        admin.post(&format!("{round}/proposals"), own).await.is(409).refused("matching_proposal_exists");
        let full = admin.step(&format!("{round}/publication")).await.is(409);
        full.refused("mentors_overloaded").blames("#", "over_capacity");
        admin.step(&format!("/matching-proposals/{}/rejection", made.id())).await.ok();

        // A request that was withdrawn meanwhile gets no pair.
        admin.step(&format!("{wish}/withdrawal")).await.ok();
        admin.step(&format!("{round}/publication")).await.ok();
        assert_eq!(admin.get(&pair).await.ok().json["status"], json!("rejected"));
        assert_eq!(admin.get("/mentorships").await.ok().column("id").len(), 1);
    })
    .await;
}

#[actix_web::test]
async fn no_admin_pairs_a_person_with_themself_their_superior_or_their_mentor() {
    each_database(async |app| {
        let stage = Stage::of(&app).await;
        let (library, admin) = (&stage.library, &stage.library.admin);
        let maria = library.mentor.librarian().to_string();
        stage.mentor(&maria, 5, 4, json!({})).await;
        let below = stage.person("Di bawah", Some(&maria)).await;
        let round = stage.round(json!({})).await;
        for person in [maria.as_str(), &below, &library.mentee.librarian().to_string()] {
            let request = stage.request(person, 3, json!({})).await;
            let pair = json!({"request_id": request.rsplit('/').next().unwrap(), "mentor_id": maria});
            let answer = admin.post(&format!("{round}/proposals"), pair).await.is(422);
            answer.blames("#/mentor_id", "never_a_pair");
        }
        let nobody = json!({"request_id": round.rsplit('/').next().unwrap(), "mentor_id": below});
        let answer = admin.post(&format!("{round}/proposals"), nobody).await.is(422);
        answer.blames("#/request_id", "no_such_object").blames("#/mentor_id", "no_such_object");
    })
    .await;
}

#[actix_web::test]
async fn many_admins_at_once_execute_once_accept_one_pair_a_request_and_never_overload_a_mentor() {
    each_database(async |app| {
        let stage = Stage::of(&app).await;
        let admin = &stage.library.admin;
        let mut mentors = Vec::new();
        for name in ["Budi", "Citra", "Dedi", "Eka"] {
            let mentor = stage.person(name, None).await;
            stage.mentor(&mentor, 1, 4, json!({})).await;
            mentors.push(mentor);
        }
        let person = stage.person("Satu", None).await;
        let request = stage.request(&person, 3, json!({})).await;
        let round = stage.round(json!({})).await;
        let execution = format!("{round}/execution");
        let sent = (0..5).map(|_| admin.step(&execution));
        let answers = join_all(sent).await;
        let refused = answers.iter().filter(|answer| answer.json["code"] == "matching_under_way").count();
        assert_eq!((refused, app.work().await), (4, 1), "{answers:?}");

        let proposals = format!("{round}/proposals");
        let request_id = request.rsplit('/').next().unwrap();
        let own =
            mentors.iter().map(|mentor| admin.post(&proposals, json!({"request_id": request_id, "mentor_id": mentor})));
        let answers = join_all(own).await;
        let made = answers.iter().filter(|answer| answer.status.as_u16() == 201).count();
        let accepted = admin.get(&format!("{proposals}?status=accepted")).await.ok();
        let refused = answers.iter().filter(|answer| answer.json["code"] == "request_has_pair").count();
        // One of the four was proposed by the round itself.
        assert_eq!((made, accepted.column("id").len()), (1, 1), "{answers:?}");
        assert!(refused >= 2, "{answers:?}");

        // Four rounds want the one place of the same mentor.
        let wanted = accepted.column("mentor_id")[0].clone();
        let mut rounds = vec![round];
        for name in ["Dua", "Tiga", "Empat"] {
            let person = stage.person(name, None).await;
            let request = stage.request(&person, 3, json!({})).await;
            let round = stage.round(json!({})).await;
            let pair = json!({"request_id": request.rsplit('/').next().unwrap(), "mentor_id": wanted});
            admin.post(&format!("{round}/proposals"), pair).await.created();
            stage.executed(&round).await;
            rounds.push(round);
        }
        let paths: Vec<_> = rounds.iter().map(|round| format!("{round}/publication")).collect();
        let answers = join_all(paths.iter().map(|path| admin.step(path))).await;
        let published = answers.iter().filter(|answer| answer.status.as_u16() == 200).count();
        let full = answers.iter().filter(|answer| answer.json["code"] == "mentors_overloaded").count();
        assert_eq!((published, full), (1, 3), "{answers:?}");
        let pairs = admin.get(&format!("/mentorships?mentor_id={}", wanted.as_str().unwrap())).await.ok();
        assert_eq!(pairs.column("id").len(), 1);
    })
    .await;
}

#[actix_web::test]
async fn a_decision_that_comes_while_the_round_is_executed_holds() {
    each_database(async |app| {
        let stage = Stage::of(&app).await;
        let admin = &stage.library.admin;
        for index in 0..4 {
            let mentor = stage.person(&format!("Mentor {index}"), None).await;
            stage.mentor(&mentor, 1, 4, json!({})).await;
            let person = stage.person(&format!("Binaan {index}"), None).await;
            stage.request(&person, 3, json!({})).await;
        }
        let round = stage.round(json!({})).await;
        stage.executed(&round).await;
        let mut decided = Vec::new();
        for turn in 0..6 {
            let open =
                admin.get(&format!("{round}/proposals?status=proposed&limit=1")).await.ok().json["items"][0].clone();
            let Some(pair) = open["id"].as_str() else { break };
            let step = if turn % 2 == 0 { "rejection" } else { "acceptance" };
            admin.step(&format!("{round}/execution")).await.is(202);
            let path = format!("/matching-proposals/{pair}/{step}");
            let (_, answer) = join(app.work(), admin.step(&path)).await;
            // Replaced before the decision came, or decided before it was replaced: never both.
            if answer.status.as_u16() == 200 {
                decided.push((open["mentee_id"].clone(), open["mentor_id"].clone(), answer.json["status"].clone()));
            } else {
                answer.is(404);
            }
            app.work().await;
        }
        let seen = stage.executed(&round).await.json;
        let pairs = stage.pairs(&round).await;
        for (mentee, mentor, status) in decided {
            let same: Vec<_> = pairs.iter().filter(|pair| pair.0 == mentee && pair.1 == mentor).collect();
            assert_eq!(same, [&(mentee, mentor, status)]);
        }
        let live = pairs.iter().filter(|pair| pair.2 != "rejected").count();
        assert_eq!(seen["matched_count"], json!(live));
    })
    .await;
}
