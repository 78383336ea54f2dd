//! Every operation is given what it must not take, read off the served document: it refuses with the right status and code, points
//! at the part that is wrong, in both languages, and nothing changes.
//!
//! New operations are covered without a line here. Where one may differ, [`EXEMPT`] says why.

mod bodies;
mod parameters;
pub mod shape;
pub mod state;

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use serde_json::Value;

use self::state::{Tables, changed};
use super::matrix::{Object, Stage, path_for, stage};
use super::operations::{Operation, operations};
use crate::support::client::Answer;
use crate::support::{Client, TestApp, each_database};

/// Operations that may take what others must not: operation, what (a case's name), the place (`*` for all), and why.
const EXEMPT: &[(&str, &str, &str, &str)] = &[];

/// What the problem must point at.
#[derive(Clone, Debug)]
pub enum Blame {
    Nothing,
    Pointer(String),
    Parameter(String),
    Header(&'static str),
}

/// One request that is to be refused.
#[derive(Clone, Debug)]
pub struct Case {
    /// What is wrong with it.
    pub what: &'static str,
    pub query: Vec<(String, String)>,
    pub body: Option<Vec<u8>>,
    pub content_type: Option<&'static str>,
    pub headers: Vec<(&'static str, String)>,
    /// Whether it names no version.
    pub without_version: bool,
    /// The status that it must get.
    pub status: u16,
    /// The code of the problem.
    pub code: &'static str,
    /// Whether a state that does not allow it may be told first.
    pub or_conflict: bool,
    pub blame: Blame,
    /// The code of the mistake.
    pub fault: Option<&'static str>,
}

impl Case {
    fn refused(status: u16, code: &'static str) -> Self {
        Self {
            what: "",
            query: Vec::new(),
            body: None,
            content_type: Some("application/json"),
            headers: Vec::new(),
            without_version: false,
            status,
            code,
            or_conflict: false,
            blame: Blame::Nothing,
            fault: None,
        }
    }

    fn place(&self) -> &str {
        match &self.blame {
            Blame::Nothing => "",
            Blame::Pointer(place) | Blame::Parameter(place) => place,
            Blame::Header(place) => place,
        }
    }
}

/// What is wrong with an answer, if anything.
fn fault_of(case: &Case, answer: &Answer) -> Option<String> {
    let (status, problem) = (answer.status.as_u16(), &answer.json);
    if case.or_conflict && status == 409 {
        return None;
    }
    if status != case.status || problem["code"] != case.code {
        let text: String = String::from_utf8_lossy(&answer.body).chars().take(300).collect();
        return Some(format!("must be {} {}, was {status} {text}", case.status, case.code));
    }
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    let fits = |error: &Value| case.fault.is_none_or(|fault| error["code"] == fault);
    let found = match &case.blame {
        Blame::Nothing => return None,
        Blame::Pointer(place) => errors.iter().any(|error| points(&error["pointer"], place) && fits(error)),
        Blame::Parameter(name) => errors.iter().any(|error| error["parameter"] == *name && fits(error)),
        Blame::Header(name) => errors.iter().any(|error| error["header"] == *name && fits(error)),
    };
    (!found).then(|| {
        format!("must blame {:?} {}, blames {}", case.blame, case.fault.unwrap_or_default(), problem["errors"])
    })
}

/// Whether a pointer is at a place or in it; for one of a list's plain values the list will do.
fn points(pointer: &Value, place: &str) -> bool {
    let pointer = pointer.as_str().unwrap_or_default();
    let list =
        place.rsplit_once('/').filter(|(_, last)| last.bytes().all(|byte| byte.is_ascii_digit())).map(|(list, _)| list);
    pointer == place || pointer.starts_with(&format!("{place}/")) || Some(pointer) == list
}

async fn send(
    client: &Client,
    operation: &Operation,
    path: &str,
    case: &Case,
    language: &str,
) -> Result<Answer, String> {
    let mut headers = vec![("accept-language", language)];
    if operation.takes_version() && !case.without_version && !case.headers.iter().any(|(name, _)| *name == "If-Match") {
        headers.push(("if-match", "*"));
    }
    headers.extend(case.headers.iter().map(|(name, value)| (*name, value.as_str())));
    // An empty content type counts as none.
    headers.push(("content-type", case.content_type.unwrap_or_default()));
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&case.query).finish();
    let address = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let sent = client.send(operation.method.clone(), &address, case.body.clone(), &headers);
    AssertUnwindSafe(sent).catch_unwind().await.map_err(words)
}

/// What a panic says.
#[expect(clippy::needless_pass_by_value, reason = "a panic is caught as a box")]
fn words(panic: Box<dyn std::any::Any + Send>) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}

