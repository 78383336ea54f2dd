use serde_json::Value;

use super::asked::{Survey, question, question_of};
use crate::support::{each_database, json};

fn given(answers: &[(&str, Value)]) -> Vec<(String, Value)> {
    answers.iter().map(|(code, value)| ((*code).to_owned(), value.clone())).collect()
}

#[actix_web::test]
async fn nothing_is_told_before_the_close() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = library.admin.clone();
        let questions = vec![question("Q", "likert_5", &[], &["csat"]), question("WORDS", "text", &[], &[])];
        let survey = Survey::of(&app, &admin, "OPEN", questions).await;
        for _ in 0..6 {
            survey.answer(&given(&[("Q", json!(4)), ("WORDS", json!("Baik"))])).await;
        }
        let comments = format!("/campaigns/{}/comments", survey.id);
        let paths = [
            survey.results(),
            format!("{}.csv", survey.results()),
            format!("{}.svg", survey.results()),
            format!("{}/verification", survey.results()),
        ];
        for path in &paths {
            admin.get(path).await.is(404).refused("results_not_frozen").blames("campaign_id", "not_counted");
        }
        assert_eq!(admin.get(&comments).await.ok().json["items"], json!([]));
        survey.close().await;
        for path in &paths {
            admin.get(path).await.ok();
        }
        assert_eq!(admin.get(&comments).await.ok().column("text").len(), 6);
        let mentor = &library.mentor;
        mentor.get(&survey.results()).await.is(403);
        mentor.get(&comments).await.is(403);
        for path in [survey.published(), format!("{}.csv", survey.published()), format!("{}.svg", survey.published())] {
            app.anonymous().get(&path).await.is(404);
        }
    })
    .await;
}

#[actix_web::test]
async fn of_four_people_nothing_is_told_and_of_five_what_they_answered() {
    each_database(async |app| {
        let admin = app.admin().await;
        let questions = || {
            vec![
                question("Q", "likert_5", &[], &["csat"]),
                question("SEX", "single", &["F", "M"], &["demographic_sex"]),
                question("WORDS", "text", &[], &[]),
            ]
        };
        let person = |value: i32| given(&[("Q", json!(value)), ("SEX", json!("F")), ("WORDS", json!("Terima kasih"))]);
        let few = Survey::of(&app, &admin, "FEW", questions()).await.answered(&[4, 5, 1, 2].map(person)).await;
        let results = admin.get(&few.results()).await.ok().json;
        assert_eq!(
            (&results["overall"]["answered_count"], &results["profile"][0]["is_withheld"]),
            (&Value::Null, &json!(true))
        );
        let withheld = question_of(&results["overall"], "Q");
        assert_eq!(
            (&withheld["is_withheld"], &withheld["mean"], &withheld["answers"]),
            (&json!(true), &Value::Null, &json!([]))
        );
        assert_eq!(admin.get(&format!("/campaigns/{}/comments", few.id)).await.ok().json["items"], json!([]));

        let enough = Survey::of(&app, &admin, "ENOUGH", questions()).await.answered(&[4, 5, 1, 2, 4].map(person)).await;
        let told = enough.question("Q").await;
        assert_eq!((&told["mean"], &told["median"], &told["csat"]), (&json!(3.2), &json!(4.0), &json!(60.0)));
        let comments = admin.get(&format!("/campaigns/{}/comments", enough.id)).await.ok();
        assert_eq!(comments.column("text"), vec![json!("Terima kasih"); 5]);
        enough.publish().await;
        let published = app.anonymous().get(&enough.published()).await.ok().json;
        assert_eq!(published["threshold"], 10);
        assert_eq!(question_of(&published["overall"], "Q")["is_withheld"], true, "the public is told of ten or nobody");
    })
    .await;
}

