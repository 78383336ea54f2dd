//! A round of some size, published at once.

use bina_pustaka::kernel::event;
use futures_util::future::{join, join_all};

use super::stage::Stage;
use crate::support::{each_database, json};

const MENTORS: usize = 100;
const PEOPLE: usize = 301;

#[actix_web::test]
async fn hundreds_of_pairs_become_mentorships_at_once_each_with_its_events() {
    each_database(async |app| {
        let stage = Stage::of(&app).await;
        let (stage, admin) = (&stage, &stage.library.admin);
        for some in (0..MENTORS).collect::<Vec<_>>().chunks(20) {
            join_all(some.iter().map(|number| async move {
                let mentor = stage.person(&format!("Mentor {number}"), None).await;
                stage.mentor(&mentor, 3, 4, json!({})).await;
            }))
            .await;
        }
        for some in (0..PEOPLE).collect::<Vec<_>>().chunks(20) {
            join_all(some.iter().map(|number| async move {
                let person = stage.person(&format!("Binaan {number}"), None).await;
                stage.request(&person, 3, json!({})).await;
            }))
            .await;
        }
        let round = stage.round(json!({})).await;
        let executed = stage.executed(&round).await.json;
        assert_eq!((&executed["matched_count"], &executed["unmatched_count"]), (&json!(300), &json!(1)));
        admin.step(&format!("{round}/acceptance")).await.ok();
        let publication = format!("{round}/publication");
        let (one, other) = join(admin.step(&publication), admin.step(&publication)).await;
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);

        let names = app.events_of(&["mentorship", "matching_proposal", "mentoring_request"]).await;
        let count = |wanted: &str| names.iter().filter(|name| *name == wanted).count();
        // A proposed mentorship is told to both.
        assert_eq!(count("mentorship.proposed"), 600);
        for name in ["matching_proposal.accepted", "matching_proposal.published", "mentoring_request.matched"] {
            assert_eq!(count(name), 300, "{name}");
        }
        assert_eq!(count("mentoring_request.unmatched"), 1);
        let page = admin.get(&format!("{round}/proposals?limit=200")).await.ok().json;
        for item in page["items"].as_array().unwrap() {
            let pair = admin.get(&format!("/mentorships/{}", item["mentorship_id"].as_str().unwrap())).await.ok().json;
            assert_eq!((&pair["mentor_id"], &pair["mentee_id"]), (&item["mentor_id"], &item["mentee_id"]));
            let request = format!("/mentoring-requests/{}", item["request_id"].as_str().unwrap());
            let request = admin.get(&request).await.ok().json;
            assert_eq!((&request["status"], &request["version"]), (&json!("matched"), &json!(2)));
            assert_eq!(request["mentorship_id"], item["mentorship_id"]);
        }
        assert_eq!(event::verify(app.db()).await.unwrap().findings, Vec::<String>::new());
    })
    .await;
}
