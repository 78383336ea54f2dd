//! Of the certificates of the year one was revoked, and one was replaced for a misspelt name.

use sea_orm::{EntityTrait, QueryOrder};

use super::assessments::access_of;
use super::instant;
use super::people::People;
use crate::certificates::certificates::dto::{Replacement, RevocationReason};
use crate::certificates::certificates::entity::{Column, Entity};
use crate::certificates::certificates::service;
use crate::kernel::db::{Db, Precondition};
use crate::kernel::error::Result;
use crate::kernel::policy::Reach;

pub(super) async fn fill(db: &Db, people: &People) -> Result<()> {
    let issued = db.reader().all(Entity::find().order_by_asc(Column::StatusIndex)).await?;
    let (first, second) = (issued.first(), issued.get(4));
    let admin = access_of(&people.admin, Reach::All);
    db.context().clock.set(instant("2026-11-12T02:00:00Z")?);
    if let Some(row) = second {
        let reason = "Kehadiran dicatat atas nama orang lain".to_owned();
        service::revoke(db, &admin, row.id, Precondition::default(), RevocationReason { reason }).await?;
    }
    if let Some(row) = first {
        let change = Replacement {
            reason: "Gelar belum tertulis".to_owned(),
            recipient_name: Some(format!("{}, S.I.P.", row.recipient_name)),
            title: None,
            credit_hours: None,
        };
        service::replace(db, &admin, row.id, Precondition::default(), change).await?;
    }
    Ok(())
}
