//! What a year leaves in somebody's record: appraisals, disciplinary measures, leave.

use crate::support::{each_database, json};

#[actix_web::test]
async fn no_month_is_appraised_twice_however_many_write_at_once() {
    each_database(async |app| {
        let library = app.library().await;
        let path = format!("/librarians/{}/appraisals", library.mentee.librarian());
        let new = |year: i32, first_month: i32, months: i32| {
            json!({"year": year, "first_month": first_month, "months": months, "predicate": "good", "score": 84.5})
        };
        library.admin.post(&path, new(2025, 7, 7)).await.is(422).blames("#/months", "out_of_range");
        library.admin.post(&path, new(2026, 1, 4)).await.is(422).blames("#/year", "in_the_future");
        let asked = (0..12).map(|index| library.admin.post(&path, new(2025, 1 + index % 6, 6)));
        let answers = futures_util::future::join_all(asked).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
        let kept = answers.into_iter().rfind(|answer| answer.status == 201).unwrap();
        let item = format!("/appraisals/{}", kept.id());
        let moved = library.admin.patch(&item, kept.tag(), json!({"first_month": 1, "months": 6})).await.ok();
        let second = library.admin.post(&path, new(2025, 7, 6)).await.created();
        let second_path = format!("/appraisals/{}", second.id());
        let refused = library.admin.patch(&second_path, second.tag(), json!({"first_month": 6, "months": 2})).await;
        refused.is(409).refused("appraisal_overlaps");
        let scored = json!({"score": 101});
        library.admin.patch(&item, moved.tag(), scored).await.is(422).blames("#/score", "out_of_range");
        library.admin.patch(&item, moved.tag(), json!({"score": null, "predicate": "very_good"})).await.ok();
        library.admin.post(&path, new(2026, 1, 2)).await.created();
        let years = library.mentor.get(&path).await.ok().column("year");
        assert_eq!(years, [json!(2026), json!(2025), json!(2025)]);
        library.admin.delete(&second_path, second.tag()).await.no_content();
        library.other.get(&item).await.is(404);
    })
    .await;
}

#[actix_web::test]
async fn disciplinary_measures_are_for_the_person_and_admins_alone() {
    each_database(async |app| {
        let library = app.library().await;
        let path = format!("/librarians/{}/disciplinary-measures", library.mentee.librarian());
        let wrong = json!({"severity": "light", "imposed_on": "2026-03-03", "ends_on": "2026-03-02", "reason": "x"});
        let refused = library.admin.post(&path, wrong).await.is(422);
        refused.blames("#/imposed_on", "in_the_future").blames("#/ends_on", "ends_before_it_begins");
        let new = json!({"severity": "light", "imposed_on": "2025-06-02", "reason": "Terlambat berulang"});
        let measure = library.admin.post(&path, new).await.created();
        let item = format!("/disciplinary-measures/{}", measure.id());
        library.mentee.get(&item).await.ok();
        library.mentor.get(&item).await.is(404);
        library.mentor.get(&path).await.is(404);
        app.settle().await;
        let told = library.mentor.get("/events?types=disciplinary_measure").await.ok();
        assert!(told.column("id").is_empty());
        let changed = library.admin.patch(&item, measure.tag(), json!({"ends_on": "2025-12-01"})).await.ok();
        library.admin.delete(&item, changed.tag()).await.no_content();
        assert!(library.mentee.get(&path).await.ok().column("id").is_empty());
    })
    .await;
}

#[actix_web::test]
async fn nobody_is_away_twice_on_one_day() {
    each_database(async |app| {
        let library = app.library().await;
        let path = format!("/librarians/{}/leaves", library.mentee.librarian());
        let new = |first: usize, last: usize| {
            json!({"kind": "annual", "starts_on": format!("2026-03-{first:02}"), "ends_on": format!("2026-03-{last:02}")})
        };
        library.admin.post(&path, new(9, 8)).await.is(422).blames("#/ends_on", "ends_before_it_begins");
        let asked = (0..10).map(|day| library.admin.post(&path, new(9 + day % 3, 12)));
        let answers = futures_util::future::join_all(asked).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
        let kept = answers.into_iter().find(|answer| answer.status == 201).unwrap();
        let item = format!("/leaves/{}", kept.id());
        let kept = library.admin.patch(&item, kept.tag(), json!({"starts_on": "2026-03-09"})).await.ok();
        let later = library.admin.post(&path, new(13, 13)).await.created();
        library.admin.patch(&item, kept.tag(), json!({"ends_on": "2026-03-13"})).await.is(409).refused("leave_overlaps");
        let away = async |day: &str| library.mentor.get(&format!("/leaves?on={day}")).await.ok().column("id");
        assert_eq!(away("2026-03-12").await, [json!(kept.id())]);
        assert!(away("2026-03-14").await.is_empty());
        assert!(library.other.get("/leaves").await.ok().column("id").is_empty());
        library.admin.delete(&format!("/leaves/{}", later.id()), later.tag()).await.no_content();
        assert_eq!(library.mentee.get("/leaves").await.ok().column("id").len(), 1);
    })
    .await;
}
