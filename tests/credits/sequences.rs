//! Whatever happens in whatever order, a balance is the sum of its rows, caps are kept and past statements stand still.

use std::collections::BTreeMap;

use bina_pustaka::credits::entries::entity as entry;
use bina_pustaka::credits::service::{self, NewCredit};
use bina_pustaka::kernel::db::Tx;
use bina_pustaka::kernel::policy::Access;
use chrono::{Datelike, NaiveDate, TimeDelta};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use uuid::Uuid;

use super::ledger::balance;
use crate::support::credit::{COACHING, E_LEARNING, SELF_STUDY, credit, learned, reverse, training_type};
use crate::support::people::Library;
use crate::support::{TestApp, each_database, json};

/// How many sequences are tried on each database.
const SEQUENCES: usize = 6;

#[derive(Clone, Debug)]
enum Step {
    /// Something new is verified, perhaps with a certificate that is there already.
    Learn {
        kind: usize,
        day: i64,
        hours: i32,
        certificate: Option<u8>,
    },
    /// The same is sent again.
    Repeat(usize),
    Correct(usize, i32),
    Reverse(usize),
    /// A new rule, with another cap, from tomorrow on; a day passes.
    Rule {
        kind: usize,
        cap: i32,
    },
    /// A day passes.
    Wait,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let learn = (0_usize..3, 0_i64..50, 1_i32..600, proptest::option::weighted(0.3, 0_u8..4))
        .prop_map(|(kind, day, hours, certificate)| Step::Learn { kind, day, hours, certificate });
    let step = prop_oneof![
        8 => learn,
        1 => any::<usize>().prop_map(Step::Repeat),
        2 => (any::<usize>(), 1_i32..600).prop_map(|(which, hours)| Step::Correct(which, hours)),
        2 => any::<usize>().prop_map(Step::Reverse),
        1 => (0_usize..2, 50_i32..700).prop_map(|(kind, cap)| Step::Rule { kind, cap }),
        1 => Just(Step::Wait),
    ];
    proptest::collection::vec(step, 20..40)
}

/// What a sequence has made so far.
struct Story<'a> {
    app: &'a TestApp,
    library: &'a Library,
    person: Uuid,
    told: Vec<(Uuid, NewCredit)>,
    /// The greatest cap a month or a day that ever held, by type.
    caps: BTreeMap<Uuid, i64>,
    /// Statements of past days as they were first read.
    statements: BTreeMap<NaiveDate, Value>,
}

impl Story<'_> {
    async fn tell(&mut self, step: Step) {
        match step {
            Step::Learn { kind, day, hours, certificate } => {
                let on = self.app.db().today() - TimeDelta::days(day);
                let siasn_id = [COACHING, SELF_STUDY, E_LEARNING][kind];
                let mut new = learned(self.app, self.person, siasn_id, &on.to_string()).await;
                new.measure.claimed = Some(hours);
                new.certificate_number = certificate.map(|number| number.to_string());
                if let Ok(credited) = credit(self.app, &new).await {
                    self.told.push((credited.entry.id, new));
                }
            }
            Step::Repeat(which) => {
                let Some((_, new)) = self.told.get(which % self.told.len().max(1)) else { return };
                assert!(!credit(self.app, new).await.unwrap().is_new);
            }
            Step::Correct(which, hours) => {
                let which = which % self.told.len().max(1);
                let Some((id, new)) = self.told.get_mut(which) else { return };
                let mut other = new.clone();
                other.measure.claimed = Some(hours);
                let (entry, told) = (*id, other.clone());
                let correct = async move |tx: &Tx<'_>| service::correct_in(tx, entry, told.clone(), "Salah").await;
                if let Ok(credited) = self.app.db().run(Access::system(), correct).await {
                    (*id, *new) = (credited.entry.id, other);
                }
            }
            Step::Reverse(which) => {
                let Some((id, _)) = self.told.get(which % self.told.len().max(1)) else { return };
                let _ = reverse(self.app, *id).await;
            }
            Step::Rule { kind, cap } => {
                let (siasn_id, field) = [(COACHING, "cap_per_month"), (SELF_STUDY, "cap_per_day")][kind];
                let id = training_type(self.app, siasn_id).await;
                let from = self.app.db().today() + TimeDelta::days(1);
                let mut new = json!({"training_type_id": id, "valid_from": from, "counts_certificate_hours": true,
                    "basis": "minutes", "legal_basis": "PerLAN"});
                new[field] = json!(f64::from(cap) / 100.0);
                self.app.again(&self.library.admin).await.post("/credit-rules", new).await.created();
                let greatest = self.caps.entry(id).or_default();
                *greatest = (*greatest).max(cap.into());
                self.pass_a_day().await;
            }
            Step::Wait => self.pass_a_day().await,
        }
    }

    async fn statement(&self, day: NaiveDate) -> Value {
        let admin = self.app.again(&self.library.admin).await;
        let path = format!("/librarians/{}/credits?year=2026&as_of={day}", self.person);
        admin.get(&path).await.ok().json
    }

    async fn pass_a_day(&mut self) {
        let day = self.app.db().today();
        self.app.after(TimeDelta::days(1));
        let statement = self.statement(day).await;
        self.statements.insert(day, statement);
    }

    async fn holds(&self) {
        let rows = entry::Entity::find().filter(entry::Column::LibrarianId.eq(self.person));
        let rows = self.app.db().reader().all(rows).await.unwrap();
        let mut sums: BTreeMap<(Uuid, i32, u32, u32), i64> = BTreeMap::new();
        let coaching = training_type(self.app, COACHING).await;
        for row in &rows {
            let day = if row.training_type_id == coaching { 0 } else { row.counted_on.day() };
            let place = (row.training_type_id, row.counted_on.year(), row.counted_on.month(), day);
            *sums.entry(place).or_default() += i64::from(row.credited);
        }
        for ((kind, year, month, day), sum) in sums {
            let cap = self.caps.get(&kind).copied().unwrap_or(i64::MAX);
            assert!((0..=cap).contains(&sum), "{sum} in {year}-{month}-{day}, at most {cap}");
        }
        let years: std::collections::BTreeSet<i32> = rows.iter().map(|row| row.year).collect();
        for year in years {
            balance(self.app, self.person, year).await;
        }
        for (day, statement) in &self.statements {
            assert_eq!(self.statement(*day).await, *statement, "the statement of {day}");
        }
    }
}

#[actix_web::test]
async fn a_balance_is_the_sum_of_its_rows_whatever_happens() {
    each_database(async |app| {
        let library = app.library().await;
        let config = Config { rng_seed: RngSeed::Fixed(20_260_302), ..Config::default() };
        let mut runner = TestRunner::new(config);
        let mut caps: BTreeMap<Uuid, i64> = BTreeMap::new();
        caps.insert(training_type(&app, COACHING).await, 400);
        caps.insert(training_type(&app, SELF_STUDY).await, 200);
        for number in 0..SEQUENCES {
            let new =
                json!({"name": format!("Orang {number}"), "employment_kind": "non_asn", "unit_id": library.units[0]});
            let admin = app.again(&library.admin).await;
            let person = admin.post("/librarians", new).await.created().id().parse().unwrap();
            let mut story = Story {
                app: &app,
                library: &library,
                person,
                told: Vec::new(),
                caps: caps.clone(),
                statements: BTreeMap::new(),
            };
            for step in steps().new_tree(&mut runner).unwrap().current() {
                story.tell(step).await;
            }
            story.holds().await;
            caps = story.caps;
        }
    })
    .await;
}
