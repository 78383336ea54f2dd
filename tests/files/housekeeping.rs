use bina_pustaka::kernel::jobs;
use bina_pustaka::kernel::store::new_key;
use chrono::TimeDelta;

use super::samples::{PDF, pdf};
use crate::support::each_database;
use crate::support::files::content_of;

#[actix_web::test]
async fn what_nobody_finished_is_cleared_away() {
    each_database(async |app| {
        let admin = app.admin().await;
        let context = app.db().context();
        let kept = admin.file("a.pdf", PDF, &pdf("")).await;
        let waiting = admin.announce("b.pdf", PDF, 100).await.created();
        let orphan = new_key(&context.secrets, app.db().now()).unwrap();
        context.store.put(&orphan, b"of a process that died".to_vec()).await.unwrap();
        // What is not a key of ours, or of another database, is not ours to clear away.
        let foreign = "0123456789ab/1-0123456789abcdef0123456789abcdef";
        context.store.put(foreign, b"of another database".to_vec()).await.unwrap();
        let is_there = async |key: &str| context.store.get(key, 0..1).await.is_ok();
        app.after(TimeDelta::hours(23));
        jobs::tend_all(app.db()).await;
        let admin = app.again(&admin).await;
        admin.get(&format!("/files/{}", waiting.id())).await.ok();
        assert!(is_there(&orphan).await, "it may be on its way still");
        app.after(TimeDelta::hours(2));
        jobs::tend_all(app.db()).await;
        let admin = app.again(&admin).await;
        admin.get(&format!("/files/{}", waiting.id())).await.is(404);
        admin.get(&content_of(&kept)).await.ok();
        assert!(!is_there(&orphan).await && is_there(foreign).await);
        let names = ["file.announced", "file.available", "file.announced", "file.forgotten"];
        assert_eq!(app.events_of(&["file"]).await, names);
    })
    .await;
}