#[actix_web::test]
async fn minors_and_sensitive_matters_ask_for_ten() {
    each_database(async |app| {
        let admin = app.admin().await;
        for (code, field) in [("MINORS", "asks_minors"), ("SENSITIVE", "is_sensitive")] {
            let mut new = json!({"code": code, "title": {"id": code, "en": code}, "intro": null,
                "questions": [question("Q", "likert_5", &[], &["csat"])], "is_sensitive": false, "asks_minors": false});
            new[field] = json!(true);
            let written = admin.post("/questionnaires", new).await.created().id();
            admin.step(&format!("/questionnaires/{written}/publication")).await.ok();
            for (count, is_withheld) in [(9, true), (10, false)] {
                let people = vec![given(&[("Q", json!(4))]); count];
                let survey = Survey::again(&app, &admin, &written).await.answered(&people).await;
                assert_eq!(survey.question("Q").await["is_withheld"], is_withheld, "{code} {count}");
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn eleven_promoters_and_three_detractors_of_twenty_are_forty() {
    each_database(async |app| {
        let admin = app.admin().await;
        let questions = vec![
            question("MATERIAL", "likert_5", &[], &["reaction_material"]),
            question("SPEAKER", "likert_5", &[], &["reaction_speaker"]),
            question("NPS", "scale_0_10", &[], &["nps"]),
            question("WHY", "multiple", &["TOPIC", "PLACE"], &[]),
            question("HOURS", "number", &[], &[]),
        ];
        let people: Vec<_> = (0..20)
            .map(|place| {
                let nps = if place < 11 {
                    9
                } else if place < 14 {
                    6
                } else {
                    8
                };
                given(&[
                    ("MATERIAL", json!(if place < 15 { 5 } else { 3 })),
                    ("SPEAKER", json!(4)),
                    ("NPS", json!(nps)),
                    ("WHY", if place % 2 == 0 { json!(["TOPIC"]) } else { json!(["PLACE", "TOPIC"]) }),
                    ("HOURS", json!(1.25)),
                ])
            })
            .collect();
        let survey = Survey::of(&app, &admin, "REACTION", questions).await.answered(&people).await;
        let overall = admin.get(&survey.results()).await.ok().json["overall"].clone();
        // 15 times 5, 5 times 3, 20 times 4: 170 of 40 answers; 35 of 40 are 4 or 5.
        assert_eq!(overall["reaction"], json!({"mean": 4.25, "csat": 87.5, "nps": 40.0}));
        assert_eq!(question_of(&overall, "NPS")["nps"], json!(40.0));
        let why = question_of(&overall, "WHY");
        let counts: Vec<_> =
            why["answers"].as_array().unwrap().iter().map(|one| (one["count"].clone(), one["share"].clone())).collect();
        assert_eq!(counts, [(json!(20), json!(100.0)), (json!(10), json!(50.0))]);
        assert_eq!(question_of(&overall, "HOURS")["mean"], json!(1.25));
    })
    .await;
}

#[actix_web::test]
async fn a_change_shows_its_barrier_and_how_ready_people_are() {
    each_database(async |app| {
        let admin = app.admin().await;
        let elements = ["awareness", "desire", "knowledge", "ability", "reinforcement"];
        let mut questions: Vec<_> = elements
            .iter()
            .map(|name| question(&name.to_uppercase(), "likert_5", &[], &[&format!("adkar_{name}")]))
            .collect();
        questions.push(question("COMMITTED", "likert_5", &[], &["readiness_commitment"]));
        questions.push(question("ABLE", "likert_5", &[], &["readiness_efficacy"]));
        let person = |scores: [i32; 5]| {
            let mut answers: Vec<_> =
                elements.iter().zip(scores).map(|(name, score)| (name.to_uppercase(), json!(score))).collect();
            answers.push(("COMMITTED".to_owned(), json!(3)));
            answers.push(("ABLE".to_owned(), json!(4)));
            answers
        };
        let people: Vec<_> =
            [[4, 3, 2, 2, 1], [4, 3, 2, 2, 1], [2, 5, 5, 5, 5], [4, 4, 4, 4, 4], [5, 5, 5, 5, 3], [4, 4, 3, 4, 4]]
                .map(person)
                .to_vec();
        let survey = Survey::of(&app, &admin, "CHANGE", questions).await.answered(&people).await;
        let overall = admin.get(&survey.results()).await.ok().json["overall"].clone();
        let change = &overall["adkar"];
        let counted: Vec<_> = change["people"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["element"].clone(), one["count"].clone()))
            .collect();
        assert_eq!(
            counted,
            [
                (json!("awareness"), json!(1)),
                (json!("desire"), json!(2)),
                (json!("knowledge"), json!(1)),
                (json!("ability"), json!(0)),
                (json!("reinforcement"), json!(1)),
                (Value::Null, json!(1))
            ]
        );
        // Means 3.8333, 4, 3.5, 3.6667 and 3: the last one stops.
        assert_eq!((&change["barrier"], &change["resistance_share"]), (&json!("reinforcement"), &json!(50.0)));
        assert_eq!(overall["readiness"], json!({"index": 62.5, "band": "partly_ready"}));
    })
    .await;
}

#[actix_web::test]
async fn a_barrier_is_told_where_nobody_can_subtract_it() {
    each_database(async |app| {
        let admin = app.admin().await;
        let elements = ["AWARENESS", "DESIRE", "KNOWLEDGE", "ABILITY", "REINFORCEMENT"];
        let asked = || {
            let asked = |code: &&str| question(code, "likert_5", &[], &[&format!("adkar_{}", code.to_lowercase())]);
            elements.iter().map(asked).collect::<Vec<_>>()
        };
        // Five answer everything, so many more the first element alone: what these say is the difference.
        for (more, is_told) in [(0, true), (1, false), (4, false), (5, true)] {
            let mut people: Vec<Vec<(String, Value)>> = (0..5)
                .map(|place| elements.iter().map(|code| ((*code).to_owned(), json!(1 + place % 5))).collect())
                .collect();
            people.extend((0..more).map(|_| given(&[("AWARENESS", json!(2))])));
            let survey = Survey::of(&app, &admin, &format!("CHANGE-{more}"), asked()).await.answered(&people).await;
            let results = admin.get(&survey.results()).await.ok().json;
            let (change, scale) = (&results["overall"]["adkar"], &results["reliability"][0]);
            assert_eq!(change["elements"].as_array().unwrap().len(), 5);
            let told =
                [&change["answered_count"], &change["resistance_share"], &scale["answered_count"], &scale["alpha"]];
            assert_eq!(told.map(|figure| !figure.is_null()), [is_told; 4], "{more} more");
            assert_eq!(change["people"].as_array().unwrap().len(), if is_told { 6 } else { 0 });
        }
    })
    .await;
}

#[actix_web::test]
async fn a_breakdown_is_the_same_as_data_as_a_table_and_as_a_picture() {
    each_database(async |app| {
        let admin = app.admin().await;
        let questions = vec![
            question("Q", "likert_5", &["1", "5"], &["csat"]),
            question("SEX", "single", &["F", "M"], &["demographic_sex"]),
            question("AGE", "single", &["YOUNG", "OLD", "OLDER"], &["demographic_age_band"]),
        ];
        let people: Vec<_> = (0..40)
            .map(|place| {
                let age = if place % 4 == 0 {
                    "YOUNG"
                } else if place == 1 {
                    "OLDER"
                } else {
                    "OLD"
                };
                given(&[
                    ("Q", json!(1 + place % 5)),
                    ("SEX", json!(if place % 2 == 0 { "F" } else { "M" })),
                    ("AGE", json!(age)),
                ])
            })
            .collect();
        let survey = Survey::of(&app, &admin, "BROKEN-DOWN", questions).await.answered(&people).await;
        survey.publish().await;
        let by = admin.get(&format!("{}?by=age_band", survey.results())).await.ok().json;
        let groups = by["groups"].as_array().unwrap();
        let codes: Vec<_> = groups.iter().map(|group| group["codes"].clone()).collect();
        // The one of OLDER is told together with YOUNG, the smaller of the others.
        assert_eq!(codes, [json!(["OLD"]), json!(["YOUNG", "OLDER"])]);
        let sum: i64 = groups.iter().map(|group| group["answered_count"].as_i64().unwrap()).sum();
        assert_eq!(sum, 40);

        let table = admin.with("accept", "text/csv").get(&format!("{}?by=age_band", survey.results())).await.ok();
        let same = admin.get(&format!("{}.csv?by=age_band", survey.results())).await.ok();
        assert_eq!(table.body, same.body);
        let mut reader = csv::Reader::from_reader(table.body.as_slice());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let old: Vec<_> = rows.iter().filter(|row| &row[0] == "OLD").collect();
        assert_eq!(old.len(), 5, "a row a value");
        let told = question_of(&groups[0], "Q");
        for (row, answer) in old.iter().zip(told["answers"].as_array().unwrap()) {
            assert_eq!(
                (row[11].to_owned(), row[13].parse::<i64>().unwrap()),
                (answer["code"].as_str().unwrap().to_owned(), answer["count"].as_i64().unwrap())
            );
        }
        for path in [format!("{}.svg", survey.results()), format!("{}.svg?by=age_band", survey.published())] {
            let caller = if path.contains("public") { app.anonymous() } else { admin.clone() };
            let picture = caller.get(&path).await.ok();
            assert_eq!(picture.header("content-type"), Some("image/svg+xml"));
            assert!(String::from_utf8(picture.body).unwrap().contains("Apa Q?"));
        }
        admin.get(&format!("{}?by=district", survey.results())).await.is(404).blames("by", "not_asked_about");
        admin.with("accept", "application/pdf").get(&survey.results()).await.is(406);
    })
    .await;
}

#[actix_web::test]
async fn whoever_answers_while_it_closes_is_counted_or_refused() {
    each_database(async |app| {
        let admin = app.admin().await;
        let survey = Survey::of(&app, &admin, "RACE", vec![question("Q", "likert_5", &[], &["csat"])]).await;
        for _ in 0..5 {
            survey.answer(&given(&[("Q", json!(4))])).await;
        }
        let body = json!({"answers": [{"question": "Q", "value": 2}]});
        let answers = (0..24).map(|_| survey.anonymous.post(&survey.path, body.clone()));
        let (answers, ()) = futures_util::future::join(futures_util::future::join_all(answers), survey.close()).await;
        let taken = answers.iter().filter(|answer| answer.status.is_success()).count();
        assert!(answers.iter().all(|answer| answer.status.is_success() || answer.json["code"] == "survey_not_open"));
        let told = survey.question("Q").await;
        assert_eq!(told["answered_count"], json!(5 + taken));
        let verified = admin.get(&format!("{}/verification", survey.results())).await.ok().json;
        assert_eq!(verified["is_equal"], true);
    })
    .await;
}
