use futures_util::future::join_all;

use crate::support::{Client, each_database, json};

async fn read(person: &Client, resource: &str, stars: Option<i32>) -> String {
    let body = json!({"read_on": "2026-02-20", "stars": stars});
    person.post(&format!("{resource}/readings"), body).await.created().id()
}

#[actix_web::test]
async fn stars_are_one_a_person_and_their_mean_is_kept() {
    each_database(async |app| {
        let library = app.library().await;
        let book = json!({"kind": "book", "title": "Manajemen Koleksi", "minutes": 300});
        library.mentee.post("/learning-resources", book.clone()).await.is(403);
        let book = library.mentor.post("/learning-resources", book).await.created();
        assert_eq!(book.json["rating_average"], json!(null));
        let path = format!("/learning-resources/{}", book.id());

        let people = [&library.mentor, &library.mentee, &library.other];
        let asked = people.iter().zip([5, 4, 4]).map(|(person, stars)| read(person, &path, Some(stars)));
        let readings = join_all(asked).await;
        let figures = async || {
            let seen = library.other.get(&path).await.ok().json;
            (seen["rating_average"].clone(), seen["rating_count"].clone(), seen["reader_count"].clone())
        };
        assert_eq!(figures().await, (json!(4.33), json!(3), json!(3)));
        let again = json!({"stars": 1});
        library.mentee.post(&format!("{path}/readings"), again).await.is(409).refused("already_read");
        library.admin.post(&format!("{path}/readings"), json!({})).await.is(409).refused("no_professional_record");
        library
            .other
            .post(&format!("{path}/readings"), json!({"stars": 6}))
            .await
            .is(422)
            .blames("#/stars", "out_of_range");
        let late = json!({"read_on": "2026-03-03"});
        library.other.post(&format!("{path}/readings"), late).await.is(422).blames("#/read_on", "in_the_future");

        let own = format!("/readings/{}", readings[1]);
        let tag = library.mentee.get(&own).await.ok();
        library.mentor.patch(&own, tag.tag(), json!({"stars": 1})).await.is(404);
        let changed = library.mentee.patch(&own, tag.tag(), json!({"stars": null, "comment": "Bab 3"})).await.ok();
        assert_eq!(figures().await, (json!(4.5), json!(2), json!(3)));
        library.mentee.delete(&own, changed.tag()).await.no_content();
        assert_eq!(figures().await, (json!(4.5), json!(2), json!(2)));
        let listed = library.other.get(&format!("/readings?learning_resource_id={}&stars_gte=5", book.id())).await.ok();
        assert_eq!(listed.column("stars"), [json!(5)]);
        let best = library.other.get("/learning-resources?sort=-rating&kind=book,article&q=koleksi").await.ok();
        assert_eq!(best.column("id"), [json!(book.id())]);
    })
    .await;
}

#[actix_web::test]
async fn what_leads_to_a_level_is_recommended_to_whom_it_is_missing_until_they_read_it() {
    each_database(async |app| {
        let library = app.library().await;
        let (competency, level) = library.asked_of(&library.mentee).await[0].clone();
        let aims = json!([{"competency_id": competency, "level": level}]);
        let twice = json!([{"competency_id": competency, "level": 1}, {"competency_id": competency, "level": 2}]);
        let new =
            |title: &str, aims: &serde_json::Value| json!({"kind": "guideline", "title": title, "competencies": aims});
        let wrong = library.admin.post("/learning-resources", new("Ganda", &twice)).await.is(422);
        wrong.blames("#/competencies/1/competency_id", "repeated");
        let absent = json!([{"competency_id": "019a0000-0000-7000-8000-00000000dead", "level": 1}]);
        let wrong = library.admin.post("/learning-resources", new("Lain", &absent)).await.is(422);
        wrong.blames("#/competencies/0/competency_id", "not_assessable");
        let plain = library.admin.post("/learning-resources", new("Pedoman A", &aims)).await.created().id();
        let liked = library.admin.post("/learning-resources", new("Pedoman B", &aims)).await.created();
        read(&library.other, &format!("/learning-resources/{}", liked.id()), Some(5)).await;

        let path = format!("/librarians/{}/recommendations", library.mentee.librarian());
        let named = async || {
            let answer = library.mentee.get(&path).await.ok();
            let items = answer.json["items"].as_array().unwrap().clone();
            let resources = items.into_iter().filter(|item| item["kind"] == "learning_resource");
            resources.map(|item| item["subject_id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(named().await, [liked.id(), plain.clone()]);
        read(&library.mentee, &format!("/learning-resources/{plain}"), None).await;
        assert_eq!(named().await, [liked.id()]);
        let found =
            library.mentee.get(&format!("/learning-resources?competency_id={competency}&level_gte={level}")).await;
        assert_eq!(found.ok().json["items"].as_array().unwrap().len(), 2);
        let one = format!("/learning-resources/{}", liked.id());
        library.admin.delete(&one, liked.tag()).await.no_content();
        assert_eq!(named().await, Vec::<String>::new());
        library.admin.step(&format!("{one}/restoration")).await.ok();
        assert_eq!(named().await, [liked.id()]);
    })
    .await;
}
