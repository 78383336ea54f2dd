use bina_pustaka::kernel::event;
use chrono::TimeDelta;
use futures_util::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;

use crate::support::credit::training_type;
use crate::support::people::Library;
use crate::support::{Client, TestApp, each_database, json};

const WORKSHOP: i32 = 4;
const ONE_DAY: &[(&str, &str)] = &[("2026-03-10T01:00:00Z", "2026-03-10T05:00:00Z")];

/// A plan of this person that is under way; answers its path.
async fn approved(person: &Client, decider: &Client, goals: Value) -> String {
    let plan = person.post("/development-plans", json!({"year": 2026, "goals": goals})).await.created();
    let path = format!("/development-plans/{}", plan.id());
    person.step(&format!("{path}/submission")).await.ok();
    decider.step(&format!("{path}/approval")).await.ok();
    path
}

fn action(plan: &Value, goal: usize, action: usize) -> Value {
    plan["goals"][goal]["actions"][action].clone()
}

/// What a plan has planned and achieved in a part of 70:20:10.
fn share(plan: &Value, bucket: &str) -> (Value, Value, Value) {
    let shares = plan["shares"].as_array().unwrap();
    let share = shares.iter().find(|share| share["bucket"] == bucket).unwrap();
    (share["planned_hours"].clone(), share["planned_percent"].clone(), share["achieved_hours"].clone())
}

/// A workshop of 5 JP a day for the mentee's first gap, with their seat.
async fn workshop(app: &TestApp, library: &Library, competency: &str, level: i64, kind: Option<i32>) -> String {
    let kind = match kind {
        Some(kind) => json!(training_type(app, kind).await),
        None => Value::Null,
    };
    let more = json!({"training_type_id": kind, "credit_hours": 5.0,
        "competencies": [{"competency_id": competency, "level": level}]});
    let activity = library.activity(more, ONE_DAY).await;
    library.mentee.post(&format!("/activities/{activity}/registrations"), json!({})).await.created();
    activity
}

/// The activity is over, and the mentee was there.
async fn attended(admin: &Client, activity: &str) {
    let path = format!("/activities/{activity}");
    let session = admin.get(&format!("{path}/sessions")).await.ok().column("id")[0].as_str().unwrap().to_owned();
    let seat = admin.get(&format!("{path}/registrations")).await.ok().column("id")[0].clone();
    let present = json!({"items": [{"registration_id": seat, "is_present": true}]});
    admin.post(&format!("/activity-sessions/{session}/attendance"), present).await.ok();
    admin.step(&format!("{path}/completion")).await.ok();
}