/// Both languages say the same, each in its words.
fn languages_differ(indonesian: &Answer, english: &Answer) -> Option<String> {
    let language = |answer: &Answer| answer.header("content-language").unwrap_or_default().to_owned();
    if (language(indonesian).as_str(), language(english).as_str()) != ("id", "en") {
        return Some(format!("Content-Language is {:?} and {:?}", language(indonesian), language(english)));
    }
    let (one, other) = (&indonesian.json, &english.json);
    if one["code"] != other["code"] || one["title"] == other["title"] {
        return Some(format!("the languages disagree: {one} {other}"));
    }
    let errors = |problem: &Value| problem["errors"].as_array().cloned().unwrap_or_default();
    let pairs: Vec<_> = errors(one).into_iter().zip(errors(other)).collect();
    let same = pairs.iter().find(|(one, other)| one["detail"] == other["detail"] || one["code"] != other["code"]);
    same.map(|(one, _)| format!("{} is said in one language only: {}", one["code"], one["detail"]))
}

/// Those who call, each with a session that lasts: what is refused ends none.
async fn callers(app: &TestApp, stage: &Stage) -> Vec<(&'static str, Client, String)> {
    let mut callers = Vec::new();
    for role in ["admin", "mentor", "librarian"] {
        let person = app.again(stage.person(role)).await;
        let session = person.get("/auth/sessions").await.ok().column("id")[0].as_str().unwrap().to_owned();
        callers.push((role, person, session));
    }
    callers
}

#[actix_web::test]
async fn bad_input_is_refused_with_the_place_in_both_languages_and_changes_nothing() {
    each_database(async |app| {
        let stage = stage(&app).await;
        let callers = callers(&app, &stage).await;
        let tables = Tables::of(&app).await;
        app.settle().await;
        let mut before = tables.read(&app).await;
        // What is said does not depend on the database: once in both languages will do.
        let speaks_both = app.db().backend() == sea_orm::DbBackend::Sqlite;
        let mut faults = Vec::new();
        let mut used = Vec::new();
        let (mut count, mut both) = (0, 0);
        for operation in operations() {
            let place = format!("{} {} ({})", operation.method, operation.path, operation.id);
            let caller = callers.iter().find(|(role, ..)| operation.reach(role) != "no").expect("somebody may");
            let path = path_for(&stage, caller.0, operation.path, Object::Own, &caller.2);
            let client = &caller.1;
            let mut cases = parameters::cases(&operation);
            let made =
                |at: String| std::panic::catch_unwind(|| bodies::cases(&at)).unwrap_or_else(|panic| Err(words(panic)));
            // A file that a job reads is answered with the job: what is wrong in it stands in the job's report.
            let body_at = operation.body_at().filter(|_| !operation.path.ends_with("/imports"));
            match body_at.clone().map(made).transpose() {
                Ok(more) => cases.extend(more.into_iter().flatten()),
                Err(reason) => faults.push(format!("{place}: {reason}")),
            }
            if body_at.is_none() && !operation.path.ends_with("/imports") {
                cases.extend(bodies::files(&operation));
            }
            for case in &cases {
                let exempt = |row: &&(&str, &str, &str, &str)| {
                    row.0 == operation.id && row.1 == case.what && (row.2 == "*" || row.2 == case.place())
                };
                if let Some(row) = EXEMPT.iter().find(exempt) {
                    used.push(row);
                    continue;
                }
                count += 1;
                let about = format!("{place}: {} {}", case.what, case.place());
                let answer = match send(client, &operation, &path, case, "id").await {
                    Ok(answer) => answer,
                    Err(panic) => {
                        faults.push(format!("{about}: {panic}"));
                        continue;
                    }
                };
                // CASE has errors of its own form, in English alone.
                if operation.path.starts_with("/ims/") {
                    if answer.status.as_u16() != case.status {
                        faults.push(format!("{about}: must be {}, was {}", case.status, answer.status));
                    }
                    continue;
                }
                if let Some(fault) = fault_of(case, &answer) {
                    faults.push(format!("{about}: {fault}"));
                } else if speaks_both && let Ok(english) = send(client, &operation, &path, case, "en").await {
                    both += 1;
                    faults.extend(languages_differ(&answer, &english).map(|fault| format!("{about}: {fault}")));
                }
            }
            app.settle().await;
            let after = tables.read(&app).await;
            let moved = changed(&before, &after);
            if !moved.is_empty() {
                faults.push(format!("{place}: refused requests changed {}", moved.join(", ")));
            }
            before = after;
        }
        faults.extend(EXEMPT.iter().filter(|row| !used.contains(row)).map(|row| format!("{row:?} exempts nothing")));
        println!("{count} requests refused, {both} of them in both languages");
        let shown: Vec<_> = faults.iter().take(60).map(String::as_str).collect();
        assert!(faults.is_empty(), "{} of {count} wrong:\n{}", faults.len(), shown.join("\n"));
        assert!(count > 2000, "{count} requests");
    })
    .await;
}
