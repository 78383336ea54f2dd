use actix_web::http::Method;
use serde_json::Value;
use tokio::join;

use crate::support::client::Answer;
use crate::support::people::Library;
use crate::support::{Client, TestApp, each_database, json};

const HEADER: &str = "employee_number,employment_kind,name,unit_code,position_code,grade,effective_on,email";
/// Rows of the table, as a spreadsheet counts: the header is row 1.
const LAST_ROW: usize = 301;

/// Right cells of a row.
fn cells(row: usize) -> [String; 8] {
    let text = |text: &str| text.to_owned();
    if row.is_multiple_of(10) {
        return [
            text(""),
            text("non_asn"),
            format!("Tenaga {row}"),
            text("DUA"),
            text(""),
            text(""),
            text(""),
            text(""),
        ];
    }
    let number = format!("199003142015031{row:03}");
    let email = format!("pegawai{row}@perpustakaan.example");
    let name = format!("Pegawai, {row}");
    [number, text("PNS"), name, text("SATU"), text("15504"), text("III/b"), text("2021-03-01"), email]
}

/// A table of 300, of which seven are wrong.
fn table(wrong: bool, separator: &str) -> String {
    let mut lines = vec![HEADER.replace(',', separator)];
    for row in 2..=LAST_ROW {
        let mut cells = cells(row);
        let mut spoil = |column: usize, text: &str| text.clone_into(&mut cells[column]);
        match row {
            14 => spoil(3, "PUSAT"),
            31 => spoil(0, "19900314201503103"),
            58 => spoil(1, "honorer"),
            101 => spoil(2, " "),
            152 => spoil(6, "31-02-2024"),
            201 => spoil(0, "199003142015031002"),
            299 => {
                spoil(4, "99999");
                spoil(7, "bukan-surel");
            }
            _ => {}
        }
        if wrong || ![14, 31, 58, 101, 152, 201, 299].contains(&row) {
            lines.push(cells.map(|cell| format!("\"{cell}\"")).join(separator));
        }
    }
    lines.join("\r\n")
}

/// The mistakes of the table: row, column, code.
fn mistakes() -> Value {
    json!([
        [14, "unit_code", "no_such_code"],
        [31, "employee_number", "number_length"],
        [58, "employment_kind", "one_of"],
        [101, "name", "required"],
        [152, "effective_on", "not_a_date"],
        [201, "employee_number", "same_as_row"],
        [299, "position_code", "no_such_code"],
        [299, "email", "not_an_email"],
    ])
}

fn told(report: &Value) -> Value {
    let errors = report["errors"].as_array().unwrap();
    errors.iter().map(|error| json!([error["row"], error["column"], error["code"]])).collect()
}

async fn send(admin: &Client, query: &str, content: impl Into<Vec<u8>>) -> Answer {
    let path = format!("/librarians/imports{query}");
    admin.send(Method::POST, &path, Some(content.into()), &[("content-type", "text/csv; charset=utf-8")]).await
}

/// Sends a table and waits for its job.
async fn imported(app: &TestApp, admin: &Client, query: &str, content: impl Into<Vec<u8>>) -> Value {
    let accepted = send(admin, query, content).await.is(202);
    assert_eq!(accepted.header("retry-after"), Some("1"));
    let path = accepted.header("location").unwrap().to_owned();
    assert_eq!(accepted.json["status"], "queued");
    assert_eq!(app.work().await, 1);
    admin.get(&path).await.ok().json
}

fn counts(job: &Value) -> [i64; 5] {
    ["rows", "created", "updated", "unchanged", "failed"].map(|name| job["report"][name].as_i64().unwrap())
}

async fn staff(library: &Library) -> i64 {
    library.admin.get("/librarians?include_total=true&limit=1").await.ok().json["page"]["total"].as_i64().unwrap()
}

#[actix_web::test]
async fn of_300_staff_with_7_wrong_rows_a_trial_and_an_atomic_import_write_nothing_and_a_partial_one_293() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let before = staff(&library).await;

        let trial = imported(&app, admin, "?dry_run=true", table(true, ",")).await;
        assert_eq!((&trial["status"], &trial["report"]["applied"]), (&json!("succeeded"), &json!(false)));
        assert_eq!(counts(&trial), [300, 293, 0, 0, 7]);
        assert_eq!(told(&trial["report"]), mistakes());
        let first = &trial["report"]["errors"][0]["message"];
        assert_eq!(first["id"], "Tidak ada data dengan kode PUSAT");
        assert_eq!(first["en"], "There is nothing with the code PUSAT");
        assert_eq!(staff(&library).await, before);

        let atomic = imported(&app, admin, "", table(true, ",")).await;
        assert_eq!((&atomic["status"], &atomic["problem"]["code"]), (&json!("failed"), &json!("import_rejected")));
        assert_eq!((told(&atomic["report"]), counts(&atomic)), (mistakes(), [300, 293, 0, 0, 7]));
        assert_eq!(staff(&library).await, before);

        let partial = imported(&app, admin, "?mode=partial", table(true, ",")).await;
        assert_eq!((&partial["status"], &partial["report"]["applied"]), (&json!("succeeded"), &json!(true)));
        assert_eq!((told(&partial["report"]), counts(&partial)), (mistakes(), [300, 293, 0, 0, 7]));
        assert_eq!(partial["progress"], json!({"done": 300, "total": 300}));
        assert_eq!(staff(&library).await, before + 293);

        let found = admin.get("/librarians?q=pegawai,%2042").await.ok();
        let person = admin.get(&format!("/librarians/{}", found.column("id")[0].as_str().unwrap())).await.ok();
        assert_eq!(person.json["name"], "Pegawai, 42");
        assert_eq!((&person.json["born_on"], &person.json["sex"]), (&json!("1990-03-14"), &json!("male")));
        assert_eq!((&person.json["grade"], &person.json["position_since"]), (&json!("III/b"), &json!("2021-03-01")));
        let jobs = admin.get("/jobs?kind=staff_import&sort=created_at").await.ok();
        assert_eq!(jobs.column("status"), [json!("succeeded"), json!("failed"), json!("succeeded")]);
    })
    .await;
}