#[actix_web::test]
async fn one_call_drafts_a_plan_from_the_largest_gaps_with_what_would_close_them() {
    each_database(async |app| {
        let library = app.library().await;
        let asked = library.asked_of(&library.mentee).await;
        let (competency, level) = asked[0].clone();
        library.assessed(&library.mentor, &competency, level, "2026-02-10", None).await;
        let more = json!({"training_type_id": training_type(&app, WORKSHOP).await, "credit_hours": 5.0,
            "competencies": [{"competency_id": competency, "level": level}]});
        let activity = library.activity(more, ONE_DAY).await;
        let guide = json!({"kind": "guideline", "title": "Pedoman RDA", "minutes": 90,
            "competencies": [{"competency_id": competency, "level": level}]});
        let guide = library.admin.post("/learning-resources", guide).await.created().id();

        let draft = json!({"year": 2026, "from_gaps": true});
        let plan = library.mentee.post("/development-plans", draft.clone()).await.created().json;
        assert_eq!((&plan["status"], &plan["actions"]), (&json!("draft"), &json!(["submission"])));
        assert_eq!(plan["goals"].as_array().unwrap().len(), 5);
        let goal = &plan["goals"][0];
        assert_eq!((&goal["competency_id"], &goal["target_level"]), (&json!(competency), &json!(level)));
        assert_eq!((&goal["start_level"], &goal["due_on"]), (&json!(0), &json!("2026-12-31")));
        let steps = goal["actions"].as_array().unwrap();
        let named: Vec<_> =
            steps.iter().map(|step| (step["kind"].as_str().unwrap(), step["bucket"].as_str().unwrap())).collect();
        assert_eq!(named, [("mentoring", "social"), ("activity", "formal"), ("reading", "experience")]);
        assert_eq!(steps[0]["mentor_id"], json!(library.mentor.librarian()));
        assert_eq!((&steps[1]["activity_id"], &steps[1]["planned_hours"]), (&json!(activity), &json!(5.0)));
        assert_eq!((&steps[2]["learning_resource_id"], &steps[2]["planned_hours"]), (&json!(guide), &json!(2.0)));
        let planned = ["experience", "social", "formal"].map(|bucket| share(&plan, bucket).1);
        assert_eq!(planned, [json!(18.18), json!(36.36), json!(45.45)]);

        let again = join_all((0..3).map(|_| library.mentee.post("/development-plans", draft.clone()))).await;
        for answer in again {
            answer.is(409).refused("plan_exists");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_plan_is_checked_handed_in_sent_back_approved_by_another_and_closed() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee) = (&library.mentor, &library.mentee);
        let competency = library.asked_of(mentee).await[0].0.clone();
        let goal = |more: Value| {
            let mut goal = json!({"competency_id": competency, "target_level": 3});
            for (name, value) in more.as_object().unwrap() {
                goal[name] = value.clone();
            }
            goal
        };
        let refused = async |goals: Value, place: &str, code: &str| {
            let plan = json!({"year": 2026, "goals": goals});
            mentee.post("/development-plans", plan).await.is(422).blames(place, code);
        };
        refused(json!([goal(json!({})), goal(json!({}))]), "#/goals/1/competency_id", "repeated").await;
        refused(json!([goal(json!({"due_on": "2027-01-01"}))]), "#/goals/0/due_on", "out_of_range").await;
        let step = |step: Value| json!([goal(json!({"actions": [step]}))]);
        refused(step(json!({"kind": "practice"})), "#/goals/0/actions/0/title", "required").await;
        let own = json!({"kind": "mentoring", "mentor_id": mentee.librarian()});
        refused(step(own), "#/goals/0/actions/0/mentor_id", "no_such_object").await;
        let odd = json!({"kind": "reading", "title": "x", "mentor_id": mentor.librarian()});
        refused(step(odd), "#/goals/0/actions/0/mentor_id", "not_valid").await;

        let plan = mentee.post("/development-plans", json!({"year": 2026})).await.created();
        let path = format!("/development-plans/{}", plan.id());
        mentee.step(&format!("{path}/submission")).await.is(409).refused("plan_empty");
        let goals = json!({"goals": step(json!({"kind": "practice", "title": "RDA", "planned_hours": 20.0}))});
        let changed = mentee.patch(&path, plan.tag(), goals.clone()).await.ok();
        mentee.patch(&path, plan.tag(), goals).await.is(412);
        assert_eq!(share(&changed.json, "experience"), (json!(20.0), json!(100.0), json!(0.0)));
        mentee.step(&format!("{path}/submission")).await.ok();
        mentee.patch(&path, "\"v3\"", json!({"note": "x"})).await.is(409).refused("plan_closed");
        mentee.step(&format!("{path}/approval")).await.is(403).refused("own_plan");
        library.other.step(&format!("{path}/approval")).await.is(404);
        let back = json!({"reason": "Tambahkan mentoring"});
        let returned = mentor.post(&format!("{path}/return"), back).await.ok();
        assert_eq!(returned.json["reason"], json!("Tambahkan mentoring"));
        mentee.step(&format!("{path}/submission")).await.ok();

        // The direct superior decides without being mentor or admin.
        let person = library.admin.get(&format!("/librarians/{}", mentee.librarian())).await.ok();
        let led = json!({"supervisor_id": library.other.librarian()});
        library.admin.patch(&format!("/librarians/{}", mentee.librarian()), person.tag(), led).await.ok();
        let seen = library.other.get(&path).await.ok();
        assert_eq!(seen.json["actions"], json!(["approval", "return"]));
        library.other.patch(&path, seen.tag(), json!({"note": "x"})).await.is(404);
        library.other.step(&format!("{path}/approval")).await.ok();
        library.admin.step(&format!("{path}/approval")).await.is(409).refused("invalid_transition");
        library.admin.delete(&path, "\"v6\"").await.is(409).refused("plan_closed");
        let outcome = json!({"outcome": "Separuh jalan"});
        let closed = library.other.post(&format!("{path}/closure"), outcome).await.ok().json;
        assert_eq!((&closed["status"], &closed["outcome"]), (&json!("closed"), &json!("Separuh jalan")));
        let names = app.events_of(&["development_plan"]).await;
        let steps = ["created", "updated", "submitted", "returned", "submitted", "approved", "closed"];
        assert_eq!(names, steps.map(|step| format!("development_plan.{step}")));
        let page = mentor.get("/development-plans?year=2026&status=closed").await.ok();
        assert_eq!(page.column("id"), [closed["id"].clone()]);
    })
    .await;
}

