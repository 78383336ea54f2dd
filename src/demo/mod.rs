//! The demonstration: one realistic library in Singkawang, every person invented. The same on every start, ids too.

mod activities;
mod assessments;
mod careers;
mod certificates;
mod changes;
mod files;
mod imports;
mod improvement;
mod indicators;
mod learning;
mod library;
mod mentoring;
mod mentorships;
mod people;
mod programmes;
mod random;
mod reading_list;
mod records;
mod surveys;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::identity::accounts;
use crate::identity::invitations::{self, dto::NewInvitation};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::event;
use crate::kernel::policy::{Access, Reach};
use crate::{competencies, evaluation, settings, staff};

/// The lock under which one of several replicas that start at once puts the reference data in.
const SEED_LOCK: i64 = 0x62_69_6E_65;

/// The password of the three accounts; it opens nothing but the demonstration on this machine.
pub const PASSWORD: &str = "perahu nelayan pulang sebelum petang";

/// The accounts that the demonstration has.
pub const ACCOUNTS: [&str; 3] = ["admin@demo.example", "mentor@demo.example", "librarian@demo.example"];

/// When the demonstration's library began to use the service.
const BEGINNING: &str = "2024-11-18T01:00:00Z";

/// Fills an empty database. Its clock must be one that can be set: everything happens when it is said to have happened.
pub async fn fill(db: &Db) -> Result<()> {
    db.context().clock.set(instant(BEGINNING)?);
    seed_first(db).await?;
    let people = people::fill(db).await?;
    library::fill(db).await?;
    assessments::fill(db, &people).await?;
    let frame = programmes::begin(db, &people).await?;
    activities::fill(db, &people, frame.this_year).await?;
    frame.look_ahead().await?;
    learning::fill(db, &people).await?;
    records::fill(db, &people).await?;
    certificates::fill(db, &people).await?;
    imports::fill(db, &people).await?;
    invite(db, &people).await?;
    files::fill(db, &people).await?;
    mentoring::fill(db, &people).await?;
    mentorships::fill(db, &people).await?;
    // Chapters that came later are seeded and told of after the others, whose ids stay as they are known.
    seed(db).await?;
    let change = changes::fill(db, &people).await?;
    surveys::fill(db, &people, change.id).await?;
    indicators::fill(db, &people, frame.this_year).await?;
    improvement::fill(db, &people, change.id).await?;
    event::sequence(db).await.map(|_| ())
}

/// Somebody is to come, and has not answered yet.
async fn invite(db: &Db, people: &people::People) -> Result<()> {
    let new = NewInvitation {
        email: "kepala.dinas@demo.example".to_owned(),
        name: "Yohanes Kurniawan".to_owned(),
        roles: Vec::new(),
        language: None,
        librarian_id: None,
    };
    let access = assessments::access_of(&people.admin, Reach::All);
    invitations::service::invite(db, "http://127.0.0.1:8080", &access, new).await.map(|_| ())
}

/// The reference data of every instance: positions, the framework and the position standards, the tables of the settings, and the
/// questionnaires and indicators.
pub async fn seed(db: &Db) -> Result<()> {
    seed_first(db).await?;
    db.run(Access::system(), async |tx: &Tx<'_>| {
        tx.advisory_lock(SEED_LOCK).await?;
        crate::surveys::seed::seed_in(tx).await?;
        evaluation::seed::seed_in(tx).await
    })
    .await
}

/// The reference data that everything else stands on.
async fn seed_first(db: &Db) -> Result<()> {
    db.run(Access::system(), async |tx: &Tx<'_>| {
        tx.advisory_lock(SEED_LOCK).await?;
        staff::seed::seed_in(tx).await?;
        competencies::seed::seed_in(tx).await?;
        settings::seed::seed_in(tx).await
    })
    .await
}

/// A clock for the time that the demonstration tells of.
pub fn clock() -> Clock {
    Clock::at(DateTime::UNIX_EPOCH)
}

fn instant(text: &str) -> Result<DateTime<Utc>> {
    text.parse().map_err(Error::internal)
}

/// Somebody of the demonstration who acts.
#[derive(Clone, Debug)]
struct Actor {
    user_id: Uuid,
    librarian_id: Uuid,
    is_mentor: bool,
    is_admin: bool,
}

async fn account(
    db: &Db,
    email: &str,
    name: &str,
    librarian_id: Uuid,
    role: (bool, bool),
    hash: &str,
) -> Result<Actor> {
    let (is_mentor, is_admin) = role;
    let account = accounts::Account {
        email: email.to_owned(),
        name: name.to_owned(),
        is_mentor,
        is_admin,
        librarian_id: Some(librarian_id),
        password_hash: Some(hash.to_owned()),
    };
    Ok(Actor { user_id: accounts::make(db, account).await?, librarian_id, is_mentor, is_admin })
}
