use std::collections::HashSet;

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::dto::{
    FeedbackGiver, FeedbackRatings, FeedbackStage, MentorshipFeedback, MentorshipFeedbackChanges,
    MentorshipFeedbackFilter, MentorshipFeedbackPage, NewMentorshipFeedback,
};
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::mentoring::mentorships::lifecycle::{Side, side_of};
use crate::mentoring::mentorships::service::{self as mentorships, MENTORSHIP_NOT_STANDING, hold};
use crate::staff::mentorships::entity::{self as mentorship, MentorshipStage};

/// Each side says it once a stage.
pub const FEEDBACK_EXISTS: Refusal = Refusal {
    code: "feedback_exists",
    status: 409,
    id: "Umpan balik Anda untuk tahap ini sudah ada",
    en: "Your feedback for this stage is there already",
};

/// It is for the two to give, each their own.
pub const FEEDBACK_OF_ANOTHER: Refusal = Refusal {
    code: "feedback_of_another",
    status: 403,
    id: "Umpan balik ditulis oleh mentor dan mentee, masing-masing miliknya sendiri",
    en: "Feedback is for mentor and mentee to give, each their own",
};

/// Once both have read it, nobody changes what they said.
pub const FEEDBACK_CLOSED: Refusal = Refusal {
    code: "feedback_closed",
    status: 409,
    id: "Umpan balik kedua pihak sudah masuk dan tidak dapat diubah lagi",
    en: "Both sides are in; feedback no longer changes",
};

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt)];

/// The feedback of the pairs this caller may know of, also when they are over: what one said, and what was said to one, stays.
fn visible(access: &Access) -> Select<Entity> {
    let pairs = mentorships::visible(access).select_only().column(mentorship::Column::Id).into_query();
    Entity::find().filter(Column::MentorshipId.in_subquery(pairs))
}

/// The stages of these pairs of which both sides are in.
struct Complete(HashSet<(Uuid, FeedbackStage)>);

impl Complete {
    async fn among(reader: Reader<'_>, rows: &[Model]) -> Result<Self> {
        let all = Entity::find().filter(Column::MentorshipId.is_in(rows.iter().map(|row| row.mentorship_id)));
        let (mut seen, mut both) = (HashSet::new(), HashSet::new());
        for row in reader.all(all).await? {
            if !seen.insert((row.mentorship_id, row.stage)) {
                both.insert((row.mentorship_id, row.stage));
            }
        }
        Ok(Self(both))
    }

    fn has(&self, row: &Model) -> bool {
        self.0.contains(&(row.mentorship_id, row.stage))
    }

    fn seen(&self, row: Model, access: &Access) -> MentorshipFeedback {
        let is_complete = self.has(&row);
        MentorshipFeedback::seen(row, is_complete, access)
    }
}

async fn answer(reader: Reader<'_>, row: Model, access: &Access) -> Result<MentorshipFeedback> {
    Ok(Complete::among(reader, std::slice::from_ref(&row)).await?.seen(row, access))
}

/// Lists the feedback of a pair.
pub async fn list(
    db: &Db,
    access: &Access,
    mentorship_id: Uuid,
    list: &Listing<MentorshipFeedbackFilter>,
) -> Result<MentorshipFeedbackPage> {
    db.reader().find(mentorships::one(access, mentorship_id)).await?;
    let rows = Entity::find().filter(Column::MentorshipId.eq(mentorship_id)).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "created_at").await?;
    let complete = Complete::among(db.reader(), &page.items).await?;
    Ok(page.map(|row| complete.seen(row, access)))
}

/// Reads feedback.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<MentorshipFeedback> {
    let row = db.reader().find(visible(access).filter(Column::Id.eq(id))).await?;
    answer(db.reader(), row, access).await
}

/// Gives feedback.
pub async fn create(
    db: &Db,
    access: &Access,
    mentorship_id: Uuid,
    new: NewMentorshipFeedback,
) -> Result<MentorshipFeedback> {
    db.create(access, async move |tx: &Tx<'_>| {
        let pair = hold(tx, mentorships::one(tx.access(), mentorship_id)).await?;
        let (given_by, author_id) = match side_of(&pair, tx.access()) {
            Some(Side::Mentor) => (FeedbackGiver::Mentor, pair.mentor_id),
            Some(Side::Mentee) => (FeedbackGiver::Mentee, pair.mentee_id),
            Some(Side::Both) | None => return Err(FEEDBACK_OF_ANOTHER.into()),
        };
        if matches!(pair.stage, MentorshipStage::Proposed | MentorshipStage::Declined) {
            return Err(MENTORSHIP_NOT_STANDING.into());
        }
        let mut row = ActiveModel {
            mentorship_id: Set(pair.id),
            librarian_id: Set(pair.mentee_id),
            stage: Set(new.stage),
            given_by: Set(given_by),
            author_id: Set(author_id),
            comment: Set(new.comment.clone()),
            ..Default::default()
        };
        rate(&mut row, new.ratings);
        let row = tx.insert::<Entity>(row, "mentorship_feedback.given").await.on_duplicate(FEEDBACK_EXISTS)?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

fn rate(row: &mut ActiveModel, ratings: FeedbackRatings) {
    row.preparation = Set(ratings.preparation);
    row.communication = Set(ratings.communication);
    row.commitment = Set(ratings.commitment);
    row.usefulness = Set(ratings.usefulness);
}

/// Changes what one said, until the other side is in. The pair's people are held: the two cannot pass each other unseen.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: MentorshipFeedbackChanges,
) -> Result<MentorshipFeedback> {
    db.write(access, async move |tx: &Tx<'_>| {
        let which = visible(tx.access()).filter(Column::Id.eq(id));
        let known = tx.reader().find(which.clone()).await?;
        hold(tx, mentorships::one(tx.access(), known.mentorship_id)).await?;
        let before = tx.reader().find(which).await?;
        expected.check(before.version)?;
        if !tx.access().is_own(before.author_id) {
            return Err(FEEDBACK_OF_ANOTHER.into());
        }
        if Complete::among(tx.reader(), std::slice::from_ref(&before)).await?.has(&before) {
            return Err(FEEDBACK_CLOSED.into());
        }
        let mut row = before.clone().into_active_model();
        if let Some(ratings) = changes.ratings {
            rate(&mut row, ratings);
        }
        changes.comment.clone().apply(&mut row.comment);
        let row = tx.update::<Entity>(&before, row, expected, "mentorship_feedback.updated").await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}
