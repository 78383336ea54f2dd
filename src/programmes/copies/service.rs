use chrono::{DateTime, Months, NaiveDate, Utc};
use futures_util::future::LocalBoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::dto::NewProgrammeCopy;
use crate::kernel::db::{Db, Reader, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::{OUT_OF_RANGE, Violation};
use crate::programmes::milestones::dto::NewMilestone;
use crate::programmes::milestones::entity as milestone;
use crate::programmes::milestones::service as milestones;
use crate::programmes::outcome::OutcomeStatus;
use crate::programmes::programmes::content::NewProgramme;
use crate::programmes::programmes::dto::Programme;
use crate::programmes::programmes::service::{create_in, one};
use crate::staff::reach::on_staff;

/// The most activities, and the most milestones, of a programme that is copied or handed on in one step.
pub const MOST_PARTS: u64 = 500;

/// The last year of a programme.
const LAST_YEAR: i32 = 2100;

/// It has more than one step takes.
pub const PROGRAMME_TOO_LARGE: Refusal = Refusal {
    code: "programme_too_large",
    status: 409,
    id: "Program memuat lebih dari 500 kegiatan atau tonggak; tidak dapat diproses dalam satu langkah",
    en: "The programme has more than 500 activities or milestones; that is too much for one step",
};

/// What a chapter above copies along with a programme.
pub struct CopySource {
    /// Copies what belongs to the one into the other, in the same transaction.
    pub copy: for<'a> fn(&'a Tx<'a>, Copying) -> LocalBoxFuture<'a, Result<()>>,
}

/// A copy in the making.
#[derive(Clone, Copy, Debug)]
pub struct Copying {
    /// The programme that is copied.
    pub from: Uuid,
    /// The new draft.
    pub to: Uuid,
    /// By how many years dates move.
    pub years: i32,
}

impl Copying {
    /// The same day in the other year; of 29 February the 28th where there is no such day.
    pub fn day(self, day: NaiveDate) -> NaiveDate {
        let months = Months::new(self.years.unsigned_abs() * 12);
        let moved = if self.years < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) };
        moved.unwrap_or(day)
    }

    /// The same instant in the other year.
    pub fn instant(self, instant: DateTime<Utc>) -> DateTime<Utc> {
        let months = Months::new(self.years.unsigned_abs() * 12);
        let moved =
            if self.years < 0 { instant.checked_sub_months(months) } else { instant.checked_add_months(months) };
        moved.unwrap_or(instant)
    }
}

/// Copies a programme into the draft of another year.
pub async fn copy(db: &Db, access: &Access, id: Uuid, new: NewProgrammeCopy) -> Result<Programme> {
    db.create(access, async move |tx: &Tx<'_>| {
        let from = tx.reader().find(one(tx.access(), id)).await?;
        let year = new.year.unwrap_or(from.year + 1);
        if year > LAST_YEAR {
            let violation = Violation::field("year", &OUT_OF_RANGE).with("min", 2000).with("max", LAST_YEAR);
            return Err(Error::invalid(vec![violation]));
        }
        let staff = on_staff(tx.reader(), from.responsible_id).await?;
        let content = NewProgramme {
            year,
            title: new.title.clone().unwrap_or_else(|| from.title.replace(&from.year.to_string(), &year.to_string())),
            description: from.description.clone(),
            objectives: from.objectives.0.clone(),
            targets: from.targets.0.clone(),
            target_group: from.target_group.clone(),
            responsible_id: from.responsible_id.filter(|id| staff.contains(id)),
        };
        let row = create_in(tx, &content, Some(from.id)).await?;
        let copying = Copying { from: from.id, to: row.id, years: year - from.year };
        copy_milestones_in(tx, copying).await?;
        // One turn for each chapter that has something to copy.
        for source in tx.context().contributions::<CopySource>() {
            (source.copy)(tx, copying).await?;
        }
        Ok(Programme::seen(row, tx.access()))
    })
    .await
}

/// The milestones of a programme that were not given up, by day.
pub async fn milestones_of(reader: Reader<'_>, programme: Uuid) -> Result<Vec<milestone::Model>> {
    let rows = milestone::Entity::find()
        .filter(milestone::Column::ProgrammeId.eq(programme))
        .filter(milestone::Column::Status.ne(OutcomeStatus::Cancelled))
        .filter(milestone::Column::ArchivedAt.is_null())
        .order_by_asc(milestone::Column::DueOn)
        .order_by_asc(milestone::Column::Id)
        .limit(MOST_PARTS + 1);
    at_most(reader.all(rows).await?)
}

/// So many parts, or the refusal.
pub fn at_most<T>(parts: Vec<T>) -> Result<Vec<T>> {
    let most = usize::try_from(MOST_PARTS).unwrap_or(usize::MAX);
    if parts.len() > most { Err(PROGRAMME_TOO_LARGE.into()) } else { Ok(parts) }
}

async fn copy_milestones_in(tx: &Tx<'_>, copying: Copying) -> Result<()> {
    let rows = milestones_of(tx.reader(), copying.from).await?;
    let staff = on_staff(tx.reader(), rows.iter().filter_map(|row| row.owner_id)).await?;
    // Each is an object with its own event.
    for row in rows {
        let content = NewMilestone {
            strategic_goal_id: row.strategic_goal_id,
            programme_id: Some(copying.to),
            title: row.title,
            description: row.description,
            owner_id: row.owner_id.filter(|id| staff.contains(id)),
            partner: row.partner,
            due_on: copying.day(row.due_on),
        };
        milestones::create_in(tx, &content).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_move_by_whole_years() {
        let copying = |years| Copying { from: Uuid::nil(), to: Uuid::nil(), years };
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(copying(1).day(day("2028-02-29")), day("2029-02-28"));
        assert_eq!(copying(4).day(day("2028-02-29")), day("2032-02-29"));
        assert_eq!(copying(-1).day(day("2026-06-30")), day("2025-06-30"));
        let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(copying(1).instant(instant("2026-03-10T01:00:00Z")), instant("2027-03-10T01:00:00Z"));
    }
}
