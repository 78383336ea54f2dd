use actix_web::http::Method;
use serde_json::Value;

use crate::support::database::TestDatabase;
use crate::support::{Client, TestApp, each_database, json};

const PACKAGES: &str = "/ims/case/v1p1/CFPackages";

async fn send(app: &TestApp, admin: &Client, query: &str, media: &str, content: impl Into<Vec<u8>>) -> Value {
    let path = format!("/frameworks/imports{query}");
    let accepted = admin.send(Method::POST, &path, Some(content.into()), &[("content-type", media)]).await.is(202);
    assert_eq!(app.work().await, 1);
    admin.get(accepted.header("location").unwrap()).await.ok().json
}

async fn package(app: &TestApp, admin: &Client, query: &str, package: &Value) -> Value {
    send(app, admin, query, "application/json", package.to_string()).await
}

fn counts(job: &Value) -> [i64; 4] {
    ["rows", "created", "unchanged", "failed"].map(|name| job["report"][name].as_i64().unwrap())
}

fn told(job: &Value) -> Vec<[Value; 2]> {
    let errors = job["report"]["errors"].as_array().unwrap().iter();
    let place = |error: &Value| if error["row"].is_null() { error["pointer"].clone() } else { error["row"].clone() };
    errors.map(|error| [place(error), error["code"].clone()]).collect()
}

/// The frameworks of an instance that has the shipped ones, as packages: byte for byte.
async fn exported(app: &TestApp) -> Vec<Vec<u8>> {
    let frameworks = app.anonymous().get("/ims/case/v1p1/CFDocuments?limit=100").await.ok();
    let mut packages = Vec::new();
    for document in frameworks.json["CFDocuments"].as_array().unwrap() {
        let path = format!("{PACKAGES}/{}", document["identifier"].as_str().unwrap());
        packages.push(app.anonymous().get(&path).await.ok().body);
    }
    packages
}

#[actix_web::test]
async fn a_package_of_one_instance_goes_into_an_empty_one_and_out_again_byte_for_byte() {
    let origin = TestDatabase::sqlite().await;
    let public_url = "https://asal.example".to_owned();
    let options = bina_pustaka::app::Options { rate_limits: false, public_url, ..Default::default() };
    let other = TestApp::start(&origin, options).await;
    other.library().await;
    let packages = exported(&other).await;
    assert!(!packages.is_empty());
    each_database(async |app| {
        let admin = app.admin().await;
        assert_eq!(exported(&app).await.len(), 0, "it is empty");
        app.after(chrono::TimeDelta::minutes(5));
        for content in &packages {
            let items: Value = serde_json::from_slice(content).unwrap();
            let items = i64::try_from(items["CFItems"].as_array().unwrap().len()).unwrap();
            let trial = send(&app, &admin, "?dry_run=true", "application/json", content.clone()).await;
            assert_eq!((&trial["status"], counts(&trial)), (&json!("succeeded"), [items, items, 0, 0]), "{trial:#}");
            assert!(!exported(&app).await.contains(content), "a trial writes nothing");
            let job = send(&app, &admin, "", "application/json", content.clone()).await;
            assert_eq!((&job["report"]["applied"], counts(&job)), (&json!(true), [items, items, 0, 0]), "{job:#}");
            assert!(exported(&app).await.contains(content));
            let events = app.events_of(&["framework", "competency"]).await.len();

            let again = send(&app, &admin, "", "application/json", content.clone()).await;
            assert_eq!((&again["status"], counts(&again)), (&json!("succeeded"), [items, 0, items, 0]));
            assert_eq!(app.events_of(&["framework", "competency"]).await.len(), events);

            let mut changed: Value = serde_json::from_slice(content).unwrap();
            changed["CFItems"][0]["fullStatement"] = json!("Lain");
            let refused = package(&app, &admin, "", &changed).await;
            assert_eq!(
                (&refused["status"], told(&refused)),
                (&json!("failed"), vec![[json!(null), json!("framework_exists")]])
            );
            assert!(exported(&app).await.contains(content));
        }
    })
    .await;
    other.settle().await;
    drop(other);
    origin.close().await;
}

