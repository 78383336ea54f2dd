//! Whatever people claim, verify, correct, withdraw and reverse, while rules change, a balance is the sum of its rows.

use bina_pustaka::credits::entries::entity::{self as entry, EntryKind};
use bina_pustaka::kernel::decimal::hundredths;
use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use uuid::Uuid;

use crate::credits::ledger::balance;
use crate::support::credit::{SELF_STUDY, training_type};
use crate::support::people::Library;
use crate::support::{Client, TestApp, each_database, json};

/// How many sequences are tried on each database.
const SEQUENCES: usize = 4;

#[derive(Clone, Debug)]
enum Step {
    /// Something is claimed and handed in, perhaps with a certificate that is there already.
    Claim {
        kind: usize,
        day: i64,
        minutes: i32,
        certificate: Option<u8>,
    },
    Verify(usize),
    Return(usize),
    Correct(usize, i32),
    Withdraw(usize),
    /// In the ledger itself.
    Reverse(usize),
    /// Another cap a day for reading, from tomorrow on; a day passes.
    Rule(i32),
    /// A day passes.
    Wait,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let claim = (0_usize..3, 0_i64..40, 1_i32..300, proptest::option::weighted(0.3, 0_u8..4))
        .prop_map(|(kind, day, minutes, certificate)| Step::Claim { kind, day, minutes, certificate });
    let step = prop_oneof![
        6 => claim,
        8 => any::<usize>().prop_map(Step::Verify),
        1 => any::<usize>().prop_map(Step::Return),
        2 => (any::<usize>(), 1_i32..300).prop_map(|(which, minutes)| Step::Correct(which, minutes)),
        2 => any::<usize>().prop_map(Step::Withdraw),
        1 => any::<usize>().prop_map(Step::Reverse),
        1 => (50_i32..700).prop_map(Step::Rule),
        1 => Just(Step::Wait),
    ];
    proptest::collection::vec(step, 20..40)
}

struct Story<'a> {
    app: &'a TestApp,
    library: &'a Library,
    person: Uuid,
    entries: Vec<String>,
    /// The greatest cap a day for reading that ever held.
    cap: i64,
}

impl Story<'_> {
    async fn admin(&self) -> Client {
        self.app.again(&self.library.admin).await
    }

    fn path(&self, which: usize) -> Option<&String> {
        self.entries.get(which % self.entries.len().max(1))
    }

    /// Takes a step where it is open; what is not open is refused for a reason that a client can know.
    async fn step(&self, which: usize, step: &str, body: Value) {
        let Some(path) = self.path(which) else { return };
        let answer = self.admin().await.post(&format!("{path}/{step}"), body).await;
        let known = ["invalid_transition", "certificate_credited", "certificate_claimed"];
        let code = answer.json["code"].as_str().unwrap_or_default();
        assert!(answer.status.is_success() || known.contains(&code), "{step}: {}", answer.json);
    }

    async fn tell(&mut self, step: Step) {
        match step {
            Step::Claim { kind, day, minutes, certificate } => {
                let on = self.app.db().today() - TimeDelta::days(day);
                let kind = ["reading", "community", "e_learning"][kind];
                let new = json!({"librarian_id": self.person, "kind": kind, "title": "Belajar", "starts_on": on,
                    "ends_on": on, "minutes": minutes, "certificate_number": certificate.map(|number| number.to_string())});
                let answer = self.admin().await.post("/learning-entries", new).await;
                if answer.json["code"] == "certificate_claimed" {
                    return;
                }
                let path = format!("/learning-entries/{}", answer.created().id());
                self.admin().await.step(&format!("{path}/submission")).await.ok();
                self.entries.push(path);
            }
            Step::Verify(which) => self.step(which, "verification", Value::Null).await,
            Step::Return(which) => self.step(which, "return", json!({"reason": "Kurang"})).await,
            Step::Correct(which, minutes) => {
                let right = json!({"reason": "Salah", "changes": {"minutes": minutes}});
                self.step(which, "correction", right).await;
            }
            Step::Withdraw(which) => self.step(which, "withdrawal", json!({"reason": "Keliru"})).await,
            Step::Reverse(which) => {
                let Some(path) = self.path(which) else { return };
                let admin = self.admin().await;
                let seen = admin.get(path).await.ok().json;
                let Some(id) = seen["credit"]["credit_entry_id"].as_str() else { return };
                let answer = admin.post(&format!("/credit-entries/{id}/reversal"), json!({"reason": "Salah"})).await;
                assert!(answer.status.is_success() || answer.json["code"] == "invalid_transition");
            }
            Step::Rule(cap) => {
                let from = self.app.db().today() + TimeDelta::days(1);
                let new = json!({"training_type_id": training_type(self.app, SELF_STUDY).await, "valid_from": from,
                    "counts_certificate_hours": true, "basis": "minutes", "legal_basis": "PerLAN",
                    "cap_per_day": f64::from(cap) / 100.0});
                self.admin().await.post("/credit-rules", new).await.created();
                self.cap = self.cap.max(cap.into());
                self.app.after(TimeDelta::days(1));
            }
            Step::Wait => self.app.after(TimeDelta::days(1)),
        }
    }

    async fn holds(&self) {
        let rows = entry::Entity::find().filter(entry::Column::LibrarianId.eq(self.person));
        let rows = self.app.db().reader().all(rows).await.unwrap();
        let years: std::collections::BTreeSet<i32> = rows.iter().map(|row| row.year).collect();
        let mut counting = 0;
        for year in years {
            counting += balance(self.app, self.person, year).await.credited;
        }
        let reading = training_type(self.app, SELF_STUDY).await;
        let mut days = std::collections::BTreeMap::<_, i64>::new();
        for row in rows.iter().filter(|row| row.training_type_id == reading) {
            *days.entry(row.counted_on).or_default() += i64::from(row.credited);
        }
        assert!(days.values().all(|sum| (0..=self.cap).contains(sum)), "{days:?}, at most {} a day", self.cap);
        // Each entry tells what the ledger holds of it, and together they tell the balance.
        let mut told = 0_i64;
        for path in &self.entries {
            let seen = self.admin().await.get(path).await.ok().json;
            let credited = i64::from(hundredths(seen["credit"]["credited_hours"].as_f64().unwrap_or(0.0)));
            assert!(seen["status"] == "verified" || credited == 0, "{seen}");
            told += credited;
        }
        assert_eq!(told, i64::from(counting));
        let standing = rows.iter().filter(|row| row.kind == EntryKind::Credit).count();
        assert!(standing >= rows.len() / 2);
    }
}

#[actix_web::test]
async fn a_balance_is_what_the_entries_tell_whatever_happens() {
    each_database(async |app| {
        let library = app.library().await;
        let config = Config { rng_seed: RngSeed::Fixed(20_260_302), ..Config::default() };
        let mut runner = TestRunner::new(config);
        let mut cap = 200;
        for number in 0..SEQUENCES {
            let new =
                json!({"name": format!("Orang {number}"), "employment_kind": "non_asn", "unit_id": library.units[0]});
            let admin = app.again(&library.admin).await;
            let person = admin.post("/librarians", new).await.created().id().parse().unwrap();
            let mut story = Story { app: &app, library: &library, person, entries: Vec::new(), cap };
            for step in steps().new_tree(&mut runner).unwrap().current() {
                story.tell(step).await;
            }
            story.holds().await;
            cap = story.cap;
        }
    })
    .await;
}
