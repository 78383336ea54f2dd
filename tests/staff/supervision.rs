use crate::support::people::Library;
use crate::support::{Client, each_database, json};

async fn put_under(library: &Library, person: &Client, superior: &Client) -> crate::support::client::Answer {
    let path = format!("/librarians/{}", person.librarian());
    loop {
        let record = library.admin.get(&path).await.ok();
        let answer = library.admin.patch(&path, record.tag(), json!({"supervisor_id": superior.librarian()})).await;
        if answer.status != 412 {
            return answer;
        }
    }
}

#[actix_web::test]
async fn nobody_stands_above_themself() {
    each_database(async |app| {
        let library = app.library().await;
        let (a, b, c) = (&library.mentor, &library.mentee, &library.other);
        put_under(&library, a, a).await.is(422).blames("#/supervisor_id", "circle_of_superiors");
        put_under(&library, b, a).await.ok();
        put_under(&library, c, b).await.ok();
        put_under(&library, a, c).await.is(422).blames("#/supervisor_id", "circle_of_superiors");
        let nobody = json!({"supervisor_id": "019a0000-0000-7000-8000-00000000dead"});
        let path = format!("/librarians/{}", a.librarian());
        let record = library.admin.get(&path).await.ok();
        library.admin.patch(&path, record.tag(), nobody).await.is(422).blames("#/supervisor_id", "no_such_object");
    })
    .await;
}

#[actix_web::test]
async fn two_changes_at_once_close_no_circle() {
    each_database(async |app| {
        let library = app.library().await;
        let (a, b, c) = (&library.mentor, &library.mentee, &library.other);
        for _ in 0..4 {
            for person in [a, b, c] {
                let path = format!("/librarians/{}", person.librarian());
                let record = library.admin.get(&path).await.ok();
                library.admin.patch(&path, record.tag(), json!({"supervisor_id": null})).await.ok();
            }
            let asked = [(a, b), (b, c), (c, a)].map(|(person, superior)| put_under(&library, person, superior));
            let answers = futures_util::future::join_all(asked).await;
            let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status.as_u16()).collect();
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 200, 422]);
        }
    })
    .await;
}

#[actix_web::test]
async fn a_unit_is_led_by_somebody_who_is_here() {
    each_database(async |app| {
        let library = app.library().await;
        let path = format!("/units/{}", library.units[0]);
        let unit = library.admin.get(&path).await.ok();
        let absent = json!({"head_id": "019a0000-0000-7000-8000-00000000dead"});
        library.admin.patch(&path, unit.tag(), absent).await.is(422).blames("#/head_id", "no_such_object");
        let head = json!({"head_id": library.mentor.librarian()});
        library.admin.patch(&path, unit.tag(), head.clone()).await.ok();
        assert_eq!(library.other.get(&path).await.ok().json["head_id"], head["head_id"]);
        let person = format!("/librarians/{}", library.mentor.librarian());
        let record = library.admin.get(&person).await.ok();
        library.admin.delete(&person, record.tag()).await.no_content();
        let after = library.admin.get(&path).await.ok();
        assert_eq!((&after.json["head_id"], &after.json["version"]), (&json!(null), &json!(3)));
        library.admin.patch(&path, after.tag(), head).await.is(422).blames("#/head_id", "no_such_object");
    })
    .await;
}
