//! Kinds of jobs that tests watch, and callers who ask for them.

use std::cell::RefCell;
use std::rc::Rc;

use bina_pustaka::kernel::auth::Caller;
use bina_pustaka::kernel::db::{Db, Tx};
use bina_pustaka::kernel::error::{Error, INVALID, Result};
use bina_pustaka::kernel::hook::Contribution;
use bina_pustaka::kernel::idempotency;
use bina_pustaka::kernel::imports::ImportReport;
use bina_pustaka::kernel::jobs::{self, Done, Job, JobKind, NewJob, Task};
use bina_pustaka::kernel::policy::{Access, Reach};
use bina_pustaka::kernel::secret::sha256;
use futures_util::FutureExt;
use sea_orm::ActiveValue::Set;
use tokio::sync::Notify;

use super::{Client, TestApp, json};

/// What the suite gives to the kernel beside the chapters.
pub const KINDS: &[Contribution] = &[&STEPS, &REFUSES, &BREAKS];

/// Does three steps, each in a transaction of its own, and each leaves a row that can be there once only.
pub const STEPS: JobKind = JobKind { name: "test_steps", run: |db, task| steps(db, task).boxed_local() };
/// Is refused.
pub const REFUSES: JobKind = JobKind { name: "test_refuses", run: |_, _| async { Err(INVALID.into()) }.boxed_local() };
/// Breaks, always.
pub const BREAKS: JobKind =
    JobKind { name: "test_breaks", run: |_, _| async { Err(Error::internal("broken")) }.boxed_local() };

thread_local! {
    /// Where a worker stops for ever after its first step, having told that it got there.
    static STUCK: RefCell<Option<Rc<Notify>>> = const { RefCell::new(None) };
}

/// The next worker on this thread stops after its first step, and tells.
pub fn stuck() -> Rc<Notify> {
    let told = Rc::new(Notify::new());
    STUCK.set(Some(Rc::clone(&told)));
    told
}

async fn steps(db: &Db, task: &Task) -> Result<Done> {
    let report = |created| ImportReport { rows: 3, created, ..ImportReport::default() };
    for step in usize::try_from(task.done()).unwrap()..3 {
        let held = task.clone();
        let done = db.run(task.access()?, async move |tx: &Tx<'_>| {
            let name = format!("{} {step}", held.id());
            tx.put::<idempotency::Entity>(idempotency::ActiveModel {
                scope: Set(sha256(name.as_bytes()).to_vec()),
                fingerprint: Set(Vec::new()),
                created_at: Set(tx.now()),
                ..Default::default()
            })
            .await?;
            let report = report(i32::try_from(step).unwrap() + 1);
            if step == 2 {
                return held.finish_in(tx, 3, &report, None).await.map(Some);
            }
            held.save_in(tx, step + 1, 3, &report).await.map(|()| None)
        });
        if let Some(done) = done.await? {
            return Ok(done);
        }
        if let Some(told) = STUCK.take() {
            told.notify_one();
            std::future::pending::<()>().await;
        }
    }
    unreachable!("the third step ends the job")
}

impl Client {
    /// The right of this caller outside a request.
    pub fn access(&self, reach: Reach) -> Access {
        Access::of(
            Caller {
                user_id: self.user_id.unwrap(),
                session_id: uuid::Uuid::nil(),
                librarian_id: self.librarian_id,
                is_mentor: false,
                is_admin: reach == Reach::All,
                signed_in_at: chrono::DateTime::UNIX_EPOCH,
                second_factor: false,
                has_second_factor: false,
            },
            reach,
        )
    }
}

impl TestApp {
    /// A job that this caller asked for.
    pub async fn job_of(&self, client: &Client, kind: &'static str) -> Job {
        let new = NewJob { kind, input: json!({}), file: None };
        jobs::enqueue(self.db(), &client.access(Reach::Own), new).await.unwrap()
    }

    /// Does what waits, and says how many jobs that was.
    pub async fn work(&self) -> usize {
        jobs::run_due(self.db()).await.unwrap()
    }
}
