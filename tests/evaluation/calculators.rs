use serde_json::Value;
use uuid::Uuid;

use super::support::{computed, shipped};
use crate::support::credit::{FUNCTIONAL, SEMINAR, credit, learned, reverse};
use crate::support::people::Library;
use crate::support::{TestApp, each_database, json};

/// So many civil servants, junior librarians.
async fn civil_servants(library: &Library, count: usize) -> Vec<Uuid> {
    let positions = library.admin.get("/positions?sort=code").await.ok();
    let positions = positions.json["items"].as_array().unwrap();
    let position = positions.iter().find(|row| row["code"] == "15504").unwrap()["id"].clone();
    let mut people = Vec::new();
    for place in 0..count {
        let new = json!({"name": format!("PNS {place}"), "employment_kind": "pns", "unit_id": library.units[1],
            "position_id": position, "employee_number": format!("199001012015031{:03}", place + 1)});
        people.push(library.admin.post("/librarians", new).await.created().id().parse().unwrap());
    }
    people
}

async fn seminars(app: &TestApp, person: Uuid, days: &[&str]) -> Vec<Uuid> {
    let mut entries = Vec::new();
    for day in days {
        entries.push(credit(app, &learned(app, person, SEMINAR, day).await).await.unwrap().entry.id);
    }
    entries
}

async fn now(library: &Library, code: &str) -> Value {
    let indicator = shipped(&library.admin, code).await;
    let path = format!("/indicators/{}/calculation", indicator["id"].as_str().unwrap());
    library.admin.get(&path).await.ok().json
}

fn input(found: &Value, name: &str) -> Value {
    let inputs = found["inputs"].as_array().unwrap();
    inputs.iter().find(|input| input["name"] == name).unwrap_or_else(|| panic!("{name} is not in {found}"))["value"]
        .clone()
}

#[actix_web::test]
async fn credit_is_told_of_by_share_middle_and_formal_hours() {
    each_database(async |app| {
        let library = app.library().await;
        let people = civil_servants(&library, 6).await;
        // A seminar is 4 JP: five of them are the duty of a year.
        let five = ["2026-01-05", "2026-01-06", "2026-01-07", "2026-02-05", "2026-02-06"];
        let entries = seminars(&app, people[0], &five).await;
        seminars(&app, people[1], &five[..3]).await;
        seminars(&app, people[2], &["2025-12-29"]).await;
        let share = now(&library, "JP-20").await;
        assert_eq!((&share["value"], input(&share, "people_at_duty")), (&json!(16.67), json!(1.0)));
        // Of nine people the fifth has nothing this year; formal hours are 32 of nine.
        assert_eq!(now(&library, "JP-MEDIAN").await["value"], json!(0.0));
        assert_eq!(now(&library, "JP-FORMAL").await["value"], json!(3.56));

        let indicator = shipped(&library.admin, "JP-20").await;
        let kept = computed(&library.admin, &indicator, "2026").await.created();
        reverse(&app, entries[0]).await.unwrap();
        assert_eq!(now(&library, "JP-20").await["value"], json!(0.0));
        let path = format!("/measurements/{}", kept.id());
        // The share is everybody's to know, how many of whom it is made of is for admins.
        assert_eq!(input(&library.admin.get(&path).await.ok().json, "people_at_duty"), json!(1.0));
        let seen = library.mentee.get(&path).await.ok().json;
        assert_eq!((&seen["value"], &seen["inputs"]), (&json!(16.67), &json!([])));
        assert_eq!(library.admin.get(&path).await.ok().json["value"], json!(16.67), "what was measured stays");
        // Last year by what is known of it: nobody had twenty.
        let last = computed(&library.admin, &indicator, "2025").await.created();
        assert_eq!(last.json["value"], json!(0.0));
    })
    .await;
}

#[actix_web::test]
async fn groups_of_fewer_than_five_have_no_value() {
    each_database(async |app| {
        let library = app.library().await;
        civil_servants(&library, 1).await;
        for code in ["JP-20", "JP-MEDIAN", "JPM", "SERTIFIKASI", "IP-ASN"] {
            let indicator = shipped(&library.admin, code).await;
            let period = if indicator["period_kind"] == "year" { "2026" } else { "2026-S1" };
            computed(&library.admin, &indicator, period).await.is(422).blames("#/period", "too_few_people");
            let path = format!("/indicators/{}/calculation", indicator["id"].as_str().unwrap());
            library.admin.get(&path).await.is(404).blames("period", "too_few_people");
            library.mentee.get(&path).await.is(403);
        }
        // A number of meetings tells of nobody.
        assert_eq!(now(&library, "MENTORING").await["value"], json!(0.0));
    })
    .await;
}

