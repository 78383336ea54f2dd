use futures_util::future::join_all;

use super::stage::Stage;
use crate::support::{each_database, json};

#[actix_web::test]
async fn most_people_are_matched_each_score_is_explained_and_who_is_left_is_told_what_would_help() {
    each_database(async |app| {
        let stage = Stage::of(&app).await;
        let admin = &stage.library.admin;
        let maria = stage.library.mentor.librarian().to_string();
        let budi = stage.person("Budi", None).await;
        // Maria has a mentee already, so each of the two has one place.
        let time = |from, until| json!({"times": [{"weekday": "monday", "starts_at": from, "ends_at": until}]});
        stage.mentor(&maria, 2, 4, time("09:00", "10:00")).await;
        let profile = stage.mentor(&budi, 1, 2, json!({})).await;
        let mut people = Vec::new();
        for (name, more) in
            [("Siti", json!({"preferred_mentor_ids": [maria]})), ("Tono", time("09:30", "11:00")), ("Wati", json!({}))]
        {
            let person = stage.person(name, None).await;
            stage.request(&person, 2, more).await;
            people.push(person);
        }
        let round = stage.round(json!({})).await;
        let executed = stage.executed(&round).await.json;
        let figures = ["status", "request_count", "mentor_count", "matched_count", "unmatched_count"];
        assert_eq!(figures.map(|name| executed[name].clone()), [json!("executed"), json!(3), json!(2), json!(2), json!(1)]);

        let page = admin.get(&format!("{round}/proposals")).await.ok().json;
        let items = page["items"].as_array().unwrap();
        let mut total = 0;
        for item in items {
            let terms = item["terms"].as_array().unwrap();
            let points: i64 = terms.iter().map(|term| term["points"].as_i64().unwrap()).sum();
            assert_eq!((item["score"].as_i64().unwrap(), terms.len()), (points, 7));
            for term in terms {
                let counted = term["value"].as_i64().unwrap() * term["weight"].as_i64().unwrap();
                assert_eq!(term["points"], json!(counted));
                assert_ne!(term["explanation"]["id"], term["explanation"]["en"]);
            }
            total += points;
        }
        assert_eq!(executed["total_score"], json!(total));
        // Siti wishes for Maria: that counts more than the time that Tono has in common with her.
        let siti = items.iter().find(|item| item["mentee_id"] == people[0]).unwrap();
        assert_eq!((&siti["mentor_id"], &siti["mentor_name"]), (&json!(maria), &json!("Maria")));

        // Tono and Wati fit Budi equally well: the smaller id has him.
        let wati = stage.obstacle(&round, &people[2]).await;
        assert_eq!((&wati["rule"], &wati["mentee_name"]), (&json!("capacity"), &json!("Wati")));
        let relaxation = &wati["relaxation"];
        assert_eq!(relaxation["kind"], "capacity");

        // The same people give the same pairs, as often as it is executed.
        let before = stage.pairs(&round).await;
        assert_eq!(stage.executed(&round).await.json["total_score"], executed["total_score"]);
        assert_eq!(stage.pairs(&round).await, before);

        // What is said to help does, and scores what it is said to score (but for what the larger mentor's load is worth).
        let named = if relaxation["mentor_id"] == json!(maria) {
            admin.get(&format!("/mentor-profiles?librarian_id={maria}")).await.ok().column("id")[0].clone()
        } else {
            json!(profile.rsplit('/').next().unwrap())
        };
        let named = format!("/mentor-profiles/{}", named.as_str().unwrap());
        let weightless = json!({"parameters": {"weights": {"need": 30, "strength": 20, "distance": 15, "availability": 15,
            "wish": 10, "load": 0, "earlier": 5}}});
        let seen = admin.get(&round).await.ok();
        let draft = admin.patch(&round, seen.tag(), weightless).await.ok();
        assert_eq!(draft.json["status"], "draft");
        admin.step(&format!("{round}/publication")).await.is(409).refused("invalid_transition");
        stage.executed(&round).await;
        let promised = stage.obstacle(&round, &people[2]).await["relaxation"]["total_score"].clone();
        let seen = admin.get(&named).await.ok();
        let more = seen.json["capacity"].as_i64().unwrap() + 1;
        admin.patch(&named, seen.tag(), json!({"capacity": more})).await.ok();
        let all = stage.executed(&round).await.json;
        assert_eq!((&all["unmatched_count"], &all["total_score"]), (&json!(0), &promised));
    })
    .await;
}