#[actix_web::test]
async fn the_mistakes_of_a_package_are_pointed_at_and_nothing_is_written() {
    each_database(async |app| {
        let admin = app.admin().await;
        let id = |last: u8| format!("0b5f5e0e-8d3a-4a32-8d2f-0f5f0d6a1c{last:02x}");
        let item = |last: u8| json!({"identifier": id(last), "fullStatement": "Menata koleksi", "uri": "urn:x"});
        let wrong = json!({
            "CFDocument": {"identifier": "bukan", "title": "Kerangka"},
            "CFItems": [item(1), item(1), {"identifier": id(3)}, {"fullStatement": "x"}],
            "CFAssociations": [{"identifier": id(9)}],
        });
        for query in ["?dry_run=true", ""] {
            let job = package(&app, &admin, query, &wrong).await;
            let said = [
                ("#/CFDocument/identifier", "not_valid"),
                ("#/CFItems/1/identifier", "repeated"),
                ("#/CFItems/2/fullStatement", "required"),
                ("#/CFItems/3/identifier", "required"),
                ("#/CFAssociations/0", "not_valid"),
            ];
            assert_eq!(told(&job), said.map(|(pointer, code)| [json!(pointer), json!(code)]));
            assert_eq!(counts(&job), [4, 0, 0, 3]);
            let (status, problem) =
                if query.is_empty() { ("failed", json!("import_rejected")) } else { ("succeeded", json!(null)) };
            assert_eq!((&job["status"], &job["problem"]["code"]), (&json!(status), &problem));
        }
        let broken = send(&app, &admin, "", "application/json", "{").await;
        assert_eq!(told(&broken), [[json!(null), json!("malformed_json")]]);
        assert_eq!(app.events_of(&["framework", "competency"]).await.len(), 0);
        let partial = admin.send(Method::POST, "/frameworks/imports?mode=partial", Some(vec![]), &[]).await;
        partial.is(400).refused("invalid_parameter").blames("mode", "not_a_choice");
        let other =
            admin.send(Method::POST, "/frameworks/imports", Some(vec![]), &[("content-type", "text/plain")]).await;
        assert_eq!(other.is(415).header("accept-post"), Some("application/json, text/csv"));
    })
    .await;
}

#[actix_web::test]
async fn a_framework_goes_out_as_a_table_and_comes_in_as_a_draft_that_says_the_same() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let framework = admin.get("/frameworks").await.ok();
        let path = format!("/frameworks/{}/competencies.csv", framework.column("id")[0].as_str().unwrap());
        let table = library.mentee.get(&path).await.ok();
        let rows = i64::try_from(String::from_utf8_lossy(&table.body).lines().count()).unwrap();
        assert!(rows > 20);

        let same = send(&app, admin, "", "text/csv", table.body.clone()).await;
        assert_eq!((&same["report"]["applied"], &same["report"]["created"]), (&json!(true), &json!(0)), "{same:#}");
        assert_eq!(same["report"]["unchanged"], same["report"]["rows"]);

        let label = framework.column("version_label")[0].as_str().unwrap().to_owned();
        let text = String::from_utf8(table.body).unwrap();
        let renamed = text.replacen(&format!(",{label},"), ",\"Uji, coba\",", 1);
        let job = send(&app, admin, "", "text/csv", renamed.clone()).await;
        assert_eq!((&job["status"], &job["report"]["failed"]), (&json!("succeeded"), &json!(0)), "{job:#}");
        assert_eq!(job["report"]["created"], same["report"]["rows"]);
        let drafts = admin.get("/frameworks?status=draft").await.ok();
        assert_eq!(drafts.column("version_label"), [json!("Uji, coba")]);
        let path = format!("/frameworks/{}/competencies.csv", drafts.column("id")[0].as_str().unwrap());
        let out = admin.get(&path).await.ok();
        assert_eq!(String::from_utf8(out.body).unwrap(), renamed);
        library.mentor.get(&path).await.is(404);
        assert_eq!(send(&app, admin, "", "text/csv", renamed).await["report"]["created"], 0);
    })
    .await;
}

#[actix_web::test]
async fn the_mistakes_of_a_table_are_named_by_row_and_column() {
    each_database(async |app| {
        let admin = app.admin().await;
        let table = "kind;code;parent_code;version_label;title_id;title_en;level_1_id;provisional\n\
            framework;UJI;;1;Kerangka uji;;;\n\
            area;A;;;Bidang;;;\n\
            unit;A.1;A;;Unit;Unit;Paham;\n\
            element;A.1.1;A;;Elemen;;;\n\
            unit;A.2;A;;;;;\n\
            framework;UJI;;1;Kerangka uji;;;\n\
            bidang;B;;;Bidang;;;mungkin\n\
            unit;A.3;B;;Unit;;;\n";
        let job = send(&app, &admin, "", "text/csv", table).await;
        let errors = job["report"]["errors"].as_array().unwrap();
        let said: Vec<_> = errors.iter().map(|error| json!([error["row"], error["column"], error["code"]])).collect();
        let expected = json!([
            [4, "level_1_id", "five_levels"],
            [6, "title_id", "required"],
            [7, "kind", "framework_first"],
            [8, "kind", "one_of"],
            [8, "provisional", "one_of"],
        ]);
        assert_eq!((json!(said), &job["report"]["failed"]), (expected, &json!(4)));
        let table = "kind,code,parent_code,version_label,title_id\n\
            framework,UJI,,1,Kerangka uji\narea,A,,,Bidang\nelement,A.1,A,,Elemen\nunit,A,B,,Unit\n";
        let job = send(&app, &admin, "", "text/csv", table).await;
        assert_eq!(
            told(&job),
            [[json!(4), json!("wrong_place")], [json!(5), json!("same_as_row")], [json!(5), json!("no_such_code")]]
        );
        assert_eq!(app.events_of(&["framework", "competency"]).await.len(), 0);
    })
    .await;
}
