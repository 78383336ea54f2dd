//! The reviewed table `permissions.tsv`, and the objects that callers meet: their own, a mentee's, others'.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::{evaluated, pairs, records};
use crate::support::credit::{SEMINAR, credit, learned};
use crate::support::people::Library;
use crate::support::{Client, TestApp, json};

const TABLE: &str = include_str!("permissions.tsv");

/// Whose an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Object {
    Own,
    Mentees,
    Others,
    Absent,
}

/// All of them.
pub const OBJECTS: [Object; 4] = [Object::Own, Object::Mentees, Object::Others, Object::Absent];

/// Operation -> reach of librarian, mentor, admin; `public` for all three where nobody signs in.
pub fn table() -> BTreeMap<String, [String; 3]> {
    let rows = TABLE.lines().skip(1).filter(|line| !line.is_empty());
    rows.map(|line| {
        let cells: Vec<_> = line.split('\t').map(str::to_owned).collect();
        let [operation, librarian, mentor, admin] = cells.try_into().expect("four columns");
        (operation, [librarian, mentor, admin])
    })
    .collect()
}

#[test]
fn the_table_and_the_policies_agree() {
    let table = table();
    let mut known = BTreeMap::new();
    for item in bina_pustaka::app::document()["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            let reach = |role: &str| match &operation["x-reach"]["public"] {
                Value::Null => operation["x-reach"][role].as_str().unwrap().to_owned(),
                _ => "public".to_owned(),
            };
            let row = ["librarian", "mentor", "admin"].map(reach);
            known.insert(operation["operationId"].as_str().unwrap().to_owned(), row);
        }
    }
    for (operation, row) in &known {
        assert_eq!(table.get(operation), Some(row), "{operation}");
    }
    assert_eq!(table.len(), known.len(), "the table has rows of no operation");
}

