//! Many objects of a kind in a few statements; each leaves its event, as if it were written alone.

use std::collections::BTreeMap;

use sea_orm::sea_query::{CaseStatement, Condition, Expr, ExprTrait, Query, UpdateStatement, Value};
use sea_orm::{ActiveModelTrait, ActiveValue, ColumnTrait, Iterable, TryIntoModel};
use uuid::Uuid;

use super::tx::{ROWS_AT_ONCE, Record, Tx, column, fill_up, id_of, version_of};
use crate::kernel::error::{Error, Result};
use crate::kernel::event;

impl Tx<'_> {
    /// Creates many objects, each as [`Tx::insert`] does, and answers them in the same order.
    pub async fn insert_all<E: Record>(&self, rows: Vec<E::ActiveModel>, name: &'static str) -> Result<Vec<E::Model>> {
        let mut whole = Vec::with_capacity(rows.len());
        let mut made = Vec::with_capacity(rows.len());
        for row in rows {
            let mut row = self.new_row::<E>(row)?;
            fill_up::<E>(&mut row)?;
            made.push(row.clone().try_into_model()?);
            whole.push(row);
        }
        self.put_all::<E>(whole).await?;
        let mut told = Vec::with_capacity(made.len());
        for row in &made {
            told.push((row, event::difference(None, Some(E::audit(row)?))));
        }
        self.record_all::<E>(name, false, &told).await?;
        Ok(made)
    }

    /// Changes many objects whose rows were read in this transaction, each as [`Tx::update`] does whatever its version.
    pub async fn update_all<E: Record>(&self, rows: Vec<(E::Model, E::ActiveModel)>, name: &'static str) -> Result<()> {
        let mut changed = Vec::with_capacity(rows.len());
        for (before, mut row) in rows {
            let was = E::audit(&before)?;
            row.try_set(column::<E>("version")?, (version_of::<E>(&before)? + 1).into())?;
            row.try_set(column::<E>("updated_at")?, self.now.into())?;
            let after = row.clone().try_into_model()?;
            let changes = event::difference(Some(was), Some(E::audit(&after)?));
            changed.push(Changed { before, row, after, changes });
        }
        for some in changed.chunks(ROWS_AT_ONCE) {
            let count = self.execute(&statement::<E>(some)?).await?;
            if usize::try_from(count).map_err(Error::internal)? < some.len() {
                return Err(Error::Raced);
            }
        }
        let told: Vec<_> = changed.iter().map(|one| (&one.after, one.changes.clone())).collect();
        self.record_all::<E>(name, false, &told).await
    }
}

struct Changed<E: Record> {
    before: E::Model,
    row: E::ActiveModel,
    after: E::Model,
    changes: serde_json::Map<String, serde_json::Value>,
}

/// One statement for all of them: each column takes the value of its row.
fn statement<E: Record>(rows: &[Changed<E>]) -> Result<UpdateStatement> {
    let id = || column::<E>("id").map(Expr::col);
    let mut update = Query::update();
    update.table(E::default().table_ref());
    for column in E::Column::iter() {
        let mut values: Vec<(Uuid, Value)> = Vec::new();
        for one in rows {
            if let ActiveValue::Set(value) = one.row.get(column) {
                values.push((id_of::<E>(&one.before)?, value));
            }
        }
        let Some((_, first)) = values.first() else { continue };
        if values.len() == rows.len() && values.iter().all(|(_, value)| value == first) {
            update.value(column, column.save_as(Expr::val(first.clone())));
            continue;
        }
        let mut case = CaseStatement::new();
        for (row, value) in values {
            case = case.case(id()?.eq(row), column.save_as(Expr::val(value)));
        }
        update.value(column, case.finally(Expr::col(column)));
    }
    let mut versions: BTreeMap<i32, Vec<Uuid>> = BTreeMap::new();
    for one in rows {
        versions.entry(version_of::<E>(&one.before)?).or_default().push(id_of::<E>(&one.before)?);
    }
    let mut unchanged = Condition::any();
    for (version, ids) in versions {
        let same = Expr::col(column::<E>("version")?).eq(version);
        unchanged = unchanged.add(same.and(id()?.is_in(ids)));
    }
    update.cond_where(unchanged);
    Ok(update)
}
