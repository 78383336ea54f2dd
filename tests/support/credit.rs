//! What was learned, as the chapters above the ledger tell it.

use bina_pustaka::credits::entries::entity::{self as entry, CreditSource};
use bina_pustaka::credits::rule::Measure;
use bina_pustaka::credits::service::{self, Credited, NewCredit};
use bina_pustaka::kernel::db::Tx;
use bina_pustaka::kernel::error::Result;
use bina_pustaka::kernel::policy::Access;
use bina_pustaka::settings::training_types::entity as training_type;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::TestApp;

/// SIASN's ids of types of training.
pub const FUNCTIONAL: i32 = 2;
pub const TECHNICAL: i32 = 3;
pub const SEMINAR: i32 = 9;
pub const COACHING: i32 = 14;
pub const E_LEARNING: i32 = 16;
pub const SELF_STUDY: i32 = 22;

/// The type with this id of SIASN's.
pub async fn training_type(app: &TestApp, siasn_id: i32) -> Uuid {
    let row = training_type::Entity::find().filter(training_type::Column::SiasnId.eq(siasn_id));
    app.db().reader().find(row).await.unwrap().id
}

fn new_id(app: &TestApp) -> Uuid {
    app.db().context().ids.next(app.db().now())
}

/// One session on one day.
pub async fn learned(app: &TestApp, person: Uuid, siasn_id: i32, on: &str) -> NewCredit {
    let on = on.parse().unwrap();
    NewCredit {
        librarian_id: person,
        training_type_id: training_type(app, siasn_id).await,
        source_kind: CreditSource::LearningEntry,
        source_id: new_id(app),
        title: "Kursus metadata".to_owned(),
        organiser: Some("Perpustakaan Nasional".to_owned()),
        certificate_number: None,
        evidence_url: None,
        starts_on: on,
        ends_on: on,
        measure: Measure { claimed: None, days: 1, sessions: 1, minutes: 90, is_international: false },
    }
}

pub async fn credit(app: &TestApp, new: &NewCredit) -> Result<Credited> {
    let new = new.clone();
    app.db().run(Access::system(), async move |tx: &Tx<'_>| service::credit_in(tx, new.clone()).await).await
}

pub async fn reverse(app: &TestApp, entry: Uuid) -> Result<entry::Model> {
    app.db().run(Access::system(), async move |tx: &Tx<'_>| service::reverse_in(tx, entry, "Salah catat").await).await
}
