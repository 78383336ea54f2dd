//! Who calls.

use bina_pustaka::identity::accounts::{self, Account};
use uuid::Uuid;

use super::app::TestApp;
use super::client::Client;

impl TestApp {
    /// Somebody who runs the programme.
    pub async fn admin(&self) -> Client {
        self.account("admin@test.example", "Admin", false, true, None).await
    }

    /// A caller with these roles, signed in.
    pub async fn account(
        &self,
        email: &str,
        name: &str,
        is_mentor: bool,
        is_admin: bool,
        librarian_id: Option<Uuid>,
    ) -> Client {
        let account = Account {
            email: email.to_owned(),
            name: name.to_owned(),
            is_mentor,
            is_admin,
            librarian_id,
            // Nobody signs in with it: sessions are begun directly, for hashing takes time.
            password_hash: Some(
                "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    .to_owned(),
            ),
        };
        let user_id = accounts::make(self.db(), account).await.unwrap();
        self.signed_in(user_id, librarian_id).await
    }

    /// A new session of an account.
    pub async fn signed_in(&self, user_id: Uuid, librarian_id: Option<Uuid>) -> Client {
        let token = accounts::sign_in(self.db(), &self.shared.gate, user_id).await.unwrap();
        let mut client = Client::new(self.clone(), Some(token));
        client.user_id = Some(user_id);
        client.librarian_id = librarian_id;
        client
    }
}
