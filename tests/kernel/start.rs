use bina_pustaka::demo::seed;
use futures_util::future::join_all;

use crate::support::each_database;

#[actix_web::test]
async fn replicas_that_start_at_once_put_the_reference_data_in_once() {
    each_database(async |app| {
        let started = join_all((0..4).map(|_| seed(app.db()))).await;
        assert!(started.iter().all(Result::is_ok), "{started:?}");
        let events = app.events_of(&["framework", "library_settings"]).await;
        assert_eq!(events, ["framework.published", "library_settings.created"]);
    })
    .await;
}
