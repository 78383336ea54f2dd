//! Every operation x every kind of caller x own and others' objects, against the reviewed table `permissions.tsv`; and tokens that
//! only look like ours.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::json;

use super::forgeries::forgeries;
use super::matrix::{OBJECTS, Object, Stage, path_for, stage, table};
use super::operations::{Operation, operations};
use crate::support::{Client, TestApp, each_database};

/// The kinds of objects of an operation: without a parameter in its path there is but the caller's own.
fn objects(operation: &Operation) -> &'static [Object] {
    if operation.names().is_empty() { &[Object::Own] } else { &OBJECTS }
}

/// A caller with the session of theirs that a path can name.
struct Role {
    name: &'static str,
    client: Client,
    session: String,
}

impl Role {
    async fn of(app: &TestApp, stage: &Stage, name: &'static str) -> Self {
        let client = app.again(stage.person(name)).await;
        let session = session(&client).await;
        Self { name, client, session }
    }
}

async fn session(client: &Client) -> String {
    let sessions = client.get("/auth/sessions").await.ok();
    let items = sessions.json["items"].as_array().unwrap();
    items.iter().find(|item| item["is_current"] == true).unwrap()["id"].as_str().unwrap().to_owned()
}

/// Whether an operation may end the caller's session.
fn ends_sessions(operation: &Operation) -> bool {
    ["/auth/", "/me", "/users"].iter().any(|part| operation.path.contains(part)) && operation.method != "GET"
}

#[actix_web::test]
async fn every_cell_of_the_matrix_is_right() {
    each_database(async |app| {
        let mut stage = stage(&app).await;
        let table = table();
        let gone = app.account("gone@test.example", "Gone", true, true, None).await;
        stage.library.admin.step(&format!("/users/{}/deactivation", gone.user_id.unwrap())).await.ok();
        let expired = stage.library.admin.clone();
        app.after(TimeDelta::minutes(11));
        let admin = app.again(&stage.library.admin).await;
        let forged = forgeries(&app, admin.token()).await;
        let mut roles = Vec::new();
        for name in ["librarian", "mentor", "admin"] {
            roles.push(Role::of(&app, &stage, name).await);
        }
        let mut cells: BTreeMap<(&str, Object), usize> = BTreeMap::new();
        let mut wrong = Vec::new();
        for operation in operations() {
            let row = table.get(operation.id).unwrap_or_else(|| panic!("{} has no row", operation.id));
            for (index, reach) in row.iter().enumerate() {
                for object in objects(&operation) {
                    if operation.names().contains(&"session_id") {
                        for (object, role) in [(Object::Own, "mentor"), (Object::Mentees, "librarian")] {
                            let theirs = app.again(stage.person(role)).await;
                            stage.ids.insert(("session_id", object), session(&theirs).await);
                        }
                        let other = app.again(&stage.library.other).await;
                        stage.ids.insert(("session_id", Object::Others), session(&other).await);
                    }
                    let role = &roles[index];
                    let path = path_for(&stage, role.name, operation.path, *object, &role.session);
                    let answer = call(&role.client, &operation, &path).await;
                    wrong.extend(fault(&operation, role.name, *object, reach, &answer));
                    *cells.entry((role.name, *object)).or_default() += 1;
                    if ends_sessions(&operation) {
                        roles[index] = Role::of(&app, &stage, role.name).await;
                    }
                }
            }
            for (name, code, client) in [
                ("anonymous", "unauthenticated", &app.anonymous()),
                ("expired", "invalid_token", &expired),
                ("deactivated", "invalid_token", &gone),
            ] {
                for object in objects(&operation) {
                    let path =
                        path_for(&stage, "admin", operation.path, *object, "019a0000-0000-7000-8000-00000000dead");
                    let answer = call(client, &operation, &path).await;
                    wrong.extend(stranger(&operation, name, code, &answer));
                    *cells.entry((name, *object)).or_default() += 1;
                }
            }
            let path = path_for(&stage, "admin", operation.path, Object::Own, "019a0000-0000-7000-8000-00000000dead");
            for (name, token) in forged.iter().filter(|_| !operation.is_public()) {
                let client = Client::new(app.clone(), Some(token.clone()));
                let answer = call(&client, &operation, &path).await;
                wrong.extend(stranger(&operation, name, "invalid_token", &answer));
            }
        }
        assert!(wrong.is_empty(), "{} wrong cells:\n{}", wrong.len(), wrong.join("\n"));
        // Every caller met every kind of object of every operation.
        let all = operations();
        for name in ["anonymous", "librarian", "mentor", "admin", "expired", "deactivated"] {
            for object in OBJECTS {
                let due = all.iter().filter(|operation| objects(operation).contains(&object)).count();
                assert_eq!(cells.get(&(name, object)), Some(&due), "{name} on {object:?}");
            }
        }
        println!("{} cells, {} forged tokens for each operation", cells.values().sum::<usize>(), forged.len());
    })
    .await;
}