#[actix_web::test]
async fn the_same_table_again_changes_nothing_and_another_only_what_it_says() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let first = imported(&app, admin, "", table(false, ",")).await;
        assert_eq!((counts(&first), &first["status"]), ([293, 293, 0, 0, 0], &json!("succeeded")));
        let events = app.events_of(&["librarian"]).await.len();

        // With a byte order mark and semicolons, as spreadsheets here save it.
        let again = imported(&app, admin, "", format!("\u{feff}{}", table(false, ";"))).await;
        assert_eq!(counts(&again), [293, 0, 0, 293, 0]);
        let partial = imported(&app, admin, "?mode=partial", table(false, "\t")).await;
        assert_eq!(counts(&partial), [293, 0, 0, 293, 0]);
        assert_eq!(app.events_of(&["librarian"]).await.len(), events);

        let changed = "name,grade,unit_code,employee_number,employment_kind\n\
            Tenaga 20,,SATU,,non-asn\n\"Pegawai, 42\",III/c,satu,'19900314 201503 1 042,pns\n\"Pegawai, 43\",,SATU,199003142015031043,pns\n";
        let changed = imported(&app, admin, "", changed).await;
        assert_eq!(counts(&changed), [3, 0, 3, 0, 0]);
        let person = async |name: &str| {
            let found = admin.get(&format!("/librarians?q={name}")).await.ok();
            admin.get(&format!("/librarians/{}", found.column("id")[0].as_str().unwrap())).await.ok().json
        };
        assert_eq!(person("tenaga%2020").await["unit_id"], library.units[0]);
        let promoted = person("pegawai,%2042").await;
        assert_eq!((&promoted["grade"], &promoted["position_since"]), (&json!("III/c"), &json!("2021-03-01")));
        assert_eq!(person("pegawai,%2043").await["grade"], json!(null), "an empty cell clears");
        assert_eq!(app.events_of(&["librarian"]).await.len(), events + 3);
    })
    .await;
}

#[actix_web::test]
async fn two_imports_of_one_table_at_once_enter_everybody_once() {
    each_database(async |app| {
        let library = app.library().await;
        let before = staff(&library).await;
        for query in ["?mode=partial", "?mode=partial", ""] {
            send(&library.admin, query, table(false, ",")).await.is(202);
        }

        let (one, two, three) = join!(app.work(), app.work(), app.work());

        assert_eq!(one + two + three, 3);
        let jobs = library.admin.get("/jobs").await.ok();
        assert_eq!(jobs.column("status"), vec![json!("succeeded"); 3]);
        let created: i64 = jobs.column("report").iter().map(|report| report["created"].as_i64().unwrap()).sum();
        assert_eq!((created, staff(&library).await), (293, before + 293));
    })
    .await;
}

#[actix_web::test]
async fn a_table_that_cannot_be_read_is_told_by_the_job_and_a_file_that_is_none_at_once() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let job = imported(&app, admin, "?mode=partial", "nama,name,name\n").await;
        assert_eq!((&job["status"], &job["problem"]["code"]), (&json!("failed"), &json!("import_rejected")));
        let header = json!([
            [1, "nama", "unknown_column"],
            [1, "name", "repeated"],
            [1, "employee_number", "required"],
            [1, "employment_kind", "required"],
            [1, "unit_code", "required"],
        ]);
        assert_eq!(told(&job["report"]), header);
        let empty = imported(&app, admin, "", HEADER).await;
        assert_eq!((&empty["status"], counts(&empty)), (&json!("succeeded"), [0; 5]));
        let rows: String = (0..10_001).map(|row| format!(",non_asn,N{row},SATU,,,,\n")).collect::<Vec<_>>().concat();
        let long = imported(&app, admin, "?dry_run=true", format!("{HEADER}\n{rows}")).await;
        assert_eq!(told(&long["report"]), json!([[10_002, null, "too_many_rows"]]));

        send(admin, "", vec![b'x'; 10 * 1024 * 1024 + 1]).await.is(413).refused("body_too_large");
        let other =
            admin.send(Method::POST, "/librarians/imports", Some(vec![0]), &[("content-type", "application/json")]);
        let other = other.await.is(415).refused("unsupported_media_type");
        assert_eq!(other.header("accept-post"), Some("text/csv"));
        send(admin, "?mode=all", "").await.is(400).refused("invalid_parameter").blames("mode", "not_a_choice");
        send(admin, "?dry=true", "").await.is(400).refused("invalid_parameter").blames("dry", "unknown_parameter");
        send(&library.mentor, "", table(false, ",")).await.is(403);
        let template = admin.get("/librarians/imports/template").await.ok();
        assert_eq!(template.body, format!("{HEADER}\n").into_bytes());
        assert_eq!(app.work().await, 0);
    })
    .await;
}
