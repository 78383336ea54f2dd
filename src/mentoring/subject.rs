//! Pairs as what a survey can be about.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType};
use uuid::Uuid;

use crate::staff::mentorships::entity::{Column, Entity, MentorshipStage};
use crate::surveys::campaigns::entity::SubjectKind;
use crate::surveys::campaigns::subject::Subject;

/// Mentorships that are agreed or were, and the two who are part of them.
pub static MENTORSHIPS: Subject = Subject { kind: SubjectKind::Mentoring, exists: agreed, audience: both };

fn select(column: Column, id: Uuid) -> SelectStatement {
    Query::select()
        .column(column)
        .from(Entity)
        .and_where(Expr::col(Column::Id).eq(id))
        .and_where(Column::Stage.is_not_in([MentorshipStage::Proposed, MentorshipStage::Declined]))
        .to_owned()
}

fn agreed(id: Uuid) -> SelectStatement {
    select(Column::Id, id)
}

fn both(id: Uuid) -> SelectStatement {
    select(Column::MentorId, id).union(UnionType::All, select(Column::MenteeId, id)).to_owned()
}