/// The ids that stand for an object in a path, by the parameter's name.
pub type Ids = HashMap<(&'static str, Object), String>;

pub struct Stage {
    pub library: Library,
    pub ids: Ids,
    /// The admin's own, of what even an admin reaches only where it is theirs.
    pub admins: HashMap<&'static str, String>,
}

impl Stage {
    /// Who plays a role.
    pub fn person(&self, role: &str) -> &Client {
        match role {
            "librarian" => &self.library.mentee,
            "mentor" => &self.library.mentor,
            _ => &self.library.admin,
        }
    }
}

pub async fn stage(app: &TestApp) -> Stage {
    let library = app.library().await;
    let mut ids = Ids::new();
    let competency = library.asked_of(&library.mentee).await[0].0.clone();
    let assessment = async |person: &Client| {
        let new = json!({"librarian_id": person.librarian(), "competency_id": competency, "method": "assessor",
            "level": 2, "assessed_on": "2026-02-10"});
        library.admin.post("/assessments", new).await.created().id()
    };
    // Seen from the mentor and from the mentee alike: own is the caller's, so each caller gets their own map below.
    for (object, person) in [(Object::Mentees, &library.mentee), (Object::Others, &library.other)] {
        ids.insert(("librarian_id", object), person.librarian().to_string());
        ids.insert(("assessment_id", object), assessment(person).await);
    }
    ids.insert(("assessment_id", Object::Own), assessment(&library.mentor).await);
    for (object, person) in
        [(Object::Own, &library.mentor), (Object::Mentees, &library.mentee), (Object::Others, &library.other)]
    {
        ids.extend(records::of(&library, person).await.into_iter().map(|(name, id)| ((name, object), id)));
        let seminar = learned(app, person.librarian(), SEMINAR, "2026-02-10").await;
        ids.insert(("job_id", object), app.job_of(person, "test_later").await.id.to_string());
        ids.insert(("credit_entry_id", object), credit(app, &seminar).await.unwrap().entry.id.to_string());
        let book = json!({"kind": "reading", "title": "Literasi", "starts_on": "2026-02-10", "ends_on": "2026-02-10"});
        ids.insert(("learning_entry_id", object), person.post("/learning-entries", book).await.created().id());
        let file = person.file("Catatan.csv", "text/csv", b"halaman,catatan\n1,pokok\n").await.id();
        let notes = json!({"kind": "reading", "title": "Catatan", "starts_on": "2026-02-10", "ends_on": "2026-02-10",
            "evidence": [{"title": "Catatan", "file_id": file}]});
        person.post("/learning-entries", notes).await.created();
        ids.insert(("file_id", object), file);
        let guide = json!({"kind": "guideline", "title": "Pedoman RDA"});
        let guide = library.admin.post("/learning-resources", guide).await.created().id();
        let reading = person.post(&format!("/learning-resources/{guide}/readings"), json!({})).await.created().id();
        ids.insert(("learning_resource_id", object), guide);
        let goal =
            json!({"competency_id": competency, "target_level": 3, "actions": [{"kind": "practice", "title": "RDA"}]});
        let plan = person.post("/development-plans", json!({"year": 2026, "goals": [goal]})).await.created();
        let action = plan.json["goals"][0]["actions"][0]["id"].as_str().unwrap().to_owned();
        ids.insert(("development_plan_id", object), plan.id());
        ids.insert(("plan_action_id", object), action);
        ids.insert(("reading_id", object), reading);
    }
    ids.insert(("librarian_id", Object::Own), library.mentor.librarian().to_string());
    let first = async |path: &str| library.admin.get(path).await.ok().column("id")[0].as_str().unwrap().to_owned();
    let guest = json!({"email": "guest@test.example", "name": "Guest", "roles": ["librarian"]});
    let invitation = library.admin.post("/invitations", guest).await.created().json["invitation"]["id"].clone();
    let invitation = invitation.as_str().unwrap().to_owned();
    let venue = json!({"code": "AULA", "name": "Aula", "capacity": 40});
    let venue = library.admin.post("/venues", venue).await.created().id();
    let holiday = json!({"held_on": "2026-08-17", "name": {"id": "Hari Kemerdekaan"}, "kind": "national"});
    let holiday = library.admin.post("/holidays", holiday).await.created().id();
    for object in [Object::Own, Object::Mentees, Object::Others] {
        ids.insert(("venue_id", object), venue.clone());
        ids.insert(("holiday_id", object), holiday.clone());
        ids.insert(("training_type_id", object), first("/training-types").await);
        ids.insert(("credit_rule_id", object), first("/credit-rules").await);
        ids.insert(("professionalism_formula_id", object), first("/professionalism-formulas").await);
        ids.insert(("skm_formula_id", object), first("/skm-formulas").await);
        ids.insert(("credit_requirement_id", object), first("/credit-requirements").await);
        ids.insert(("credit_point_rate_id", object), first("/credit-point-rates").await);
        ids.insert(("credit_point_rule_id", object), first("/credit-point-rules").await);
        ids.insert(("unit_id", object), library.units[0].clone());
        ids.insert(("position_id", object), first("/positions").await);
        ids.insert(("framework_id", object), first("/frameworks").await);
        ids.insert(("competency_id", object), competency.clone());
        ids.insert(("predecessor_id", object), competency.clone());
        ids.insert(("code", object), "not_found".to_owned());
        ids.insert(("case_version", object), "v1p0".to_owned());
        ids.insert(("identifier", object), competency.clone());
        let email = format!("{object:?}@invited.example");
        let new = json!({"email": email, "name": "Tamu", "roles": ["librarian"]});
        let invited = library.admin.post("/invitations", new).await;
        ids.insert(("invitation_id", object), invited.json["invitation"]["id"].as_str().unwrap().to_owned());
        ids.insert(("invitation_id", object), invitation.clone());
        ids.insert(("user_id", object), library.other.user_id.unwrap().to_string());
    }
    let admins = pairs::fill(app, &library, &competency, &mut ids).await;
    activities(&library, &mut ids).await;
    programmes(&library, &mut ids).await;
    certificates(&library, &mut ids).await;
    mentoring(&library, &competency, &mut ids).await;
    surveys(&library, &mut ids).await;
    indicators(&library, &mut ids).await;
    evaluated::stage(app, &library, &mut ids).await;
    Stage { library, ids, admins }
}

/// An activity for each person, who keeps its door and takes part in it; and a wish of each for one without a date.
async fn activities(library: &Library, ids: &mut Ids) {
    let admin = &library.admin;
    let wish = library.activity(json!({}), &[]).await;
    let rule = json!({"rrule": "FREQ=WEEKLY;COUNT=2", "starts_at": "2026-06-01T02:00:00Z", "duration_minutes": 60,
        "activity": {"kind": "workshop", "title": "Klinik"}});
    let series = admin.post("/activity-series", rule).await.created().id();
    for (object, person) in
        [(Object::Own, &library.mentor), (Object::Mentees, &library.mentee), (Object::Others, &library.other)]
    {
        let door = json!({"capacity": 5, "staff_ids": [person.librarian()]});
        let activity = library.activity(door, &[("2026-03-02T01:30:00Z", "2026-03-02T03:00:00Z")]).await;
        let path = format!("/activities/{activity}");
        let session = admin.get(&format!("{path}/sessions")).await.ok().column("id")[0].as_str().unwrap().to_owned();
        let who = json!({"librarian_id": person.librarian()});
        let registration = admin.post(&format!("{path}/registrations"), who).await.created().id();
        let scan = json!({"session_id": session, "registration_id": registration, "scanned_at": "2026-03-02T01:00:00Z",
            "nonce": "1", "device_id": "pintu"});
        let report = admin.post(&format!("{path}/check-ins"), json!({"items": [scan]})).await.ok();
        let check_in = report.json["items"][0]["check_in_id"].as_str().unwrap().to_owned();
        let speaker = admin.post(&format!("{path}/speakers"), json!({"name": "Antonius Rusli"})).await.created().id();
        let link = json!({"title": "Salindia", "url": "https://example.org/s", "position": 1});
        let material = admin.post(&format!("{path}/materials"), link).await.created().id();
        let interest = person.post(&format!("/activities/{wish}/interests"), json!({})).await.created().id();
        for (name, id) in [
            ("activity_id", activity),
            ("activity_session_id", session),
            ("registration_id", registration),
            ("check_in_id", check_in),
            ("speaker_id", speaker),
            ("material_id", material),
            ("interest_id", interest),
            ("activity_series_id", series.clone()),
        ] {
            ids.insert((name, object), id);
        }
    }
}

/// A programme under way, a goal and a milestone.
async fn programmes(library: &Library, ids: &mut Ids) {
    let admin = &library.admin;
    let goal = json!({"title": "Pusat pembelajaran", "due_on": "2030-12-31"});
    let goal = admin.post("/strategic-goals", goal).await.created().id();
    let milestone = json!({"title": "Nota kesepahaman", "due_on": "2026-06-30", "strategic_goal_id": goal});
    let milestone = admin.post("/milestones", milestone).await.created().id();
    let programme = json!({"year": 2026, "title": "Program", "objectives": ["20 JP"], "responsible_id": library.mentor.librarian()});
    let programme = admin.post("/programmes", programme).await.created().id();
    admin.step(&format!("/programmes/{programme}/activation")).await.ok();
    for object in [Object::Own, Object::Mentees, Object::Others] {
        ids.insert(("programme_id", object), programme.clone());
        ids.insert(("strategic_goal_id", object), goal.clone());
        ids.insert(("milestone_id", object), milestone.clone());
    }
}

/// An indicator that was measured, with its method, its target, and a figure.
async fn indicators(library: &Library, ids: &mut Ids) {
    let admin = &library.admin;
    let shipped = admin.get("/indicators?q=anggaran").await.ok().json["items"][0].clone();
    let (indicator, method) = (shipped["id"].clone(), shipped["method"]["id"].clone());
    let target = json!({"indicator_id": indicator, "period": "2026", "value": 95});
    let measured = json!({"indicator_id": indicator, "period": "2026", "value": 71.4, "evidence": [{"title": "LRA"}]});
    let figure = json!({"key": "population", "period": "2026", "value": 247_924, "source": "BPS"});
    let text = |id: &Value| id.as_str().unwrap().to_owned();
    for (name, id) in [
        ("indicator_id", text(&indicator)),
        ("indicator_method_id", text(&method)),
        ("target_id", admin.post("/targets", target).await.created().id()),
        ("measurement_id", admin.post("/measurements", measured).await.created().id()),
        ("library_figure_id", admin.post("/library-figures", figure).await.created().id()),
    ] {
        for object in [Object::Own, Object::Mentees, Object::Others] {
            ids.insert((name, object), id.clone());
        }
    }
}

/// A certificate of each person, for an activity that is over.
async fn certificates(library: &Library, ids: &mut Ids) {
    let people = [(Object::Own, &library.mentor), (Object::Mentees, &library.mentee), (Object::Others, &library.other)];
    let keys = library.admin.get("/credential-keys").await.ok();
    let key = keys.json["keys"][0]["kid"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    for (person, certificate) in people.iter().zip(library.certified(&people.map(|(_, person)| person)).await) {
        ids.insert(("certificate_id", person.0), certificate.id());
        let credential = certificate.json["credential_path"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        ids.insert(("credential_id", person.0), credential);
        ids.insert(("number", person.0), "1".to_owned());
        ids.insert(("credential_key_id", person.0), key.clone());
    }
}

/// A mentor profile and an open request of each person, and a round with a pair.
async fn mentoring(library: &Library, competency: &str, ids: &mut Ids) {
    for (object, person) in
        [(Object::Own, &library.mentor), (Object::Mentees, &library.mentee), (Object::Others, &library.other)]
    {
        let offer = json!({"competencies": [{"competency_id": competency, "level": 4}], "capacity": 3});
        ids.insert(("mentor_profile_id", object), person.post("/mentor-profiles", offer).await.created().id());
        let wish = json!({"goals": [{"competency_id": competency, "level": 3}]});
        ids.insert(("mentoring_request_id", object), person.post("/mentoring-requests", wish).await.created().id());
    }
    let round = json!({"title": "Putaran", "starts_on": "2026-03-09"});
    let round = library.admin.post("/matching-rounds", round).await.created().id();
    let pair =
        json!({"request_id": ids[&("mentoring_request_id", Object::Others)], "mentor_id": library.mentor.librarian()});
    let pair = library.admin.post(&format!("/matching-rounds/{round}/proposals"), pair).await.created().id();
    for object in [Object::Own, Object::Mentees, Object::Others] {
        ids.insert(("matching_round_id", object), round.clone());
        ids.insert(("matching_proposal_id", object), pair.clone());
    }
}

/// A campaign that readers answer by its open link, and what readers said, for each person to answer.
async fn surveys(library: &Library, ids: &mut Ids) {
    let admin = &library.admin;
    let questionnaires = admin.get("/questionnaires?code=SKM").await.ok();
    let questionnaire = questionnaires.column("id")[0].as_str().unwrap().to_owned();
    let campaign = json!({"questionnaire_id": questionnaire, "title": {"id": "SKM"}, "audience": "readers",
        "opens_on": "2026-03-01", "closes_on": "2026-12-31"});
    let campaign = admin.post("/campaigns", campaign).await.created().id();
    admin.step(&format!("/campaigns/{campaign}/opening")).await.ok();
    let link = admin.step(&format!("/campaigns/{campaign}/link")).await.ok();
    for (object, person) in
        [(Object::Own, &library.mentor), (Object::Mentees, &library.mentee), (Object::Others, &library.other)]
    {
        let said = json!({"kind": "complaint", "message": "Pendingin mati"});
        let said = admin.post("/reader-feedback", said).await.created().id();
        let to = json!({"assignee_id": person.librarian()});
        admin.post(&format!("/reader-feedback/{said}/assignment"), to).await.ok();
        ids.insert(("reader_feedback_id", object), said);
        ids.insert(("questionnaire_id", object), questionnaire.clone());
        ids.insert(("campaign_id", object), campaign.clone());
        ids.insert(("token", object), link.json["token"].as_str().unwrap().to_owned());
    }
}

/// Whose such an object is differs from person to person.
fn is_personal(name: &str) -> bool {
    let personal = [
        "session_id",
        "mentorship_id",
        "mentorship_goal_id",
        "mentorship_feedback_id",
        "mentoring_meeting_id",
        "librarian_id",
        "assessment_id",
        "activity_id",
        "activity_session_id",
        "registration_id",
        "check_in_id",
        "interest_id",
        "credit_entry_id",
        "job_id",
        "learning_entry_id",
        "learning_resource_id",
        "reading_id",
        "development_plan_id",
        "plan_action_id",
        "certificate_id",
        "file_id",
        "mentor_profile_id",
        "mentoring_request_id",
        "reader_feedback_id",
    ];
    personal.contains(&name) || records::NAMES.contains(&name) || evaluated::NAMES.contains(&name)
}

/// The path with the ids of such an object, as this caller sees it; `session` is the caller's own.
pub fn path_for(stage: &Stage, caller: &str, path: &str, object: Object, session: &str) -> String {
    let (mut path, is_private) = (path.to_owned(), path.ends_with("/private-note"));
    while let Some(start) = path.find('{') {
        let end = path.find('}').unwrap();
        let name = path[start + 1..end].to_owned();
        // What is a mentee's for the mentor is the librarian's own; and each has a session of their own.
        let seen = match (caller, object) {
            ("librarian", Object::Own) if is_personal(&name) => Object::Mentees,
            ("librarian", Object::Mentees) if is_personal(&name) => Object::Own,
            _ => object,
        };
        let id = match object {
            Object::Absent => "019a0000-0000-7000-8000-00000000dead",
            Object::Own if name == "session_id" => session,
            Object::Own if is_private && caller == "admin" => &stage.admins[name.as_str()],
            _ => {
                let known = stage.ids.iter().find(|((known, of), _)| *known == name && *of == seen);
                known.unwrap_or_else(|| panic!("the stage has no object for {name} ({seen:?})")).1.as_str()
            }
        };
        path.replace_range(start..=end, id);
    }
    path
}
