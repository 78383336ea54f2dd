//! The steps of a pair. Each holds both people, the mentor's load among what it looks at.

use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel;
use uuid::Uuid;

use super::dto::{Mentorship, TerminationReason};
use super::service::{hold, one};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{INVALID_TRANSITION, Refusal, Result};
use crate::kernel::policy::Access;
use crate::mentoring::mentoring_meetings::ends::release_in;
use crate::mentoring::places::room_in;
use crate::staff::mentorships::entity::{ActiveModel, Entity, MentorshipStage, Model};

/// The mentee does not say what counts.
pub const MENTOR_DECIDES: Refusal = Refusal {
    code: "mentor_decides",
    status: 403,
    id: "Langkah ini diambil oleh mentor atau admin",
    en: "This step is for the mentor or an admin to take",
};

/// For whom the caller speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The mentor.
    Mentor,
    /// The mentee.
    Mentee,
    /// Both: an admin who is neither.
    Both,
}

impl Side {
    /// Whether a proposal waits for this side.
    pub fn waits(self, row: &Model) -> bool {
        match self {
            Self::Mentor => row.mentor_accepted_at.is_none(),
            Self::Mentee => row.mentee_accepted_at.is_none(),
            Self::Both => true,
        }
    }
}

/// For whom the caller speaks in this pair; none who has no part in it.
pub fn side_of(row: &Model, access: &Access) -> Option<Side> {
    if access.is_own(row.mentor_id) {
        Some(Side::Mentor)
    } else if access.is_own(row.mentee_id) {
        Some(Side::Mentee)
    } else {
        access.is_admin().then_some(Side::Both)
    }
}

/// Whether the caller may say what counts: the mentor or an admin, never the mentee.
pub fn may_complete(row: &Model, access: &Access) -> bool {
    access.is_own(row.mentor_id) || access.is_admin() && !access.is_own(row.mentee_id)
}

/// Says that one wants it. With the second of the two it is agreed, if the mentor has a place.
pub async fn accept(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Mentorship> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, one(tx.access(), id)).await?;
        let side = side_of(&before, tx.access()).ok_or(INVALID_TRANSITION)?;
        let is_over = before.ends_on.is_some_and(|last| last < tx.today());
        if before.stage != MentorshipStage::Proposed || !side.waits(&before) || is_over {
            return Err(INVALID_TRANSITION.into());
        }
        let now = Some(tx.now());
        let by_mentor = before.mentor_accepted_at.or(now.filter(|_| side != Side::Mentee));
        let by_mentee = before.mentee_accepted_at.or(now.filter(|_| side != Side::Mentor));
        let mut row = before.clone().into_active_model();
        row.mentor_accepted_at = Set(by_mentor);
        row.mentee_accepted_at = Set(by_mentee);
        let mut name = "mentorship.accepted";
        if by_mentor.is_some() && by_mentee.is_some() {
            expected.check(before.version)?;
            room_in(tx, before.mentor_id, id).await?;
            row.stage = Set(MentorshipStage::Agreed);
            row.starts_on = Set(std::cmp::max(before.starts_on, tx.today()));
            name = "mentorship.agreed";
        }
        changed(tx, &before, row, expected, name).await
    })
    .await
}

/// Says that one does not want it.
pub async fn decline(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Mentorship> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, one(tx.access(), id)).await?;
        if before.stage != MentorshipStage::Proposed {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.stage = Set(MentorshipStage::Declined);
        row.ended_at = Set(Some(tx.now()));
        changed(tx, &before, row, expected, "mentorship.declined").await
    })
    .await
}

/// Brings a pair that is under way to its end.
pub async fn complete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Mentorship> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, one(tx.access(), id)).await?;
        if !may_complete(&before, tx.access()) {
            return Err(MENTOR_DECIDES.into());
        }
        if !before.stands(tx.today()) || before.starts_on > tx.today() {
            return Err(INVALID_TRANSITION.into());
        }
        let row = ended(tx, &before, MentorshipStage::Completed, None);
        end_in(tx, &before, row, expected, "mentorship.completed").await
    })
    .await
}

/// Breaks an agreed pair off.
pub async fn terminate(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    reason: TerminationReason,
) -> Result<Mentorship> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, one(tx.access(), id)).await?;
        if !before.stands(tx.today()) {
            return Err(INVALID_TRANSITION.into());
        }
        let row = ended(tx, &before, MentorshipStage::EndedEarly, Some(reason.reason.clone()));
        end_in(tx, &before, row, expected, "mentorship.ended_early").await
    })
    .await
}

/// Ends a pair one of whom leaves, for a reason that both can read; what was only proposed comes to nothing. The transaction holds the
/// one who leaves.
pub(in crate::mentoring) async fn give_up_in(tx: &Tx<'_>, before: &Model, reason: &str) -> Result<()> {
    let (stage, name) = match before.stage {
        MentorshipStage::Proposed => (MentorshipStage::Declined, "mentorship.declined"),
        _ => (MentorshipStage::EndedEarly, "mentorship.ended_early"),
    };
    let row = ended(tx, before, stage, Some(reason.to_owned()));
    end_in(tx, before, row, Precondition::default(), name).await.map(|_| ())
}

/// A pair that is over from this instant on; one that never began keeps the days that it was to have.
fn ended(tx: &Tx<'_>, before: &Model, stage: MentorshipStage, reason: Option<String>) -> ActiveModel {
    let mut row = before.clone().into_active_model();
    row.stage = Set(stage);
    row.ended_at = Set(Some(tx.now()));
    row.end_reason = Set(reason);
    if before.stage == MentorshipStage::Agreed && before.starts_on <= tx.today() {
        row.ends_on = Set(Some(tx.today()));
    }
    row
}

/// Writes the end down, and calls off what was planned for later.
async fn end_in(
    tx: &Tx<'_>,
    before: &Model,
    row: ActiveModel,
    expected: Precondition,
    name: &'static str,
) -> Result<Mentorship> {
    let row = tx.update::<Entity>(before, row, expected, name).await?;
    release_in(tx, &row, tx.now()).await?;
    Ok(Mentorship::seen(row, tx.access(), tx.today()))
}

async fn changed(
    tx: &Tx<'_>,
    before: &Model,
    row: ActiveModel,
    expected: Precondition,
    name: &'static str,
) -> Result<Mentorship> {
    let row = tx.update::<Entity>(before, row, expected, name).await?;
    Ok(Mentorship::seen(row, tx.access(), tx.today()))
}