#[actix_web::test]
async fn a_plan_moves_with_completion_credit_and_levels_in_the_same_transaction() {
    each_database(async |app| {
        let library = app.library().await;
        let (competency, level) = library.asked_of(&library.mentee).await[0].clone();
        let credited = workshop(&app, &library, &competency, level, Some(WORKSHOP)).await;
        let goals = json!([{"competency_id": competency, "target_level": level,
            "actions": [{"kind": "activity", "activity_id": credited}, {"kind": "practice", "title": "Praktik", "planned_hours": 6.0}]}]);
        let path = approved(&library.mentee, &library.mentor, goals).await;
        app.after(TimeDelta::days(9));
        let (admin, mentee, mentor) =
            (app.again(&library.admin).await, app.again(&library.mentee).await, app.again(&library.mentor).await);
        attended(&admin, &credited).await;
        let plan = mentee.get(&path).await.ok().json;
        let done = action(&plan, 0, 0);
        assert_eq!((&done["done_on"], &done["achieved_hours"]), (&json!("2026-03-10"), &json!(5.0)));
        assert_eq!((&plan["progress"]["percent"], share(&plan, "formal").2), (&json!(50), json!(5.0)));

        // The chain: the plan's event is caused by the completion.
        app.settle().await;
        let events = event::Entity::find().filter(event::Column::Name.is_in(["activity.completed", "development_plan.progressed"]));
        let events = app.db().reader().all(events).await.unwrap();
        let completed = events.iter().find(|event| event.name == "activity.completed").unwrap();
        let moved: Vec<_> = events.iter().filter(|event| event.name == "development_plan.progressed").collect();
        assert_eq!(moved.iter().map(|event| event.caused_by).collect::<Vec<_>>(), [Some(completed.id)]);

        // Confirming the evidence reaches the goal; what is archived reaches it no longer.
        let evidence = admin.get(&format!("/assessments?librarian_id={}", mentee.librarian())).await.ok();
        let evidence = format!("/assessments/{}", evidence.column("id")[0].as_str().unwrap());
        mentor.step(&format!("{evidence}/confirmation")).await.ok();
        let plan = mentee.get(&path).await.ok().json;
        let goal = &plan["goals"][0];
        assert_eq!((&goal["reached_on"], &goal["current_level"]), (&json!("2026-03-11"), &json!(level)));
        assert_eq!(plan["progress"]["reached_count"], json!(1));
        let assessment = admin.get(&evidence).await.ok();
        admin.delete(&evidence, assessment.tag()).await.no_content();
        assert_eq!(mentee.get(&path).await.ok().json["progress"]["reached_count"], json!(0));

        // Credit that is taken back counts no longer.
        let entry = admin.get(&format!("/credit-entries?source_id={credited}")).await.ok();
        let entry = format!("/credit-entries/{}", entry.column("id")[0].as_str().unwrap());
        admin.post(&format!("{entry}/reversal"), json!({"reason": "Salah hitung"})).await.ok();
        assert_eq!(share(&mentee.get(&path).await.ok().json, "formal").2, json!(0.0));
    })
    .await;
}

