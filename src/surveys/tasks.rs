//! What campaigns and readers wait for, for the list of everybody's tasks.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::campaigns::entity::{self as campaign, CampaignAudience, CampaignStatus};
use super::campaigns::subject::Subject;
use super::reader_feedback::entity::{self as feedback, FeedbackStatus};
use super::responses::entity as response;
use crate::kernel::error::Result;
use crate::kernel::language::Language;
use crate::staff::librarians::entity as librarian;
use crate::tasks::source::{Asking, Find, TaskKind, TaskSource, Waiting, either, field, of};

/// The most characters of a message that stand for it.
const LABEL: i32 = 200;
/// The most campaigns about something that are looked at: those that end first.
const MOST_CAMPAIGNS: u64 = 200;

/// Campaigns that ask this person by name, while they take answers.
pub static SURVEYS_TO_ANSWER: TaskSource = TaskSource {
    kind: TaskKind::SurveyAnswer,
    title: ["Jawab survei", "Answer a survey"],
    collection: "campaigns",
    action: None,
    find: Find::AfterALook(surveys),
};

/// What readers said and nobody has.
pub static FEEDBACK_TO_ASSIGN: TaskSource = TaskSource {
    kind: TaskKind::ReaderFeedbackAssignment,
    title: ["Tugaskan masukan pemustaka", "Assign what a reader said"],
    collection: "reader-feedback",
    action: None,
    find: Find::AtOnce(received),
};

/// What readers said and this librarian is to answer.
pub static FEEDBACK_TO_ANSWER: TaskSource = TaskSource {
    kind: TaskKind::ReaderFeedbackAnswer,
    title: ["Jawab masukan pemustaka", "Answer a reader"],
    collection: "reader-feedback",
    action: Some("answer"),
    find: Find::AtOnce(assigned),
};

fn surveys<'a>(asking: &'a Asking<'a>) -> LocalBoxFuture<'a, Result<Option<Waiting>>> {
    async move {
        let Some(own) = asking.access.own_librarian() else { return Ok(None) };
        let asks = asks(asking, own).await?;
        Ok(Some(named(asking, own, asks)))
    }
    .boxed_local()
}

/// Which of the open campaigns ask this person, as `asks_in` has it for one of them.
async fn asks(asking: &Asking<'_>, own: Uuid) -> Result<Condition> {
    use campaign::Column;
    let about = campaign::Entity::find()
        .filter(open_by_name(asking))
        .filter(Column::Audience.eq(CampaignAudience::Participants))
        .order_by_asc(Column::ClosesOn)
        .limit(MOST_CAMPAIGNS);
    let subjects: Vec<&Subject> = asking.db.context().contributions().collect();
    let mut asks = Condition::any().add(Column::Audience.eq(CampaignAudience::Staff));
    for row in asking.db.reader().all(about).await? {
        let subject = subjects.iter().find(|subject| Some(subject.kind) == row.subject_kind);
        if let Some((subject, id)) = subject.zip(row.subject_id) {
            let concerned = Query::select()
                .expr(Expr::val(1))
                .from(librarian::Entity)
                .and_where(librarian::Column::Id.eq(own))
                .and_where(librarian::Column::Id.in_subquery((subject.audience)(id)))
                .to_owned();
            asks = asks.add(Condition::all().add(Column::Id.eq(row.id)).add(Expr::exists(concerned)));
        }
    }
    Ok(asks)
}

fn open_by_name(asking: &Asking<'_>) -> Condition {
    use campaign::Column;
    Condition::all()
        .add(Column::Status.eq(CampaignStatus::Open))
        .add(Column::IsAnonymous.eq(false))
        .add(Column::OpensOn.lte(asking.today))
        .add(Column::ClosesOn.gte(asking.today))
}

/// Those of them that they have not answered.
fn named(asking: &Asking<'_>, own: Uuid, asks: Condition) -> Waiting {
    use campaign::Column;
    let answered = Query::select()
        .expr(Expr::val(1))
        .from(response::Entity)
        .and_where(of(response::Column::CampaignId).equals((campaign::Entity, Column::Id)))
        .and_where(response::Column::LibrarianId.eq(own))
        .to_owned();
    let rows = Query::select()
        .from(campaign::Entity)
        .cond_where(open_by_name(asking))
        .cond_where(asks)
        .and_where(Expr::exists(answered).not())
        .to_owned();
    let title = |language| field(of(Column::Title), language);
    let title = match asking.access.language() {
        Language::Indonesian => title("id"),
        Language::English => title("en").if_null(title("id")),
    };
    let since = either(Column::OpenedAt, Column::CreatedAt);
    Waiting::new(rows, Column::Id, title, since).due_on(of(Column::ClosesOn))
}

fn received(asking: &Asking<'_>) -> Option<Waiting> {
    use feedback::Column;
    if !asking.access.is_admin() {
        return None;
    }
    Some(
        Waiting::new(said(FeedbackStatus::Received), Column::Id, message(), of(Column::CreatedAt))
            .due_at(Column::DueAt),
    )
}

fn assigned(asking: &Asking<'_>) -> Option<Waiting> {
    use feedback::Column;
    let mut rows = said(FeedbackStatus::Assigned);
    rows.and_where(Column::AssigneeId.eq(asking.access.own_librarian()?));
    let since = either(Column::AssignedAt, Column::UpdatedAt);
    Some(Waiting::new(rows, Column::Id, message(), since).about(Column::AssigneeId).due_at(Column::DueAt))
}

fn said(status: FeedbackStatus) -> SelectStatement {
    Query::select().from(feedback::Entity).and_where(feedback::Column::Status.eq(status)).to_owned()
}

fn message() -> SimpleExpr {
    Func::cust("substr").args([of(feedback::Column::Message), Expr::val(1), Expr::val(LABEL)]).into()
}