/// What an answer says: the status, the problem's code, and whether it blames a parameter.
struct Said(u16, String, bool);

/// Sends the request with a version that is never current, so that nothing changes.
async fn call(client: &Client, operation: &Operation, path: &str) -> Said {
    let mut headers = vec![("if-match", "\"v999\"")];
    // A file that goes with a version changes nothing; one that a job reads would.
    let file = operation.file().filter(|_| operation.takes_version());
    headers.extend(file.as_ref().map(|(media, _)| ("content-type", *media)));
    let body = operation.example().map(|body| body.to_string().into_bytes()).or(file.map(|(_, content)| content));
    let answer = client.send(operation.method.clone(), path, body, &headers).await;
    let blames = answer.json["errors"].as_array().is_some_and(|errors| !errors.is_empty());
    Said(answer.status.as_u16(), answer.json["code"].as_str().unwrap_or_default().to_owned(), blames)
}

/// What is wrong with what somebody was told who is not signed in.
fn stranger(operation: &Operation, name: &str, code: &str, Said(status, said, _): &Said) -> Option<String> {
    let right = if operation.is_public() { *status < 500 && *status != 403 } else { *status == 401 && said == code };
    (!right).then(|| format!("{} {} as {name} answered {status} {said}", operation.method, operation.path))
}

fn fault(
    operation: &Operation,
    role: &str,
    object: Object,
    reach: &str,
    Said(status, code, blames): &Said,
) -> Option<String> {
    let right = if reach == "no" {
        (*status, code.as_str()) == (403, "forbidden")
    } else if operation.names().is_empty() || reaches(reach, object) {
        // Business rules may refuse it, but neither the role nor the reach; signing in is its own matter.
        let public = reach == "public";
        // What is not there because of a parameter, as on a day that is yet to come, is no matter of the object.
        let there = *status != 404 || public || *blames;
        *status < 500 && (*status != 401 || public) && code != "forbidden" && there
    } else {
        *status == 404 && !blames
    };
    (!right)
        .then(|| format!("{} {} as {role} on {object:?} answered {status} {code}", operation.method, operation.path))
}

/// Whether a role of this reach may touch such an object.
fn reaches(reach: &str, object: Object) -> bool {
    match object {
        Object::Own => true,
        Object::Mentees => matches!(reach, "mentees" | "all" | "public"),
        Object::Others => matches!(reach, "all" | "public"),
        Object::Absent => false,
    }
}

#[actix_web::test]
async fn a_token_of_another_process_of_the_same_house_is_good() {
    each_database(async |app| {
        let admin = app.admin().await;
        let twin = Client::new(app.restarted().await, Some(admin.token().to_owned()));
        twin.get("/me").await.ok();
        // What the forgeries differ from is a token that holds.
        let claims = super::forgeries::claims(admin.token());
        let again = app.shared.gate.tokens.sign(&claims).unwrap();
        Client::new(app.clone(), Some(again)).get("/me").await.ok();
        let doubted = Client::new(app.clone(), Some("x.y.z".to_owned())).get("/me").await.is(401);
        assert!(doubted.header("www-authenticate").unwrap().starts_with("Bearer"), "{}", json!(doubted.headers));
    })
    .await;
}
