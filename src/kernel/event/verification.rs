//! Walks along the log and finds what is not as it was written.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use uuid::Uuid;

use super::seal::{commit, content, head_content, link};
use super::{BATCH, Column, Entity, Event, head};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::secret::Secrets;

/// What a walk along the log found.
#[derive(Debug, Default, Serialize)]
pub struct Verification {
    /// How many events the chain holds.
    pub events: i64,
    /// Everything that is not as it was written; empty when the log is whole.
    pub findings: Vec<String>,
}

/// Walks the whole log and reports every row that was altered, deleted or inserted.
pub async fn verify(db: &Db) -> Result<Verification> {
    let mut found = Verification::default();
    let secrets = &db.context().secrets;
    let mut hash = Vec::new();
    // The service may go on meanwhile: the head is read before what it is the head of, so that nothing can follow unseen.
    let head = loop {
        let head = db.reader().one(head::Entity::find()).await?;
        let page = Entity::find().filter(Column::Seq.gt(found.events)).order_by_asc(Column::Seq).limit(BATCH);
        let page = db.reader().all(page).await?;
        if page.is_empty() {
            break head;
        }
        for event in &page {
            let seq = event.seq.unwrap_or_default();
            if seq != found.events + 1 {
                found.findings.push(format!("events {} to {} are missing", found.events + 1, seq - 1));
            }
            found.events = seq;
            hash = link(&hash, seq, &event.seal).to_vec();
            if event.hash.as_deref() != Some(&hash) {
                found.findings.push(format!("event {seq} does not follow from the one before"));
                hash = event.hash.clone().unwrap_or_default();
            }
            examine(event, secrets, &format!("event {seq}"), &mut found.findings)?;
        }
    };
    examine_waiting(db, &mut found.findings).await?;
    find_gaps(db, &mut found.findings).await?;
    match head {
        Some(head) if head.seal != secrets.log_seal(&head_content(head.seq, &head.hash)) => {
            found.findings.push("the head of the log carries a wrong seal".to_owned());
        }
        Some(head) if head.seq != found.events || head.hash != hash => {
            found.findings.push(format!("the log must end with event {}, not {}", head.seq, found.events));
        }
        None if found.events > 0 => found.findings.push("the head of the log is missing".to_owned()),
        _ => {}
    }
    Ok(found)
}

async fn examine_waiting(db: &Db, findings: &mut Vec<String>) -> Result<()> {
    let mut after = Uuid::nil();
    loop {
        let waiting = Entity::find().filter(Column::Seq.is_null()).filter(Column::Id.gt(after));
        let waiting = db.reader().all(waiting.order_by_asc(Column::Id).limit(BATCH)).await?;
        let Some(last) = waiting.last() else { return Ok(()) };
        after = last.id;
        for event in &waiting {
            let name = format!("event {} (not yet numbered)", event.id);
            examine(event, &db.context().secrets, &name, findings)?;
        }
    }
}

/// Each change of an object leaves an event with its next version: a version without one shows that an event was deleted before
/// it had a number, when the chain did not hold it yet.
async fn find_gaps(db: &Db, findings: &mut Vec<String>) -> Result<()> {
    let version = || Expr::col(Column::SubjectVersion);
    let span = version().max().sub(version().min()).add(1);
    let gaps = Query::select()
        .columns([Column::SubjectKind, Column::SubjectId])
        .from(Entity)
        .group_by_columns([Column::SubjectKind, Column::SubjectId])
        .and_having(version().count_distinct().ne(span))
        .limit(BATCH)
        .to_owned();
    let found = db.reader().heavy_rows(&gaps, |row| Ok((row.get::<String>(0)?, row.get::<Uuid>(1)?))).await?;
    findings.extend(found.into_iter().map(|(kind, id)| format!("an event of {kind} {id} is missing")));
    Ok(())
}

fn examine(event: &Event, secrets: &Secrets, name: &str, findings: &mut Vec<String>) -> Result<()> {
    if event.seal != secrets.log_seal(&content(event)?) {
        findings.push(format!("{name} was altered or inserted"));
    }
    match (&event.salt, &event.changes) {
        (Some(salt), Some(changes)) if commit(salt, changes).as_slice() == event.commitment => {}
        (Some(_), Some(_)) => findings.push(format!("{name}: its values were altered")),
        _ => findings.push(format!("{name}: its values are missing")),
    }
    Ok(())
}
