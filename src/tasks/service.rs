use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, NullOrdering, Order};
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{Task, TaskCount, TaskQuery, Tasks};
use super::kind::TaskKind;
use super::source::{Asking, Due, Find, TaskSource, Waiting};
use crate::kernel::clock::{Instant, end_of_day};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::language::Localized;
use crate::kernel::page::OpenName;
use crate::kernel::policy::Access;
use crate::staff::librarians::entity as librarian;

/// Tasks shown unless asked otherwise.
const DEFAULT_LIMIT: u32 = 50;

/// What waits for the caller. One statement a kind, two at the most, each bounded.
pub async fn read(db: &Db, access: &Access, query: &TaskQuery) -> Result<Tasks> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let asking = Asking { access, today: db.today(), now: db.now(), db };
    let wanted = |kind: TaskKind| query.kind.as_ref().is_none_or(|kinds| kinds.0.contains(&OpenName(kind.to_value())));
    let mut kinds = Vec::new();
    let mut items = Vec::new();
    for source in db.context().contributions::<TaskSource>().filter(|source| wanted(source.kind)) {
        let waiting = match source.find {
            Find::AtOnce(find) => find(&asking),
            Find::AfterALook(find) => find(&asking).await?,
        };
        let Some(waiting) = waiting else { continue };
        let (count, tasks) = look(db, source, waiting, limit).await?;
        kinds.push(TaskCount { kind: source.kind, title: title(source), count });
        items.extend(tasks);
    }
    items.sort_by(|one, other| {
        let key = |task: &Task| (task.due_at.is_none(), task.due_at, task.since, task.object_id);
        key(one).cmp(&key(other))
    });
    items.truncate(limit as usize);
    name(db, &mut items).await?;
    Ok(Tasks { kinds, items })
}

/// The first tasks of a kind, and how many there are.
async fn look(db: &Db, source: &TaskSource, waiting: Waiting, limit: u32) -> Result<(i64, Vec<Task>)> {
    let Waiting { mut rows, id, label, since, person, due } = waiting;
    let is_day = matches!(due, Some(Due::On(_)));
    rows.expr(id.clone())
        .expr(person.unwrap_or_else(|| Expr::cust("NULL")))
        .expr(label)
        .expr(since.clone())
        .expr(Expr::cust("COUNT(*) OVER ()"))
        .limit(limit.into());
    match due {
        Some(Due::On(due) | Due::At(due)) => {
            rows.expr(due.clone()).order_by_expr_with_nulls(due, Order::Asc, NullOrdering::Last);
        }
        None => {
            rows.expr(Expr::cust("NULL"));
        }
    }
    rows.order_by_expr(since, Order::Asc).order_by_expr(id, Order::Asc);
    let (source, now) = (*source, db.now());
    let found = db
        .reader()
        .rows(&rows, move |row| {
            let due_at = if is_day {
                row.get::<Option<NaiveDate>>(5)?.map(end_of_day)
            } else {
                row.get::<Option<DateTime<Utc>>>(5)?
            };
            let object_id: Uuid = row.get(0)?;
            let task = Task {
                kind: source.kind,
                title: title(&source),
                object_id,
                href: format!("/api/v1/{}/{object_id}", source.collection),
                action: source.action,
                label: row.get(2)?,
                librarian_id: row.get(1)?,
                librarian_name: None,
                since: Instant(row.get(3)?),
                due_at: due_at.map(Instant),
                is_overdue: due_at.is_some_and(|due| due < now),
            };
            Ok((row.get::<i64>(4)?, task))
        })
        .await?;
    let count = found.first().map_or(0, |(count, _)| *count);
    Ok((count, found.into_iter().map(|(_, task)| task).collect()))
}

fn title(source: &TaskSource) -> Localized {
    let [id, en] = source.title;
    Localized::new(id, en)
}

/// Writes the names of the people into their tasks.
async fn name(db: &Db, items: &mut [Task]) -> Result<()> {
    let people = items.iter().filter_map(|task| task.librarian_id).collect::<Vec<_>>();
    let people = librarian::Entity::find().filter(librarian::Column::Id.is_in(people));
    let names: HashMap<Uuid, String> =
        db.reader().all(people).await?.into_iter().map(|row| (row.id, row.name)).collect();
    for task in items {
        task.librarian_name = task.librarian_id.and_then(|id| names.get(&id).cloned());
    }
    Ok(())
}