#[actix_web::test]
async fn accepted_pairs_become_mentorships_at_once_and_everybody_is_told() {
    each_database(async |app| {
        let stage = Stage::of(&app).await;
        let library = &stage.library;
        let maria = library.mentor.librarian().to_string();
        stage.mentor(&maria, 3, 4, json!({})).await;
        let other = library.other.librarian().to_string();
        let request = stage.request(&other, 3, json!({})).await;
        // The present mentee finds nobody: Maria is their mentor already.
        let left = stage.request(&library.mentee.librarian().to_string(), 3, json!({})).await;
        let round = stage.round(json!({})).await;
        stage.executed(&round).await;
        library.admin.step(&format!("{round}/acceptance")).await.ok();
        assert_eq!(stage.pairs(&round).await, [(json!(other), json!(maria), json!("accepted"))]);

        let publication = format!("{round}/publication");
        let sent = (0..4).map(|_| library.admin.step(&publication));
        let mut answers: Vec<_> = join_all(sent).await.iter().map(|answer| answer.status.as_u16()).collect();
        answers.sort_unstable();
        assert_eq!(answers, [200, 409, 409, 409]);
        let pairs = library.other.get(&format!("/mentorships?mentee_id={other}")).await.ok();
        assert_eq!(pairs.column("mentor_id"), [json!(maria)]);
        let matched = library.other.get(&request).await.ok().json;
        assert_eq!((&matched["status"], &matched["mentorship_id"]), (&json!("matched"), &pairs.column("id")[0]));
        let pair = library.admin.get(&stage.pair_of(&round, &other).await).await.ok().json;
        assert_eq!((&pair["mentorship_id"], &pair["actions"]), (&matched["mentorship_id"], &json!([])));

        let told = library.mentee.get(&left).await.ok().json;
        assert_eq!((&told["status"], &told["obstacle"]["rule"]), (&json!("open"), &json!("already_paired")));
        assert_eq!((&told["obstacle"]["relaxation"], &told["mentorship_id"]), (&json!(null), &json!(null)));
        let events = app.events_of(&["mentoring_request"]).await;
        for name in ["mentoring_request.matched", "mentoring_request.unmatched"] {
            assert_eq!(events.iter().filter(|event| *event == name).count(), 1, "{events:?}");
        }
        for step in ["execution", "acceptance", "cancellation"] {
            library.admin.step(&format!("{round}/{step}")).await.is(409).refused("invalid_transition");
        }
        let seen = library.admin.get(&round).await.ok();
        let late = library.admin.patch(&round, seen.tag(), json!({"title": "Lain"})).await;
        late.is(409).refused("matching_round_closed");
    })
    .await;
}

