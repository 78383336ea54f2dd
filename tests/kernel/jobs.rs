use bina_pustaka::kernel::jobs;
use chrono::TimeDelta;
use futures_util::future::join_all;

use crate::support::jobs::stuck;
use crate::support::{each_database, json};

#[actix_web::test]
async fn a_job_is_done_and_read_by_whoever_asked_for_it() {
    each_database(async |app| {
        let library = app.library().await;
        let job = app.job_of(&library.mentee, "test_steps").await;
        let path = format!("/jobs/{}", job.id);
        let waiting = library.mentee.get(&path).await.ok();
        assert_eq!((&waiting.json["status"], &waiting.json["report"]), (&json!("queued"), &json!(null)));

        assert_eq!(app.work().await, 1);

        let done = library.mentee.get(&path).await.ok();
        assert_eq!(done.json["status"], "succeeded");
        assert_eq!(done.json["progress"], json!({"done": 3, "total": 3}));
        assert_eq!(done.json["report"]["created"], 3);
        assert_eq!(library.admin.get(&path).await.ok().json, done.json);
        library.mentor.get(&path).await.is(404);
        assert_eq!(library.mentee.get("/jobs").await.ok().column("id"), [json!(job.id)]);
        assert_eq!(library.mentor.get("/jobs").await.ok().column("id"), [] as [serde_json::Value; 0]);
        assert_eq!(library.admin.get("/jobs?status=queued").await.ok().column("id").len(), 0);
        assert_eq!(library.admin.get("/jobs?kind=test_steps&status=succeeded").await.ok().column("id").len(), 1);
        assert_eq!(app.events_of(&["job"]).await, ["job.queued", "job.succeeded"]);
        assert_eq!(app.work().await, 0);
    })
    .await;
}

#[actix_web::test]
async fn workers_that_look_at_once_do_each_job_once() {
    each_database(async |app| {
        let admin = app.admin().await;
        for _ in 0..12 {
            app.job_of(&admin, "test_steps").await;
        }

        let done = join_all((0..4).map(|_| app.work())).await;

        // A step done twice would hurt a key; a job taken up twice would count two attempts.
        assert_eq!(done.iter().sum::<usize>(), 12);
        let jobs = admin.get("/jobs").await.ok();
        assert_eq!(jobs.column("status"), vec![json!("succeeded"); 12]);
        assert_eq!(jobs.column("attempts"), vec![json!(1); 12]);
    })
    .await;
}

#[actix_web::test]
async fn the_job_of_a_worker_that_died_is_taken_up_where_it_stood() {
    each_database(async |app| {
        let admin = app.admin().await;
        let job = app.job_of(&admin, "test_steps").await;
        let path = format!("/jobs/{}", job.id);
        let told = stuck();
        tokio::select! {
            _ = app.work() => panic!("the worker stops after the first step"),
            () = told.notified() => {}
        }
        let left = admin.get(&path).await.ok();
        assert_eq!((&left.json["status"], &left.json["progress"]["done"]), (&json!("running"), &json!(1)));
        assert_eq!(app.work().await, 0, "the lease of the dead worker still holds");

        app.after(TimeDelta::seconds(61));

        assert_eq!(app.work().await, 1);
        let admin = app.again(&admin).await;
        let done = admin.get(&path).await.ok();
        assert_eq!((&done.json["status"], &done.json["attempts"]), (&json!("succeeded"), &json!(2)));
        assert_eq!(done.json["report"]["created"], 3);
    })
    .await;
}

#[actix_web::test]
async fn a_job_that_is_refused_fails_at_once_and_one_that_breaks_after_five_attempts() {
    each_database(async |app| {
        let admin = app.admin().await;
        let refused = app.job_of(&admin, "test_refuses").await;
        let broken = app.job_of(&admin, "test_breaks").await;
        assert_eq!(app.work().await, 2);
        for _ in 0..4 {
            assert_eq!(app.work().await, 0, "it waits before the next attempt");
            app.after(TimeDelta::minutes(3));
            assert_eq!(app.work().await, 1);
        }
        app.after(TimeDelta::minutes(3));
        assert_eq!(app.work().await, 0);

        let admin = app.again(&admin).await;
        let refused = admin.get(&format!("/jobs/{}", refused.id)).await.ok();
        assert_eq!((&refused.json["problem"]["code"], &refused.json["attempts"]), (&json!("invalid"), &json!(1)));
        let broken = admin.get(&format!("/jobs/{}", broken.id)).await.ok();
        assert_eq!((&broken.json["problem"]["code"], &broken.json["attempts"]), (&json!("job_abandoned"), &json!(5)));
    })
    .await;
}

#[actix_web::test]
async fn a_job_is_forgotten_seven_days_after_its_end() {
    each_database(async |app| {
        let admin = app.admin().await;
        app.job_of(&admin, "test_steps").await;
        let waiting = app.job_of(&admin, "test_later").await;
        app.work().await;
        app.after(TimeDelta::days(8));

        jobs::tend_all(app.db()).await;

        let admin = app.again(&admin).await;
        assert_eq!(admin.get("/jobs").await.ok().column("id"), [json!(waiting.id)]);
    })
    .await;
}
