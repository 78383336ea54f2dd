mod decisions;
mod departures;
mod feedback;
mod goals;
mod meetings;
mod mentorships;
mod profiles;
mod publication;
mod report;
mod requests;
mod rounds;
mod stage;
mod surveyed;
mod told;

use crate::support::people::Library;
use crate::support::{Client, TestApp, json};

/// Somebody more of the staff, with an account.
pub async fn somebody(app: &TestApp, library: &Library, name: &str) -> Client {
    let new = json!({"name": name, "employment_kind": "non_asn", "unit_id": library.units[0]});
    let id = library.admin.post("/librarians", new).await.created().id().parse().unwrap();
    app.account(&format!("{name}@test.example"), name, false, false, Some(id)).await
}

/// An agreed pair since January; answers its path.
pub async fn paired(library: &Library, mentor: &Client, mentee: &Client) -> String {
    let pair = json!({"mentor_id": mentor.librarian(), "mentee_id": mentee.librarian(), "starts_on": "2026-01-12"});
    format!("/mentorships/{}", library.admin.post("/mentorships", pair).await.created().id())
}

/// A pair that both are to accept; answers its path.
pub async fn proposed(library: &Library, mentor: &Client, mentee: &Client) -> String {
    let pair = json!({"mentor_id": mentor.librarian(), "mentee_id": mentee.librarian(), "starts_on": "2026-03-02",
        "is_proposal": true});
    format!("/mentorships/{}", library.admin.post("/mentorships", pair).await.created().id())
}

/// A meeting of a pair; answers its path.
pub async fn meeting(person: &Client, pair: &str, starts_at: &str) -> String {
    let new = json!({"starts_at": starts_at, "agenda": "Cantuman koleksi lokal"});
    format!("/mentoring-meetings/{}", person.post(&format!("{pair}/meetings"), new).await.created().id())
}