#[actix_web::test]
async fn the_rule_in_the_way_is_named_with_the_cheapest_thing_that_would_help() {
    each_database(async |app| {
        let stage = Stage::of(&app).await;
        let admin = &stage.library.admin;
        let budi = stage.person("Budi", None).await;
        stage.mentor(&budi, 9, 3, json!({"languages": ["id"]})).await;
        let left = async |name: &str, level: i32, superior: Option<&str>, more| {
            let person = stage.person(name, superior).await;
            stage.request(&person, level, more).await;
            person
        };
        let below = left("Di bawah", 3, Some(&budi), json!({})).await;
        let foreign = left("Bahasa", 3, None, json!({"languages": ["en", "zh"]})).await;
        let apart = left("Terpisah", 3, None, json!({})).await;
        let mut elsewhere = json!({"goals": [{"competency_id": stage.library.asked_of(&stage.library.mentee).await[1].0,
            "level": 2}]});
        let unknown = left("Lain", 3, None, elsewhere.take()).await;
        let (done, far) = (stage.person("Selesai", None).await, stage.person("Jauh", None).await);
        for (person, level) in [(&done, 4), (&far, 3)] {
            let new = json!({"librarian_id": person, "competency_id": stage.competency, "method": "assessor",
                "level": level, "assessed_on": "2026-02-10"});
            let path = format!("/assessments/{}", admin.post("/assessments", new).await.created().id());
            admin.step(&format!("{path}/submission")).await.ok();
            admin.step(&format!("{path}/confirmation")).await.ok();
            stage.request(person, 4, json!({})).await;
        }
        let own = stage.request(&budi, 4, json!({})).await;
        let excluded = json!({"excluded_pairs": [{"mentee_id": apart, "mentor_id": budi}]});
        let round = stage.round(excluded).await;
        let executed = stage.executed(&round).await.json;
        assert_eq!((&executed["matched_count"], &executed["unmatched_count"]), (&json!(0), &json!(7)));
        for (person, rule, kind) in [
            (&below, "superior", Some("superior")),
            (&foreign, "no_common_language", Some("language")),
            (&apart, "excluded", Some("exclusion")),
            (&unknown, "no_common_competency", None),
            (&done, "goals_reached", None),
            (&far, "no_level_distance", None),
            (&budi, "no_mentor", None),
        ] {
            let obstacle = stage.obstacle(&round, person).await;
            assert_eq!(
                (&obstacle["rule"], &obstacle["relaxation"]["kind"]),
                (&json!(rule), &json!(kind)),
                "{obstacle}"
            );
            if kind.is_some() {
                assert_eq!(obstacle["relaxation"]["mentor_id"], json!(budi));
                assert!(obstacle["relaxation"]["total_score"].as_i64() > Some(0));
            }
        }
        let superiors = admin.get(&format!("{round}/unmatched?rule=superior")).await.ok();
        assert_eq!(superiors.column("mentee_id"), [json!(below)]);

        // Budi is assessed at level 5: he could offer that.
        let new = json!({"librarian_id": budi, "competency_id": stage.competency, "method": "assessor", "level": 5,
            "assessed_on": "2026-02-10"});
        let path = format!("/assessments/{}", admin.post("/assessments", new).await.created().id());
        admin.step(&format!("{path}/submission")).await.ok();
        admin.step(&format!("{path}/confirmation")).await.ok();
        stage.executed(&round).await;
        assert_eq!(stage.obstacle(&round, &far).await["relaxation"]["kind"], json!("offer"));
        assert_eq!(stage.obstacle(&round, &budi).await["rule"], json!("no_mentor"));

        // Who is kept apart by an admin is told the rule, and not from whom.
        let reader = app.account("apart@test.example", "Terpisah", false, false, apart.parse().ok()).await;
        admin.step(&format!("{round}/publication")).await.ok();
        let mine = reader.get("/mentoring-requests").await.ok().json["items"][0].clone();
        assert_eq!((&mine["obstacle"]["rule"], &mine["obstacle"]["relaxation"]), (&json!("excluded"), &json!(null)));
        assert_eq!(admin.get(&own).await.ok().json["obstacle"]["rule"], json!("no_mentor"));
    })
    .await;
}

#[actix_web::test]
async fn the_head_of_the_unit_is_the_superior_of_whoever_has_no_other() {
    each_database(async |app| {
        let stage = Stage::of(&app).await;
        let admin = &stage.library.admin;
        let head = stage.person("Kepala", None).await;
        let unit = format!("/units/{}", stage.library.units[0]);
        let seen = admin.get(&unit).await.ok();
        admin.patch(&unit, seen.tag(), json!({"head_id": head})).await.ok();
        stage.mentor(&head, 3, 4, json!({})).await;
        let below = stage.person("Di bawah", None).await;
        let request = stage.request(&below, 3, json!({})).await;
        let round = stage.round(json!({})).await;
        stage.executed(&round).await;
        let obstacle = stage.obstacle(&round, &below).await;
        assert_eq!((&obstacle["rule"], &obstacle["relaxation"]["kind"]), (&json!("superior"), &json!("superior")));
        let pair = json!({"request_id": request.rsplit('/').next().unwrap(), "mentor_id": head});
        let answer = admin.post(&format!("{round}/proposals"), pair).await.is(422);
        answer.blames("#/mentor_id", "never_a_pair");

        // Kept apart besides: both are named, and who is kept apart by an admin reads of neither.
        let seen = admin.get(&round).await.ok();
        let apart = json!({"parameters": {"excluded_pairs": [{"mentee_id": below, "mentor_id": head}]}});
        admin.patch(&round, seen.tag(), apart).await.ok();
        stage.executed(&round).await;
        let relaxation = stage.obstacle(&round, &below).await["relaxation"].clone();
        assert_eq!((&relaxation["kind"], &relaxation["also"]), (&json!("exclusion"), &json!("superior")));
        let reader = app.account("below@test.example", "Di bawah", false, false, below.parse().ok()).await;
        admin.step(&format!("{round}/publication")).await.ok();
        let mine = reader.get(&request).await.ok().json;
        assert_eq!((&mine["obstacle"]["rule"], &mine["obstacle"]["relaxation"]), (&json!("superior"), &json!(null)));

        // Whom somebody else leads has no superior in the head.
        let led = stage.person("Dipimpin lain", Some(&below)).await;
        stage.request(&led, 3, json!({})).await;
        let round = stage.round(json!({})).await;
        assert_eq!(stage.executed(&round).await.json["matched_count"], 1);
    })
    .await;
}