#[actix_web::test]
async fn certificates_count_while_they_are_valid() {
    each_database(async |app| {
        let library = app.library().await;
        let people = civil_servants(&library, 5).await;
        for (place, (kind, issued, until)) in [
            ("competency", "2024-05-01", json!("2027-04-30")),
            ("competency", "2022-05-01", json!("2025-04-30")),
            ("other", "2024-05-01", json!(null)),
        ]
        .into_iter()
        .enumerate()
        {
            let new = json!({"kind": kind, "scheme": "Layanan Pemustaka", "number": format!("LSP-{place}"), "issuer": "LSP Pustakawan",
                "unit_codes": [], "issued_on": issued, "valid_until": until});
            library.admin.post(&format!("/librarians/{}/certifications", people[place]), new).await.created();
        }
        let found = now(&library, "SERTIFIKASI").await;
        assert_eq!((&found["value"], input(&found, "people_in_functional_positions")), (&json!(12.5), json!(8.0)));
        let before = computed(&library.admin, &shipped(&library.admin, "SERTIFIKASI").await, "2024-S2").await.created();
        assert_eq!(before.json["value"], json!(25.0), "both were valid at the end of 2024");
    })
    .await;
}

#[actix_web::test]
async fn the_match_and_the_index_are_the_means_of_what_each_person_reads() {
    each_database(async |app| {
        let library = app.library().await;
        let people = civil_servants(&library, 5).await;
        for (number, (competency, required)) in library.asked_of(&library.mentee).await.into_iter().enumerate() {
            let level = [required, (required - 1).max(1), 5][number % 3];
            library.assessed(&library.mentee, &competency, level, "2026-02-10", None).await;
            if number % 2 == 0 {
                library.assessed(&library.other, &competency, required, "2026-02-10", None).await;
            }
        }
        let everybody: Vec<Uuid> = [&library.mentor, &library.mentee, &library.other]
            .map(crate::support::Client::librarian)
            .into_iter()
            .chain(people.iter().copied())
            .collect();
        let mean = async |people: &[Uuid], path: &str, field: &str| {
            let (mut sum, mut count) = (0.0, 0.0);
            for person in people {
                count += 1.0;
                sum += library.admin.get(&format!("/librarians/{person}/{path}")).await.ok().json[field].as_f64().unwrap();
            }
            sum / count
        };
        let close = |found: &Value, mean: f64| (found["value"].as_f64().unwrap() - mean).abs() <= 0.011;
        let found = now(&library, "JPM").await;
        let expected = mean(&everybody, "competency-profile", "job_person_match").await;
        assert!(expected > 5.0 && close(&found, expected), "{found} against {expected}");
        assert_eq!(input(&found, "people"), json!(8.0));
        // As of the end of last year nobody was assessed.
        let before = computed(&library.admin, &shipped(&library.admin, "JPM").await, "2025-S2").await.created();
        assert_eq!((&before.json["value"], &before.json["band"]["code"]), (&json!(0.0), &json!("KO")));
        assert!(now(&library, "CAKUPAN-KOMPETENSI").await["value"].as_f64().unwrap() > 5.0);

        let degree = json!({"level": "s1", "institution": "Universitas Tanjungpura", "graduated_year": 2012, "is_library_science": true});
        library.admin.post(&format!("/librarians/{}/education", people[0]), degree).await.created();
        let appraisal = json!({"year": 2026, "first_month": 1, "months": 2, "predicate": "good", "score": 80});
        library.admin.post(&format!("/librarians/{}/appraisals", people[1]), appraisal).await.created();
        credit(&app, &learned(&app, people[2], FUNCTIONAL, "2026-02-10").await).await.unwrap();
        seminars(&app, people[0], &["2026-02-11"]).await;
        let measure = json!({"severity": "moderate", "imposed_on": "2026-02-01", "reason": "Terlambat"});
        library.admin.post(&format!("/librarians/{}/disciplinary-measures", people[3]), measure).await.created();
        let found = now(&library, "IP-ASN").await;
        let expected = mean(&people, "professionalism-index", "index").await;
        assert!(expected > 10.0 && close(&found, expected), "{found} against {expected}");
    })
    .await;
}
