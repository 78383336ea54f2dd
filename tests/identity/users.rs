use crate::support::{each_database, json};

#[actix_web::test]
async fn the_last_admin_stays_one_however_many_ask_at_once() {
    each_database(async |app| {
        let one = app.admin().await;
        let two = app.account("two@test.example", "Two", false, true, None).await;
        let path = |client: &crate::support::Client| format!("/users/{}", client.user_id.unwrap());
        let (first, second) = (path(&one), path(&two));
        let tag = one.get(&first).await.ok().tag().to_owned();
        let demoted = json!({"roles": ["librarian"]});
        let both = futures_util::future::join_all([
            futures_util::future::Either::Left(two.patch(&first, &tag, demoted.clone())),
            futures_util::future::Either::Right(async { one.step(&format!("{second}/deactivation")).await }),
        ])
        .await;
        let done = both.iter().filter(|answer| answer.status == 200).count();
        // The loser finds that it is the last, or that it may not do this any more.
        assert_eq!(done, 1, "{both:?}");
        let left = if both[0].status == 200 { &two } else { &one };
        let last = left.get(&path(left)).await.ok();
        left.step(&format!("{}/deactivation", path(left))).await.is(409).refused("last_admin");
        left.patch(&path(left), last.tag(), json!({"roles": ["mentor"]})).await.is(409).refused("last_admin");
    })
    .await;
}

#[actix_web::test]
async fn a_changed_role_counts_while_the_token_lives() {
    each_database(async |app| {
        let admin = app.admin().await;
        let two = app.account("two@test.example", "Two", false, true, None).await;
        two.get("/users").await.ok();
        let path = format!("/users/{}", two.user_id.unwrap());
        let tag = admin.get(&path).await.ok().tag().to_owned();
        admin.patch(&path, &tag, json!({"roles": ["librarian", "mentor"]})).await.ok();
        two.get("/users").await.is(403);
        let closed = admin.step(&format!("{path}/deactivation")).await.ok();
        assert_eq!(closed.json["actions"], json!(["activation"]));
        two.get("/me").await.is(401);
        admin.step(&format!("{path}/deactivation")).await.is(409).refused("invalid_transition");
        admin.step(&format!("{path}/activation")).await.ok();
        two.get("/me").await.is(401);
    })
    .await;
}

#[actix_web::test]
async fn an_address_belongs_to_one_account_in_any_spelling() {
    each_database(async |app| {
        let admin = app.admin().await;
        let new = |email: &str| json!({"email": email, "name": "Siti", "roles": ["librarian"]});
        let user = admin.post("/users", new("siti@test.example")).await.created();
        assert_eq!((&user.json["status"], &user.json["roles"]), (&json!("invited"), &json!(["librarian"])));
        admin.post("/users", new("SITI@test.example")).await.is(409).refused("email_taken").blames("#/email", "taken");
        admin.post("/users", new("not an address")).await.is(422).blames("#/email", "not_an_email");
        let linked =
            json!({"email": "b@test.example", "name": "B", "roles": ["librarian"], "librarian_id": uuid::Uuid::nil()});
        admin.post("/users", linked).await.is(422).blames("#/librarian_id", "no_such_object");
        assert_eq!(admin.get("/users?role=admin").await.ok().column("name"), [json!("Admin")]);
        assert_eq!(admin.get("/users?status=invited,deactivated").await.ok().column("name"), [json!("Siti")]);
    })
    .await;
}
