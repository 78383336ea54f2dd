//! Superiors (atasan langsung): nobody stands above themself, however long the way around.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use uuid::Uuid;

use super::entity::{Column, Entity};
use crate::kernel::db::Tx;
use crate::kernel::error::Result;
use crate::kernel::validation::Fault;

/// The superior stands below the person.
pub const CIRCLE_OF_SUPERIORS: Fault = Fault {
    code: "circle_of_superiors",
    id: "Atasan ini berada di bawah pegawai yang sama",
    en: "This superior stands below the same person",
};

/// Taken while somebody gets another superior, so that two changes cannot close a circle together.
const LOCK: i64 = 0x6269_6E75;

/// Whether the person would stand above themself with this superior. Holds until the transaction ends.
pub async fn closes_circle(tx: &Tx<'_>, person: Uuid, superior: Uuid) -> Result<bool> {
    tx.advisory_lock(LOCK).await?;
    let known = Query::select()
        .columns([Column::Id, Column::SupervisorId])
        .from(Entity)
        .and_where(Expr::col(Column::SupervisorId).is_not_null())
        .to_owned();
    let known = tx.reader().rows(&known, |row| Ok((row.get::<Uuid>(0)?, row.get::<Uuid>(1)?))).await?;
    Ok(leads_to(&known.into_iter().collect(), superior, person))
}

/// Whether one meets `person` on the way up from `from`.
fn leads_to(superiors: &HashMap<Uuid, Uuid>, from: Uuid, person: Uuid) -> bool {
    let way = std::iter::successors(Some(from), |below| superiors.get(below).copied());
    way.take(superiors.len() + 1).any(|above| above == person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_up_never_comes_back() {
        let [a, b, c] = [1, 2, 3].map(Uuid::from_u128);
        let superiors = HashMap::from([(a, b), (b, c)]);
        assert!(leads_to(&superiors, a, c) && leads_to(&superiors, a, a));
        assert!(!leads_to(&superiors, c, a) && !leads_to(&superiors, b, a));
        // A circle that is there already is walked once.
        assert!(!leads_to(&HashMap::from([(a, b), (b, a)]), a, c));
    }
}