#[actix_web::test]
async fn what_is_read_verified_or_told_moves_the_plan_and_nothing_counts_twice() {
    each_database(async |app| {
        let library = app.library().await;
        let (admin, mentor, mentee) = (&library.admin, &library.mentor, &library.mentee);
        let competency = library.asked_of(mentee).await[0].0.clone();
        let uncredited = workshop(&app, &library, &competency, 2, None).await;
        let guide = admin.post("/learning-resources", json!({"kind": "book", "title": "RDA", "minutes": 90})).await.created().id();
        let goals = json!([{"competency_id": competency, "target_level": 5, "actions": [
            {"kind": "reading", "learning_resource_id": guide}, {"kind": "practice", "title": "Praktik", "planned_hours": 6.0},
            {"kind": "activity", "activity_id": uncredited}]}]);
        let plan = mentee.post("/development-plans", json!({"year": 2026, "goals": goals})).await.created();
        let path = format!("/development-plans/{}", plan.id());
        let [reading, practice, activity] =
            [0, 1, 2].map(|index| action(&plan.json, 0, index)["id"].as_str().unwrap().to_owned());
        let practised = format!("/plan-actions/{practice}/completion");
        mentee.post(&practised, json!({})).await.is(409).refused("invalid_transition");
        let read = mentee.post(&format!("/learning-resources/{guide}/readings"), json!({"read_on": "2026-02-20"})).await.created();
        let mut entry = json!({"kind": "reading", "title": "RDA", "starts_on": "2026-02-21", "ends_on": "2026-02-21",
            "minutes": 45, "plan_action_id": reading});
        mentee.post("/learning-entries", entry.clone()).await.is(422).blames("#/plan_action_id", "no_such_object");
        mentee.step(&format!("{path}/submission")).await.ok();
        // What was read before counts at once.
        let begun = mentor.step(&format!("{path}/approval")).await.ok().json;
        let done = action(&begun, 0, 0);
        assert_eq!((&done["done_on"], &done["achieved_hours"]), (&json!("2026-02-20"), &json!(2.0)));

        entry["plan_action_id"] = json!(reading);
        let entry = format!("/learning-entries/{}", mentee.post("/learning-entries", entry).await.created().id());
        mentee.step(&format!("{entry}/submission")).await.ok();
        mentor.step(&format!("{entry}/verification")).await.ok();
        assert_eq!(action(&mentee.get(&path).await.ok().json, 0, 0)["achieved_hours"], json!(1.0));
        mentee.post(&format!("{entry}/withdrawal"), json!({"reason": "Keliru"})).await.ok();
        mentee.delete(&format!("/readings/{}", read.id()), read.tag()).await.no_content();
        let plan = mentee.get(&path).await.ok().json;
        assert_eq!((&action(&plan, 0, 0)["done_on"], &plan["progress"]["done_count"]), (&Value::Null, &json!(0)));

        mentor.post(&practised, json!({})).await.is(404);
        mentee.post(&practised, json!({"done_on": "2026-03-03"})).await.is(422).blames("#/done_on", "in_the_future");
        let answers = join_all((0..4).map(|_| mentee.post(&practised, json!({"hours": 5.5, "note": "50 judul"})))).await;
        let mut answers: Vec<_> = answers.iter().map(|answer| answer.status.as_u16()).collect();
        answers.sort_unstable();
        assert_eq!(answers, [200, 409, 409, 409]);
        assert_eq!(share(&mentee.get(&path).await.ok().json, "experience").2, json!(5.5));
        mentee.step(&format!("/plan-actions/{practice}/reopening")).await.ok();
        mentee.step(&format!("/plan-actions/{practice}/reopening")).await.is(409).refused("invalid_transition");
        let told = format!("/plan-actions/{activity}/completion");
        mentee.post(&told, json!({})).await.is(409).refused("action_follows_activity");

        app.after(TimeDelta::days(9));
        attended(&app.again(admin).await, &uncredited).await;
        let mentee = app.again(mentee).await;
        let plan = mentee.get(&path).await.ok().json;
        assert_eq!(action(&plan, 0, 2)["done_on"], json!("2026-03-11"));
        app.again(mentor).await.post(&format!("{path}/closure"), json!({})).await.ok();
        mentee.post(&practised, json!({})).await.is(409).refused("invalid_transition");
    })
    .await;
}
